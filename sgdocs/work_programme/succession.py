"""Where the open items of a period go on in the next: the group that succeeds, the Question that continues. Source: WI-6, S1.1."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.groups.models import Continuation, Group, StudyPeriod, Succession
from sgdocs.work_programme.filtering import visible
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import ACTIVE


@dataclass(frozen=True)
class Planned:
    """One open item of an earlier period. group, question: where it goes on; may_be: Questions of the new period to choose
    from when its own has no successor or several."""

    item: WorkItem
    group: Group
    question: Group | None
    may_be: tuple[Group, ...] = ()

    @property
    def is_decided(self) -> bool:
        """An item that stood under no Question needs none."""
        return self.question is not None or self.item.question_id is None


def plan(act: Act, period: StudyPeriod, *, group: Group | None = None) -> list[Planned]:
    """Every open item of earlier periods of the Sector, by group and name. Costs five queries."""
    items = _open(act, period, group)
    groups = _homes(act.session, {item.group_id for item in items}, period)
    later = _continuing(act.session, {item.question_id for item in items if item.question_id}, period)
    of_group = _questions(act.session, {each.id or 0 for each in groups.values()}, period)
    return [_planned(item, groups[item.group_id], later, of_group) for item in items]


def _planned(item: WorkItem, home: Group, later: dict[int, list[Group]], of_group: dict[int, list[Group]]) -> Planned:
    found = later.get(item.question_id or 0, [])
    mine = [each for each in found if each.parent_id == home.id] or found
    if len(mine) == 1:
        above = home if mine[0].parent_id == home.id else None
        return Planned(item, above or home, mine[0])
    return Planned(item, home, None, tuple(mine or of_group.get(home.id or 0, ())))


def _open(act: Act, period: StudyPeriod, group: Group | None) -> list[WorkItem]:
    earlier = select(StudyPeriod.id).where(
        StudyPeriod.sector == period.sector, col(StudyPeriod.starts_on) < period.starts_on
    )
    found = select(WorkItem).where(
        WorkItem.sector == period.sector,
        col(WorkItem.status).in_(ACTIVE),
        or_(col(WorkItem.period_id).in_(earlier), col(WorkItem.period_id).is_(None)),
        visible(act),
    )
    if group is not None:
        found = found.where(WorkItem.group_id == group.id)
    return list(act.session.exec(found.order_by(col(WorkItem.group_id), col(WorkItem.sort_key))))


def _homes(session: Session, ids: Collection[int], period: StudyPeriod) -> dict[int, Group]:
    """For each group that which does its work in the period: itself, or its one successor, and that one's."""
    wanted = {row.id or 0: row for row in session.exec(select(Group).where(col(Group.id).in_(ids)))}
    after: dict[int, list[int]] = defaultdict(list)
    for row in session.exec(select(Succession).where(col(Succession.on) <= period.starts_on)):
        after[row.from_id].append(row.to_id)
    ends = {id: _last(id, after) for id in wanted}
    new = session.exec(select(Group).where(col(Group.id).in_(set(ends.values()) - set(wanted))))
    known = {**wanted, **{row.id or 0: row for row in new}}
    return {id: known[last] for id, last in ends.items()}


def _last(id: int, after: dict[int, list[int]]) -> int:
    """A group whose work was split stays where it is: its Questions say where each item goes."""
    seen = {id}
    while len(after[id]) == 1 and after[id][0] not in seen:
        id = after[id][0]
        seen.add(id)
    return id


def _continuing(session: Session, ids: Collection[int], period: StudyPeriod) -> dict[int, list[Group]]:
    """For each Question those of the period that continue it."""
    found: dict[int, list[Group]] = defaultdict(list)
    rows = session.exec(
        select(Continuation.continues_id, Group)
        .join(Group, col(Group.id) == Continuation.question_id)
        .where(col(Continuation.continues_id).in_(ids), Group.period_id == period.id)
        .order_by(Group.sort_key)
    )
    for id, group in rows:
        found[id].append(group)
    return found


def _questions(session: Session, ids: Collection[int], period: StudyPeriod) -> dict[int, list[Group]]:
    found: dict[int, list[Group]] = defaultdict(list)
    rows = session.exec(
        select(Group)
        .where(Group.kind == "question", Group.period_id == period.id, col(Group.parent_id).in_(ids))
        .order_by(Group.sort_key)
    )
    for group in rows:
        found[group.parent_id or 0].append(group)
    return found
