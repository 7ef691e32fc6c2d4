"""Documents over the API: the same verbs, scopes of tokens, refusals as problems, keys by which nothing is done twice."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.documents.models import Clause, Document, File, Version
from sgdocs.documents.scanning import rescan
from sgdocs.journal.models import Entry
from sgdocs.people.accounts import Token
from sgdocs.people.keys import hash_of, new_token
from sgdocs.people.models import Person
from sgdocs.storage.scanner import MarkScanner
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.desk import meeting, next_meeting
from tests.make import Make
from tests.people.browser import read
from tests.support.databases import Clock
from tests.support.services import ADDRESS
from tests.web.paper_browser import TITLE, a_file, word

Bearer = Callable[..., dict[str, str]]
POST = "/api/v1/meetings/T25-SG13-260413/documents"
KEY = {"Idempotency-Key": "5f3c-41"}


@pytest.fixture(autouse=True)
def structure(make: Make, cast: Cast) -> None:
    cast.summon("q2", "wp1", "state", "company", "tsb", "delegate_member", "delegate_state", "outsider")
    meeting(make)
    next_meeting(make)
    make.session.commit()


@pytest.fixture
def bearer(make: Make) -> Bearer:
    """The headers of a token of somebody, with its scopes."""

    def headers(person: Person, *scopes: str) -> dict[str, str]:
        key = new_token()
        told: dict[str, Any] = {"person_id": person.id or 0, "name": "test", "hint": key[-4:], "scopes": list(scopes)}
        make.add(Token(hash=hash_of(key), created_at=make.act.now, expires_at=datetime(2030, 1, 1, tzinfo=UTC), **told))
        make.session.commit()
        return {"Authorization": f"Bearer {key}"}

    return headers


@pytest.fixture
def writes(make: Make, cast: Cast, bearer: Bearer) -> dict[str, str]:
    """A delegate of Imaginary Networks, with a token that may write."""
    make.account(cast.delegate_member.person)
    return bearer(cast.delegate_member.person, "read", "write")


@pytest.fixture
def office(make: Make, cast: Cast, bearer: Bearer) -> dict[str, str]:
    make.account(cast.tsb.person)
    return bearer(cast.tsb.person, "read", "write")


def documents(database: Database) -> list[Document]:
    return read(database, lambda s: list(s.exec(select(Document).order_by(Document.name))))


def test_file_alone_becomes_a_document(client: TestClient, writes: dict[str, str], database: Database) -> None:
    answer = client.post(POST, headers=writes, files=a_file())

    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["name"], told["label"], told["status"]) == ("T25-SG13-C1", "SG13-C1", "posted")
    assert (answer.headers["location"], told["url"]) == ("/api/v1/documents/T25-SG13-C1", f"{ADDRESS}/doc/T25-SG13-C1")
    (document,) = documents(database)
    assert (document.title, document.source) == (TITLE, "Imaginary Networks")


def test_text_is_there_with_the_answer(client: TestClient, writes: dict[str, str], database: Database) -> None:
    """Nobody has to read the file a second time; the journal tells it in its order."""
    client.post(POST, headers=writes, files=a_file())

    (file,) = read(database, lambda s: list(s.exec(select(File))))
    assert (file.text, file.text_problem) == ("kept", "")
    assert read(database, lambda s: list(s.exec(select(Clause.title).where(Clause.file_id == file.id))))
    verbs = read(database, lambda s: list(s.exec(select(Entry.verb).order_by(col(Entry.id)))))
    told = [verb for verb in verbs if verb in ("documents.submitted", "documents.read")]
    assert told == ["documents.submitted", "documents.read"]


def test_record_tells_versions_files_and_digests(client: TestClient, writes: dict[str, str]) -> None:
    client.post(POST, headers=writes, files=a_file())
    record = client.get("/api/v1/documents/SG13-C1", headers=writes).json()
    (file,) = record["versions"][0]["files"]

    assert (record["questions"], record["sources"]) == (["Q2/13"], ["Imaginary Networks"])
    assert file["stamped_sha256"] not in ("", file["sha256"])
    assert client.get(file["url"].removeprefix(ADDRESS), headers=writes).status_code == 200
    assert client.get("/api/v1/documents/T25-SG13-C1/versions", headers=writes).json()["total"] == 1


def test_lists_page_by_cursor(client: TestClient, writes: dict[str, str]) -> None:
    for n in range(5):
        client.post(POST, headers=writes, files=a_file(word(f"Title {n}")), data={"title": f"Title {n}"})
    first = client.get("/api/v1/documents?limit=3", headers=writes).json()
    rest = client.get(f"/api/v1/documents?limit=3&cursor={first['next']}", headers=writes).json()

    assert [row["number"] for row in first["items"] + rest["items"]] == [f"SG13-C{n}" for n in range(1, 6)]
    assert (first["total"], rest["next"]) == (5, None)
    assert client.get("/api/v1/meetings/T25-SG13-260413/documents", headers=writes).json()["total"] == 5


@pytest.mark.parametrize(
    ("told", "status", "rule"),
    [
        ({"sources": "Nobody Inc"}, 422, "documents.source-unknown"),
        ({"sources": "Administration of Fictavia"}, 422, "documents.own-source"),
        ({"questions": "99/13"}, 422, "base.field"),
        ({"kind": "report"}, 403, "policy.not-permitted"),
        ({"kind": "hat"}, 422, "base.field"),
        ({"language": "en!"}, 422, "base.field"),
        ({"audience": "public", "audience_reason": "x"}, 403, "policy.not-permitted"),
    ],
)
def test_refusal_is_a_problem_with_its_rule(
    client: TestClient, writes: dict[str, str], database: Database, told: dict[str, str], status: int, rule: str
) -> None:
    answer = client.post(POST, headers=writes, files=a_file(), data=told)

    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["rule"]) == (status, rule), answer.text
    assert documents(database) == []


@pytest.mark.parametrize("scopes", [("read",), ("files:read",), ()])
def test_token_must_be_allowed_to_write(
    client: TestClient, make: Make, cast: Cast, bearer: Bearer, database: Database, scopes: tuple[str, ...]
) -> None:
    make.account(cast.delegate_member.person)
    answer = client.post(POST, headers=bearer(cast.delegate_member.person, *scopes), files=a_file())

    assert answer.status_code == 403
    assert documents(database) == []


def test_stranger_and_outsider_submit_nothing(
    client: TestClient, make: Make, cast: Cast, bearer: Bearer, services: Services
) -> None:
    make.account(cast.outsider.person)

    assert client.post(POST, files=a_file()).status_code == 403
    assert client.post(POST, headers=bearer(cast.outsider.person, "write"), files=a_file()).status_code == 403
    assert client.post("/api/v1/checks", files=a_file()).status_code == 403
    assert list(services.blobs.names()) == []


def test_changes_tell_of_a_tombstone_its_number_and_of_a_narrowed_document_nothing(
    client: TestClient,
    make: Make,
    cast: Cast,
    bearer: Bearer,
    writes: dict[str, str],
    office: dict[str, str],
    work: Any,
) -> None:
    make.account(cast.delegate_state.person)
    reads, files = (bearer(cast.delegate_state.person, scope) for scope in ("read", "files:read"))
    for n in range(2):
        client.post(
            POST, headers=writes, files=a_file(word(f"Kryptonite {n}")), data={"title": f"Kryptonite {n}"}
        ).raise_for_status()
    client.post("/api/v1/documents/T25-SG13-C1/withdrawal", headers=writes, json={"reason": "Too early"})
    narrow = {"audience": "secretariat", "reason": "Names in it"}
    client.put("/api/v1/documents/T25-SG13-C2/audience", headers=office, json=narrow).raise_for_status()
    work()

    told = {who: client.get("/api/v1/changes", headers=key).text for who, key in (("reads", reads), ("files", files))}
    own = client.get("/api/v1/changes", headers=writes).text

    assert ("T25-SG13-C1" in told["reads"], "Too early" in told["reads"]) == (True, True)
    assert ("Kryptonite" in told["reads"], "T25-SG13-C2" in told["reads"]) == (False, False)
    assert "T25-SG13-C" not in told["files"]
    assert ("Kryptonite" in own, "T25-SG13-C2" in own) == (True, True)


# Keys


def test_key_of_a_revision_is_no_key_of_an_addendum(
    client: TestClient, writes: dict[str, str], database: Database
) -> None:
    client.post(POST, headers=writes, files=a_file())
    address = "/api/v1/documents/T25-SG13-C1/revisions"
    answers = [
        client.post(address, headers=writes | KEY, files=a_file(word("Second")), data={"part": part}).status_code
        for part in ("R", "A", "R")
    ]

    assert answers == [201, 422, 201]
    assert read(database, lambda s: sorted(s.exec(select(Version.part)))) == ["", "R1"]


def test_same_request_with_its_key_is_done_once(client: TestClient, writes: dict[str, str], database: Database) -> None:
    first = client.post(POST, headers=writes | KEY, files=a_file())
    again = client.post(POST, headers=writes | KEY, files=a_file())

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert first.headers["location"] == again.headers["location"]
    assert len(documents(database)) == 1


def test_other_request_with_the_key_is_refused(client: TestClient, writes: dict[str, str], database: Database) -> None:
    client.post(POST, headers=writes | KEY, files=a_file())
    answer = client.post(POST, headers=writes | KEY, files=a_file(word("Another")))

    assert (answer.status_code, answer.json()["rule"]) == (422, "api.key-of-another-request")
    assert len(documents(database)) == 1


def test_refused_request_may_come_again_with_its_key(
    client: TestClient, writes: dict[str, str], database: Database
) -> None:
    told = {"sources": "Nobody Inc"}
    assert client.post(POST, headers=writes | KEY, files=a_file(), data=told).status_code == 422
    assert client.post(POST, headers=writes | KEY, files=a_file()).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a b"])
def test_key_that_is_none_is_refused(client: TestClient, writes: dict[str, str], key: str) -> None:
    answer = client.post(POST, headers=writes | {"Idempotency-Key": key}, files=a_file())

    assert answer.status_code == 422


def test_of_many_at_once_with_one_key_one_becomes_a_document(
    client: TestClient, writes: dict[str, str], database: Database
) -> None:
    start, answers = threading.Barrier(3), []

    def ask() -> None:
        start.wait()
        answers.append(client.post(POST, headers=writes | KEY, files=a_file()))

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} == {201}
    assert {answer.json()["name"] for answer in answers} == {"T25-SG13-C1"}
    assert len(documents(database)) == 1


# Reservations, versions


def test_number_is_reserved_and_filled(client: TestClient, writes: dict[str, str], database: Database) -> None:
    address = "/api/v1/meetings/T25-SG13-260413/reservations"
    reserved = client.post(address, headers=writes | KEY, json={"title": "Later"})
    again = client.post(address, headers=writes | KEY, json={"title": "Later"})
    filled = client.post("/api/v1/documents/T25-SG13-C1/files", headers=writes, files=a_file())

    assert (reserved.status_code, reserved.json()) == (201, again.json())
    assert reserved.json()["status"] == "reserved"
    assert (filled.status_code, filled.json()["status"]) == (201, "posted")
    assert [d.title for d in documents(database)] == [TITLE]


def test_revision_gets_the_next_part(client: TestClient, writes: dict[str, str], database: Database) -> None:
    client.post(POST, headers=writes, files=a_file())
    answer = client.post(
        "/api/v1/documents/T25-SG13-C1/revisions", headers=writes, files=a_file(word("Second")), data={"note": "6.2"}
    )

    assert (answer.status_code, answer.json()["revision"]) == (201, 1)
    parts = read(
        database, lambda s: [(v.part, v.note) for v in s.exec(select(Version).order_by(col(Version.position)))]
    )
    assert parts == [("", ""), ("R1", "6.2")]


def test_withdrawal_leaves_a_tombstone_and_asks_for_the_state_seen(client: TestClient, writes: dict[str, str]) -> None:
    client.post(POST, headers=writes, files=a_file())
    seen = client.get("/api/v1/documents/T25-SG13-C1", headers=writes).headers["etag"]
    address = "/api/v1/documents/T25-SG13-C1/withdrawal"
    stale = client.post(address, headers=writes | {"If-Match": '"other"'}, json={"reason": "Too early"})
    silent = client.post(address, headers=writes, json={"reason": " "})
    done = client.post(address, headers=writes | {"If-Match": seen}, json={"reason": "Too early"})

    assert (stale.status_code, silent.status_code, done.status_code) == (412, 422, 200)
    assert (done.json()["title"], done.json()["withdrawn_reason"]) == ("Withdrawn", "Too early")


def test_draft_is_deleted_and_restored(client: TestClient, writes: dict[str, str]) -> None:
    client.post("/api/v1/meetings/T25-SG13-260413/reservations", headers=writes, json={"title": "Later"})
    gone = client.delete("/api/v1/documents/T25-SG13-C1", headers=writes)
    lost = client.get("/api/v1/documents/T25-SG13-C1", headers=writes)
    back = client.post("/api/v1/documents/T25-SG13-C1/restoration", headers=writes)

    assert (gone.status_code, lost.status_code, back.status_code) == (204, 404, 200)


def test_late_contribution_is_held_and_admitted_by_the_office(
    client: TestClient, writes: dict[str, str], office: dict[str, str], clock: Clock
) -> None:
    clock.move(days=31)
    held = client.post(POST, headers=writes, files=a_file()).json()
    refused = client.post("/api/v1/documents/T25-SG13-C1/admission", headers=writes, json={"reason": "x"})
    admitted = client.post(
        "/api/v1/documents/T25-SG13-C1/admission", headers=office, json={"reason": "Extreme importance"}
    )

    assert (held["status"], held["late"]) == ("held", "contribution")
    assert refused.status_code == 403
    assert (admitted.status_code, admitted.json()["status"]) == (200, "posted")


# Checks and files


def test_check_says_what_is_found_and_submits_nothing(
    client: TestClient, writes: dict[str, str], database: Database
) -> None:
    told = client.post(
        "/api/v1/checks", headers=writes, files=a_file(), data={"meeting": "T25-SG13-260413", "questions": "1/13"}
    ).json()

    assert set(told) >= {"file", "cover", "findings", "text"}
    assert told["cover"]["title"] == TITLE
    assert told["cover"]["question"] == "2/13"
    assert told["text"]["clauses"] > 0
    assert [set(each) for each in told["findings"]] == [
        {"id", "severity", "place", "found", "expected", "mend", "clause"}
    ] * len(told["findings"])
    assert documents(database) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nonsense", b"\x00\x01\x02"])
def test_file_that_cannot_be_read_is_checked_all_the_same(
    client: TestClient, writes: dict[str, str], content: bytes
) -> None:
    answer = client.post("/api/v1/checks", headers=writes, files=a_file(content))

    assert answer.status_code == 200
    assert "error" in {each["severity"] for each in answer.json()["findings"]}


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x01b.docx", "x" * 300 + ".docx", "..", 'a"; x="y.docx'])
def test_hostile_name_never_becomes_a_path(
    client: TestClient, writes: dict[str, str], database: Database, name: str
) -> None:
    answer = client.post(POST, headers=writes, files=a_file(name=name))

    assert answer.status_code in (201, 422)
    if answer.status_code == 201:
        (file,) = read(database, lambda s: list(s.exec(select(File))))
        assert file.name == "T25-SG13-C1-E.docx"


def test_infected_file_is_refused_and_not_kept(
    client: TestClient, writes: dict[str, str], app: Any, database: Database, services: Services
) -> None:
    object.__setattr__(app.state.services, "scanner", MarkScanner({b"word/document.xml": "Planted"}))
    answer = client.post(POST, headers=writes, files=a_file())

    assert (answer.status_code, answer.json()["rule"]) == (422, "documents.infected")
    assert list(services.blobs.names()) == []


def test_file_waits_in_quarantine_until_the_scanner_answers(
    client: TestClient, writes: dict[str, str], office: dict[str, str], app: Any, services: Services, database: Database
) -> None:
    scanner = MarkScanner(is_away=True)
    object.__setattr__(app.state.services, "scanner", scanner)
    answer = client.post(POST, headers=writes, files=a_file())
    before = rescan(app.state.services)
    scanner.is_away = False
    after = rescan(app.state.services)

    assert (answer.status_code, answer.json()["status"]) == (201, "quarantine")
    assert (before, after) == (0, 1)
    assert [d.status for d in documents(database)] == ["posted"]


def test_document_of_another_is_not_found(
    client: TestClient, make: Make, cast: Cast, bearer: Bearer, writes: dict[str, str]
) -> None:
    client.post(POST, headers=writes, files=a_file())
    make.account(cast.outsider.person)
    outsider = bearer(cast.outsider.person, "read", "write")

    for method, address, body in (
        ("GET", "/api/v1/documents/T25-SG13-C1", None),
        ("GET", "/api/v1/documents/SG13-C1", None),
        ("GET", "/api/v1/documents/T25-SG13-C1/versions", None),
        ("POST", "/api/v1/documents/T25-SG13-C1/withdrawal", {"reason": "x"}),
        ("PUT", "/api/v1/documents/T25-SG13-C1/audience", {"audience": "public"}),
        ("DELETE", "/api/v1/documents/T25-SG13-C1", None),
        ("POST", "/api/v1/documents/T25-SG13-C1/restoration", None),
    ):
        assert client.request(method, address, headers=outsider, json=body).status_code == 404, address
    assert client.get("/api/v1/documents", headers=outsider).json()["total"] == 0
