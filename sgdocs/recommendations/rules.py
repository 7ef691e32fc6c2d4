"""Vocabulary of the published texts, and what is true of their names and dates. Pure. Source: domain 2.3, 2.4."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.base.text import folded as without_accents


class Kind(StrEnum):
    """What a text is. Source: domain 2.3."""

    RECOMMENDATION = "recommendation"
    AMENDMENT = "amendment"
    CORRIGENDUM = "corrigendum"
    ERRATUM = "erratum"
    ADDENDUM = "addendum"
    SUPPLEMENT = "supplement"
    ANNEX = "annex"
    APPENDIX = "appendix"
    ATTACHMENT = "attachment"
    GUIDE = "implementers-guide"
    TECHNICAL_PAPER = "technical-paper"
    TECHNICAL_REPORT = "technical-report"
    HANDBOOK = "handbook"
    DELIVERABLE = "deliverable"
    REPORT = "report"
    QUESTION = "question"
    RESOLUTION = "resolution"
    OPINION = "opinion"
    DECISION = "decision"
    DRAFT = "draft-document"
    VOLUME = "series-volume"


class Status(StrEnum):
    """Where a text stands. Source: domain 2.4; the last two are what an old catalogue knows at best."""

    PRE_PUBLISHED = "pre-published"
    IN_FORCE = "in-force"
    SUPERSEDED = "superseded"
    SUPERSEDED_EARLY = "superseded-before-publication"
    WITHDRAWN = "withdrawn"
    NOT_POSTED = "approved-not-posted"
    SUPERSEDED_OR_WITHDRAWN = "superseded-or-withdrawn"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class NameKind(StrEnum):
    """Why a family is also looked for under this name."""

    NUMBER = "number"
    FORMER = "former"
    ACRONYM = "acronym"


class RelationKind(StrEnum):
    """How a family stands to another text."""

    DERIVED_FROM = "derived-from"
    SUPPLEMENTS = "supplements"
    REPLACES = "replaces"
    BECAME = "became"
    SAME_TEXT = "same-text"
    SEE = "see"


class Process(StrEnum):
    """How a text was approved. Source: domain 6.1, 6.4, 6.6."""

    AAP = "aap"
    TAP = "tap"
    AGREEMENT = "agreement"
    ASSEMBLY = "assembly"
    ADOPTION = "adoption-and-approval"
    PSAA = "psaa"


IN_FORCE = frozenset({Status.PRE_PUBLISHED, Status.IN_FORCE})
REPLACED = frozenset({Status.SUPERSEDED, Status.SUPERSEDED_EARLY})
OUT_OF_FORCE = REPLACED | {Status.WITHDRAWN, Status.SUPERSEDED_OR_WITHDRAWN}
CHANGES = frozenset({Kind.AMENDMENT, Kind.CORRIGENDUM, Kind.ERRATUM, Kind.ADDENDUM})
APART = frozenset({Kind.ANNEX, Kind.APPENDIX, Kind.ATTACHMENT})
NOT_NORMATIVE = frozenset(Kind) - {Kind.RECOMMENDATION, Kind.AMENDMENT, Kind.CORRIGENDUM, Kind.ERRATUM, Kind.ANNEX}
LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")

BAD_DATE = rule(
    "recommendations.date", "“{value}” is no date. Write 2019-11-22, 2019-11 or 2019, or leave it empty.", "domain C0.4"
)

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_DIGITS = re.compile(r"\d+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_SPLIT = re.compile(r"[\s,;:/_()\[\]]+|(?<!\d)[.-]+|[.-]+(?!\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """The days between which something happened, both included; `None` when nothing is known."""

    first: date
    last: date


def precision(given: str) -> Precision:
    """How much a date says that is stored as it was given."""
    return {10: Precision.DAY, 7: Precision.MONTH, 4: Precision.YEAR}.get(len(given), Precision.UNKNOWN)


def why_not_date(given: str) -> Refusal | None:
    """None when it is empty, a day, a month or a year from 1800 to 2199."""
    if given == "":
        return None
    try:
        span = span_of(given)
    except ValueError:
        span = None
    return None if span else Refusal(BAD_DATE, {"value": given})


def span_of(given: str) -> Span | None:
    """The days that a date as given may mean; None for "". ValueError when it is no date."""
    if not given:
        return None
    found = _DATE.fullmatch(given)
    if not found or not given.isascii() or not 1800 <= int(found[1]) <= 2199:
        raise ValueError(given)
    year, month, day = int(found[1]), found[2], found[3]
    if day:
        exact = date(year, int(month), int(day))
        return Span(exact, exact)
    if month:
        return Span(date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1]))
    return Span(date(year, 1, 1), date(year, 12, 31))


def is_in_force(status: str) -> bool:
    """Pre-published texts are in force as well. Source: domain 2.4."""
    return status in IN_FORCE


def natural(text: str) -> str:
    """A sort key that puts G.9.2 before G.10: every number padded to seven digits."""
    return _DIGITS.sub(lambda found: found[0].zfill(7), text)


def fold(name: str) -> str:
    """The form in which names are compared: no case, accents, spaces or punctuation; points and dashes within numbers stay."""
    return _SPLIT.sub("", _DASHES.sub("-", without_accents(name)))


def spaced(words: list[str] | tuple[str, ...]) -> str:
    """Languages as one column, so that ` fr ` is found in it: ` en fr `."""
    return f" {' '.join(words)} " if words else " "


def best_title(titles: dict[str, str], language: str) -> tuple[str, str]:
    """The title in that language, else in English, else in any; with the language it is in."""
    for wanted in (language, "en", *titles):
        if titles.get(wanted):
            return titles[wanted], wanted
    return "", language
