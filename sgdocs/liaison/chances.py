"""For addressees of ours: the last meeting at which an answer can be made in time. Three queries for any number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import or_
from sqlalchemy import select as columns
from sqlmodel import Session, col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.groups.rules import PARTS
from sgdocs.liaison.intime import Gathering, InTime, in_time
from sgdocs.liaison.models import AddresseeQuestion
from sgdocs.liaison.practice import USUAL, Practice
from sgdocs.meetings.models import Meeting, MeetingGroup
from sgdocs.meetings.queries import visible
from sgdocs.meetings.rules import MeetingKind, MeetingStatus

NOT_THERE: Final = (MeetingKind.WORKSHOP, MeetingKind.ASSEMBLY)
"""Meetings that agree no statement."""
GONE: Final = (MeetingStatus.CLOSED, MeetingStatus.CANCELLED)
Meetings = dict[int, list[Gathering]]


@dataclass(frozen=True)
class Asked:
    """An addressee that owes an answer: its id, the group, until when."""

    id: int
    group_id: int
    deadline: date | None


def chances_of(act: Act, asked: Iterable[Asked], practice: Practice = USUAL) -> dict[int, InTime]:
    """By id of the addressee. Meetings that the group holds or sits in count, and of its parts those of the Questions it is
    allotted to and of the working parties of these (of all its parts when it is allotted to none).
    Meetings that the actor may not know of are left out.
    """
    wanted = list(asked)
    if not wanted:
        return {}
    today = geneva_day(act.now)
    session = act.session
    allotted = _allotted(session, [each.id for each in wanted])
    parts = _parts(session, {each.group_id for each in wanted})
    ids = {each.group_id for each in wanted} | {part for found in parts.values() for part, _ in found}
    meetings = _meetings(act, ids, today)
    return {
        each.id: in_time(
            each.deadline,
            _of(each, allotted.get(each.id, set()), parts.get(each.group_id, []), meetings),
            today,
            sending_days=practice.sending_days,
        )
        for each in wanted
    }


def _of(
    each: Asked, questions: set[int], parts: Sequence[tuple[int, int | None]], meetings: Meetings
) -> list[Gathering]:
    """Each meeting once."""
    inner = {part for part, _ in parts}
    if questions:
        inner = questions | {party for part, party in parts if part in questions and party is not None}
    found = {m.id: m for id in (each.group_id, *inner) for m in meetings.get(id, ())}
    return list(found.values())


def _allotted(session: Session, ids: Sequence[int]) -> dict[int, set[int]]:
    rows = columns(col(AddresseeQuestion.addressee_id), col(AddresseeQuestion.group_id)).where(
        col(AddresseeQuestion.addressee_id).in_(ids)
    )
    found: dict[int, set[int]] = {}
    for id, question in session.execute(rows):
        found.setdefault(id, set()).add(question)
    return found


def _parts(session: Session, group_ids: set[int]) -> dict[int, list[tuple[int, int | None]]]:
    """By id of the group: its Questions and working parties at work, with the working party of a Question."""
    rows = columns(col(Group.parent_id), col(Group.id), col(Group.working_party_id)).where(
        col(Group.parent_id).in_(group_ids), col(Group.kind).in_(PARTS), col(Group.ends_on).is_(None)
    )
    found: dict[int, list[tuple[int, int | None]]] = {}
    for parent, id, party in session.execute(rows):
        found.setdefault(parent, []).append((id, party))
    return found


def _meetings(act: Act, group_ids: set[int], today: date) -> Meetings:
    """By id of the group: what it holds or sits in from that day on."""
    sits = columns(col(MeetingGroup.meeting_id)).where(col(MeetingGroup.group_id).in_(group_ids))
    rows = (
        columns(
            col(Meeting.id), col(Meeting.code), col(Meeting.title), col(Meeting.starts_on), col(Meeting.ends_on),
            col(Meeting.group_id), col(MeetingGroup.group_id),
        )
        .outerjoin(MeetingGroup, col(MeetingGroup.meeting_id) == col(Meeting.id))
        .where(
            or_(col(Meeting.group_id).in_(group_ids), col(Meeting.id).in_(sits)),
            col(Meeting.kind).not_in(NOT_THERE),
            col(Meeting.status).not_in(GONE),
            col(Meeting.ends_on) >= today,
            visible(act),
        )
    )  # fmt: skip
    found: Meetings = {}
    for id, code, title, starts_on, ends_on, holder, sitting in act.session.execute(rows):
        gathering = Gathering(id, code, title, starts_on, ends_on)
        for group_id in {holder, sitting} - {None}:
            found.setdefault(group_id, []).append(gathering)
    return found
