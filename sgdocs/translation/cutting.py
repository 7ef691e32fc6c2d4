"""Texts in pieces that a service takes in one call, and back. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

MOST_CHARACTERS: Final = 3_000
"""Of a piece, and of what goes into one call beside it."""
_BETWEEN = re.compile(r"([\n\t]+)")
_SENTENCE = re.compile(r"(?<=[.!?;。！？；])\s*|\s+")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Passage:
    """A heading, or text: a paragraph to a line, cells of a table between tabs. anchor, number: of its clause."""

    words: str
    anchor: str = ""
    number: str = ""
    level: int = 0
    is_heading: bool = False


def pieces(passages: Iterable[Passage]) -> Iterator[Passage]:
    """The same words in pieces of at most 3,000 characters; between two lines where that can be."""
    for passage in passages:
        for words in _cut(passage.words.strip("\n")):
            if words.strip():
                yield replace(passage, words=words)


def _cut(words: str) -> Iterator[str]:
    held: list[str] = []
    length = 0
    for line in (part for whole in words.split("\n") for part in _lines(whole)):
        if held and length + len(line) > MOST_CHARACTERS:
            yield "\n".join(held)
            held, length = [], 0
        held.append(line)
        length += len(line) + 1
    if held:
        yield "\n".join(held)


def _lines(line: str) -> Iterator[str]:
    """A line that is too long, parted after a sentence or a word; at worst in one."""
    while len(line) > MOST_CHARACTERS:
        ends = [found.end() for found in _SENTENCE.finditer(line, MOST_CHARACTERS // 2, MOST_CHARACTERS)]
        at = ends[-1] if ends and ends[-1] > 0 else MOST_CHARACTERS
        yield line[:at].rstrip()
        line = line[at:].lstrip()
    yield line


@dataclass(frozen=True)
class Parted:
    """The words of a piece in parts. sent: places of those that are translated: the others have no letter in them."""

    parts: tuple[str, ...]
    sent: tuple[int, ...]

    @property
    def texts(self) -> list[str]:
        return [self.parts[place] for place in self.sent]

    def joined(self, texts: Sequence[str]) -> str:
        """The parts with these instead of what was sent: each line and each cell in its place."""
        new = dict(zip(self.sent, (" ".join(text.split()) for text in texts), strict=True))
        return "".join(new.get(place, part) for place, part in enumerate(self.parts))


def parted(words: str) -> Parted:
    parts = tuple(_BETWEEN.split(words))
    return Parted(parts, tuple(place for place, part in enumerate(parts) if _LETTER.search(part)))


def next_batch(sizes: Sequence[int]) -> int:
    """How many of the next pieces go into one call: as many as stay below the most, one at least."""
    total = 0
    for count, size in enumerate(sizes):
        total += size
        if count and total > MOST_CHARACTERS:
            return count
    return len(sizes)
