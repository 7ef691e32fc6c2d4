"""The pages of a PDF as clauses, so that a line which slips to the next page is no change."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sgdocs.text import clauses, headings
from sgdocs.text.blocks import Block
from sgdocs.text.model import Unit

WRAPPED_LETTERS = 45
_ENDS = re.compile(r"[.:;!?。；：]\s*$")
_RUNNING = re.compile(r"[-–—\s]*(page\s*)?[ivxlc\d]{1,5}([\s/]*(of|de|sur|/)?\s*\d{1,4})?[-–—\s]*", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
EDGE_LINES = 2
"""At the top and the foot of a page: where running titles stand."""
REPEATED = 3


def unpaged(units: Sequence[Unit]) -> list[Unit]:
    """Clauses cut from the lines of all pages; other units as they are."""
    if not units or any(unit.page is None for unit in units):
        return list(units)
    pages = [unit.text.split("\n") for unit in units]
    return list(clauses.cut(Block(text) for text in _paragraphs(_lines(pages))))


def _lines(pages: list[list[str]]) -> Iterator[str]:
    """All lines but page numbers and what stands at the edge of page after page."""
    edges = Counter(_without_figures(line) for page in pages for line in (*page[:EDGE_LINES], *page[-EDGE_LINES:]))
    running = {line for line, times in edges.items() if times >= max(REPEATED, len(pages) // 3)}
    for page in pages:
        for at, line in enumerate(page):
            is_edge = at < EDGE_LINES or at >= len(page) - EDGE_LINES
            if not (is_edge and (_RUNNING.fullmatch(line) or _without_figures(line) in running)):
                yield line


def _without_figures(line: str) -> str:
    return _FIGURES.sub("", line).strip()


def _paragraphs(lines: Iterator[str]) -> Iterator[str]:
    """Lines that a long one before them runs into belong to its paragraph."""
    open_line = ""
    for line in lines:
        goes_on = len(open_line) > WRAPPED_LETTERS and not _ENDS.search(open_line) and not _begins(line)
        if open_line and not goes_on:
            yield open_line
            open_line = ""
        open_line = f"{open_line} {line}".strip()
    if open_line:
        yield open_line


def _begins(line: str) -> bool:
    return headings.numbered(line) is not None or headings.annex_of(line) is not None
