"""Deeds with one statement: say that it was agreed, approve it."""

from fastapi import APIRouter, Request, Response

from sgdocs.liaison.actions import approving
from sgdocs.liaison.schemas import AgreeForm, ApproveForm
from sgdocs.web import liaison_deeds as deeds
from sgdocs.web.deps import Writing
from sgdocs.web.forms import Filled
from sgdocs.web.liaison_deed_page import done, pages_of, place_of
from sgdocs.web.work_meetings import meeting_named

pages = APIRouter()
for _each in (deeds.AGREE, deeds.APPROVE):
    pages_of(pages, _each)


@pages.post("/liaison/{name}/agreement")
def agree(request: Request, act: Writing, name: str, filled: Filled[AgreeForm]) -> Response:
    place = place_of(act, name)

    def do() -> object:
        form = filled.value
        meeting = meeting_named(act, form.meeting)
        return approving.agree(
            act, place.statement, approving.sender_at(act, place.statement, form.sender), form.level, meeting
        )

    return done(request, act, place, deeds.AGREE, filled, do=do)


@pages.post("/liaison/{name}/approval")
def approve(request: Request, act: Writing, name: str, filled: Filled[ApproveForm]) -> Response:
    place = place_of(act, name)

    def do() -> object:
        form = filled.value
        return approving.approve(
            act,
            place.statement,
            approving.sender_at(act, place.statement, form.sender),
            note=form.note,
            version=form.version,
        )

    return done(request, act, place, deeds.APPROVE, filled, do=do)
