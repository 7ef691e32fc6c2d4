"""A report as a Word file on the cover of a temporary document (domain 4.5), by python-docx. Titles are text, never markup.

The styles of the cover are those by which covers are read and numbers stamped.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from sgdocs.proceedings.composing import Block, Bullets, Composed, Grid, Para

MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLES: Final = (
    "Docnumber",
    "TSBHeaderRight14",
    "TSBHeaderQuestion",
    "VenueDate",
    "TSBHeaderSource",
    "TSBHeaderTitle",
    "TSBHeaderSummary",
)
_NOT_XML: Final = re.compile(r"[^\x09\x0a\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Front:
    """What stands on the cover. number: "" until it has one; contacts: (name and entity, address) pairs."""

    group: str
    questions: str
    venue: str
    source: str
    title: str
    abstract: str
    kind: str = "TD"
    number: str = ""
    sector: str = "TELECOMMUNICATION STANDARDIZATION SECTOR"
    period: str = ""
    contacts: tuple[tuple[str, str], ...] = ()


def report_file(front: Front, sections: Sequence[Composed]) -> bytes:
    """The report with its cover. The same words give the same text; times are left out."""
    word = _blank(front.title)
    _cover(word, front)
    for section in sections:
        level = 2 if "." in section.number else 1
        word.add_heading(_xml(f"{section.number}  {section.title}".strip()), level)
        for block in (*section.blocks, *section.written_blocks):
            _block(word, block)
    end = word.add_paragraph("_______________________")
    end.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return _bytes(word)


def list_file(title: str, lines: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A plain file: a title, some lines, a table (the agenda)."""
    word = _blank(title)
    word.add_heading(_xml(title), 0)
    for line in lines:
        word.add_paragraph(_xml(line))
    _block(word, Grid(tuple(headings), tuple(tuple(row) for row in rows)))
    return _bytes(word)


def _blank(title: str) -> WordDocument:
    """An empty document of ours: page of A4, our styles, no traces of a template."""
    word = Document()
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    word.styles["Normal"].font.name = "Times New Roman"
    word.styles["Normal"].font.size = Pt(12)
    for name in STYLES:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
    core = word.core_properties
    core.title, core.author, core.comments, core.last_modified_by = _xml(title)[:255], "", "", ""
    return word


def _cover(word: WordDocument, front: Front) -> None:
    """Six columns in rows as on the template: the labels by which a reader finds the values. Source: domain 4.5."""
    table = word.add_table(rows=0, cols=6)
    table.autofit = False
    head = f"INTERNATIONAL TELECOMMUNICATION UNION\n{front.sector}"
    head += f"\nSTUDY PERIOD {front.period}" if front.period else ""
    top = _row(table, (3, head, "Normal"), (3, front.number, "Docnumber"))
    second = _row(table, (3, "", "Normal"), (3, front.group, "TSBHeaderRight14"))
    third = _row(table, (3, "", "Normal"), (3, "Original: English", "TSBHeaderRight14"))
    top[0].merge(second[0]).merge(third[0])
    _row(table, (2, "Question(s):", "Normal"), (2, front.questions, "TSBHeaderQuestion"), (2, front.venue, "VenueDate"))
    _row(table, (6, front.kind, "Normal"))[0].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _row(table, (2, "Source:", "Normal"), (4, front.source, "TSBHeaderSource"))
    _row(table, (2, "Title:", "Normal"), (4, front.title, "TSBHeaderTitle"))
    for who, reach in front.contacts:
        _row(table, (2, "Contact:", "Normal"), (2, who, "Normal"), (2, reach, "Normal"))
    summary = word.add_table(rows=1, cols=2)
    _say(summary.cell(0, 0), "Abstract:", "Normal")
    _say(summary.cell(0, 1), front.abstract, "TSBHeaderSummary")
    word.add_paragraph()


def _row(table: Table, *cells: tuple[int, str, str]) -> list[_Cell]:
    """One row of (columns, text, style) cells."""
    row = table.add_row().cells  # type: ignore[no-untyped-call]
    found, at = [], 0
    for columns, text, style in cells:
        cell = row[at].merge(row[at + columns - 1]) if columns > 1 else row[at]
        _say(cell, text, style)
        found.append(cell)
        at += columns
    return found


def _say(cell: _Cell, text: str, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(_xml(text))


def _block(word: WordDocument, block: Block) -> None:
    if isinstance(block, Para):
        word.add_paragraph(_xml(block.text))
    elif isinstance(block, Bullets):
        for line in block.lines:
            word.add_paragraph(_xml(line), style="List Bullet")
    else:
        _grid(word, block)


def _grid(word: WordDocument, block: Grid) -> None:
    table = word.add_table(rows=1, cols=len(block.headings), style="Table Grid")
    for cell, heading in zip(table.rows[0].cells, block.headings, strict=True):
        cell.paragraphs[0].add_run(_xml(heading)).bold = True
    for row in block.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.paragraphs[0].add_run(_xml(text))
    word.add_paragraph()


def _xml(text: str) -> str:
    """Without characters that XML does not have."""
    return _NOT_XML.sub("", text)


def _bytes(word: WordDocument) -> bytes:
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()
