"""A query against a snapshot: which documents match, and what each is worth. Arrays as long as the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from sgdocs.search.analysis import Form, beginning, forms, is_stop_word, phrase
from sgdocs.search.arrays import Floats, Ints, Mask
from sgdocs.search.engine import Clause, Term, TermKind
from sgdocs.search.ranking import WEIGHTS, Role, Weights, frequency, rarity, saturated
from sgdocs.search.snapshot import Found, Snapshot
from sgdocs.search.whoosh_schema import BODIES, HEAD_WORDS, NAMES, NUMBER, NUMBER_PARTS, TEXT_LANGUAGES, TITLES, WORDS

MOST_EXPANSIONS = 200
MOST_PAIRS = 12


@dataclass(frozen=True)
class Match:
    """One clause: where it holds, its worth before rarity, and whether it must hold at all."""

    holds: Mask
    worth: Floats
    needed: bool


class Matcher:
    """Looks up terms of one snapshot."""

    def __init__(self, snapshot: Snapshot, weights: Weights = WEIGHTS) -> None:
        self.snapshot = snapshot
        self.weights = weights
        present = set().union(*(segment.fields for segment in snapshot.segments)) if snapshot.segments else set()
        self.languages = [language for language in TEXT_LANGUAGES if {TITLES[language], BODIES[language]} & present]

    def match(self, clause: Clause, *, head_only: bool = False) -> Match:
        worth = np.zeros(self.snapshot.size, np.float32)
        for term in clause.options:
            np.maximum(worth, term.weight * self._term(term, head_only=head_only), out=worth)
        needed = not all(term.kind is TermKind.WORD and is_stop_word(term.text) for term in clause.options)
        return Match(worth > 0, worth, needed)

    def adjacency(self, clauses: Sequence[Clause]) -> Floats:
        """The bonus for typed words that follow each other in a text, before rarity: pairs as typed."""
        bonus = np.zeros(self.snapshot.size, np.float32)
        for first, second in list(pairwise(clauses))[:MOST_PAIRS]:
            one, two = first.options[0], second.options[0]
            if TermKind.PREFIX not in (one.kind, two.kind):
                bonus += self._adjacent(f"{one.text} {two.text}")
        return bonus

    def _term(self, term: Term, *, head_only: bool) -> Floats:
        if term.kind is TermKind.PREFIX:
            return self._prefix(term.text, head_only=head_only)
        as_phrase = term.kind is TermKind.PHRASE
        single = [form for form in forms(term.text) if len(form.terms) == 1]
        worth = self._role([NUMBER], single, self.weights.number)
        worth += self._role([NUMBER_PARTS], single, self.weights.number_parts)
        plain = phrase(term.text) if as_phrase else forms(term.text)
        worth += self._role([NAMES], plain, self.weights.names)
        for named, role in ((TITLES, self.weights.title), (BODIES, self.weights.body)):
            if head_only and named is BODIES:
                continue
            for language in self.languages:
                sought = phrase(term.text, language) if as_phrase else forms(term.text, language)
                worth += self._role([named[language]], sought, role)
        return worth

    def _role(self, fields: Sequence[str], sought: Sequence[Form], role: Role) -> Floats:
        """The best form's saturated frequency in these fields, times the weight of the role."""
        worth = np.zeros(self.snapshot.size, np.float32)
        for field in fields:
            lengths = self.snapshot.lengths.get(field)
            for form in sought:
                found = self._found(field, form)
                if not len(found.docs):
                    continue
                often = found.counts
                if lengths is not None:
                    often = frequency(often, lengths[0][found.docs], lengths[1], length=role.length)
                value = form.weight * role.weight * saturated(often, self.weights.saturation)
                worth[found.docs] = np.maximum(worth[found.docs], value)
        return worth

    def _found(self, field: str, form: Form) -> Found:
        if len(form.terms) == 1:
            return self.snapshot.find(field, form.terms[0])
        return self.snapshot.find_phrase(field, form.terms)

    def _prefix(self, text: str, *, head_only: bool) -> Floats:
        """Words as written that begin so; bounded, the most frequent first."""
        worth = np.zeros(self.snapshot.size, np.float32)
        start = beginning(text)
        for field, value in ((HEAD_WORDS, self.weights.title.weight), (WORDS, self.weights.body.weight)):
            if head_only and field == WORDS:
                continue
            for word in self.snapshot.starting(field, start, MOST_EXPANSIONS):
                docs = self.snapshot.find(field, word).docs
                worth[docs] = np.maximum(worth[docs], value / 2)
        return worth

    def _adjacent(self, text: str) -> Floats:
        bonus = np.zeros(self.snapshot.size, np.float32)
        for named, value in ((TITLES, self.weights.adjacent_title), (BODIES, self.weights.adjacent)):
            for language in self.languages:
                for form in phrase(text, language):
                    docs = self._found(named[language], form).docs
                    bonus[docs] = np.maximum(bonus[docs], value * rarity(self.snapshot.size, len(docs)))
        return bonus


@dataclass(frozen=True)
class Scored:
    """held: how many of the needed clauses hold; needed: how many there are;
    alive: how many of these hold anywhere."""

    score: Floats
    held: Ints
    needed: int
    alive: int


def scored(matcher: Matcher, clauses: Sequence[Clause], matches: Sequence[Match]) -> Scored:
    """Every document's worth. A query of stop words alone needs them all."""
    size = matcher.snapshot.size
    weights = matcher.weights
    all_needed = not any(match.needed for match in matches)
    held = np.zeros(size, np.int64)
    score, reached, reachable = np.zeros(size, np.float32), np.zeros(size, np.float32), 0.0
    for match in matches:
        rare = rarity(size, int(match.holds.sum()))
        score += rare * match.worth
        if match.needed or all_needed:
            held += match.holds
            reached += rare * match.holds
            reachable += rare
    if len(clauses) > 1:
        score += matcher.adjacency(clauses)
        score *= 1 - weights.covered + weights.covered * reached / max(reachable, 1e-9)
    factors = np.asarray(weights.standing, np.float32)
    score *= factors[np.clip(matcher.snapshot.standing, 0, len(factors) - 1)]
    asked = [match for match in matches if match.needed or all_needed]
    return Scored(score, held, len(asked), sum(1 for match in asked if match.holds.any()))
