"""A query answered by PostgreSQL: what holds, correct, widen, collapse, count, one page."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, text

from sgdocs.search import extracts
from sgdocs.search.analysis import fold, words_of
from sgdocs.search.collapse import MOST_VALUES
from sgdocs.search.corrections import FAR_MORE_FREQUENT, Candidate, correctable, corrected, meant
from sgdocs.search.engine import (
    BIGGEST_PAGE,
    DEEPEST_HIT,
    FACETS,
    PUBLIC,
    Clause,
    Correction,
    FacetValue,
    Hit,
    Member,
    Query,
    Results,
    Sort,
    Suggestion,
    Term,
    TermKind,
)
from sgdocs.search.postgres_query import Asked, Conditions, asked_by
from sgdocs.search.postgres_schema import SCHEMA, SEPARATOR, lexeme
from sgdocs.search.ranking import ENOUGH, FEW, MOST_OTHERS, MOST_WORDS_SUGGESTED, WEIGHTS

# D, C, B, A; the rank of a long text is divided by 1 + the logarithm of its length
RANKS: Final = "'{0.1, 0.2, 0.5, 1.0}'"
MEMBERS: Final = "standing, day DESC NULLS LAST, score DESC, key"
ORDERS: Final = {
    Sort.RELEVANCE: "best DESC, standing, day DESC NULLS LAST, family",
    Sort.NEWEST: "day DESC NULLS LAST, best DESC, family",
    Sort.OLDEST: "day NULLS LAST, best DESC, family",
}
Rows = Sequence[Row[Any]]


def answer(connection: Connection, query: Query, audiences: Set[str]) -> Results:
    """One page of what the audiences may see."""
    page, size = max(1, query.page), min(max(1, query.size), BIGGEST_PAGE)
    if query.empty:
        return Results(page=page, size=size)
    query, corrections, line, held = _meant(connection, query, sorted(audiences))
    asked = [asked_by(clause) for clause in query.clauses]
    if not any(each.needed for each in asked):
        asked = [replace(each, needed=True) for each in asked]
    needed = sum(each.needed for each in asked)
    alive = sum(1 for each, often in zip(asked, held, strict=True) if each.needed and often)
    least = needed if query.exact or needed < 2 else min(needed, max(1, min(ENOUGH, alive - 1)))
    found = _found(connection, query, asked, sorted(audiences), needed=needed, least=least, page=page, size=size)
    is_asked = extracts.asked_by(query.clauses)
    return Results(
        total=found["total"],
        hits=tuple(_hit(row, is_asked) for row in found["hits"]),
        page=page,
        size=size,
        facets=_facets(query, found["facets"]),
        corrections=corrections,
        did_you_mean=line,
        widened=found["widened"],
    )


def _meant(
    connection: Connection, query: Query, audiences: Sequence[str]
) -> tuple[Query, tuple[Correction, ...], str | None, list[int]]:
    """The query after corrections, and how often each clause holds for these audiences."""
    held = _held(connection, query, audiences)
    if query.exact:
        return query, (), None, held
    missing, rare = {}, {}
    for at, (clause, often) in enumerate(zip(query.clauses, held, strict=True)):
        term = correctable(clause)
        candidate = _candidate(connection, term.text) if term is not None and often <= 2 else None
        if candidate is not None and not often:
            missing[at] = candidate
        elif candidate is not None and candidate.public >= often * FAR_MORE_FREQUENT:
            rare[at] = candidate
    if missing:
        better, corrections, line = corrected(query, missing)
        return better, corrections, line, _held(connection, better, audiences)
    return query, (), corrected(query, rare)[2] if rare else None, held


def _held(connection: Connection, query: Query, audiences: Sequence[str]) -> list[int]:
    if not query.clauses:
        return []
    sql = Conditions()
    counts = [f"count(*) FILTER (WHERE {sql.holds(asked_by(clause))})" for clause in query.clauses]
    some = [sql.holds(asked_by(clause)) for clause in query.clauses]
    seen = sql.seen(Query(), audiences)
    row = connection.execute(
        text(f"SELECT {', '.join(counts)} FROM {SCHEMA}.record WHERE {seen} AND ({' OR '.join(some)})"),  # noqa: S608 - values are bound
        sql.values,
    ).one()
    return [int(count) for count in row]


def _candidate(connection: Connection, word: str) -> Candidate | None:
    """Words of about the same length; whether public records hold them is asked for the near ones only."""
    sought = fold(word)
    near = text(f"SELECT word FROM {SCHEMA}.word WHERE length(word) BETWEEN :least AND :most")  # noqa: S608
    words = connection.scalars(near, {"least": len(sought) - 2, "most": len(sought) + 2}).all()
    often = text(
        f"SELECT count(*) FROM {SCHEMA}.record WHERE audience = :public AND surfaces @@ CAST(:word AS tsquery)"  # noqa: S608
    )
    return meant(
        sought,
        [words],
        lambda found: int(connection.scalar(often, {"public": PUBLIC, "word": lexeme(found)}) or 0),
    )


def _found(
    connection: Connection,
    query: Query,
    asked: Sequence[Asked],
    audiences: Sequence[str],
    *,
    needed: int,
    least: int,
    page: int,
    size: int,
) -> dict[str, Any]:
    """total, widened, hits and facets in one statement, so that they are of one moment."""
    sql = Conditions()
    held = " + ".join(f"CAST({sql.holds(each)} AS integer)" for each in asked if each.needed) or "0"
    filters = sql.filters(query.filters)
    every = " AND ".join(filters.values()) or "true"
    some = " OR ".join(sql.holds(each) for each in asked) or "true"
    first = (page - 1) * size
    facets = " UNION ALL ".join(_facet(sql, facet, filters) for facet in FACETS)
    statement = f"""
        WITH held AS MATERIALIZED (
            SELECT key, family, kind, identifier, standing, day, titles, bodies, labels, folded,
                   {held} AS held, {_score(sql, asked, needed)} AS score
            FROM {SCHEMA}.record WHERE {sql.seen(query, audiences)} AND ({some})),
        strict AS (SELECT count(DISTINCT family) AS families, count(*) AS records
            FROM held WHERE held >= {needed} AND {every}),
        loose AS (SELECT count(*) AS records FROM held WHERE held >= {least} AND {every}),
        least AS (SELECT CASE WHEN strict.families >= {FEW} THEN {needed} ELSE {least} END AS least,
            strict.families < {FEW} AND loose.records > strict.records AS widened FROM strict, loose),
        kept AS MATERIALIZED (SELECT held.* FROM held, least WHERE held.held >= least.least),
        families AS (SELECT family, max(score) AS best, min(standing) AS standing,
            (array_agg(day ORDER BY {MEMBERS}))[1] AS day,
            array_agg(key ORDER BY {MEMBERS}) AS keys FROM kept WHERE {every} GROUP BY family),
        paged AS (SELECT *, row_number() OVER (ORDER BY {ORDERS[query.sort]}) AS place FROM families
            ORDER BY place LIMIT {size if first < DEEPEST_HIT else 0} OFFSET {first}),
        shown AS (SELECT paged.place, paged.best, kept.*, array_position(paged.keys, kept.key) AS rank
            FROM paged JOIN kept ON kept.key = ANY(paged.keys[1:{MOST_OTHERS + 1}]))
        SELECT (SELECT count(*) FROM families) AS total, (SELECT widened FROM least) AS widened,
            (SELECT jsonb_agg(jsonb_build_object('place', place, 'rank', rank, 'score', best, 'key', key,
                'family', family, 'kind', kind, 'identifier', identifier, 'standing', standing, 'day', day,
                'titles', CASE WHEN rank = 1 THEN titles END, 'bodies', CASE WHEN rank = 1 THEN bodies END)
                ORDER BY place, rank) FROM shown) AS members,
            (SELECT jsonb_agg(jsonb_build_array(facet, value, families)) FROM ({facets}) counted) AS facets
    """  # noqa: S608 - values are bound, the rest is ours
    row = connection.execute(text(statement), sql.values).one()
    hits: dict[int, list[dict[str, Any]]] = {}
    for member in row.members or ():
        hits.setdefault(member["place"], []).append(member)
    return {"total": row.total, "widened": row.widened, "hits": list(hits.values()), "facets": row.facets or []}


def _score(sql: Conditions, asked: Sequence[Asked], needed: int) -> str:
    """The server's rank for each clause, more for more clauses, less for what is not in force."""
    ranks = [f"ts_rank({RANKS}, vector, CAST({sql.put(each.words)} AS tsquery), 1)" for each in asked if each.words]
    ranks += [f"0.05 * CAST({sql.holds(each)} AS integer)" for each in asked if each.beginnings]
    covered = " + ".join(f"CAST({sql.holds(each)} AS integer)" for each in asked if each.needed) or "1"
    factors = sql.put([*WEIGHTS.standing, WEIGHTS.standing[-1]])
    standing = f"(CAST({factors} AS double precision[]))[least(standing, {len(WEIGHTS.standing)}) + 1]"
    return f"({' + '.join(ranks) or '0'}) * (0.2 + ({covered}) / {max(1, needed)}.0) * {standing}"


def _facet(sql: Conditions, facet: str, filters: Mapping[str, str]) -> str:
    """Values and families of one facet, under the filters of all others."""
    start = sql.put(facet + SEPARATOR)
    others = " AND ".join(condition for name, condition in filters.items() if name != facet) or "true"
    return (
        f"SELECT {sql.put(facet)} AS facet, substr(label, length({start}) + 1) AS value,"  # noqa: S608 - values are bound
        f" count(DISTINCT family) AS families FROM kept, unnest(labels) AS label"
        f" WHERE starts_with(label, {start}) AND {others} GROUP BY 2"
    )


def _facets(query: Query, counted: Sequence[tuple[str, str, int]]) -> dict[str, tuple[FacetValue, ...]]:
    chosen = {(f.facet, value.casefold()): value for f in query.filters if not f.excluded for value in f.values}
    out: dict[str, list[FacetValue]] = {facet: [] for facet in FACETS}
    for facet, value, families in counted:
        out[facet].append(FacetValue(value, families, chosen.pop((facet, value.casefold()), None) is not None))
    for values in out.values():
        values.sort(key=lambda value: (-value.count, value.value))
    return {
        facet: tuple(v for i, v in enumerate(values) if i < MOST_VALUES or v.selected) for facet, values in out.items()
    }


def _hit(members: Sequence[dict[str, Any]], is_asked: extracts.IsAsked) -> Hit:
    head, *others = members
    body = extracts.body(head["bodies"], is_asked)
    return Hit(
        key=head["key"],
        family=head["family"],
        kind=head["kind"],
        identifier=head["identifier"],
        score=round(float(head["score"]), 4),
        standing=head["standing"],
        day=_day(head),
        title=extracts.title(head["titles"], is_asked),
        extracts=(body,) if body else (),
        others=tuple(Member(m["key"], m["identifier"], m["kind"], m["standing"], _day(m)) for m in others),
    )


def _day(member: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(member["day"]) if member["day"] else None


def suggestions(connection: Connection, prefix: str, audiences: Set[str], *, limit: int) -> tuple[Suggestion, ...]:
    """Public records whose numbers, names or titles hold these words, the last one as a beginning."""
    words = [match[0] for match in words_of(prefix[:200])][:MOST_WORDS_SUGGESTED]
    if PUBLIC not in audiences or not words:
        return ()
    last = Clause((Term(words[-1], TermKind.PREFIX), Term(words[-1])))
    clauses = [*(Clause((Term(word),)) for word in words[:-1]), last]
    asked = [replace(asked_by(clause, head_only=True), needed=True) for clause in clauses]
    sql = Conditions()
    held = " AND ".join(sql.holds(each) for each in asked)
    statement = f"""
        SELECT key, kind, identifier, titles FROM (
            SELECT DISTINCT ON (family) family, key, kind, identifier, titles, standing, day,
                max(score) OVER (PARTITION BY family) AS best
            FROM (SELECT *, {_score(sql, asked, len(asked))} AS score FROM {SCHEMA}.record
                WHERE audience = {sql.put(PUBLIC)} AND {held}) found
            ORDER BY family, {MEMBERS}) heads
        ORDER BY best DESC, standing, day DESC NULLS LAST, family LIMIT {int(limit)}
    """  # noqa: S608 - values are bound
    rows: Rows = connection.execute(text(statement), sql.values).all()
    return tuple(
        Suggestion(row.key, row.kind, row.identifier, row.titles.get("en") or next(iter(row.titles.values()), ""))
        for row in rows
    )
