"""What changed at a place since the actor looked, and what they keep of its rows: one glance, one query. Source: feature N6.

Changes are read from the sealed journal, so that an act which commits late is not passed over.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, func, literal, null, or_, select, union_all
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.db import UtcDateTime
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.workspace.models import Kept, Looked
from sgdocs.workspace.queries import owner_or_none
from sgdocs.workspace.rules import Change, change_of, weightiest

EVERYWHERE: Final = "all"
FAVOURITE, NOTE, COVERS = 1, 2, 4
MOST_NAMED: Final = 100
LOOKED, NEWEST, KEPT = "looked", "newest", "kept"


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


@dataclass(frozen=True)
class Star:
    """What is kept of a row, as far as a list shows it. note: whether there is one."""

    stance: str
    is_favourite: bool
    note: bool
    covers: bool


@dataclass(frozen=True)
class Rows:
    """Rows of a place. subject: their table in the journal; kind: as they are kept, "" when that is not asked; around:
    table and id of what they stand in: the meeting, the items of its agenda."""

    subject: str
    ids: tuple[int, ...]
    kind: str = ""
    around: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(
        cls, subject: str, ids: Iterable[int | None], *, kind: str = "", around: Iterable[tuple[str, int]] = ()
    ) -> "Rows":
        return cls(subject, tuple(sorted({id for id in ids if id is not None})), kind, tuple(dict.fromkeys(around)))


@dataclass(frozen=True)
class Glance:
    since: Since
    kept: Mapping[int, Star]


def since(act: Act, place: str, subject: str, ids: Iterable[int | None]) -> Since | None:
    """What happened to these rows since the actor marked the place, or everything, as read; None for who has no workspace."""
    found = glance(act, place, Rows.of(subject, ids))
    return found.since if found is not None else None


def glance(act: Act, place: str, rows: Rows) -> Glance | None:
    """What changed and what is kept. What the actor did is no news; a place never looked at has none. One query."""
    person = owner_or_none(act)
    if person is None:
        return None
    asked = [_looked(person, place), _newest(), _changed(act, person, place, rows)]
    if rows.kind:
        asked.append(_kept(person, rows))
    return _told(place, rows, act.session.execute(union_all(*asked)).all())


Asked = Select[Any]


def _columns(what: Any, id: Any, word: Any, flags: Any = 0, at: Any = None) -> Asked:
    """The same columns for each part of the question."""
    none = cast(null(), UtcDateTime())
    return select(
        (literal(what) if isinstance(what, str) else what).label("what"),
        id.label("id"),
        (literal(word) if isinstance(word, str) else word).label("word"),
        (literal(flags) if isinstance(flags, int) else flags).label("flags"),
        (none if at is None else at).label("at"),
    )


def _looked(person: int, place: str) -> Asked:
    at = col(Looked.at)
    return _columns(LOOKED, col(Looked.position), col(Looked.place), at=at).where(*_marks(person, place))


def _marks(person: int, place: str) -> tuple[Any, ...]:
    return col(Looked.person_id) == person, col(Looked.place).in_([place, EVERYWHERE])


def _newest() -> Asked:
    return _columns(NEWEST, cast(func.coalesce(func.max(Entry.position), 0), Integer), "")


def _changed(act: Act, person: int, place: str, rows: Rows) -> Asked:
    tables: dict[str, list[int]] = {rows.subject: list(rows.ids)}
    for table, id in rows.around:
        tables.setdefault(table, []).append(id)
    about = [and_(col(Entry.subject_kind) == table, _among(Entry.subject_id, ids)) for table, ids in tables.items()]
    seen = select(func.max(Looked.position)).where(*_marks(person, place)).scalar_subquery()
    return (
        _columns(col(Entry.subject_kind), col(Entry.subject_id), col(Entry.verb))
        .where(
            or_(*about),
            col(Entry.position) > seen,
            col(Entry.audience).in_(audiences(act)),
            or_(col(Entry.actor_id).is_(None), col(Entry.actor_id) != person),
        )
        .distinct()
    )


def _among(column: Any, ids: Sequence[int]) -> ColumnElement[bool]:
    """A thousand rows of a meeting lie close together: their span is asked, and what is not theirs dropped in `_told`."""
    asked = col(column)
    return asked.between(min(ids), max(ids)) if len(ids) > MOST_NAMED else asked.in_(ids)


def _kept(person: int, rows: Rows) -> Asked:
    flags = (
        case((col(Kept.is_favourite).is_(True), FAVOURITE), else_=0)
        + case((col(Kept.note) != "", NOTE), else_=0)
        + case((col(Kept.covers).is_(True), COVERS), else_=0)
    )
    own = (col(Kept.person_id) == person, col(Kept.kind) == rows.kind, _among(Kept.thing_id, rows.ids))
    return _columns(KEPT, col(Kept.thing_id), col(Kept.stance), flags).where(*own)


def _told(place: str, rows: Rows, told: Iterable[Any]) -> Glance:
    newest, seen, at = 0, -1, None
    kept: dict[int, Star] = {}
    found: dict[tuple[str, int], set[Change]] = defaultdict(set)
    for what, id, word, flags, looked_at in told:
        if what == NEWEST:
            newest = id
        elif what == LOOKED:
            seen, at = max((seen, at), (id, looked_at), key=lambda mark: mark[0])
        elif what == KEPT:
            kept[id] = Star(word, bool(flags & FAVOURITE), bool(flags & NOTE), bool(flags & COVERS))
        elif (change := change_of(word)) is not None:
            found[(what, id)].add(change)
    here = {change for each in rows.around for change in found.pop(each, set())}
    ids = set(rows.ids)
    changes = {id: weightiest(some) for (table, id), some in found.items() if table == rows.subject and id in ids}
    shown = {id: star for id, star in kept.items() if id in ids}
    return Glance(Since(place, newest, at, changes, weightiest(here)), shown)
