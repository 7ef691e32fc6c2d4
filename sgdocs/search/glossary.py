"""Terms of the field in the six languages: what a query in one language means in another. Pure.

The terms of the package stand in `data/glossary.tsv`; the secretariat adds to them, replaces and removes them.
A term is known by its English words. A word leads to the terms it stands in and no further, so that circles end.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.base.text import one_line
from sgdocs.search.analysis import fold
from sgdocs.search.engine import LANGUAGES

LONGEST_FORM = 120
MOST_FORMS = 12
MOST_SERIES = 4
BETWEEN: Final = ";"

FORM = rule("search.glossary-form", "“{value}” will not do as a term: 2 to 120 characters, with a letter.")
LANGUAGE = rule(
    "search.glossary-languages",
    "A term needs its English words and those of another language, at most 12 for each.",
)
SERIES = rule("search.glossary-series", "“{value}” is no series: one to four letters, or *.")
DUPLICATE = rule(
    "search.glossary-duplicate",
    "“{word}” stands under “{term}” already; add the other words there.",
)
CIRCLE = rule(
    "search.glossary-circle",
    "“{term}” and this one lead to each other by “{one}” and “{two}”: they are one term; add the words there.",
)

Forms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Concept:
    """One thing with its words by language, the preferred one first. series: letters, or * for every series."""

    series: str
    forms: Forms

    @property
    def term(self) -> str:
        return self.forms["en"][0]

    @property
    def key(self) -> str:
        return key_of(self.term)


Glossary = Mapping[str, Concept]


def key_of(form: str) -> str:
    """For comparison: no case, no accents, hyphens as spaces."""
    return fold(" ".join(form.replace("-", " ").split()))


def tidied(forms: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """The words of each language cleaned, empty ones and those given twice left out."""
    tidy = {}
    for language in LANGUAGES:
        unique: dict[str, str] = {}
        for form in map(one_line, forms.get(language, ())):
            if form:
                unique.setdefault(key_of(form), form)
        if unique:
            tidy[language] = tuple(unique.values())
    return tidy


def why_not_concept(series: str, forms: Forms) -> Refusal | None:
    """The reason why these words can be no term of a glossary, whatever else stands in it."""
    if not 1 <= len(series) <= MOST_SERIES or not (series == "*" or (series.isascii() and series.isalpha())):
        return Refusal(SERIES, {"value": series[:40]}, "series")
    if "en" not in forms or len(forms) < 2 or any(len(each) > MOST_FORMS for each in forms.values()):
        return Refusal(LANGUAGE, {}, "en")
    for language, each in forms.items():
        bad = next((form for form in each if not _is_form(form)), None)
        if bad is not None:
            return Refusal(FORM, {"value": bad[:LONGEST_FORM]}, language)
    return None


def why_not_beside(forms: Forms, others: Iterable[Concept]) -> Refusal | None:
    """The reason why a term cannot stand beside the others: an English word of it is theirs, or two words
    of other languages lead from one to the other and back.
    """
    mine = {language: {key_of(form): form for form in each} for language, each in forms.items()}
    for other in others:
        shared = {
            language: [form for form in each if key_of(form) in mine.get(language, ())]
            for language, each in other.forms.items()
        }
        if shared.get("en"):
            return Refusal(DUPLICATE, {"word": shared["en"][0], "term": other.term}, "en")
        by = [(language, each[0]) for language, each in shared.items() if each]
        if len(by) > 1:
            return Refusal(CIRCLE, {"term": other.term, "one": by[0][1], "two": by[1][1]}, by[1][0])
    return None


@cache
def packaged() -> Glossary:
    """The terms of the package, by key."""
    table = (files("sgdocs.search") / "data" / "glossary.tsv").read_text(encoding="utf-8")
    return by_key(read(table))


def read(table: str) -> list[Concept]:
    """Tab separated, a heading first (series, en, fr …); words of one cell are parted by semicolons."""
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Concept(row["series"], tidied({code: parted(row[code] or "") for code in LANGUAGES})) for row in rows]


def parted(cell: str) -> list[str]:
    return cell.split(BETWEEN)


def by_key(concepts: Sequence[Concept]) -> Glossary:
    return {concept.key: concept for concept in concepts}


def _is_form(form: str) -> bool:
    return 2 <= len(form) <= LONGEST_FORM and any(c.isalpha() for c in form)
