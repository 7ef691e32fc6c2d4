"""Comment sheets: out and in without change, what they may ask for, and each thing that is wrong with one by its rule."""

import io
import time
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from sqlmodel import col, select

from sgdocs.approval import comment_rules, sheet_files, sheets
from sgdocs.approval.actions import comments
from sgdocs.approval.actions.sheets import Brought, bring
from sgdocs.approval.comment_schemas import CommentForm, DisposalForm
from sgdocs.approval.models import Comment, CommentVersion, Process
from sgdocs.approval.sheet_files import Front
from sgdocs.base.act import Act
from sgdocs.base.errors import Closed, Conflict, Invalid, NotAllowed, NotFound, Refused
from sgdocs.text import tables
from tests.approval.windows import at, geneva, process, window
from tests.cast import Cast
from tests.make import Make

TEMPLATE = (
    "MB/NC1",
    "Line number (e.g. 17)",
    "Clause/ Subclause (e.g. 3.1)",
    "Paragraph/ Figure/ Table/ (e.g. Table 1)",
    "Type of comment2",
    "Comments",
    "Proposed change",
    "Observations of the secretariat",
)
"""As the template of ISO writes its headings."""


@pytest.fixture
def text(cast: Cast) -> Process:
    cast.summon("tsb", "chair", "rapporteur", "delegate_member", "delegate_state")
    row = process(cast)
    window(cast, row)
    return row


def said(**facts: object) -> CommentForm:
    return CommentForm.model_validate(
        {"kind": "substantive", "clause": "7.2", "text": "The timer is too short."} | facts
    )


def every(make: Make) -> list[Comment]:
    return list(make.session.exec(select(Comment).order_by(col(Comment.number))))


def sheet(text: Process, make: Make, form: str = "xlsx") -> bytes:
    write = sheet_files.xlsx if form == "xlsx" else sheet_files.docx
    return write(Front.of(text, "TD45R1"), every(make))


def edited(data: bytes, *edits: tuple[str, str, Any]) -> bytes:
    """With (row of the comment from 0, heading, value) cells changed."""
    book = load_workbook(io.BytesIO(data))
    page = book.active
    assert page is not None
    headings = [cell.value for cell in page[3]]
    for row, heading, value in edits:
        page.cell(row=4 + int(row), column=headings.index(heading) + 1, value=value)
    return saved(book)


def made(*rows: tuple[Any, ...], headings: tuple[str, ...] = TEMPLATE) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (headings, *rows):
        page.append(list(row))
    return saved(book)


def saved(what: Any) -> bytes:
    stream = io.BytesIO()
    what.save(stream)
    return stream.getvalue()


def brought(act: Act, text: Process, data: bytes, name: str = "sheet.xlsx") -> Brought:
    return bring(act, text, tables.read(data, name).grids)


def refused(act: Act, text: Process, data: bytes, kind: type[Refused] = Invalid) -> Refused:
    """What the door answers; it rolls back."""
    saved = act.session.begin_nested()
    with pytest.raises(kind) as no:
        brought(act, text, data)
    saved.rollback()
    return no.value


def some(cast: Cast, text: Process) -> None:
    """Comments whose words do everything that words can do to a sheet."""
    comments.comment(cast.delegate_member.act, text, said(element="Table 3", opposes=True, proposed="10 s\nor more"))
    comments.comment(cast.delegate_member.act, text, said(kind="typographical", text='=HYPERLINK("http://x")'))
    comments.comment(cast.delegate_state.act, text, said(text="'=quoted", proposed="-1 + 2  twice   spaced"))
    row = comments.comment(cast.delegate_state.act, text, said(text="@cmd|' /C calc'!A0", element="line 17; Note 2"))
    form = DisposalForm.model_validate({"disposition": "accepted-with-change", "reason": "+ see 7.3"})
    comments.dispose(cast.rapporteur.act, text, row, form)


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_sheet_that_comes_back_as_it_went_changes_nothing(cast: Cast, text: Process, make: Make, form: str) -> None:
    some(cast, text)
    before = [row.model_dump() for row in every(make)]

    for player in (cast.delegate_member, cast.rapporteur, cast.tsb):
        done = brought(player.act, text, sheet(text, make, form), f"sheet.{form}")
        assert done == Brought(unchanged=4)
    assert [row.model_dump() for row in every(make)] == before


def test_no_cell_of_a_sheet_starts_a_formula(cast: Cast, text: Process, make: Make) -> None:
    some(cast, text)
    page = load_workbook(io.BytesIO(sheet(text, make))).active
    assert page is not None
    cells = [cell for row in page.iter_rows() for cell in row if cell.value]
    doc = Document(io.BytesIO(sheet(text, make, "docx")))
    words = [cell.text for row in doc.tables[0].rows for cell in row.cells if cell.text]

    assert {cell.data_type for cell in cells} == {"s"}
    for told in (*(str(cell.value) for cell in cells), *words):
        assert told[0] not in "=+-@|%\t\r\n"


def test_sheet_of_the_template_sends_new_comments_once(cast: Cast, text: Process, make: Make) -> None:
    data = made(
        ("Imaginary Networks", "17", "7.2", "Table 1", "te", "Too short", "10 s", ""),
        ("", "", "1", "", "ed", "A comma", "", ""),
        ("", "", "1", "", "ed", "A comma", "", ""),
    )

    assert brought(cast.delegate_member.act, text, data) == Brought(new=(1, 2), unchanged=1)
    assert brought(cast.delegate_member.act, text, data) == Brought(unchanged=3)
    assert [(row.entity, row.kind, row.clause, row.element, row.text) for row in every(make)] == [
        ("Imaginary Networks", "substantive", "7.2", "line 17; Table 1", "Too short"),
        ("Imaginary Networks", "typographical", "1", "", "A comma"),
    ]


def test_sheet_changes_and_disposes_and_a_second_time_nothing(cast: Cast, text: Process, make: Make) -> None:
    some(cast, text)
    mine = edited(sheet(text, make), ("0", "Comments", "The timer is far too short."))

    assert brought(cast.delegate_member.act, text, mine) == Brought(changed=(1,), unchanged=3)
    assert brought(cast.delegate_member.act, text, mine) == Brought(unchanged=4)
    judged = edited(
        sheet(text, make),
        ("0", "Disposition", "Accepted"),
        ("1", "Disposition", "Not accepted"),
        ("1", "Observations of the secretariat", "No link"),
    )
    assert brought(cast.rapporteur.act, text, judged) == Brought(disposed=(1, 2), unchanged=2)
    assert brought(cast.rapporteur.act, text, judged) == Brought(unchanged=4)
    assert [(row.disposition, row.disposition_text) for row in every(make)][:2] == [
        ("accepted", ""),
        ("rejected", "No link"),
    ]


def test_older_sheet_takes_no_disposition_back(cast: Cast, text: Process, make: Make) -> None:
    some(cast, text)
    old = sheet(text, make)
    comments.dispose(
        cast.rapporteur.act, text, every(make)[0], DisposalForm.model_validate({"disposition": "accepted"})
    )

    assert brought(cast.chair.act, text, old) == Brought(unchanged=4)
    assert every(make)[0].disposition == "accepted"
    other = edited(old, ("0", "Disposition", "Rejected"), ("0", "Observations of the secretariat", "No"))
    assert refused(cast.chair.act, text, other, Conflict).rule is comment_rules.CHANGED


def test_ids_of_another_process_are_refused(cast: Cast, text: Process, make: Make) -> None:
    other = process(cast, number="aap/2026-002")
    window(cast, other)
    some(cast, other)
    foreign = edited(sheet(other, make), ("0", "Comments", "Mine now"))
    page = load_workbook(io.BytesIO(foreign)).active
    assert page is not None
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=3)]

    assert refused(cast.delegate_member.act, text, foreign).rule is sheets.OTHER_PROCESS
    for told in (made(rows[1], headings=tuple(rows[0])), made(("C-00000000.1", *rows[1][1:]), headings=tuple(rows[0]))):
        no = refused(cast.delegate_member.act, text, told)
        assert (no.rule, no.facts["row"]) == (sheets.FOREIGN, 2)
    strange = made(("7; DROP", *rows[1][1:]), headings=tuple(rows[0]))
    assert refused(cast.delegate_member.act, text, strange).rule is sheets.FOREIGN
    assert {row.process_id for row in every(make)} == {other.id}


@pytest.mark.parametrize("missing", ["MB/NC1", "Type of comment2", "Comments", "Proposed change"])
def test_missing_column_is_named(cast: Cast, text: Process, missing: str) -> None:
    data = made(tuple("x" * 7), headings=tuple(each for each in TEMPLATE if each != missing))
    no = refused(cast.delegate_member.act, text, data)
    assert no.rule is sheets.COLUMNS_MISSING
    assert str(no.facts["missing"]).rstrip("12") in missing


def test_file_without_such_a_table_is_refused(cast: Cast, text: Process) -> None:
    assert refused(cast.delegate_member.act, text, made(("a", "b"), headings=("One", "Two"))).rule is sheets.NO_TABLE
    twice = made(tuple("x" * 9), headings=(*TEMPLATE, "Comments"))
    assert refused(cast.delegate_member.act, text, twice).rule is sheets.TWICE


def test_formula_is_refused_where_it_stands(cast: Cast, text: Process, make: Make) -> None:
    data = made(("", "", "1", "", "ed", '=WEBSERVICE("http://x")', "", ""))
    no = refused(cast.delegate_member.act, text, data)
    assert (no.rule, no.facts["row"], no.facts["column"]) == (sheets.FORMULA, 2, "Comments")
    assert every(make) == []


def test_every_fault_is_told_and_nothing_is_taken(cast: Cast, text: Process, make: Make) -> None:
    good = ("", "", "1", "", "ed", "A comma", "", "")
    data = made(good, ("", "", "1", "", "poetic", "x", "", ""), ("", "", "2", "", "te", "", "y", ""))
    no = refused(cast.delegate_member.act, text, data)

    assert (no.rule, no.facts["faults"]) == (sheets.REFUSED, ["sheets.type", "sheets.no-text"])
    assert "Row 3" in no.message
    assert "Row 4" in no.message
    assert every(make) == []
    long = made(("", "", "1", "", "ed", "x" * 20_001, "", ""))
    assert refused(cast.delegate_member.act, text, long).rule is sheets.TOO_LONG
    crowd = made(*(("", "", str(n), "", "ed", "A comma", "", "") for n in range(sheets.MOST_ROWS + 1)))
    assert refused(cast.delegate_member.act, text, crowd).rule is sheets.TOO_MANY


def test_row_for_another_entity_is_the_secretariats(cast: Cast, text: Process, make: Make) -> None:
    data = made(("Imaginary Networks", "", "1", "", "ed", "A comma", "", ""))

    assert refused(cast.delegate_state.act, text, data, NotAllowed).rule is comment_rules.ONLY_OFFICE
    assert brought(cast.tsb.act, text, data).new == (1,)
    assert every(make)[0].entity == "Imaginary Networks"


def test_sheet_changes_no_comment_of_another_entity(cast: Cast, text: Process, make: Make) -> None:
    some(cast, text)
    data = edited(sheet(text, make), ("0", "Comments", "Not so"), ("2", "Comments", "Mine"))
    no = refused(cast.delegate_state.act, text, data, NotAllowed)
    assert no.rule is comment_rules.NOT_YOURS
    assert refused(cast.delegate_academia.act, text, data).facts["faults"] == [
        "comments.not-yours",
        "comments.not-yours",
    ]


def test_dispositions_of_a_sheet_are_for_those_who_write_for_the_group(cast: Cast, text: Process, make: Make) -> None:
    some(cast, text)
    data = edited(sheet(text, make), ("0", "Disposition", "Accepted"))
    refused(cast.delegate_member.act, text, data, NotAllowed)
    strange = edited(sheet(text, make), ("0", "Disposition", "Maybe"))
    assert refused(cast.rapporteur.act, text, strange).rule is sheets.DISPOSITION
    same = edited(sheet(text, make), ("1", "Id", f"{every(make)[0].uid}.1"))
    assert refused(cast.rapporteur.act, text, same).rule is sheets.DOUBLE


def test_new_rows_close_with_the_window(cast: Cast, text: Process, make: Make) -> None:
    data = made(("", "", "1", "", "ed", "A comma", "", ""))
    who = cast.delegate_member.actor

    assert brought(at(cast, who, geneva(2026, 3, 15, 23, 59, 59)), text, data).new == (1,)
    later = made(("", "", "2", "", "ed", "A comma", "", ""))
    assert refused(at(cast, who, geneva(2026, 3, 16, 0, 0, 1)), text, later, Closed).rule is comment_rules.TOO_LATE
    assert brought(at(cast, who, geneva(2026, 3, 16, 0, 0, 1)), text, data) == Brought(unchanged=1)


def test_sheet_of_a_text_one_may_not_comment_on_is_not_there(cast: Cast, text: Process) -> None:
    data = made(("", "", "1", "", "ed", "A comma", "", ""))
    refused(cast.outsider.act, text, data, NotFound)


def test_change_by_sheet_keeps_the_version_before(cast: Cast, text: Process, make: Make) -> None:
    some(cast, text)
    brought(cast.delegate_member.act, text, edited(sheet(text, make), ("0", "Proposed change", "20 s")))
    first = every(make)[0]
    kept = make.session.exec(select(CommentVersion).where(CommentVersion.comment_id == first.id)).one()
    assert (first.proposed, kept.said["proposed"]) == ("20 s", "10 s\nor more")


@pytest.mark.parametrize("cell", ["(" * 32_000, "a-" * 16_000, "a" * 32_000])
def test_headings_of_a_hostile_sheet_cost_no_more_than_their_length(cell: str) -> None:
    row = tables.Row(1, (tables.Cell(cell),) * 20)
    began = time.process_time()

    sheets.read(
        [tables.Grid("", (row,) * 20 + (_row(*TEMPLATE), _row("", "", "1", "", "ed", "A comma")))], "aap/2026-001"
    )

    assert time.process_time() - began < 2


def test_sheet_of_another_text_is_known_by_its_number() -> None:
    grid = tables.Grid("", (_row("Comments on (regional-tap/2026-002)"), _row(*TEMPLATE)))

    found = sheets.read([grid], "aap/2026-001")

    assert [no.rule for no in found.faults] == [sheets.OTHER_PROCESS]
    assert found.faults[0].facts["found"] == "regional-tap/2026-002"


def _row(*cells: str) -> tables.Row:
    return tables.Row(1, tuple(tables.Cell(cell) for cell in cells))
