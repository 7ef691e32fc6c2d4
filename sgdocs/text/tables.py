"""The tables of a Word file, the sheets of a spreadsheet: cell by cell where they stand. Formulas are named, never run. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from sgdocs.text import gate
from sgdocs.text.limits import Limits
from sgdocs.text.model import Problem
from sgdocs.text.parts import Parts, value
from sgdocs.text.problems import problem

ROWS = 5_000
CELLS = 40
CHARACTERS = 4_000_000
LONGEST = 32_767
_COLUMN = re.compile(r"([A-Z]{1,3})\d+$")
_SPACES = re.compile(r"[^\S\n]+")
_GONE = ("del", "moveFrom", "instrText", "delText")


@dataclass(frozen=True)
class Cell:
    """text: as stored, lines kept; is_formula: a spreadsheet would calculate it."""

    text: str = ""
    is_formula: bool = False


@dataclass(frozen=True)
class Row:
    """number: as a person counts, from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """One table or sheet. name: of the sheet, "" in a Word file; rows: as they stand, without the empty ones."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Grids:
    """format: `docx`, `xlsx` or ""; problems: why a file was not read, or not to its end."""

    format: str
    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> Problem | None:
        """Why there is nothing to be had."""
        return next((one for one in self.problems if one.is_fatal or not self.grids), None)


class _TooMuch(Exception):
    """More rows or characters than anybody comments."""


def read(data: bytes, name: str, limits: Limits | None = None) -> Grids:
    """What the tables of a .docx or .xlsx hold. The gate first; raises zipfile and lxml errors for a broken part."""
    passed = gate.inspect(data, name, limits)
    format = passed.found.format
    if passed.is_refused or format not in ("docx", "xlsx"):
        known = tuple(one for one in passed.problems if one.is_fatal)
        return Grids(format, problems=known or (problem("text.broken", why="it is neither .docx nor .xlsx"),))
    try:
        return Grids(format, tuple(_word(data) if format == "docx" else _sheets(data)))
    except _TooMuch:
        return Grids(format, problems=(problem("text.broken", why=f"it has more than {ROWS} rows, or too much text"),))


class _Measure:
    """How much was read of a file."""

    def __init__(self) -> None:
        self.rows = self.characters = 0

    def filled(self, rows: Iterable[tuple[int, tuple[Cell, ...]]]) -> Iterator[Row]:
        """Those of a table that hold anything."""
        for number, cells in rows:
            if not any(cell.text or cell.is_formula for cell in cells):
                continue
            self.rows += 1
            self.characters += sum(len(cell.text) for cell in cells)
            if self.rows > ROWS or self.characters > CHARACTERS:
                raise _TooMuch
            yield Row(number, cells)


# Spreadsheets


def _sheets(data: bytes) -> Iterator[Grid]:
    parts, measure = Parts(data), _Measure()
    main = parts.main("xl/workbook.xml")
    related = {part.id: part for part in parts.of(main)}
    shared = next((part.name for part in related.values() if part.kind == "sharedStrings"), "xl/sharedStrings.xml")
    root = parts.root(shared)
    words = [_text_of(item) for item in root.iter("{*}si")] if root is not None else []
    book = parts.root(main)
    for sheet in book.iter("{*}sheet") if book is not None else ():
        part = related.get(value(sheet, "id"))
        page = parts.root(part.name) if part is not None and part.kind == "worksheet" else None
        if page is not None:
            yield Grid(value(sheet, "name"), tuple(measure.filled(_rows(page, words))))


def _rows(page: "etree._Element", words: list[str]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """With the number that the spreadsheet shows; one without follows the row before."""
    number = 0
    for row in page.iter("{*}row"):
        told = row.get("r", "")
        number = int(told) if told.isdecimal() and len(told) < 8 else number + 1
        yield number, _row(row, words)


def _row(row: "etree._Element", words: list[str]) -> tuple[Cell, ...]:
    """Each cell in its column, also where the ones before it are not there."""
    cells: list[Cell] = []
    for stored in row.iter("{*}c"):
        place = _place(stored.get("r", ""), len(cells))
        if place >= CELLS:
            break
        cells += [Cell()] * (place - len(cells))
        cells[place:] = [_stored(stored, words)]
    return tuple(cells)


def _place(address: str, following: int) -> int:
    """`C5` is column 2; without an address it follows the one before."""
    found = _COLUMN.match(address)
    if found is None:
        return following
    place = 0
    for letter in found[1]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _stored(cell: "etree._Element", words: list[str]) -> Cell:
    kind, is_formula = cell.get("t", "n"), cell.find("{*}f") is not None
    if kind == "inlineStr":
        return Cell(_text_of(cell), is_formula)
    held = cell.find("{*}v")
    told = (held.text or "") if held is not None else ""
    if kind == "s":
        told = words[int(told)] if told.isdigit() and int(told) < len(words) else ""
    return Cell(_clean(told), is_formula)


def _text_of(element: "etree._Element") -> str:
    """The words of an entry, without the aid to their reading (`rPh`)."""
    found = (
        text.text or ""
        for text in element.iter("{*}t")
        if not any(str(above.tag).endswith("}rPh") for above in text.iterancestors())
    )
    return _clean("".join(found))


# Word


def _word(data: bytes) -> Iterator[Grid]:
    """Every table but those inside a cell of another, tracked changes taken as accepted."""
    parts, measure = Parts(data), _Measure()
    root = parts.root(parts.main("word/document.xml"))
    for table in root.iter("{*}tbl") if root is not None else ():
        if not any(_named(above) == "tbl" for above in table.iterancestors()):
            yield Grid("", tuple(measure.filled(enumerate((_word_row(row) for row in table.iterchildren("{*}tr")), 1))))


def _word_row(row: "etree._Element") -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for cell in row.iterchildren("{*}tc"):
        span = cell.find("{*}tcPr/{*}gridSpan")
        wide = value(span, "val") if span is not None else "1"
        lines = "\n".join(_line(paragraph) for paragraph in cell.iter("{*}p"))
        cells.append(Cell(_clean(lines), _calculates(cell)))
        cells += [Cell()] * (min(int(wide), CELLS) - 1 if wide.isdigit() and int(wide) > 1 else 0)
        if len(cells) >= CELLS:
            break
    return tuple(cells[:CELLS])


def _line(paragraph: "etree._Element") -> str:
    told = []
    for element in paragraph.iter():
        name = _named(element)
        if name == "t" and not any(_named(above) in _GONE for above in element.iterancestors()):
            told.append(element.text or "")
        elif name == "tab":
            told.append(" ")
        elif name in ("br", "cr"):
            told.append("\n")
    return "".join(told)


def _calculates(cell: "etree._Element") -> bool:
    """Whether the cell holds a field such as `=SUM(ABOVE)`."""
    instructions = [element.text or "" for element in cell.iter("{*}instrText")]
    instructions += [value(element, "instr") for element in cell.iter("{*}fldSimple")]
    return any(told.strip().startswith("=") for told in instructions)


def _named(element: "etree._Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _clean(text: str) -> str:
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(lines).strip()[:LONGEST]
