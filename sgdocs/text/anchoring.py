"""Clean HTML with the anchors of its clauses: each heading found again by its words, in order."""

import re
from collections.abc import Callable, Sequence

from lxml import etree, html

from sgdocs.text.model import Unit

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = (*HEADINGS, "p", "li")
DEEPEST = 6
ENOUGH_LETTERS = 8
LEFT_OUT = "[picture]"
_NOT_WORD = re.compile(r"[\W_]+")


def anchored(clean: str, units: Sequence[Unit]) -> str:
    """Headings one level lower than in the file, with `id` where a unit begins; pictures that were left out say so."""
    root = html.fragment_fromstring(clean, create_parent="div")
    headings = _Headings(root)
    for unit in units:
        if unit.level and (unit.title or unit.number):
            headings.mark(unit)
    headings.lower()
    _mend(root)
    _say_left_out(root)
    start = next((unit.anchor for unit in units if unit.level == 0), "")
    if start:
        root.set("id", start)
    return _written(root)


def mended(clean: str) -> str:
    """The same HTML with its headings in order, where anchors stand already."""
    root = html.fragment_fromstring(clean)
    _mend(root)
    return _written(root)


def _written(root: html.HtmlElement) -> str:
    """The library writes what looks like a comment in an attribute as it is, with its `<` and `>`: it must not look so."""
    for one in root.iter():
        for name, value in one.attrib.items():
            if "<!" in value:
                one.set(name, value.replace("<!", "< !"))
    return etree.tostring(root, method="html", encoding="unicode")


class _Headings:
    """Headings, paragraphs and points outside tables in the order of the file; `mark` goes forward only."""

    def __init__(self, root: html.HtmlElement) -> None:
        self._blocks = [one for one in root.iter(*BLOCKS) if next(one.iterancestors("table"), None) is None]
        self._words = [_bare(one.text_content()) for one in self._blocks]
        self._is_contents = [one.tag == "p" and _is_link(one) for one in self._blocks]
        self._marked: set[int] = set()
        self._next = 0

    def mark(self, unit: Unit) -> None:
        """Give the block with the words of the unit's heading its anchor, and its number where the file leaves it out."""
        whole, title = _bare(f"{unit.number}{unit.title}"), _bare(unit.title)
        at = self._find(whole, title)
        if at is None:
            return
        block = self._blocks[at]
        block.set("id", unit.anchor)
        if block.tag != "li":
            block.tag = f"h{min(unit.level + 1, DEEPEST)}"
        if unit.number and not self._words[at].startswith(_bare(unit.number)):
            block.text = f"{unit.number} {block.text or ''}"
        self._marked.add(at)
        self._next = at + 1

    def lower(self) -> None:
        for at, block in enumerate(self._blocks):
            if at not in self._marked and block.tag in HEADINGS:
                block.tag = f"h{min(HEADINGS.index(str(block.tag)) + 2, DEEPEST)}"

    def _find(self, whole: str, title: str) -> int | None:
        """The whole words in a heading, then in a paragraph, then an annex whose title follows, then the title alone, which Word numbers."""
        later = range(self._next, len(self._blocks))
        number = whole.removesuffix(title)
        words, blocks = self._words, self._blocks
        tries: tuple[Callable[[int], bool], ...] = (
            lambda at: words[at] == whole and blocks[at].tag in HEADINGS,
            lambda at: words[at] == whole,
            lambda at: words[at].startswith(whole) and blocks[at].tag in HEADINGS and len(whole) > ENOUGH_LETTERS,
            lambda at: bool(number and title) and words[at] == number and words[at + 1 : at + 2] == [title],
            lambda at: words[at] == title and blocks[at].tag in HEADINGS,
            lambda at: words[at] == title,
        )
        for fits in tries:
            found = next((at for at in later if whole and not self._is_contents[at] and fits(at)), None)
            if found is not None:
                return found
        return None


def _bare(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold())


def _is_link(block: html.HtmlElement) -> bool:
    """A line of a table of contents: nothing but a link into the file."""
    link = block.find("a")
    inside = link is not None and link.get("href", "").startswith("#")
    return inside and link is not None and len(link.text_content()) > 0.8 * len(block.text_content())


def _mend(root: html.HtmlElement) -> None:
    """No empty heading, no level left out on the way down, no name twice, no link without words."""
    above = 1
    names: set[str | None] = {None}
    for one in list(root.iter(*HEADINGS)):
        if not one.text_content().strip():
            one.tag = "p"
            continue
        level = min(int(str(one.tag)[1]), above + 1)
        one.tag, above = f"h{level}", level
    for one in root.iter():
        if one.get("id") in names and one.get("id"):
            del one.attrib["id"]
        names.add(one.get("id"))
        if one.tag == "a" and one.get("href") and not one.text_content().strip() and one.find(".//img") is None:
            del one.attrib["href"]


def _say_left_out(root: html.HtmlElement) -> None:
    for image in list(root.iter("img")):
        if not image.get("src"):
            mark = html.Element("span")
            mark.set("class", "left-out")
            mark.text, mark.tail = image.get("alt") or LEFT_OUT, image.tail
            parent = image.getparent()
            if parent is not None:
                parent.replace(image, mark)
        elif image.get("alt") is None:
            image.set("alt", "")
