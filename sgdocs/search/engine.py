"""The port of search: what is indexed, what is asked, what comes back. Pure.

The database is the truth; an index can be thrown away and rebuilt at any time.
Only the worker (and `sgdocs index rebuild`) writes; everybody else reads.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import Protocol

PUBLIC = "public"
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
FACETS = ("sector", "kind", "series", "status", "group", "question", "meeting", "year", "language")
BIGGEST_PAGE = 100
DEEPEST_HIT = 10_000


class IndexUnavailable(Exception):
    """The index is missing, broken, of another version, or not private; the message says it in words."""


class IndexBusy(Exception):
    """Another process writes the index (a rebuild, mostly); the same call later will do."""


class Standing(IntEnum):
    """How a record stands inside its family: smaller is shown first."""

    IN_FORCE = 0
    IN_FORCE_PART = 1
    CURRENT = 2
    UNKNOWN = 3
    SUPERSEDED = 4
    WITHDRAWN = 5


@dataclass(frozen=True)
class Record:
    """One thing that can be found: an edition, a group, a person, a document, a clause of a document.

    key: unique and stable, `kind:id`, e.g. `edition:123`.
    family: records of one family are one hit, e.g. `recommendation:77`; the key itself when alone.
    identifier: canonical, as shown. numbers: every other number it bears (dual, ISO/IEC twin, family number).
    names: former names, work item codes, acronyms of its own. titles, bodies: by language code
    (`LANGUAGES`; anything else is read without stemming). facets: name of `FACETS` -> values, in the
    spelling that filters use. day: for sorting and `after:`. audience: label of `policy.audiences`.
    """

    key: str
    family: str
    kind: str
    identifier: str
    audience: str = PUBLIC
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    standing: int = Standing.UNKNOWN
    day: date | None = None


class TermKind(StrEnum):
    WORD = "word"
    PHRASE = "phrase"
    PREFIX = "prefix"


@dataclass(frozen=True)
class Term:
    """Something typed: a word, a phrase without its quotes, or a prefix without its star.

    weight: below 1 for what the vocabulary added, so that what was typed comes first.
    """

    text: str
    kind: TermKind = TermKind.WORD
    weight: float = 1.0


@dataclass(frozen=True)
class Clause:
    """Any of these terms; the clauses of a query must all hold."""

    options: tuple[Term, ...]


@dataclass(frozen=True)
class Filter:
    """One facet, any of the values; filters on several facets must all hold."""

    facet: str
    values: tuple[str, ...]
    excluded: bool = False


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Query:
    """What is asked, as `grammar.parse` makes it; no clause and a filter means "all of these".

    since, until: days, both included. exact: neither corrected nor widened.
    page: from 1; size: hits on a page.
    """

    clauses: tuple[Clause, ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.RELEVANCE
    exact: bool = False
    page: int = 1
    size: int = 20
    typed: str = ""

    @property
    def empty(self) -> bool:
        """True when it asks for nothing at all."""
        return not (self.clauses or self.filters or self.since or self.until)


@dataclass(frozen=True)
class Piece:
    """A run of text; marked when it is one of the words asked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Extract:
    """Words around a match. field: `title` or `body`; the pieces join to the text shown."""

    field: str
    language: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Member:
    """One record of a family that matched. To be loaded again before it is shown."""

    key: str
    identifier: str
    kind: str
    standing: int
    day: date | None


@dataclass(frozen=True)
class Hit:
    """A family: its best standing member that matched, and the other members beneath."""

    key: str
    family: str
    kind: str
    identifier: str
    score: float
    standing: int
    day: date | None
    title: Extract | None = None
    extracts: tuple[Extract, ...] = ()
    others: tuple[Member, ...] = ()


@dataclass(frozen=True)
class FacetValue:
    """A value and in how many families it occurs, whatever else is selected in the same facet."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True)
class Correction:
    """A word without a hit and the word taken in its place."""

    typed: str
    taken: str


@dataclass(frozen=True)
class Results:
    """total: families on all pages. corrections: applied already; did_you_mean: the whole query
    as it might have been meant (applied when there are corrections, else only offered).
    widened: not all words were found together, so records with some of them are shown as well.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    page: int = 1
    size: int = 20
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()
    did_you_mean: str | None = None
    widened: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A line of the type-ahead list; public records only."""

    key: str
    kind: str
    identifier: str
    title: str


@dataclass(frozen=True)
class IndexStatus:
    """records: that can be found; generation: changes with every write; built_at: of the last rebuild (UTC)."""

    engine: str
    records: int
    generation: str
    size_bytes: int
    built_at: datetime | None = None


Progress = Callable[[int], None]


class SearchEngine(Protocol):
    """What an engine can do. Every method may raise `IndexUnavailable`, the writing ones `IndexBusy`."""

    def upsert(self, records: Iterable[Record]) -> int:
        """Add records or replace those with the same key, in one commit; how many."""

    def delete(self, keys: Iterable[str]) -> int:
        """Take records out; keys that are not there are passed over. How many were there."""

    def replace(self, families: Iterable[str], records: Iterable[Record]) -> int:
        """Take out all that these families have and put the records in, in one commit; how many were put in."""

    def search(self, query: Query, audiences: Set[str]) -> Results:
        """One page of families that the audiences may see; the order is total, so paging is stable."""

    def suggest(self, prefix: str, audiences: Set[str], *, limit: int = 8) -> tuple[Suggestion, ...]:
        """Public records whose number, name or title goes on like this; none unless `public` is an audience."""

    def rebuild(self, records: Iterable[Record], progress: Progress | None = None) -> int:
        """Build a fresh index beside the live one and swap at the end; how many records.

        Killed at any point, the old index stays in use and the next rebuild clears up.
        """

    def tidy(self, is_quiet: Callable[[], bool]) -> bool:
        """One step, of seconds, of what makes searches faster and changes no answer; whether there was one to do.

        Given up, with nothing changed, within half a second of `is_quiet` saying no.
        """

    def check(self) -> Sequence[str]:
        """What is wrong with the index, in words; empty when it is sound. Reads all of it."""

    def keys(self) -> Set[str]:
        """The key of every record in it, for comparison with the database."""

    def status(self) -> IndexStatus:
        """What there is, cheaply."""

    def close(self) -> None:
        """Let go of files and connections."""
