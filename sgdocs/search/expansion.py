"""A query with the other words that mean the same: acronyms, synonyms, spellings, numbers typed apart. Pure.

Several words that stand for one ("passive optical network", PON) are handled by giving each of them the
short form as an alternative: (passive or PON) and (optical or PON) and (network or PON).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from sgdocs.search.analysis import fold
from sgdocs.search.engine import Clause, Query, Term, TermKind
from sgdocs.search.vocabulary import Vocabulary, both_ways

WEIGHT_ADDED = 0.6
WEIGHT_SPELLING = 1.0
WEIGHT_CODE = 0.5
_PROVISIONAL = re.compile(r"[A-Za-z]\.([A-Za-z][\w-]+)")
MOST_WORDS_OF_FULL_FORM = 8
MOST_OPTIONS = 16


def expanded(query: Query, vocabulary: Vocabulary) -> Query:
    """The query with alternatives added to its clauses; the typed words keep the greater weight."""
    if query.exact:
        return query
    return replace(query, clauses=tuple(_with_vocabulary(_with_numbers(query.clauses), vocabulary)))


class Table:
    """A vocabulary made ready for looking up; build it once for each state of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.same = _folded(both_ways(vocabulary.synonyms))
        self.spelt = _folded(both_ways(vocabulary.spellings))
        acronyms = [(short, *full) for short, full in vocabulary.acronyms.items()]
        self.short: dict[str, dict[str, None]] = {}
        for short, *fulls in acronyms:
            self.same.setdefault(fold(short), {}).update(dict.fromkeys(fulls))
            for full in fulls:
                self.short.setdefault(_key(full), {})[short] = None

    def others(self, text: str) -> list[tuple[str, float]]:
        """What else may stand for a word or a run of words, with weights."""
        key = _key(text)
        if code := _PROVISIONAL.fullmatch(text):  # a series letter and an acronym: the code of a work item
            return [(w, WEIGHT_CODE) for w in self.same.get(_key(code[1]), {})]
        added = (*self.same.get(key, {}), *self.short.get(key, {}))
        return [(w, WEIGHT_SPELLING) for w in self.spelt.get(key, {})] + [(w, WEIGHT_ADDED) for w in added]


def _folded(table: dict[str, tuple[str, ...]]) -> dict[str, dict[str, None]]:
    out: dict[str, dict[str, None]] = {}
    for word, others in table.items():
        out.setdefault(_key(word), {}).update(dict.fromkeys(others))
    return out


def _key(text: str) -> str:
    return fold(" ".join(text.replace("-", " ").split()))


def _with_vocabulary(clauses: Sequence[Clause], vocabulary: Vocabulary) -> list[Clause]:
    table = table_of(vocabulary)
    added: list[dict[Term, None]] = [{} for _ in clauses]
    for start in range(len(clauses)):
        for end in range(start + 1, min(len(clauses), start + MOST_WORDS_OF_FULL_FORM) + 1):
            words = [_single(clause) for clause in clauses[start:end]]
            if None in words:
                break
            for text, weight in table.others(" ".join(w for w in words if w)):
                for at in range(start, end):
                    added[at][_term(text, weight)] = None
    return [_joined(clause, more) for clause, more in zip(clauses, added, strict=True)]


def _with_numbers(clauses: Sequence[Clause]) -> list[Clause]:
    """ "g 652" also as "g652": short letters and a number typed apart."""
    added: list[dict[Term, None]] = [{} for _ in clauses]
    for at in range(len(clauses) - 1):
        letters, number = _single(clauses[at]), _single(clauses[at + 1])
        if letters and number and letters.isalpha() and len(letters) <= 3 and number[0].isdigit():
            added[at][Term(letters + number)] = None
            added[at + 1][Term(letters + number)] = None
    return [_joined(clause, more) for clause, more in zip(clauses, added, strict=True)]


def _single(clause: Clause) -> str | None:
    """The one typed word or phrase of a clause; None when it has typed alternatives or is a prefix."""
    typed = [term for term in clause.options if term.weight == 1.0]
    first = clause.options[0]
    return first.text if typed and first.kind is not TermKind.PREFIX else None


def _term(text: str, weight: float) -> Term:
    return Term(text, TermKind.PHRASE if " " in text.strip() else TermKind.WORD, weight)


def _joined(clause: Clause, more: dict[Term, None]) -> Clause:
    have = {(term.text, term.kind) for term in clause.options}
    new = [term for term in more if (term.text, term.kind) not in have]
    return Clause((clause.options + tuple(new))[:MOST_OPTIONS])


_TABLES: dict[int, tuple[Vocabulary, Table]] = {}


def table_of(vocabulary: Vocabulary) -> Table:
    """The table of this very vocabulary; the last one is kept."""
    kept = _TABLES.get(0)
    if kept is None or kept[0] is not vocabulary:
        kept = _TABLES[0] = (vocabulary, Table(vocabulary))
    return kept[1]
