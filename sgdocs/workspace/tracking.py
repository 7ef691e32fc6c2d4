"""Saved searches and tracked lists as their owner reads them."""

from dataclasses import dataclass
from typing import Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.workspace.asking import Query, read
from sgdocs.workspace.hits import Hit, Searching
from sgdocs.workspace.kinds import KINDS, things_of
from sgdocs.workspace.lists import LISTS, Hits, hits_of
from sgdocs.workspace.models import SavedSearch, TrackedList, TrackedThing
from sgdocs.workspace.queries import owner

NOTHING: Final = Query({})


@dataclass(frozen=True)
class Found:
    """A saved search with what it finds. query: how its fields were read."""

    search: SavedSearch
    hits: Hits

    @property
    def new(self) -> frozenset[str]:
        return frozenset(self.search.new)


@dataclass(frozen=True)
class OnList:
    """because: names of the rules that find it; replaces: label of the document in whose place it came; by_hand."""

    hit: Hit
    because: tuple[str, ...] = ()
    by_hand: bool = False
    replaces: str = ""
    is_new: bool = False


def searches(act: Act, *, of_lists: bool = False) -> list[SavedSearch]:
    """The own ones by name. of_lists: also the rules of lists."""
    held = select(SavedSearch).where(SavedSearch.person_id == owner(act))
    if not of_lists:
        held = held.where(col(SavedSearch.list_id).is_(None))
    return list(act.session.exec(held.order_by(SavedSearch.name, col(SavedSearch.id))))


def search(act: Act, search_id: int) -> SavedSearch:
    """The own one; another person's is not found."""
    held = select(SavedSearch).where(SavedSearch.id == search_id, SavedSearch.person_id == owner(act))
    return act.session.exec(held).first() or missing("saved search", search_id)


def asked_by(row: SavedSearch) -> Query:
    """How the fields of a saved search are read today: `unknown` names those that no longer exist."""
    return read(row.query, LISTS[row.path].fields) if row.path in LISTS else NOTHING


def found_by(act: Act, services: Searching, row: SavedSearch) -> Found:
    """A list that no longer exists finds nothing."""
    hits = hits_of(act, services, row.path, row.query) if row.path in LISTS else Hits((), 0, NOTHING, row.path)
    return Found(row, hits)


def lists(act: Act) -> list[TrackedList]:
    held = select(TrackedList).where(TrackedList.person_id == owner(act))
    return list(act.session.exec(held.order_by(TrackedList.name, col(TrackedList.id))))


def tracked_list(act: Act, list_id: int) -> TrackedList:
    """The own one; another person's is not found."""
    held = select(TrackedList).where(TrackedList.id == list_id, TrackedList.person_id == owner(act))
    return act.session.exec(held).first() or missing("list", list_id)


def rules_of(act: Act, row: TrackedList) -> list[SavedSearch]:
    held = select(SavedSearch).where(SavedSearch.list_id == row.id, SavedSearch.person_id == owner(act))
    return list(act.session.exec(held.order_by(col(SavedSearch.id))))


def contents(act: Act, services: Searching, row: TrackedList) -> list[OnList]:
    """What the rules find and what was put on by hand, without what was taken off; what may not be read is not there."""
    by_hand = {(each.kind, each.thing_id): each for each in _by_hand(act, row)}
    out = {f"{kind}:{id}" for (kind, id), each in by_hand.items() if each.is_out}
    found: dict[str, OnList] = {}
    for rule in rules_of(act, row):
        told = found_by(act, services, rule)
        for hit in told.hits.rows:
            known = found.get(hit.key, OnList(hit))
            found[hit.key] = OnList(hit, (*known.because, rule.name), is_new=known.is_new or hit.key in told.new)
    things = things_of(act, [key for key, each in by_hand.items() if not each.is_out])
    for key, thing in things.items():
        known = found.get(thing.key, OnList(Hit(thing.key, thing.label, thing.title, thing.path)))
        found[thing.key] = OnList(known.hit, known.because, True, by_hand[key].because, known.is_new)
    return sorted((each for key, each in found.items() if key not in out), key=_order)


def _order(row: OnList) -> tuple[int, str]:
    kinds = list(KINDS)
    return kinds.index(row.hit.kind) if row.hit.kind in kinds else len(kinds), row.hit.label


def _by_hand(act: Act, row: TrackedList) -> list[TrackedThing]:
    return list(act.session.exec(select(TrackedThing).where(TrackedThing.list_id == row.id)))
