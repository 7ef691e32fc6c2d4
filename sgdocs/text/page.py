"""The first page of a Word file as a reader sees it: rows, cells and lines, whatever they are wrapped in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from sgdocs.text.word_file import Element, W, WordFile

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WRAPPERS = {f"{W}{n}" for n in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "txbxContent")}
_WRAPPERS |= {f"{_MC}AlternateContent", f"{_MC}Choice"}
_NOT_SHOWN = {f"{W}{n}" for n in ("del", "moveFrom", "pPr", "rPr", "txbxContent", "instrText", "sdtPr", "delText")}
_NOT_SHOWN |= {f"{_MC}Fallback"}
_WORDS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
_HEADING = re.compile(r"heading ?[1-9]$")
BLOCKS = 120
MAX_CELLS = 2000


@dataclass(frozen=True)
class Line:
    """A paragraph. styles: id and name, folded; is_ghost: a content control still shows its template's words."""

    text: str
    styles: frozenset[str]
    element: Element
    is_ghost: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell as it is drawn, however many columns it covers. above: text of the merged cell it continues."""

    lines: tuple[Line, ...]
    above: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines).strip()

    @property
    def is_ghost(self) -> bool:
        said = [line for line in self.lines if line.text.strip()]
        return bool(said) and all(line.is_ghost for line in said)


@dataclass(frozen=True)
class Row:
    """A row of table number `table`; a paragraph outside of tables is a row of one cell with table -1."""

    cells: tuple[Cell, ...]
    table: int = -1


class Page:
    """rows: from the top of the file to its first heading."""

    def __init__(self, file: WordFile) -> None:
        self._names = {id: name.casefold() for id, name in file.styles().items()}
        self._ghosts = frozenset(_ghosts(file.body))
        self._cells = 0
        self.tables = 0
        self.rows: tuple[Row, ...] = tuple(self._rows(file.body))

    def _rows(self, body: Element) -> Iterator[Row]:
        for count, block in enumerate(_inside(body, {f"{W}p", f"{W}tbl"})):
            if count >= BLOCKS or self._cells > MAX_CELLS:
                return
            if block.tag == f"{W}tbl":
                yield from self._table(block)
                continue
            line = self.line(block)
            if any(_HEADING.match(style) for style in line.styles):
                return
            yield Row((Cell((line,)),))
            yield from self._boxes(block)

    def _boxes(self, paragraph: Element) -> Iterator[Row]:
        """What stands in text boxes that hang on a paragraph."""
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(a.tag == f"{_MC}Fallback" for a in box.iterancestors()):
                for block in _inside(box, {f"{W}p"}):
                    yield Row((Cell((self.line(block),)),))

    def _table(self, table: Element) -> Iterator[Row]:
        number, self.tables = self.tables, self.tables + 1
        above: dict[int, str] = {}
        for row in _inside(table, {f"{W}tr"}):
            cells = list(self._row(row, above))
            self._cells += len(cells)
            yield Row(tuple(cells), number)
            if self._cells > MAX_CELLS:
                return

    def _row(self, row: Element, above: dict[int, str]) -> Iterator[Cell]:
        """The cells with their columns counted, so that a merged label reaches down. above: column -> its text."""
        column = _number(row.find(f"{W}trPr/{W}gridBefore"))
        for element in _inside(row, {f"{W}tc"}):
            merged, span = element.find(f"{W}tcPr/{W}vMerge"), element.find(f"{W}tcPr/{W}gridSpan")
            goes_on = merged is not None and merged.get(f"{W}val", "continue") != "restart"
            lines = tuple(self.line(p) for p in _paragraphs(element))
            cell = Cell(lines, above.get(column, "") if goes_on else "")
            if not goes_on:
                above[column] = cell.text
            yield cell
            column += max(1, _number(span))

    def line(self, paragraph: Element) -> Line:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        named = style.get(f"{W}val", "") if style is not None else ""
        text, ghostly = shown(paragraph, self._ghosts)
        return Line(text, frozenset({named.casefold(), self._names.get(named, "")} - {""}), paragraph, ghostly)


def shown(paragraph: Element, ghosts: frozenset[Element] = frozenset()) -> tuple[str, bool]:
    """The text a reader sees, insertions in, deletions out; whether all of it is the words of a template."""
    words: list[str] = []
    ghost = real = False
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element is not paragraph and element.tag in _NOT_SHOWN:
            walk.skip_subtree()
        elif element.tag == f"{W}t":
            words.append(element.text or "")
            if (element.text or "").strip():
                in_ghost = element.getparent() in ghosts
                ghost, real = ghost or in_ghost, real or not in_ghost
        elif element.tag in _WORDS:
            words.append(_WORDS[element.tag])
    return "".join(words).replace("\u00a0", " ").replace("\u00ad", ""), ghost and not real


def _ghosts(body: Element) -> Iterator[Element]:
    """The runs of content controls that still show their placeholder."""
    for mark in body.iter(f"{W}showingPlcHdr"):
        control = next(mark.iterancestors(f"{W}sdt"), None)
        if control is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off"):
            yield from control.iter(f"{W}r")


def _inside(parent: Element, wanted: set[str]) -> Iterator[Element]:
    """Children of these kinds, also through content controls, insertions and the like; never deeper in tables."""
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        if element.tag in wanted:
            yield element
        elif element.tag in _WRAPPERS:
            waiting.extend(reversed(element))


def _paragraphs(cell: Element) -> Iterator[Element]:
    """Every paragraph of a cell, those of tables inside it too."""
    for block in _inside(cell, {f"{W}p", f"{W}tbl"}):
        yield from [block] if block.tag == f"{W}p" else block.iter(f"{W}p")


def _number(element: Element | None) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return min(int(value), 64) if value.isascii() and value.isdigit() else 0
