"""Lists whose search can be saved: one row of `LISTS` for each, with its fields, and what it finds for somebody now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.i18n import N_
from sgdocs.search.engine import FACETS
from sgdocs.workspace.asking import Query, read
from sgdocs.workspace.hits import Hit, Searching, Unavailable
from sgdocs.workspace.record_hits import (
    ITEM_DAYS,
    ITEM_SEVERAL,
    ITEM_WORDS,
    of_documents,
    of_families,
    of_items,
    of_processes,
)
from sgdocs.workspace.statement_hits import STATEMENT_FIELDS, of_statements
from sgdocs.workspace.text_hits import of_texts


@dataclass(frozen=True)
class Hits:
    """rows: the first of them; total: how many there are; query: with what could not be read in it; unavailable: why there
    was no answer."""

    rows: tuple[Hit, ...]
    total: int
    query: Query
    unavailable: str = ""


Run = Callable[[Act, Searching, Query], tuple[list[Hit], int]]


@dataclass(frozen=True)
class ListOf:
    """title: as people call the list; fields: of its query string."""

    title: str
    fields: frozenset[str]
    run: Run


def hits_of(act: Act, services: Searching, path: str, query: str) -> Hits:
    """What the list at that address finds for the actor. KeyError for an address that is no list; never fails for words."""
    of = LISTS[path]
    asked = read(query, of.fields)
    try:
        rows, total = of.run(act, services, asked)
    except Unavailable as error:
        return Hits((), 0, asked, str(error))
    except Refused as refused:
        return Hits((), 0, asked, refused.message)
    return Hits(tuple(rows), total, asked)


def _of(*names: Iterable[str] | str) -> frozenset[str]:
    return frozenset(each for some in names for each in ([some] if isinstance(some, str) else some))


LISTS: Final[Mapping[str, ListOf]] = {
    "/search": ListOf(N_("Search"), _of("q", FACETS, "since", "until", "exact"), of_texts),
    "/doc": ListOf(
        N_("Documents"),
        _of("q", "sector", "group", "kind", "meeting", "question", "source", "status", "language", "late", "stream"),
        of_documents,
    ),
    "/wi": ListOf(
        N_("Work programme"), _of(ITEM_WORDS, ITEM_DAYS, ITEM_SEVERAL, "group", "question", "status"), of_items
    ),
    "/rec": ListOf(
        N_("Recommendations"), _of("q", "sector", "series", "status", "kind", "group", "year", "language"), of_families
    ),
    "/approval": ListOf(
        N_("Approvals"),
        _of("q", "which", "sector", "procedure", "state", "holder", "window", "group", "closing", "since", "until"),
        of_processes,
    ),
    "/liaison": ListOf(N_("Liaison statements"), _of(STATEMENT_FIELDS), of_statements),
}
