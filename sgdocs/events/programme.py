"""The programme of an event: its sessions with their talks, and the time at its place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import end_of
from sgdocs.base.errors import missing
from sgdocs.documents.allocations import readable
from sgdocs.documents.models import Document
from sgdocs.events.models import Event, EventSession, Talk


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


def hours_of(event: Event) -> tuple[datetime, datetime]:
    """From the beginning of its first day to the end of its last, at its place."""
    zone = ZoneInfo(event.zone)
    return datetime.combine(event.starts_on, time.min, zone), end_of(event.ends_on, zone)


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
