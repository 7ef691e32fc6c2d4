"""`sgdocs import work-programme` as somebody at a terminal uses it."""

import json
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from sgdocs.base.db import Database
from sgdocs.cli import _run, app, work_programme
from sgdocs.wiring import Services
from sgdocs.work_programme.models import WorkItem
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import read

pytestmark = pytest.mark.databases("sqlite")

TABLE = "Work Item;Question;Title/Subject;Status\nY.slice;Q2/13;Slices;Under study\nY.odd;Q77/13;Odd;Under study\n"


@pytest.fixture(autouse=True)
def house(services: Services, make: Make, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cast.q2
    make.session.commit()
    monkeypatch.setattr(work_programme, "open_services", lambda: services)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "export.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["import", "work-programme", *map(str, words)])


def names(database: Database) -> list[str]:
    return read(database, lambda session: [row.acronym for row in session.exec(select(WorkItem))])


def test_rejected_rows_are_listed_and_end_with_one(export: Path, tmp_path: Path, database: Database) -> None:
    report = tmp_path / "report.jsonl"

    done = run(export, "--report", report)

    assert (done.exit_code, names(database)) == (1, ["Y.slice"])
    assert "2 rows read: 1 added, 0 changed, 0 unchanged, 1 rejected." in done.stderr
    told = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [(each["line"], each["field"], each["value"]) for each in told] == [(3, "question", "Q77/13")]


def test_dry_run_says_what_would_be_done(export: Path, tmp_path: Path, database: Database) -> None:
    done = run(export, "--dry-run", "--report", tmp_path / "report.jsonl")

    assert "would be 1 added" in done.stderr
    assert names(database) == []


def test_second_run_says_that_nothing_changed(tmp_path: Path, database: Database) -> None:
    file = tmp_path / "export.csv"
    file.write_text("\n".join(TABLE.splitlines()[:2]), encoding="utf-8")

    first, again = run(file), run(file)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "1 rows read, nothing has changed since the last import." in again.stderr


def test_file_that_is_no_export_is_not_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "export.csv"
    file.write_text("a;b\n1;2\n", encoding="utf-8")

    code = _run(lambda: work_programme.work_programme(file))

    assert code == 2
    assert "no row names the columns" in capsys.readouterr().err
