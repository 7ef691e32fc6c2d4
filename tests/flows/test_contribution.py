"""A contribution from the file to the agenda, by programs: over the API, and from the command line of a served site."""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from sgdocs.cli import app as commands
from sgdocs.meetings.models import Meeting
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.disk.serving import served
from tests.files.proposals import clauses, proposal
from tests.flows.tokens import program_of
from tests.make import Make
from tests.proceedings.places import study_group_meeting
from tests.support.services import ADDRESS

TITLE, WORD = "Class of 35 dB", "glimfibre"
FACTS = {"group": "13", "question": "2/13", "source": "Imaginary Networks", "days": "Geneva, 1-12 June 2026"}


@pytest.fixture
def meeting(make: Make, cast: Cast) -> Meeting:
    row = study_group_meeting(cast, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 12))
    cast.summon("company", "delegate_member")
    make.session.commit()
    return row


def written(proposed: str) -> bytes:
    return proposal(TITLE, clauses(WORD, proposed), **FACTS)


def test_contribution_over_the_api(
    client: TestClient, services: Services, cast: Cast, meeting: Meeting, work: Callable[[], None]
) -> None:
    program = program_of(client, services)
    chair, delegate = program(cast.chair), program(cast.delegate_member)
    at = f"/meetings/{meeting.code}"
    chair.post(f"{at}/agenda", {"template": "question", "group": "T/SG13/T25/Q2"})

    # The cover says everything; the checks say nothing against it.
    checked = delegate.bring("/checks", written("To add a class of 35 dB."), meeting=meeting.code)
    assert (checked["cover"]["title"], checked["cover"]["question"]) == (TITLE, "2/13")
    assert [each for each in checked["findings"] if each["severity"] == "error"] == []
    first = written("To add a class of 35 dB.")
    submitted = delegate.bring(f"{at}/documents", first)
    name = submitted["name"]
    assert (name, submitted["title"], submitted["status"]) == ("T25-SG13-C1", TITLE, "posted")

    # Both hashes stand in the record; the stamped copy is served.
    (file,) = delegate.get(f"/documents/{name}")["versions"][0]["files"]
    stamped = delegate.line.get(file["url"].removeprefix(ADDRESS), headers=delegate.headers).content
    assert hashlib.sha256(stamped).hexdigest() == file["stamped_sha256"]
    assert hashlib.sha256(first).hexdigest() == file["sha256"]

    # The worker reads it: a word leads to its clause, for members alone.
    work()
    (hit,) = delegate.get("/search", q=WORD)["items"]
    assert "Measurements" in json.dumps(hit)
    assert client.get("/api/v1/search", params={"q": WORD}).json()["total"] == 0

    # The revision is compared with what it revises.
    revised = delegate.bring(f"/documents/{name}/revisions", written("To add a class of 34 dB."), note="34 dB")
    assert revised["revision"] == 1
    work()
    summary = delegate.get(f"/documents/{name}/compare")["summary"]
    assert summary["changed"] == ["3"]
    assert (summary["new"], summary["gone"]) == ([], [])

    # It stands on the chair's agenda, with the reason.
    (row,) = chair.get(f"{at}/allocations")["items"]
    assert (row["document"], row["because"].split(";")[0]) == (name, "Q2/13 stands on the cover")


def test_contribution_from_the_command_line(
    app: FastAPI,
    client: TestClient,
    services: Services,
    cast: Cast,
    meeting: Meeting,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    delegate = program_of(client, services)(cast.delegate_member)
    monkeypatch.setenv("SGDOCS_TOKEN", delegate.token)
    file, folder = tmp_path / "proposal.docx", tmp_path / "SG13"
    file.write_bytes(written("To add a class of 35 dB."))

    with served(app) as address:
        checked = json.loads(run("check", file, "--json").stdout)
        assert (checked["cover"]["title"], checked["cover"]["source"]) == (TITLE, "Imaginary Networks")
        submitted = run("submit", file, "--meeting", meeting.code, "--server", address)
        assert submitted.stdout.split("\t")[0] == "SG13-C1"

        run("sync", meeting.code, folder, "--server", address)
        name = "C/T25-SG13-C1-E.docx"
        first = (folder / name).read_bytes()

        file.write_bytes(written("To add a class of 34 dB."))
        run("submit", file, "--revise", "T25-SG13-C1", "--server", address)
        run("sync", meeting.code, folder, "--server", address)
        again = run("sync", meeting.code, folder, "--verify", "--server", address)

    held = [f for f in sorted(folder.rglob("*.docx")) if ".sgdocs" not in f.parts]
    (row,) = delegate.get("/documents/T25-SG13-C1/versions")["items"][-1]["files"]
    newest = {hashlib.sha256(f.read_bytes()).hexdigest() for f in held}
    assert row["stamped_sha256"] in newest
    assert hashlib.sha256(first).hexdigest() != row["stamped_sha256"]
    assert again.exit_code == 0


def run(*words: str | Path) -> Result:
    """A command that must end well."""
    done = CliRunner().invoke(commands, [str(word) for word in words])
    assert done.exit_code == 0, (done.output, done.exception)
    return done
