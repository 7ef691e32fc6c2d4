"""What the catalogue and the calendar of meetings know of approvals that were announced. Reads; decides nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import col, select

from sgdocs.approval.replay import Announced, Known
from sgdocs.base.act import Act
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.recommendations.models import Text

AT_ONCE = 500
DECIDING = ("study-group", "extra-meeting", "assembly")
COUNTED = ("recommendation", "amendment", "corrigendum", "annex")
Day = tuple[date, str]


def known_of(act: Act, rows: Sequence[Announced]) -> list[Known]:
    """One for each row: its day, its study group, what else was approved that day, and the meeting that ran.

    A handful of queries for each 500 rows; nothing is known where the catalogue is not imported.
    """
    wanted = sorted({row.catalogue_id for row in rows if row.catalogue_id})
    days = {id: found for some in _batches(wanted) for id, found in _days(act, some)}
    company = _company(act)
    meetings = _meetings(act)
    known = []
    for row in rows:
        day = days.get(row.catalogue_id)
        if day is None:
            known.append(Known())
            continue
        on, group = day
        known.append(Known(on, group, max(company[on, group] - 1, 0), _meeting(meetings.get(group, []), on)))
    return known


def _batches(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _days(act: Act, ids: list[str]) -> list[tuple[str, Day]]:
    """Catalogue id -> day and study group, of those that are known to the day."""
    found = select(Text.catalogue_id, Text.approved, Text.study_group).where(
        col(Text.catalogue_id).in_(ids),
        Text.approved_precision == "day",
        col(Text.audience).in_(groups.audiences(act)),
    )
    return [(id, (date.fromisoformat(approved), group)) for id, approved, group in act.session.exec(found)]


def _company(act: Act) -> Counter[Day]:
    """How many texts of each study group each day brought."""
    found = select(Text.approved, Text.study_group).where(
        Text.approved_precision == "day",
        col(Text.kind).in_(COUNTED),
        col(Text.audience).in_(groups.audiences(act)),
    )
    return Counter((date.fromisoformat(approved), group) for approved, group in act.session.exec(found))


def _meetings(act: Act) -> dict[str, list[Meeting]]:
    """Code of the study group -> its meetings that may decide."""
    found = (
        select(Meeting, Group)
        .join(Group, col(Group.id) == Meeting.group_id)
        .where(
            col(Meeting.kind).in_(DECIDING),
            Meeting.sector == "T",
            Meeting.status != MeetingStatus.CANCELLED,
            visible(act),
        )
    )
    every: dict[str, list[Meeting]] = {}
    for meeting, group in act.session.exec(found):
        every.setdefault(group.code, []).append(meeting)
    return every


def _meeting(meetings: list[Meeting], on: date) -> str:
    return next((each.code for each in meetings if each.starts_on <= on <= each.ends_on), "")
