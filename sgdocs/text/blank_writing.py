"""Our own templates as .docx.

The frames follow the layouts of domain 4.5 and 4.7, so that Word users find what they know and the cover is read back.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from sgdocs.text.blank import Blank
from sgdocs.text.model import Contact

WIDTHS = (1134, 414, 3555, 142, 284, 4111)
RULE = "_______________________"
PURPOSES = "Admin, Discussion, Information, Proposal, Other"


def write(blank: Blank) -> bytes:
    """The template as a .docx. The same values give the same parts."""
    doc = Document()
    _styles(doc)
    _page(doc, blank.number)
    if blank.sector == "R":
        _radio_head(doc, blank)
    else:
        _head(doc, blank)
        _summary(doc, blank)
    for number, heading in enumerate(blank.headings, 1):
        doc.add_heading(f"{number}\t{heading}", 1)
        doc.add_paragraph("")
    doc.add_paragraph(RULE).alignment = WD_ALIGN_PARAGRAPH.CENTER
    core = doc.core_properties
    core.author = core.title = core.comments = core.last_modified_by = core.keywords = ""
    stream = io.BytesIO()
    doc.save(stream)
    return stream.getvalue()


def _styles(doc: WordDocument) -> None:
    """The paragraph styles that name the fields; a cover is read by them first."""
    normal = doc.styles["Normal"]
    normal.paragraph_format.space_before = Pt(3)
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    for name in ("Docnumber", "TSBHeaderRight14", "VenueDate"):
        style = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        style.font.bold = name != "VenueDate"
        style.font.size = Pt(16 if name == "Docnumber" else 14 if name == "TSBHeaderRight14" else 12)
    for name in ("TSBHeaderQuestion", "TSBHeaderSource", "TSBHeaderTitle", "TSBHeaderSummary", "Source", "Title1"):
        style = doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        if name in ("Source", "Title1"):
            style.paragraph_format.alignment, style.font.bold = WD_ALIGN_PARAGRAPH.CENTER, name == "Source"
    for level in range(1, 4):
        heading = doc.styles[f"Heading {level}"]
        heading.font.name, heading.font.color.rgb = "Times New Roman", None


def _page(doc: WordDocument, number: str) -> None:
    """From page 2 on, the header shows the page and the number."""
    section = doc.sections[0]
    section.page_width, section.page_height = Twips(11907), Twips(16840)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Twips(1134)
    section.different_first_page_header_footer = True
    lines = [section.header.paragraphs[0], section.header.add_paragraph()]
    for line in lines:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    lines[0].add_run("- ")
    page = OxmlElement("w:fldSimple")
    page.set(qn("w:instr"), "PAGE")
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = "2"
    run.append(words)
    page.append(run)
    lines[0]._p.append(page)
    lines[0].add_run(" -")
    lines[1].add_run(number)


def _head(doc: WordDocument, blank: Blank) -> None:
    rows = [
        ("Source:", blank.source or "[source]", "TSBHeaderSource"),
        ("Title:", blank.title or "[title]", "TSBHeaderTitle"),
    ]
    table = _table(doc, 6 + len(rows) + blank.has_purpose, WIDTHS)
    table.cell(0, 0).merge(table.cell(2, 0))
    house = table.cell(0, 1).merge(table.cell(2, 2))
    _say(house, "INTERNATIONAL TELECOMMUNICATION UNION", size=8)
    _say(house, "TELECOMMUNICATION\nSTANDARDIZATION SECTOR", bold=True, size=13, more=True)
    _say(house, f"STUDY PERIOD {blank.period}" if blank.period else "", size=10, more=True)
    _say(_span(table, 0, 3, 5), blank.number, "Docnumber")
    _say(_span(table, 1, 3, 5), blank.group, "TSBHeaderRight14")
    _say(_span(table, 2, 3, 5), blank.original, "TSBHeaderRight14")
    _say(_span(table, 3, 0, 1), "Question(s):", bold=True)
    _say(_span(table, 3, 2, 3), blank.questions or "[Questions]", "TSBHeaderQuestion")
    _say(_span(table, 3, 4, 5), blank.place_date or "[Place, dd-dd mmm yyyy]", "VenueDate")
    _say(_span(table, 4, 0, 5), blank.kind, bold=True).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for row, (label, value, style) in enumerate(rows, 5):
        _say(_span(table, row, 0, 1), label, bold=True)
        _say(_span(table, row, 2, 5), value, style)
    if blank.has_purpose:
        _say(_span(table, 7, 0, 1), "Purpose:", bold=True)
        _say(_span(table, 7, 2, 5), blank.purpose or f"[one of: {PURPOSES}]")
    _contact(table, len(table.rows) - 1, blank.contact)
    for row in (2, len(table.rows) - 2, len(table.rows) - 1):
        _rule_below(table, row)


def _contact(table: Table, row: int, contact: Contact) -> None:
    names = (contact.name or "Name", contact.organisation or "Organization", contact.country or "Country")
    _say(_span(table, row, 0, 1), "Contact:", bold=True)
    _say(_span(table, row, 2, 4), "\n".join(names))
    _say(table.cell(row, 5), f"Tel:\t{contact.telephone or '+xx'}\nE-mail:\t{contact.email or 'a@b.com'}")


def _summary(doc: WordDocument, blank: Blank) -> None:
    doc.add_paragraph("")
    asked = "[Insert an abstract of at most 200 words that says what the document proposes.]"
    rows = [("Abstract:", blank.abstract or asked, "TSBHeaderSummary")]
    if blank.has_purpose:
        rows.insert(0, ("Keywords:", blank.keywords or "[Insert keywords separated by semicolons]", ""))
    table = _table(doc, len(rows), (1418, 8222))
    for row, (label, value, style) in enumerate(rows):
        _say(table.cell(row, 0), label, bold=True)
        _say(table.cell(row, 1), value, style)


def _radio_head(doc: WordDocument, blank: Blank) -> None:
    """Left what it is about, right number, date and language; then source and title across."""
    table = _table(doc, 6, (6000, 3640))
    _say(_span(table, 0, 0, 1), "Radiocommunication Study Groups", bold=True, size=13)
    left = table.cell(1, 0).merge(table.cell(3, 0))
    _say(left, f"Subject:\t{blank.questions or '[Question ITU-R n/n]'}")
    _say(table.cell(1, 1), f"Document {blank.number}", bold=True)
    _say(table.cell(2, 1), blank.document_date or "[date]", bold=True)
    _say(table.cell(3, 1), blank.original, bold=True)
    _say(_span(table, 4, 0, 1), blank.source or "[source]", "Source")
    _say(_span(table, 5, 0, 1), blank.title or "[TITLE]", "Title1")


def _table(doc: WordDocument, rows: int, widths: Sequence[int]) -> Table:
    table: Table = doc.add_table(rows, len(widths))
    table.autofit = False
    for column, width in enumerate(widths):
        table.columns[column].width = Twips(width)
        for cell in table.columns[column].cells:
            cell.width = Twips(width)
    return table


def _rule_below(table: Table, row: int) -> None:
    """A line under a row, as the frame has it under its head and under the contacts."""
    for cell in table.rows[row].cells:
        properties: Any = cell._tc.get_or_add_tcPr()
        if properties.find(qn("w:tcBorders")) is None:
            borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
            bottom.set(qn("w:val"), "single")
            bottom.set(qn("w:sz"), "8")
            borders.append(bottom)
            later = next((element for element in properties if element.tag in _AFTER_BORDERS), None)
            if later is None:
                properties.append(borders)
            else:
                later.addprevious(borders)


_AFTER_BORDERS = {
    qn(f"w:{name}") for name in ("shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark")
}


def _span(table: Table, row: int, first: int, last: int) -> _Cell:
    cell: _Cell = table.cell(row, first).merge(table.cell(row, last))
    return cell


def _say(
    cell: _Cell, text: str, style: str = "", *, bold: bool = False, size: int = 0, more: bool = False
) -> Paragraph:
    """The lines in one paragraph of the cell, in a style. more: a further paragraph."""
    paragraph: Paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(3)
    if style:
        paragraph.style = style
    for place, line in enumerate(text.split("\n")):
        run = paragraph.add_run()
        if place:
            run.add_break()
        run.add_text(line)
        run.bold = True if bold else None
        if size:
            run.font.size = Pt(size)
    return paragraph
