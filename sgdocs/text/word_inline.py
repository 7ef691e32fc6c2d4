"""The words of one paragraph of a Word file, wherever they stand: fields, content controls, links, boxes, formulas, changes."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
FORMULA = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
CHOICES = "http://schemas.openxmlformats.org/markup-compatibility/2006"
INSERTED, INSERTED_END, DELETED, DELETED_END = "{+", "+}", "{-", "-}"
"""How changes are written when they are read with marks."""


def of_word(*names: str) -> frozenset[str]:
    """The names in both namespaces of WordprocessingML, the usual and the strict one."""
    return frozenset(f"{{{space}}}{name}" for space in WORD for name in names)


TEXT = of_word("t") | {f"{{{space}}}t" for space in FORMULA}
RUN = of_word("r")
GONE_TEXT = of_word("delText")
FIXED = {
    **dict.fromkeys(of_word("tab", "ptab"), " "),
    **dict.fromkeys(of_word("br", "cr"), "\n"),
    **dict.fromkeys(of_word("noBreakHyphen"), "-"),
}
SKIPPED = of_word(
    "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText", "fldData", "smartTagPr", "customXmlPr", "rt", "tblPr",
    "bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak", "softHyphen", "commentRangeStart", "commentRangeEnd",
)  # fmt: skip
GONE = of_word("del", "moveFrom")
NEW = of_word("ins", "moveTo")
NOTES = {tag: kind for kind in ("footnote", "endnote") for tag in of_word(f"{kind}Reference")}
BOX = of_word("txbxContent")
SYMBOL = of_word("sym")
ALTERNATIVES = f"{{{CHOICES}}}AlternateContent"
_PRIVATE = range(0xE000, 0xF900)


@dataclass
class Inline:
    """What a paragraph gives. words: pieces of its text; notes: (kind, id) it refers to; boxes: text boxes in it."""

    tracked: str
    words: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: "list[etree._Element]" = field(default_factory=list)

    def walk(self, element: "etree._Element") -> None:
        """Add what is under the element. Raises RecursionError on absurd depth (the parser stops at 256)."""
        for child in element:
            tag = child.tag
            if tag in RUN:
                self.walk(child)
            elif tag in TEXT:
                self.words.append(child.text or "")
            elif tag in SKIPPED or not isinstance(tag, str):
                continue
            elif tag in FIXED:
                self.words.append(FIXED[tag])
            elif tag in GONE or tag in NEW:
                self._change(child, is_new=tag in NEW)
            else:
                self._rare(child, tag)

    def _rare(self, child: "etree._Element", tag: str) -> None:
        if tag in NOTES:
            self.notes.append((NOTES[tag], _attribute(child, "id")))
        elif tag in BOX:
            self.boxes.append(child)
        elif tag in GONE_TEXT:
            if self.tracked != "accepted":
                self.words.append(child.text or "")
        elif tag in SYMBOL:
            self.words.append(_symbol(child))
        elif tag == ALTERNATIVES:
            self._alternatives(child)
        else:
            self.walk(child)

    def _change(self, child: "etree._Element", *, is_new: bool) -> None:
        """Inserted words stand in the accepted text, deleted ones in the original, both between marks."""
        if self.tracked == "marks":
            begin, end = (INSERTED, INSERTED_END) if is_new else (DELETED, DELETED_END)
            before = len(self.words)
            self.words.append(begin)
            self.walk(child)
            if len(self.words) == before + 1:
                self.words.pop()
            else:
                self.words.append(end)
        elif is_new == (self.tracked == "accepted"):
            self.walk(child)

    def _alternatives(self, element: "etree._Element") -> None:
        """The same content for newer and older programs: the first that says anything."""
        for one in element:
            before = len(self.words), len(self.boxes)
            self.walk(one)
            if (len(self.words), len(self.boxes)) != before:
                return


def _attribute(element: "etree._Element", name: str) -> str:
    return next((element.get(f"{{{space}}}{name}", "") for space in WORD if element.get(f"{{{space}}}{name}")), "")


def _symbol(element: "etree._Element") -> str:
    """A character of a symbol font, when it is one of Unicode."""
    code = _attribute(element, "char")
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 32 <= number < 0x110000 and number not in _PRIVATE and not 0xD800 <= number < 0xE000 else ""
