"""Comment sheets as .xlsx and .docx, in the column layout of ISO. No cell starts a formula."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sgdocs.approval.models import Comment, Process
from sgdocs.approval.sheets import HEADINGS, OPPOSES, SHORT, split_element
from sgdocs.base.cells import cell

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTHS: Final = {
    "id": 20,
    "number": 6,
    "entity": 18,
    "line": 8,
    "clause": 12,
    "element": 16,
    "kind": 10,
    "text": 60,
    "proposed": 60,
    "disposition": 16,
    "reason": 44,
}
"""Of the columns, in characters."""
EMPTY_ROWS: Final = 10
"""In a sheet without comments, to be filled."""


@dataclass(frozen=True)
class Front:
    """What stands above the table. about: revision to which the comments are bound."""

    number: str
    name: str
    title: str
    about: str

    @classmethod
    def of(cls, process: Process, about: str) -> "Front":
        name = process.identifier or process.name
        return cls(
            process.number, name if name == process.name else f"{name} (ex {process.name})", process.title, about
        )

    @property
    def lines(self) -> tuple[str, str]:
        return f"Comments on {self.name}: {self.title}", f"{self.number}, {self.about}".rstrip(", ")


def file_name(process: Process, form: str) -> str:
    return f"{process.number.replace('/', '-')}-comments.{form}"


def rows_of(comments: Sequence[Comment]) -> list[list[str]]:
    """The cells of each comment in the order of HEADINGS."""
    return [[str(cell(value) or "") for value in _row(comment).values()] for comment in comments]


def _row(comment: Comment) -> dict[str, str]:
    line, element = split_element(comment.element)
    kind = SHORT.get(comment.kind, comment.kind)
    return {
        "id": f"{comment.uid}.{comment.version}",
        "number": str(comment.number),
        "entity": comment.entity,
        "line": line,
        "clause": comment.clause,
        "element": element,
        "kind": f"{kind}, {OPPOSES}" if comment.opposes else kind,
        "text": comment.text,
        "proposed": comment.proposed,
        "disposition": comment.disposition.replace("-", " ").capitalize(),
        "reason": comment.disposition_text,
    }


def xlsx(front: Front, comments: Sequence[Comment]) -> bytes:
    """The sheet; its cells wrap, and are text whatever stands in them."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Comments"
    for line in front.lines:
        sheet.append([cell(line)])
    sheet.append(list(HEADINGS.values()))
    for row in rows_of(comments):
        sheet.append(row)
    for heading in sheet[3]:
        heading.font = Font(bold=True)
    for place, width in enumerate(WIDTHS.values(), 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for cells in sheet.iter_rows(min_row=4):
        for each in cells:
            each.alignment = Alignment(wrap_text=True, vertical="top")
            each.number_format = "@"
    sheet.freeze_panes = "A4"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def docx(front: Front, comments: Sequence[Comment]) -> bytes:
    """The same table in a Word file, across an A4 page."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    word = Document()
    page = word.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(12)
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Times New Roman", Pt(9)
    title, below = front.lines
    word.add_heading(_xml(title), 1)
    word.add_paragraph(_xml(below))
    table = word.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    for held, heading in zip(table.rows[0].cells, HEADINGS.values(), strict=True):
        held.paragraphs[0].add_run(heading).bold = True
    for row in rows_of(comments) or [[""] * len(HEADINGS)] * EMPTY_ROWS:
        for held, text in zip(table.add_row().cells, row, strict=True):
            held.text = _xml(text)
    core = word.core_properties
    core.title, core.author, core.comments, core.last_modified_by = _xml(title)[:255], "", "", ""
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()


_NOT_XML: Final = re.compile(r"[^\x09\x0a\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
