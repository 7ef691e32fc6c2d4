"""`sgdocs import` and `sgdocs recommendations`: exit codes, words on stderr, data on stdout."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sgdocs import migrations
from sgdocs.base.db import open_database
from sgdocs.cli import _ground, app
from tests.recommendations.catalogue import G709, write


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SGDOCS_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    database = open_database(f"sqlite:///{tmp_path / 'sgdocs.db'}")
    migrations.upgrade(database)
    database.engine.dispose()
    return tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_import_says_what_it_did_and_that_nothing_changed(home: Path) -> None:
    file = write(home, G709)

    first, second = run("import", "recommendations", file), run("import", "recommendations", file)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "6 added" in first.stderr
    assert "nothing has changed since the last import" in second.stderr
    assert first.stdout == ""


def test_rejects_go_to_the_report_and_end_with_one(home: Path) -> None:
    file = write(home, [*G709, {"id": "ITU-T G.1 (2019)", "status": "?"}])

    result = run("import", "recommendations", file, "--report", home / "r.jsonl")

    assert result.exit_code == 1
    [reject] = map(json.loads, (home / "r.jsonl").read_text().splitlines())
    assert (reject["file"], reject["line"], reject["field"], reject["value"]) == ("catalogue.jsonl", 7, "status", "?")


def test_file_that_is_not_there_is_not_done() -> None:
    result = run("import", "recommendations", "nowhere.jsonl")

    assert isinstance(result.exception, _ground.NotDone)


def test_dry_run_says_would(home: Path) -> None:
    assert "would be 6 added" in run("import", "recommendations", write(home, G709), "--dry-run").stderr
    assert "6 added" in run("import", "recommendations", write(home, G709)).stderr


def test_text_is_corrected_shown_and_withdrawn(home: Path) -> None:
    run("import", "recommendations", write(home, G709))
    name = "ITU-T G.709 (06/2020)"

    assert (
        run("recommendations", "correct", name, "--set", "languages=en fr", "--reason", "French is out").exit_code == 0
    )
    assert run("recommendations", "withdraw", name, "--on", "2026-03-02", "--reason", "Out of use").exit_code == 0

    [shown] = map(json.loads, run("recommendations", "show", name).stdout.splitlines())
    assert (shown["languages"], shown["status"], shown["edition"]) == (["en", "fr"], "withdrawn", "6")
    day = json.loads(run("recommendations", "show", "G.709", "--on", "2019-05-01").stdout)
    assert (day["verdict"], day["text"]["identifier"]) == ("yes", "ITU-T G.709/Y.1331 (06/2016)")


def test_text_is_added_and_flags_are_listed(home: Path) -> None:
    twice = [
        {"id": "ITU-T X.1280 (03/2024)", "status": "in-force"},
        {"id": "ITU-T X.1280 (06/2025)", "status": "in-force"},
    ]
    run("import", "recommendations", write(home, twice))

    assert run("recommendations", "add", "ITU-T K.1 (03/2026)", "--set", "title=Earthing").exit_code == 0

    [flag] = map(json.loads, run("recommendations", "flags").stdout.splitlines())
    assert (flag["rule"], flag["text"]) == ("recommendations.inv-1", "ITU-T X.1280 (03/2024)")


@pytest.mark.parametrize(
    "words",
    [
        ("correct", "ITU-T G.709 (06/2020)", "--set", "title"),
        ("correct", "ITU-T G.709 (06/2020)", "--set", "colour=red"),
        ("correct", "ITU-T G.709", "--set", "title=x"),
        ("correct", "ITU-T Z.9 (2020)", "--set", "title=x"),
        ("show", "ITU-T G.709", "--on", "never"),
    ],
)
def test_wrong_words_are_not_done(home: Path, words: tuple[str, ...]) -> None:
    run("import", "recommendations", write(home, G709))

    assert run("recommendations", *words).exception is not None


def test_patents_come_from_csv(home: Path) -> None:
    run("import", "recommendations", write(home, G709))
    (home / "p.csv").write_text(
        "recommendation,holder,text,option,declared\nITU-T G.709,A,,2,2021\nITU-T G.1,B,,2,2021\n"
    )

    result = run("import", "patents", home / "p.csv")

    assert (result.exit_code, "1 declarations added, 0 known before, 1 rejected" in result.stderr) == (1, True)
