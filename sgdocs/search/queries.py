"""Search as pages, API and evaluation ask for it: jump, full text, suggestions."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.rights import audiences
from sgdocs.recommendations.models import Family
from sgdocs.search import grammar, records
from sgdocs.search.engine import Hit, IndexUnavailable, Query, Results, SearchEngine, Sort, Suggestion
from sgdocs.search.expansion import expanded
from sgdocs.search.finding import Resolution, Target, resolve
from sgdocs.search.glossaries import lexicon
from sgdocs.search.grammar import Problem
from sgdocs.search.loading import load
from sgdocs.search.shown import Shown, plain
from sgdocs.search.vocabularies import vocabulary
from sgdocs.search.widening import widened

RANKED = 30
LONGEST_PREFIX = 60


@dataclass(frozen=True)
class Asked:
    """typed: the words; facets: values chosen beside them; since, until: days, both included."""

    typed: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: Sort | None = None
    exact: bool = False
    page: int = 1
    size: int = 20
    sector: str | None = None


@dataclass(frozen=True)
class Found:
    """resolution: what the words name; results: as the engine gave them; hits: as they may be shown.

    unavailable: why there is no full text just now, "" when there is. shortened: too long to be taken whole.
    """

    asked: Asked
    resolution: Resolution
    results: Results
    hits: tuple[Shown, ...]
    problems: tuple[Problem, ...] = ()
    shortened: bool = False
    unavailable: str = ""


def find(act: Act, engine: SearchEngine, asked: Asked) -> Found:
    """One page of what was asked for; never fails for what was typed, nor for a broken index."""
    resolution = resolve(act, asked.typed, sector=asked.sector)
    parsed = grammar.parse(asked.typed)
    try:
        results = search(act, engine, _query(parsed.query, asked))
    except IndexUnavailable as error:
        return Found(asked, resolution, Results(), (), parsed.problems, parsed.shortened, str(error))
    hits = tuple(load(act.session, results.hits, audiences(act), geneva_day(act.now)))
    return Found(asked, resolution, results, hits, parsed.problems, parsed.shortened)


def search(act: Act, engine: SearchEngine, query: Query) -> Results:
    """The engine's answer to a query widened by vocabulary and glossary, trimmed to what the actor reads."""
    if query.empty:
        return Results(page=query.page, size=query.size)
    wide = widened(expanded(query, vocabulary(act.session)), lexicon(act.session))
    return engine.search(wide, audiences(act))


def suggest(act: Act, engine: SearchEngine, typed: str, *, limit: int = 8) -> list[Shown]:
    """Records whose number, title or name goes on like this; from public records only, empty without an index."""
    prefix = " ".join(typed.split())[:LONGEST_PREFIX]
    if not prefix:
        return []
    readable = audiences(act)
    try:
        lines = engine.suggest(prefix, readable, limit=limit)
    except IndexUnavailable:
        return []
    return load(act.session, [_as_hit(line) for line in lines], readable, geneva_day(act.now))


def _as_hit(line: Suggestion) -> Hit:
    title = plain(line.title) if line.title else None
    return Hit(line.key, line.key, line.kind, line.identifier, 0.0, 0, None, title)


def ranked(act: Act, engine: SearchEngine, typed: str) -> list[str]:
    """The families found, best first, by name (`ITU-T G.652`): what the words name, then the full text."""
    found = find(act, engine, Asked(typed, size=RANKED))
    families = [target.id for target in found.resolution.targets if target.what == records.FAMILY]
    of_hits = [hit.family_address for hit in found.hits if hit.family_address]
    named = select(Family).where(col(Family.id).in_(families) | col(Family.address).in_(of_hits))
    rows = {row.id: row for row in act.session.exec(named)}
    by_address = {row.address: row for row in rows.values()}
    ordered = [rows[id] for id in families] + [by_address[address] for address in of_hits if address in by_address]
    return list(dict.fromkeys(family_name(row) for row in ordered))


def family_name(family: Family) -> str:
    """The name by which a family is cited: `ITU-T G.709`, `Report ITU-R BT.2390`, `Question ITU-R 91/4`."""
    number = family.numbers[0] if family.numbers else family.number
    bare = number.removeprefix("Question ").removeprefix("Report ")
    before = {"report": "Report ", "question": "Question "}.get(family.space, "")
    return f"{before}ITU-{family.sector} {bare}"


def jump(found: Found) -> Target | None:
    """The one record that the words name, when they name nothing else."""
    return found.resolution.targets[0] if found.resolution.certain else None


def _query(query: Query, asked: Asked) -> Query:
    for facet, values in asked.facets.items():
        query = grammar.narrowed(query, facet, values)
    return replace(
        query,
        since=asked.since or query.since,
        until=asked.until or query.until,
        sort=asked.sort or query.sort,
        exact=asked.exact or query.exact,
        page=asked.page,
        size=asked.size,
    )
