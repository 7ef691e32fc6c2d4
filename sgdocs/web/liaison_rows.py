"""Rows of a form that come several times: who sends, to whom. Pure.

A row's fields are `from-0-name`, `to-2-deadline`; rows without a name are not there. Numbers may have gaps.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

FROM, TO = "from", "to"
SIDES: Final[Mapping[str, str]] = {FROM: "senders", TO: "addressees"}
"""The side of a form, and the list of `DraftForm` and `ReceiveForm` that it fills."""
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    FROM: ("name", "working_party", "questions"),
    TO: ("name", "purpose", "deadline", "is_copy", "is_answer_expected", "questions"),
}
MOST: Final = {FROM: 20, TO: 60}
_ROW = re.compile(r"(from|to)-(\d{1,2})-([a-z_]+)")
_BETWEEN = re.compile(r"[,;\n]+")

Raw = Mapping[str, Sequence[str]]


def parted(words: str) -> list[str]:
    """`Q2/13, Q6/13` in parts."""
    return [part.strip() for part in _BETWEEN.split(words) if part.strip()]


def numbers(raw: Raw, side: str) -> list[int]:
    """The rows of a side that say a name, in order."""
    found = set()
    for key, words in raw.items():
        row = _ROW.fullmatch(key)
        if row and row[1] == side and row[3] == "name" and any(word.strip() for word in words):
            found.add(int(row[2]))
    return sorted(found)[: MOST[side]]


def shown(raw: Raw, side: str, *, more: bool = False) -> list[int]:
    """The rows that a page shows: those that came, one at least, for addressees an empty one besides; one more when asked."""
    rows = sorted({int(row[2]) for key in raw if (row := _ROW.fullmatch(key)) and row[1] == side}) or [0]
    if more or (side == TO and rows[-1] in numbers(raw, side)):
        rows.append(rows[-1] + 1)
    return rows[: MOST[side]]


def rows_of(raw: Raw, side: str) -> list[dict[str, Any]]:
    """What the form says of each, as `SenderForm` and `AddresseeForm` take it."""
    return [_row(raw, side, number) for number in numbers(raw, side)]


def _row(raw: Raw, side: str, number: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name in FIELDS[side]:
        words = next(iter(raw.get(f"{side}-{number}-{name}", ())), "").strip()
        if name == "questions":
            told[name] = parted(words)
        elif words:
            told[name] = words
    return told


def raw_of(side: str, rows: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The words of a form that shows these rows."""
    return {
        f"{side}-{number}-{name}": [_word(row[name])]
        for number, row in enumerate(rows)
        for name in FIELDS[side]
        if row.get(name) not in (None, "", [])
    }


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def field_of(name: str, raw: Raw) -> str:
    """The field on the page of an error at `addressees.1.deadline`: `to-3-deadline`, when that is the second row."""
    side = next((side for side, plural in SIDES.items() if name == plural or name.startswith(plural + ".")), None)
    if side is None:
        return name.split(".", maxsplit=1)[0]
    parts = name.split(".")
    rows = numbers(raw, side)
    index = int(parts[1]) if len(parts) > 1 and parts[1].isdecimal() else 0
    number = rows[index] if index < len(rows) else 0
    return f"{side}-{number}-{parts[2] if len(parts) > 2 and parts[2] in FIELDS[side] else 'name'}"
