"""Liaison over the API: what an addressee does with a statement, and the mail that waits for the secretariat."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.liaison import arrivals, queries
from sgdocs.liaison.actions import allotting, answering, considering, filing, forwarding, waiting
from sgdocs.liaison.actions.arrivals import WAITING, confirm_arrival, refuse_arrival, uploads_of
from sgdocs.liaison.actions.replying import draft_reply
from sgdocs.liaison.models import Addressee, Arrival, Statement
from sgdocs.liaison.outgoing import RecordOut
from sgdocs.liaison.schemas import (
    AllotForm,
    AnswerForm,
    DraftForm,
    ExpectForm,
    ForwardForm,
    NoteForm,
    OwnerForm,
    ReasonForm,
    ReceiveForm,
)
from sgdocs.web.api.liaison_deeds import made, told
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.liaison_files import typed

api = APIRouter(prefix="/api/v1", tags=["liaison"])
AT = "/liaison-statements/{name}/addressees/{position}"


def _done(
    request: Request, act: Act, name: str, position: int, do: Callable[[Statement, Addressee], object]
) -> RecordOut:
    statement = queries.by_name(act, name)
    do(statement, queries.addressee(act.session, statement, position))
    return told(request, act, statement)


@api.get(AT + "/reply")
def reply(act: Reading, name: str, position: int) -> DraftForm:
    """The draft of an answer, filled with what is known; nothing is written."""
    statement = queries.by_name(act, name)
    return draft_reply(act, statement, queries.addressee(act.session, statement, position))


@api.post(AT + "/allotment")
def allot(request: Request, act: Writing, name: str, position: int, form: AllotForm) -> RecordOut:
    """To these Questions of the group, none for all of them."""
    return _done(request, act, name, position, lambda s, a: allotting.allot_by_name(act, s, a, form.questions))


@api.post(AT + "/filing", status_code=201)
def file(request: Request, act: Writing, name: str, position: int) -> RecordOut:
    """As a document of the addressed group, with the files as they came."""
    return _done(request, act, name, position, lambda s, a: filing.file_received(act, s, a))


@api.post(AT + "/owner")
def own(request: Request, act: Writing, name: str, position: int, form: OwnerForm) -> RecordOut:
    """Who sees to the answer; "" for nobody."""
    return _done(request, act, name, position, lambda s, a: considering.assign(act, s, a, form))


@api.post(AT + "/note")
def note(request: Request, act: Writing, name: str, position: int, form: NoteForm) -> RecordOut:
    """The group has considered it."""
    return _done(request, act, name, position, lambda s, a: considering.note(act, s, a, form))


@api.post(AT + "/no-reply")
def need_no_reply(request: Request, act: Writing, name: str, position: int, form: ReasonForm) -> RecordOut:
    """Closed without an answer, for a reason."""
    return _done(request, act, name, position, lambda s, a: considering.no_reply_needed(act, s, a, form.reason))


@api.post(AT + "/forward")
def forward(request: Request, act: Writing, name: str, position: int, form: ForwardForm) -> RecordOut:
    """To other groups, each of which is an addressee of its own from then on."""
    return _done(request, act, name, position, lambda s, a: forwarding.forward(act, s, a, form))


@api.post(AT + "/answer")
def answer(request: Request, act: Writing, name: str, position: int, form: AnswerForm) -> RecordOut:
    """Name the statement, sent or received already, that answers."""
    found = queries.find(act, form.reply) or invalid("reply", form.reply, "The number of a statement.")
    return _done(request, act, name, position, lambda s, a: answering.answer(act, found, s, a))


@api.post(AT + "/expectation")
def expect(request: Request, act: Writing, name: str, position: int, form: ExpectForm) -> RecordOut:
    """Whether an answer is waited for, and until when."""
    return _done(request, act, name, position, lambda s, a: waiting.expect_answer(act, s, a, form))


@api.post(AT + "/closing")
def stop_waiting(request: Request, act: Writing, name: str, position: int, form: ReasonForm) -> RecordOut:
    """The sending group waits no longer."""
    return _done(request, act, name, position, lambda s, a: waiting.close_waiting(act, s, a, form.reason))


# Mail that came in


class ArrivalOut(BaseModel):
    """A mail. is_authentic: whether a relay vouches for the sender, None where none is configured; files: with `refused`,
    why one is not kept."""

    id: int
    state: str
    subject: str
    from_name: str
    from_address: str
    received_at: datetime
    is_authentic: bool | None
    identity: str
    reason: str
    text: str
    files: list[dict[str, Any]]

    @classmethod
    def of(cls, arrival: Arrival) -> "ArrivalOut":
        return cls(**{name: getattr(arrival, name) for name in cls.model_fields})


@api.get("/liaison-arrivals")
def waiting_mail(
    act: Reading, state: Annotated[str, Query(max_length=20)] = WAITING, page: Annotated[int, Query(ge=1)] = 1
) -> dict[str, Any]:
    """Mail that came in, the newest first; waiting, filed, refused or ignored. For the secretariat."""
    found = arrivals.listing(act, state, number=page)
    return {"items": [ArrivalOut.of(row).model_dump(mode="json") for row in found.rows], "total": found.total}


@api.post("/liaison-arrivals/{id}/confirmation", status_code=201)
def confirm(request: Request, act: Reading, id: int, form: ReceiveForm) -> Response:
    """File the mail as the form says, with its files; where none can be filed, what is typed. Takes an `Idempotency-Key`."""
    extra = [] if uploads_of(arrivals.by_id(act, id)) else typed(request, form)
    fields = form.model_dump(mode="json") | {"arrival": id}
    return made(request, fields, lambda act: confirm_arrival(act, arrivals.by_id(act, id), form, extra))


@api.post("/liaison-arrivals/{id}/refusal")
def refuse(act: Writing, id: int, form: ReasonForm) -> ArrivalOut:
    """It is kept with the reason, and not filed."""
    return ArrivalOut.of(refuse_arrival(act, arrivals.by_id(act, id), form.reason))
