"""The list of events: filtered, paged, between two days, of a group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.paging import Page
from sgdocs.events.models import Event, EventGroup, EventRegistration
from sgdocs.events.rules import EventState, Place
from sgdocs.events.seeing import own_id, visible
from sgdocs.groups.models import Group
from sgdocs.meetings.listing import reach_of
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible as visible_meeting


@dataclass(frozen=True)
class EventFilter:
    """when: coming, past, all; q: words in title, text or place; group_ids: organised by, or about, one of these."""

    when: str = "coming"
    q: str = ""
    group_ids: tuple[int, ...] | None = None
    meeting_id: int | None = None
    mine: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class EventRow:
    """groups: that it is about; status: of the actor's registration, "" without one."""

    event: Event
    group: Group
    groups: tuple[Group, ...]
    meeting: Meeting | None
    status: str


def listing(act: Act, asked: EventFilter, *, number: int = 1, size: int = 50) -> Page[EventRow]:
    """Those to come by their first day; past ones the latest first. Four queries."""
    wanted = select(Event, Group).join(Group, col(Group.id) == col(Event.group_id)).where(*_conditions(act, asked))
    counted = select(func.count()).select_from(wanted.subquery())
    total = act.session.exec(counted).one()
    first = col(Event.starts_on).desc() if asked.when == "past" else col(Event.starts_on)
    rows = act.session.exec(wanted.order_by(first, col(Event.id)).limit(size).offset((number - 1) * size)).all()
    return Page(_rows(act, rows), total, number, size)


def after(act: Act, asked: EventFilter, *, skip: int, limit: int) -> tuple[list[EventRow], int]:
    """Rows of the same list by their first day from one place on, and how many there are in all."""
    wanted = select(Event, Group).join(Group, col(Group.id) == col(Event.group_id)).where(*_conditions(act, asked))
    total = act.session.exec(select(func.count()).select_from(wanted.subquery())).one()
    rows = act.session.exec(wanted.order_by(col(Event.starts_on), col(Event.id)).limit(limit).offset(skip)).all()
    return _rows(act, rows), total


def _conditions(act: Act, asked: EventFilter) -> list[ColumnElement[bool]]:
    today, found = geneva_day(act.now), [visible(act)]
    if asked.when == "coming":
        found.append(col(Event.ends_on) >= today)
    elif asked.when == "past":
        found.append(col(Event.ends_on) < today)
    if asked.since is not None:
        found.append(col(Event.ends_on) >= asked.since)
    if asked.until is not None:
        found.append(col(Event.starts_on) <= asked.until)
    if asked.meeting_id is not None:
        found.append(col(Event.meeting_id) == asked.meeting_id)
    if asked.group_ids is not None:
        about = select(EventGroup.event_id).where(col(EventGroup.group_id).in_(asked.group_ids))
        found.append(or_(col(Event.group_id).in_(asked.group_ids), col(Event.id).in_(about)))
    if asked.mine:
        own = select(EventRegistration.event_id).where(
            EventRegistration.person_id == (own_id(act) or 0),
            col(EventRegistration.status) != Place.CANCELLED.value,
        )
        found.append(col(Event.id).in_(own))
    return [*found, *(_holds(word) for word in asked.q.split()[:10])]


def _holds(word: str) -> ColumnElement[bool]:
    like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    return or_(*(col(each).ilike(like, escape="\\") for each in (Event.title, Event.text, Event.place)))


def _rows(act: Act, rows: Sequence[tuple[Event, Group]]) -> list[EventRow]:
    ids = [event.id or 0 for event, _ in rows]
    about = groups_of(act.session, ids)
    meetings = _meetings(act, [event.meeting_id for event, _ in rows])
    own = _own(act, ids)
    return [
        EventRow(
            event, group, tuple(about.get(event.id or 0, ())), meetings.get(event.meeting_id or 0),
            own.get(event.id or 0, ""),
        )
        for event, group in rows
    ]  # fmt: skip


def groups_of(session: Session, ids: Iterable[int]) -> dict[int, list[Group]]:
    """The groups and Questions that events are about, by id of the event. One query."""
    found: dict[int, list[Group]] = {}
    wanted = select(EventGroup.event_id, Group).join(Group, col(Group.id) == col(EventGroup.group_id))
    for id, group in session.exec(wanted.where(col(EventGroup.event_id).in_(list(ids))).order_by(col(Group.sort_key))):
        found.setdefault(id, []).append(group)
    return found


def _meetings(act: Act, ids: Iterable[int | None]) -> dict[int, Meeting]:
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    found = select(Meeting).where(col(Meeting.id).in_(wanted), visible_meeting(act))
    return {row.id or 0: row for row in act.session.exec(found)}


def _own(act: Act, ids: Sequence[int]) -> dict[int, str]:
    own = own_id(act)
    if own is None or not ids:
        return {}
    found = select(EventRegistration.event_id, EventRegistration.status).where(
        EventRegistration.person_id == own, col(EventRegistration.event_id).in_(ids)
    )
    return {id: status for id, status in act.session.exec(found) if status != Place.CANCELLED.value}


def row_of(act: Act, event: Event) -> EventRow:
    """One event with what belongs to it."""
    return _rows(act, [(event, act.session.get_one(Group, event.group_id))])[0]


def between(
    act: Act, since: date, until: date, *, group_ids: tuple[int, ...] | None = None, joined: bool = False
) -> list[tuple[Event, Group]]:
    """Announced and cancelled events of these days, both included. joined: besides those of the groups, what the actor
    registered for. One query."""
    found = _conditions(act, EventFilter(when="all", since=since, until=until))
    own = _conditions(act, EventFilter(when="all", mine=True))[-1]
    if group_ids is not None:
        of_groups = _conditions(act, EventFilter(when="all", group_ids=group_ids))[-1]
        found.append(or_(of_groups, own) if joined else of_groups)
    wanted = select(Event, Group).join(Group, col(Group.id) == col(Event.group_id))
    wanted = wanted.where(*found, col(Event.state) != EventState.DRAFT.value)
    return list(act.session.exec(wanted.order_by(col(Event.starts_on), col(Event.id)).limit(1000)).all())


def for_group(act: Act, group: Group, *, most: int = 20) -> Sequence[EventRow]:
    """To come, of a group and its parts."""
    return listing(act, EventFilter(group_ids=reach_of(act.session, group)), size=most).rows
