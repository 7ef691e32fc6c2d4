"""`sgdocs people` as somebody at a terminal uses it: words, data, exit codes."""

import io
import json
import sys
from pathlib import Path

import pytest

from sgdocs.base.db import open_database
from sgdocs.cli import main
from sgdocs.people.keys import is_password
from sgdocs.people.queries import account_of, by_email, person_of_token

ADA = ("Ada Ledger", "ada@tsb.example", "--organisation", "TSB", "--category", "secretariat", "--role", "admin")


class Terminal:
    """Runs commands on a database of its own."""

    def __init__(self, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.patch = patch
        self.capsys = capsys

    def __call__(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        """Exit code, stdout, stderr of `sgdocs people …`."""
        self.patch.setattr(sys, "argv", ["sgdocs", "people", *words])
        self.patch.setattr(sys, "stdin", io.StringIO(typed))
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = self.capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def terminal(
    tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    monkeypatch.setenv("SGDOCS_HOME", str(tmp_path))
    monkeypatch.setenv("SGDOCS_DATABASE", sqlite_url)
    monkeypatch.setattr("sgdocs.cli._ground.is_current", lambda database: True)
    return Terminal(monkeypatch, capsys)


def test_first_administrator_is_made_from_the_command_line(terminal: Terminal, sqlite_url: str) -> None:
    code, link, words = terminal("add", *ADA)
    again, nothing, why = terminal("add", *ADA)
    password_code, _, _ = terminal("password", "ada-ledger", typed="a phrase of some length\n")
    token_code, token, _ = terminal("token", "ada@tsb.example", "--scope", "read", "--scope", "write")
    listed, line, _ = terminal("list", "ledger", "--json")

    assert (code, again, token_code, password_code, listed) == (0, 2, 0, 0, 0)
    assert link.startswith("http://127.0.0.1:8000/link/")
    assert "Ada Ledger is entered" in words
    assert nothing == ""
    assert "base.already-there" in why
    assert json.loads(line) == {
        "email": "ada@tsb.example",
        "slug": "ada-ledger",
        "name": "Ada Ledger",
        "organisation": "TSB",
        "roles": ["admin"],
        "account": True,
    }
    with open_database(sqlite_url).writing() as session:
        person = by_email(session, "ada@tsb.example")
        assert person is not None
        account = account_of(session, person.id or 0)
        assert account is not None
        assert is_password("a phrase of some length", account.password_hash)
        found = person_of_token(session, token.strip(), person.created_at)
        assert found is not None
        assert found[1] == frozenset({"read", "write"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "Bob", "no address"), "Give an e-mail address"),
        (("add", "Bob", "bob@x.test", "--organisation", "Nobody Knows"), "organisation that we know"),
        (("role", "ada@tsb.example", "sg-chair"), "needs a group"),
        (("role", "ada@tsb.example", "rapporteur", "T/SG99"), "no group"),
        (("role", "nobody@x.test", "secretariat"), "nobody@x.test"),
        (("token", "ada@tsb.example", "--until", "2099-01-01"), "people.token-life"),
        (("token", "ada@tsb.example", "--scope", "everything"), "everything"),
        (("token", "ada@tsb.example", "--until", "soon"), "soon"),
        (("password", "ada@tsb.example"), "people.password-length"),
        (("leave", "nobody"), "nobody"),
    ],
)
def test_what_cannot_be_done_is_said_and_ends_with_two(terminal: Terminal, words: tuple[str, ...], said: str) -> None:
    terminal("add", *ADA)

    code, out, why = terminal(*words)

    assert (code, out) == (2, "")
    assert said in why
    assert "Traceback" not in why


@pytest.mark.parametrize("command", ["add", "invite", "role", "token", "password", "list", "leave"])
def test_help_shows_an_example(terminal: Terminal, command: str) -> None:
    code, out, _ = terminal(command, "--help")

    assert code == 0
    assert f"Example: sgdocs people {command}" in " ".join(out.split())
