"""The text of a web page: headings, paragraphs, rows. It is only read, never shown as it came."""

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from sgdocs.text import clauses
from sgdocs.text.blocks import Block, row, tidy
from sgdocs.text.extracting import NoText
from sgdocs.text.formats import decoded
from sgdocs.text.model import Unit

NAMED_WITHIN = 2_048
_CHARSET = re.compile(rb"""<meta[^>]*charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)
SKIPPED = frozenset(("script", "style", "template", "noscript", "iframe", "object", "svg", "head"))
ENDS = frozenset(
    "p div li dt dd pre blockquote section article header footer table tr caption figcaption h1 h2 h3 h4 h5 h6 ul ol dl hr body".split()  # noqa: SIM905
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}


def units(data: bytes, tracked: str = "") -> tuple[Unit, ...]:
    """Raises NoText when nothing in it can be parsed."""
    del tracked  # a web page knows no changes
    words = page_words(data)
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(words.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise NoText("text.none", hint="") from error
    return clauses.cut(_blocks(root) if root is not None else (), is_ordered=True)


def page_words(data: bytes) -> str:
    """The page as text: by its mark, by the charset it names, else as any other text."""
    named = _CHARSET.search(data[:NAMED_WITHIN])
    if named and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode(named[1].decode(), "replace")
        except LookupError:
            pass
    return decoded(data) or data.decode("latin-1")


def _blocks(root: "etree._Element") -> Iterator[Block]:
    """A walk without recursion: a page may nest as deeply as it likes."""
    words: list[str] = []
    cells: list[str] | None = None
    begins, skipping, level = False, 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = str(element.tag)
        if name in SKIPPED:
            skipping += 1 if event == "start" else -1
        if skipping:
            continue
        if event == "end" and name in SKIPPED:
            words.append(element.tail or "")
            continue
        if name in ENDS and cells is None:
            yield from _said(words, level)
            words = []
        if event == "start":
            begins = begins or name == "table"
            level = HEADINGS.get(name, level)
            cells = [] if name == "tr" and cells is None else cells
            words.append("\n" if name == "br" else element.text or "")
            continue
        if name in HEADINGS:
            level = 0
        if name in ("td", "th") and cells is not None:
            cells.append("".join(words))
            words = []
        elif name == "tr" and cells is not None:
            if any(cell.strip() for cell in cells):
                yield row(cells, begins_table=begins)
                begins = False
            cells, words = None, []
        words.append(element.tail or "")
    yield from _said(words, level)


def _said(words: list[str], level: int) -> Iterator[Block]:
    text = tidy("".join(words).replace("\r", ""))
    if text:
        yield Block(" ".join(text.split()) if level else text, level)
