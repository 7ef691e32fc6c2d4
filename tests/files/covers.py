"""Covers of documents as people send them, written here: frames of several periods, six languages, and their oddities.

Nothing is copied from real files; the frames follow the description of the layouts (domain 4.5 to 4.7).
"""

import io
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell

from tests.files.cover_words import GROUP_LABELS, WORDS, Words

Expected = dict[str, Any]


PEOPLE = (
    ("Ada Example", "Imaginary Networks", "Fictavia", "+999 555 0101", "ada@example.org"),
    ("Ben Sample", "University of Nowhere", "Fictavia", "+999 555 0102", "ben.sample@nowhere.example"),
)
STYLE_OF = {
    "number": "Docnumber",
    "questions": "TSBHeaderQuestion",
    "place_date": "VenueDate",
    "source": "TSBHeaderSource",
    "title": "TSBHeaderTitle",
    "abstract": "TSBHeaderSummary",
    "for_action": "LSForAction",
    "for_comment": "LSForComment",
    "for_information": "LSForInfo",
    "approval": "LSApproval",
    "deadline": "LSDeadline",
}


@dataclass
class Built:
    """A file and what its cover says."""

    id: str
    name: str
    data: bytes
    expected: Expected = field(default_factory=dict)


@dataclass(frozen=True)
class Recipe:
    """A cover that is made when a test asks for it."""

    id: str
    make: Callable[[], Built]

    def __call__(self) -> Built:
        if self.id not in _MADE:
            _MADE[self.id] = self.make()
        return _MADE[self.id]


_MADE: dict[str, Built] = {}


def recipe(make: Callable[..., Built]) -> Callable[..., Recipe]:
    return lambda id, **options: Recipe(id, lambda: make(id, **options))


class Paper:
    """A document under construction: cells are filled by field, so that styles can be left out."""

    def __init__(self, *, styled: bool = True) -> None:
        self.doc = Document()
        self.styled = styled
        self.cells: dict[str, _Cell] = {}
        for name in set(STYLE_OF.values()) | {"TSBHeaderRight14", "Title1"}:
            if name not in [s.name for s in self.doc.styles]:
                self.doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        core = self.doc.core_properties
        core.author, core.title, core.comments, core.last_modified_by = "", "", "", ""

    def table(self, rows: int, columns: int) -> Table:
        return self.doc.add_table(rows, columns)

    def put(self, cell: _Cell, text: str, name: str = "") -> _Cell:
        """Lines of one paragraph, with breaks between, in the style of the field."""
        paragraph = cell.paragraphs[0]
        for place, line in enumerate(text.split("\n")):
            run = paragraph.add_run()
            if place:
                run.add_break()
            run.add_text(line)
        if name:
            self.cells[name] = cell
            if self.styled and name in STYLE_OF:
                paragraph.style = STYLE_OF[name]
        return cell

    def body(self) -> None:
        self.doc.add_paragraph("")
        self.doc.add_heading("1 Introduction", 1)
        self.doc.add_paragraph("This document says more. Source: none of the cover.")
        table = self.doc.add_table(1, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Title:", "Not the title of the cover"

    def data(self) -> bytes:
        stream = io.BytesIO()
        self.doc.save(stream)
        return stream.getvalue()


def across(table: Table, row: int, first: int, last: int) -> _Cell:
    return table.cell(row, first).merge(table.cell(row, last))


@recipe
def itu_t(
    id: str,
    *,
    period: str = "2025-2028",
    language: str = "en",
    kind: str = "",
    number: str = "SG15-C45",
    questions: str = "6/15",
    codes: Sequence[str] = ("6/15",),
    source: str = "Imaginary Networks",
    title: str = "",
    purpose: str = "",
    keywords: str = "",
    people: int = 1,
    group: str = "",
    styled: bool = True,
    name: str = "upload.docx",
    days: tuple[str, str, str] | None = None,
    change: Callable[[Paper], None] | None = None,
    **expects: Any,
) -> Built:
    """The frame of 2017 to 2028: number, group and language on the right, then labelled rows, then the abstract."""
    words, paper = WORDS[language], Paper(styled=styled)
    place_date, starts_on, ends_on = days or (words.days, words.starts_on, words.ends_on)
    group, kind, title = group or number.split("-", maxsplit=1)[0], kind or words.contribution, title or words.text
    extra = [("purpose", words.purpose, purpose)] if purpose else []
    table = paper.table(7 + len(extra) + people, 6)
    paper.put(across(table, 0, 1, 2).merge(across(table, 2, 1, 2)), words.period.format(p=period))
    table.cell(0, 0).merge(table.cell(2, 0))
    paper.put(across(table, 0, 3, 5), number, "number")
    right = [across(table, 1, 3, 5), across(table, 2, 3, 5)]
    paper.put(right[0], words.study_group.format(n=group.removeprefix("SG")), "group").paragraphs[
        0
    ].style = "TSBHeaderRight14"
    paper.put(right[1], words.original, "original").paragraphs[0].style = "TSBHeaderRight14"
    paper.put(across(table, 3, 0, 1), words.question)
    paper.put(across(table, 3, 2, 3), questions, "questions")
    paper.put(across(table, 3, 4, 5), place_date, "place_date")
    paper.put(across(table, 4, 0, 5), kind, "kind")
    for row, (field_name, label, value) in enumerate(
        [("source", words.source, source), ("title", words.title, title), *extra], 5
    ):
        paper.put(across(table, row, 0, 1), label)
        paper.put(across(table, row, 2, 5), value, field_name)
    for place in range(people):
        _contact(paper, table, 7 + len(extra) + place, PEOPLE[place], words, split=True)
    paper.doc.add_paragraph("")
    abstract = f"{title} – abstract."
    rows = ([("keywords", words.keywords, keywords)] if keywords else []) + [("abstract", words.abstract, abstract)]
    second = paper.table(len(rows), 2)
    for row, (field_name, label, value) in enumerate(rows):
        paper.put(second.cell(row, 0), label)
        paper.put(second.cell(row, 1), value, field_name)
    paper.body()
    if change:
        change(paper)
    expected: Expected = {
        "number": number, "kind": kind, "sector": "T", "group": group, "period": period, "questions": tuple(codes),
        "place_date": place_date, "starts_on": starts_on, "ends_on": ends_on, "source": source, "title": title,
        "purpose": purpose, "keywords": keywords, "abstract": abstract, "language": "en", "contacts": PEOPLE[:people],
    }  # fmt: skip
    return Built(id, name, paper.data(), expected | _reads(expects))


def _contact(paper: Paper, table: Table, row: int, person: tuple[str, ...], words: Words, *, split: bool) -> None:
    names, numbers = "\n".join(person[:3]), f"{words.telephone}:\t{person[3]}\n{words.email}:\t{person[4]}"
    paper.put(across(table, row, 0, 1), words.contact, "contact-label")
    if split:
        paper.put(across(table, row, 2, 4), names, "contact")
        paper.put(table.cell(row, 5), numbers, "contact-numbers")
    else:
        paper.put(across(table, row, 2, 5), f"{names}\n{numbers}", "contact")


@recipe
def liaison(
    id: str, *, language: str = "en", styled: bool = True, comment: bool = False, number: str = "", **expects: Any
) -> Built:
    """A liaison statement: T21 has six columns and eleven rows; the older one says also who may comment."""
    words, paper = WORDS[language], Paper(styled=styled)
    rows = [
        ("for_action", words.action, "ITU-T SG13, ITU-R WP 5D"),
        *([("for_comment", "For comment to:", "IETF PCE")] if comment else []),
        ("for_information", words.information, "IETF CCAMP, 3GPP SA2"),
        ("approval", words.approval, "ITU-T SG15 (Geneva, 17 June 2026)"),
        ("deadline", words.deadline, "1 October 2026"),
    ]
    table = paper.table(6 + len(rows), 6)
    group_label = GROUP_LABELS[language]
    for row, cells in enumerate(
        ((words.question, "6/15, 7/15", words.meeting, words.days), (group_label, "15", words.working_party, "1"))
    ):
        paper.put(across(table, row, 0, 1), cells[0])
        paper.put(table.cell(row, 2), cells[1], "questions" if row == 0 else "group")
        paper.put(table.cell(row, 3), cells[2])
        paper.put(across(table, row, 4, 5), cells[3], "place_date" if row == 0 else "working_party")
    paper.put(across(table, 2, 0, 1), words.source)
    paper.put(across(table, 2, 2, 5), "ITU-T Study Group 15", "source")
    paper.put(across(table, 3, 0, 1), words.title)
    paper.put(across(table, 3, 2, 5), words.text, "title")
    paper.put(across(table, 4, 0, 5), words.liaison, "kind")
    for row, (name, label, value) in enumerate(rows, 5):
        paper.put(across(table, row, 0, 2), label)
        paper.put(across(table, row, 3, 5), value, name)
    _contact(paper, table, 5 + len(rows), PEOPLE[0], words, split=True)
    paper.doc.add_paragraph("")
    second = paper.table(1, 2)
    paper.put(second.cell(0, 0), words.abstract)
    paper.put(second.cell(0, 1), f"{words.text}.", "abstract")
    paper.body()
    expected: Expected = {
        "kind": words.liaison, "sector": "T", "group": "SG15", "questions": ("6/15", "7/15"), "place_date": words.days,
        "starts_on": words.starts_on, "ends_on": words.ends_on, "source": "ITU-T Study Group 15", "title": words.text,
        "for_action": ("ITU-T SG13", "ITU-R WP 5D"), "for_comment": ("IETF PCE",) if comment else (),
        "for_information": ("IETF CCAMP", "3GPP SA2"), "approval": "ITU-T SG15 (Geneva, 17 June 2026)", "deadline": "2026-10-01",
        "working_party": "1", "abstract": f"{words.text}.", "contacts": PEOPLE[:1], "template": "liaison",
    }  # fmt: skip
    return Built(id, "ls.docx", paper.data(), expected | _reads(expects))


@recipe
def skeleton(id: str, *, filled: bool = True, **expects: Any) -> Built:
    """The frame before 2017, still in use for drafts."""
    paper = Paper(styled=False)
    table = paper.table(6, 4)
    heads = (
        ("Question(s):", "6/15", "Meeting, date:", "Geneva, 24 May 2016"),
        ("Study Group:", "15", "Working Party:", "3"),
    )
    for row, cells in enumerate(heads):
        for column, text in enumerate(cells):
            paper.put(table.cell(row, column), text if filled or column % 2 == 0 else "")
    paper.put(table.cell(1, 3), "\nIntended type of document (R-C-TD): C")
    for row, label, value in ((2, "Source:", "Imaginary Networks"), (3, "Title: ", "Draft text on framing")):
        paper.put(table.cell(row, 0), label)
        paper.put(across(table, row, 1, 3), value if filled else "")
    paper.put(table.cell(4, 0), "Contact:")
    paper.put(across(table, 4, 1, 2), "\n".join(PEOPLE[0][:3]) if filled else "<Name>\n<Organization>\n<Country>")
    paper.put(table.cell(4, 3), f"Tel: {PEOPLE[0][3]}\nFax:\nEmail: {PEOPLE[0][4]}" if filled else "Tel:\nFax:\nEmail:")
    paper.put(
        across(table, 5, 0, 3),
        "Please do not change the structure of this table, just insert the necessary information.",
    )
    paper.body()
    expected: Expected = {
        "questions": ("6/15",), "place_date": "Geneva, 24 May 2016", "starts_on": "2016-05-24", "ends_on": "2016-05-24",
        "group": "SG15", "source": "Imaginary Networks", "title": "Draft text on framing", "contacts": PEOPLE[:1], "sector": "T",
    }  # fmt: skip
    empty = {"questions": (), "source": "", "title": "", "contacts": (), "placeholders": ("contact",)}
    return Built(id, "skeleton.docx", paper.data(), (expected if filled else empty) | _reads(expects))


@recipe
def itu_r(
    id: str,
    *,
    language: str = "en",
    styled: bool = True,
    number: str = "5D/123-E",
    source: str = "Fictavia",
    in_table: bool = True,
    only: bool = False,
    group: str = "WP5D",
    **expects: Any,
) -> Built:
    """The head of ITU-R: received, source and subject on the left, number, date and language on the right."""
    words, paper = WORDS[language], Paper(styled=styled)
    title = words.text.upper()
    left = [
        f"{words.received}:\t{words.date}",
        f"{words.source.rstrip(':')}:\tDocument 5D/TEMP/1",
        f"{words.subject}:\tQuestion ITU-R 241/5",
    ]
    original = "English only" if only else words.original
    right = [f"{words.document} {number}", words.date, original]
    if in_table:
        table = paper.table(6, 2)
        paper.put(table.cell(0, 0), words.radio)
        cell = table.cell(1, 0).merge(table.cell(3, 0))
        cell.paragraphs[0].text = left[0]
        for line in left[1:]:
            cell.add_paragraph(line)
        for row, text in enumerate(right, 1):
            paper.put(table.cell(row, 1), text, "number" if row == 1 else "").paragraphs[0].style = "Normal"
        heads = [across(table, 4, 0, 1), across(table, 5, 0, 1)]
        for cell, text, style in zip(heads, (source, title), ("Source", "Title1"), strict=True):
            paper.put(cell, text)
            if styled:
                _style(paper, style)
                cell.paragraphs[0].style = style
    else:
        for text in [words.radio, *left, *right, source, title]:
            paper.doc.add_paragraph(text)
    paper.body()
    expected: Expected = {
        "number": number, "sector": "R", "group": group, "source": source, "title": title, "received": words.date,
        "document_date": words.date, "language": "en", "subject": "Question ITU-R 241/5", "reference": "Document 5D/TEMP/1",
        "template": "itu-r",
    }  # fmt: skip
    return Built(id, "r.docx", paper.data(), expected | _reads(expects))


def _reads(expects: Expected) -> Expected:
    """What a cover reads differently from what was put in: `reads_title` is the title."""
    return {name.removeprefix("reads_"): value for name, value in expects.items()}


def _style(paper: Paper, name: str) -> None:
    if name not in [s.name for s in paper.doc.styles]:
        paper.doc.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)


# What people do to covers


def controlled(*names: str, how: str = "inline", ghost: bool = False) -> Callable[[Paper], None]:
    """Put the values into content controls: around the words, the paragraph, the cell or the row."""

    def change(paper: Paper) -> None:
        for name in names:
            cell = paper.cells[name]._tc
            paragraph = cell.findall(qn("w:p"))[0]
            wrapped = {
                "inline": paragraph.findall(qn("w:r")),
                "block": [paragraph],
                "cell": [cell],
                "row": [cell.getparent()],
            }[how]
            _wrap(wrapped, ghost=ghost)

    return change


def _wrap(elements: Sequence[Any], *, ghost: bool) -> None:
    control, properties, content = OxmlElement("w:sdt"), OxmlElement("w:sdtPr"), OxmlElement("w:sdtContent")
    if ghost:
        properties.append(OxmlElement("w:showingPlcHdr"))
    control.append(properties)
    control.append(content)
    elements[0].addprevious(control)
    for element in elements:
        content.append(element)


def tracked(name: str, inserted: str, deleted: str) -> Callable[[Paper], None]:
    """The value was changed with changes tracked: the words are an insertion, old ones a deletion."""

    def change(paper: Paper) -> None:
        paragraph = paper.cells[name].paragraphs[0]._p
        for run in paragraph.findall(qn("w:r")):
            paragraph.remove(run)
        for tag, text_tag, text in (("w:del", "w:delText", deleted), ("w:ins", "w:t", inserted)):
            mark, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
            mark.set(qn("w:id"), "7"), mark.set(qn("w:author"), "Ada Example")
            words.text = text
            run.append(words)
            mark.append(run)
            paragraph.append(mark)

    return change


def paragraphs(name: str) -> Callable[[Paper], None]:
    """Line breaks inside a cell become paragraphs."""

    def change(paper: Paper) -> None:
        cell = paper.cells[name]
        lines = cell.text.split("\n")
        first = cell.paragraphs[0]
        for run in list(first.runs):
            first._p.remove(run._r)
        first.add_run(lines[0])
        for line in lines[1:]:
            copied = deepcopy(first._p)
            cell._tc.append(copied)
            copied.findall(qn("w:r"))[0].findall(qn("w:t"))[0].text = line

    return change


def all_of(*changes: Callable[[Paper], None]) -> Callable[[Paper], None]:
    def change(paper: Paper) -> None:
        for one in changes:
            one(paper)

    return change


def merged_contacts(paper: Paper) -> None:
    """One label, merged downwards beside two contacts."""
    label = paper.cells["contact-label"]._tc
    row = label.getparent()
    upper = row.getprevious().findall(qn("w:tc"))[0]
    for cell, value in ((upper, "restart"), (label, "continue")):
        merge = OxmlElement("w:vMerge")
        merge.set(qn("w:val"), value)
        cell.get_or_add_tcPr().append(merge)
    for paragraph in label.findall(qn("w:p")):
        for run in paragraph.findall(qn("w:r")):
            paragraph.remove(run)


def split_runs(paper: Paper) -> None:
    """Every letter its own run, as after much editing."""
    for name in ("title", "number", "questions"):
        paragraph = paper.cells[name].paragraphs[0]
        text = paragraph.text
        for run in list(paragraph.runs):
            paragraph._p.remove(run._r)
        for letter in text:
            paragraph.add_run(letter)


def covers() -> list[Recipe]:
    """Every cover of the tests."""
    return [*_periods(), *_languages(), *_oddities(), *_others()]


def _periods() -> list[Recipe]:
    built = []
    for period in ("2017-2020", "2022-2024", "2025-2028"):
        old = {"purpose": "Proposal", "keywords": "OTN; framing"} if period < "2025" else {}
        template = f"itu-t-{period[:4]}"
        built += [
            itu_t(f"contribution-{period}", period=period, reads_template=template, **old),
            itu_t(f"contribution-{period}-no-styles", period=period, styled=False, number="SG13-C1201", questions="Q2/13",
                  codes=("2/13",), reads_template=template, **old),
            itu_t(f"td-{period}", period=period, kind="TD", number="SG15-TD12/GEN", source="Rapporteur Q6/15",
                  title="Progress report of Question 6/15", reads_template=template, **old),
            itu_t(f"td-{period}-no-styles", period=period, kind="TD", number="SG15-TD142/3", source="Editor G.framing", styled=False,
                  questions="ALL/15", codes=("ALL/15",), reads_template=template, **old),
        ]  # fmt: skip
    return built


def _languages() -> list[Recipe]:
    built = []
    for language in WORDS:
        built += [
            itu_t(f"contribution-{language}", language=language, styled=False),
            itu_t(
                f"contribution-{language}-styled",
                language=language,
                purpose="Information",
                keywords="OTN, FlexE",
                people=2,
            ),
            liaison(f"liaison-{language}", language=language, styled=False),
            itu_r(f"itu-r-{language}", language=language, styled=language != "zh"),
        ]
    return built


def _oddities() -> list[Recipe]:
    cross = ("E-meeting, 29 December 2025 – 3 January 2026", "2025-12-29", "2026-01-03")
    return [
        itu_t("controls-inline", change=controlled("number", "title", "source", "questions")),
        itu_t("controls-block", change=controlled("title", "source", "abstract", how="block"), styled=False),
        itu_t("controls-cell", change=controlled("title", "questions", how="cell"), styled=False),
        itu_t("controls-row", change=controlled("title", "source", how="row"), styled=False),
        itu_t("controls-purpose", purpose="Discussion", keywords="a, b", change=controlled("purpose", "keywords"), period="2022-2024"),
        itu_t("controls-empty", change=controlled("title", "source", ghost=True), title="Choose a title",
              source="Source here", reads_title="", reads_source="", reads_placeholders=("source", "title")),
        itu_t("tracked-title", change=tracked("title", "New words of the title", "Old words"), title="Old words",
              reads_title="New words of the title"),
        itu_t("tracked-number", change=tracked("number", "SG15-C45", "SG15-C44"), styled=False),
        itu_t("tracked-questions", change=all_of(tracked("questions", "6/15, 7/15", "6/15"), controlled("source")),
              codes=("6/15", "7/15")),
        itu_t("merged-contacts", people=2, change=merged_contacts),
        itu_t("paragraphs-in-contact", change=all_of(paragraphs("contact"), paragraphs("contact-numbers"))),
        itu_t("split-runs", change=split_runs),
        itu_t("questions-short", questions="6, 7/15", codes=("6/15", "7/15")),
        itu_t("questions-words", questions="Q6/15 and Q10/15; Q2/13", codes=("6/15", "10/15", "2/13")),
        itu_t("questions-all", questions="QALL/15", codes=("ALL/15",)),
        itu_t("questions-none", questions="N/A", codes=()),
        itu_t("days-across-years", days=cross),
        itu_t("days-one", days=("E-meeting, 18 January 2016", "2016-01-18", "2016-01-18"), period="2013-2016", reads_template="itu-t"),
        itu_t("days-autumn", days=("London, 2-6 October 2017", "2017-10-02", "2017-10-06"), period="2017-2020"),
        itu_t("title-of-two-lines", title="Draft new Recommendation ITU-T G.framing\n(for consent)"),
        itu_t("source-of-several", source="Imaginary Networks, University of Nowhere", people=2),
        itu_t("named-by-file", number="SG15-Cn", name="T25-SG15-C-0123!R1!MSW-E.docx",
              reads_number="SG15-C123R1", reads_placeholders=("number",)),
    ]  # fmt: skip


def _others() -> list[Recipe]:
    return [
        liaison("liaison-styled"),
        liaison("liaison-old", comment=True),
        liaison("liaison-old-no-styles", comment=True, styled=False),
        itu_t(
            "rgm",
            kind="DOC",
            number="Q6/15-DOC3",
            purpose="Admin",
            keywords="agenda",
            group="SG15",
            reads_template="rgm",
        ),
        itu_t(
            "rgm-no-styles",
            kind="DOC",
            number="DOC12",
            styled=False,
            purpose="Discussion",
            keywords="x",
            group="SG15",
            reads_template="rgm",
        ),
        skeleton("skeleton", reads_template="itu-t-old"),
        skeleton("skeleton-empty", filled=False),
        itu_r("itu-r-lines", in_table=False),
        itu_r("itu-r-temp", number="5D/TEMP/45(Rev.1)-E", only=True),
        itu_r("itu-r-group", number="5/88-E", group="SG5", source="Working Party 5A", styled=False),
    ]
