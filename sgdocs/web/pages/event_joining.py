"""Take part in an event: register, say what others may see, find whom to meet, ask and answer."""

from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.events import actions, matching, queries
from sgdocs.events.actions.meeting import ask_of
from sgdocs.events.models import Event
from sgdocs.events.schemas import AnswerForm, AskForm, JoinForm
from sgdocs.i18n import N_
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.event_frame import framed
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import see

pages = APIRouter(prefix="/event/{slug}")
JOINED = {
    "registered": N_("You are registered."),
    "waiting": N_("All places are taken: you wait for one, and hear of it."),
}


@pages.get("/registration")
def registration(request: Request, act: Reading, slug: str) -> Response:
    me(request, act)
    return _registration(request, act, queries.by_slug(act, slug))


def _registration(
    request: Request, act: Act, event: Event, filled: Filled[Any] | None = None, *, status: int = 200
) -> Response:
    own = queries.own_registration(act, event)
    start = {
        "is_listed": bool(own and own.is_listed),
        "wants_matching": bool(own and own.wants_matching),
        "fields": own.fields if own else "",
    }
    return framed(request, act, event, "events/registration.html", status=status, filled=filled or blank(start))


@pages.post("/registration")
def join(request: Request, act: Writing, slug: str, filled: Filled[JoinForm]) -> Response:
    event, person = queries.by_slug(act, slug), me(request, act)
    if not filled.ok:
        return _registration(request, act, event, filled, status=422)
    try:
        row = actions.join(act, event, person, filled.value)
    except Refused as refused:
        return _registration(request, act, event, filled.refused(refused), status=status_of(refused))
    return see(urls.event(event.slug), notice=told(request, JOINED[row.status]))


@pages.post("/registration/leave")
def leave(request: Request, act: Writing, slug: str) -> Response:
    event = queries.by_slug(act, slug)
    actions.leave(act, event, me(request, act))
    return see(urls.event(event.slug), notice=told(request, N_("Your place is given back.")))


@pages.get("/matches")
def matches(request: Request, act: Reading, slug: str) -> Response:
    """Whom to meet, and why: for those who want to be suggested themselves."""
    me(request, act)
    return _matches(request, act, queries.by_slug(act, slug))


def _matches(
    request: Request, act: Act, event: Event, filled: Filled[Any] | None = None, *, status: int = 200
) -> Response:
    return framed(
        request,
        act,
        event,
        "events/matches.html",
        status=status,
        wants=matching.wants(act, event),
        found=matching.suggested(act, event),
        asks=matching.asks(act, event),
        filled=filled or blank(),
    )


@pages.post("/asks")
def ask(request: Request, act: Writing, slug: str, filled: Filled[AskForm]) -> Response:
    event, person = queries.by_slug(act, slug), me(request, act)
    if not filled.ok:
        return _matches(request, act, event, filled, status=422)
    try:
        actions.ask(act, event, person, filled.value)
    except Refused as refused:
        return _matches(request, act, event, filled.refused(refused), status=status_of(refused))
    return see(urls.event(event.slug, "matches"), notice=told(request, N_("Your wish to meet is sent.")))


@pages.post("/asks/{id:int}/answer")
def answer(request: Request, act: Writing, slug: str, id: int, filled: Filled[AnswerForm]) -> Response:
    event = queries.by_slug(act, slug)
    me(request, act)
    row = ask_of(act, event, id)
    if not filled.ok:
        return _matches(request, act, event, filled, status=422)
    try:
        actions.answer(act, event, row, filled.value)
    except Refused as refused:
        return _matches(request, act, event, filled.refused(refused), status=status_of(refused))
    words = N_("You meet.") if filled.value.accept else N_("You declined.")
    return see(urls.event(event.slug, "matches"), notice=told(request, words))


@pages.post("/asks/{id:int}/withdrawal")
def take_back(request: Request, act: Writing, slug: str, id: int) -> Response:
    event = queries.by_slug(act, slug)
    me(request, act)
    actions.take_back(act, event, ask_of(act, event, id))
    return see(urls.event(event.slug, "matches"), notice=told(request, N_("Your wish to meet is taken back.")))
