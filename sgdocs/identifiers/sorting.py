"""A key that sorts names as people do, as text, so that a database column can hold it."""

import re

from sgdocs.identifiers.model import CHANGES, PAPERS, Identifier, Kind, Part
from sgdocs.identifiers.parsing import parse

_LATIN = {"bis": 2, "ter": 3, "quater": 4, "quarter": 4}
_NUMBER = re.compile(r"([A-Z]{1,4})\.(?:Imp)?([\d.]*)([a-c]?)(?: (bis|ter|quater|quarter))?( R)?")
_PART_ORDER = (
    Kind.ANNEX,
    Kind.APPENDIX,
    Kind.ATTACHMENT,
    Kind.SUPPLEMENT,
    Kind.AMENDMENT,
    Kind.CORRIGENDUM,
    Kind.ERRATUM,
    Kind.ADDENDUM,
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ORDER = {kind: place for place, kind in enumerate(Kind)}
_TEXT = 20  # rank of published texts; papers of meetings follow
_DIGITS = re.compile(r"\d+")
_END = "\x20"  # sorts before every other mark, so that a text stands before what is attached to it


def sort_key(name: Identifier | str) -> str:
    """Text in natural order when compared code point by code point: G.9.2, G.10; V.25, V.25 bis; base, amendments.

    Compare it bytewise (`COLLATE "C"` in PostgreSQL). What is no identifier sorts last, digits by value.
    """
    identifier = parse(name) if isinstance(name, str) else name
    if identifier is None:
        return "~" + natural(str(name)[:500])
    if identifier.kind in PAPERS or not (identifier.numbers or identifier.series):
        return _other(identifier)
    rank = 1 if identifier.sector == "R" else 0
    report = 1 if identifier.kind is Kind.REPORT else 0
    own = (identifier.year or 0, identifier.month or 0, identifier.day or 0)
    return "".join(
        (
            f"{rank}{report}",
            _number(identifier),
            _attached(identifier),
            _year_of_edition(identifier),
            _changes(identifier),
            f"{identifier.revision or 0:03d}",
            "{:04d}{:02d}{:02d}".format(*own),
        )
    )


def natural(text: str) -> str:
    """The text with each run of digits padded to twelve, so that 9 stands before 10."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(12), text)


def _number(identifier: Identifier) -> str:
    """Series, numbers, letter, bis, R; Supplements of a series after all its Recommendations."""
    if identifier.series:
        return f"{identifier.series:<4}~{natural(identifier.band or '')}{natural(identifier.parts[0].label)}{_END}"
    found = _NUMBER.fullmatch(identifier.numbers[0])
    if not found:
        return natural(identifier.numbers[0]) + _END
    series, digits, letter, latin, regional = found.groups()
    numbers = "".join(f"{int(number):06d}" + "." for number in digits.split(".") if number)
    more = f"{letter or _END}{_LATIN.get(latin or '', 0)}{'R' if regional else _END}{identifier.variant or _END}"
    return f"{series:<4}{numbers}{_END}{more}{natural(identifier.range_end or '')}{_END}"


def _own_parts(identifier: Identifier) -> tuple[Part, ...]:
    return identifier.parts[1:] if identifier.series or identifier.whole_series else identifier.parts


def _attached(identifier: Identifier) -> str:
    return "".join(_part(part) for part in _own_parts(identifier) if part.kind not in CHANGES) + _END


def _year_of_edition(identifier: Identifier) -> str:
    if identifier.sector == "R":
        return "0000"  # its revisions tell the order
    changed = any(part.kind in CHANGES for part in identifier.parts)
    return f"{(identifier.modified_year if changed else identifier.year) or 0:04d}"


def _changes(identifier: Identifier) -> str:
    return "".join(_part(part) for part in _own_parts(identifier) if part.kind in CHANGES) + _END


def _part(part: Part) -> str:
    label = f"{_roman(part.label):06d}" if part.kind is Kind.APPENDIX else natural(part.label)
    return f"{_PART_ORDER.index(part.kind)}{label}{part.note[:1]}" if part.kind in _PART_ORDER else natural(part.label)


def _roman(label: str) -> int:
    values = [_ROMAN.get(letter, 0) for letter in label]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def _other(identifier: Identifier) -> str:
    """Papers by group, kind, stream, number and revision; Questions by study group and number; codes by themselves."""
    fields = (
        identifier.group or identifier.study_group or "",
        str(identifier.period or ""),
        identifier.stream or identifier.wp or "",
        str(identifier.number or ""),
        identifier.code or "",
        str(identifier.revision or 0),
        identifier.piece or "",
        str(identifier.year or ""),
    )
    return f"{_TEXT + _ORDER[identifier.kind]:02d}{identifier.sector or ' '}" + _END.join(
        natural(field) for field in fields
    )
