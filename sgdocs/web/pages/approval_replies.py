"""Replies in a window and positions at the meeting that decides: who said what, what counts, one's own."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sgdocs.approval import queries
from sgdocs.approval.actions import replies as reply_actions
from sgdocs.approval.actions.positions import take_position
from sgdocs.approval.comment_schemas import ReplyForm
from sgdocs.approval.gathering import is_in_session
from sgdocs.approval.models import Process
from sgdocs.approval.procedures.needs.votes import Count, radio_count, tap_count
from sgdocs.approval.rules import POSITIONS
from sgdocs.approval.schemas import PositionForm
from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, Refused, missing
from sgdocs.i18n import N_
from sgdocs.web import urls
from sgdocs.web.approval_frame import frame_for, framed, is_mirrored
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled, blank
from sgdocs.web.render import language_of, see

pages = APIRouter(prefix="/approval/{procedure}/{number}")
COLUMNS = {
    "entity": "Entity",
    "country": "Country",
    "position": "Position",
    "reason": "Reason",
    "sent_at": "Sent",
    "version": "Version",
    "counts": "Counts",
}
OBJECTIONS = ("objection", "more-time")


def _process(act: Act, procedure: str, number: str) -> Process:
    """Replies and positions are for those who read the comments."""
    process = queries.by_number(act, f"{procedure}/{number}")
    if not queries.may_read_comments(act, process):
        missing("replies", process.number)
    return process


@pages.get("/replies")
def replies(request: Request, act: Reading, procedure: str, number: str) -> Response:
    return _replies(request, act, _process(act, procedure, number), blank())


def _replies(request: Request, act: Act, process: Process, filled: Filled[Any], *, status: int = 200) -> Response:
    frame = frame_for(act, process, is_mirrored=is_mirrored(request))
    said = queries.replies_of(act, process, window=frame.window, every=True) if frame.window else []
    last = [each for each in said if each.reply.is_last]
    own = next((each for each in last if each.organisation.id == act.actor.organisation_id), None)
    objects = bool(frame.window and frame.window.kind in OBJECTIONS)
    start = {
        "position": own.reply.position if own else ("oppose" if objects else ""),
        "reason": own.reply.reason if own else "",
    }
    return framed(
        request,
        "approval/replies.html",
        frame,
        status=status,
        last=last,
        earlier=[each for each in said if not each.reply.is_last],
        own=own,
        count=_count(act, process) if frame.window and frame.window.kind == "consultation" else None,
        objects=objects,
        filled=filled if filled.raw else blank(start),
    )


def _count(act: Act, process: Process) -> Count:
    facts = queries.facts_of(act, process)
    return (radio_count if process.sector == "R" else tap_count)(facts.replies, facts)


@pages.get("/replies.{form}")
def replies_as(act: Reading, procedure: str, number: str, form: Export) -> Response:
    """Every version of every reply and position; the last ones count."""
    process = _process(act, procedure, number)
    rows = [
        {
            "entity": said.organisation.name,
            "country": said.reply.country,
            "position": said.reply.position,
            "reason": said.reply.reason,
            "sent_at": said.reply.sent_at,
            "version": said.reply.version,
            "counts": said.reply.is_last,
            "at_meeting": said.reply.meeting_id is not None,
        }
        for said in queries.replies_of(act, process, every=True)
    ]
    return export(form, f"{process.number.replace('/', '-')} replies", rows, COLUMNS)


@pages.post("/replies")
def reply(request: Request, act: Writing, procedure: str, number: str, filled: Filled[ReplyForm]) -> Response:
    process = _process(act, procedure, number)
    return _done(
        request,
        act,
        process,
        filled,
        do=lambda: reply_actions.reply(act, process, filled.value),
        again=lambda status: _replies(request, act, process, filled, status=status),
        back="replies",
        words=N_("The reply is recorded; it may be changed until the window closes."),
    )


class EntityForm(BaseModel):
    entity: str = ""


@pages.post("/replies/withdrawal")
def withdraw(request: Request, act: Writing, procedure: str, number: str, filled: Filled[EntityForm]) -> Response:
    process = _process(act, procedure, number)
    return _done(
        request,
        act,
        process,
        filled,
        do=lambda: reply_actions.withdraw(act, process, filled.first("entity")),
        again=lambda status: _replies(request, act, process, filled, status=status),
        back="replies",
        words=N_("The reply counts no more; it stays to be read."),
    )


# Positions at the meeting


@pages.get("/positions")
def positions(request: Request, act: Reading, procedure: str, number: str) -> Response:
    return _positions(request, act, _process(act, procedure, number), blank())


def _positions(request: Request, act: Act, process: Process, filled: Filled[Any], *, status: int = 200) -> Response:
    frame = frame_for(act, process, is_mirrored=is_mirrored(request))
    meeting = frame.deciding
    said = queries.replies_of(act, process, meeting=meeting, every=True) if meeting else []
    return framed(
        request,
        "approval/positions.html",
        frame,
        status=status,
        meeting=meeting,
        sits=meeting is not None and is_in_session(act, meeting),
        last=[each for each in said if each.reply.is_last],
        earlier=[each for each in said if not each.reply.is_last],
        positions=list(POSITIONS),
        filled=filled,
    )


@pages.post("/positions")
def take(request: Request, act: Writing, procedure: str, number: str, filled: Filled[PositionForm]) -> Response:
    process = _process(act, procedure, number)
    return _done(
        request,
        act,
        process,
        filled,
        do=lambda: take_position(act, process, filled.value),
        again=lambda status: _positions(request, act, process, filled, status=status),
        back="positions",
        words=N_("The position is recorded; it may be changed until the decision is taken."),
    )


def _done(
    request: Request,
    act: Act,
    process: Process,
    filled: Filled[Any],
    *,
    do: Callable[[], object],
    again: Callable[[int], Response],
    back: str,
    words: str,
) -> Response:
    """Do it and go back with a word; a refusal is told on the page as it is now."""
    if not filled.ok:
        return again(422)
    address = urls.approval(process.number, back)
    try:
        with act.session.begin_nested():
            do()
    except NotFound:
        raise
    except Refused as refused:
        act.session.expire_all()
        filled.refused(refused)
        return again(status_of(refused))
    return see(address, notice=language_of(request).say(words))
