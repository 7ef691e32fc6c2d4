"""What stands in the calendar between two days: meetings, sittings, deadlines, events, windows of approval, answers due."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from fastapi import Depends, Query
from sqlalchemy import or_
from sqlmodel import col, select

from sgdocs.approval.calendar import happening_of, name_of_process, windows_between
from sgdocs.base.act import Act
from sgdocs.base.clock import GENEVA, geneva_day
from sgdocs.base.errors import invalid
from sgdocs.base.text import clean
from sgdocs.events import queries as events
from sgdocs.events.calendar import happening_of as happening_of_event
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.groups.rules import SECTORS, GroupKind
from sgdocs.i18n import N_
from sgdocs.liaison.due import Due, due_between
from sgdocs.meetings.calendar import Happening
from sgdocs.meetings.feeds import Feed
from sgdocs.meetings.feeds import happenings as of_meetings
from sgdocs.meetings.listing import MeetingFilter, every, reach_of
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.meetings.queries import linked
from sgdocs.web import meeting_words, urls

Say = Callable[[str], str]
MEETING, SITTING, DEADLINE, WINDOW, ANSWER = "meeting", "sitting", "deadline", "window", "answer"
EVENT = "event"
WHATS: Final = {
    MEETING: (N_("Meeting"), "force"),
    SITTING: (N_("Sitting"), "past"),
    DEADLINE: (N_("Deadline"), "needs"),
    EVENT: (N_("Event"), "force"),
    WINDOW: (N_("Window of approval"), "progress"),
    ANSWER: (N_("Liaison answer due"), "stopped"),
}
"""Kind -> its word and the meaning of its colour."""
LEVELS: Final = {
    GroupKind.STUDY_GROUP.value: N_("Study groups"),
    GroupKind.WORKING_PARTY.value: N_("Working parties"),
    GroupKind.QUESTION.value: N_("Questions"),
    "other": N_("Other groups"),
}
VIEWS: Final = ("month", "week", "list")
AHEAD = timedelta(days=120)
"""A deadline stands at most so long before its meeting."""
MOST: Final = 1000


@dataclass(frozen=True)
class Wanted:
    """The filters of the calendar as they stand in its address. on: "" for today."""

    view: str = "month"
    on: str = ""
    sector: tuple[str, ...] = ()
    group: str = ""
    level: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    mine: bool = False

    @property
    def filters(self) -> dict[str, Any]:
        """What is asked, without the days that are shown."""
        told = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in ("view", "on")}
        return {**told, "mine": "1" if self.mine else ""}

    def address(self, path: str = "/calendar", **changes: object) -> str:
        view = self.view if self.view != VIEWS[0] else ""
        return urls.with_query(path, **{"view": view, "on": self.on, **self.filters, **changes})

    @property
    def query(self) -> str:
        """The filters in one spelling: what a key is for."""
        told = {name: sorted(value) if isinstance(value, tuple) else value for name, value in self.filters.items()}
        return urls.with_query("", **told).removeprefix("?")

    def shows(self, what: str) -> bool:
        return not self.what or what in self.what


def wanted(
    *,
    view: Annotated[str, Query(max_length=10)] = "month",
    on: Annotated[str, Query(max_length=10, description="a day, 2026-11-14")] = "",
    sector: Annotated[list[str], Query(max_length=3)] = [],  # noqa: B006 FastAPI copies it
    group: Annotated[str, Query(max_length=120, description="SG13, Q2/13; its parts count too")] = "",
    level: Annotated[list[str], Query(max_length=4)] = [],  # noqa: B006
    what: Annotated[
        list[str], Query(max_length=6, description="meeting, sitting, deadline, event, window, answer")
    ] = [],  # noqa: B006
    mine: Annotated[str, Query(max_length=5, description="1: my groups and what I registered for")] = "",
) -> Wanted:
    """Invalid for a word that means nothing."""
    choices = (("view", [view], VIEWS), ("sector", sector, SECTORS), ("level", level, LEVELS), ("what", what, WHATS))
    for name, given, right in choices:
        for each in given:
            if each and each not in right:
                invalid(name, each, ", ".join(right) + ".")
    several = [tuple(dict.fromkeys(each for each in given if each)) for given in (sector, level, what)]
    return Wanted(view, on, several[0], clean(group), several[1], several[2], mine in ("1", "true", "on", "yes"))


Asking = Annotated[Wanted, Depends(wanted)]


@dataclass(frozen=True)
class Entry:
    """One thing of the calendar. on, until: its days in the zone of the thing; short: for a narrow cell."""

    what: str
    happening: Happening
    short: str
    group: Group | None
    on: date
    until: date

    @property
    def at(self) -> datetime | None:
        """The instant, where there is one."""
        starts = self.happening.starts
        return starts if isinstance(starts, datetime) else None

    @property
    def ends_at(self) -> datetime | None:
        ends = self.happening.ends
        return ends if isinstance(ends, datetime) and ends != self.happening.starts else None


@dataclass(frozen=True)
class _Reach:
    """Whose things are asked for. group_ids: None for all; meeting_ids: besides, those that one registered for."""

    group_ids: tuple[int, ...] | None
    meeting_ids: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Span:
    """What is asked for, between which days, and how it is told. site: before every address."""

    act: Act
    asked: Wanted
    reach: _Reach
    since: date
    until: date
    site: str
    say: Say


def entries(act: Act, asked: Wanted, since: date, until: date, *, site: str, say: Say) -> list[Entry]:
    """Everything between two days, both included, by time. Up to ten queries."""
    span = _Span(act, asked, _reach(act, asked), since, until, site, say)
    found = [*_of_meetings(span)]
    if asked.shows(EVENT):
        found += _of_events(span)
    if asked.shows(WINDOW):
        found += _of_windows(span)
    if asked.shows(ANSWER):
        found += _of_answers(span)
    shown = [each for each in found if each.on <= until and each.until >= since and _is_level(asked, each)]
    return sorted(shown, key=_order)


def _order(each: Entry) -> tuple[date, bool, float, str]:
    return (each.on, each.at is not None, each.at.timestamp() if each.at else 0.0, each.happening.uid)


def _is_level(asked: Wanted, each: Entry) -> bool:
    if not asked.level or each.group is None:
        return not asked.level
    kind = each.group.kind if each.group.kind in LEVELS else "other"
    return kind in asked.level


def _reach(act: Act, asked: Wanted) -> _Reach:
    ids: tuple[int, ...] | None = None
    if asked.group:
        found = groups.find(act.session, asked.group)
        found = found or next(iter(groups.resolve(act.session, asked.group, geneva_day(act.now))), None)
        ids = reach_of(act.session, found) if found else invalid("group", asked.group, "The address of a group: SG15.")
    if not asked.mine:
        return _Reach(ids)
    mine, joined = _mine(act)
    return _Reach(mine if ids is None else tuple(set(mine) & set(ids)), frozenset() if ids is not None else joined)


def _mine(act: Act) -> tuple[tuple[int, ...], frozenset[int]]:
    """Groups in which the actor holds a role, with their parts, and the meetings they registered for. Two queries."""
    paths = {held.group for held in act.actor.appointments if held.group}
    below = [col(Group.path).startswith(f"{path}/", autoescape=True) for path in paths]
    held = select(Group.id).where(or_(col(Group.path).in_(paths), *below))
    joined = select(Registration.meeting_id).where(
        Registration.person_id == act.actor.person_id, col(Registration.status).in_(("asked", "approved"))
    )
    ids = tuple(id or 0 for id in act.session.exec(held)) if paths else ()
    return ids, frozenset(act.session.exec(joined)) if act.actor.person_id else frozenset()


def _of_meetings(span: _Span) -> Iterator[Entry]:
    """Meetings of these days with their sittings; of those that come later the deadlines."""
    act, asked, reach = span.act, span.asked, span.reach
    if not any(asked.shows(each) for each in (MEETING, SITTING, DEADLINE)):
        return
    reaching = MeetingFilter(
        asked.sector, since=span.since, until=span.until + (AHEAD if asked.shows(DEADLINE) else timedelta())
    )
    rows = every(act, replace(reaching, group_ids=reach.group_ids), most=MOST)
    if reach.meeting_ids:
        there = {row.meeting.id for row in rows}
        joined = (row for row in every(act, reaching, most=MOST) if row.meeting.id in reach.meeting_ids - there)
        rows += joined
    known = {urls.meeting(row.meeting.code): row for row in rows}
    meetings = [row.meeting for row in rows]
    dated = frozenset(each.id or 0 for each in meetings) if asked.shows(DEADLINE) else frozenset()
    feed = Feed("", meetings, links_of=linked(act, meetings, [row.group for row in rows]), deadlines_of=dated)
    told = of_meetings(act, feed, address=urls.meeting, say=lambda rule: span.say(meeting_words.deadline(rule)))
    for each in told:
        what = each.kind if each.kind in (SITTING, DEADLINE) else MEETING
        if asked.shows(what):
            row = known[each.address]
            yield _entry(
                what, replace(each, address=span.site + each.address), row.group, _short(what, row.meeting, each)
            )


def _short(what: str, meeting: Meeting, each: Happening) -> str:
    return meeting.code if what == MEETING else each.title


def _of_events(span: _Span) -> Iterator[Entry]:
    reach = span.reach
    rows = events.between(
        span.act, span.since, span.until, group_ids=reach.group_ids, joined=span.asked.mine and not span.asked.group
    )
    for event, group in rows:
        if not span.asked.sector or group.sector in span.asked.sector:
            told = happening_of_event(event, span.site + urls.event(event.slug))
            yield _entry(EVENT, told, group, event.title)


def _of_windows(span: _Span) -> Iterator[Entry]:
    for running in windows_between(span.act, span.since, span.until, **_of_groups(span)):
        told = happening_of(running, address=lambda number: span.site + urls.approval(number), say=span.say)
        yield _entry(WINDOW, told, running.group, name_of_process(running.process))


def _of_answers(span: _Span) -> Iterator[Entry]:
    for due in due_between(span.act, span.since, span.until, **_of_groups(span)):
        yield _entry(ANSWER, _of_answer(due, span.site, span.say), due.group, due.statement.label)


def _of_groups(span: _Span) -> dict[str, Any]:
    return {"sectors": span.asked.sector, "group_ids": span.reach.group_ids}


def _of_answer(due: Due, site: str, say: Say) -> Happening:
    statement, addressee = due.statement, due.addressee
    assert addressee.deadline is not None, "asked by its deadline"
    return Happening(
        uid=f"answer.{statement.name}.{addressee.position}",
        title=f"{say(N_('Answer due'))}: {statement.label} ({addressee.name})",
        starts=addressee.deadline,
        ends=addressee.deadline,
        changed_at=statement.changed_at,
        sequence=statement.version,
        text=statement.title,
        address=site + urls.statement(statement.name),
        kind=ANSWER,
    )


def _entry(what: str, told: Happening, group: Group | None, short: str) -> Entry:
    zone = ZoneInfo(told.zone) if what in (SITTING, DEADLINE) else GENEVA
    on, until = (
        each.astimezone(zone).date() if isinstance(each, datetime) else each for each in (told.starts, told.ends)
    )
    return Entry(what, told, short, group, on, until)


# Days


def days_of(asked: Wanted, today: date) -> tuple[date, date, date]:
    """The day asked for, and the first and last day that are shown. Invalid for what is no day."""
    on = _day(asked.on) if asked.on else today
    if asked.view == "week":
        first = on - timedelta(days=on.weekday())
        return on, first, first + timedelta(days=6)
    if asked.view == "list":
        return on, on, on + timedelta(days=92)
    first = on.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return on, first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or not 1950 <= found.year <= 2150:
        invalid("on", text, "A day such as 2026-11-14.")
    return found


def neighbours(asked: Wanted, on: date, first: date) -> tuple[date, date]:
    """The day that the view before begins with, and that of the view after."""
    if asked.view == "week":
        return first - timedelta(days=7), first + timedelta(days=7)
    if asked.view == "list":
        return on - timedelta(days=93), on + timedelta(days=93)
    month = on.replace(day=1)
    return (month - timedelta(days=1)).replace(day=1), (month + timedelta(days=32)).replace(day=1)


def by_day(found: Sequence[Entry], first: date, last: date) -> list[tuple[date, list[Entry]]]:
    """Each day with what stands on it. A window stands on its first and its last day alone, a meeting on every one."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [(day, [each for each in found if _stands_on(each, day)]) for day in days]


def _stands_on(each: Entry, day: date) -> bool:
    return day in (each.on, each.until) if each.what == WINDOW else each.on <= day <= each.until
