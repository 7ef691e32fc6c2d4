"""Real approvals against the calendar: in pure cases, through the command, and in full where the data lies there."""

import gzip
import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from sgdocs import migrations
from sgdocs.approval import replay
from sgdocs.approval.replay import Announced, Known, judge, tally, ways
from sgdocs.approval.replay_known import _meetings
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import open_database
from sgdocs.cli import app
from sgdocs.meetings.models import Meeting
from tests.documents.desk import meeting
from tests.make import Make

D = date.fromisoformat
DATA = Path(os.environ.get("SGDOCS_TEST_DATA", Path(__file__).parents[3] / "shared" / "data"))
ROW = Announced("AAP", "Y.1", "2020-04", "ITU-T Y.1 (04/2020)")


@pytest.mark.parametrize(
    ("day", "path", "opened_on"),
    [
        ("2020-04-29", "last-call", "2020-04-01"),
        ("2020-01-13", "last-call", "2019-12-16"),
        ("2019-06-22", "additional-review", "2019-06-01"),
        ("2027-01-06", "additional-review", "2026-12-16"),
    ],
)
def test_day_at_the_end_of_a_window_is_explained(day: str, path: str, opened_on: str) -> None:
    verdict = judge(ROW, Known(D(day)))

    assert (verdict.path, verdict.is_explained) == (path, True)
    assert f"Opened on {opened_on}" in verdict.why
    assert verdict.clause.startswith("A.8 4.")


@pytest.mark.parametrize(
    ("procedure", "known", "path", "clause"),
    [
        ("AAP", Known(D("2019-12-05"), "SG12", 1), "decision-at-meeting", "AAP-15"),
        ("AAP", Known(D("2021-04-28"), "SG9", 0, "T17-SG9-210419"), "decision-at-meeting", "AAP-15"),
        ("AAP", Known(D("2021-04-28"), "SG9"), "anomaly", "C0.4"),
        ("AAP", Known(D("2023-12-02"), "SG15"), "anomaly", "C0.4"),
        ("TAP", Known(D("2019-05-02"), "SG3", 2), "tap", "TAP-8"),
        ("TAP", Known(D("2025-01-22"), "SG20", 1), "tap", "TAP-8"),
        ("OTHER", Known(D("2019-05-02")), "unexplained", "6.1"),
    ],
)
def test_any_other_day_is_named_with_its_rule(procedure: str, known: Known, path: str, clause: str) -> None:
    verdict = judge(Announced(procedure, "Y.1", "2019-05"), known)

    assert (verdict.path, verdict.is_explained) == (path, False)
    assert clause in verdict.clause


def test_month_alone_is_never_explained() -> None:
    verdict = judge(ROW, Known())

    assert (verdict.day, verdict.is_explained) == (None, False)
    assert "2020-04" in verdict.why


@given(st.dates(date(2009, 1, 1), date(2040, 12, 31)))
def test_calendar_and_rule_of_thumb_agree(day: date) -> None:
    """S+28 and S+21 with S on the 1st or the 16th, and nothing else. Source: domain 6.7."""
    back = {
        "last-call": date.fromordinal(day.toordinal() - 28),
        "additional-review": date.fromordinal(day.toordinal() - 21),
    }

    assert {way.path: way.opened_on for way in ways("aap", day)} == {
        path: opened for path, opened in back.items() if opened.day in (1, 16)
    }


def test_psaa_ends_two_months_after_its_circular() -> None:
    [way] = ways("psaa", D("2024-02-20"))

    assert (way.opened_on, way.closed_on) == (D("2023-12-20"), D("2024-02-20"))


def test_counts_add_up() -> None:
    verdicts = [
        judge(ROW, Known(D("2020-04-29"))),
        judge(ROW, Known()),
        judge(ROW, Known(D("2019-12-05"), "SG12", 1)),
        judge(Announced("?", "Y.1", "2020-04"), Known(D("2020-04-29"))),
    ]

    assert tally(verdicts) == replay.Tally(
        approvals=4,
        month_only=1,
        explained=1,
        named=1,
        unexplained=1,
        by_path={"last-call": 1, "decision-at-meeting": 1, "unexplained": 1},
    )


# The command


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SGDOCS_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lay(home: Path) -> None:
    database = open_database(f"sqlite:///{home / 'sgdocs.db'}")
    migrations.upgrade(database)
    database.engine.dispose()


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def approvals(home: Path, *lines: object, packed: bool = False) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    file = home / ("a.jsonl.gz" if packed else "a.jsonl")
    file.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return file


CLEAN = {"procedure": "AAP", "code": "Y.1", "approved_month": "2020-04", "catalogue_id": "ITU-T Y.1 (04/2020)"}


def test_without_a_catalogue_it_says_what_it_cannot_know(home: Path) -> None:
    result = run("procedure", "replay", approvals(home, CLEAN, packed=True), "--json")

    assert result.exit_code == 0
    assert "No catalogue is asked" in result.stderr
    assert json.loads(result.stdout) == {
        "approvals": 1, "month_only": 1, "explained": 0, "named": 0, "unexplained": 0, "by_path": {}
    }  # fmt: skip


def test_day_comes_from_the_catalogue(home: Path) -> None:
    lay(home)
    catalogue = home / "c.jsonl"
    record = {"id": "ITU-T Y.1 (04/2020)", "kind": "recommendation", "approved": "2020-04-29", "status": "in-force"}
    catalogue.write_text(json.dumps({**record, "sector": "T", "series": "Y", "base": "Y.1", "title": "One"}) + "\n")
    run("import", "recommendations", catalogue)

    result = run("procedure", "replay", approvals(home, CLEAN, {**CLEAN, "catalogue_id": None}))

    assert result.exit_code == 0, result.stderr
    assert "Of 1 approvals the catalogue has no day" in result.stderr
    assert (
        "2 approvals; 1 known by their month alone; 1 explained by a window, 100.0 % of those with a day"
        in result.stdout
    )


def test_lines_that_cannot_be_read_are_told_and_left_out(home: Path) -> None:
    bad = approvals(home, CLEAN, "{", '["AAP"]', {"procedure": "AAP"}, "[" * 50_000, '"' + "x" * 200_000 + '"', "")

    result = run("procedure", "replay", bad, "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["approvals"] == 1
    told = [line for line in result.stderr.splitlines() if "a.jsonl, line" in line]
    assert [line.rpartition(": ")[2] for line in told] == [
        "no JSON.", "no object.", "without code.", "no JSON.", "the line is too long."
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content", [b"\x1f\x8bnot gzip", gzip.compress(b"x" * 100)[:-9], b"\xff\xfe\x00"], ids=["gzip", "cut", "utf"]
)
def test_file_that_is_none_is_refused(home: Path, content: bytes) -> None:
    file = home / "a.gz"
    file.write_bytes(content)

    result = run("procedure", "replay", file)

    assert isinstance(result.exception, Exception)
    assert "cannot be read" in str(result.exception)


def test_show_prints_every_state_and_clause() -> None:
    shown = run("procedure", "show", "AAP").stdout

    assert "[last-call] LC  Last call  ball: members" in shown
    assert "`-- call-judgement --> judgement   clock, when the window closes  {A.8 4.4.2; domain AAP-8}" in shown
    assert "((approved)) A" in shown
    assert max(len(line) for line in shown.splitlines()) < 150


def test_show_names_what_there_is() -> None:
    result = run("procedure", "show", "waltz")

    assert "there is no procedure “waltz”; there are aap, tap" in str(result.exception)


@pytest.mark.databases("sqlite")
def test_meeting_that_ran_that_day_is_found(make: Make, act: Act) -> None:
    held: Meeting = meeting(make)
    make.session.flush()

    found = _meetings(Act(act.session, Actor.operator(), act.now))

    assert [each.code for each in found["SG13"]] == [held.code]


@pytest.mark.skipif(not (DATA / "itu-t-approvals.jsonl.gz").exists(), reason="the shared data is not here")
def test_shared_approvals_are_explained_or_named(home: Path) -> None:
    lay(home)
    run("import", "recommendations", DATA / "itu-t-recommendations.jsonl.gz")

    found = json.loads(run("procedure", "replay", DATA / "itu-t-approvals.jsonl.gz", "--json").stdout)

    known = found["approvals"] - found["month_only"]
    assert found["approvals"] == 3168
    assert known > 2400
    assert found["explained"] >= 0.95 * known
    assert found["unexplained"] == 0
    assert found["explained"] + found["named"] == known == sum(found["by_path"].values())
    assert found["by_path"]["last-call"] + found["by_path"]["additional-review"] == found["explained"]
