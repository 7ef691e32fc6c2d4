"""Words that were probably meant. Pure: the words of the index and their frequencies are given."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from sgdocs.search.analysis import fold
from sgdocs.search.engine import Clause, Correction, Query, Term, TermKind

SHORTEST = 5
TWO_EDITS_FROM = 8
FAR_MORE_FREQUENT = 50
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Candidate:
    """public: in how many public records the word is."""

    word: str
    distance: int
    public: int


def correctable(clause: Clause) -> Term | None:
    """The typed word of a clause, when it is long enough to tell what was meant."""
    term = clause.options[0]
    plain = term.kind is TermKind.WORD and term.text.isalpha() and len(term.text) >= SHORTEST
    return term if plain and all(other.weight < 1 for other in clause.options[1:]) else None


def meant(word: str, vocabularies: Iterable[Sequence[str]], public: Callable[[str], int]) -> Candidate | None:
    """The nearest word that public records hold: fewest edits, same first letter, most frequent.

    public: counts the public records that hold a word, so that no restricted word is ever proposed.
    """
    sought = fold(word)
    edits = 2 if len(sought) >= TWO_EDITS_FROM else 1
    near: dict[str, int] = {}
    for words in vocabularies:
        for found, distance, _ in process.extract(
            sought, words, scorer=OSA.distance, score_cutoff=edits, limit=MOST_CANDIDATES
        ):
            near[found] = int(distance)
    candidates = [Candidate(found, distance, public(found)) for found, distance in near.items() if found != sought]
    return min(
        (c for c in candidates if c.public and c.word.isalpha()),
        key=lambda c: (c.distance, c.word[0] != sought[0], -c.public, c.word),
        default=None,
    )


def corrected(query: Query, taken: dict[int, Candidate]) -> tuple[Query, tuple[Correction, ...], str]:
    """The query with clauses replaced, what was replaced, and the line as it might have been typed."""
    clauses, corrections, typed = list(query.clauses), [], query.typed
    for at, candidate in taken.items():
        wrong = clauses[at].options[0].text
        clauses[at] = Clause((Term(candidate.word), *clauses[at].options[1:]))
        corrections.append(Correction(wrong, candidate.word))
        typed = typed.replace(wrong, candidate.word)
    return replace(query, clauses=tuple(clauses)), tuple(corrections), typed
