"""Where on a cover each field stands, so that the system can write there: by style, then by label, then by its look."""

from collections.abc import Iterator
from itertools import pairwise

from sgdocs.text.cover_head import is_radio, printed_group
from sgdocs.text.cover_labels import label_of, values_after
from sgdocs.text.cover_styles import style_field
from sgdocs.text.labels import ORIGINAL_WORDS, class_of, fold, language_of
from sgdocs.text.numbers import NUMBER_R, NUMBER_T
from sgdocs.text.page import Cell, Line, Page, Row
from sgdocs.text.template_words import is_open_number

Lines = tuple[Line, ...]
COVER = frozenset({"number", "place_date", "questions", "source", "title", "kind", "original"})


def places(page: Page) -> dict[str, Lines]:
    """Field -> the paragraphs that hold it, also where they are still empty; {} when this is no cover."""
    radio = is_radio(page)
    found: dict[str, Lines] = {}
    for finding in (_styled(page, is_radio=radio), _labelled(page), _looked(page), _emptied(page)):
        for name, lines in finding:
            if name in COVER and lines:
                found.setdefault(name, lines)
    return found if len(found) >= 3 or (radio and "number" in found) else {}


def _styled(page: Page, *, is_radio: bool) -> Iterator[tuple[str, Lines]]:
    for cell in _cells(page):
        by_name: dict[str, list[Line]] = {}
        for line in cell.lines:
            name = style_field(line, is_radio=is_radio)
            if name and not (label_of(cell) and cell.text):
                by_name.setdefault(name, []).append(line)
        yield from ((name, tuple(lines)) for name, lines in by_name.items())


def _labelled(page: Page) -> Iterator[tuple[str, Lines]]:
    """The cell after a label; the one after the Questions is the meeting's, where it has no label of its own."""
    for row in page.rows:
        for place, cell in enumerate(row.cells):
            name = label_of(cell) if row.table >= 0 else ""
            values = list(values_after(row, place)) if name else []
            if values:
                yield name, values[0].lines
            if name == "questions" and len(values) > 1:
                yield "place_date", values[-1].lines


def _looked(page: Page) -> Iterator[tuple[str, Lines]]:
    """Number, class and language stand without labels: the first table shows them by their look."""
    for row in page.rows:
        if row.table > 0:
            return
        for cell in row.cells:
            for line in cell.lines:
                yield from _look(line, row)


def _look(line: Line, row: Row) -> Iterator[tuple[str, Lines]]:
    text = " ".join(line.text.split())
    radio = NUMBER_R.match(text)
    if 0 < len(text) < 60 and (NUMBER_T.match(text) or (radio and radio["word"]) or is_open_number(text)):
        yield "number", (line,)
    if language_of(text) or fold(text) in ORIGINAL_WORDS.split("|"):
        yield "original", (line,)
    if len(row.cells) == 1 and row.table >= 0 and class_of(text):
        yield "kind", (line,)


def _emptied(page: Page) -> Iterator[tuple[str, Lines]]:
    """Where the number was, when it was deleted: the empty cell above the one that names the group."""
    for above, row in pairwise(page.rows):
        if row.table != 0 or not row.cells or not above.cells or not printed_group(row.cells[-1].text):
            continue
        if above.table == 0 and not above.cells[-1].text:
            yield "number", above.cells[-1].lines[:1]


def _cells(page: Page) -> Iterator[Cell]:
    for row in page.rows:
        yield from row.cells
