"""The A.1 and A.13 forms as Word files: written, read back, and read from the templates that groups use."""

import io
import time
from collections.abc import Sequence

import pytest
from docx import Document

from sgdocs.text import reading
from sgdocs.text.model import Unit
from sgdocs.work_programme import form_reading
from sgdocs.work_programme.form_docx import heading_of, write
from sgdocs.work_programme.form_words import EditorWords, FormWords, Sheet, kind_of, sheet_for
from sgdocs.work_programme.rules import ItemKind

SLICE = FormWords(
    sheet=Sheet.A1,
    question="2/13",
    what="Recommendation",
    place_date="Geneva, 2-13 March 2026",
    name="Y.slice",
    title="Requirements of slices & <tags> in “future” networks".replace("“future” ", ""),
    base_text="SG13-C17",
    timing="2027-Q2",
    editors=(EditorWords("Ada Edit", "Imaginary Networks", "ada@example.test"), EditorWords("Bo Write", "Fictavia")),
    process="aap",
    scope="What slices need.\nIt does not cover radio.",
    summary="One sentence.",
    relations="[ITU-T Y.3100]: terms.\nIEEE 802.1: bridges.",
    liaisons=("SG11", "3GPP SA2"),
    supporters=("Fictavia", "Imaginary Networks", "University of Nowhere", "China Telecom, China"),
)
STUDY = FormWords(Sheet.A13, "2/13", "Technical report", name="TR.slice", title="Study of slices", process="agreement", scope="Why.", summary="What.")  # fmt: skip


def read_back(data: bytes) -> tuple[FormWords, ...]:
    return form_reading.read(reading.read(data, "form.docx").units)


def test_form_that_was_written_is_read_back_word_for_word() -> None:
    assert read_back(write([SLICE, STUDY])) == (SLICE, STUDY)


def test_form_without_words_is_no_proposal() -> None:
    assert read_back(write([FormWords(), FormWords(Sheet.A13)])) == ()


def test_form_names_what_it_justifies() -> None:
    assert heading_of(SLICE).startswith("A.1 justification for proposed draft new ITU-T Y.slice “Requirements")
    assert heading_of(STUDY).startswith("A.13 justification")


def test_characters_that_xml_lacks_are_left_out() -> None:
    assert read_back(write([FormWords(name="Y.x", title="a\x00b\ud800c", scope="1\x0b2")]))[0].title == "abc"


def in_word(rows: Sequence[Sequence[str]]) -> tuple[Unit, ...]:
    """A table as a group's own template has it, through the reader."""
    word = Document()
    table = word.add_table(len(rows), max(map(len, rows)))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=False):
            cell.text = text
    stream = io.BytesIO()
    word.save(stream)
    return reading.read(stream.getvalue(), "template.docx").units


A1_TEMPLATE = (
    ("Question:", "", "/", "Proposed new ITU-T Recommendation", "<Meeting date>"),
    ("Reference and title:", 'Recommendation ITU-T <X.xxx> "Title"'),
    ("Base text:", "<C nnn> or <TD nnnn>", "Timing:", "<Month-Year>"),
    ("Editor(s):", "<Name, membership, e-mail address>", "Approval process:", "<AAP or TAP>"),
    ("Scope (defines the intent):", ""),
    ("Supporting members that are committing to contributing actively to the work item:",),
    ("<Member States, Sector Members, Associates, Academia>",),
)


def test_template_that_nobody_filled_is_no_form() -> None:
    assert form_reading.read(in_word(A1_TEMPLATE)) == ()


def test_template_of_a_group_is_read_whatever_its_columns() -> None:
    rows = (
        ("Question:", "Q 2/13", "Proposed new ITU-T Recommendation", "Geneva, March 2026"),
        ("Reference and title:", 'Draft new Recommendation ITU-T Y.slice-arch, "Architecture of slices"'),
        ("Base text:", "TD 45", "Timing:", "June 2027"),
        ("Editor(s):", "Ada Edit, Imaginary, ada@example.test Bo Write, Fictavia, <bo@example.test>", "Approval process:", "TAP"),
        ("Scope (defines the intent): The scope stands beside its label.",),
        ("It goes on below.",),
        ("Summary (brief): Short.",),
        ("Supporting members that are committing to contributing actively to the work item: Fictavia, Imaginary",),
        ("______________", ""),
        ("Not of the form any more",),
    )  # fmt: skip

    (form,) = form_reading.read(in_word(rows))

    assert (form.question, form.name, form.title) == ("2/13", "Y.slice-arch", "Architecture of slices")
    assert (form.base_text, form.timing, form.process) == ("TD 45", "2027-06", "tap")
    assert form.editors == (
        EditorWords("Ada Edit", "Imaginary", "ada@example.test"),
        EditorWords("Bo Write", "Fictavia", "bo@example.test"),
    )
    assert form.scope == "The scope stands beside its label.\nIt goes on below."
    assert (form.summary, form.supporters) == ("Short.", ("Fictavia", "Imaginary"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2026-05", "2026-05"),
        ("05/2026", "2026-05"),
        ("May-2026", "2026-05"),
        ("December 2027", "2027-12"),
        ("Q2 2026", "2026-Q2"),
        ("2026-Q4", "2026-Q4"),
        ("2028", "2028"),
        ("next year", "next year"),
        ("", ""),
    ],
)
def test_timing_is_read_as_people_write_it(words: str, expected: str) -> None:
    assert form_reading.timing_of(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('ITU-T Y.slice "Slices"', ("Y.slice", "Slices")),
        ("Draft new Recommendation ITU-T G.709.20 “Overview of OTN”", ("G.709.20", "Overview of OTN")),
        ("Y.SC-OpenData: Open data", ("Y.SC-OpenData", "Open data")),
        ("Slices of networks", ("", "Slices of networks")),
        ('Recommendation ITU-T <X.xxx> "Title"', ("", "")),
        ("", ("", "")),
    ],
)
def test_reference_gives_name_and_title(words: str, expected: tuple[str, str]) -> None:
    assert form_reading.reference_of(words) == expected


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Recommendation", ItemKind.RECOMMENDATION),
        ("Technical report", ItemKind.TECHNICAL_REPORT),
        ("Implementer's guide", ItemKind.IMPLEMENTERS_GUIDE),
        ("Supplement / Technical paper", None),
        ("", None),
    ],
)
def test_kind_is_known_by_its_printed_name(words: str, kind: ItemKind | None) -> None:
    assert kind_of(words) is kind


def test_sheet_follows_the_kind() -> None:
    assert [sheet_for(kind) for kind in ItemKind] == [Sheet.A1, *[Sheet.A13] * (len(ItemKind) - 1)]


def test_choice_that_is_left_open_is_no_process() -> None:
    assert [form_reading.process_of(each) for each in ("AAP", "<AAP or TAP>", "Agreement", "")] == [
        "aap",
        "",
        "agreement",
        "",
    ]


@pytest.mark.parametrize("words", ["a" * 300_000, "a@" * 150_000, 'x "' + " " * 300_000 + "x", "a@" + "b." * 150_000])
@pytest.mark.parametrize("label", ["Editor(s)", "Reference and title", "Timing", "Supporting Members"])
def test_form_of_a_stranger_is_read_in_a_time_that_grows_with_its_length(label: str, words: str) -> None:
    lines = ["Question(s): 2/13\tProposed new ITU-T Recommendation", "Reference and title: Y.slice “Slices”"]
    began = time.process_time()

    form_reading.read([Unit(text="\n".join([*lines, f"{label}: {words}"]))])

    assert time.process_time() - began < 2
