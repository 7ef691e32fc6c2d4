"""Plain text as blocks: paragraphs between empty lines, or one on each line."""

from collections.abc import Iterator

from sgdocs.text import clauses, headings
from sgdocs.text.blocks import Block, row, tidy
from sgdocs.text.extracting import NoText
from sgdocs.text.formats import decoded
from sgdocs.text.model import Unit

WRAPPED_LETTERS = 45
"""A paragraph whose lines, but the last, are all longer than this was wrapped by a program."""
CELL_TABS = 1


def units(data: bytes, tracked: str = "") -> tuple[Unit, ...]:
    """Raises NoText when it is no text."""
    del tracked  # plain text knows no changes
    text = decoded(data)
    if text is None:
        raise NoText("text.format", found="of no known kind")
    return clauses.cut(blocks(text))


def blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n"):
        if line.strip():
            lines.append(line)
            continue
        yield from _paragraphs(lines)
        lines = []
    yield from _paragraphs(lines)


def _paragraphs(lines: list[str]) -> Iterator[Block]:
    if len(lines) > 1 and all(len(line) > WRAPPED_LETTERS and "\t" not in line for line in lines[:-1]):
        yield Block(tidy(" ".join(lines)))
        return
    begins = True
    for line in lines:
        cells = line.strip("\n ").split("\t")
        if len(cells) > CELL_TABS and not (len(cells) == CELL_TABS + 1 and headings.ALONE.fullmatch(cells[0].strip())):
            made = row(cells, begins_table=begins)
            begins = False
        else:
            made, begins = Block(tidy(line)), True
        if made.text.strip():
            yield made
