"""Manifest and bundle as a reader gets them."""

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.discussions.actions import Wanted, say
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import about
from sgdocs.documents.models import Allocation
from sgdocs.meetings.models import AgendaItem
from sgdocs.search.indexing import rebuild
from sgdocs.translation.models import TranslationJob, TranslationPiece
from sgdocs.wiring import Services
from tests.cast import QUESTION, Cast, Player
from tests.disk.papers import Papers
from tests.disk.tokens import token_of
from tests.make import Make

Bearer = Callable[..., dict[str, str]]


@pytest.fixture
def bearer(services: Services) -> Bearer:
    """Headers with a new token of a person. Commits what the test has made."""

    def made(player: Player, *scopes: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token_of(services, player, *(scopes or ('read',)))}"}

    return made


def opened(content: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def documents_in(content: bytes) -> list[str]:
    return sorted(n.split("/", 1)[1] for n in opened(content).namelist() if n.endswith(".docx"))


def test_bundle_of_a_meeting_brings_what_was_said(
    client: TestClient, papers: Papers, cast: Cast, bearer: Bearer
) -> None:
    """For whoever may read it: a token for files opens files alone."""
    meeting = papers.meeting()
    papers.document(meeting, 1, text=b"one")
    subject = about(cast.delegate_member.act, Kind.MEETING, meeting.code)
    say(cast.delegate_member.act, subject, Wanted("# Not a heading"))
    address = f"/meeting/{meeting.code}/bundle.zip"

    archive = opened(client.get(address, headers=bearer(cast.delegate_member)).content)
    (name,) = [each for each in archive.namelist() if each.endswith("about/discussion.md")]
    assert "\n> # Not a heading\n" in archive.read(name).decode()
    for headers in (bearer(cast.delegate_member, "files:read"), bearer(cast.outsider)):
        told = opened(client.get(address, headers=headers).content).namelist()
        assert not [each for each in told if "discussion" in each]


def test_bundle_and_manifest_hold_no_machine_translation(
    client: TestClient, papers: Papers, make: Make, cast: Cast, services: Services, bearer: Bearer
) -> None:
    """Neither its file nor its words: what is in the bundle is what was submitted."""
    meeting = papers.meeting()
    document = papers.document(meeting, 1, text=b"one", audience="public")
    translated = services.blobs.put(io.BytesIO(b"nu"))
    job = make.add(
        TranslationJob(
            kind="document", subject_id=document.id or 0, digest="d", label=document.label, address="/doc", source="en",
            target="fr", host="example.org", asked_at=papers.now, due_at=papers.now, state="done", pieces=1, done=1,
            file_state="done", file_name="T25-SG13-C1-F-mt.docx", sha256=translated.sha256,
            size_bytes=translated.size_bytes,
        )
    )  # fmt: skip
    make.add(TranslationPiece(job_id=job.id or 0, position=0, is_done=True, text="traduit par machine"))
    reader, address = bearer(cast.delegate_member), f"/meeting/{meeting.code}"
    shown = client.get("/doc/T25-SG13-C1/translation/fr", headers=reader)
    assert "traduit par machine" in shown.text, "there is one to be left out"

    archive = opened(client.get(f"{address}/bundle.zip?earlier=yes", headers=reader).content)
    told = {name: archive.read(name) for name in archive.namelist()}
    manifest = client.get(f"{address}/manifest.json", headers=reader).text

    assert documents_in(client.get(f"{address}/bundle.zip", headers=reader).content) == ["C/T25-SG13-C1-E.docx"]
    assert not [name for name, data in told.items() if "mt" in name or data == b"nu" or b"traduit" in data]
    assert translated.sha256 not in manifest + "".join(data.decode(errors="replace") for data in told.values())


# The manifest


def test_manifest_names_the_copy_that_is_served(client: TestClient, papers: Papers, cast: Cast, bearer: Bearer) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1, text=b"original", stamped=b"with number", title="A <b>title</b>", source="Fictavia")
    told = client.get(f"/meeting/{meeting.code}/manifest.json", headers=bearer(cast.delegate_member))

    [file] = told.json()["files"]
    with papers.blobs.open(file["sha256"]) as content:
        assert content.read() == b"with number"
    with papers.blobs.open(file["original_sha256"]) as content:
        assert content.read() == b"original"
    assert {
        k: file[k] for k in ("path", "size", "document", "version", "title", "source", "is_current", "address")
    } == {
        "path": "C/T25-SG13-C1-E.docx",
        "size": 11,
        "document": "T25-SG13-C1",
        "version": "",
        "title": "A <b>title</b>",
        "source": "Fictavia",
        "is_current": True,
        "address": "/doc/T25-SG13-C1/file/T25-SG13-C1-E.docx",
    }


def test_manifest_is_not_sent_again_while_nothing_changes(
    client: TestClient, papers: Papers, cast: Cast, bearer: Bearer
) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1)
    headers = bearer(cast.delegate_member)
    address = f"/meeting/{meeting.code}/manifest.json"
    first = client.get(address, headers=headers)

    again = client.get(address, headers={**headers, "If-None-Match": first.headers["etag"]})
    papers.document(meeting, 2)
    papers.make.session.commit()
    changed = client.get(address, headers={**headers, "If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]


def test_manifest_holds_what_the_reader_may_read(
    client: TestClient, papers: Papers, cast: Cast, bearer: Bearer
) -> None:
    cast.summon("outsider", "delegate_member")
    meeting = papers.meeting()
    papers.document(meeting, 1)
    papers.document(meeting, 2, audience="public")
    papers.document(meeting, 3, status="withdrawn")
    asked = {"member": bearer(cast.delegate_member), "outsider": bearer(cast.outsider), "nobody": {}}

    told = {who: client.get(f"/meeting/{meeting.code}/manifest.json", headers=h).json() for who, h in asked.items()}

    assert {who: [f["document"] for f in each["files"]] for who, each in told.items()} == {
        "member": ["T25-SG13-C1", "T25-SG13-C2"],
        "outsider": ["T25-SG13-C2"],
        "nobody": ["T25-SG13-C2"],
    }
    assert {who: len(each["withdrawn"]) for who, each in told.items()} == {"member": 1, "outsider": 0, "nobody": 0}


def test_token_for_files_is_enough_here_and_nowhere_else(
    client: TestClient, papers: Papers, cast: Cast, bearer: Bearer
) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1)
    headers = bearer(cast.delegate_member, "files:read")

    manifest = client.get(f"/meeting/{meeting.code}/manifest.json", headers=headers).json()
    listed = client.get("/doc.json", headers=headers)

    assert len(manifest["files"]) == 1
    assert listed.status_code == 404 or listed.json()["items"] == []


def test_token_that_has_ended_is_refused_not_taken_for_a_stranger(client: TestClient, papers: Papers) -> None:
    """A folder kept up to date with it would lose everything that is not public."""
    papers.document(papers.meeting(), 1, audience="public")
    papers.make.session.commit()

    told = client.get("/meeting/T25-SG13-260706/manifest.json", headers={"Authorization": "Bearer sgd_gone"})

    assert (told.status_code, told.json()["rule"]) == (403, "web.token")


def test_manifest_of_a_meeting_one_may_not_know_is_not_found(client: TestClient, papers: Papers) -> None:
    papers.meeting(audience="T/SG13")
    papers.make.session.commit()

    hidden = client.get("/meeting/T25-SG13-260706/manifest.json")
    absent = client.get("/meeting/T25-SG99-260706/manifest.json")

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.json()["rule"] == absent.json()["rule"]


def test_manifest_costs_few_queries(client: TestClient, papers: Papers, cast: Cast, bearer: Bearer) -> None:
    meeting = papers.meeting()
    for number in range(1, 31):
        papers.document(meeting, number, questions=(papers.make.group(QUESTION),))
    headers = bearer(cast.delegate_member)
    asked: list[str] = []
    engine = client.app.state.services.database.engine  # type: ignore[attr-defined]
    event.listen(engine, "before_cursor_execute", lambda *a: asked.append(a[2]))

    client.get(f"/meeting/{meeting.code}/manifest.json", headers=headers)

    assert len([sql for sql in asked if sql.lstrip().startswith("SELECT")]) <= 12


# The bundle


def test_bundle_opens_and_holds_the_newest_revision(
    client: TestClient, papers: Papers, cast: Cast, bearer: Bearer
) -> None:
    meeting = papers.meeting()
    document = papers.document(meeting, 1, stamped=b"first")
    papers.version(document, "R1", text=b"raw", stamped=b"revised")
    papers.document(meeting, 2, stream="GEN", kind="temporary-document")
    headers = bearer(cast.delegate_member)

    told = client.get(f"/meeting/{meeting.code}/bundle.zip", headers=headers)
    whole = client.get(f"/meeting/{meeting.code}/bundle.zip?earlier=yes", headers=headers)

    assert (told.status_code, told.headers["content-type"]) == (200, "application/zip")
    assert told.headers["content-disposition"] == 'attachment; filename="T25-SG13-260706.zip"'
    assert documents_in(told.content) == ["C/T25-SG13-C1R1-E.docx", "TD-GEN/T25-SG13-TD2-GEN-E.docx"]
    assert opened(told.content).read("T25-SG13-260706/C/T25-SG13-C1R1-E.docx") == b"revised"
    assert len(documents_in(whole.content)) == 3


def test_bundle_checks_itself(client: TestClient, papers: Papers, cast: Cast, bearer: Bearer, tmp_path: Path) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1, stamped=b"copy")
    told = client.get(f"/meeting/{meeting.code}/bundle.zip", headers=bearer(cast.delegate_member))
    opened(told.content).extractall(tmp_path / "out")

    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=tmp_path / "out" / meeting.code,
        capture_output=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, b"C/T25-SG13-C1-E.docx: OK\n")


def test_index_escapes_and_leads_to_every_file(client: TestClient, papers: Papers, cast: Cast, bearer: Bearer) -> None:
    evil = "</script><script>alert(1)</script>\u2028<img src=x onerror=alert(1)>"
    meeting = papers.meeting()
    papers.document(meeting, 1, title=evil, source=evil, abstract=evil)
    papers.document(meeting, 2)
    archive = opened(client.get(f"/meeting/{meeting.code}/bundle.zip", headers=bearer(cast.delegate_member)).content)

    index = archive.read("T25-SG13-260706/index.html").decode()
    words = archive.read("T25-SG13-260706/about/words.js").decode()
    inside = {name.removeprefix("T25-SG13-260706/") for name in archive.namelist()}

    assert "<img" not in index + words
    assert "<script>" not in index + words
    assert words.isascii()
    assert set(re.findall(r'(?:href|src)="([^":]+)"', index)) <= inside
    assert {n for n in inside if n.endswith(".docx")} <= set(re.findall(r'href="([^"]+)"', index))
    assert "http" not in re.sub(r"https://sgdocs\.test", "", index)


def test_bundle_holds_nothing_one_may_not_read(client: TestClient, papers: Papers, cast: Cast, bearer: Bearer) -> None:
    cast.summon("outsider")
    meeting = papers.meeting()
    papers.document(meeting, 1, title="Secret plans")
    papers.document(meeting, 2, audience="public")

    told = client.get(f"/meeting/{meeting.code}/bundle.zip", headers=bearer(cast.outsider))

    assert documents_in(told.content) == ["C/T25-SG13-C2-E.docx"]
    archive = opened(told.content)
    assert not any(b"Secret" in archive.read(name) for name in archive.namelist())


def test_file_the_store_has_lost_does_not_spoil_the_others(
    client: TestClient, papers: Papers, cast: Cast, bearer: Bearer
) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1)
    papers.document(meeting, 2)
    papers.blobs.drop(sorted(papers.blobs.names())[0])

    told = client.get(f"/meeting/{meeting.code}/bundle.zip", headers=bearer(cast.delegate_member))

    archive = opened(told.content)
    assert len(documents_in(told.content)) == 1
    assert archive.read("T25-SG13-260706/MISSING.txt").decode().startswith("C/T25-SG13-C")


def test_bundles_of_item_question_and_list(client: TestClient, papers: Papers, cast: Cast, bearer: Bearer) -> None:
    question = papers.make.group(QUESTION)
    meeting = papers.meeting()
    one = papers.document(meeting, 1, questions=(question,), title="Quantum keys")
    papers.document(meeting, 2)
    top = papers.make.add(AgendaItem(meeting_id=meeting.id, group_id=meeting.group_id, position=1, title="Papers"))
    below = AgendaItem(meeting_id=meeting.id, group_id=meeting.group_id, parent_id=top.id, position=1, title="More")
    papers.make.add(below)
    papers.make.add(
        Allocation(document_id=one.id, meeting_id=meeting.id, agenda_item_id=below.id, allotted_at=papers.now)
    )
    headers = bearer(cast.delegate_member)
    addresses = (
        f"/meeting/{meeting.code}/agenda/items/{top.id}/bundle.zip",
        f"/meeting/{meeting.code}/bundle.zip?question=Q2/13",
        "/group/SG13/T25/Q2/bundle.zip",
        "/doc/bundle.zip?q=quantum",
    )

    told = {address: client.get(address, headers=headers) for address in addresses}

    inside = {address: [n.rpartition("/")[2] for n in documents_in(each.content)] for address, each in told.items()}
    assert inside == {address: ["T25-SG13-C1-E.docx"] for address in addresses}


def test_bundle_of_a_search_holds_the_documents_among_the_hits(
    client: TestClient, papers: Papers, cast: Cast, bearer: Bearer, services: Services
) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1, title="Quantum keys")
    papers.document(meeting, 2, title="Optical fibres")
    papers.document(meeting, 3, title="Quantum secrets", audience="secretariat")
    headers = bearer(cast.delegate_member)
    rebuild(services)

    told = client.get("/search/bundle.zip?q=quantum&full=1", headers=headers)

    assert [n.rpartition("/")[2] for n in documents_in(told.content)] == ["T25-SG13-C1-E.docx"]
    assert documents_in(client.get("/search/bundle.zip?q=nothingatall", headers=headers).content) == []
    assert documents_in(client.get("/search/bundle.zip?q=quantum").content) == []
    assert "/search/bundle.zip?q=quantum" in client.get("/search?q=quantum&full=1", headers=headers).text
    assert "/search/bundle.zip" not in client.get("/search?q=quantum&full=1").text


def test_whole_group_is_its_numbered_documents(client: TestClient, papers: Papers, cast: Cast, bearer: Bearer) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1)
    told = client.get("/group/SG13/bundle.zip", headers=bearer(cast.delegate_member))

    assert documents_in(told.content) == ["T25-SG13-260706/C/T25-SG13-C1-E.docx"]


def test_bundles_are_limited(client: TestClient, papers: Papers, services: Services) -> None:
    papers.meeting()
    papers.make.session.commit()

    codes = [
        client.get("/meeting/T25-SG13-260706/bundle.zip").status_code for _ in range(services.settings.bundle_limit + 1)
    ]

    assert codes == [200] * services.settings.bundle_limit + [429]


def test_no_session_is_open_while_a_bundle_is_sent(
    client: TestClient, papers: Papers, cast: Cast, bearer: Bearer, services: Services
) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1)
    headers = bearer(cast.delegate_member)
    held: list[int] = []
    opens = services.blobs.open

    def watched(sha256: str) -> Any:
        held.append(services.database.engine.pool.checkedout())  # type: ignore[attr-defined]
        return opens(sha256)

    papers.make.session.close()
    services.blobs.open = watched  # type: ignore[method-assign]
    client.get(f"/meeting/{meeting.code}/bundle.zip", headers=headers)

    assert held == [0]


def test_manifest_in_the_bundle_is_that_of_the_meeting(
    client: TestClient, papers: Papers, cast: Cast, bearer: Bearer
) -> None:
    meeting = papers.meeting()
    papers.document(meeting, 1)
    headers = bearer(cast.delegate_member)

    bundled = opened(client.get(f"/meeting/{meeting.code}/bundle.zip", headers=headers).content)
    served = client.get(f"/meeting/{meeting.code}/manifest.json", headers=headers).json()

    assert json.loads(bundled.read("T25-SG13-260706/about/manifest.json")) == served["files"]
