"""The text of an OpenDocument file: headings by their outline level, tables by row; deleted text is left out."""

from collections.abc import Iterator

from lxml import etree

from sgdocs.text import clauses
from sgdocs.text.blocks import Block, row, tidy
from sgdocs.text.model import Unit
from sgdocs.text.parts import Parts

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
SKIPPED = (f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_OFFICE}forms", f"{_TEXT}sequence-decls")
SPACES = 200


def units(data: bytes, tracked: str = "") -> tuple[Unit, ...]:
    """Raises zipfile and lxml errors."""
    del tracked  # only the accepted text is read
    root = Parts(data).root("content.xml")
    body = root.find(f"{_OFFICE}body") if root is not None else None
    return clauses.cut(_blocks(body) if body is not None else (), is_ordered=True)


def _blocks(element: "etree._Element") -> Iterator[Block]:
    for child in element:
        if child.tag == f"{_TEXT}h":
            level = child.get(f"{_TEXT}outline-level", "1")
            yield Block(tidy(_words(child)), int(level) if level.isdigit() and level in "123456789" else 1)
        elif child.tag == f"{_TEXT}p":
            text = tidy(_words(child))
            if text:
                yield Block(text)
        elif child.tag == f"{_TABLE}table":
            yield from _table(child)
        elif child.tag == f"{_TEXT}table-of-content":
            yield from (Block(block.text, may_head=False) for block in _blocks(child))
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            yield from _blocks(child)


def _table(element: "etree._Element") -> Iterator[Block]:
    begins = True
    for line in element.iter(f"{_TABLE}table-row"):
        cells = [" ".join(block.text for block in _blocks(cell)) for cell in line if cell.tag == f"{_TABLE}table-cell"]
        if any(cells):
            yield row(cells, begins_table=begins)
            begins = False


def _words(element: "etree._Element") -> str:
    """The text with its white space as OpenDocument writes it; notes where they are referred to."""
    made = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            made.append(" " * min(int(count) if count.isdigit() else 1, SPACES))
        elif child.tag == f"{_TEXT}tab":
            made.append(" ")
        elif child.tag == f"{_TEXT}line-break":
            made.append("\n")
        elif child.tag not in SKIPPED and isinstance(child.tag, str):
            made.append(_words(child))
        made.append(child.tail or "")
    return "".join(made)
