"""The A.1 and A.13 forms as Word files, by python-docx. Source: Rec. ITU-T A.1 Annex A; A.13; layout of the templates.

What is written here is read back by `form_reading` word for word: a long answer stands under its label, a row to a
paragraph.
"""

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sgdocs.work_programme.form_words import PRINTED, PROCESSES, EditorWords, FormWords, Sheet
from sgdocs.work_programme.rules import ItemKind

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell

WIDTHS: Final = (1700, 3300, 1900, 2739)
"""Of the four columns, in twentieths of a point; together the width of the text on A4."""
SCOPE: Final = "Scope (defines the intent or object of the Recommendation and the aspects covered, thereby indicating the limits of its applicability):"
PURPOSE: Final = "Purpose and scope (defines the intent or object of the text and the aspects covered, thereby indicating the limits of its applicability):"
SUMMARY: Final = "Summary (provides a brief overview of the purpose and contents of the Recommendation, thus permitting readers to judge its usefulness for their work):"
SUMMARY_13: Final = "Summary (provides a brief overview of the proposal):"
RELATIONS: Final = "Relations to ITU-T Recommendations or to other standards (approved or under development):"
LIAISONS: Final = "Liaisons with other study groups or with other standards bodies:"
SUPPORTERS: Final = "Supporting members that are committing to contributing actively to the work item:"
_NOT_XML: Final = re.compile(r"[^\x09\x0a\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(forms: Sequence[FormWords]) -> bytes:
    """The forms as one .docx, each on a page of its own. The same words give the same text."""
    from docx import Document

    word = Document()
    _page(word)
    for place, form in enumerate(forms):
        if place:
            word.add_page_break()  # type: ignore[no-untyped-call]
        add(word, form)
    core = word.core_properties
    core.author = core.title = core.comments = core.last_modified_by = core.keywords = ""
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


def add(word: "WordDocument", form: FormWords) -> None:
    """One form with its heading, at the end of a document."""
    word.add_heading(_xml(heading_of(form)), 1)
    _head(word, form)
    is_a1 = form.sheet is Sheet.A1
    table = _table(word, 1)
    _long(table, SCOPE if is_a1 else PURPOSE, form.scope)
    _long(table, SUMMARY if is_a1 else SUMMARY_13, form.summary)
    _long(table, RELATIONS, form.relations)
    _long(table, LIAISONS, "; ".join(form.liaisons))
    _long(table, SUPPORTERS, "; ".join(form.supporters))


def heading_of(form: FormWords) -> str:
    """`A.1 justification for proposed draft new ITU-T Y.slice “Title”`."""
    number = "A.1" if form.sheet is Sheet.A1 else "A.13"
    return f"{number} justification for proposed draft new {_reference(form) or 'text'}"


def _head(word: "WordDocument", form: FormWords) -> None:
    """The rows of short answers."""
    table = _table(word, 4)
    what = f"Proposed new ITU-T {form.what or PRINTED[ItemKind.RECOMMENDATION]}"
    _row(table, "Question:", form.question, what, form.place_date)
    _across(table, "Reference and title:", _reference(form))
    _row(table, "Base text:", form.base_text, "Timing:", form.timing)
    editors = "; ".join(_editor(each) for each in form.editors)
    _row(table, "Editor(s):", editors, "Approval process:", PROCESSES.get(form.process, form.process))


def _reference(form: FormWords) -> str:
    name = f"ITU-T {form.name}" if form.name else ""
    title = f"“{form.title}”" if form.title else ""
    return f"{name} {title}".strip()


def _editor(editor: EditorWords) -> str:
    return ", ".join(part for part in (editor.name, editor.entity, editor.email) if part)


def _page(word: "WordDocument") -> None:
    from docx.shared import Mm, Pt

    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    heading = word.styles["Heading 1"]
    heading.font.name, heading.font.size, heading.font.color.rgb = "Times New Roman", Pt(14), None


def _table(word: "WordDocument", columns: int) -> "Table":
    from docx.shared import Twips

    table: Table = word.add_table(0, columns, style="Table Grid")
    table.autofit = False
    widths = WIDTHS if columns == len(WIDTHS) else (sum(WIDTHS),)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
    return table


def _next(table: "Table") -> "Sequence[_Cell]":
    cells: Sequence[_Cell] = table.add_row().cells  # type: ignore[no-untyped-call]
    return cells


def _row(table: "Table", label: str, value: str, second: str, other: str) -> None:
    cells = _next(table)
    _say(cells[0], label, bold=True)
    _say(cells[1], value)
    _say(cells[2], second, bold=True)
    _say(cells[3], other)


def _across(table: "Table", label: str, value: str) -> None:
    cells = _next(table)
    _say(cells[0], label, bold=True)
    _say(cells[1].merge(cells[3]), value)


def _long(table: "Table", label: str, text: str) -> None:
    """A label, its explanation in brackets, and under it a row for each paragraph; an empty one to write in."""
    name, bracket, rest = label.partition(" (")
    cell = _next(table)[0]
    _say(cell, name if bracket else label, bold=True)
    if bracket:
        cell.paragraphs[0].add_run(f" ({rest}")
    for line in _lines(text) or [""]:
        _say(_next(table)[0], line)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _say(cell: "_Cell", text: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(_xml(text))
    run.bold = True if bold else None


def _xml(text: str) -> str:
    """Without characters that XML does not have."""
    return _NOT_XML.sub("", text)
