"""The text of a document as a row of blocks: what every format gives, and what clauses are cut from."""

import re
from dataclasses import dataclass

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\r\f\v\u00a0\u2000-\u200a\u202f\u3000]+")
_UNTIDY = re.compile("[\x00-\x1f\x7f-\xa0\xad\u2000-\u200b\u202f\u2060\u3000\ud800-\udfff\ufeff\ufffe\uffff]|  |^ | $")
_SOFT = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")


@dataclass(frozen=True)
class Block:
    """A paragraph, or a row of a table with its cells between tabs.

    level: of a heading, 1 to 9, 0 when it is none; number: given by automatic numbering, else it stands in the text;
    is_row: of a table; begins_table: the first row of one; may_head: can be a heading by its number alone (not a line of a
    table of contents); is_title: by its style the title of the annex whose number stands before it.
    """

    text: str
    level: int = 0
    number: str = ""
    is_row: bool = False
    begins_table: bool = False
    may_head: bool = True
    is_title: bool = False


def tidy(text: str) -> str:
    """A paragraph as one or more lines: runs of spaces and tabs are one space, no control characters."""
    if not _UNTIDY.search(text):
        return text
    plain = _CONTROL.sub("", text.translate(_SOFT))
    if "\n" not in plain:
        return _SPACES.sub(" ", plain).strip()
    lines = (_SPACES.sub(" ", line).strip() for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    return tidy(text).replace("\n", " ")


def row(cells: list[str], *, begins_table: bool = False) -> Block:
    """A row of a table; one cell alone is a paragraph."""
    text = "\t".join(one_line(cell) for cell in cells)
    return Block(text, is_row="\t" in text, begins_table=begins_table, may_head=False)
