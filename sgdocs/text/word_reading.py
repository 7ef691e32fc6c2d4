"""The units of a Word file: its clauses, then what stands in the margins, then its comments."""

from collections.abc import Iterable, Iterator

from lxml import etree

from sgdocs.text import clauses, word_text
from sgdocs.text.model import Unit
from sgdocs.text.parts import natural
from sgdocs.text.word_text import WordText


def units(data: bytes, tracked: str = word_text.ACCEPTED) -> tuple[Unit, ...]:
    """tracked: `accepted`, `original`, or `marks` (changes between `{+ +}` and `{- -}`). Raises zipfile and lxml errors."""
    text = word_text.opened(data, tracked)
    beside: list[Unit] = []
    body = clauses.cut(text.body())
    for kind, kinds in (("margin", ("header", "footer")), ("comments", ("comments",))):
        lines = tuple(dict.fromkeys(_lines(text, kinds)))
        if lines:
            beside.append(Unit(text="\n".join(lines), anchor=kind, kind=kind))
    return (*body, *beside)


def _lines(text: WordText, kinds: Iterable[str]) -> Iterator[str]:
    names = {part.name for part in text.parts.of(text.main) if part.kind in kinds}
    for name in sorted(names, key=natural):
        try:
            root = text.parts.root(name)
        except etree.XMLSyntaxError:
            continue
        if root is not None:
            for holder in root if _holds_comments(root) else [root]:
                yield from (block.text for block in text.inside(holder))


def _holds_comments(root: "etree._Element") -> bool:
    return str(root.tag).endswith("}comments")
