"""Old stock: filed under its old numbers, whatever the list looks like; again, nothing changes."""

import csv
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlmodel import Session, col, select

from sgdocs.documents.importing.tables import Unreadable
from sgdocs.documents.models import Document, DocumentQuestion, File, Version
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting
from sgdocs.storage.scanner import MarkScanner
from sgdocs.wiring import Services
from tests.documents.importing_rows import CODE, bring, td, write
from tests.make import Make, all_rows
from tests.support.databases import ROOT


@pytest.fixture
def house(make: Make, services: Services) -> Services:
    """SG13 with Q2 of 2025–2028; no meeting yet."""
    make.group("T/SG13/T25/Q2")
    make.session.commit()
    return services


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def documents(services: Services) -> dict[str, Document]:
    with Session(services.database.engine) as session:
        return {each.name: each for each in session.exec(select(Document).order_by(col(Document.name)))}


def kept(services: Services) -> dict[str, str]:
    """The name given of each file, by the short name it has now."""
    with Session(services.database.engine) as session:
        return {each.name: each.given_name for each in session.exec(select(File).order_by(col(File.name)))}


def run(services: Services, tmp_path: Path, files: Path, rows: list[dict[str, Any]], **options: Any) -> Any:
    return bring(services, write(tmp_path, rows), files, create_meetings=True, **options)


def test_rows_are_filed_under_their_numbers_and_days(house: Services, tmp_path: Path, files: Path) -> None:
    (files / f"{CODE}-TD-GEN-0003!!MSW-E.docx").write_bytes(b"first")
    rows = [
        td(3),
        td(5, "WP1", revision=2),
        {**td(35), "id": "T25-SG13-C-0035", "class": "contribution", "stream": None},
    ]

    outcome = run(house, tmp_path, files, rows)

    assert (outcome.read, outcome.filed, outcome.files, outcome.rejects) == (3, 3, 1, [])
    found = documents(house)
    assert sorted(found) == ["T25-SG13-C35", "T25-SG13-TD3-GEN", "T25-SG13-TD5-WP1"]
    third = found["T25-SG13-TD3-GEN"]
    assert (third.title, third.source, third.status, third.old_number) == (
        "Title of TD 3", "Rapporteur Q2/13", "posted", f"{CODE}-TD-GEN-0003",
    )  # fmt: skip
    assert third.received_at == datetime(2025, 3, 31, 22, 0, tzinfo=UTC)
    assert found["T25-SG13-TD5-WP1"].revision == 2


def test_meeting_is_made_from_its_code_when_asked(house: Services, tmp_path: Path, files: Path) -> None:
    refused = bring(house, write(tmp_path, [td(3)]), files)
    run(house, tmp_path, files, [td(3, meeting_ends="2025-04-17")])

    assert [r.field for r in refused.rejects] == ["meeting"]
    with Session(house.database.engine) as session:
        [meeting] = all_rows(session, Meeting)
    assert (meeting.code, str(meeting.starts_on), str(meeting.ends_on)) == (CODE, "2025-04-08", "2025-04-17")


def test_meeting_for_all_rows_can_be_named(house: Services, tmp_path: Path, files: Path) -> None:
    run(house, tmp_path, files, [td(1)])
    rows = [{"number": 7, "class": "contribution", "title": "Without more"}]

    outcome = bring(house, write(tmp_path, rows), files, meeting=CODE)

    assert (outcome.filed, "T25-SG13-C7" in documents(house)) == (1, True)


def test_number_may_be_written_in_full(house: Services, tmp_path: Path, files: Path) -> None:
    run(house, tmp_path, files, [td(1)])
    rows = [{"number": "SG13-C5001", "title": "A"}, {"number": "TD 5R1/G", "title": "B"}]

    outcome = bring(house, write(tmp_path, rows), files, meeting=CODE)

    found = documents(house)
    assert outcome.rejects == []
    assert found["T25-SG13-C5001"].title == "A"
    assert found["T25-SG13-TD5-GEN"].revision == 1


def test_rows_without_file_or_title_are_filed_and_listed(house: Services, tmp_path: Path, files: Path) -> None:
    (files / "TD4-GEN.docx").write_bytes(b"x")

    outcome = run(house, tmp_path, files, [td(3), td(4, title=None), td(5, title="")])

    assert outcome.filed == 3
    assert outcome.incomplete == [f"{CODE}-TD-GEN-000{n}" for n in (3, 4, 5)]
    assert {d.number: d.is_incomplete for d in documents(house).values()} == {3: True, 4: True, 5: True}


def test_again_changes_nothing(house: Services, tmp_path: Path, files: Path) -> None:
    for number in range(1, 26):
        (files / f"T25-SG13-250408-TD-GEN-{number:04}.docx").write_bytes(f"text {number}".encode())
    rows = [td(number) for number in range(1, 31)]
    run(house, tmp_path, files, rows)
    before = snapshot(house)

    outcome = run(house, tmp_path, files, rows)

    assert (outcome.filed, outcome.unchanged, len(outcome.incomplete)) == (0, 30, 5)
    assert snapshot(house) == before


def snapshot(services: Services) -> list[int]:
    with Session(services.database.engine) as session:
        return [len(all_rows(session, table)) for table in (Document, Version, File, Entry)]


def test_later_file_completes_a_document(house: Services, tmp_path: Path, files: Path) -> None:
    run(house, tmp_path, files, [td(3)])
    (files / "TD3-GEN.docx").write_bytes(b"it was found")

    outcome = run(house, tmp_path, files, [td(3)])

    assert (outcome.filed, outcome.files, outcome.incomplete) == (1, 1, [])
    assert not documents(house)["T25-SG13-TD3-GEN"].is_incomplete


def test_another_file_does_not_replace_the_first(house: Services, tmp_path: Path, files: Path) -> None:
    (files / "TD3-GEN.docx").write_bytes(b"first")
    run(house, tmp_path, files, [td(3)])
    (files / "TD3-GEN.docx").write_bytes(b"another")

    outcome = run(house, tmp_path, files, [td(3)])

    assert [r.line for r in outcome.rejects] == [1]
    assert outcome.filed == 0
    assert len(kept(house)) == 1


def test_files_are_found_by_column_and_by_number(house: Services, tmp_path: Path, files: Path) -> None:
    (files / "sub").mkdir()
    for name in (
        "odd name.pdf",
        "sub/SG13-TD5R1-GEN.docx",
        "TD 12 (GEN).docx",
        "C7.docx",
        f"{CODE}-TD-PLEN-0007!!MSW-F.docx",
    ):
        (files / name).write_bytes(name.encode())
    rows = [
        td(1, file="odd name.pdf"), td(5, revision=1), td(12), td(7, "PLEN"),
        {**td(7), "id": "T25-SG13-C-0007", "class": "contribution", "stream": ""}, td(8, file="not there.docx"),
    ]  # fmt: skip

    outcome = run(house, tmp_path, files, rows)

    assert sorted(kept(house).values()) == sorted(
        ["odd name.pdf", "SG13-TD5R1-GEN.docx", "TD 12 (GEN).docx", f"{CODE}-TD-PLEN-0007!!MSW-F.docx", "C7.docx"]
    )
    assert [(r.line, r.field, r.value) for r in outcome.rejects] == [(6, "file", "not there.docx")]


def test_number_of_another_group_or_meeting_is_another_document(house: Services, tmp_path: Path, files: Path) -> None:
    for name in ("T25-SG15-250408-TD-GEN-0003.docx", "T25-SG13-261109-TD-GEN-0003.docx", "SG13-TD3-WP1.docx"):
        (files / name).write_bytes(name.encode())

    run(house, tmp_path, files, [td(3)])

    assert kept(house) == {}


def test_links_out_of_the_folder_are_not_followed(house: Services, tmp_path: Path, files: Path) -> None:
    (tmp_path / "secret.docx").write_bytes(b"secret")
    (files / "TD3-GEN.docx").symlink_to(tmp_path / "secret.docx")

    outcome = run(house, tmp_path, files, [td(3), td(4, file="../secret.docx")])

    assert kept(house) == {}
    assert [r.field for r in outcome.rejects] == ["file"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"class": "poem"}, "class"),
        ({"class": None, "id": "x"}, "class"),
        ({"number": "three"}, "number"),
        ({"number": -3}, "number"),
        ({"number": 10**9}, "number"),
        ({"number": None, "id": ""}, "number"),
        ({"revision": 1.5}, "revision"),
        ({"received": "yesterday"}, "received"),
        ({"stream": "XX"}, "stream"),
        ({"meeting": "T25-SG99-250408"}, "meeting"),
        ({"meeting": "T25-SG13-259999"}, "meeting"),
        ({"meeting": "../../x"}, "meeting"),
    ],
)
def test_row_that_cannot_be_is_rejected_alone(
    house: Services, tmp_path: Path, files: Path, change: dict[str, Any], field: str
) -> None:
    outcome = run(house, tmp_path, files, [td(1), {**td(2), **change}, td(3)])

    assert [(r.line, r.field) for r in outcome.rejects] == [(2, field)]
    assert len(documents(house)) == 2


def test_csv_and_spreadsheet_give_the_same(house: Services, tmp_path: Path, files: Path) -> None:
    rows = [td(n, questions="Q2/13; Q9/13") for n in range(1, 4)]
    with (tmp_path / "list.csv").open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    book = Workbook()
    assert book.active is not None
    book.active.append([name.title() for name in rows[0]])
    for row in rows:
        book.active.append([datetime(2025, 4, 1) if key == "received" else value for key, value in row.items()])
    book.save(tmp_path / "list.xlsx")

    first = bring(house, tmp_path / "list.csv", files, create_meetings=True)
    second = bring(house, tmp_path / "list.xlsx", files)

    assert (first.filed, first.rejects) == (3, [])
    assert (second.filed, second.unchanged, second.rejects) == (0, 3, [])
    with Session(house.database.engine) as session:
        assert len(all_rows(session, DocumentQuestion)) == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.jsonl", None),
        ("x.doc", b""),
        ("x.csv", b"\xff\xfe\x00a"),
        ("x.csv", b"a;b\n1;2\n"),
        ("x.csv", b"id;id\n"),
        ("x.xlsx", b"PK no"),
    ],
)
def test_table_that_cannot_be_read_says_so(
    house: Services, tmp_path: Path, files: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(Unreadable):
        bring(house, tmp_path / name, files)


def test_broken_lines_are_rejected_alone(house: Services, tmp_path: Path, files: Path) -> None:
    table = write(tmp_path, [td(1)])
    table.write_text(table.read_text() + "{no json\n[]\n\n" + "x" * 2_000_000 + "\n" + "[" * 100_000 + "\n")

    outcome = bring(house, table, files, create_meetings=True)

    assert (outcome.filed, [r.line for r in outcome.rejects]) == (1, [2, 3, 5, 6])


def test_infected_file_is_not_filed(house: Services, tmp_path: Path, files: Path) -> None:
    (files / "TD3-GEN.docx").write_bytes(b"with a VIRUS in it")
    scanned = replace(house, scanner=MarkScanner({b"VIRUS": "Test.Virus"}))

    outcome = run(scanned, tmp_path, files, [td(3), td(4)])

    assert [(r.line, r.field) for r in outcome.rejects] == [(1, "file")]
    assert "Test.Virus" in outcome.rejects[0].right
    assert list(documents(house)) == ["T25-SG13-TD4-GEN"]
    assert list(house.blobs.names()) == []


@pytest.mark.databases("sqlite")
def test_killed_import_goes_on(house: Services, tmp_path: Path, files: Path, sqlite_url: str) -> None:
    rows = [td(number) for number in range(1, 401)]
    for number in range(1, 401):
        (files / f"TD{number}-GEN.docx").write_bytes(f"text {number}".encode() * 50)
    table = write(tmp_path, rows)
    script = (
        "import sys; from pathlib import Path; from sgdocs.base.db import open_database; from sgdocs.base.actor import Actor;"
        "from sgdocs.base.clock import now; from sgdocs.storage.local import LocalStore; from sgdocs.storage.scanner import NullScanner;"
        "from sgdocs.documents.importing.run import Import, import_documents; import sgdocs.wiring; url, store, table, files = sys.argv[1:];"
        "import_documents(Import(open_database(url), LocalStore(Path(store)), NullScanner(), Actor.operator(), now, create_meetings=True),"
        "Path(table), Path(files))"
    )
    command = [sys.executable, "-c", script, sqlite_url, str(tmp_path / "storage"), str(table), str(files)]
    seen = []
    for wanted in (20, 120):
        with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
            until = time.monotonic() + 60
            while len(documents(house)) < wanted and process.poll() is None and time.monotonic() < until:
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
        seen.append(len(documents(house)))

    outcome = bring(house, table, files)

    assert 20 <= seen[0] < 400
    assert (outcome.rejects, outcome.incomplete) == ([], [])
    assert outcome.filed + outcome.unchanged == 400
    assert len(documents(house)) == len(kept(house)) == 400
    with Session(house.database.engine) as session:
        assert len(all_rows(session, Version)) == 400


DATA = next((p / "shared" / "data" for p in ROOT.parents if (p / "shared" / "data").is_dir()), Path("/nowhere"))


@pytest.mark.skipif(not DATA.is_dir(), reason="the real lists are not here")
@pytest.mark.parametrize(
    ("name", "group", "rows", "titles"),
    [("sg17-documents-2025-04.jsonl", "T/SG17", 133, 17), ("sg12-documents-2025-09.jsonl", "T/SG12", 3, 3)],
)
def test_real_lists_are_filed_under_their_numbers(
    make: Make, services: Services, files: Path, name: str, group: str, rows: int, titles: int
) -> None:
    make.group(group)
    make.session.commit()

    first = bring(services, DATA / name, files, create_meetings=True)
    second = bring(services, DATA / name, files, create_meetings=True)

    assert (first.read, first.filed, first.rejects, len(first.incomplete)) == (rows, rows, [], rows)
    assert (second.filed, second.unchanged, second.rejects) == (0, rows, [])
    found = documents(services)
    assert (len(found), sum(bool(d.title) for d in found.values())) == (rows, titles)
    if group == "T/SG17":
        assert found["T25-SG17-TD3-GEN"].title.startswith("LS/i/r on Provision of handset-derived")
        assert found["T25-SG17-TD47-PLEN"].revision == 2
        assert "T25-SG17-C179" in found
    assert {d.is_incomplete for d in found.values()} == {True}


@pytest.mark.databases("sqlite")
def test_characters_that_no_database_takes_stop_nothing(house: Services, tmp_path: Path, files: Path) -> None:
    """Halves of pairs in a table, bytes that are no letters in the name of a file: the other rows are filed."""
    strange = os.fsencode(files) + b"/" + os.fsencode(f"{CODE}-TD-GEN-0003") + b"-\xff\xfe.txt"
    Path(os.fsdecode(strange)).write_bytes(b"Words of a file with a strange name.")
    rows = [
        td(1, title="half \ud800 of a pair", source="\udfff"),
        td(3, files=[os.fsdecode(strange.rpartition(b"/")[2])]),
        td(4, note="\x00\ud83d", questions=["Q2/13\udc00"]),
        td(5),
    ]

    run(house, tmp_path, files, rows)

    assert "T25-SG13-TD5-GEN" in documents(house)
    assert all(name.isprintable() for name in documents(house))
