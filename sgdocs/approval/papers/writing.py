"""Papers as Word files, by python-docx: a cover by whose styles numbers are stamped, the sentences, the texts, the form."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from sgdocs.approval.letter_words import day
from sgdocs.approval.papers.facts import Entry, PaperFacts
from sgdocs.approval.papers.skeletons import ANSWERS, BUREAU, HEADINGS, REGARDS, WEIGHTS, Skeleton
from sgdocs.base.cells import cell

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table

MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLES: Final = ("Docnumber", "TSBHeaderRight14", "VenueDate", "TSBHeaderSource", "TSBHeaderTitle")
_PARAGRAPHS: Final = re.compile(r"\n[ \t\r]*\n\s*")
_NOT_XML: Final = re.compile(r"[^\x09\x0a\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def paper(skeleton: Skeleton, facts: PaperFacts, *, text: str = "") -> bytes:
    """The paper. text: what the secretariat wrote in place of the usual opening, "" for the usual. Same words, same text."""
    words = facts.words
    word = _blank(facts, wide=len(skeleton.columns) > 7)
    subject = skeleton.subject.format_map(words)
    _cover(word, facts, skeleton.instrument, subject)
    if skeleton.is_letter:
        word.add_paragraph(_xml(f"To: {skeleton.to.format_map(words)}"))
        word.add_paragraph("Dear Sir/Madam,")
    for sentence in (
        _PARAGRAPHS.split(text.strip()) if text.strip() else [each.format_map(words) for each in skeleton.opening]
    ):
        word.add_paragraph(_xml(sentence))
    _texts(word, facts, skeleton.columns)
    for sentence in skeleton.closing:
        word.add_paragraph(_xml(sentence.format_map(words)))
    if skeleton.is_letter:
        word.add_paragraph(REGARDS)
    if skeleton.has_form:
        word.add_page_break()  # type: ignore[no-untyped-call]
        _form(word, facts, "Annex: reply form")
    return _bytes(word, subject)


def reply_form(facts: PaperFacts) -> bytes:
    """The form alone, for one text or for all of a circular."""
    word = _blank(facts)
    _form(word, facts, "Reply form")
    return _bytes(word, "Reply form")


def table_file(
    facts: PaperFacts, title: str, lines: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> bytes:
    """A paper that is a table: the list of comments with their dispositions."""
    word = _blank(facts, wide=True)
    _cover(word, facts, "TD", title)
    for line in lines:
        word.add_paragraph(_xml(line))
    _grid(word, headings, rows)
    return _bytes(word, title)


def _blank(facts: PaperFacts, *, wide: bool = False) -> "WordDocument":
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt

    word = Document()
    page = word.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Mm(20)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    for name in STYLES:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.bold = name in ("Docnumber", "TSBHeaderTitle")
    for level in (1, 2):
        heading = word.styles[f"Heading {level}"]
        heading.font.name, heading.font.color.rgb = "Times New Roman", None
    return word


def _cover(word: "WordDocument", facts: PaperFacts, instrument: str, subject: str) -> None:
    """Bureau and date, number, source and title, by the labels and styles by which a cover is read."""
    table = word.add_table(rows=0, cols=2)
    rows = (
        ("INTERNATIONAL TELECOMMUNICATION UNION", "Normal", "", "Docnumber"),
        (BUREAU.get(facts.sector, BUREAU["T"]), "Normal", f"Geneva, {day(facts.on)}", "VenueDate"),
        (instrument, "Normal", "Original: English", "TSBHeaderRight14"),
        ("Source:", "Normal", f"Director, {BUREAU.get(facts.sector, BUREAU['T'])}", "TSBHeaderSource"),
        ("Title:", "Normal", subject, "TSBHeaderTitle"),
    )
    for left, left_style, right, right_style in rows:
        cells = table.add_row().cells
        for held, text, style in ((cells[0], left, left_style), (cells[1], right, right_style)):
            held.paragraphs[0].style = style
            held.paragraphs[0].add_run(_xml(text))
    _wide(word, table, (2, 3))
    word.add_paragraph()


def _texts(word: "WordDocument", facts: PaperFacts, columns: Sequence[str]) -> None:
    """A section for each group where there are several."""
    for group in facts.groups:
        entries = [entry for entry in facts.entries if entry.group.id == group.id]
        if len(facts.groups) > 1 or "group" not in columns:
            word.add_heading(_xml(group.label), 2)
        weights = [WEIGHTS.get(name, 11) for name in columns]
        _grid(word, [HEADINGS[name] for name in columns], [_row(entry, columns) for entry in entries], weights)
        for entry in entries:
            if entry.process.summary and "opens" in columns:
                word.add_paragraph(_xml(f"{entry.cells['name']}: {entry.process.summary}"))


def _row(entry: Entry, columns: Sequence[str]) -> list[str]:
    return [entry.cells[name] for name in columns]


def _form(word: "WordDocument", facts: PaperFacts, heading: str) -> None:
    """What an administration sends back: who it is, and one box to tick for each text."""
    word.add_heading(heading, 1)
    _grid(word, ("", ""), [(label, "") for label in ("Member State:", "Name and title:", "Signature and date:")])
    for entry in facts.entries:
        word.add_heading(_xml(f"{entry.cells['name']}, {entry.process.title}"), 2)
        word.add_paragraph(_xml(f"Approval {entry.process.number}, {entry.group.label}"))
        for answer in ANSWERS.get(facts.kind, ()):
            word.add_paragraph(f"☐  {answer}")
        word.add_paragraph("Comments, and reasons where you object:")
        _grid(word, ("",), [("\n\n",)])
        if entry.cells["closes"]:
            word.add_paragraph(f"To be received by the end of {_until(entry.cells['closes'])}, Geneva time.")


def _until(iso: str) -> str:
    return day(date.fromisoformat(iso))


def _grid(
    word: "WordDocument", headings: Sequence[str], rows: Iterable[Sequence[str]], weights: Sequence[int] = ()
) -> None:
    """A table; a row of headings only where there are any. weights: of its columns. No cell starts a formula."""
    has_headings = any(headings)
    table = word.add_table(rows=1 if has_headings else 0, cols=len(headings), style="Table Grid")
    if has_headings:
        for held, heading in zip(table.rows[0].cells, headings, strict=True):
            held.paragraphs[0].add_run(_xml(heading)).bold = True
    for row in rows:
        cells = table.add_row().cells
        for held, text in zip(cells, row, strict=True):
            held.paragraphs[0].add_run(_xml(str(cell(text) or "")))
    _wide(word, table, weights)
    word.add_paragraph()


def _wide(word: "WordDocument", table: "Table", weights: Sequence[int]) -> None:
    """Columns as wide as their weights say, together as wide as the text."""
    from docx.shared import Emu

    if not weights:
        return
    page = word.sections[0]
    whole = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    table.autofit = False
    for column, weight in zip(table.columns, weights, strict=True):
        for held in column.cells:
            held.width = Emu(whole * weight // sum(weights))


def _xml(text: str) -> str:
    """Without characters that XML does not have."""
    return _NOT_XML.sub("", text)


def _bytes(word: "WordDocument", title: str) -> bytes:
    core = word.core_properties
    core.title, core.author, core.comments, core.last_modified_by = _xml(title)[:255], "", "", ""
    written = io.BytesIO()
    word.save(written)
    return written.getvalue()
