"""The references of a text: the entries of its references clause and bibliography, and every name in it. Pure.

An entry is `[ITU-T G.709]  Recommendation ITU-T G.709/Y.1331 (2020), Interfaces …`; tags with `b-` are informative.
Source: domain 2.5.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sgdocs.base.text import one_line
from sgdocs.documents.foreign import find_foreign
from sgdocs.documents.reference_rules import is_dated
from sgdocs.identifiers import PAPERS, Identifier, Kind, find_all, parse
from sgdocs.text.model import Unit

LONGEST_ENTRY = 600
MOST_ENTRIES = 2_000
NAMED_WITHIN = 60
_NORMATIVE = re.compile(
    r"\s*(?:normative\s+)?references?\b|références?\b|referencias?\b|(?:нормативные\s+)?(?:ссылки|справочные документы)\b"
    r"|المراجع|参考文献|规范性参考文献|参考资料",
    re.IGNORECASE,
)
_BIBLIOGRAPHY = re.compile(
    r"\s*(?:(?:annex|appendix)\s+\w+\s*[-:–]?\s*)?(?:bibliograph(?:y|ie)|bibliografía|библиография|ببليوغرافيا|参考书目|informative\s+references?)",
    re.IGNORECASE,
)
_TAG = re.compile(r"[\s\-–•*\d.)]{0,8}\[(?P<tag>[^\[\]\n]{1,80})\]\s*")
_BULLET = re.compile(r"[\s\-–—•*]{0,6}(?:\d{1,3}[.)]\s+|\(\d{1,3}\)\s+)?")
_CHANGE = re.compile(
    r"[,;]?\s+(?:with\s+|plus\s+|and\s+|its\s+|as amended by\s+)?(?P<kind>Amd|Amendment|Cor|Corrigendum|Erratum)\.?\s*(?P<n>\d{1,2})(?P<date>\s*\((?:\d\d?/)?(?:19|20)\d\d\))?"
)
_SUPPLEMENT = re.compile(
    r"(?P<series>[A-Z])[-\u2010\u2011 ]?series\s+Recommendations?\s*[-–—:,]?\s*Supplement\s+(?P<n>\d{1,3})(?P<date>\s*\((?:\d\d?/)?(?:19|20)\d\d\))?"
    r"|Supplement\s+(?P<n2>\d{1,3})\s+to\s+(?:the\s+)?(?:ITU[-\u2010\u2011]T\s+)?(?P<series2>[A-Z])[-\u2010\u2011 ]?series(?:\s+(?:of\s+)?Recommendations?)?(?P<date2>\s*\((?:\d\d?/)?(?:19|20)\d\d\))?"
)
_YEAR = re.compile(r"\(((?:\d\d?/)?(?:19|20)\d\d)\)")
_WORDS = {"Amd": "Amd.", "Amendment": "Amd.", "Cor": "Cor.", "Corrigendum": "Cor.", "Erratum": "Err."}
_NOT_TEXTS = frozenset({Kind.WORKING_PARTY, Kind.SERIES, Kind.HANDLE, Kind.UNNUMBERED})


@dataclass(frozen=True)
class Entry:
    """One reference as read. words: the entry as written, shortened; tag: without brackets, "" when it has none.

    number: the text named, in the words of the entry or in one spelling for other bodies; identifier: parsed, None
    for other bodies; place: index of the unit it stands in; is_normative: None outside of references clauses.
    """

    words: str
    tag: str
    number: str
    identifier: Identifier | None
    is_dated: bool | None
    is_normative: bool | None
    place: int


@dataclass(frozen=True)
class Mention:
    """A name somewhere in a text. words: as written; place: index of the unit."""

    words: str
    identifier: Identifier
    place: int


def entries(units: Sequence[Unit]) -> list[Entry]:
    """Every entry of the references clauses and the bibliography, in order; costs one pass over these clauses."""
    found: list[Entry] = []
    for place, unit in enumerate(units):
        normative = clause_is_normative(units, place)
        if normative is None:
            continue
        for line in unit.text.splitlines():
            entry = _entry(line[:LONGEST_ENTRY], place, normative=normative)
            if entry is not None:
                found.append(entry)
            if len(found) >= MOST_ENTRIES:
                return found
    return found


def mentions(units: Sequence[Unit]) -> list[Mention]:
    """The first place of every text and document that is named in the units, in order."""
    found: dict[Identifier, Mention] = {}
    for place, unit in enumerate(units):
        for words, identifier in named_in(f"{unit.title}\n{unit.text}"):
            found.setdefault(identifier, Mention(words, identifier, place))
        if len(found) > MOST_ENTRIES:
            break
    return list(found.values())


def named_in(text: str) -> Iterator[tuple[str, Identifier]]:
    """Published texts, documents and work items named in a text: words and identifier."""
    for start, end, identifier in find_all(text):
        if identifier.kind not in _NOT_TEXTS and not (identifier.kind is Kind.QUESTION and identifier.sector == "T"):
            yield one_line(text[start:end]), identifier


def clause_is_normative(units: Sequence[Unit], place: int) -> bool | None:
    """True in a references clause, False in a bibliography, None elsewhere; parts of a clause follow it."""
    unit = units[place]
    titles = [unit.title]
    depth = unit.level
    for above in reversed(units[:place]):
        if not 0 < above.level < depth:
            if above.level <= 1 and depth <= 1:
                break
            continue
        titles.append(above.title)
        depth = above.level
    if any(_BIBLIOGRAPHY.match(title) for title in titles):
        return False
    informative = any(re.match(r"\s*informative\b", title, re.IGNORECASE) for title in titles)
    if unit.kind == "references" or any(_NORMATIVE.match(title) for title in titles):
        return not informative
    return None


def _entry(line: str, place: int, *, normative: bool) -> Entry | None:
    """The reference in a line; None for prose and for what is no reference."""
    tagged = _TAG.match(line)
    tag = tagged["tag"].strip() if tagged else ""
    start = tagged.end() if tagged else len(_BULLET.match(line)[0])  # type: ignore[index]  # matches always
    rest = line[start:]
    named = _named(rest)
    if named is None and tag:
        named = _named_by_tag(tag, rest)
    if named is None and not tag:
        return None
    if named is None and re.fullmatch(r"\d{1,3}|b-.*|[A-Za-z].*", tag) is None:
        return None
    if not tag and named is not None and named[0] > NAMED_WITHIN:
        return None
    informative = tag.startswith(("b-", "b\u2010", "b\u2011"))
    _, number, identifier, dated = named or (0, "", None, None)
    return Entry(one_line(line), tag, number, identifier, dated, normative and not informative, place)


def _named_by_tag(tag: str, rest: str) -> tuple[int, str, Identifier | None, bool] | None:
    """The text that the tag names, with the date that stands behind it."""
    named = _named(re.sub(r"^b[-\u2010\u2011]", "", tag))
    year = _YEAR.search(rest[:120])
    if named is None or named[2] is None or named[3] or year is None:
        return named
    dated = parse(f"{named[1]} ({year[1]})")
    return (named[0], named[1], dated, True) if dated else named


def _named(text: str) -> tuple[int, str, Identifier | None, bool] | None:
    """Where the first text is named, its number, its identifier when it is ITU's, and whether it is dated."""
    supplement = _SUPPLEMENT.search(text)
    ours = [found for found in find_all(text.replace("CCITT", "ITU-T")) if _is_text(found[2])]
    foreign = find_foreign(text)
    if supplement and (not ours or supplement.start() <= ours[0][0] + NAMED_WITHIN):
        identifier = _supplement(supplement)
        if identifier is not None:
            return supplement.start(), one_line(supplement[0]), identifier, is_dated(identifier)
    if ours and (not foreign or ours[0][0] < foreign[0].start):
        start, end, identifier = ours[0]
        end, identifier = _with_change(text, end, identifier)
        return start, one_line(text[start:end]), identifier, is_dated(identifier)
    if foreign:
        return foreign[0].start, foreign[0].number, None, foreign[0].is_dated
    return None


def _is_text(identifier: Identifier) -> bool:
    if identifier.kind in _NOT_TEXTS or (identifier.kind is Kind.QUESTION and identifier.sector == "T"):
        return False
    return identifier.kind in PAPERS or identifier.kind is not Kind.WORK_ITEM or bool(identifier.code)


def _supplement(found: re.Match[str]) -> Identifier | None:
    series, number = found["series"] or found["series2"], found["n"] or found["n2"]
    date = found["date"] or found["date2"] or ""
    return parse(f"ITU-T {series} Suppl. {number}{date and ' ' + date.strip()}")


def _with_change(text: str, end: int, identifier: Identifier) -> tuple[int, Identifier]:
    """`… G.709 (2020), Amendment 1 (2021)` is the amendment, which the grammar wants without the comma."""
    found = _CHANGE.match(text, end)
    if not found or identifier.sector != "T" or not identifier.numbers or identifier.parts:
        return end, identifier
    number = "/".join(identifier.numbers)
    base = f" ({identifier.year})" if identifier.year else ""
    date = f" {found['date'].strip()}" if found["date"] else ""
    whole = parse(f"ITU-T {number}{base} {_WORDS[found['kind']]} {found['n']}{date}")
    return (found.end(), whole) if whole else (end, identifier)


def undated(identifier: Identifier) -> Identifier:
    """The same text without its date: what a family is called."""
    return replace(identifier, year=None, month=None, day=None, revision=None)
