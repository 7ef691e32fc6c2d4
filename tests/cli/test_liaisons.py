"""`sgdocs import liaisons` as somebody at a terminal uses it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sgdocs.cli import app, liaisons
from sgdocs.liaison.models import Statement
from sgdocs.wiring import Services
from tests.liaison.registers import register
from tests.make import all_rows
from tests.people.browser import read

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture(autouse=True)
def house(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liaisons, "open_services", lambda: services)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, ["import", "liaisons", *map(str, words)])


def test_counts_are_one_object_and_every_broken_reference_is_in_the_report(tmp_path: Path) -> None:
    generated = register(60, broken_share=0.1)
    file, report = generated.write(tmp_path / "r.jsonl"), tmp_path / "report.jsonl"

    done = run(file, "--json", "--report", report)

    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "imported": 60,
        "references": generated.references,
        "resolved": generated.references - 6,
        "outside": 0,
        "rejected": 6,
    }
    told = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert {each["value"] for each in told} == generated.broken


def test_second_run_says_that_all_is_known(tmp_path: Path, services: Services) -> None:
    file = register(12).write(tmp_path / "r.jsonl")
    run(file, "--report", tmp_path / "a.jsonl")

    again = run(file, "--report", tmp_path / "b.jsonl")

    assert "12 rows read: 0 statements added, 12 known before" in again.stderr
    assert len(read(services.database, lambda session: all_rows(session, Statement))) == 12


def test_rejected_row_is_named_and_ends_with_one(tmp_path: Path) -> None:
    file, report = tmp_path / "r.jsonl", tmp_path / "report.jsonl"
    file.write_text('{"from": [], "to": ["IETF"], "title": "LS on x"}\n', encoding="utf-8")

    done = run(file, "--json", "--report", report)

    assert (done.exit_code, json.loads(done.stdout)["rejected"]) == (1, 1)
    assert "line 1, from" in done.stderr
    assert json.loads(report.read_text(encoding="utf-8"))["right"] == "Say from whom it comes."


def test_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "there is no such file" in str(run(tmp_path / "none.jsonl").exception)
