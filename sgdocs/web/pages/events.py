"""Events: the list, one with its programme, its participants, its history; as files, calendar and JSON."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.events import calendar, queries
from sgdocs.events.models import Event
from sgdocs.events.outgoing import COLUMNS, PARTICIPANT_COLUMNS, EventOut, ParticipantOut, record_of
from sgdocs.journal.record import history_of
from sgdocs.meetings.calendar import Happening, calendar_of
from sgdocs.policy import MEETING_OFFICERS, Role, reads
from sgdocs.text.markdown import to_html
from sgdocs.web import history as histories
from sgdocs.web import urls
from sgdocs.web.caching import etag_of, not_modified, with_etag
from sgdocs.web.deps import Reading, Svc, services_of
from sgdocs.web.event_frame import STATES, WHENS, Asking, framed
from sgdocs.web.exports import Export, export
from sgdocs.web.limits import limited
from sgdocs.web.pages.calendar import TYPE
from sgdocs.web.render import page

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
    return _calendar(
        request, "sgdocs", [calendar.happening_of(row.event, site + urls.event(row.event.slug)) for row in rows]
    )


@pages.get("/event.{form}")
def index_as(act: Reading, services: Svc, form: Export, asked: Asking) -> Response:
    found = queries.listing(act, asked.filter(act), size=MOST)
    rows = [EventOut.of(row, services.settings.public_url) for row in found.rows]
    return export(form, "events", rows, COLUMNS, total=found.total)


def _nobody(act: Act) -> Act:
    return Act(act.session, act.actor.anonymous(), act.now)


def _site(request: Request) -> str:
    return services_of(request).settings.public_url.rstrip("/")


def _calendar(request: Request, name: str, found: list[Happening]) -> Response:
    content = calendar_of(name, found)
    headers = {"ETag": etag_of(content), "Content-Disposition": 'attachment; filename="events.ics"'}
    return not_modified(request, headers["ETag"]) or Response(content, media_type=TYPE, headers=headers)


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
    return _calendar(request, event.title, list(calendar.happenings(event, told, address, with_links=links)))


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
def join_event(act: Reading, slug: str) -> Response:
    """Into the room on the net: for participants and those who manage it."""
    event = queries.by_slug(act, slug)
    return _room(act, event, event.join_link)


@pages.get("/event/{slug}/join/{id:int}")
def join_session(act: Reading, slug: str, id: int) -> Response:
    """Into the room of one session, which may have its own."""
    event = queries.by_slug(act, slug)
    part = queries.session_by_id(act.session, event, id)
    return _room(act, event, part.join_link or event.join_link)


def _room(act: Act, event: Event, link: str) -> Response:
    if not link or event.state != "announced" or not queries.sees_links(act, event):
        missing("room", event.slug)
    headers = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
    return RedirectResponse(link, 303, headers=headers)
