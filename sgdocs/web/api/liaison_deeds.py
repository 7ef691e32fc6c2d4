"""Liaison over the API, for writing: draft, enter, agree, approve, send, withdraw."""

import io
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.documents import stamping
from sgdocs.journal.repeats import Answer
from sgdocs.liaison import queries
from sgdocs.liaison.actions import approving, drafting, papers, previewing, receiving, sending, withdrawing
from sgdocs.liaison.models import Statement
from sgdocs.liaison.outgoing import RecordOut
from sgdocs.liaison.practice import Practice
from sgdocs.liaison.records import record_of
from sgdocs.liaison.schemas import AgreeForm, ApproveForm, DraftForm, PaperForm, ReasonForm, ReceiveForm, SendForm
from sgdocs.web import uploads, urls
from sgdocs.web.api.liaison_preview import PreviewOut
from sgdocs.web.deps import Reading, Svc, Writing, services_of
from sgdocs.web.liaison_files import documents_of, typed
from sgdocs.web.limits import uploading
from sgdocs.web.once import once, told_before
from sgdocs.web.work_meetings import meeting_named

api = APIRouter(prefix="/api/v1", tags=["liaison"])
Version = Annotated[int, Query(ge=0, description="`version` of the draft as it was read")]


def told(request: Request, act: Act, statement: Statement) -> RecordOut:
    """The record as it stands now."""
    act.session.flush()
    return RecordOut.of(record_of(act, statement), services_of(request).settings.public_url)


def made(request: Request, fields: dict[str, Any], do: Callable[[Act], Statement]) -> Response:
    """Done once, however often it is asked with its key; stamped after the transaction; 201 with the record."""
    ids: list[int] = []

    def act_on(act: Act) -> Answer:
        statement = do(act)
        body = told(request, act, statement).model_dump(mode="json")
        ids.extend(document.id or 0 for document in documents_of(act, statement))
        return Answer(201, body, f"/api/v1/liaison-statements/{urls.path(statement.name).removeprefix('/')}")

    answer = once(request, fields, act_on)
    stamping.make(services_of(request), ids)
    return JSONResponse(dict(answer.body), answer.status, headers={"Location": answer.location})


@api.post("/liaison-statements", status_code=201)
def draft(request: Request, form: DraftForm) -> Response:
    """A draft of a group of ours, agreed, approved and sent later. Takes an `Idempotency-Key`."""
    return made(request, form.model_dump(mode="json"), lambda act: drafting.draft(act, form))


@api.post("/liaison-statements/received", status_code=201, dependencies=[uploading()])
def receive(
    request: Request,
    statement: Annotated[str, Form(max_length=200_000, description="the fields, as JSON")],
    file: Annotated[UploadFile | None, File(description="the letter; without it what is typed is filed")] = None,
) -> Response:
    """Enter a statement that came in: filed for each group that it is addressed to. Takes an `Idempotency-Key`."""
    try:
        form = ReceiveForm.model_validate_json(statement)
    except ValidationError as error:
        first = error.errors()[0]
        invalid(".".join(str(each) for each in first["loc"]) or "statement", "", str(first["msg"]))
    brought = uploads.take(services_of(request), file) if file is not None else None
    fields = form.model_dump(mode="json") | {"file": brought.blob.sha256 if brought else ""}
    before = told_before(request, fields)
    if before is not None:
        return JSONResponse(dict(before.body), before.status, headers={"Location": before.location})
    files = [brought.upload()] if brought else typed(request, form)
    return made(request, fields, lambda act: receiving.receive(act, form, files))


@api.put("/liaison-statements/{name}")
def edit(request: Request, act: Writing, name: str, version: Version, form: DraftForm) -> RecordOut:
    """Write the form in place of what stands in a draft. What was agreed is a draft again when its words change."""
    return told(request, act, drafting.edit(act, queries.by_name(act, name), form, version))


@api.post("/liaison-statements/{name}/papers", status_code=201)
def attach(request: Request, act: Writing, name: str, form: PaperForm) -> RecordOut:
    """A registered document goes with it."""
    statement = queries.by_name(act, name)
    papers.attach(act, statement, form)
    return told(request, act, statement)


@api.post("/liaison-statements/{name}/agreement")
def agree(request: Request, act: Writing, name: str, form: AgreeForm) -> RecordOut:
    """A sending group agreed it at that level, at a meeting or by correspondence."""
    statement, meeting = queries.by_name(act, name), meeting_named(act, form.meeting)
    sender = approving.sender_at(act, statement, form.sender)
    return told(request, act, approving.agree(act, statement, sender, form.level, meeting))


@api.post("/liaison-statements/{name}/approval")
def approve(request: Request, act: Writing, name: str, form: ApproveForm) -> RecordOut:
    """One who holds the needed role approves it for a sending group."""
    statement = queries.by_name(act, name)
    sender = approving.sender_at(act, statement, form.sender)
    return told(request, act, approving.approve(act, statement, sender, note=form.note, version=form.version))


@api.get("/liaison-statements/{name}/preview")
def preview(act: Reading, services: Svc, name: str) -> PreviewOut:
    """What sending would make now, and what stands against it."""
    practice = Practice.of(services.settings)
    return PreviewOut.of(previewing.preview(act, queries.by_name(act, name), practice=practice))


@api.post("/liaison-statements/{name}/sending", status_code=201)
def send(request: Request, services: Svc, name: str, form: SendForm) -> Response:
    """Number, file and write it: what the preview showed, or nothing. Takes an `Idempotency-Key`."""

    def do(act: Act) -> Statement:
        return sending.send(
            act,
            queries.by_name(act, name),
            form.version,
            lambda content: services.blobs.put(io.BytesIO(content)),
            accept=form.accept,
            digest=form.digest,
            practice=Practice.of(services.settings),
        )

    return made(request, form.model_dump(mode="json"), do)


@api.post("/liaison-statements/{name}/withdrawal")
def withdraw(request: Request, act: Writing, name: str, form: ReasonForm) -> RecordOut:
    """Nobody owes an answer to it any more; number and page stay."""
    return told(request, act, withdrawing.withdraw(act, queries.by_name(act, name), form.reason))
