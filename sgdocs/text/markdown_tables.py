"""Tables of Markdown within bounds: rows may be shorter than the head, and each is filled up. Library: markdown-it-py."""

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table

MOST_CELLS: Final = 5_000
"""Of all tables of one text. Twenty thousand characters could stand for more than half a million cells."""
_USED: Final = "cells"


def bound_tables(reader: MarkdownIt) -> MarkdownIt:
    """The same reader; a table with which a text would have too many cells stays lines of text."""
    reader.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    return reader


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or not table(state, start, end, True):
        return table(state, start, end, silent)
    used = int(state.env.get(_USED, 0))
    columns = state.getLines(start, start + 1, 0, False).count("|") + 1
    rows = _rows(state, start, min(end, start + 1 + (MOST_CELLS - used) // columns))
    if used + columns * rows > MOST_CELLS:
        return False
    state.env[_USED] = used + columns * rows
    return table(state, start, end, False)


def _rows(state: StateBlock, start: int, end: int) -> int:
    """How many lines follow each other from here, at most up to `end`."""
    return next((at for at in range(start, end) if state.isEmpty(at)), end) - start
