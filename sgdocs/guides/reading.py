"""A guide as written -> its title, sections and blocks. Pure.

A file is Markdown: `# Title`, a paragraph that says whom it is for, then sections `## Title {#anchor}`. A line of its own
such as `![Words](picture:submit)` stands for something that the program makes: a picture of a page, the diagram of a
procedure (`procedure:aap`), the rules of one part (`rules:documents`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Made(StrEnum):
    """What a block is: Markdown, or made by the program."""

    WORDS = "words"
    PICTURE = "picture"
    PROCEDURE = "procedure"
    RULES = "rules"


@dataclass(frozen=True)
class Block:
    """words: Markdown, or what the picture shows; name: which picture, procedure or part, "" for Markdown."""

    made: Made
    words: str
    name: str = ""


@dataclass(frozen=True)
class Section:
    """anchor: the same in every language."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def words(self) -> str:
        """What is written in it, as Markdown, for the index."""
        return "\n\n".join(block.words for block in self.blocks)


@dataclass(frozen=True)
class Text:
    """One guide in one language."""

    title: str
    lead: str
    sections: tuple[Section, ...]


_TITLE: Final = re.compile(r"# (?P<title>.+)")
_SECTION: Final = re.compile(r"^## (?P<title>.+?) \{#(?P<anchor>[a-z][a-z0-9-]*)\}$", re.M)
_MADE: Final = re.compile(r"^!\[(?P<words>[^\]]+)\]\((?P<made>picture|procedure|rules):(?P<name>[a-z][a-z-]*)\)$", re.M)


def read(markdown: str) -> Text:
    """The parts of a guide. ValueError names what is not as it should be: the tests read every guide."""
    head, *rest = _SECTION.split(markdown)
    title = _TITLE.match(head)
    if title is None:
        raise ValueError(f"begins without a title: {head[:40]!r}")
    if stray := re.search(r"^##? .*$", "\n".join((head[title.end() :], *rest[2::3])), re.M):
        raise ValueError(f"a heading without an anchor: {stray[0]!r}")
    sections = tuple(
        Section(anchor, name, tuple(_blocks(body))) for name, anchor, body in zip(*[iter(rest)] * 3, strict=True)
    )
    if len({section.anchor for section in sections}) < len(sections):
        raise ValueError(f"an anchor stands twice in {title['title']!r}")
    return Text(title["title"].strip(), head[title.end() :].strip(), sections)


def _blocks(body: str) -> Iterator[Block]:
    at = 0
    for found in _MADE.finditer(body):
        if words := body[at : found.start()].strip():
            yield Block(Made.WORDS, words)
        yield Block(Made(found["made"]), found["words"], found["name"])
        at = found.end()
    if words := body[at:].strip():
        yield Block(Made.WORDS, words)
