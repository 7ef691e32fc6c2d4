"""Calendar feeds, for programs that know no session: public without a key, with links and deadlines for whose key it is.

A key stands in the query of the address, since calendar programs can send it nowhere else. It opens one feed of one
person, to be read; it is in no log (the server writes no access log) and in no answer, and no referrer carries it.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.groups.queries import actor_for
from sgdocs.i18n import N_
from sgdocs.meetings import actions, feeds, queries
from sgdocs.meetings.feeds import Feed
from sgdocs.meetings.models import CalendarToken
from sgdocs.meetings.schemas import CalendarForm
from sgdocs.people.models import Person
from sgdocs.policy import READ_SCOPE
from sgdocs.web import meeting_words, urls
from sgdocs.web.calendar_files import calendar_file
from sgdocs.web.deps import Reading, Svc, Writing, services_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import limited
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.pages.group_places import seen, today_of
from sgdocs.web.pages.meetings import Asking, filter_of
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page

pages = APIRouter()
Key = Annotated[str, Query(alias="token", max_length=200)]
FEEDS = {
    "my": N_("My meetings and deadlines"),
    "waiting": N_("What waits for me, with its last day"),
    "all": N_("All meetings"),
}


@dataclass(frozen=True)
class Reader:
    """act: as the person whose key it is, reading alone; as nobody without a key."""

    act: Act
    person: Person | None = None


def reader(request: Request, act: Act, key: str, feed: str) -> Reader:
    """Who reads a feed. NotFound for a key that is unknown, ended, or of another feed. Costs up to six queries."""
    from_nobody = Act(act.session, act.actor.anonymous(), act.now, site=act.site)
    if not key:
        return Reader(from_nobody)
    found = feeds.person_of_calendar(act.session, key, feed, act.now)
    if found is None:
        missing("calendar", feed)
    person, row = found
    _note_use(request, row, act)
    actor = actor_for(act.session, person, act.now, scopes=[READ_SCOPE])
    return Reader(Act(act.session, actor, act.now, site=act.site, has_rooms=act.has_rooms), person)


def _note_use(request: Request, row: CalendarToken, act: Act) -> None:
    """In a transaction of its own, and only when the last use was long ago."""
    if row.used_at is None or row.used_at < act.now - actions.USED_EVERY:
        with services_of(request).database.writing() as session:
            actions.mark_calendar_used(session, row.id or 0, act.now)


@pages.get("/meeting/{code}/calendar.ics", dependencies=[limited("api")])
def of_meeting(request: Request, act: Reading, code: str, key: Key = "") -> Response:
    """One meeting with its sittings and deadlines."""
    meeting = queries.by_code(act, code)
    who = reader(request, act, key, f"meeting:{meeting.code}")
    return _file(request, who.act, feeds.of_meeting(who.act, queries.by_code(who.act, code)))


@pages.get("/group/{path:path}/calendar.ics", dependencies=[limited("api")])
def of_group(request: Request, act: Reading, path: str, key: Key = "") -> Response:
    """The meetings of a group and its parts."""
    group = seen(act.session, path, today_of(request)).group
    who = reader(request, act, key, f"group:{group.path}")
    return _file(request, who.act, feeds.of_group(who.act, group))


@pages.get("/calendar.ics", dependencies=[limited("api")])
def of_all(request: Request, act: Reading, asked: Asking, key: Key = "") -> Response:
    """Every meeting, or those of a level (kind), Sector or group, with the filters of the list."""
    who = reader(request, act, key, "all")
    return _file(request, who.act, feeds.of_all(who.act, filter_of(who.act, asked)))


@pages.get("/my/calendar.ics", dependencies=[limited("api")])
def of_person(request: Request, act: Reading, key: Key = "") -> Response:
    """What a person registered for, and the meetings of groups they lead. There is none without a key."""
    who = reader(request, act, key, "my")
    if who.person is None:
        missing("calendar", "my")
    return _file(request, who.act, feeds.of_person(who.act, who.person))


def _file(request: Request, act: Act, feed: Feed) -> Response:
    spoken = language_of(request)
    site = services_of(request).settings.public_url.rstrip("/")
    entries = feeds.happenings(
        act,
        feed,
        address=lambda code: site + urls.meeting(code),
        say=lambda rule: spoken.say(meeting_words.deadline(rule)),
    )
    return calendar_file(request, feed.name, entries)


# My keys


@pages.get("/my/calendars")
def calendars(request: Request, act: Reading, feed: Annotated[str, Query(max_length=320)] = "my") -> Response:
    return _calendars(request, act, me(request, act), blank({"feed": feed}))


@pages.post("/my/calendars")
def make(request: Request, act: Writing, services: Svc, filled: Filled[CalendarForm]) -> Response:
    """A key, shown this once in the address that a calendar program is given."""
    person = me(request, act)
    made: list[tuple[CalendarToken, str]] = []
    if not filled.ok or not tried(
        filled, act, lambda: made.append(actions.make_calendar(act, person, filled.value.feed))
    ):
        return _calendars(request, act, person, filled, status=422)
    row, words = made[0]
    act.session.flush()
    bare = address_of(row.feed)
    address = f"{services.settings.public_url.rstrip('/')}{bare}{'&' if '?' in bare else '?'}token={words}"
    return _calendars(request, act, person, blank({"feed": row.feed}), fresh=address)


def address_of(feed: str) -> str:
    """Where a feed is, without a key."""
    kind, _, name = feed.partition(":")
    if kind == "waiting":
        return "/my/waiting.ics"
    if kind == "meeting":
        return f"{urls.meeting(name)}/calendar.ics"
    if kind == "group":
        return f"{urls.group(name)}/calendar.ics"
    if kind == "tasks":
        return f"{urls.group(name)}/tasks.ics"
    if kind == "calendar":
        return f"/calendar/feed.ics?{name}" if name else "/calendar/feed.ics"
    return "/my/calendar.ics" if kind == "my" else "/calendar.ics"


@pages.post("/my/calendars/{token_id}/end")
def end(request: Request, act: Writing, token_id: int) -> Response:
    person = me(request, act)
    actions.end_calendar(act, token_id)
    act.session.flush()
    return _calendars(request, act, person, blank({"feed": "my"}), notice_of_end=True)


def _calendars(
    request: Request,
    act: Act,
    person: Person,
    filled: Filled[CalendarForm],
    *,
    fresh: str = "",
    notice_of_end: bool = False,
    status: int = 200,
) -> Response:
    response = page(
        request,
        "meetings/calendars.html",
        status=status,
        filled=filled,
        fresh=fresh,
        has_ended=notice_of_end,
        rows=actions.calendars_of(act.session, person),
        address_of=address_of,
        choices=[(feed, told(request, word)) for feed, word in FEEDS.items()],
    )
    response.headers["Cache-Control"] = "no-store"
    return response
