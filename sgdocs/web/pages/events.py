"""Events: the list, one with its programme, its participants, its history; as files, calendar and JSON."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, missing, refuse
from sgdocs.events import calendar, queries
from sgdocs.events.models import Event, EventSession
from sgdocs.events.outgoing import COLUMNS, PARTICIPANT_COLUMNS, EventOut, ParticipantOut, record_of
from sgdocs.journal.record import history_of
from sgdocs.meetings import rooms
from sgdocs.meetings.rooms import Room
from sgdocs.policy import MEETING_OFFICERS, Role, reads
from sgdocs.text.markdown import to_html
from sgdocs.web import history as histories
from sgdocs.web import urls
from sgdocs.web.caching import with_etag
from sgdocs.web.calendar_files import calendar_file
from sgdocs.web.deps import Reading, Svc, services_of, visitor_of
from sgdocs.web.event_frame import STATES, WHENS, Asking, framed, has_room
from sgdocs.web.exports import Export, export
from sgdocs.web.limits import limited
from sgdocs.web.render import page
from sgdocs.web.rooms import HEADERS, house, led_in

pages = APIRouter()
SIZE, MOST = 50, 2_000
OFFICERS = (Role.SECRETARIAT, Role.ADMIN, *MEETING_OFFICERS)
Number = Annotated[int, Query(alias="page", ge=1, le=10_000)]


@pages.get("/event")
def index(request: Request, act: Reading, asked: Asking, number: Number = 1) -> Response:
    found = queries.listing(act, asked.filter(act), number=number, size=SIZE)
    return page(
        request,
        "events/index.html",
        fragment="rows",
        found=found,
        asked=asked,
        whens=WHENS,
        states=STATES,
        may_hold=any(held.role in OFFICERS for held in act.actor.appointments),
        page_of=lambda number: asked.address(number=number),
    )


@pages.get("/event.ics", dependencies=[limited("api")])
def index_calendar(request: Request, act: Reading, asked: Asking) -> Response:
    """The list as a calendar, with what everybody may know."""
    nobody = _nobody(act)
    site = _site(request)
    rows = queries.listing(nobody, asked.filter(nobody), size=MOST).rows
    found = [calendar.happening_of(row.event, site + urls.event(row.event.slug)) for row in rows]
    return calendar_file(request, "sgdocs", found, file_name="events")


@pages.get("/event.{form}")
def index_as(act: Reading, services: Svc, form: Export, asked: Asking) -> Response:
    found = queries.listing(act, asked.filter(act), size=MOST)
    rows = [EventOut.of(row, services.settings.public_url) for row in found.rows]
    return export(form, "events", rows, COLUMNS, total=found.total)


def _nobody(act: Act) -> Act:
    return Act(act.session, act.actor.anonymous(), act.now)


def _site(request: Request) -> str:
    return services_of(request).settings.public_url.rstrip("/")


@pages.get("/event/{slug}.json")
def show_json(request: Request, act: Reading, services: Svc, slug: str) -> Response:
    event = queries.by_slug(act, slug)
    told = record_of(queries.row_of(act, event), queries.programme(act, event), services.settings.public_url)
    return with_etag(request, JSONResponse(told.model_dump(mode="json")))


@pages.get("/event/{slug}")
def show(request: Request, act: Reading, slug: str) -> Response:
    """What it is about, and its programme."""
    event = queries.by_slug(act, slug)
    if slug != event.slug:
        return RedirectResponse(urls.event(event.slug), 301)
    told = queries.programme(act, event)
    return framed(request, act, event, "events/show.html", programme=told, about=to_html(event.text, heading=3))


@pages.get("/event/{slug}/calendar.ics", dependencies=[limited("api")])
def of_event(request: Request, act: Reading, slug: str) -> Response:
    """The event with its sessions. Rooms on the net are reached by a link that asks who comes."""
    event = queries.by_slug(act, slug)
    told = queries.programme(act, event)
    links = queries.sees_links(act, event)
    address = _site(request) + urls.event(event.slug)
    found = calendar.happenings(event, told, address, with_links=links, has_room=has_room(act, event))
    return calendar_file(request, event.title, list(found), file_name="events")


@pages.get("/event/{slug}/participants")
def participants(request: Request, act: Reading, slug: str) -> Response:
    event = queries.by_slug(act, slug)
    return framed(request, act, event, "events/participants.html", rows=queries.participants(act, event))


@pages.get("/event/{slug}/participants.{form}")
def participants_as(act: Reading, services: Svc, slug: str, form: Export) -> Response:
    event = queries.by_slug(act, slug)
    site = services.settings.public_url
    rows = [ParticipantOut.of(row, site) for row in queries.participants(act, event)]
    return export(form, f"{event.slug} participants", rows, PARTICIPANT_COLUMNS)


@pages.get("/event/{slug}/history")
def history(request: Request, act: Reading, slug: str) -> Response:
    event = queries.by_slug(act, slug)
    entries = [each for each in history_of(act.session, "event", [event.id or 0]) if reads(act.actor, each.audience)]
    return framed(request, act, event, "events/history.html", lines=histories.lines(request, act, entries))


@pages.get("/event/{slug}/join")
def join_event(request: Request, act: Reading, slug: str) -> Response:
    """Into the room on the net: for participants and those who manage it."""
    event = queries.by_slug(act, slug)
    return _room(request, act, event, None)


@pages.get("/event/{slug}/join/{id:int}")
def join_session(request: Request, act: Reading, slug: str, id: int) -> Response:
    """Into the room of one session, which may have its own."""
    event = queries.by_slug(act, slug)
    part = queries.session_by_id(act.session, event, id)
    return _room(request, act, event, part)


def _room(request: Request, act: Act, event: Event, part: EventSession | None) -> Response:
    """The address that was given, else the room of the event at the service; Closed before and after."""
    link = (part.join_link if part is not None else "") or event.join_link
    person, found = visitor_of(request).person, house(services_of(request).settings)
    if event.state != "announced" or not queries.sees_links(act, event) or person is None:
        missing("room", event.slug)
    if link:
        return RedirectResponse(link, 303, headers=HEADERS)
    if found is None or not event.has_room:
        missing("room", event.slug)
    starts_at, ends_at = (part.starts_at, part.ends_at) if part is not None else queries.hours_of(event)
    early = services_of(request).settings.room_early_minutes
    refuse(rooms.why_not_enter(act.now, starts_at, ends_at, early_minutes=early, is_cancelled=False), Closed)
    name = rooms.room_name(found, f"event-{event.slug}", event.id or 0)
    title = f"{event.title}: {part.title}" if part is not None else event.title
    room = Room(name, title, event.title, part.title if part is not None else "", ends_at + rooms.LATE)
    return led_in(found, room, person, act.now, is_moderator=queries.may_manage(act, event))
