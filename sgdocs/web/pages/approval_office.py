"""What the secretariat does to a running approval: hold its closing, let it go, give the text its number."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sgdocs.approval import actions, queries
from sgdocs.approval.models import Process
from sgdocs.approval.rules import MOST_HOLD_HOURS, OFFERED_HOLD_HOURS
from sgdocs.approval.schemas import HoldForm, NumberForm
from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed, Refused
from sgdocs.i18n import N_
from sgdocs.policy import Permission, require
from sgdocs.web import urls
from sgdocs.web.approval_frame import frame_for, framed, is_mirrored
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.render import language_of, see

pages = APIRouter(prefix="/approval/{procedure}/{number}")


@pages.get("/hold")
def ask(request: Request, act: Reading, procedure: str, number: str) -> Response:
    require(act.actor, Permission.HOLD_CLOSING)
    return _shown(request, act, queries.by_number(act, f"{procedure}/{number}"), blank({"hours": OFFERED_HOLD_HOURS}))


def _shown(request: Request, act: Act, process: Process, filled: Filled[Any], *, status: int = 200) -> Response:
    frame = frame_for(act, process, is_mirrored=is_mirrored(request))
    return framed(request, "approval/hold.html", frame, status=status, filled=filled, most=MOST_HOLD_HOURS)


@pages.post("/hold")
def hold(request: Request, act: Writing, procedure: str, number: str, filled: Filled[HoldForm]) -> Response:
    process = queries.by_number(act, f"{procedure}/{number}")
    words = N_("The closing is held; the day of approval does not move.")
    return _done(request, act, process, filled, lambda: actions.hold(act, process, filled.value), words)


class Nothing(BaseModel):
    """A button without fields."""


@pages.post("/release")
def release(request: Request, act: Writing, procedure: str, number: str, filled: Filled[Nothing]) -> Response:
    process = queries.by_number(act, f"{procedure}/{number}")
    words = N_("The closing is held no more; the clock goes on.")
    return _done(request, act, process, filled, lambda: actions.release(act, process), words)


@pages.post("/number")
def give_number(request: Request, act: Writing, procedure: str, number: str, filled: Filled[NumberForm]) -> Response:
    process = queries.by_number(act, f"{procedure}/{number}")
    words = N_("The text has its number.")
    return _done(request, act, process, filled, lambda: actions.give_number(act, process, filled.value), words)


def _done(  # noqa: PLR0917
    request: Request, act: Act, process: Process, filled: Filled[Any], do: Callable[[], object], words: str
) -> Response:
    if not filled.ok:
        return _shown(request, act, process, filled, status=422)
    try:
        with act.session.begin_nested():
            do()
    except NotAllowed:
        raise
    except Refused as refused:
        act.session.expire_all()
        return _shown(request, act, process, filled.refused(refused), status=status_of(refused))
    return see(urls.approval(process.number), notice=language_of(request).say(words))
