"""What stands in each calendar feed: public facts for everybody, links and deadlines for whose key it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.meetings import entering, queries
from sgdocs.meetings.calendar import Happening
from sgdocs.meetings.deadlines import Deadline
from sgdocs.meetings.joining import RegistrationStatus
from sgdocs.meetings.listing import MeetingFilter, listing, reach_of
from sgdocs.meetings.models import CalendarToken, Meeting, Sitting
from sgdocs.meetings.participants import registered_for
from sgdocs.meetings.rules import Format, MeetingStatus
from sgdocs.people.keys import hash_of
from sgdocs.people.models import Person
from sgdocs.people.queries import account_of
from sgdocs.policy import LEADERS

PAST_DAYS, MOST = 400, 1000
MINE: Final = ("contribution", "temporary-document", "draft-recommendation")
"""Deadlines that stand in a person's own calendar."""
Address = Callable[[str], str]
Words = Callable[[str], str]


@dataclass(frozen=True)
class Feed:
    """name: of the calendar; meetings, with whose sittings and deadlines; links_of: meetings whose links are shown."""

    name: str
    meetings: Sequence[Meeting]
    links_of: frozenset[int] = frozenset()
    deadlines_of: frozenset[int] = frozenset()
    tentative: frozenset[int] = field(default=frozenset())


def of_meeting(act: Act, meeting: Meeting) -> Feed:
    """One meeting with its deadlines, which are public."""
    ids = frozenset({meeting.id or 0})
    seen = ids if queries.presence(act, meeting).sees_links else frozenset()
    return Feed(meeting.code, [meeting], links_of=seen, deadlines_of=ids)


def of_group(act: Act, group: Group) -> Feed:
    """The meetings of a group and its parts."""
    return _listed(act, group.label, MeetingFilter(group_ids=reach_of(act.session, group)))


def of_all(act: Act, asked: MeetingFilter) -> Feed:
    """Every meeting of some Sectors, kinds or groups of one level."""
    return _listed(act, "sgdocs", asked)


def _listed(act: Act, name: str, asked: MeetingFilter) -> Feed:
    since = asked.since or geneva_day(act.now) - timedelta(days=PAST_DAYS)
    wanted = MeetingFilter(**{**vars(asked), "since": since})
    found = [row.meeting for row in listing(act, wanted, size=MOST).rows]
    return Feed(name, found, links_of=queries.linked(act, found))


def of_person(act: Act, person: Person) -> Feed:
    """What a person registered for, and the meetings of the groups they lead, with links and deadlines."""
    joined = registered_for(act, person)
    led = _led(act)
    found = {meeting.id or 0: meeting for meeting in (*(m for m, _ in joined), *led)}
    asked = frozenset(m.id or 0 for m, row in joined if row.status == RegistrationStatus.ASKED)
    meetings = sorted(found.values(), key=lambda each: (each.starts_on, each.code))
    return Feed(person.name, meetings, queries.linked(act, meetings), frozenset(found), asked)


def _led(act: Act) -> list[Meeting]:
    """Meetings of the very groups in which the person is chair or rapporteur."""
    ids = tuple({a.group_id for a in act.actor.appointments if a.role in LEADERS and a.group_id})
    since = geneva_day(act.now) - timedelta(days=PAST_DAYS)
    wanted = MeetingFilter(group_ids=ids, since=since)
    return [row.meeting for row in listing(act, wanted, size=MOST).rows] if ids else []


def person_of_calendar(session: Session, key: str, feed: str, now: datetime) -> tuple[Person, CalendarToken] | None:
    """Whose key it is, for that very feed; None when unknown, ended, or the account has."""
    found = session.exec(
        select(Person, CalendarToken)
        .join(CalendarToken, col(CalendarToken.person_id) == Person.id)
        .where(
            CalendarToken.digest == hash_of(key),
            CalendarToken.feed == feed,
            col(CalendarToken.ended_at).is_(None),
            col(Person.left_at).is_(None),
        )
    ).first()
    if found is None:
        return None
    account = account_of(session, found[0].id or 0)
    is_alive = account is not None and account.ended_at is None
    is_alive = is_alive and (account is None or account.ends_on is None or account.ends_on >= geneva_day(now))
    return (found[0], found[1]) if is_alive else None


# Happenings


def happenings(act: Act, feed: Feed, *, address: Address, say: Words) -> list[Happening]:
    """Everything in a feed: each meeting, its sittings, its deadlines.

    address: code of a meeting -> its full address; say: translates words and rules. Costs four queries.
    """
    sittings = _sittings(act.session, feed.meetings)
    labels = {group.id or 0: group for group in _groups(act.session, feed.meetings)}
    dated = _deadlines(act.session, feed)
    found: list[Happening] = []
    for meeting in feed.meetings:
        at = address(meeting.code)
        found.append(_of_meeting(meeting, labels[meeting.group_id], at, is_certain=meeting.id not in feed.tentative))
        found += [
            _of_sitting(meeting, each, at, entering.way_to(act, meeting, each) if meeting.id in feed.links_of else "")
            for each in sittings.get(meeting.id or 0, ())
        ]
        found += [_of_deadline(meeting, each, at, say) for each in dated.get(meeting.id or 0, ()) if each.rule in MINE]
    return found


def _deadlines(session: Session, feed: Feed) -> Mapping[int, Sequence[Deadline]]:
    wanted = [each for each in feed.meetings if each.id in feed.deadlines_of]
    return queries.deadlines_for(session, wanted)


def _sittings(session: Session, meetings: Iterable[Meeting]) -> dict[int, list[Sitting]]:
    found: dict[int, list[Sitting]] = {}
    ids = [meeting.id for meeting in meetings]
    wanted = select(Sitting).where(col(Sitting.meeting_id).in_(ids)).order_by(col(Sitting.starts_at), col(Sitting.id))
    for row in session.exec(wanted) if ids else ():
        found.setdefault(row.meeting_id, []).append(row)
    return found


def _groups(session: Session, meetings: Iterable[Meeting]) -> list[Group]:
    ids = {meeting.group_id for meeting in meetings}
    return list(session.exec(select(Group).where(col(Group.id).in_(ids)))) if ids else []


def _of_meeting(meeting: Meeting, group: Group, address: str, *, is_certain: bool) -> Happening:
    place = meeting.place if meeting.format != Format.VIRTUAL else ""
    return Happening(
        uid=f"meeting.{meeting.code}",
        title=f"{group.label}: {meeting.title}" if group.label not in meeting.title else meeting.title,
        starts=meeting.starts_on,
        ends=meeting.ends_on,
        changed_at=meeting.changed_at,
        sequence=meeting.sequence,
        is_cancelled=meeting.status == MeetingStatus.CANCELLED,
        is_certain=is_certain and meeting.status != MeetingStatus.PLANNED,
        place=place,
        text=meeting.status_reason or meeting.letter,
        address=address,
        kind=meeting.kind,
    )


def _of_sitting(meeting: Meeting, row: Sitting, address: str, link: str) -> Happening:
    is_cancelled = row.cancelled_at is not None or meeting.status == MeetingStatus.CANCELLED
    return Happening(
        uid=f"sitting.{meeting.code}.{row.id}",
        title=f"{row.title} ({meeting.code})",
        starts=row.starts_at,
        ends=row.ends_at,
        zone=row.zone,
        changed_at=meeting.changed_at,
        sequence=row.sequence + meeting.sequence,
        is_cancelled=is_cancelled,
        place=row.room or meeting.place,
        address=address,
        link=link,
        kind="sitting",
    )


def _of_deadline(meeting: Meeting, told: Deadline, address: str, say: Words) -> Happening:
    return Happening(
        uid=f"deadline.{meeting.code}.{told.rule}",
        title=f"{say(told.rule)} ({meeting.code})",
        starts=told.due_at,
        ends=told.due_at,
        zone=told.zone,
        changed_at=meeting.changed_at,
        sequence=meeting.sequence,
        is_cancelled=meeting.status == MeetingStatus.CANCELLED,
        text=told.reason or told.clause,
        address=address,
        kind="deadline",
    )
