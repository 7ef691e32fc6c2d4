"""Deeds of one addressee: allot, take on, note, forward, answer, close, wait no longer."""

from datetime import date

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from sgdocs.base.errors import invalid, missing
from sgdocs.liaison import queries
from sgdocs.liaison.actions import allotting, answering, considering, filing, forwarding, waiting
from sgdocs.liaison.models import Addressee
from sgdocs.liaison.rules import Purpose
from sgdocs.liaison.schemas import AllotForm, AnswerForm, ExpectForm, ForwardForm, NoteForm, OwnerForm, ReasonForm
from sgdocs.web import liaison_deeds as deeds
from sgdocs.web.deps import Writing
from sgdocs.web.forms import Filled
from sgdocs.web.liaison_deed_page import Place, done, pages_of, place_of

pages = APIRouter()
for _each in deeds.OF_ADDRESSEE:
    if _each.will:
        pages_of(pages, _each)


class Confirmed(BaseModel):
    """A form without a field: its button is all it says."""


@pages.post("/liaison/{name}/to/{position}/allotment")
def allot(request: Request, act: Writing, name: str, position: int, filled: Filled[AllotForm]) -> Response:
    place = place_of(act, name, position)

    def do() -> object:
        return allotting.allot_by_name(act, place.statement, _to(place), filled.value.questions)

    return done(request, act, place, deeds.ALLOT, filled, do=do)


@pages.post("/liaison/{name}/to/{position}/owner")
def own(request: Request, act: Writing, name: str, position: int, filled: Filled[OwnerForm]) -> Response:
    place = place_of(act, name, position)

    def do() -> object:
        return considering.assign(act, place.statement, _to(place), filled.value)

    return done(request, act, place, deeds.OWN, filled, do=do)


@pages.post("/liaison/{name}/to/{position}/note")
def note(request: Request, act: Writing, name: str, position: int, filled: Filled[NoteForm]) -> Response:
    place = place_of(act, name, position)

    def do() -> object:
        return considering.note(act, place.statement, _to(place), filled.value)

    return done(request, act, place, deeds.NOTE, filled, do=do)


@pages.post("/liaison/{name}/to/{position}/no-reply")
def need_no_reply(request: Request, act: Writing, name: str, position: int, filled: Filled[ReasonForm]) -> Response:
    place = place_of(act, name, position)

    def do() -> object:
        return considering.no_reply_needed(act, place.statement, _to(place), filled.value.reason)

    return done(request, act, place, deeds.NO_REPLY, filled, do=do)


class PassOnForm(BaseModel):
    """to: a group to a line; purpose, deadline: for each of them; note: words that go with it."""

    to: str = Field("", max_length=4000)
    purpose: Purpose = Purpose.INFORMATION
    deadline: date | None = None
    note: str = Field("", max_length=500)

    def form(self) -> ForwardForm:
        names = [line.strip() for line in self.to.splitlines() if line.strip()]
        deadline = None if self.purpose is Purpose.INFORMATION else self.deadline
        to = [{"name": name, "purpose": self.purpose, "deadline": deadline} for name in names]
        return ForwardForm.model_validate({"to": to, "note": self.note})


@pages.post("/liaison/{name}/to/{position}/forward")
def forward(request: Request, act: Writing, name: str, position: int, filled: Filled[PassOnForm]) -> Response:
    place = place_of(act, name, position)

    def do() -> object:
        return forwarding.forward(act, place.statement, _to(place), filled.value.form())

    return done(request, act, place, deeds.FORWARD, filled, do=do)


@pages.post("/liaison/{name}/to/{position}/answer")
def answer(request: Request, act: Writing, name: str, position: int, filled: Filled[AnswerForm]) -> Response:
    place = place_of(act, name, position)

    def do() -> object:
        words = filled.value.reply
        reply = queries.find(act, words) or invalid("reply", words, "The number of a statement, as in SG15-LS12.")
        return answering.answer(act, reply, place.statement, _to(place))

    return done(request, act, place, deeds.ANSWERED, filled, do=do)


@pages.post("/liaison/{name}/to/{position}/filing")
def file(request: Request, act: Writing, name: str, position: int, filled: Filled[Confirmed]) -> Response:
    place = place_of(act, name, position)

    def do() -> object:
        return filing.file_received(act, place.statement, _to(place))

    return done(request, act, place, deeds.FILE, filled, do=do)


@pages.post("/liaison/{name}/to/{position}/expectation")
def expect(request: Request, act: Writing, name: str, position: int, filled: Filled[ExpectForm]) -> Response:
    place = place_of(act, name, position)

    def do() -> object:
        return waiting.expect_answer(act, place.statement, _to(place), filled.value)

    return done(request, act, place, deeds.EXPECT, filled, do=do)


@pages.post("/liaison/{name}/to/{position}/closing")
def stop_waiting(request: Request, act: Writing, name: str, position: int, filled: Filled[ReasonForm]) -> Response:
    place = place_of(act, name, position)

    def do() -> object:
        return waiting.close_waiting(act, place.statement, _to(place), filled.value.reason)

    return done(request, act, place, deeds.STOP_WAITING, filled, do=do)


def _to(place: Place) -> Addressee:
    return place.addressee or missing("addressee", place.statement.name)
