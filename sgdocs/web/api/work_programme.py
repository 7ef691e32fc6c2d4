"""The work programme over the API: lists, records, and every verb of `work_programme.actions`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.groups import queries as groups
from sgdocs.journal.repeats import Answer
from sgdocs.web import urls
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.caching import require_match
from sgdocs.web.deps import Reading, Svc, Writing, services_of
from sgdocs.web.once import once
from sgdocs.web.work_filters import Filtered
from sgdocs.web.work_meetings import meeting_named
from sgdocs.work_programme import actions, queries
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.outgoing import ItemOut, RecordOut, StaleOut
from sgdocs.work_programme.practice import Practice
from sgdocs.work_programme.records import record_of
from sgdocs.work_programme.rules import PaperRole
from sgdocs.work_programme.schemas import (
    AttachForm,
    BaseForm,
    DecidedForm,
    DependencyForm,
    EditForm,
    IprForm,
    ItemForm,
    MergeForm,
    MoveAllForm,
    MoveForm,
    ProcessForm,
    SupportForm,
)

api = APIRouter(prefix="/api/v1", tags=["work programme"])
Asked = Annotated[str, Query(max_length=500)]
Words = Annotated[str, Query(max_length=120)]


@api.get("/work-items")
def work_items(request: Request, act: Reading, services: Svc, asked: Paging, *, filters: Filtered) -> Response:
    """Work items by name; the filters are those of `/wi`. Without `status` those at work; `status=any` for all."""
    asked.require_sort(("name",), "name")
    after = asked.after if asked.after else None
    if after is not None and [type(key) for key in after] != [str, int]:
        invalid("cursor", str(after)[:80], "Take it from “next” of the page before.")
    place = (str(after[0]), int(after[1] or 0)) if after else None
    rows, total = queries.found_after(act, filters.filter(act), after=place, limit=asked.limit + 1)
    root = services.settings.public_url
    return listing(
        request,
        asked,
        rows,
        total=total,
        item=lambda row: ItemOut.of(row, root),
        cursor=lambda row: (row.sort_key, row.number),
    )


@api.get("/work-items/stale")
def stale(request: Request, act: Reading, services: Svc, group: Words = "") -> Response:
    """Items under study without a contribution between the last meetings of their group."""
    found = _group(act, group) if group else None
    rows = queries.stale(act, found, practice=Practice.of(services.settings))
    told = [StaleOut.of_row(row, services.settings.public_url).model_dump(mode="json") for row in rows]
    return one(request, {"items": told, "total": len(told)})


@api.get("/work-items/{name}")
def work_item(request: Request, act: Reading, services: Svc, name: str, fields: Asked = "") -> Response:
    """One item by its number, its name or a former one, with all that belongs to it."""
    return one(request, record_of(act, queries.by_handle(act, name), services.settings.public_url), fields)


@api.post("/work-items", status_code=201)
def propose(request: Request, form: ItemForm) -> Response:
    """Propose an item (the form of Rec. ITU-T A.1 Annex A or A.13). Takes an `Idempotency-Key`; `accept` confirms warnings."""
    practice = Practice.of(services_of(request).settings)

    def do(act: Act) -> Answer:
        return _made(request, act, actions.propose(act, form, practice=practice))

    return _once(request, form.model_dump(mode="json"), do)


class EnterForm(ItemForm, DecidedForm):
    """An item that a meeting decided, with the meeting."""


@api.post("/work-items/registered", status_code=201)
def enter(request: Request, form: EnterForm) -> Response:
    """Enter an item that a study group or working party decided: registered at once. Takes an `Idempotency-Key`."""
    practice = Practice.of(services_of(request).settings)

    def do(act: Act) -> Answer:
        meeting = meeting_named(act, form.meeting)
        return _made(request, act, actions.enter(act, form, meeting, reason=form.reason, practice=practice))

    return _once(request, form.model_dump(mode="json"), do)


def _made(request: Request, act: Act, item: WorkItem) -> Answer:
    root = services_of(request).settings.public_url
    return Answer(201, record_of(act, item, root).model_dump(mode="json"), urls.work_item(item))


def _once(request: Request, fields: dict[str, Any], do: Any) -> Response:
    answer = once(request, fields, do)
    return JSONResponse(dict(answer.body), answer.status, headers={"Location": answer.location})


@api.patch("/work-items/{name}")
def edit(request: Request, act: Writing, services: Svc, name: str, form: EditForm) -> RecordOut:
    """Change what is given. `If-Match` takes the ETag of the record."""
    item = _matched(request, act, services, name)
    return _told(act, services, actions.edit(act, item, form))


@api.post("/work-items/{name}/registration")
def register(request: Request, act: Writing, services: Svc, name: str, form: DecidedForm) -> RecordOut:
    """The meeting decided on a proposal: it is registered."""
    item = _matched(request, act, services, name)
    return _told(act, services, actions.register(act, item, meeting_named(act, form.meeting), reason=form.reason))


@api.post("/work-items/{name}/reregistration", status_code=201)
def reregister(request: Request, act: Writing, services: Svc, name: str, form: DecidedForm) -> RecordOut:
    """A deleted item begins again as a new record."""
    item = _matched(request, act, services, name)
    return _told(act, services, actions.reregister(act, item, meeting_named(act, form.meeting), reason=form.reason))


@api.post("/work-items/{name}/move")
def move(request: Request, act: Writing, services: Svc, name: str, form: MoveForm) -> RecordOut:
    """To another Question or group; number and history stay."""
    item, meeting = _matched(request, act, services, name), meeting_named(act, form.meeting)
    moved = actions.move(act, item, form.group, form.question, meeting=meeting, reason=form.reason)
    return _told(act, services, moved)


@api.post("/work-items/{name}/process")
def change_process(request: Request, act: Writing, services: Svc, name: str, form: ProcessForm) -> RecordOut:
    """AAP or TAP, before consent or determination."""
    item, meeting = _matched(request, act, services, name), meeting_named(act, form.meeting)
    return _told(act, services, actions.change_process(act, item, form.process, meeting, form.reason))


@api.post("/work-items/{name}/discontinuation")
def discontinue(request: Request, act: Writing, services: Svc, name: str, form: DecidedForm) -> RecordOut:
    """The group gives the work up, for a reason that is minuted. What is under approval is withdrawn there first."""
    item, meeting = _matched(request, act, services, name), meeting_named(act, form.meeting)
    return _told(act, services, actions.discontinue(act, item, meeting, form.reason))


@api.post("/work-items/{name}/merger")
def merge(request: Request, act: Writing, services: Svc, name: str, form: MergeForm) -> RecordOut:
    """The work goes on in another item."""
    item, meeting = _matched(request, act, services, name), meeting_named(act, form.meeting)
    return _told(act, services, actions.merge(act, item, _other(act, "into", form.into), meeting, form.reason))


@api.put("/work-items/{name}/base")
def set_base(request: Request, act: Writing, services: Svc, name: str, form: BaseForm) -> RecordOut:
    """The text that is worked on from now on."""
    item, meeting = _matched(request, act, services, name), meeting_named(act, form.meeting)
    document = _document(act, form.document) if form.document else None
    actions.set_base(act, item, document, form.part, meeting, note=form.note, on=form.on)
    return _told(act, services, item)


@api.post("/work-items/{name}/papers", status_code=201)
def attach(request: Request, act: Writing, services: Svc, name: str, form: AttachForm) -> RecordOut:
    """A document belongs to the item: contribution, output, liaison, justification …"""
    item = _matched(request, act, services, name)
    actions.attach(act, item, _document(act, form.document), form.role, form.about)
    return _told(act, services, item)


@api.delete("/work-items/{name}/papers/{document}", status_code=204)
def detach(
    request: Request,
    act: Writing,
    services: Svc,
    name: str,
    document: str,
    *,
    role: PaperRole = PaperRole.CONTRIBUTION,
    about: Asked = "",
) -> Response:
    """The document does not belong there."""
    item = _matched(request, act, services, name)
    actions.detach(act, item, documents.by_name(act, document), role, about)
    return Response(status_code=204)


@api.post("/work-items/{name}/supporters", status_code=201)
def support(request: Request, act: Writing, services: Svc, name: str, form: SupportForm) -> RecordOut:
    """An entity commits itself; a delegate does so for its own."""
    item = _matched(request, act, services, name)
    actions.support(act, item, form)
    return _told(act, services, item)


@api.post("/work-items/{name}/supporters/withdrawal")
def withdraw_support(request: Request, act: Writing, services: Svc, name: str, form: SupportForm) -> RecordOut:
    item = _matched(request, act, services, name)
    actions.withdraw_support(act, item, form)
    return _told(act, services, item)


@api.post("/work-items/{name}/dependencies", status_code=201)
def depend(request: Request, act: Writing, services: Svc, name: str, form: DependencyForm) -> RecordOut:
    """The item waits for another one, or for what the words say."""
    item = _matched(request, act, services, name)
    other = _other(act, "on", form.on) if form.on else None
    actions.depend(act, item, other, words=form.words, note=form.note)
    return _told(act, services, item)


@api.post("/work-items/{name}/dependencies/{id}/release")
def release(request: Request, act: Writing, services: Svc, name: str, id: int) -> RecordOut:
    """What it waited for is there."""
    item = _matched(request, act, services, name)
    actions.release(act, item, id)
    return _told(act, services, item)


@api.post("/work-items/{name}/ipr")
def ask_ipr(request: Request, act: Writing, services: Svc, name: str, form: IprForm) -> RecordOut:
    """The meeting was asked for patents that bear on the text."""
    item = _matched(request, act, services, name)
    meeting = meeting_named(act, form.meeting) or invalid("meeting", form.meeting, "The code of a meeting.")
    return _told(act, services, actions.ask_ipr(act, item, meeting, form.note))


@api.post("/work-programme/moves")
def move_all(act: Writing, form: MoveAllForm) -> dict[str, Any]:
    """Everything that is open goes on in a new study period; what is left needs a choice."""
    period = groups.period_by_code(act.session, form.period)
    group = _group(act, form.group) if form.group else None
    moved = actions.move_all(act, period, group=group, choices=form.choices)
    left = [
        {"number": each.item.number, "acronym": each.item.acronym, "may_be": [place.path for place in each.may_be]}
        for each in moved.left
    ]
    return {"moved": [each.number for each in moved.items], "left": left}


def _matched(request: Request, act: Act, services: Any, name: str) -> WorkItem:
    """The item; Outdated when the caller has seen another state of it."""
    item = queries.by_handle(act, name)
    if "if-match" in request.headers:
        require_match(request, one(request, record_of(act, item, services.settings.public_url)).headers["ETag"])
    return item


def _told(act: Act, services: Any, item: WorkItem) -> RecordOut:
    return record_of(act, item, services.settings.public_url)


def _other(act: Act, field: str, words: str) -> WorkItem:
    return queries.find(act, words) or invalid(field, words, "The number or name of a work item.")


def _document(act: Act, words: str) -> Document:
    """By name, or as people write it (`SG13-C12`)."""
    found = documents.alike(act, words)
    exact = next((each for each in found if each.name.lower() == words.lower()), None)
    return exact or (found[0] if len(found) == 1 else documents.by_name(act, words))


def _group(act: Act, words: str) -> Any:
    found = groups.find(act.session, words) or next(iter(groups.resolve(act.session, words, geneva_day(act.now))), None)
    return found or invalid("group", words, "The path or code of a group, such as T/SG13.")
