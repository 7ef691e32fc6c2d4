"""`sgdocs submit` and `sgdocs check` as somebody at a terminal uses them; the server answers in the same process."""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from sgdocs.base.db import Database
from sgdocs.cli import _ground, app
from sgdocs.cli import _server as servers
from sgdocs.cli import submit as command
from sgdocs.documents.models import Document
from sgdocs.people.accounts import Token
from sgdocs.people.keys import hash_of, new_token
from tests.cast import Cast
from tests.documents.desk import meeting
from tests.make import Make
from tests.people.browser import read
from tests.support.services import ADDRESS
from tests.web.paper_browser import TITLE, word

pytestmark = pytest.mark.databases("sqlite")

AT = ("--meeting", "T25-SG13-260413", "--server", ADDRESS)


@pytest.fixture(autouse=True)
def line(client: TestClient, make: Make, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A meeting, a delegate's token in the environment, and the application at the other end of the line."""
    cast.summon("q2", "company")
    meeting(make)
    person, key = cast.delegate_member.person, new_token()
    make.account(person)
    told: dict[str, Any] = {"person_id": person.id or 0, "name": "test", "hint": key[-4:], "scopes": ["read", "write"]}
    make.add(Token(hash=hash_of(key), created_at=make.act.now, expires_at=datetime(2030, 1, 1, tzinfo=UTC), **told))
    make.session.commit()
    monkeypatch.setenv("SGDOCS_TOKEN", key)
    monkeypatch.setattr(command, "Server", partial(servers.Server, transport=client._transport))
    monkeypatch.setattr(servers, "PAUSE_S", 0.0)


@pytest.fixture
def proposal(tmp_path: Path) -> Path:
    file = tmp_path / "proposal.docx"
    file.write_bytes(word())
    return file


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def titles(database: Database) -> list[tuple[str, str, str]]:
    return read(database, lambda s: [(d.name, d.title, d.status) for d in s.exec(select(Document))])


def test_number_and_address_are_printed(proposal: Path, database: Database) -> None:
    done = run("submit", proposal, *AT)

    assert (done.exit_code, done.stdout) == (0, f"SG13-C1\t{ADDRESS}/doc/T25-SG13-C1\n"), done.exception
    assert titles(database) == [("T25-SG13-C1", TITLE, "posted")]


def test_number_is_reserved_filled_and_revised(proposal: Path, tmp_path: Path, database: Database) -> None:
    reserved = run("submit", "--reserve", "--title", "Later", *AT)
    filled = run("submit", proposal, "--into", "T25-SG13-C1", "--server", ADDRESS)
    proposal.write_bytes(word("Second"))
    revised = run("submit", proposal, "--revise", "T25-SG13-C1", "--server", ADDRESS, "--json")

    assert [each.exit_code for each in (reserved, filled, revised)] == [0, 0, 0], revised.exception
    assert json.loads(revised.stdout)["revision"] == 1
    assert titles(database) == [("T25-SG13-C1", "Second", "posted")]


def test_dry_run_submits_nothing(proposal: Path, database: Database) -> None:
    told = run("submit", proposal, "--dry-run", "--json", *AT)

    assert told.exit_code == 0, told.exception
    assert json.loads(told.stdout)["cover"]["title"] == TITLE
    assert titles(database) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--source", "Nobody Inc"), "documents.source-unknown"),
        (("--question", "99/13"), "base.field"),
        (("--kind", "report"), "policy.not-permitted"),
        (("--token", "sgd_wrong"), "policy.sign-in-first"),
    ],
)
def test_refusal_is_said_in_the_words_of_the_server(
    proposal: Path, database: Database, words: tuple[str, ...], says: str
) -> None:
    refused = run("submit", proposal, *words, *AT)

    assert isinstance(refused.exception, _ground.NotDone)
    assert says in str(refused.exception)
    assert titles(database) == []


def test_line_that_breaks_after_the_act_brings_no_second_document(
    proposal: Path, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Breaking(httpx2.BaseTransport):
        broken = False

        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            answer = client._transport.handle_request(request)
            if not Breaking.broken:
                Breaking.broken = True
                raise httpx2.ReadError("the line broke")
            return answer

    monkeypatch.setattr(command, "Server", partial(servers.Server, transport=Breaking()))
    done = run("submit", proposal, *AT)

    assert (done.exit_code, done.stdout.split("\t")[0]) == (0, "SG13-C1"), done.exception
    assert len(titles(database)) == 1


@pytest.mark.parametrize(
    "words",
    [("submit",), ("submit", "none.docx", *AT), ("submit", "--reserve", "--server", ADDRESS), ("submit", "x", "--meeting", "M", "--server", "hat")],
)  # fmt: skip
def test_what_is_missing_is_said(words: tuple[str, ...]) -> None:
    assert run(*words).exit_code != 0


# Check


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place without a database."""
    monkeypatch.setenv("SGDOCS_HOME", str(tmp_path / "bare"))
    (tmp_path / "bare").mkdir()
    return tmp_path / "bare"


def test_check_prints_one_object(proposal: Path, bare: Path) -> None:
    told = run("check", proposal, "--json")
    found = json.loads(told.stdout)

    assert told.exit_code == 0
    assert (found["file"], found["cover"]["title"], found["cover"]["question"]) == ("proposal.docx", TITLE, "2/13")
    assert found["text"]["clauses"] > 0
    assert list(bare.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nonsense", None])
def test_check_of_a_file_that_cannot_be_read_says_why(proposal: Path, bare: Path, content: bytes | None) -> None:
    proposal.unlink()
    if content is not None:
        proposal.write_bytes(content)
    told = run("check", proposal, "--json")

    assert told.exit_code == 1
    assert [each["severity"] for each in json.loads(told.stdout)["findings"]].count("error") >= 1


def test_check_against_a_meeting_needs_a_database(proposal: Path, bare: Path) -> None:
    assert isinstance(run("check", proposal, "--meeting", "T25-SG13-260413").exception, _ground.NotDone)
    assert isinstance(run("check", proposal, "--references").exception, _ground.NotDone)
