"""What changed at a place since the actor looked: read from the sealed journal. Two or three queries. Source: feature N6."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import and_, or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.journal.queries import last_position
from sgdocs.workspace.models import Looked
from sgdocs.workspace.queries import owner_or_none
from sgdocs.workspace.rules import Change, change_of, weightiest

EVERYWHERE: Final = "all"
MOST_ENTRIES: Final = 20_000


@dataclass(frozen=True)
class Since:
    """at: when the person looked last, None for never; position: up to where a mark made now reaches; changes: by the id
    of the row; around: of the place itself (the meeting: deadlines, sittings)."""

    place: str
    position: int
    at: datetime | None = None
    changes: Mapping[int, tuple[Change, ...]] = field(default_factory=dict)
    around: tuple[Change, ...] = ()

    def of(self, id: int | None) -> tuple[Change, ...]:
        return self.changes.get(id or 0, ())

    @property
    def counts(self) -> dict[Change, int]:
        """How many rows have each, the weightiest first."""
        told = [change for changes in self.changes.values() for change in changes]
        return {each: told.count(each) for each in Change if each in told}

    @property
    def is_news(self) -> bool:
        return bool(self.changes or self.around)


def since(
    act: Act, place: str, subject: str, ids: Iterable[int | None], *, around: tuple[str, int] | None = None
) -> Since | None:
    """What happened to these rows of the table `subject`, and to what they stand in (`around`: table and id), since the
    actor marked the place, or everything, as read. None for who keeps no workspace. What the actor did is no news.
    """
    person = owner_or_none(act)
    if person is None:
        return None
    newest = last_position(act.session)
    marks = select(Looked).where(Looked.person_id == person, col(Looked.place).in_([place, EVERYWHERE]))
    held = max(act.session.exec(marks), key=lambda row: row.position, default=None)
    wanted = sorted({id for id in ids if id is not None})
    if held is None or held.position >= newest or not (wanted or around):
        return Since(place, newest, held.at if held else None)
    found = _changes(act, held.position, subject, wanted, around)
    other = found.pop(around, set()) if around else set()
    changes = {id: weightiest(some) for (_, id), some in found.items()}
    return Since(place, newest, held.at, changes, weightiest(other))


Found = dict[tuple[str, int], set[Change]]


def _changes(act: Act, after: int, subject: str, ids: list[int], around: tuple[str, int] | None) -> Found:
    of_rows = and_(col(Entry.subject_kind) == subject, col(Entry.subject_id).in_(ids))
    of_place = and_(col(Entry.subject_kind) == around[0], col(Entry.subject_id) == around[1]) if around else None
    entries = (
        select(Entry.subject_kind, Entry.subject_id, Entry.verb)
        .where(
            or_(of_rows, of_place) if of_place is not None else of_rows,
            col(Entry.position) > after,
            col(Entry.audience).in_(audiences(act)),
            or_(col(Entry.actor_id).is_(None), col(Entry.actor_id) != act.actor.person_id),
        )
        .distinct()
        .limit(MOST_ENTRIES)
    )
    found: Found = defaultdict(set)
    for kind, id, verb in act.session.exec(entries):
        change = change_of(verb)
        if change is not None:
            found[(kind, id)].add(change)
    return found
