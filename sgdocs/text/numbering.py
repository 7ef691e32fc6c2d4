"""The numbers that Word counts itself, so that they stand nowhere in the text: from `numbering.xml`."""

import re
from dataclasses import dataclass, field

from lxml import etree

from sgdocs.text.parts import value

LEVELS = 9
_PLACE = re.compile(r"%(\d)")


@dataclass
class Level:
    """format: of the number (`decimal`, `upperLetter`); pattern: `%1.%2`; style: of the paragraphs it belongs to."""

    format: str = "decimal"
    pattern: str = ""
    start: int = 1


@dataclass
class Numbering:
    """levels: of each abstract numbering; abstract: numId -> its abstract numbering; starts: numId, level -> first number."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next(self, number: str, level: int) -> str:
        """The label of the next paragraph of that list and level: `2.1`, `A.3`; "" for bullets and unknown lists."""
        abstract = self.abstract.get(number, "")
        levels = self.levels.get(abstract)
        if levels is None or not 0 <= level < LEVELS or level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, [0] * LEVELS)
        if (number, level) in self.starts and (number, level) not in self.begun:
            counts[level] = self.starts[number, level]
        else:
            counts[level] = counts[level] + 1 if counts[level] else levels[level].start
        self.begun.add((number, level))
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        return self._label(levels, counts, level)

    def _label(self, levels: dict[int, Level], counts: list[int], level: int) -> str:
        if levels[level].format in ("bullet", "none"):
            return ""

        def number(place: "re.Match[str]") -> str:
            at = int(place[1]) - 1
            if at not in levels:
                return ""
            return written(counts[at] or levels[at].start, levels[at].format)

        return _PLACE.sub(number, levels[level].pattern).strip().rstrip(".:")


def numbering_of(root: "etree._Element | None") -> Numbering:
    """From the part's root; nothing is counted without one."""
    found = Numbering()
    if root is None:
        return found
    for abstract in root.iterfind("{*}abstractNum"):
        found.levels[value(abstract, "abstractNumId")] = {
            _number(level, "ilvl"): _level(level) for level in abstract.iterfind("{*}lvl")
        }
    for one in root.iterfind("{*}num"):
        number, pointed = value(one, "numId"), one.find("{*}abstractNumId")
        found.abstract[number] = value(pointed, "val") if pointed is not None else ""
        for other in one.iterfind("{*}lvlOverride"):
            start = other.find("{*}startOverride")
            if start is not None:
                found.starts[number, _number(other, "ilvl")] = _number(start, "val", 1)
    return found


def written(number: int, format: str) -> str:
    """The number as its format writes it; decimal where we do not know the format."""
    if format in ("upperLetter", "lowerLetter"):
        letters = chr(ord("A") + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letters if format == "upperLetter" else letters.lower()
    if format in ("upperRoman", "lowerRoman"):
        return _roman(number) if format == "upperRoman" else _roman(number).lower()
    return f"{number:02d}" if format == "decimalZero" else str(number)


def _roman(number: int) -> str:
    made = ""
    for worth, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        made += letters * (min(number, 4_000) // worth)
        number %= worth
    return made


def _level(level: "etree._Element") -> Level:
    found = Level()
    for child in level:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name == "start":
            found.start = _number(child, "val", 1)
        elif name == "numFmt":
            found.format = value(child, "val")
        elif name == "lvlText":
            found.pattern = value(child, "val")
    return found


def _number(element: "etree._Element", name: str, default: int = 0) -> int:
    told = value(element, name)
    return int(told) if told.lstrip("-").isdigit() and len(told) < 9 else default
