"""What people type -> a query. Pure; never raises, whatever is typed.

    "passive optical" PON OR EPON -ethernet series:G,H status:in-force after:2020 year:2015..2020 netw*

Words must all occur; `OR` (in capitals) or `|` joins alternatives; `-` excludes a word, a phrase or a
field value; `*` at the end makes a prefix. `after:2020` is from 1 January 2020 on, `before:2020` up to
31 December 2019, so that the two part the calendar. Values of one field are alternatives.
"""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches

from sgdocs.base.text import clean, folded
from sgdocs.search.analysis import CJK
from sgdocs.search.dates import Span, days_of, years_of
from sgdocs.search.engine import FACETS, LANGUAGES, Clause, Filter, Query, Sort, Term, TermKind

LONGEST_QUERY = 10_000
MOST_TERMS = 64
MOST_VALUES = 50
LONGEST_TERM = 200
FIELDS = {
    **{facet: facet for facet in FACETS},
    "lang": "language",
    "type": "kind",
    "sg": "group",
    "after": "after",
    "since": "after",
    "before": "before",
    "sort": "sort",
}
SECTORS = frozenset({"T", "R", "D"})
_CHINESE = re.compile(f"[{CJK}]+")
Known = Mapping[str, Set[str]]

_TOKEN = re.compile(
    r"""(?P<minus>(?<!\S)-)?
        (?:(?P<field>[^\W\d_]{1,20}):(?=[^\s:/]))?
        (?:["“”„«»](?P<phrase>[^"“”„«»]*)(?:["“”„«»]|$)|(?P<bar>\|)|(?P<bare>[^\s"“”„«»|]+))""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Problem:
    """A part that could not be taken: which field, what was given, what would be right."""

    field: str
    value: str
    right: str


@dataclass(frozen=True)
class Parsed:
    """The query without its wrong parts, the wrong parts, and whether it was too long to be taken whole."""

    query: Query
    problems: tuple[Problem, ...] = ()
    shortened: bool = False


@dataclass(frozen=True)
class _Token:
    field: str
    text: str
    excluded: bool
    phrase: bool


def parse(typed: str, known: Known | None = None) -> Parsed:
    """known: facet -> values that exist; a value beyond them is a problem. Without it any value is taken."""
    text = clean(typed)
    tokens = list(_tokens(text[:LONGEST_QUERY]))
    reading = _Reading(known or {})
    for token in tokens:
        reading.take(token)
    return reading.parsed(text[:LONGEST_QUERY], shortened=len(text) > LONGEST_QUERY)


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text):
        name, phrase = match["field"] or "", match["phrase"]
        said = phrase if phrase is not None else match["bare"] or "|"
        if name and not _is_field(name):
            said, name = (f"{name}:{said}", "")
        yield _Token(name.lower(), said.strip(), bool(match["minus"]), phrase is not None)


def _is_field(name: str) -> bool:
    """A field, or so near to one that it must have been meant as one."""
    return name.lower() in FIELDS or bool(_meant(name))


def _meant(name: str) -> list[str]:
    return get_close_matches(name.lower(), FIELDS, n=1, cutoff=0.75) if len(name) > 3 else []


class _Reading:
    """Gathers clauses, filters and problems while the tokens go by."""

    def __init__(self, known: Known) -> None:
        self.known = {facet: {folded(value): value for value in values} for facet, values in known.items()}
        self.clauses: list[Clause] = []
        self.excluded: list[Term] = []
        self.filters: dict[tuple[str, bool], dict[str, None]] = {}
        self.span = Span(None, None)
        self.sort = Sort.RELEVANCE
        self.problems: list[Problem] = []
        self.terms = 0
        self.shortened = False
        self.joining = False

    def take(self, token: _Token) -> None:
        if token.field:
            self._field(token)
        elif not token.phrase and token.text in ("OR", "|"):
            self.joining = bool(self.clauses)
        elif not token.phrase and token.text.endswith(":") and token.text[:-1].lower() in FIELDS:
            self._problem(FIELDS[token.text[:-1].lower()], "", "A value right after the colon.")
        else:
            self._term(token)

    def parsed(self, typed: str, *, shortened: bool) -> Parsed:
        query = Query(
            clauses=tuple(dict.fromkeys(self.clauses)),
            excluded=tuple(dict.fromkeys(self.excluded)),
            filters=tuple(Filter(facet, tuple(values), out) for (facet, out), values in self.filters.items()),
            since=self.span.since,
            until=self.span.until,
            sort=self.sort,
            typed=typed,
        )
        return Parsed(query, tuple(dict.fromkeys(self.problems)), shortened or self.shortened)

    def _term(self, token: _Token) -> None:
        term = _term(token)
        if term is None:
            return
        if self.terms >= MOST_TERMS:
            self.shortened = True
            return
        if token.excluded:
            self.excluded.append(term)
        elif self.joining:
            self.clauses[-1] = Clause(tuple(dict.fromkeys((*self.clauses[-1].options, term))))
        else:
            self.clauses += [Clause((part,)) for part in _parted(term)]
        self.terms = len(self.excluded) + sum(len(clause.options) for clause in self.clauses)
        self.joining = False

    def _field(self, token: _Token) -> None:
        name = FIELDS.get(token.field)
        if name is None:
            near = ", ".join(f"{field}:" for field in _meant(token.field))
            self._problem(token.field, token.text, f"There is no such field; did you mean {near}?")
        elif name in ("after", "before"):
            self._edge(name, token.text)
        elif name == "sort":
            self._sort(token.text)
        else:
            self._values(name, token)

    def _edge(self, name: str, text: str) -> None:
        span = days_of(text)
        if span is None:
            self._problem(name, text, "A year, a month or a day: 2020, 2020-05 or 2020-05-14.")
        elif name == "after":
            self.span = self.span.within(Span(span.since, None))
        else:
            self.span = self.span.within(Span(None, span.before))

    def _sort(self, text: str) -> None:
        try:
            self.sort = Sort(text.lower())
        except ValueError:
            self._problem("sort", text, f"One of: {', '.join(Sort)}.")

    def _values(self, facet: str, token: _Token) -> None:
        if facet == "year" and (".." in token.text or "-" in token.text):
            self._years(token)
            return
        pieces = [token.text] if token.phrase else token.text.split(",")
        for piece in pieces:
            value = self._value(facet, piece.strip())
            values = self.filters.setdefault((facet, token.excluded), {}) if value else {}
            if value and len(values) < MOST_VALUES:
                values[value] = None

    def _years(self, token: _Token) -> None:
        span = years_of(token.text)
        if span is None or token.excluded:
            self._problem("year", token.text, "A year or a range of years: 2020, 2015..2020, 2015.. or ..2020.")
        else:
            self.span = self.span.within(span)

    def _value(self, facet: str, text: str) -> str | None:
        """The value as filters spell it, or None with a problem noted."""
        right = _right(facet, text)
        known = self.known.get(facet)
        if right is None and known is not None:
            found = known.get(folded(_spelt(facet, text)))
            if found is not None:
                return found
            near = get_close_matches(folded(text), known, n=3, cutoff=0.6) or sorted(known)[:8]
            right = "One of: " + ", ".join(known[value] for value in near) + "."
        if right is not None:
            self._problem(facet, text, right)
            return None
        return _spelt(facet, text)

    def _problem(self, field: str, value: str, right: str) -> None:
        if len(self.problems) < MOST_VALUES:
            self.problems.append(Problem(field, value[:LONGEST_TERM], right))


def _term(token: _Token) -> Term | None:
    """None when nothing is left that could be looked for."""
    text = token.text[:LONGEST_TERM]
    if token.phrase:
        return Term(text, TermKind.PHRASE) if _has_letters(text) else None
    bare = text.strip("()[]{}<>,;:!?.'`~^=+*")
    if not _has_letters(bare):
        return None
    starred = text.rstrip(")]},;:!?.").endswith("*")
    return Term(bare, TermKind.PREFIX if starred else TermKind.WORD)


def _parted(term: Term) -> list[Term]:
    """Chinese is written without spaces: a run of characters is asked for pair by pair."""
    run = term.text
    if term.kind is not TermKind.WORD or len(run) < 3 or not _CHINESE.fullmatch(run):
        return [term]
    return [Term(run[at : at + 2]) for at in range(min(len(run) - 1, MOST_TERMS))]


def _has_letters(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _right(facet: str, text: str) -> str | None:
    """What would be right, when the value cannot be; None when it may be."""
    if not _has_letters(text):
        return "A value after the colon."
    if facet == "year" and not re.fullmatch(r"[0-9]{4}", text):
        return "A year or a range of years: 2020, 2015..2020, 2015.. or ..2020."
    if facet == "language" and text.lower() not in LANGUAGES:
        return f"One of: {', '.join(LANGUAGES)}."
    if facet == "sector" and _spelt(facet, text) not in SECTORS:
        return f"One of: {', '.join(sorted(SECTORS))}."
    return None


def _spelt(facet: str, text: str) -> str:
    """Values in the spelling of the facets: SG15, in-force, T, en."""
    if facet == "group":
        return f"SG{text}" if re.fullmatch(r"[0-9]{1,2}", text) else text
    if facet == "sector":
        return re.sub(r"^(?:ITU|UIT)-?", "", text.upper())
    if facet in ("status", "kind"):
        return re.sub(r"[\s_]+", "-", text.lower())
    return text.lower() if facet == "language" else text


def narrowed(query: Query, facet: str, values: tuple[str, ...]) -> Query:
    """The query with one facet's selection replaced, on its first page; no value takes the filter away."""
    others = tuple(f for f in query.filters if f.facet != facet or f.excluded)
    chosen = (Filter(facet, values),) if values else ()
    return replace(query, filters=others + chosen, page=1)
