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
WORTH_OF_STOP_WORD: Final = 0.1
Rows = Sequence[Row[Any]]


def answer(connection: Connection, query: Query, audiences: Set[str]) -> Results:
    """One page of what the audiences may see; asked twice only when a word has to be corrected."""
    page, size = max(1, query.page), min(max(1, query.size), BIGGEST_PAGE)
    if query.empty:
        return Results(page=page, size=size)
    query = replace(query, page=page, size=size)
    found = _found(connection, query, sorted(audiences))
    missing, rare = _doubtful(connection, query, found["held"])
    corrections: tuple[Correction, ...] = ()
    line = corrected(query, rare)[2] if rare else None
    if missing:
        query, corrections, line = corrected(query, missing)
        found = _found(connection, query, sorted(audiences))
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


def _doubtful(
    connection: Connection, query: Query, held: Sequence[int]
) -> tuple[dict[int, Candidate], dict[int, Candidate]]:
    """Clauses without a hit that this reader may see, and rare ones with a far more frequent neighbour."""
    missing, rare = {}, {}
    for at, (clause, often) in enumerate(zip(query.clauses, held, strict=True)):
        term = correctable(clause)
        if query.exact or term is None or often > 2:
            continue
        candidate = _candidate(connection, term.text)
        if candidate is not None and not often:
            missing[at] = candidate
        elif candidate is not None and candidate.public >= often * FAR_MORE_FREQUENT:
            rare[at] = candidate
    return missing, rare


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


def _found(connection: Connection, query: Query, audiences: Sequence[str]) -> dict[str, Any]:
    """total, widened, hits, facets and in how many records each clause holds: one statement, one moment.

    `held`: which clauses hold where; `least`: how many must; `kept`: what is left, with its score.
    """
    sql = Conditions()
    asked = [asked_by(clause) for clause in query.clauses]
    if not any(each.needed for each in asked):
        asked = [replace(each, needed=True) for each in asked]
    needed = [n for n, each in enumerate(asked) if each.needed]
    filters = sql.filters(query.filters)
    every = " AND ".join(filters.values()) or "true"
    first = (query.page - 1) * query.size
    statement = f"""
        WITH {_held(sql, query, asked, audiences)},
        often AS (SELECT ARRAY[count(*){"".join(f", count(*) FILTER (WHERE h{n})" for n in range(len(asked)))}] AS often
            FROM held),
        counted AS MATERIALIZED (SELECT *, {_sum(needed)} AS held FROM held),
        least AS MATERIALIZED (SELECT {_least(query, needed)} AS least FROM often),
        strict AS (SELECT count(DISTINCT family) AS families, count(*) AS records
            FROM counted WHERE held >= {len(needed)} AND {every}),
        loose AS (SELECT count(*) AS records FROM counted, least WHERE held >= least AND {every}),
        chosen AS MATERIALIZED (SELECT CASE WHEN families >= {FEW} THEN {len(needed)} ELSE least END AS least,
            families < {FEW} AND loose.records > strict.records AS widened FROM strict, loose, least),
        kept AS MATERIALIZED (SELECT counted.*, {_score(sql, asked)} AS score
            FROM counted JOIN {SCHEMA}.record USING (key), chosen WHERE held >= least),
        families AS (SELECT family, max(score) AS best, (array_agg(day ORDER BY {MEMBERS}))[1] AS day,
            min(standing) AS standing, array_agg(key ORDER BY {MEMBERS}) AS keys
            FROM kept WHERE {every} GROUP BY family),
        paged AS (SELECT *, row_number() OVER (ORDER BY {ORDERS[query.sort]}) AS place FROM families
            ORDER BY place LIMIT {query.size if first < DEEPEST_HIT else 0} OFFSET {first}),
        shown AS (SELECT place, rank, best, record.* FROM paged,
            unnest(paged.keys[1:{MOST_OTHERS + 1}]) WITH ORDINALITY AS member(key, rank)
            JOIN {SCHEMA}.record ON record.key = member.key)
        SELECT (SELECT count(*) FROM families) AS total, (SELECT widened FROM chosen) AS widened,
            (SELECT often FROM often) AS often,
            (SELECT jsonb_agg(jsonb_build_object('place', place, 'score', best, 'key', key,
                'family', family, 'kind', kind, 'identifier', identifier, 'standing', standing, 'day', day,
                'titles', CASE WHEN rank = 1 THEN titles END, 'bodies', CASE WHEN rank = 1 THEN bodies END)
                ORDER BY place, rank) FROM shown) AS members,
            (SELECT jsonb_agg(jsonb_build_array(label, families)) FROM ({_counts(sql, filters)}) labelled) AS facets
    """  # noqa: S608 - values are bound, the rest is ours
    row = connection.execute(text(statement), sql.values).one()
    hits: dict[int, list[dict[str, Any]]] = {}
    for member in row.members or ():
        hits.setdefault(member["place"], []).append(member)
    return {
        "total": row.total,
        "widened": bool(row.widened),
        "held": row.often[1:],
        "hits": list(hits.values()),
        "facets": row.facets or [],
    }


def _held(sql: Conditions, query: Query, asked: Sequence[Asked], audiences: Sequence[str]) -> str:
    """Each clause asked of the GIN index by itself: so no vector need be read to see which clauses hold."""
    kept = f"SELECT key, family, standing, day, labels, folded FROM {SCHEMA}.record WHERE {sql.seen(query, audiences)}"  # noqa: S608
    if not asked:
        return f"held AS MATERIALIZED ({kept})"
    holding = " UNION ALL ".join(
        f"SELECT key, {n} AS clause FROM {SCHEMA}.record WHERE {sql.holds(each)}"  # noqa: S608 - values are bound
        for n, each in enumerate(asked)
    )
    flags = "".join(f", bool_or(clause = {n}) AS h{n}" for n in range(len(asked)))
    return (
        f"holding AS (SELECT key{flags} FROM ({holding}) each_clause GROUP BY key),"  # noqa: S608
        f" held AS MATERIALIZED (SELECT * FROM ({kept}) seen JOIN holding USING (key))"
    )


def _sum(needed: Sequence[int]) -> str:
    return " + ".join(f"CAST(h{n} AS integer)" for n in needed) or "0"


def _least(query: Query, needed: Sequence[int]) -> str:
    """How many of the needed clauses will do when few records hold all; words that are nowhere do not count."""
    if query.exact or len(needed) < 2:
        return str(len(needed))
    alive = " + ".join(f"CAST(often[{n + 2}] > 0 AS integer)" for n in needed)
    return f"greatest(1, least({ENOUGH}, {alive} - 1))"


def _score(sql: Conditions, asked: Sequence[Asked]) -> str:
    """The server's rank for each clause, more for more clauses, less for what is not in force."""
    ranks = [
        f"{1.0 if each.needed else WORTH_OF_STOP_WORD} * ts_rank({RANKS}, vector, CAST({sql.put(each.words)} AS tsquery), 1)"
        for each in asked
        if each.words
    ]
    ranks += [f"0.05 * CAST(h{n} AS integer)" for n, each in enumerate(asked) if each.beginnings]
    needed = [n for n, each in enumerate(asked) if each.needed]
    factors = sql.put([*WEIGHTS.standing, WEIGHTS.standing[-1]])
    standing = f"(CAST({factors} AS double precision[]))[least(record.standing, {len(WEIGHTS.standing)}) + 1]"
    return f"({' + '.join(ranks) or '0'}) * (0.2 + ({_sum(needed)}) / {max(1, len(needed))}.0) * {standing}"


def _counts(sql: Conditions, filters: Mapping[str, str]) -> str:
    """Labels and families: all facets under all filters, but a facet with a selection without its own."""
    every = " AND ".join(filters.values()) or "true"
    selected = {facet: f"starts_with(label, {sql.put(facet + SEPARATOR)})" for facet in filters}
    free = " AND ".join(f"NOT {mine}" for mine in selected.values()) or "true"
    parts = [(free, every)]
    for facet, mine in selected.items():
        parts.append((mine, " AND ".join(c for other, c in filters.items() if other != facet) or "true"))
    return " UNION ALL ".join(
        "SELECT label, count(*) AS families FROM"  # noqa: S608 - values are bound
        f" (SELECT DISTINCT label, family FROM kept, unnest(labels) AS label WHERE {mine} AND {others}) one GROUP BY label"
        for mine, others in parts
    )


def _facets(query: Query, counted: Sequence[tuple[str, int]]) -> dict[str, tuple[FacetValue, ...]]:
    chosen = {(f.facet, value.casefold()): value for f in query.filters if not f.excluded for value in f.values}
    out: dict[str, list[FacetValue]] = {facet: [] for facet in FACETS}
    for label, families in counted:
        facet, _, value = label.partition(SEPARATOR)
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
    statement = f"""
        WITH held AS (SELECT *{"".join(f", {sql.holds(each)} AS h{n}" for n, each in enumerate(asked))}
            FROM {SCHEMA}.record WHERE audience = {sql.put(PUBLIC)}
                AND {" AND ".join(sql.holds(each) for each in asked)}),
        scored AS (SELECT record.*, {_score(sql, asked)} AS score FROM held AS record),
        heads AS (SELECT DISTINCT ON (family) *, max(score) OVER (PARTITION BY family) AS best
            FROM scored ORDER BY family, {MEMBERS})
        SELECT key, kind, identifier, titles FROM heads
        ORDER BY best DESC, standing, day DESC NULLS LAST, family LIMIT {int(limit)}
    """  # noqa: S608 - values are bound
    rows: Rows = connection.execute(text(statement), sql.values).all()
    return tuple(
        Suggestion(row.key, row.kind, row.identifier, row.titles.get("en") or next(iter(row.titles.values()), ""))
        for row in rows
    )
