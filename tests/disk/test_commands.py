"""`sgdocs backup`, `restore`, `storage` and `cite` as somebody at a terminal uses them."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from sgdocs import migrations
from sgdocs.base.db import open_database
from sgdocs.base.errors import NotFound
from sgdocs.base.settings import Settings
from sgdocs.cli import _ground, app
from sgdocs.wiring import services_of
from tests.recommendations.catalogue import G709, bring, write
from tests.support.services import app_over


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("SGDOCS_HOME", str(home))
    database = open_database(f"sqlite:///{home / 'sgdocs.db'}")
    migrations.upgrade(database)
    bring(database, write(tmp_path, G709))
    database.engine.dispose()
    return home


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_backup_and_restore_of_a_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backup = run("backup", tmp_path / "backup")
    monkeypatch.setenv("SGDOCS_HOME", str(tmp_path / "new"))
    restore = run("restore", tmp_path / "backup")
    shown = run("recommendations", "show", "ITU-T G.709 (06/2020)")

    assert (backup.exit_code, restore.exit_code, shown.exit_code) == (0, 0, 0)
    assert json.loads(shown.stdout)["id"] == "ITU-T G.709/Y.1331 (06/2020)"
    assert run("db", "check").exit_code == 0


def test_second_backup_into_the_same_folder_is_not_done(tmp_path: Path) -> None:
    run("backup", tmp_path / "backup")

    assert isinstance(run("backup", tmp_path / "backup").exception, _ground.NotDone)


def test_restore_over_a_database_is_not_done(tmp_path: Path) -> None:
    run("backup", tmp_path / "backup")

    assert isinstance(run("restore", tmp_path / "backup").exception, _ground.NotDone)


def test_storage_says_how_it_is(home: Path) -> None:
    assert run("storage", "verify").exit_code == 0
    assert run("storage", "sweep").exit_code == 0

    (home / "storage" / "ab").mkdir(parents=True)
    (home / "storage" / "ab" / ("ab" * 32)).write_bytes(b"x")

    damaged = run("storage", "verify")
    assert isinstance(damaged.exception, _ground.NotDone)
    assert damaged.stdout == f"damaged\t{'ab' * 32}\n"


@pytest.mark.parametrize(
    ("form", "ending"), [("bibtex", "bib"), ("ris", "ris"), ("csl", "csl.json"), ("relaton", "relaton.yaml")]
)
def test_cite_prints_what_the_page_gives(form: str, ending: str) -> None:
    """The same bytes as the address of the cite box."""
    services = services_of(Settings())
    with TestClient(app_over(services), base_url=services.settings.public_url) as client:
        page = client.get(f"/rec/T/G.709/2020-06.{ending}")
    services.search.close()

    printed = run("cite", "G.709 (06/2020)", "--format", form)

    assert page.status_code == 200
    assert (printed.exit_code, printed.stdout.encode()) == (0, page.content.replace(b"\r\n", b"\n"))


def test_cite_of_a_number_gives_the_text_in_force() -> None:
    printed = json.loads(run("cite", "g709", "--format", "csl").stdout)

    assert [item["issued"] for item in printed] == [{"date-parts": [[2020, 6, 6]]}]


@pytest.mark.parametrize("name", ["G.709 (01/1999)", "no such thing", ""])
def test_cite_of_what_is_not_there_cites_nothing_else(name: str) -> None:
    result = run("cite", name)

    assert isinstance(result.exception, NotFound)
    assert result.stdout == ""
