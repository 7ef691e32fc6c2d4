"""Agendas, allotment, dispositions, decisions, action items and reports over the API. `group`: path, "" for the meeting's."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from sgdocs.base.act import Act
from sgdocs.documents import allocations
from sgdocs.documents import queries as documents
from sgdocs.documents.actions.allocation import allot
from sgdocs.documents.actions.corrections import correct, end_rule, take_back
from sgdocs.meetings import agenda as agendas
from sgdocs.meetings.actions import agenda as writing
from sgdocs.meetings.agenda_rules import Place as Spot
from sgdocs.meetings.agenda_schemas import Id, ItemForm, PlaceForm, StepForm, TemplateForm
from sgdocs.meetings.timetable import conflicts
from sgdocs.policy import Permission, Scope, require
from sgdocs.proceedings import queries
from sgdocs.proceedings.actions import decisions, dispositions, reports
from sgdocs.proceedings.models import Report
from sgdocs.proceedings.outgoing import ActionOut, DecisionOut, DispositionOut
from sgdocs.proceedings.rules import digest_of
from sgdocs.proceedings.schemas import (
    ActionForm,
    DecisionForm,
    DispositionForm,
    Named,
    OutputForm,
    ReasonForm,
    WritingForm,
)
from sgdocs.web import urls
from sgdocs.web.agenda_outgoing import agenda_out, placed_out
from sgdocs.web.agenda_places import Place, place_of
from sgdocs.web.api._conventions import one
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.pages.agenda import agenda_page, item_place
from sgdocs.web.pages.allotting import rule_of
from sgdocs.web.pages.reports import moved, putting
from sgdocs.web.pages.timetable import sessions_of

api = APIRouter(prefix="/api/v1/meetings/{code}", tags=["proceedings"])
GroupPath = Annotated[str, Query(alias="group", max_length=120)]


# Agenda


@api.get("/agenda")
def agenda(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    """The agenda of a group with its documents, each with its reasons and disposition."""
    place = place_of(act, code, path)
    return one(request, agenda_out(agenda_page(act, place), place))


@api.post("/agenda", status_code=201)
def fill(act: Writing, code: str, form: TemplateForm) -> dict[str, Any]:
    """Fill an empty agenda from a skeleton."""
    place = place_of(act, code, form.group)
    writing.fill(act, place.meeting, place.chosen, form.template)
    return agenda_out(agenda_page(act, place), place)


@api.post("/agenda/items", status_code=201)
def add(act: Writing, code: str, form: ItemForm) -> dict[str, object]:
    place = place_of(act, code, form.group)
    row = writing.add(act, place.meeting, place.chosen, form)
    return {"id": row.id, "title": row.title, "address": f"{place.address}/agenda/items/{row.id}"}


@api.put("/agenda/items/{item_id}")
def edit(act: Writing, code: str, item_id: int, form: ItemForm) -> dict[str, object]:
    row, place = item_place(act, code, item_id)
    writing.edit(act, place.meeting, row, form)
    return {"id": row.id, "title": row.title, "kind": row.kind}


@api.post("/agenda/items/{item_id}/steps")
def step(act: Writing, code: str, item_id: int, form: StepForm) -> dict[str, object]:
    """One step up, down, in or out; answers with the numbers as they are now."""
    row, place = item_place(act, code, item_id)
    writing.step(act, place.meeting, row, form.step, sequence=form.sequence)
    return _numbers(act, place)


@api.post("/agenda/items/{item_id}/place")
def drop(act: Writing, code: str, item_id: int, form: PlaceForm) -> dict[str, object]:
    row, place = item_place(act, code, item_id)
    writing.place(act, place.meeting, row, Spot(form.parent, form.position), sequence=form.sequence)
    return _numbers(act, place)


def _numbers(act: Act, place: Place) -> dict[str, object]:
    told = agendas.agenda_of(act.session, place.meeting, place.chosen)
    return {"sequence": told.sequence, "numbers": {str(row.item.id): row.number for row in told.rows}}


@api.delete("/agenda/items/{item_id}", status_code=204)
def delete(act: Writing, code: str, item_id: int) -> None:
    row, place = item_place(act, code, item_id)
    writing.delete(act, place.meeting, row)


@api.post("/agenda/items/{item_id}/restoration")
def restore(act: Writing, code: str, item_id: int) -> dict[str, object]:
    row, place = item_place(act, code, item_id, deleted=True)
    require(act.actor, Permission.EDIT_AGENDA, Scope(place.chosen.path))
    writing.restore(act, place.meeting, row)
    return {"id": row.id, "title": row.title}


@api.get("/timetable")
def timetable(request: Request, act: Reading, code: str) -> Response:
    """Sittings and what cannot both be held."""
    place = place_of(act, code)
    sessions = sessions_of(act, place)
    clashes = conflicts(sessions) if place.may_edit or place.reads_papers else []
    rows = [
        {"id": s.id, "day": s.day.isoformat(), "hours": s.hours, "zone": s.zone, "title": s.title, "room": s.room}
        for s in sessions
    ]
    told = [{"kind": c.kind.value, "sittings": [c.first.id, c.second.id], "words": c.words} for c in clashes]
    return one(request, {"items": rows, "total": len(rows), "conflicts": told})


# Allotment


class AllotBody(BaseModel):
    """item: id; keep: `words`, `source` or `kind`, with the value that documents must have."""

    document: Named
    item: Id
    is_primary: bool = True
    keep: Annotated[str, Field(max_length=20)] = ""
    value: Annotated[str, Field(max_length=300)] = ""


@api.get("/allocations")
def allotted(request: Request, act: Reading, code: str) -> Response:
    """Every document of the meeting under every item, for all its groups."""
    place = place_of(act, code)
    under = allocations.placed(act, place.meeting)
    results = {row.document.id or 0: row for row in queries.dispositions(act, place.meeting)}
    rows = [
        {"group": agenda.group.path, "item": row.number, "item_id": row.item.id}
        | placed_out(each, results.get(each.document.id or 0))
        for agenda in agendas.agendas(act.session, place.meeting, place.groups)
        for row in agenda.rows
        for each in under.get(row.item.id or 0, [])
    ]
    return one(request, {"items": rows, "total": len(rows)})


@api.post("/allocations", status_code=201)
def allot_by_hand(act: Writing, code: str, form: AllotBody) -> dict[str, object]:
    """Put a document under an item; the rules leave it there."""
    place = place_of(act, code)
    item = agendas.item_of(act.session, place.meeting, form.item)
    document = documents.by_name(act, form.document)
    row = correct(act, place.meeting, document, item, is_primary=form.is_primary, keep=form.keep, value=form.value)
    return {"id": row.id, "document": document.name, "item": item.id, "is_primary": row.is_primary}


@api.post("/allocations/run")
def allot_all(act: Writing, code: str) -> dict[str, int]:
    """Put all documents where the reasons lead; how many changed."""
    return {"changed": allot(act, place_of(act, code).meeting)}


@api.delete("/allocations/{number}", status_code=204)
def remove(act: Writing, code: str, number: int) -> None:
    place = place_of(act, code)
    row, document = allocations.allocation_of(act, place.meeting, number)
    take_back(act, place.meeting, row, document)


@api.delete("/allotment-rules/{number}", status_code=204)
def end(act: Writing, code: str, number: int) -> None:
    """End a kept correction."""
    place = place_of(act, code)
    end_rule(act, place.meeting, rule_of(act, place.meeting, number))


# Dispositions


@api.get("/dispositions")
def disposed(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    rows = queries.dispositions(act, place.meeting, place.chosen if path else None)
    return one(request, {"items": [_json(DispositionOut.of(row)) for row in rows], "total": len(rows)})


@api.put("/dispositions")
def dispose(act: Writing, code: str, form: DispositionForm) -> dict[str, object]:
    """Record what became of a document, or change it."""
    place, document = place_of(act, code, form.group), documents.by_name(act, form.document)
    row = dispositions.dispose(act, place.meeting, place.chosen, document, form)
    return {"document": document.name, "outcome": row.outcome, "version": row.version_part, "sha256": row.sha256}


@api.delete("/dispositions/{name}", status_code=204)
def take_back_disposition(act: Writing, code: str, name: str, path: GroupPath = "") -> None:
    place, document = place_of(act, code, path), documents.by_name(act, name)
    dispositions.take_back(act, place.meeting, place.chosen, document)


# Decisions and action items


@api.get("/decisions")
def decided(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    rows = queries.decisions(act, place.meeting, place.chosen if path else None)
    return one(request, {"items": [_json(DecisionOut.of(row)) for row in rows], "total": len(rows)})


@api.post("/decisions", status_code=201)
def decide(act: Writing, code: str, form: DecisionForm) -> dict[str, object]:
    place = place_of(act, code, form.group)
    row = decisions.decide(act, place.meeting, place.chosen, form)
    return {"number": row.number, "group": place.chosen.path, "sha256": row.document_sha256}


@api.put("/decisions/{number}")
def correct_decision(act: Writing, code: str, number: int, form: DecisionForm) -> dict[str, object]:
    place = place_of(act, code, form.group)
    row = queries.decision_by_number(act, place.meeting, place.chosen, number)
    decisions.correct_decision(act, place.meeting, place.chosen, row, form)
    return {"number": row.number, "text": row.text}


@api.post("/decisions/{number}/withdrawal")
def withdraw_decision(act: Writing, code: str, number: int, form: ReasonForm, path: GroupPath = "") -> dict[str, int]:
    place = place_of(act, code, path)
    row = queries.decision_by_number(act, place.meeting, place.chosen, number)
    decisions.withdraw_decision(act, place.meeting, place.chosen, row, form.reason)
    return {"number": row.number}


@api.get("/actions")
def action_items(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    rows = queries.action_items(act, place.meeting, place.chosen if path else None)
    return one(request, {"items": [_json(ActionOut.of(row)) for row in rows], "total": len(rows)})


@api.post("/actions", status_code=201)
def assign(act: Writing, code: str, form: ActionForm) -> dict[str, object]:
    place = place_of(act, code, form.group)
    row = decisions.assign(act, place.meeting, place.chosen, form)
    return {"number": row.number, "group": place.chosen.path}


@api.post("/actions/{number}/completion")
def complete(act: Writing, code: str, number: int, path: GroupPath = "") -> dict[str, int]:
    place = place_of(act, code, path)
    row = queries.action_by_number(act, place.meeting, place.chosen, number)
    return {"number": decisions.complete(act, place.meeting, place.chosen, row).number}


@api.delete("/actions/{number}/completion")
def reopen(act: Writing, code: str, number: int, path: GroupPath = "") -> dict[str, int]:
    place = place_of(act, code, path)
    row = queries.action_by_number(act, place.meeting, place.chosen, number)
    return {"number": decisions.reopen(act, place.meeting, place.chosen, row).number}


@api.post("/actions/{number}/withdrawal")
def withdraw_action(act: Writing, code: str, number: int, form: ReasonForm, path: GroupPath = "") -> dict[str, int]:
    place = place_of(act, code, path)
    row = queries.action_by_number(act, place.meeting, place.chosen, number)
    return {"number": decisions.withdraw_action(act, place.meeting, place.chosen, row, form.reason).number}


# Report


@api.get("/report")
def report(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    """The report as it stands: sections with what the records say and what was written, and a digest to write back."""
    place = place_of(act, code, path)
    queries.require_readable(act, place.meeting)
    return one(request, _report(act, place, reports.begun(act, place.meeting, place.chosen)))


def _report(act: Act, place: Place, row: Report) -> dict[str, object]:
    posted = queries.documents_of(act, [row.document_id]).get(row.document_id or 0)
    sections = reports.sections_of(act, place.meeting, place.chosen, row)
    return {
        "group": place.chosen.path,
        "title": reports.title_of(place.chosen, row),
        "skeleton": row.skeleton,
        "version": row.version,
        "document": posted.name if posted else "",
        "sections": [
            {
                "id": each.id,
                "number": each.number,
                "title": each.title,
                "blocks": [vars(block) for block in each.blocks],
                "written": each.written,
                "seen": digest_of(each.written),
            }
            for each in sections
        ],
    }


@api.put("/report")
def write(act: Writing, code: str, form: WritingForm) -> dict[str, object]:
    """Keep sections. 409 when another wrote in the same one since `version`, or since the text of `seen`."""
    place = place_of(act, code, form.group)
    row = reports.write(act, place.meeting, place.chosen, form)
    return {"version": row.version, "seen": {id: digest_of(row.written[id]) for id in form.sections}}


@api.post("/report/document", status_code=201)
def post(act: Writing, services: Svc, code: str, path: GroupPath = "") -> dict[str, str]:
    """File the report as a document of the meeting, or as a revision of it."""
    place = place_of(act, code, path)
    document = reports.post(act, place.meeting, place.chosen, putting(services.blobs))
    return {"document": document.name, "label": document.label, "address": urls.document(document.name)}


@api.post("/outputs", status_code=201)
def move(act: Writing, code: str, form: OutputForm) -> dict[str, str]:
    """Move an output of a rapporteur meeting to the meeting above, as a TD."""
    place = place_of(act, code)
    document = moved(act, place, form)
    return {"document": document.name, "label": document.label, "address": urls.document(document.name)}


def _json(row: DispositionOut | DecisionOut | ActionOut) -> dict[str, Any]:
    return row.model_dump(mode="json")
