"""Hold an event: draft, edit, announce, cancel; its programme."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed
from sgdocs.events import actions, queries
from sgdocs.events.actions.holding import permit
from sgdocs.events.models import Event, EventSession, Talk
from sgdocs.events.schemas import EventForm, ReasonForm, SessionForm, TalkForm
from sgdocs.i18n import N_
from sgdocs.meetings.rules import zones
from sgdocs.policy import Permission
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing, services_of
from sgdocs.web.event_frame import framed
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.events import OFFICERS
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import page, see

pages = APIRouter(prefix="/event")
Words = Annotated[str, Query(max_length=200)]


@pages.get("/new")
def ask_for(request: Request, act: Reading, group: Words = "", meeting: Words = "") -> Response:
    """The form of a new event, for whoever may hold one somewhere. The query fills group and meeting."""
    return _new(request, act, blank({"group": group, "meeting": meeting, "zone": "Europe/Zurich", "readers": "public"}))


def _new(request: Request, act: Act, filled: Filled[Any], *, status: int = 200) -> Response:
    if not act.actor.is_known:
        raise NotAllowed(NOT_SIGNED_IN)
    if not any(held.role in OFFICERS for held in act.actor.appointments):
        raise NotAllowed(NOT_PERMITTED, permission=Permission.MANAGE_EVENT.value)
    return page(
        request,
        "events/form.html",
        status=status,
        filled=filled,
        event=None,
        zones=sorted(zones()),
        has_rooms=_has_rooms(request),
    )


@pages.post("/new")
def draft(request: Request, act: Writing, filled: Filled[EventForm]) -> Response:
    made: list[Event] = []
    if not filled.ok or not tried(filled, act, lambda: made.append(actions.draft(act, filled.value))):
        return _new(request, act, filled, status=422)
    words = N_("The draft is kept. Add its programme, then announce it.")
    return see(urls.event(made[0].slug), notice=told(request, words))


@pages.get("/{slug}/edit")
def editing(request: Request, act: Reading, slug: str) -> Response:
    return _editing(request, act, queries.by_slug(act, slug))


def _editing(
    request: Request, act: Act, event: Event, filled: Filled[Any] | None = None, *, status: int = 200
) -> Response:
    permit(act, event)
    row = queries.row_of(act, event)
    start: dict[str, object] = {
        name: getattr(event, name)
        for name in (
            "title",
            "text",
            "place",
            "zone",
            "capacity",
            "join_link",
            "has_room",
            "version",
            "starts_on",
            "ends_on",
        )
    }
    start |= {
        "register_until": event.register_until or "",
        "group": row.group.path,
        "groups": ", ".join(each.path for each in row.groups),
        "meeting": row.meeting.code if row.meeting else "",
        "readers": "public" if event.audience == "public" else "group",
    }
    return page(
        request,
        "events/form.html",
        status=status,
        filled=filled or blank(start),
        event=event,
        zones=sorted(zones()),
        has_rooms=_has_rooms(request),
    )


def _has_rooms(request: Request) -> bool:
    return bool(services_of(request).settings.room)


@pages.post("/{slug}/edit")
def edit(request: Request, act: Writing, slug: str, filled: Filled[EventForm]) -> Response:
    event = queries.by_slug(act, slug)
    if not filled.ok or not tried(filled, act, lambda: actions.edit(act, event, filled.value)):
        return _editing(request, act, event, filled, status=422)
    return see(urls.event(event.slug), notice=told(request, N_("The event is changed.")))


@pages.get("/{slug}/announcement")
def announcing(request: Request, act: Reading, slug: str) -> Response:
    """What will happen, before it does."""
    return _step(request, act, queries.by_slug(act, slug), "announce", blank())


@pages.get("/{slug}/cancellation")
def cancelling(request: Request, act: Reading, slug: str) -> Response:
    return _step(request, act, queries.by_slug(act, slug), "cancel", blank())


def _step(request: Request, act: Act, event: Event, step: str, filled: Filled[Any], *, status: int = 200) -> Response:
    permit(act, event)
    taken = queries.taken(act.session, event)
    return framed(request, act, event, "events/step.html", status=status, step=step, filled=filled, taken=taken)


@pages.post("/{slug}/announcement")
def announce(request: Request, act: Writing, slug: str, filled: Filled[ReasonForm]) -> Response:
    event = queries.by_slug(act, slug)
    if not tried(filled, act, lambda: actions.announce(act, event)):
        return _step(request, act, event, "announce", filled, status=422)
    return see(urls.event(event.slug), notice=told(request, N_("The event is announced.")))


@pages.post("/{slug}/cancellation")
def cancel(request: Request, act: Writing, slug: str, filled: Filled[ReasonForm]) -> Response:
    event = queries.by_slug(act, slug)
    if not tried(filled, act, lambda: actions.cancel(act, event, filled.first("reason"))):
        return _step(request, act, event, "cancel", filled, status=422)
    return see(urls.event(event.slug), notice=told(request, N_("The event is cancelled.")))


# Programme


@pages.get("/{slug}/sessions/new")
def new_session(request: Request, act: Reading, slug: str) -> Response:
    event = queries.by_slug(act, slug)
    return _session(request, act, event, None, blank({"on": event.starts_on.isoformat()}))


@pages.post("/{slug}/sessions")
def add_session(request: Request, act: Writing, slug: str, filled: Filled[SessionForm]) -> Response:
    event = queries.by_slug(act, slug)
    if not filled.ok or not tried(filled, act, lambda: actions.add_session(act, event, filled.value)):
        return _session(request, act, event, None, filled, status=422)
    return see(f"{urls.event(event.slug)}#programme", notice=told(request, N_("The session is added.")))


@pages.get("/{slug}/sessions/{id:int}/edit")
def editing_session(request: Request, act: Reading, slug: str, id: int) -> Response:
    event = queries.by_slug(act, slug)
    part = queries.session_by_id(act.session, event, id)
    return _session(request, act, event, part, blank(_typed(event, part)))


def _session(
    request: Request, act: Act, event: Event, part: EventSession | None, filled: Filled[Any], *, status: int = 200
) -> Response:
    permit(act, event)
    return framed(request, act, event, "events/session.html", status=status, part=part, filled=filled)


@pages.get("/{slug}/sessions/{id:int}")
def talks(request: Request, act: Reading, slug: str, id: int) -> Response:
    """The talks of a session, with the form of one more."""
    event = queries.by_slug(act, slug)
    return _talks(request, act, event, queries.session_by_id(act.session, event, id), blank({"minutes": 20}))


def _talks(
    request: Request, act: Act, event: Event, part: EventSession, talk: Filled[Any], *, status: int = 200
) -> Response:
    permit(act, event)
    row = next(each for each in queries.programme(act, event) if each.session.id == part.id)
    return framed(request, act, event, "events/talks.html", status=status, row=row, talk=talk)


def _typed(event: Event, part: EventSession) -> dict[str, object]:
    """As its form says it: in the time of the place."""
    on: date = queries.day_of(event, part)
    starts, ends = queries.local(event, part.starts_at), queries.local(event, part.ends_at)
    told = {"title": part.title, "room": part.room, "join_link": part.join_link}
    return {**told, "on": on.isoformat(), "begins": f"{starts:%H:%M}", "until": f"{ends:%H:%M}"}


@pages.post("/{slug}/sessions/{id:int}/edit")
def edit_session(request: Request, act: Writing, slug: str, id: int, filled: Filled[SessionForm]) -> Response:
    event = queries.by_slug(act, slug)
    part = queries.session_by_id(act.session, event, id)
    if not filled.ok or not tried(filled, act, lambda: actions.edit_session(act, event, part, filled.value)):
        return _session(request, act, event, part, filled, status=422)
    return see(f"{urls.event(event.slug)}#programme", notice=told(request, N_("The session is changed.")))


@pages.post("/{slug}/sessions/{id:int}/removal")
def remove_session(request: Request, act: Writing, slug: str, id: int) -> Response:
    event = queries.by_slug(act, slug)
    actions.remove_session(act, event, queries.session_by_id(act.session, event, id))
    return see(f"{urls.event(event.slug)}#programme", notice=told(request, N_("The session is taken out.")))


@pages.post("/{slug}/sessions/{id:int}/talks")
def add_talk(request: Request, act: Writing, slug: str, id: int, filled: Filled[TalkForm]) -> Response:
    event = queries.by_slug(act, slug)
    part = queries.session_by_id(act.session, event, id)
    if not filled.ok or not tried(filled, act, lambda: actions.add_talk(act, event, part, filled.value)):
        return _talks(request, act, event, part, filled, status=422)
    return see(urls.event(event.slug, "sessions", id), notice=told(request, N_("The talk is added.")))


@pages.get("/{slug}/sessions/{id:int}/talks/{talk:int}")
def editing_talk(request: Request, act: Reading, slug: str, id: int, talk: int) -> Response:
    event = queries.by_slug(act, slug)
    part = queries.session_by_id(act.session, event, id)
    return _talk(request, act, event, part, queries.talk_by_id(act.session, part, talk))


def _talk(
    request: Request, act: Act, event: Event, part: EventSession, row: Talk,
    *, filled: Filled[Any] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    permit(act, event)
    document = queries.document_of(act, row)
    start = {name: getattr(row, name) for name in ("title", "speakers", "minutes", "summary")}
    talk = filled or blank({**start, "document": document.name if document else ""})
    return framed(request, act, event, "events/talk.html", status=status, part=part, row=row, talk=talk)


@pages.post("/{slug}/sessions/{id:int}/talks/{talk:int}")
def edit_talk(request: Request, act: Writing, filled: Filled[TalkForm], slug: str, *, id: int, talk: int) -> Response:
    """Other words or minutes; the button may say to put it earlier, or to take it out."""
    event = queries.by_slug(act, slug)
    part = queries.session_by_id(act.session, event, id)
    row = queries.talk_by_id(act.session, part, talk)
    back = urls.event(event.slug, "sessions", id)
    deed = filled.first("deed")
    if deed == "earlier":
        actions.move_talk(act, event, part, row)
    elif deed == "removal":
        actions.remove_talk(act, event, row)
    elif not filled.ok or not tried(filled, act, lambda: actions.edit_talk(act, event, part, row, filled.value)):
        return _talk(request, act, event, part, row, filled=filled, status=422)
    return see(back)
