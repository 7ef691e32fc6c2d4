"""Blocks cut into clauses with number, title, level, kind and anchor."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sgdocs.text import headings
from sgdocs.text.blocks import Block
from sgdocs.text.headings import Heading
from sgdocs.text.model import Unit

ENOUGH_STYLED = 2
"""So many headings by style, and numbers at the start of other lines count no longer."""
INHERITED = ("references", "definitions", "annex")
START = "start"
_NOT_ANCHOR = re.compile(r"[^A-Za-z0-9.]+")


@dataclass
class _Open:
    """A clause that is being filled."""

    heading: Heading | None
    level: int
    kind: str
    lines: list[str] = field(default_factory=list)


class Cutter:
    """Takes blocks in order, gives the clauses: `units()`. Numbers alone make headings only where they are in order."""

    def __init__(self, *, by_number: bool) -> None:
        self._by_number = by_number
        self._all = [_Open(None, 0, "text")]
        self._numbers: list[str] = []
        self._run = 0

    def take(self, block: Block) -> None:
        heading = self._heading(block)
        if heading is not None:
            self._begin(heading, block)
        elif self._is_title(block):
            self._give_title(block)
        else:
            lines = self._all[-1].lines
            if block.begins_table and lines and "\t" in lines[-1]:
                lines.append("")
            lines.append(block.text)

    def units(self) -> tuple[Unit, ...]:
        used: dict[str, int] = {}
        return tuple(
            _unit(one, _anchor(one, used, position))
            for position, one in enumerate(self._all)
            if one.heading or one.lines
        )

    def _heading(self, block: Block) -> Heading | None:
        if block.is_row or not block.may_head or not block.text:
            return None
        if block.level:
            return headings.of_heading(block.text, block.number)
        annex = headings.annex_of(block.text)
        if annex:
            return annex
        found = headings.numbered(block.text) if self._by_number else None
        return found if found and self._is_next(found.number) else None

    def _begin(self, heading: Heading, block: Block) -> None:
        level = heading.depth or block.level
        if block.level and not heading.is_annex:
            level = max(block.level, heading.depth) if heading.depth == 1 else heading.depth or block.level
        self._all.append(_Open(heading, level, self._kind(heading, level)))
        if len(block.text) > headings.TITLE_LETTERS:
            self._all[-1].lines.append(block.text)
        if heading.number:
            if heading.is_annex or heading.number == "1":
                self._run = len(self._numbers)
            self._numbers.append(heading.number)

    def _kind(self, heading: Heading, level: int) -> str:
        own = headings.kind_of(heading)
        above = next((one for one in reversed(self._all) if one.level < level), None)
        return above.kind if own == "clause" and above and above.kind in INHERITED else own

    def _is_next(self, number: str) -> bool:
        """Whether it follows the numbers before: the first below the last, or the next beside it or one above it."""
        *above, last = number.split(".")
        if not last.isdigit() or (number != "1" and number in self._numbers[self._run :]):
            return False
        if int(last) <= 1:
            return not above or self._numbers[-1:] == [".".join(above)] or self._stands_in_annex(above)
        before = ".".join((*above, str(int(last) - 1)))
        prefix = before + "."
        return any(one == before or one.startswith(prefix) for one in self._numbers[-40:])

    def _stands_in_annex(self, above: list[str]) -> bool:
        return len(above) == 1 and bool(self._numbers) and self._numbers[-1].endswith(f" {above[0]}")

    def _is_title(self, block: Block) -> bool:
        """Whether the title of an annex comes in the paragraph after its number."""
        last = self._all[-1]
        if not (last.heading and last.heading.is_annex and not last.heading.title and not last.lines):
            return False
        is_short = 0 < len(block.text) <= headings.LINE_LETTERS and not block.text.startswith("(")
        return block.is_title or (is_short and not block.is_row and not block.text.endswith("."))

    def _give_title(self, block: Block) -> None:
        last = self._all[-1]
        if last.heading:
            last.heading = Heading(last.heading.number, headings.line(block.text), 1, is_annex=True)


def cut(blocks: Iterable[Block], *, is_ordered: bool = False) -> tuple[Unit, ...]:
    """The clauses. is_ordered: the file says itself what a heading is (HTML, OpenDocument)."""
    taken: Sequence[Block] = list(blocks)
    styled = sum(1 for block in taken if block.level)
    cutter = Cutter(by_number=styled < ENOUGH_STYLED and not (is_ordered and styled))
    for block in taken:
        cutter.take(block)
    return cutter.units()


def _unit(one: _Open, anchor: str) -> Unit:
    text = "\n".join(one.lines)
    if one.heading is None:
        return Unit(text=text, anchor=anchor, kind=one.kind)
    return Unit(one.heading.number, one.heading.title, text, one.level, anchor, one.kind)


def _anchor(one: _Open, used: dict[str, int], position: int) -> str:
    """`c-6.2`, `c-annex-A`, by its title where it has no number; a second one of the same gets `-2`."""
    if one.heading is None:
        return START
    words = one.heading.number or one.heading.title[:40].casefold()
    plain = _NOT_ANCHOR.sub("-", words).strip("-")
    anchor = f"c-{plain}" if plain else f"c-n{position}"
    used[anchor] = used.get(anchor, 0) + 1
    return anchor if used[anchor] == 1 else f"{anchor}-{used[anchor]}"
