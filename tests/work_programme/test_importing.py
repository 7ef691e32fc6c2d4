"""Exports of a work programme as people have them: read whatever their encoding, entered once, never over what was written here."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import NotAllowed
from sgdocs.documents.importing.tables import Unreadable
from sgdocs.journal.models import Entry
from sgdocs.web.exports import Export, export
from sgdocs.work_programme import actions, queries
from sgdocs.work_programme.importing.families import number_in
from sgdocs.work_programme.importing.incoming import Rejected, incoming
from sgdocs.work_programme.importing.merging import merged
from sgdocs.work_programme.importing.run import Import, Outcome, import_items
from sgdocs.work_programme.importing.tables import read
from sgdocs.work_programme.listing import ItemFilter
from sgdocs.work_programme.models import ItemStep, WorkItem
from sgdocs.work_programme.outgoing import COLUMNS, ItemOut
from sgdocs.work_programme.rules import ItemStatus
from sgdocs.work_programme.schemas import EditForm
from tests.cast import Cast
from tests.make import Make
from tests.support.databases import Clock
from tests.work_programme.items import registered

Run = Callable[..., Outcome]
PREAMBLE = "ITU-T Work Programme Report;;;\r;;;\r{count} work item(s) match the following criteria:;;;\rStudy Period: ;2025-2028;;\rStudy Group:;SG13: Future networks;;\rReport Generated On:;11/Nov/2025 11:02:10 AM;;\r;;;\r"
HEADING = "Work Item;Question;Title/Subject;Timing;Study Group;Study Period;Version;Status"
ROWS = (
    "Y.slice (ex Y.cut);Q2/13;Slices — of networks;2026-Q2;SG13;2025-2028;New;Under study",
    "Y.det;Q2/13;Determined text;2025-04;SG13;2025-2028;Rev.;Determined 2025-04-17",
    "XSTR.rep;Q2/13;Report;2026;SG13;2025-2028;-;Under study [Issued from previous study period]",
)
SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def run(database: Database, clock: Clock, cast: Cast, make: Make) -> Run:
    """Import a file into a house with Q2/13; further words: of the job."""
    make.period("T22")
    assert cast.q2
    make.session.commit()

    def do(path: Path, **facts: Any) -> Outcome:
        return import_items(Import(database, Actor.operator(), clock, **facts), path)

    return do


def table(*rows: str, heading: str = HEADING, preamble: bool = True) -> str:
    return (PREAMBLE.format(count=len(rows)) if preamble else "") + "\r".join((heading, *rows)) + "\r"


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def items(database: Database) -> dict[str, WorkItem]:
    with database.reading() as session:
        return {row.acronym: row for row in session.exec(select(WorkItem))}


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.added, outcome.changed, outcome.unchanged, len(outcome.rejects)


# Reading


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    ("encoding", "ends"),
    [("mac_roman", "\r"), ("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("cp1252", "\r\n"), ("utf-16", "\n")],
)
def test_export_is_read_in_the_encodings_that_people_have(tmp_path: Path, encoding: str, ends: str) -> None:
    text = table(*ROWS).replace("\r", ends)

    found = read(written(tmp_path, text, encoding))

    assert found.lines[0].raw is not None
    assert found.lines[0].raw["title"] == "Slices — of networks"
    assert found.said == {
        "period": "2025-2028",
        "group": "SG13: Future networks",
        "generated": "11/Nov/2025 11:02:10 AM",
    }
    assert (found.announced, len(found.lines)) == (3, 3)


def test_row_says_name_status_and_day(tmp_path: Path) -> None:
    found = read(written(tmp_path, table(*ROWS)))
    rows = [incoming(line.number, line.raw or {}, found.said) for line in found.lines]

    assert [(row.name, row.former) for row in rows] == [("Y.slice", ("Y.cut",)), ("Y.det", ()), ("XSTR.rep", ())]
    assert [(row.stood.status, row.stood.on, row.stood.is_issued) for row in rows] == [
        ("under-study", None, False),
        ("determined", date(2025, 4, 17), False),
        ("under-study", None, True),
    ]
    assert [(row.facts["kind"], row.facts.get("process")) for row in rows] == [
        ("recommendation", None),
        ("recommendation", "tap"),
        ("technical-report", "agreement"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("name", "", "work item"),
        ("name", "<script>", "work item"),
        ("title", "", "title"),
        ("title", "x" * 501, "title"),
        ("status", "Nearly done", "status"),
        ("status", "Determined 2025-13-45", "status"),
        ("version", "Newest", "version"),
        ("timing", "soon", "timing"),
        ("process", "ballot", "approval process"),
        ("kind", "poem", "type"),
        ("priority", "extreme", "priority"),
        ("isn", "17e3", "isn"),
        ("status_on", "yesterday", "status_on"),
    ],
)
def test_garbage_in_a_row_is_named(field: str, value: str, named: str) -> None:
    right = {"name": "Y.slice", "title": "Slices", "status": "Under study"}

    with pytest.raises(Rejected) as wrong:
        incoming(1, right | {field: value}, {})

    assert wrong.value.field == named


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("export.csv", b"a;b;c\n1;2;3\n"),
        ("export.csv", b"\x00\x01\x02" * 100),
        ("export.csv", b""),
        ("export.xlsx", b"PK\x03\x04 nothing"),
        ("export.json", b"[1, 2"),
        ("export.json", b'"a"'),
        ("export.json", b"[" * 100_000),
        ("export.pdf", b"%PDF"),
        ("export.csv", b'Work Item;Title\n"a' + b"x" * 200_000),
    ],
)
def test_file_that_is_no_export_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)

    with pytest.raises(Unreadable):
        read(path)


@pytest.mark.parametrize(
    ("name", "number"),
    [("X.1250rev", "X.1250"), ("X.510 Amd.1", "X.510"), ("X.509Amd.2", "X.509"), ("X.1281Amd1", "X.1281"), ("G.709.20", "G.709.20"), ("Y.slice", "")],
)  # fmt: skip
def test_name_tells_which_recommendation_is_changed(name: str, number: str) -> None:
    assert number_in(name) == number


# Entering


def test_items_are_entered_once(run: Run, tmp_path: Path, database: Database, make: Make) -> None:
    path = written(tmp_path, table(*ROWS), "mac_roman")

    first, again = run(path), run(path)

    assert (counts(first), counts(again)) == ((3, 0, 0, 0), (0, 0, 3, 0))
    found = items(database)
    assert (found["Y.det"].status, found["Y.det"].status_on, found["Y.det"].process) == (
        "determined",
        date(2025, 4, 17),
        "tap",
    )
    assert (found["Y.slice"].former_names, found["Y.slice"].timing_on) == (["Y.cut"], date(2026, 6, 30))
    assert found["XSTR.rep"].issued_from_id == make.period("T22").id
    with database.reading() as session:
        steps = session.exec(select(ItemStep).order_by(col(ItemStep.id))).all()
        assert [(step.status, step.happened_on) for step in steps] == [
            ("under-study", None),
            ("determined", date(2025, 4, 17)),
            ("under-study", None),
        ]
        assert len(session.exec(select(Entry).where(Entry.verb == "work.imported")).all()) == 3
        assert queries.find(Act(session, Actor.operator(), make.act.now), "y.cut") is not None


def test_later_export_moves_what_changed_and_keeps_the_number(run: Run, tmp_path: Path, database: Database) -> None:
    run(written(tmp_path, table(*ROWS)))
    number = items(database)["Y.slice"].number
    later = table(
        "Y.slicing (ex Y.slice);Q2/13;Slices — of networks;2027;SG13;2025-2028;New;Consented 2026-02-20", *ROWS[1:]
    )

    outcome = run(written(tmp_path, later))

    assert counts(outcome) == (0, 1, 2, 0)
    item = items(database)["Y.slicing"]
    assert (item.number, item.status, item.status_on, item.timing) == (number, "consented", date(2026, 2, 20), "2027")
    assert item.former_names == ["Y.slice", "Y.cut"]
    assert counts(run(written(tmp_path, later))) == (0, 0, 3, 0)


def test_what_was_written_here_stays_and_is_named(
    run: Run, tmp_path: Path, database: Database, make: Make, cast: Cast
) -> None:
    run(written(tmp_path, table(*ROWS)))
    item = queries.by_handle(cast.tsb.act, "Y.slice")
    actions.edit(cast.tsb.act, item, EditForm(title="Better words", timing="2028"))
    make.session.commit()

    same = run(written(tmp_path, table(*ROWS)))
    other = run(written(tmp_path, table(ROWS[0].replace("networks", "grids").replace("New", "Rev."), *ROWS[1:])))

    assert (counts(same), counts(other)) == ((0, 0, 3, 0), (0, 1, 2, 0))
    assert [(each.field, each.value) for each in other.kept] == [("title", "Slices — of grids")]
    found = items(database)["Y.slice"]
    assert (found.title, found.timing, found.version) == ("Better words", "2028", "revision")


def test_item_of_the_house_is_filled_in_not_overwritten(
    run: Run, tmp_path: Path, database: Database, make: Make, cast: Cast
) -> None:
    registered(cast, title="Our words", timing="2027")
    make.session.commit()

    outcome = run(written(tmp_path, table("Y.slice;Q2/13;Their words;2026;SG13;2025-2028;New;Under study")))

    found = items(database)["Y.slice"]
    assert (found.title, found.timing, found.number) == ("Our words", "2027", 1)
    assert {each.field for each in outcome.kept} == {"title", "timing"}


def test_item_that_ended_here_is_not_raised_by_an_old_export(
    run: Run, tmp_path: Path, database: Database, make: Make, cast: Cast
) -> None:
    run(written(tmp_path, table(*ROWS)))
    later = table("Y.det;Q2/13;Determined text;2025-04;SG13;2025-2028;Rev.;Approved 2025-09-01", preamble=False)
    run(written(tmp_path, later))

    outcome = run(written(tmp_path, table(*ROWS)))

    assert [(each.field, each.value) for each in outcome.rejects] == [("status", "determined")]
    assert items(database)["Y.det"].status == ItemStatus.APPROVED


@pytest.mark.databases("sqlite")
def test_rows_that_cannot_be_placed_are_rejected_alone(run: Run, tmp_path: Path, database: Database) -> None:
    rows = (
        ROWS[0],
        "Y.a;Q77/13;No such Question;2026;SG13;2025-2028;New;Under study",
        "Y.b;Q2/13;No such group;2026;SG99;2025-2028;New;Under study",
        "Y.c;Q2/13;No such period;2026;SG13;1801-1804;New;Under study",
        "Y.d;Q2/13;Of the period before;2026;SG13;2022-2024;New;Under study",
        "Y.SLICE;Q2/13;Twice;2026;SG13;2025-2028;New;Under study",
        "Y.e;Q2/13;Too many cells;2026;SG13;2025-2028;New;Under study;more",
    )

    outcome = run(written(tmp_path, table(*rows)))

    assert {each.line: each.field for each in outcome.rejects} == {
        10: "question",
        11: "study group",
        12: "study period",
        13: "question",
        14: "work item",
        15: "row",
    }
    assert list(items(database)) == ["Y.slice"]


@pytest.mark.databases("sqlite")
def test_file_that_was_cut_off_is_told(run: Run, tmp_path: Path) -> None:
    text = table(*ROWS).replace("3 work item(s)", "25 work item(s)")

    outcome = run(written(tmp_path, text))

    assert (outcome.added, [(each.line, each.value) for each in outcome.rejects]) == (3, [(0, "3")])


@pytest.mark.databases("sqlite")
def test_dry_run_writes_nothing(run: Run, tmp_path: Path, database: Database) -> None:
    outcome = run(written(tmp_path, table(*ROWS)), dry_run=True)

    assert (outcome.added, items(database)) == (3, {})


@pytest.mark.databases("sqlite")
def test_who_is_not_of_the_office_imports_nothing(
    run: Run, tmp_path: Path, database: Database, cast: Cast, clock: Clock
) -> None:
    job = Import(database, cast.chair.actor, clock)

    with pytest.raises(NotAllowed):
        import_items(job, written(tmp_path, table(*ROWS)))


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_own_export_is_read_back_without_a_change(
    run: Run, tmp_path: Path, database: Database, make: Make, cast: Cast, form: str
) -> None:
    run(written(tmp_path, table(*ROWS)))
    with database.reading() as session:
        rows = queries.listing(Act(session, Actor.operator(), make.act.now), ItemFilter()).rows
        told = [ItemOut.of(row, "https://sgdocs.test") for row in rows]
    path = tmp_path / f"own.{form}"
    path.write_bytes(bytes(export(Export(form), "work programme", told, COLUMNS).body))

    outcome = run(path, source="own")

    assert (outcome.read, outcome.rejects, outcome.kept, outcome.added) == (3, [], [], 0)
    assert outcome.unchanged == 3


@pytest.mark.databases("sqlite")
def test_spreadsheet_with_preamble_and_formula_is_values_alone(run: Run, tmp_path: Path, database: Database) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Study Group:", "SG13: X"],
        [],
        HEADING.split(";"),
        [*ROWS[0].split(";")[:2], "=1+1", *ROWS[0].split(";")[3:]],
    ):
        sheet.append(row)
    book.save(tmp_path / "export.xlsx")

    outcome = run(tmp_path / "export.xlsx")

    assert ([each.field for each in outcome.rejects], items(database)) == (["title"], {})


@pytest.mark.databases("sqlite")
def test_json_lines_are_read(run: Run, tmp_path: Path, database: Database) -> None:
    told = {"work_item": "Y.slice", "former_code": "Y.cut", "question": "Q2/13", "title": "Slices", "study_group": "SG13",
            "study_period": "2025-2028", "version": "New", "timing": "2025-12", "status": "Determined",
            "status_date": "2025-04-17", "report_generated": "2025-11-11"}  # fmt: skip
    path = written(tmp_path, json.dumps(told) + "\n[]\nnonsense\n", name="export.jsonl")

    outcome = run(path)

    assert (outcome.added, len(outcome.rejects)) == (1, 2)
    item = items(database)["Y.slice"]
    assert (item.status_on, item.former_names, item.registered_at.date()) == (
        date(2025, 4, 17),
        ["Y.cut"],
        date(2025, 11, 10),
    )


@pytest.mark.databases("sqlite")
@pytest.mark.skipif(not SHARED.exists(), reason="no real exports here")
def test_real_exports_of_one_day_are_the_same_items(run: Run, make: Make, database: Database) -> None:
    for number in (10, 11, 15):
        make.group(f"T/SG17/T25/Q{number}", title="")
    make.session.commit()

    first = run(SHARED / "samples/itu-work-programme-export-sg17-wp1.csv")
    again = run(SHARED / "sg17-work-items-wp1-2025-11.jsonl")

    assert (counts(first), counts(again)) == ((25, 0, 0, 0), (0, 0, 25, 0))
    found = items(database)
    assert (found["X.1250rev"].status, found["X.1250rev"].status_on) == ("determined", date(2025, 4, 17))
    assert "—" in found["X.aas"].title


# What is written over what


@pytest.mark.parametrize(
    ("here", "now", "before", "changed", "kept"),
    [
        ("a", "a", None, {}, {}),
        ("", "b", None, {"x": ("", "b")}, {}),
        ("a", "b", None, {}, {"x": ("b", "a")}),
        ("a", "b", {"x": "a"}, {"x": ("a", "b")}, {}),
        ("c", "b", {"x": "a"}, {}, {"x": ("b", "c")}),
        ("c", "a", {"x": "a"}, {}, {}),
        ("a", "", {"x": "a"}, {"x": ("a", "")}, {}),
        ("c", "b", {}, {}, {"x": ("b", "c")}),
    ],
)
def test_source_changes_what_nobody_changed_here(
    here: str, now: str, before: dict[str, str] | None, changed: dict[str, Any], kept: dict[str, Any]
) -> None:
    found = merged({"x": here}, {"x": now}, before)

    assert (found.changed, found.kept) == (changed, kept)
