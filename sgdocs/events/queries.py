"""What is asked of events: the list, one with its programme, who takes part, one's own registration."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Kind
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.base.paging import Page
from sgdocs.documents.allocations import readable
from sgdocs.documents.models import Document
from sgdocs.events.models import Event, EventGroup, EventRegistration, EventSession, Talk
from sgdocs.events.rules import EventState, Place
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.meetings.listing import reach_of
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible as visible_meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import LEADERS, Permission, Role, Scope, may, may_read, reads


def visible(act: Act) -> ColumnElement[bool]:
    """Events that the actor may know of: drafts are for those who manage them. Needs `Group` of the event joined."""
    told = and_(col(Event.audience).in_(audiences(act)), col(Event.state) != EventState.DRAFT.value)
    return or_(told, managed(act))


def managed(act: Act) -> ColumnElement[bool]:
    """Events of groups where the actor may manage one, as `policy` says it."""
    actor = act.actor
    if actor.kind is Kind.OPERATOR or actor.has_role(Role.SECRETARIAT, Role.ADMIN):
        return col(Event.id).is_not(None)
    paths = {held.group for held in actor.appointments if held.role in (*LEADERS, Role.COUNSELLOR) and held.group}
    below = [col(Group.path).startswith(f"{path}/", autoescape=True) for path in paths]
    return or_(col(Group.path).in_(paths), *below)


def may_manage(act: Act, event: Event, group: Group | None = None) -> bool:
    """For showing: also to the secretariat that looks through other eyes."""
    found = group or act.session.get_one(Group, event.group_id)
    return may_read(act.actor, Permission.MANAGE_EVENT, Scope(found.path))


def by_slug(act: Act, slug: str) -> Event:
    """The event of that address, or NotFound."""
    wanted = select(Event).join(Group, col(Group.id) == col(Event.group_id))
    found = act.session.exec(wanted.where(Event.slug == slug.lower()[:120], visible(act))).first()
    return found or missing("event", slug)


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


# Programme


@dataclass(frozen=True)
class TalkRow:
    """document: None also when the actor may not read it."""

    talk: Talk
    starts_at: datetime
    ends_at: datetime
    document: Document | None


@dataclass(frozen=True)
class SessionRow:
    """on: its day in the zone of the event."""

    session: EventSession
    on: date
    talks: tuple[TalkRow, ...]


def programme(act: Act, event: Event) -> list[SessionRow]:
    """Its sessions by time, each with its talks; a talk begins when those before it are over. Up to three queries."""
    sessions = sessions_of(act.session, event)
    ids = [each.id for each in sessions]
    found = select(Talk).where(col(Talk.session_id).in_(ids)).order_by(col(Talk.position), col(Talk.id))
    talks: dict[int, list[Talk]] = {}
    for talk in act.session.exec(found) if ids else ():
        talks.setdefault(talk.session_id, []).append(talk)
    documents = _documents(act, [talk.document_id for some in talks.values() for talk in some])
    return [
        SessionRow(each, day_of(event, each), _timed(each, talks.get(each.id or 0, []), documents)) for each in sessions
    ]


def _timed(session: EventSession, talks: Sequence[Talk], documents: dict[int, Document]) -> tuple[TalkRow, ...]:
    at, found = session.starts_at, []
    for talk in talks:
        ends_at = at + timedelta(minutes=talk.minutes)
        found.append(TalkRow(talk, at, ends_at, documents.get(talk.document_id or 0)))
        at = ends_at
    return tuple(found)


def document_of(act: Act, talk: Talk) -> Document | None:
    """Of a talk, when the actor may read it."""
    return _documents(act, [talk.document_id]).get(talk.document_id or 0)


def _documents(act: Act, ids: Iterable[int | None]) -> dict[int, Document]:
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    found = select(Document).where(col(Document.id).in_(wanted), *readable(act))
    return {row.id or 0: row for row in act.session.exec(found)}


def today_in(event: Event, now: datetime) -> date:
    """The day that it is at the place of the event."""
    return now.astimezone(ZoneInfo(event.zone)).date()


def local(event: Event, at: datetime) -> datetime:
    """The instant as clocks at the place of the event show it."""
    return at.astimezone(ZoneInfo(event.zone))


def day_of(event: Event, part: EventSession) -> date:
    """Of a session, in the zone of the event."""
    return local(event, part.starts_at).date()


def sessions_of(session: Session, event: Event) -> list[EventSession]:
    found = select(EventSession).where(EventSession.event_id == event.id)
    return list(session.exec(found.order_by(col(EventSession.starts_at), col(EventSession.id))))


def session_by_id(session: Session, event: Event, id: int) -> EventSession:
    found = session.get(EventSession, id)
    return found if found is not None and found.event_id == event.id else missing("session", id)


def talk_by_id(session: Session, part: EventSession, id: int) -> Talk:
    found = session.get(Talk, id)
    return found if found is not None and found.session_id == part.id else missing("talk", id)


# Who takes part


def own_registration(act: Act, event: Event) -> EventRegistration | None:
    """Of the actor, cancelled ones too; None for who may not read what is one's own: other eyes, a token for files."""
    own = own_id(act)
    return registration_of(act.session, event, own) if own is not None else None


def own_id(act: Act) -> int | None:
    """The person who acts, when they may read what is for them alone."""
    id = act.actor.person_id
    return id if id is not None and reads(act.actor, f"person:{id}") else None


def registration_of(session: Session, event: Event, person_id: int | None) -> EventRegistration | None:
    wanted = select(EventRegistration).where(
        EventRegistration.event_id == event.id, EventRegistration.person_id == person_id
    )
    return session.exec(wanted).first()


def taken(session: Session, event: Event) -> int:
    """How many have a place."""
    found = select(func.count()).select_from(EventRegistration)
    return session.exec(
        found.where(EventRegistration.event_id == event.id, EventRegistration.status == Place.REGISTERED.value)
    ).one()


@dataclass(frozen=True)
class Participant:
    registration: EventRegistration
    person: Person
    organisation: Organisation | None


def participants(act: Act, event: Event) -> list[Participant]:
    """Who has a place and agreed to be listed, and the actor's own line: for members and for who takes part. Those who
    manage the event see all, those who wait too. Nothing for others."""
    own = own_id(act) or 0
    if may_manage(act, event):
        return _people(act.session, event, col(EventRegistration.status) != Place.CANCELLED.value)
    if not (reads(act.actor, "members") or takes_part(act, event)):
        return []
    shown = or_(col(EventRegistration.is_listed).is_(True), col(EventRegistration.person_id) == own)
    return _people(act.session, event, EventRegistration.status == Place.REGISTERED.value, shown)


def takes_part(act: Act, event: Event) -> bool:
    """Whether the actor has a place."""
    row = own_registration(act, event)
    return row is not None and row.status == Place.REGISTERED


def sees_links(act: Act, event: Event) -> bool:
    """Rooms on the net are for participants and for those who manage the event."""
    return takes_part(act, event) or may(act.actor, Permission.MANAGE_EVENT, _scope(act, event))


def _scope(act: Act, event: Event) -> Scope:
    return Scope(act.session.get_one(Group, event.group_id).path)


def _people(session: Session, event: Event, *conditions: ColumnElement[bool] | bool) -> list[Participant]:
    found = (
        select(EventRegistration, Person, Organisation)
        .join(Person, col(Person.id) == col(EventRegistration.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(EventRegistration.event_id == event.id, *conditions)
        .order_by(col(EventRegistration.status), col(Person.sort_name), col(Person.id))
    )
    return [Participant(*row) for row in session.exec(found)]
