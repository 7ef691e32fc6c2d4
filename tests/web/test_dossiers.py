"""Dossiers at the doors: packed for their reader, verified at the command line; heads of the chain as a public file."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from sgdocs.approval.actions import comments
from sgdocs.approval.comment_schemas import CommentForm
from sgdocs.approval.models import Process
from sgdocs.cli import app as commands
from sgdocs.wiring import Services
from sgdocs.worker import tidy
from tests.approval.windows import process, window
from tests.cast import Cast, Player
from tests.make import Make
from tests.people.browser import another, sign_in
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
AT = "/approval/aap/2026-001/dossier.zip"


@pytest.fixture
def text(cast: Cast, make: Make, work: Callable[[], None]) -> Process:
    cast.summon("tsb", "delegate_member", "outsider")
    row = process(cast)
    window(cast, row)
    comments.comment(
        cast.delegate_member.act, row, CommentForm.model_validate({"kind": "substantive", "text": "Short"})
    )
    for player in (cast.delegate_member, cast.outsider):
        make.account(player.person)
    make.session.commit()
    work()
    return row


@pytest.fixture(autouse=True)
def house(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("approval", "journal"):
        monkeypatch.setattr(import_module(f"sgdocs.cli.{name}"), "open_services", lambda: services)


def as_(client: TestClient, player: Player) -> TestClient:
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def run(*words: object) -> Result:
    return CliRunner().invoke(commands, [str(word) for word in words])


def test_dossier_is_packed_for_its_reader_and_verified(
    client: TestClient, cast: Cast, text: Process, services: Services, clock: Clock, tmp_path: Path
) -> None:
    tidy(services, clock.now)
    sent = as_(client, cast.delegate_member).get(AT)
    assert (sent.status_code, sent.headers["content-type"]) == (200, "application/zip")
    assert "aap-2026-001-dossier.zip" in sent.headers["content-disposition"]
    assert len(sent.content) == int(sent.headers["content-length"])
    path = tmp_path / "record.zip"
    path.write_bytes(sent.content)

    good = run("journal", "verify", path, "--heads", services.settings.heads_file)
    assert (good.exit_code, good.stdout) == (0, "")
    assert zipfile.ZipFile(path).read("heads.jsonl") == services.settings.heads_file.read_bytes()
    path.write_bytes(_without(sent.content, "comments.json"))
    bad = run("journal", "verify", path)
    assert bad.exit_code != 0
    assert "comments.json: is missing" in bad.stdout


def _without(data: bytes, name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as less:
        for each in archive.namelist():
            if each != name:
                less.writestr(each, archive.read(each))
    return made.getvalue()


def test_dossier_is_not_there_for_those_who_read_no_comments(client: TestClient, cast: Cast, text: Process) -> None:
    for browser in (another(client), as_(client, cast.outsider)):
        assert browser.get(AT).status_code == 404
    assert as_(client, cast.delegate_member).get("/approval/aap/2026-999/dossier.zip").status_code == 404


def test_operator_packs_and_verifies_at_the_command_line(text: Process, tmp_path: Path) -> None:
    file = tmp_path / "record.zip"
    assert run("approval", "dossier", "AAP/2026-001", "--to", file).exit_code == 0
    assert run("journal", "verify", file).exit_code == 0


def test_heads_of_the_chain_are_public_and_grow_by_the_day(
    client: TestClient, text: Process, services: Services, clock: Clock, work: Callable[[], None]
) -> None:
    assert client.get("/journal/heads.jsonl").status_code == 404
    for _ in range(2):
        tidy(services, clock.now)
    tidy(services, clock.now + timedelta(days=1))

    sent = client.get("/journal/heads.jsonl")
    assert (sent.status_code, len(sent.text.splitlines())) == (200, 2)
    assert run("journal", "verify").exit_code == 0
    services.settings.heads_file.write_text(sent.text.replace('"hash": "', '"hash": "0', 1))
    told = run("journal", "verify")
    assert told.exit_code != 0
    assert "is not in the chain" in str(told.exception)
