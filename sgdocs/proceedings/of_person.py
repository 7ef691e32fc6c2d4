"""Action items of one person, over all meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible
from sgdocs.policy import audiences
from sgdocs.proceedings.models import ActionItem
from sgdocs.proceedings.queries import documents_of


@dataclass(frozen=True)
class OwnAction:
    """document: None also when the actor may not read it; is_late: the day is past and it is not done."""

    action: ActionItem
    meeting: Meeting
    group: Group
    document: Document | None
    is_late: bool


def own_actions(act: Act, *, done: bool = False) -> list[OwnAction]:
    """What the actor is to do: open items, the earliest due first, those without a day last; done: those done as well.

    Whoever was given an item reads it, also when the papers of the meeting are not for them. Two queries.
    """
    wanted = (
        select(ActionItem, Meeting, Group)
        .join(Meeting, col(Meeting.id) == ActionItem.meeting_id)
        .join(Group, col(Group.id) == ActionItem.group_id)
        .where(*_own(act, done=done), visible(act))
    )
    order = (
        col(ActionItem.done_at).is_not(None),
        col(ActionItem.due_on).is_(None),
        col(ActionItem.due_on),
        col(ActionItem.id),
    )
    rows: Sequence[tuple[ActionItem, Meeting, Group]] = act.session.exec(wanted.order_by(*order)).all()
    papers = documents_of(act, (row.document_id for row, _, _ in rows))
    today = geneva_day(act.now)
    return [
        OwnAction(row, meeting, group, papers.get(row.document_id or 0), _is_late(row, today))
        for row, meeting, group in rows
    ]


def _own(act: Act, *, done: bool) -> list[ColumnElement[bool]]:
    own = act.actor.person_id if f"person:{act.actor.person_id}" in audiences(act.actor) else None
    held = [col(ActionItem.owner_id) == (own or 0), col(ActionItem.withdrawn_at).is_(None)]
    return held if done else [*held, col(ActionItem.done_at).is_(None)]


def _is_late(row: ActionItem, today: date) -> bool:
    return row.done_at is None and row.due_on is not None and row.due_on < today
