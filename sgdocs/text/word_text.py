"""The text of a Word file as blocks: our own walk over its parts, in one pass, whatever its size.

Read are the document, footnotes and endnotes (where they are referred to), headers, footers and comments. Left out is what a
tracked change has deleted or moved away, unless the original is asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from sgdocs.text.blocks import Block, row, tidy
from sgdocs.text.limits import Limits
from sgdocs.text.numbering import Numbering, numbering_of
from sgdocs.text.parts import Parts, value
from sgdocs.text.word_inline import WORD, Inline, of_word
from sgdocs.text.word_styles import Style, styles_of

P, TABLE, ROW, CELL = of_word("p"), of_word("tbl"), of_word("tr"), of_word("tc")
PROPERTIES, WRAPPERS = of_word("pPr"), of_word("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
STYLE, LIST, OUTLINE, MARK = of_word("pStyle"), of_word("numPr"), of_word("outlineLvl"), of_word("rPr")
INS, DEL = of_word("ins", "moveTo"), of_word("del", "moveFrom")
ROW_PROPERTIES = of_word("trPr")
ACCEPTED, ORIGINAL, MARKS = "accepted", "original", "marks"
CHARACTERS = Limits.characters + 100_000


@dataclass
class _Paragraph:
    """What its properties say. joins: its end was deleted (or not yet inserted), so the next one continues it."""

    style: Style
    level: int
    list: str
    list_level: int
    joins: bool = False


_PLAIN = _Paragraph(Style(), 0, "", 0)


@dataclass
class WordText:
    """A walk over one file. notes: text of each note by kind and id."""

    parts: Parts
    main: str
    tracked: str = ACCEPTED
    styles: dict[str, Style] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    carried: str = ""

    def body(self) -> Iterator[Block]:
        """Up to the number of characters that is kept of a file, and a little more."""
        left = CHARACTERS
        with self.parts.open(self.main) as part:
            for element in top_level(part):
                for block in self.table(element) if element.tag in TABLE else self.paragraph(element):
                    left -= len(block.text)
                    yield block
                if left < 0:
                    return
        if self.carried:
            yield Block(self.carried)

    def paragraph(self, element: "etree._Element") -> Iterator[Block]:
        """Its block, then its text boxes, then the notes it refers to."""
        told = self._told(element)
        number = self.numbering.next(told.list, told.list_level) if told.list not in ("", "0") else ""
        inline = Inline(self.tracked)
        inline.walk(element)
        text = tidy("".join((self.carried, *inline.words)))
        self.carried = f"{text} " if told.joins and text else ""
        if text and not told.joins:
            yield _block(text, told, number)
        for box in inline.boxes:
            for inner in self.inside(box):
                yield Block(inner.text, is_row=inner.is_row, begins_table=inner.begins_table, may_head=False)
        for note in inline.notes:
            if self.notes.get(note):
                yield Block(self.notes[note], may_head=False)

    def table(self, element: "etree._Element") -> Iterator[Block]:
        begins = True
        for line in _wrapped(element, ROW):
            if self._is_left_out(line):
                continue
            cells = [self.flat(cell) for cell in _wrapped(line, CELL)]
            if any(cells):
                yield row(cells, begins_table=begins)
                begins = False

    def inside(self, element: "etree._Element") -> Iterator[Block]:
        """Paragraphs and tables under a cell, a box, a note."""
        for child in element:
            if child.tag in P:
                yield from self.paragraph(child)
            elif child.tag in TABLE:
                yield from self.table(child)
            elif child.tag in WRAPPERS:
                yield from self.inside(child)

    def flat(self, element: "etree._Element") -> str:
        """All that is inside, on one line."""
        return " ".join(block.text.replace("\n", " ").replace("\t", " ") for block in self.inside(element)).strip()

    def _told(self, element: "etree._Element") -> _Paragraph:
        properties = next((child for child in element if child.tag in PROPERTIES), None)
        if properties is None:
            return _PLAIN
        found = _Paragraph(_PLAIN.style, 0, "", 0)
        for child in properties:
            if child.tag in STYLE:
                style = self.styles.get(value(child, "val"), Style())
                found = _Paragraph(style, style.level, style.list, style.list_level)
            elif child.tag in LIST:
                self._listed(child, found)
            elif child.tag in OUTLINE:
                level = value(child, "val")
                found.level = int(level) + 1 if level in "012345678" and level and not found.style.is_contents else 0
            elif child.tag in MARK:
                found.joins = self._joins(child)
        return found

    def _listed(self, element: "etree._Element", found: _Paragraph) -> None:
        for child in element:
            name, told = etree.QName(child).localname, value(child, "val")
            if name == "numId":
                found.list = told
            elif name == "ilvl" and told.isdigit() and len(told) < 3:
                found.list_level = int(told)

    def _joins(self, mark: "etree._Element") -> bool:
        gone = INS if self.tracked == ORIGINAL else DEL
        return self.tracked != MARKS and any(child.tag in gone for child in mark)

    def _is_left_out(self, line: "etree._Element") -> bool:
        gone = INS if self.tracked == ORIGINAL else DEL
        told = next((child for child in line if child.tag in ROW_PROPERTIES), None)
        return self.tracked != MARKS and told is not None and any(child.tag in gone for child in told)


def top_level(part: IO[bytes]) -> "Iterator[etree._Element]":
    """Paragraphs and tables that stand in no other, each forgotten when the next is asked for."""
    depth = 0
    wanted = [f"{{{space}}}{name}" for space in WORD for name in ("p", "tbl")]
    walk = etree.iterparse(
        part,
        events=("start", "end"),
        tag=wanted,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for event, element in walk:
        if event == "start":
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            yield element
            element.clear()
            while element.getprevious() is not None and (parent := element.getparent()) is not None:
                del parent[0]


def _block(text: str, told: _Paragraph, number: str) -> Block:
    """number: counted by Word; a paragraph of a list that is no heading begins no clause."""
    may_head = not told.style.is_contents and not (number and not told.level)
    return Block(text, told.level, number if told.level else "", may_head=may_head, is_title=told.style.is_title)


def _wrapped(element: "etree._Element", wanted: frozenset[str]) -> "Iterator[etree._Element]":
    """Rows of a table, cells of a row: also those in content controls."""
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in WRAPPERS:
            yield from _wrapped(child, wanted)


def opened(data: bytes, tracked: str = ACCEPTED) -> WordText:
    """A file ready to be walked. Raises zipfile and lxml errors."""
    parts = Parts(data)
    main = parts.main("word/document.xml")
    beside = {part.kind: part.name for part in parts.of(main)}
    text = WordText(parts, main, tracked)
    text.styles = styles_of(parts.root(beside.get("styles", "word/styles.xml")))
    text.numbering = numbering_of(parts.root(beside.get("numbering", "word/numbering.xml")))
    for kind in ("footnote", "endnote"):
        root = parts.root(beside.get(f"{kind}s", f"word/{kind}s.xml"))
        for note in root if root is not None else ():
            if isinstance(note.tag, str) and value(note, "type") in ("", "normal"):
                text.notes[kind, value(note, "id")] = text.flat(note)
    return text
