"""Cells of tables that go out: none starts a formula, whatever people wrote. Pure."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

Cell = str | int | float | bool | date | datetime | None
LONGEST_CELL: Final = 32_000
_STARTS_FORMULA: Final = re.compile(r"^'*[\s\x00-\x1f]*[=+\-@|%\t\r\n]")
"""Also behind apostrophes, so that `unguarded` gives every text back as it was."""
_NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def cell(value: object) -> Cell:
    """A value as a cell: text that a spreadsheet would calculate gets an apostrophe before it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return cell("; ".join(str(each) for each in value))
    text = _NOT_IN_XML.sub("", str(value))[:LONGEST_CELL]
    return f"'{text}" if _STARTS_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The words as they were before `cell` put an apostrophe before them."""
    return text[1:] if text.startswith("'") and _STARTS_FORMULA.match(text) else text
