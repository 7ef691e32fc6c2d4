"""Fields by the paragraph styles of the templates: they win over everything else. Source: domain 4.5, P1."""

from sgdocs.text.found import Found
from sgdocs.text.labels import field_of, split_label
from sgdocs.text.page import Cell, Line, Page

STYLES = {
    "docnumber": "number",
    "tsbheaderquestion": "questions",
    "venuedate": "place_date",
    "tsbheadersource": "source",
    "tsbheadertitle": "title",
    "tsbheadersummary": "abstract",
    "lsforaction": "for_action",
    "lsforcomment": "for_comment",
    "lsforinfo": "for_information",
    "lsforinformation": "for_information",
    "lsapproval": "approval",
    "lsdeadline": "deadline",
    "lstitle": "title",
    "lssource": "source",
    "lsquestion": "questions",
}
RADIO_STYLES = {
    "source": "source",
    "title1": "title",
    "title 1": "title",
    "title4": "title",
    "rectitle": "title",
    "rec_title": "title",
}


def style_field(line: Line, *, is_radio: bool = False) -> str:
    """The field whose style a paragraph has, or ""."""
    named = {style.replace(" ", "").replace("_", "") for style in line.styles}
    own = next((STYLES[style] for style in named if style in STYLES), "")
    return own or (next((RADIO_STYLES[s] for s in line.styles if s in RADIO_STYLES), "") if is_radio else "")


def by_styles(page: Page, found: Found, *, is_radio: bool) -> None:
    """Offer each run of paragraphs with a field's style; several in one cell are one value."""
    for row in page.rows:
        for cell in row.cells:
            for name in dict.fromkeys(filter(None, (style_field(line, is_radio=is_radio) for line in cell.lines))):
                lines = [line for line in cell.lines if style_field(line, is_radio=is_radio) == name]
                if not field_of(cell.text):
                    _offer(found, name, Cell(tuple(lines)))


def _offer(found: Found, name: str, cell: Cell) -> None:
    labelled, value = split_label(cell.text)
    found.offer(name, value if labelled == name else cell.text, "style", is_ghost=cell.is_ghost)
