"""What is kept, by the person who keeps it. Every reading function begins with the owner; nobody else has a way in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed
from sgdocs.base.paging import Page
from sgdocs.base.text import clean, folded
from sgdocs.policy import Permission, Scope
from sgdocs.workspace.kinds import Thing, things_of
from sgdocs.workspace.models import Kept, MyCard
from sgdocs.workspace.rules import Moved

MOST: Final = 5000


def owner(act: Act) -> int:
    """The person whose workspace the actor may read: the own one. NotAllowed for nobody, and for a token that reads no data."""
    found = owner_or_none(act)
    if found is not None:
        return found
    if act.actor.person_id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    raise NotAllowed(NOT_PERMITTED, permission=Permission.KEEP_OWN.value)


def owner_or_none(act: Act) -> int | None:
    """The same for pages that show it besides; None where there is nothing to show."""
    id = act.actor.person_id
    return id if id is not None and policy.may_read(act.actor, Permission.KEEP_OWN, Scope(owner_id=id)) else None


@dataclass(frozen=True)
class KeptRow:
    """A kept thing. thing: None when the actor may not read it any more; moved: how its text went on since, None while
    note and stance stand on what is there now."""

    kept: Kept
    thing: Thing | None
    moved: Moved | None = None

    @property
    def is_stale(self) -> bool:
        return self.moved is not None


def row_of(kept: Kept, thing: Thing | None) -> KeptRow:
    return KeptRow(kept, thing, moved_of(kept, thing) if thing is not None else None)


def moved_of(kept: Kept, thing: Thing) -> Moved | None:
    """None while the text is the one on which note and stance were written, or there is neither."""
    if not (kept.stance or kept.note) or kept.mark == thing.mark:
        return None
    if kept.changes.get("until") == thing.mark:
        return moved_as_kept(kept.changes)
    newer = (thing.mark_label,) if thing.kind == "family" and thing.mark_label else ()
    return Moved(until=thing.mark, until_label=thing.mark_label, new=newer)


def moved_as_kept(told: Mapping[str, Any]) -> Moved:
    """As the worker wrote it."""
    return Moved(
        until=str(told.get("until", "")),
        until_label=str(told.get("until_label", "")),
        changed=tuple(told.get("changed", ())),
        new=tuple(told.get("new", ())),
        gone=tuple(told.get("gone", ())),
        is_compared=bool(told.get("is_compared")),
    )


def kept(act: Act, kind: str, thing_id: int) -> Kept | None:
    """What the actor keeps of a thing."""
    return kept_among(act, kind, [thing_id]).get(thing_id)


def kept_among(act: Act, kind: str, ids: Iterable[int | None]) -> dict[int, Kept]:
    """What the actor keeps among these things, by their ids; nothing for who keeps nothing. One query, or none."""
    person, wanted = owner_or_none(act), [id for id in ids if id is not None]
    if person is None or not wanted:
        return {}
    held = select(Kept).where(Kept.person_id == person, Kept.kind == kind, col(Kept.thing_id).in_(wanted))
    return {row.thing_id: row for row in act.session.exec(held)}


@dataclass(frozen=True)
class KeptFilter:
    """q: words in label, title or note; only: favourite, stale, shared, covered."""

    kind: str = ""
    stance: str = ""
    only: str = ""
    q: str = ""


ONLY: Final[Mapping[str, ColumnElement[bool]]] = {
    "favourite": col(Kept.is_favourite).is_(True),
    "shared": col(Kept.is_shared).is_(True),
    "covered": col(Kept.covers).is_(True),
}
STALE: Final = "stale"


def listing(act: Act, asked: KeptFilter = KeptFilter(), *, number: int = 1, size: int = 50) -> Page[KeptRow]:
    """What the actor keeps, the newest change first. A query, and one for each kind of thing."""
    held = select(Kept).where(Kept.person_id == owner(act), *_conditions(asked))
    rows = act.session.exec(held.order_by(col(Kept.changed_at).desc(), col(Kept.id).desc()).limit(MOST)).all()
    words, begins = folded(clean(asked.q)).split(), (number - 1) * size
    if not words and asked.only != STALE:
        return Page(_shown(act, rows[begins : begins + size]), len(rows), number, size)
    found = [row for row in _shown(act, rows) if _has(row, words) and (asked.only != STALE or row.is_stale)]
    return Page(found[begins : begins + size], len(found), number, size)


def _conditions(asked: KeptFilter) -> list[ColumnElement[bool]]:
    exact = [getattr(Kept, name) == getattr(asked, name) for name in ("kind", "stance") if getattr(asked, name)]
    return [*exact, *([ONLY[asked.only]] if asked.only in ONLY else [])]


def _shown(act: Act, rows: Sequence[Kept]) -> list[KeptRow]:
    things = things_of(act, [(row.kind, row.thing_id) for row in rows])
    return [row_of(row, things.get((row.kind, row.thing_id))) for row in rows]


def _has(row: KeptRow, words: Sequence[str]) -> bool:
    told = folded(" ".join([row.kept.note, *((row.thing.label, row.thing.title) if row.thing else ())]))
    return all(word in told for word in words)


def counts(act: Act) -> dict[str, int]:
    """How many things of each kind the actor keeps. One query."""
    held = select(Kept.kind, func.count()).where(Kept.person_id == owner(act)).group_by(Kept.kind)
    return dict(act.session.exec(held).all())


def arrangement(act: Act) -> list[MyCard]:
    """How the actor set the cards of their page, in that order; [] as usual."""
    own = owner_or_none(act)
    if own is None:
        return []
    return list(act.session.exec(select(MyCard).where(MyCard.person_id == own).order_by(col(MyCard.position))))
