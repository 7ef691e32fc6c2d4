"""A whole glossary brought as a table: each line is taken, joined with another, or refused with its reason. Nothing is half done.

Duplicates are mended: lines with the same first English word become one term with the words of all. A line that stands under
another term already, or leads with it in a circle, is refused; the others are taken.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, Refusal, refuse
from sgdocs.base.rulebook import rule
from sgdocs.policy import Permission
from sgdocs.search.engine import LANGUAGES
from sgdocs.search.glossaries import glossary
from sgdocs.search.glossary import BETWEEN, Concept, key_of, parted, tidied, why_not_beside, why_not_concept
from sgdocs.search.glossary_actions import enter

MOST_LINES: Final = 5_000
MOST_BYTES: Final = 2_000_000
TABLE = rule(
    "search.glossary-table",
    "This is no glossary: a table in UTF-8 with tabs is, with the columns series, en and those of other languages, "
    "at most 2 MB and 5,000 lines.",
)


@dataclass(frozen=True)
class Line:
    """number: in the file, the heading is 1."""

    number: int
    concept: Concept


@dataclass
class Taken:
    """entered: terms written; same: terms that stood so already; joined: lines that became part of one before;
    refused: lines with the reason why not."""

    entered: int = 0
    same: int = 0
    joined: list[int] = field(default_factory=list)
    refused: list[tuple[int, Refusal]] = field(default_factory=list)


def put_table(act: Act, data: bytes) -> Taken:
    """Enter what can be entered. Invalid for a file that is no such table. Time grows with its lines alone."""
    policy.require(act.actor, Permission.EDIT_VOCABULARY)
    taken = Taken()
    lines = _joined(_read(data, taken), taken)
    known = dict(glossary(act.session))
    places = _Places(known.values())
    for line in lines:
        concept = line.concept
        near = [known[key] for key in places.near(concept) if key != concept.key and key in known]
        refusal = why_not_beside(concept.forms, near)
        if refusal is not None:
            taken.refused.append((line.number, refusal))
        elif known.get(concept.key) == concept:
            taken.same += 1
        else:
            enter(act, concept, known.get(concept.key))
            known[concept.key] = concept
            places.add(concept)
            taken.entered += 1
    taken.refused.sort(key=lambda one: one[0])
    return taken


def written(terms: Mapping[str, Concept]) -> str:
    """The glossary as such a table."""
    rows = ["\t".join(("series", *LANGUAGES))]
    for key in sorted(terms):
        concept = terms[key]
        rows.append("\t".join((concept.series, *(BETWEEN.join(concept.forms.get(code, ())) for code in LANGUAGES))))
    return "\n".join(rows) + "\n"


class _Places:
    """By word: in which terms it stands."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.held: dict[tuple[str, str], set[str]] = defaultdict(set)
        for concept in concepts:
            self.add(concept)

    def add(self, concept: Concept) -> None:
        for place in _words(concept):
            self.held[place].add(concept.key)

    def near(self, concept: Concept) -> list[str]:
        return sorted(set().union(*(self.held.get(place, ()) for place in _words(concept))))


def _words(concept: Concept) -> Iterator[tuple[str, str]]:
    return ((language, key_of(form)) for language, forms in concept.forms.items() for form in forms)


def _read(data: bytes, taken: Taken) -> list[Line]:
    """The lines that can be terms; the others are noted."""
    try:
        table = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        table = []
    heading = table[0].split("\t") if table else []
    is_table = "series" in heading and "en" in heading and len(set(heading)) == len(heading)
    if len(data) > MOST_BYTES or len(table) > MOST_LINES + 1 or not is_table:
        refuse(Refusal(TABLE, {}, "file"), Invalid)
    found = []
    for number, row in enumerate(csv.reader(table[1:], delimiter="\t", quoting=csv.QUOTE_NONE), 2):
        cells = dict(zip(heading, row, strict=False))
        if not any(cell.strip() for cell in row):
            continue
        series = cells.get("series", "").strip().upper() or "*"
        forms = tidied({code: parted(cells.get(code, "")) for code in LANGUAGES})
        refusal = why_not_concept(series, forms)
        if refusal is not None:
            taken.refused.append((number, refusal))
        else:
            found.append(Line(number, Concept(series, forms)))
    return found


def _joined(lines: list[Line], taken: Taken) -> list[Line]:
    """Lines with the same term as one, with the words of all in their order."""
    by_key: dict[str, Line] = {}
    for line in lines:
        first = by_key.get(line.concept.key)
        if first is None:
            by_key[line.concept.key] = line
            continue
        both = {code: (*first.concept.forms.get(code, ()), *line.concept.forms.get(code, ())) for code in LANGUAGES}
        concept = Concept(first.concept.series, tidied(both))
        refusal = why_not_concept(concept.series, concept.forms)
        if refusal is not None:
            taken.refused.append((line.number, refusal))
            continue
        taken.joined.append(line.number)
        by_key[line.concept.key] = Line(first.number, concept)
    return list(by_key.values())
