"""Approvals over the API: the board, one process with its steps, what a step would do, every verb; announcements."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import JSONResponse, Response

from sgdocs.approval import actions, queries
from sgdocs.approval.actions.providing import require_bringer
from sgdocs.approval.listing import board
from sgdocs.approval.models import Process
from sgdocs.approval.outgoing import (
    AnnouncementOut,
    OfferOut,
    PreviewOut,
    ProcessOut,
    ProcessRow,
    ReplyOut,
    StepOut,
    WindowOut,
)
from sgdocs.approval.schemas import HoldForm, NumberForm, PositionForm, StepForm
from sgdocs.approval.targets import Thing
from sgdocs.base.act import Act
from sgdocs.base.errors import invalid, missing
from sgdocs.documents.actions.texts import keep_brought
from sgdocs.documents.models import Document
from sgdocs.journal.repeats import Answer
from sgdocs.proceedings.actions import texts
from sgdocs.recommendations import queries as recommendations
from sgdocs.web import uploads, urls
from sgdocs.web.api._conventions import Key, Paging, listing, one
from sgdocs.web.approval_filters import Asking, filter_of
from sgdocs.web.deps import Reading, Svc, Writing, services_of
from sgdocs.web.limits import uploading
from sgdocs.web.once import once
from sgdocs.work_programme import queries as work

api = APIRouter(prefix="/api/v1/approval", tags=["approval"])
Words = Annotated[str, Query(max_length=200)]
ONE = "/{procedure}/{number}"


class TakenForm(StepForm):
    """A step. from_state: as it was seen; another one by now is refused."""

    from_state: str = ""


class BegunForm(StepForm):
    """The first step of a process: of a work item (number or name) or of a published text (`T/Y.3100/2019-11`)."""

    procedure: str
    step: str
    item: str = ""
    recommendation: str = ""


@api.get("")
def approvals(request: Request, act: Reading, services: Svc, asked: Paging, wanted: Asking) -> Response:
    """Processes; the filters and sorts are those of `/approval`. Without `which` those that are open."""
    start = _place(asked.after)
    found = board(act, filter_of(act, wanted), sort=wanted.sort, offset=start, size=asked.limit + 1)
    root, here = services.settings.public_url, start + asked.limit
    return listing(
        request,
        asked,
        list(found.rows),
        total=found.total,
        item=lambda row: ProcessRow.of(row, root),
        cursor=lambda row: (here,),
    )


def _place(after: tuple[Key, ...]) -> int:
    """How many rows were seen, from a cursor."""
    seen = after[0] if after else 0
    if not isinstance(seen, int) or isinstance(seen, bool) or not 0 <= seen <= 1_000_000:
        invalid("cursor", str(seen)[:80], "Take it from “next” of the page before.")
    return seen


@api.post("", status_code=201)
def begin(request: Request, form: BegunForm) -> Response:
    """Consent, determine, agree, propose to delete …: as a decision of the meeting in session. Takes an `Idempotency-Key`."""

    def do(act: Act) -> Answer:
        process = texts.take(act, _thing(act, form), form.step, "", _bare(form), procedure=form.procedure)
        return _made(request, act, process, 201)

    return answered(once(request, form.model_dump(mode="json"), do))


def _thing(act: Act, form: BegunForm) -> Thing:
    if form.item:
        return work.by_handle(act, form.item)
    if not form.recommendation:
        invalid("item", "", "The number of a work item, or the address of a text under `recommendation`.")
    found = recommendations.text_at(act, "/rec/" + form.recommendation.removeprefix("/rec/").strip("/"))
    return found.text if found.text is not None else found.family


# Announcements: before the addresses of processes


@api.get("/announcements")
def announcements(request: Request, act: Reading, sector: Words = "", kind: Words = "") -> Response:
    """The newest hundred."""
    rows = queries.announcements(act, sector=sector, kind=kind)
    told = [AnnouncementOut.of(row).model_dump(mode="json", exclude={"lines", "text"}) for row in rows]
    return one(request, {"items": told, "total": len(told)})


@api.post("/announcements", status_code=201)
def announce(act: Writing) -> dict[str, Any]:
    """Make the announcement of today: what is ready opens, what is not is named with its reason."""
    found = actions.announce(act)
    row = found.announcement
    told = AnnouncementOut.of(row, queries.lines_of(act, row)).model_dump(mode="json") if row else None
    left = [{"process": p.number, "rule": no.rule.id, "says": no.message} for p, no in found.left]
    return {"announcement": told, "opened": [p.number for p in found.opened], "left": left}


@api.get("/announcements/{sector}/{kind}/{number}")
def announcement(request: Request, act: Reading, sector: str, kind: str, number: int) -> Response:
    row = queries.announcement_by_number(act, sector, kind, number)
    return one(request, AnnouncementOut.of(row, queries.lines_of(act, row)))


# One process


@api.get(ONE)
def approval(request: Request, act: Reading, services: Svc, procedure: str, number: str) -> Response:
    """One process with its windows, the steps that were taken and the rules it keeps."""
    return one(request, _out(act, _process(act, procedure, number), services.settings.public_url))


def _process(act: Act, procedure: str, number: str) -> Process:
    return queries.by_number(act, f"{procedure}/{number}")


def _out(act: Act, process: Process, root: str) -> ProcessOut:
    (row,) = queries.board_rows(act, [process])
    told = ProcessRow.of(row, root).model_dump()
    return ProcessOut(
        **told,
        summary=process.summary,
        sha256=process.sha256,
        rules_on=process.rules_on,
        rules=process.rules,
        hold_until=process.hold_until,
        notes=process.notes if queries.may_read_comments(act, process) else [],
        windows=[WindowOut.of(window) for window in queries.windows_of(act.session, process)],
        steps=[StepOut.of(step) for step in queries.transitions_of(act.session, process)],
    )


@api.get(ONE + "/steps")
def steps(request: Request, act: Reading, procedure: str, number: str) -> Response:
    """The steps that the asker may take from here, each with all that stands against it."""
    offers = queries.offers_for(act, _process(act, procedure, number))
    return one(request, {"items": [OfferOut.of(each).model_dump(mode="json") for each in offers], "total": len(offers)})


@api.get(ONE + "/steps/{step}")
def preview(  # noqa: PLR0917 parts of an address
    request: Request, act: Reading, procedure: str, number: str, step: str, deciding: Words = ""
) -> Response:
    """What the step would do now: state, days, letters, record. deciding: code of a meeting, for steps that choose one."""
    process = _process(act, procedure, number)
    _require_offered(act, process, step)
    return one(request, PreviewOut.of(actions.preview(act, process, step, StepForm(deciding=deciding))))


def _require_offered(act: Act, process: Process, step: str) -> None:
    """Whoever may not take the step does not see its letters."""
    if step not in {offer.step.id for offer in queries.offers_for(act, process)}:
        missing("step", step)


@api.post(ONE + "/steps/{step}")
def take(request: Request, procedure: str, number: str, step: str, form: TakenForm) -> Response:
    """Take the step. 409 with `rule` when the state is another one, or with `unmet` when anything stands against it."""

    def do(act: Act) -> Answer:
        process = texts.take(act, _process(act, procedure, number), step, form.from_state, _bare(form))
        return _made(request, act, process, 200)

    return answered(once(request, form.model_dump(mode="json"), do))


def _bare(form: StepForm) -> StepForm:
    """Without what stands beside the step."""
    return StepForm.model_validate(form.model_dump(include=set(StepForm.model_fields)))


def _made(request: Request, act: Act, process: Process, status: int) -> Answer:
    act.session.flush()
    body = _out(act, process, services_of(request).settings.public_url)
    return Answer(status, body.model_dump(mode="json"), urls.approval(process.number))


def answered(answer: Answer) -> Response:

    return JSONResponse(answer.body, answer.status, headers={"Location": answer.location} if answer.location else None)


@api.post(ONE + "/text", status_code=201, dependencies=[uploading()])
def bring_text(  # noqa: PLR0917
    request: Request,
    act: Reading,
    procedure: str,
    number: str,
    file: Annotated[UploadFile, File()],
    note: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    """The edited text, or that after the resolution of comments: the next revision of the document in hand."""
    require_bringer(act, _process(act, procedure, number))
    brought = uploads.take(services_of(request), file)

    def do(writing: Act) -> Answer:
        process = _process(writing, procedure, number)
        version = actions.bring_text(writing, process, [brought.upload()], note=note)
        document = writing.session.get_one(Document, version.document_id)
        keep_brought(writing, document, brought.texts)
        return _made(request, writing, process, 201)

    return answered(once(request, {"file": brought.blob.sha256, "note": note}, do))


# Verbs of the secretariat, and of delegations in the room


@api.put(ONE + "/number")
def give_number(act: Writing, services: Svc, procedure: str, number: str, form: NumberForm) -> ProcessOut:
    """The number that the text will have (`Y.3199`)."""
    row = actions.give_number(act, _process(act, procedure, number), form)
    return _out(act, row, services.settings.public_url)


@api.put(ONE + "/hold")
def hold(act: Writing, services: Svc, procedure: str, number: str, form: HoldForm) -> ProcessOut:
    """Hold the closing for some hours; the day of approval does not move."""
    return _out(act, actions.hold(act, _process(act, procedure, number), form), services.settings.public_url)


@api.delete(ONE + "/hold")
def release(act: Writing, services: Svc, procedure: str, number: str) -> ProcessOut:
    return _out(act, actions.release(act, _process(act, procedure, number)), services.settings.public_url)


@api.get(ONE + "/positions")
def positions(request: Request, act: Reading, procedure: str, number: str, every: bool = False) -> Response:
    """Replies and positions at meetings, the last of each entity; every: earlier versions too."""
    rows = queries.replies_of(act, _process(act, procedure, number), every=every)
    return one(request, {"items": [ReplyOut.of(row).model_dump(mode="json") for row in rows], "total": len(rows)})


@api.post(ONE + "/positions", status_code=201)
def take_position(act: Writing, procedure: str, number: str, form: PositionForm) -> ReplyOut:
    """What a delegation says at the meeting that decides; it may be changed until the decision is taken."""
    process = _process(act, procedure, number)
    row = actions.take_position(act, process, form)
    return next(ReplyOut.of(said) for said in queries.replies_of(act, process) if said.reply.id == row.id)
