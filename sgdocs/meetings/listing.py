"""Lists of meetings: on now, coming, past."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Select, case, func, null, or_, select
from sqlmodel import Session, col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.paging import Page
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting, MeetingGroup
from sgdocs.meetings.queries import visible

CURRENT, COMING, PAST = "current", "coming", "past"
WHENS: Final = (CURRENT, COMING, PAST)


@dataclass(frozen=True)
class MeetingFilter:
    """What a list asks for. when: parts of WHENS; group_ids: of groups that meet; since, until: days of meetings."""

    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    words: str = ""
    group_ids: tuple[int, ...] | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class MeetingRow:
    """A meeting with its group. when: current, coming or past, on the day of the list."""

    meeting: Meeting
    group: Group
    when: str


def listing(
    act: Act, asked: MeetingFilter, *, number: int = 1, size: int = 100, offset: int | None = None
) -> Page[MeetingRow]:
    """One page: what is on now, then what comes, the next first, then what is past, the latest first. Two queries.

    offset: rows before the first, in the place of the page's number.
    """
    today = geneva_day(act.now)
    wanted: Select[Meeting, Group] = (
        select(Meeting, Group).join(Group, col(Group.id) == Meeting.group_id).where(*_conditions(act, asked, today))
    )
    total = act.session.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    start = (number - 1) * size if offset is None else offset
    rows = act.session.execute(_ordered(wanted, today).limit(size).offset(start))
    return Page([MeetingRow(m, g, when_of(m, today)) for m, g in rows], total, number, size)


def every(act: Act, asked: MeetingFilter, *, most: int) -> list[MeetingRow]:
    """The first of them, in the same order, without how many there are. One query."""
    today = geneva_day(act.now)
    wanted: Select[Meeting, Group] = (
        select(Meeting, Group).join(Group, col(Group.id) == Meeting.group_id).where(*_conditions(act, asked, today))
    )
    rows = act.session.execute(_ordered(wanted, today).limit(most))
    return [MeetingRow(meeting, group, when_of(meeting, today)) for meeting, group in rows]


def when_of(meeting: Meeting, today: date) -> str:
    if meeting.ends_on < today:
        return PAST
    return COMING if meeting.starts_on > today else CURRENT


def _ordered(wanted: Select[Meeting, Group], today: date) -> Select[Meeting, Group]:
    is_past, is_coming = col(Meeting.ends_on) < today, col(Meeting.starts_on) > today
    rank = case((is_past, 2), (is_coming, 1), else_=0)
    forwards = case((is_past, null()), else_=col(Meeting.starts_on))
    return wanted.order_by(rank, forwards, col(Meeting.starts_on).desc(), Meeting.code)


def _conditions(act: Act, asked: MeetingFilter, today: date) -> list[ColumnElement[bool]]:
    found = [visible(act)]
    found += [
        column.in_(values)
        for column, values in (
            (col(Meeting.sector), asked.sectors),
            (col(Meeting.kind), asked.kinds),
            (col(Meeting.status), asked.statuses),
        )
        if values
    ]
    if asked.when:
        found.append(or_(*(_when(each, today) for each in asked.when)))
    if asked.group_ids is not None:
        also = select(col(MeetingGroup.meeting_id)).where(col(MeetingGroup.group_id).in_(asked.group_ids))
        found.append(or_(col(Meeting.group_id).in_(asked.group_ids), col(Meeting.id).in_(also)))
    if asked.since is not None:
        found.append(col(Meeting.ends_on) >= asked.since)
    if asked.until is not None:
        found.append(col(Meeting.starts_on) <= asked.until)
    return [*found, *(_has(word) for word in asked.words.split()[:8])]


def _when(when: str, today: date) -> ColumnElement[bool]:
    if when == PAST:
        return col(Meeting.ends_on) < today
    if when == COMING:
        return col(Meeting.starts_on) > today
    return (col(Meeting.starts_on) <= today) & (col(Meeting.ends_on) >= today)


def _has(word: str) -> ColumnElement[bool]:
    """The word stands in title, place, code, letter or the group's label."""
    columns = (Meeting.title, Meeting.place, Meeting.code, Meeting.letter, Group.label)
    return or_(*(col(column).icontains(word, autoescape=True) for column in columns))


def reach_of(session: Session, group: Group) -> tuple[int, ...]:
    """Ids of a group and its parts: the meetings of Q2/15 are among those of SG15. Costs two queries."""
    paths = [group.path, *groups.parts_of(session, [group.path]).get(group.path, [])]
    below = select(col(Group.id)).where(
        or_(col(Group.path).in_(paths), *(col(Group.path).startswith(f"{path}/", autoescape=True) for path in paths))
    )
    return tuple(session.execute(below).scalars())


def group_labels(session: Session, rows: Iterable[Meeting]) -> dict[int, Sequence[str]]:
    """Labels of the further groups of meetings, by the meeting's id, by number. Costs one query."""
    ids = [row.id for row in rows]
    found: dict[int, list[str]] = {}
    wanted = (
        select(col(MeetingGroup.meeting_id), col(Group.label))
        .join(Group, col(Group.id) == MeetingGroup.group_id)
        .where(col(MeetingGroup.meeting_id).in_(ids))
        .order_by(Group.sort_key)
    )
    for meeting_id, label in session.execute(wanted) if ids else ():
        found.setdefault(meeting_id, []).append(label)
    return dict(found)
