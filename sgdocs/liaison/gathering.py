"""Which meetings addressed groups have before them, and so whether their answers can still be in time. Three queries."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session, col, or_, select

from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.liaison import queries
from sgdocs.liaison.intime import Gathering, InTime, in_time
from sgdocs.liaison.models import Addressee
from sgdocs.meetings.models import Meeting, MeetingGroup
from sgdocs.meetings.rules import MeetingStatus


def chances_of(session: Session, addressees: Sequence[Addressee], today: date) -> dict[int, InTime]:
    """By id of the addressee, of groups of ours: at which meeting an answer can still be made in time."""
    ours = [row for row in addressees if row.group_id]
    coming = gatherings_of(session, ours, today)
    return {row.id or 0: in_time(row.deadline, coming[row.id or 0], today) for row in ours}


def gatherings_of(session: Session, addressees: Sequence[Addressee], today: date) -> dict[int, list[Gathering]]:
    """By id of the addressee: meetings to come of the group, of its working parties (ITU-T), of Questions it is allotted to.

    Meetings of several groups count for each. Three queries, or none.
    """
    ours = [row for row in addressees if row.group_id]
    if not ours:
        return {}
    parties = _parties(session, {row.group_id or 0 for row in ours})
    questions = queries.questions_of(session, ours)
    reach = {
        row.id or 0: {row.group_id or 0, *parties.get(row.group_id or 0, ()), *_ids(questions, row)} for row in ours
    }
    coming = _meetings(session, {each for ids in reach.values() for each in ids}, today)
    return {id: _distinct(coming, groups) for id, groups in reach.items()}


def _ids(questions: Mapping[int, Sequence[Group]], row: Addressee) -> list[int]:
    return [each.id or 0 for each in questions.get(row.id or 0, ())]


def _parties(session: Session, group_ids: Iterable[int]) -> dict[int, list[int]]:
    """Working parties of study groups of ITU-T; those of ITU-R answer for themselves alone."""
    found = select(Group.parent_id, Group.id).where(
        col(Group.parent_id).in_(group_ids), Group.kind == GroupKind.WORKING_PARTY, Group.sector == "T"
    )
    told: dict[int, list[int]] = {}
    for parent, id in session.exec(found):
        told.setdefault(parent or 0, []).append(id or 0)
    return told


def _meetings(session: Session, group_ids: Iterable[int], today: date) -> list[tuple[int, Gathering]]:
    """With the group that meets; a meeting of several comes once for each."""
    ids = list(group_ids)
    found = (
        select(Meeting, MeetingGroup.group_id)
        .outerjoin(MeetingGroup, col(MeetingGroup.meeting_id) == col(Meeting.id))
        .where(
            or_(col(Meeting.group_id).in_(ids), col(MeetingGroup.group_id).in_(ids)),
            Meeting.status != MeetingStatus.CANCELLED,
            col(Meeting.ends_on) >= today,
        )
    )
    told: list[tuple[int, Gathering]] = []
    for row, other in session.exec(found):
        one = Gathering(row.id or 0, row.code, row.title, row.starts_on, row.ends_on)
        told += [(group_id, one) for group_id in (row.group_id, other) if group_id is not None]
    return told


def _distinct(coming: Iterable[tuple[int, Gathering]], group_ids: set[int]) -> list[Gathering]:
    return list({each.id: each for group_id, each in coming if group_id in group_ids}.values())
