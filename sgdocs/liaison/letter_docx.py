"""A statement as a Word file on the template of its Sector; read back by `text.cover`. Source: domain 4.6, 4.7, 7.1.

The same words give the same bytes: what a preview shows has the digest of what is sent.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from sgdocs.liaison.letter_words import StatementWords, day
from sgdocs.liaison.rules import Purpose
from sgdocs.text.model import Contact

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table, _Cell

MEDIA: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WIDTHS: Final = (1134, 414, 3555, 142, 284, 4111)
"""Of the six columns, in twentieths of a point; together the width of the text on A4. Source: domain 4.5."""
STYLES: Final = (
    "Docnumber", "TSBHeaderRight14", "TSBHeaderQuestion", "VenueDate", "TSBHeaderSource", "TSBHeaderTitle",
    "LSForAction", "LSForComment", "LSForInfo", "LSApproval", "LSDeadline", "TSBHeaderSummary", "Source", "Title1",
)  # fmt: skip
RULE: Final = "_______________________"
ENGLISH: Final = "Original: English"
_NOT_XML: Final = re.compile(r"[^\x09\x0a\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY_ONE: Final = (1980, 1, 1, 0, 0, 0)


def write(words: StatementWords) -> bytes:
    """The statement as one .docx."""
    from docx import Document

    word = Document()
    _page(word)
    if words.sector == "R":
        _radio_head(word, words)
    else:
        _head(word, words)
    _body(word, words)
    core = word.core_properties
    core.author = core.comments = core.last_modified_by = core.keywords = ""
    core.title = _xml(words.title)[:255]
    stream = io.BytesIO()
    word.save(stream)
    return _same_bytes(stream)


def _head(word: "WordDocument", words: StatementWords) -> None:
    """The frame of ITU-T: number, Questions and meeting, group, source, title, to whom, approval, deadline, contacts."""
    table = _table(word)
    house = ["INTERNATIONAL TELECOMMUNICATION UNION", "TELECOMMUNICATION STANDARDIZATION SECTOR"]
    house += [f"STUDY PERIOD {words.period}"] if words.period else []
    _pair(table, "\n".join(house), "", words.number, "Docnumber", split=3)
    _pair(table, "", "", words.group, "TSBHeaderRight14", split=3)
    _pair(table, "", "", ENGLISH if words.language == "en" else "", "TSBHeaderRight14", split=3)
    _row_of_four(table, "Question(s):", ", ".join(words.questions), "TSBHeaderQuestion", words.place_date)
    _across(table, "LIAISON STATEMENT")
    rows = [
        ("Study Group:", words.group.removeprefix("STUDY GROUP "), ""),
        ("Working Party:", words.working_party, ""),
        ("Reference:", words.number, ""),
        ("Source:", words.source, "TSBHeaderSource"),
        ("Title:", words.title, "TSBHeaderTitle"),
        ("For action to:", words.named(Purpose.ACTION), "LSForAction"),
        ("For comment to:", words.named(Purpose.COMMENT), "LSForComment"),
        ("For information to:", words.named(Purpose.INFORMATION), "LSForInfo"),
        ("Approval:", "; ".join(words.approval), "LSApproval"),
        ("Deadline:", words.deadline, "LSDeadline"),
    ]
    for label, value, style in rows:
        if value or style.startswith("LS"):
            _labelled(table, label, value, style)
    for contact in words.contacts or (Contact(),):
        _contact(table, contact)


def _radio_head(word: "WordDocument", words: StatementWords) -> None:
    """The frame of ITU-R: left what it is about, right number, day and language; then source and title across."""
    table = _table(word)
    _across(table, "Radiocommunication Study Groups")
    about = ", ".join(words.questions)
    left = [f"Subject:\t{about}" if about else "", f"Reference:\t{', '.join(words.answers)}" if words.answers else ""]
    right = (f"Document {words.number}-E" if words.number else "", day(words.dated_on), "English only")
    for place, text in enumerate(right):
        _pair(table, left[place] if place < len(left) else "", "", text, "", split=3, bold=True)
    _across(table, words.source, "Source")
    _across(table, words.title, "Title1")
    for label, purpose in (("For action to:", Purpose.ACTION), ("For comment to:", Purpose.COMMENT),
                           ("For information to:", Purpose.INFORMATION)):  # fmt: skip
        if words.named(purpose):
            _labelled(table, label, words.named(purpose), "")
    for label, value in (("Approval:", "; ".join(words.approval)), ("Deadline:", words.deadline)):
        if value:
            _labelled(table, label, value, "")
    for contact in words.contacts:
        _contact(table, contact)


def _body(word: "WordDocument", words: StatementWords) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    word.add_paragraph("")
    for line in words.body.splitlines():
        if line.strip():
            word.add_paragraph(_xml(line.strip()))
    if words.papers:
        word.add_paragraph("").add_run("Attached:").bold = True
        for name in words.papers:
            word.add_paragraph(_xml(name))
    word.add_paragraph(RULE).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _page(word: "WordDocument") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, Twips

    page = word.sections[0]
    page.page_width, page.page_height = Twips(11907), Twips(16840)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Twips(1134)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    for name in STYLES:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.bold = name in ("Docnumber", "TSBHeaderRight14", "TSBHeaderTitle", "Source", "Title1")


def _table(word: "WordDocument") -> "Table":
    from docx.shared import Twips

    table: Table = word.add_table(0, len(WIDTHS))
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = Twips(width)
    return table


def _cells(table: "Table") -> "Sequence[_Cell]":
    cells: Sequence[_Cell] = table.add_row().cells  # type: ignore[no-untyped-call]
    return cells


def _pair(
    table: "Table", left: str, left_style: str, right: str, right_style: str, *, split: int, bold: bool = False
) -> None:
    cells = _cells(table)
    _say(cells[0].merge(cells[split - 1]), left, left_style)
    _say(cells[split].merge(cells[-1]), right, right_style, bold=bold)


def _row_of_four(table: "Table", label: str, value: str, style: str, other: str) -> None:
    cells = _cells(table)
    _say(cells[0].merge(cells[1]), label, bold=True)
    _say(cells[2].merge(cells[3]), value, style)
    _say(cells[4].merge(cells[5]), other, "VenueDate")


def _labelled(table: "Table", label: str, value: str, style: str) -> None:
    cells = _cells(table)
    _say(cells[0].merge(cells[1]), label, bold=True)
    _say(cells[2].merge(cells[5]), value, style)


def _across(table: "Table", text: str, style: str = "") -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    cells = _cells(table)
    held = cells[0].merge(cells[-1])
    _say(held, text, style, bold=True)
    held.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _contact(table: "Table", contact: Contact) -> None:
    cells = _cells(table)
    _say(cells[0].merge(cells[1]), "Contact:", bold=True)
    names = [part for part in (contact.name, contact.organisation, contact.country) if part]
    _say(cells[2].merge(cells[4]), "\n".join(names))
    _say(cells[5], f"Tel:\t{contact.telephone}\nE-mail:\t{contact.email}")


def _say(cell: "_Cell", text: str, style: str = "", *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    if style:
        paragraph.style = style
    run = paragraph.add_run(_xml(text))
    run.bold = True if bold else None


def _xml(text: str) -> str:
    """Without characters that XML does not have."""
    return _NOT_XML.sub("", text)


def _same_bytes(stream: io.BytesIO) -> bytes:
    """The package with one date for all its parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(stream) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in given.infolist():
            info = zipfile.ZipInfo(part.filename, _DAY_ONE)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(info, given.read(part))
    return packed.getvalue()
