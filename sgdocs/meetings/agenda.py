"""What is asked of agendas: the items of a meeting in their order, by group. No documents: they stand above."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, select

from sgdocs.base.errors import missing
from sgdocs.groups.models import Group
from sgdocs.meetings import queries
from sgdocs.meetings.agenda_rules import RESTORABLE, Node, numbered
from sgdocs.meetings.models import Agenda, AgendaItem, Meeting, Sitting


@dataclass(frozen=True)
class Row:
    """One item. number: `2.1`; question: the one it is for; sitting: when it is taken."""

    item: AgendaItem
    number: str
    depth: int
    is_first: bool
    is_last: bool
    question: Group | None = None
    sitting: Sitting | None = None


@dataclass(frozen=True)
class GroupAgenda:
    """The agenda of one group of a meeting; sequence: how often it changed."""

    group: Group
    agenda: Agenda | None
    rows: list[Row] = field(default_factory=list)

    @property
    def sequence(self) -> int:
        return self.agenda.sequence if self.agenda else 0


def agendas(session: Session, meeting: Meeting, groups: Sequence[Group] | None = None) -> list[GroupAgenda]:
    """The agendas of all groups of a meeting, those without items too. Costs up to five queries."""
    groups = queries.groups_of(session, meeting) if groups is None else groups
    items = list(
        session.exec(
            select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, col(AgendaItem.deleted_at).is_(None))
        )
    )
    heads = {row.group_id: row for row in session.exec(select(Agenda).where(Agenda.meeting_id == meeting.id))}
    named = {item.question_id for item in items if item.question_id} - {group.id for group in groups}
    questions = {group.id: group for group in groups}
    if named:
        questions |= {group.id: group for group in session.exec(select(Group).where(col(Group.id).in_(named)))}
    sat = {item.sitting_id for item in items if item.sitting_id}
    sittings = {row.id: row for row in session.exec(select(Sitting).where(col(Sitting.id).in_(sat)))} if sat else {}
    return [
        GroupAgenda(
            group, heads.get(group.id or 0), _rows([i for i in items if i.group_id == group.id], questions, sittings)
        )
        for group in groups
    ]


def agenda_of(session: Session, meeting: Meeting, group: Group) -> GroupAgenda:
    """The agenda of one group of a meeting."""
    return agendas(session, meeting, [group])[0]


def item_of(session: Session, meeting: Meeting, item_id: int, *, deleted: bool = False) -> AgendaItem:
    """An item of that meeting, or NotFound; deleted: one that was taken out."""
    found = session.get(AgendaItem, item_id)
    if found is None or found.meeting_id != meeting.id or (found.deleted_at is not None) is not deleted:
        missing("agenda item", item_id)
    return found


def restorable(session: Session, meeting: Meeting, group: Group, now: datetime) -> list[AgendaItem]:
    """Items that were deleted and can come back, the latest first; what went with its parent is not named."""
    found = session.exec(
        select(AgendaItem)
        .where(
            AgendaItem.meeting_id == meeting.id,
            AgendaItem.group_id == group.id,
            col(AgendaItem.deleted_at) >= now - RESTORABLE,
        )
        .order_by(col(AgendaItem.deleted_at).desc(), col(AgendaItem.id))
    ).all()
    went = {item.id: item.deleted_at for item in found}
    return [item for item in found if item.parent_id is None or went.get(item.parent_id) != item.deleted_at]


def nodes_of(items: Sequence[AgendaItem]) -> list[Node]:
    return [Node(item.id or 0, item.parent_id, item.position) for item in items]


def _rows(
    items: Sequence[AgendaItem], questions: dict[int | None, Group], sittings: dict[int | None, Sitting]
) -> list[Row]:
    by_id = {item.id: item for item in items}
    return [
        Row(
            item=by_id[each.id],
            number=each.number,
            depth=each.depth,
            is_first=each.is_first,
            is_last=each.is_last,
            question=questions.get(by_id[each.id].question_id),
            sitting=sittings.get(by_id[each.id].sitting_id),
        )
        for each in numbered(nodes_of(items))
    ]
