"""What changed in my groups since I last looked: how much of what, group by group, from the sealed journal. Feature N6."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import col, or_

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.workspace.models import Looked
from sgdocs.workspace.rules import Change, change_of
from sgdocs.workspace.since import EVERYWHERE

PLACE: Final = "my"
AT_FIRST: Final = timedelta(days=7)
"""What is told to somebody who never marked the page as read."""


@dataclass(frozen=True)
class GroupNews:
    """How many things changed, by what happened to them, the weightiest first."""

    group: Group
    counts: Mapping[Change, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class News:
    """at: when the person looked last, None for never: then it is the last week; position: up to where a mark reaches."""

    at: datetime | None
    since: datetime
    position: int
    groups: Sequence[GroupNews]

    @property
    def total(self) -> int:
        return sum(each.total for each in self.groups)


def own_changes(act: Act, group_ids: Sequence[int]) -> News:
    """Things are counted once for each verb; what the actor did is no news. Two queries, one without groups."""
    seen, at = _looked(act)
    since = at or act.now - AT_FIRST
    groups: dict[int, Group] = {}
    counts: dict[int, Counter[Change]] = defaultdict(Counter)
    newest = seen
    for group, verb, n, last in _told(act, group_ids, seen if at else None, since) if group_ids else ():
        newest = max(newest, last)
        change = change_of(verb)
        if change is not None:
            groups[group.id or 0] = group
            counts[group.id or 0][change] += n
    ordered = sorted(groups.values(), key=lambda group: group.sort_key)
    found = [GroupNews(each, {c: n for c in Change if (n := counts[each.id or 0][c])}) for each in ordered]
    return News(at, since, newest, found)


def _looked(act: Act) -> tuple[int, datetime | None]:
    """Up to where and when the page, or everything, was marked as read."""
    marks = columns(col(Looked.position), col(Looked.at)).where(
        col(Looked.person_id) == act.actor.person_id, col(Looked.place).in_((PLACE, EVERYWHERE))
    )
    rows = [(position, at) for position, at in act.session.execute(marks)]
    return max(rows, key=lambda row: row[0], default=(0, None))


def _told(act: Act, group_ids: Sequence[int], seen: int | None, since: datetime) -> Sequence[Any]:
    """Group, verb, how many things, newest position. The groups are read apart from what is counted: they are wide."""
    counted = (
        columns(
            col(Entry.group_id).label("group_id"),
            col(Entry.verb).label("verb"),
            func.count(func.distinct(col(Entry.subject_id))).label("n"),
            func.max(col(Entry.position)).label("last"),
        )
        .where(
            col(Entry.group_id).in_(group_ids),
            col(Entry.position).is_not(None),
            col(Entry.at) >= since if seen is None else col(Entry.position) > seen,
            col(Entry.audience).in_(audiences(act)),
            or_(col(Entry.actor_id).is_(None), col(Entry.actor_id) != act.actor.person_id),
        )
        .group_by(col(Entry.group_id), col(Entry.verb))
        .subquery()
    )
    joined = columns(Group, counted.c.verb, counted.c.n, counted.c.last).join(
        counted, col(Group.id) == counted.c.group_id
    )
    return act.session.execute(joined).all()
