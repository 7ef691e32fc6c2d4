"""The text of a spreadsheet: one unit a sheet, one line a row, cells between tabs. Values as stored; formulas are not run."""

from collections.abc import Iterator
from typing import IO

from lxml import etree

from sgdocs.text.blocks import one_line
from sgdocs.text.model import Unit
from sgdocs.text.parts import Parts, value

CHARACTERS = 2_000_000
"""Of one sheet."""
CELLS_IN_ROW = 200


def units(data: bytes, tracked: str = "") -> tuple[Unit, ...]:
    """Raises zipfile and lxml errors."""
    del tracked  # a spreadsheet knows no changes
    parts = Parts(data)
    main = parts.main("xl/workbook.xml")
    related = {part.id: part for part in parts.of(main)}
    shared = next((part.name for part in related.values() if part.kind == "sharedStrings"), "xl/sharedStrings.xml")
    words = list(_shared(parts, shared)) if parts.has(shared) else []
    book = parts.root(main)
    found = []
    for number, sheet in enumerate(book.iter("{*}sheet") if book is not None else (), 1):
        part = related.get(value(sheet, "id"))
        if part is not None and part.kind == "worksheet" and parts.has(part.name):
            text = "\n".join(_rows(parts, part.name, words))
            found.append(Unit("", one_line(value(sheet, "name")), text, 1, f"sheet-{number}", "sheet"))
    return tuple(found)


def _shared(parts: Parts, name: str) -> Iterator[str]:
    with parts.open(name) as part:
        for item in _each(part, "si"):
            yield one_line("".join(text.text or "" for text in item.iter("{*}t")))


def _rows(parts: Parts, name: str, words: list[str]) -> Iterator[str]:
    left = CHARACTERS
    with parts.open(name) as part:
        for line in _each(part, "row"):
            cells = [_cell(cell, words) for cell in line[:CELLS_IN_ROW]]
            text = "\t".join(cells).rstrip("\t")
            if text.strip():
                yield text
                left -= len(text)
            if left <= 0:
                return


def _cell(cell: "etree._Element", words: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return one_line("".join(text.text or "" for text in cell.iter("{*}t")))
    stored = cell.find("{*}v")
    told = (stored.text or "") if stored is not None else ""
    if kind == "s":
        return words[int(told)] if told.isdigit() and int(told) < len(words) else ""
    return one_line(told)


def _each(part: IO[bytes], name: str) -> "Iterator[etree._Element]":
    """Elements of that name, each forgotten when the next is asked for."""
    walk = etree.iterparse(
        part,
        tag=f"{{*}}{name}",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    for _, element in walk:
        yield element
        element.clear()
        while element.getprevious() is not None and (parent := element.getparent()) is not None:
            del parent[0]
