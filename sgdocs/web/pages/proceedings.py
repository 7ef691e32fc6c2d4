"""Pages of what a meeting did: dispositions, decisions, action items; each a list with its form, and as a file."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.documents.rules import SHOWN
from sgdocs.i18n import N_
from sgdocs.policy import Permission, Scope, require
from sgdocs.proceedings import queries
from sgdocs.proceedings.actions import decisions, dispositions
from sgdocs.proceedings.outgoing import ActionOut, DecisionOut, DispositionOut
from sgdocs.proceedings.rules import DecisionKind
from sgdocs.proceedings.schemas import ActionForm, BulkForm, DecisionForm, DispositionForm, ReasonForm
from sgdocs.web.agenda_places import Place, done, place_of, shown
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import language_of, see, wants_fragment

pages = APIRouter()
GroupPath = Annotated[str, Query(alias="group", max_length=120)]
DISPOSITIONS = {
    "document": "Document",
    "title": "Title",
    "source": "Source",
    "group": "Group",
    "outcome": "Disposition",
    "other": "Other document",
    "note": "Note",
    "version": "Version",
    "sha256": "SHA-256 of the original",
    "entered_at": "Entered",
}
DECISIONS = {
    "group": "Group",
    "number": "Number",
    "kind": "Kind",
    "text": "Decision",
    "document": "Document",
    "sha256": "SHA-256 of the original",
    "item": "Agenda item",
    "entered_at": "Entered",
    "withdrawn_at": "Withdrawn",
}
ACTIONS = {
    "group": "Group",
    "number": "Number",
    "text": "Action",
    "owner": "Who",
    "due_on": "By",
    "done_at": "Done",
    "document": "Document",
    "item": "Agenda item",
    "withdrawn_at": "Withdrawn",
}


# Dispositions


@pages.get("/meeting/{code}/dispositions")
def disposition_list(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    there = place.moved(request, code, "/dispositions")
    return there or disposition_page(request, act, place)


def disposition_page(request: Request, act: Act, place: Place, *, status: int = 200, wrong: str = "") -> Response:
    rows = [row for row in documents.for_meeting(act, place.meeting) if row.status in SHOWN]
    results = {row.document.id: row for row in queries.dispositions(act, place.meeting, place.chosen)}
    return shown(
        request,
        "proceedings/dispositions.html",
        place,
        tail="/dispositions",
        status=status,
        rows=rows,
        results=results,
        wrong=wrong,
    )


@pages.get("/meeting/{code}/dispositions.{form}")
def dispositions_as(act: Reading, code: str, form: Export) -> Response:
    place = place_of(act, code)
    rows = [DispositionOut.of(row) for row in queries.dispositions(act, place.meeting)]
    return export(form, f"{place.meeting.code} dispositions", rows, DISPOSITIONS)


@pages.post("/meeting/{code}/dispositions")
def dispose(request: Request, act: Writing, code: str, given: Annotated[DispositionForm, Form()]) -> Response:
    """One document, from its row: htmx gets the cell anew, a browser the page it came from."""
    place = place_of(act, code, given.group)
    document = documents.by_name(act, given.document)
    wrong = _refused(request, act, lambda: dispositions.dispose(act, place.meeting, place.chosen, document, given))
    if not wants_fragment(request):
        if wrong:
            return disposition_page(request, act, place, status=422, wrong=f"{document.label}: {wrong}")
        return see(
            f"{place.at('/dispositions')}#{document.name}", notice=told(request, N_("The disposition is entered."))
        )
    return _cell(request, act, place, document, given=given, wrong=wrong)


def _refused(request: Request, act: Act, verb: Callable[[], object]) -> str:
    """Do it; what stands against it in the reader's language, "" when it is done."""
    try:
        with act.session.begin_nested():
            verb()
    except Refused as refused:
        return language_of(request).refusal(refused)
    return ""


def _cell(
    request: Request, act: Act, place: Place, document: Document, *, given: DispositionForm, wrong: str
) -> Response:
    result = next(
        (row for row in queries.dispositions(act, place.meeting, place.chosen) if row.document.id == document.id), None
    )
    typed = {"outcome": given.outcome.value, "other": given.other} if wrong else None
    return shown(
        request,
        "proceedings/_result.html",
        place,
        status=422 if wrong else 200,
        document=document,
        result=result,
        wrong=wrong,
        typed=typed,
    )


@pages.post("/meeting/{code}/dispositions/bulk")
def dispose_many(request: Request, act: Writing, code: str, filled: Filled[BulkForm]) -> Response:
    """One outcome for all that are marked; all or none."""
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    if not filled.ok or not tried(filled, act, lambda: _dispose_all(act, place, filled.value)):
        wrong = filled.errors.get("", "") or told(
            request, N_("Mark at least one document and choose what became of it.")
        )
        return disposition_page(request, act, place, status=422, wrong=next(iter(filled.errors.values()), wrong))
    return see(place.at("/dispositions"), notice=told(request, N_("The dispositions are entered.")))


def _dispose_all(act: Act, place: Place, form: BulkForm) -> None:
    for name in form.documents:
        document = documents.by_name(act, name)
        each = DispositionForm(document=name, outcome=form.outcome)
        dispositions.dispose(act, place.meeting, place.chosen, document, each)


@pages.post("/meeting/{code}/dispositions/{name}/removal")
def undo(
    request: Request, act: Writing, code: str, name: str, group: Annotated[str, Form(max_length=120)] = ""
) -> Response:
    place, document = place_of(act, code, group), documents.by_name(act, name)
    return done(
        request,
        act,
        lambda: dispositions.take_back(act, place.meeting, place.chosen, document),
        f"{place.at('/dispositions')}#{document.name}",
        N_("The disposition is taken back."),
    )


# Decisions


@pages.get("/meeting/{code}/decisions")
def decision_list(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    there = place.moved(request, code, "/decisions")
    return there or _decision_page(request, act, place, blank())


def _decision_page(request: Request, act: Act, place: Place, filled: Filled[Any], status: int = 200) -> Response:
    rows = queries.decisions(act, place.meeting, place.chosen if place.path else None)
    return shown(
        request,
        "proceedings/decisions.html",
        place,
        tail="/decisions",
        status=status,
        rows=rows,
        filled=filled,
        kinds=list(DecisionKind),
    )


@pages.get("/meeting/{code}/decisions.{form}")
def decisions_as(act: Reading, code: str, form: Export) -> Response:
    place = place_of(act, code)
    rows = [DecisionOut.of(row) for row in queries.decisions(act, place.meeting)]
    return export(form, f"{place.meeting.code} decisions", rows, DECISIONS)


@pages.post("/meeting/{code}/decisions")
def decide(request: Request, act: Writing, code: str, filled: Filled[DecisionForm]) -> Response:
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    if not filled.ok or not tried(
        filled, act, lambda: decisions.decide(act, place.meeting, place.chosen, filled.value)
    ):
        return _decision_page(request, act, place, filled, status=422)
    return see(place.at("/decisions"), notice=told(request, N_("The decision is entered.")))


@pages.get("/meeting/{code}/decisions/{number}/edit")
def editing_decision(request: Request, act: Reading, code: str, number: int, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    return _decision_form(request, act, place, number)


def _decision_form(
    request: Request, act: Act, place: Place, number: int, *, filled: Filled[Any] | None = None, status: int = 200
) -> Response:
    row = queries.decision_by_number(act, place.meeting, place.chosen, number)
    named = queries.documents_of(act, [row.document_id]).get(row.document_id or 0)
    start = {"text": row.text, "kind": row.kind, "document": named.name if named else ""}
    return shown(
        request,
        "proceedings/decision.html",
        place,
        tail="/decisions",
        status=status,
        row=row,
        filled=filled or blank(start),
        kinds=list(DecisionKind),
    )


@pages.post("/meeting/{code}/decisions/{number}/edit")
def edit_decision(request: Request, act: Writing, code: str, number: int, filled: Filled[DecisionForm]) -> Response:
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    row = queries.decision_by_number(act, place.meeting, place.chosen, number)
    if not filled.ok or not tried(
        filled, act, lambda: decisions.correct_decision(act, place.meeting, place.chosen, row, filled.value)
    ):
        return _decision_form(request, act, place, number, filled=filled, status=422)
    return see(place.at("/decisions"), notice=told(request, N_("The decision is corrected.")))


class WithdrawForm(ReasonForm):
    group: Annotated[str, Query(max_length=120)] = ""


@pages.post("/meeting/{code}/decisions/{number}/withdrawal")
def withdraw_decision(
    request: Request, act: Writing, code: str, number: int, given: Annotated[WithdrawForm, Form()]
) -> Response:
    place = place_of(act, code, given.group)
    row = queries.decision_by_number(act, place.meeting, place.chosen, number)
    return done(
        request,
        act,
        lambda: decisions.withdraw_decision(act, place.meeting, place.chosen, row, given.reason),
        place.at("/decisions"),
        N_("The decision is withdrawn; its number stays."),
    )


# Action items


@pages.get("/meeting/{code}/actions")
def action_list(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    there = place.moved(request, code, "/actions")
    return there or _action_page(request, act, place, blank())


def _action_page(request: Request, act: Act, place: Place, filled: Filled[Any], status: int = 200) -> Response:
    rows = queries.action_items(act, place.meeting, place.chosen if place.path else None)
    today: date = act.now.date()
    return shown(
        request,
        "proceedings/actions.html",
        place,
        tail="/actions",
        status=status,
        rows=rows,
        filled=filled,
        today=today,
    )


@pages.get("/meeting/{code}/actions.{form}")
def actions_as(act: Reading, code: str, form: Export) -> Response:
    place = place_of(act, code)
    rows = [ActionOut.of(row) for row in queries.action_items(act, place.meeting)]
    return export(form, f"{place.meeting.code} actions", rows, ACTIONS)


@pages.post("/meeting/{code}/actions")
def assign(request: Request, act: Writing, code: str, filled: Filled[ActionForm]) -> Response:
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    if not filled.ok or not tried(
        filled, act, lambda: decisions.assign(act, place.meeting, place.chosen, filled.value)
    ):
        return _action_page(request, act, place, filled, status=422)
    return see(place.at("/actions"), notice=told(request, N_("The action item is entered.")))


class StepOfAction(BaseModel):
    """is_done: the action is done, or open again."""

    group: Annotated[str, Query(max_length=120)] = ""
    is_done: bool


@pages.post("/meeting/{code}/actions/{number}/completion")
def complete(
    request: Request, act: Writing, code: str, number: int, given: Annotated[StepOfAction, Form()]
) -> Response:
    place = place_of(act, code, given.group)
    row = queries.action_by_number(act, place.meeting, place.chosen, number)
    verb = decisions.complete if given.is_done else decisions.reopen
    words = N_("The action item is done.") if given.is_done else N_("The action item is open again.")
    return done(request, act, lambda: verb(act, place.meeting, place.chosen, row), place.at("/actions"), words)


@pages.post("/meeting/{code}/actions/{number}/withdrawal")
def withdraw_action(
    request: Request, act: Writing, code: str, number: int, given: Annotated[WithdrawForm, Form()]
) -> Response:
    place = place_of(act, code, given.group)
    row = queries.action_by_number(act, place.meeting, place.chosen, number)
    return done(
        request,
        act,
        lambda: decisions.withdraw_action(act, place.meeting, place.chosen, row, given.reason),
        place.at("/actions"),
        N_("The action item is withdrawn; its number stays."),
    )
