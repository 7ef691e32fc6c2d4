"""A query answered from a snapshot: match, widen, correct, collapse, count, load one page."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from sgdocs.search import extracts
from sgdocs.search.analysis import words_of
from sgdocs.search.arrays import Mask
from sgdocs.search.collapse import Families, collapsed, counted, holding, others_of
from sgdocs.search.corrections import FAR_MORE_FREQUENT, Candidate, correctable, corrected, meant
from sgdocs.search.engine import (
    BIGGEST_PAGE,
    DEEPEST_HIT,
    PUBLIC,
    Clause,
    Correction,
    Hit,
    Member,
    Query,
    Results,
    Suggestion,
    Term,
    TermKind,
)
from sgdocs.search.extracts import IsAsked
from sgdocs.search.matching import Match, Matcher, Scored, scored
from sgdocs.search.ranking import ENOUGH, FEW, MOST_OTHERS, MOST_WORDS_SUGGESTED
from sgdocs.search.snapshot import Snapshot
from sgdocs.search.whoosh_schema import HEAD_WORDS, WORDS


def answer(snapshot: Snapshot, query: Query, audiences: Set[str]) -> Results:
    """One page of what the audiences may see."""
    page, size = max(1, query.page), min(max(1, query.size), BIGGEST_PAGE)
    if query.empty or not snapshot.size:
        return Results(page=page, size=size)
    seen = _dated(snapshot, query, snapshot.seen_by(audiences))
    found = _found(snapshot, query, seen)
    filters = {f.facet: np.ones(snapshot.size, bool) for f in query.filters}
    for wanted in query.filters:
        values = snapshot.facets[wanted.facet]
        filters[wanted.facet] &= holding(values.names, values.docs, values.numbers, wanted, snapshot.size)
    within = others_of(filters, "", seen & found.allowed)
    mask, widened = _few_or_all(snapshot, found, within, exact=query.exact)
    families = collapsed(
        mask,
        found.scored.score,
        family=snapshot.family,
        standing=snapshot.standing,
        day=snapshot.day,
        sort=query.sort,
    )
    matching = seen & found.allowed & (found.scored.held >= found.least(widened=widened))
    return Results(
        total=len(families.heads),
        hits=_page(snapshot, families, extracts.asked_by(found.query.clauses), page, size),
        page=page,
        size=size,
        facets={
            facet: counted(
                values.names,
                values.docs,
                values.numbers,
                others_of(filters, facet, matching),
                families=snapshot.family_order,
                chosen=[v for f in query.filters if f.facet == facet and not f.excluded for v in f.values],
            )
            for facet, values in snapshot.facets.items()
        },
        corrections=found.corrections,
        did_you_mean=found.did_you_mean,
        widened=widened,
    )


@dataclass(frozen=True)
class _Found:
    """query: after corrections. allowed: what the exclusions leave."""

    query: Query
    scored: Scored
    allowed: Mask
    corrections: tuple[Correction, ...]
    did_you_mean: str | None

    def least(self, *, widened: bool) -> int:
        """How many of the words must be there."""
        if not widened:
            return self.scored.needed
        return max(1, min(ENOUGH, self.scored.alive - 1))


def _found(snapshot: Snapshot, query: Query, seen: Mask) -> _Found:
    matcher = Matcher(snapshot)
    matches = [matcher.match(clause) for clause in query.clauses]
    corrections: tuple[Correction, ...] = ()
    line = None
    if not query.exact:
        missing, rare = _doubtful(snapshot, query.clauses, matches, seen)
        if missing:
            query, corrections, line = corrected(query, missing)
            for at in missing:
                matches[at] = matcher.match(query.clauses[at])
        elif rare:
            line = corrected(query, rare)[2]
    allowed = np.ones(snapshot.size, bool)
    for term in query.excluded:
        allowed &= ~matcher.match(Clause((term,))).holds
    return _Found(query, scored(matcher, query.clauses, matches), allowed, corrections, line)


def _doubtful(
    snapshot: Snapshot, clauses: Sequence[Clause], matches: Sequence[Match], seen: Mask
) -> tuple[dict[int, Candidate], dict[int, Candidate]]:
    """Clauses without a hit that this reader may see, and rare ones with a far more frequent neighbour."""
    missing, rare = {}, {}
    for at, (clause, match) in enumerate(zip(clauses, matches, strict=True)):
        term = correctable(clause)
        often = int((match.holds & seen).sum())
        if term is None or often > 2:
            continue
        candidate = meant(
            term.text,
            [segment.lexicon(field).words for segment in snapshot.segments for field in (HEAD_WORDS, WORDS)],
            lambda word: sum(
                int(snapshot.public[snapshot.find(field, word).docs].sum()) for field in (HEAD_WORDS, WORDS)
            ),
        )
        if candidate is not None and not often:
            missing[at] = candidate
        elif candidate is not None and candidate.public >= often * FAR_MORE_FREQUENT:
            rare[at] = candidate
    return missing, rare


def _few_or_all(snapshot: Snapshot, found: _Found, within: Mask, *, exact: bool) -> tuple[Mask, bool]:
    """Documents with all the words; with some of them when those are few."""
    strict = within & (found.scored.held >= found.scored.needed)
    if exact or found.scored.needed < 2:
        return strict, False
    if len(np.unique(snapshot.family[strict])) >= FEW:
        return strict, False
    loose = within & (found.scored.held >= found.least(widened=True))
    return loose, bool(loose.sum() > strict.sum())


def _dated(snapshot: Snapshot, query: Query, mask: Mask) -> Mask:
    if query.since:
        mask = mask & (snapshot.day >= query.since.toordinal())
    if query.until:
        mask = mask & (snapshot.day <= query.until.toordinal()) & (snapshot.day > 0)
    return mask


def _page(snapshot: Snapshot, families: Families, is_asked: IsAsked, page: int, size: int) -> tuple[Hit, ...]:
    first = (page - 1) * size
    last = min(first + size, len(families.heads), DEEPEST_HIT)
    return tuple(_hit(snapshot, families, at, is_asked) for at in range(first, last))


def _hit(snapshot: Snapshot, families: Families, at: int, is_asked: IsAsked) -> Hit:
    head = int(families.heads[at])
    segment, number = snapshot.where(head)
    key, family, kind, identifier = segment.brief(number)
    text = segment.text(number)
    body = extracts.body(text["bodies"], is_asked)
    first = int(families.starts[at]) + 1
    others = families.docs[first : min(int(families.ends[at]), first + MOST_OTHERS)]
    return Hit(
        key=key,
        family=family,
        kind=kind,
        identifier=identifier,
        score=round(float(families.scores[at]), 4),
        standing=int(snapshot.standing[head]),
        day=_day(snapshot, head),
        title=extracts.title(text["titles"], is_asked),
        extracts=(body,) if body else (),
        others=tuple(_member(snapshot, int(doc)) for doc in others),
    )


def _member(snapshot: Snapshot, doc: int) -> Member:
    segment, number = snapshot.where(doc)
    key, _, kind, identifier = segment.brief(number)
    return Member(key, identifier, kind, int(snapshot.standing[doc]), _day(snapshot, doc))


def _day(snapshot: Snapshot, doc: int) -> date | None:
    return date.fromordinal(int(snapshot.day[doc])) if snapshot.day[doc] else None


def suggestions(snapshot: Snapshot, prefix: str, audiences: Set[str], *, limit: int) -> tuple[Suggestion, ...]:
    """Public records whose numbers, names or titles hold these words, the last one as a beginning."""
    words = [match[0] for match in words_of(prefix[:200])][:MOST_WORDS_SUGGESTED]
    if PUBLIC not in audiences or not words or not snapshot.size:
        return ()
    last = words[-1]
    options = (Term(last, TermKind.PREFIX), Term(last))
    clauses = [*(Clause((Term(word),)) for word in words[:-1]), Clause(options)]
    matcher = Matcher(snapshot)
    matches = [replace(matcher.match(clause, head_only=True), needed=True) for clause in clauses]
    worth = scored(matcher, clauses, matches)
    mask = snapshot.public & (worth.held >= worth.needed)
    families = collapsed(
        mask, worth.score, family=snapshot.family, standing=snapshot.standing, day=snapshot.day, sort=Query().sort
    )
    return tuple(_suggestion(snapshot, int(head)) for head in families.heads[:limit])


def _suggestion(snapshot: Snapshot, doc: int) -> Suggestion:
    segment, number = snapshot.where(doc)
    key, _, kind, identifier = segment.brief(number)
    titles = segment.text(number)["titles"]
    return Suggestion(key, kind, identifier, titles.get("en") or next(iter(titles.values()), ""))
