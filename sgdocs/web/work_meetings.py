"""Meetings that decide: the one that is typed, those that a form suggests, those of a chart."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, or_, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.groups.models import Group
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.rules import MeetingKind, MeetingStatus

DECIDING = (MeetingKind.STUDY_GROUP, MeetingKind.WORKING_PARTY, MeetingKind.EXTRA, MeetingKind.ASSEMBLY)
MOST = 8


@dataclass(frozen=True)
class Sat:
    """A meeting that has begun. is_open: it sits today."""

    code: str
    title: str
    ends_on: date
    is_open: bool


def meeting_named(act: Act, words: str) -> Meeting | None:
    """The meeting of a code, None for none; Invalid (field `meeting`) for words that mean none."""
    if not words.strip():
        return None
    return meetings.find(act, words) or invalid("meeting", words, "The code of a meeting, as in T25-SG13-260706.")


def deciding(act: Act, group_ids: Collection[int], since: date, until: date) -> list[tuple[Meeting, Group]]:
    """Meetings of these groups that may decide, between two days, by day. One query."""
    found = (
        select(Meeting, Group)
        .join(Group, col(Group.id) == Meeting.group_id)
        .where(
            col(Meeting.group_id).in_(group_ids),
            col(Meeting.kind).in_(DECIDING),
            Meeting.status != MeetingStatus.CANCELLED,
            col(Meeting.ends_on) >= since,
            col(Meeting.starts_on) <= until,
            meetings.visible(act),
        )
        .order_by(col(Meeting.starts_on), Meeting.code)
    )
    return list(act.session.exec(found))


def sat(act: Act, group: Group) -> list[Sat]:
    """Meetings of the study group and its parts that have begun, the latest first. Two queries."""
    today = geneva_day(act.now)
    above = group.parent_id or group.id
    ids = select(Group.id).where(or_(col(Group.id).in_((group.id, above)), col(Group.parent_id) == above))
    found = (
        select(Meeting)
        .where(
            col(Meeting.group_id).in_(ids),
            col(Meeting.kind).in_(DECIDING),
            Meeting.status != MeetingStatus.CANCELLED,
            col(Meeting.starts_on) <= today,
            meetings.visible(act),
        )
        .order_by(col(Meeting.starts_on).desc(), Meeting.code)
        .limit(MOST)
    )
    return [Sat(row.code, row.title, row.ends_on, today <= row.ends_on) for row in act.session.exec(found)]
