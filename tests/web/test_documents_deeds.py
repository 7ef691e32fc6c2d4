"""Deeds on documents in the browser: each form, its refusals, what it changes; own documents, gaps, quarantine."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.documents import actions
from sgdocs.documents.models import Document, File, Lineage, Version
from sgdocs.meetings.models import Meeting
from tests.cast import Cast
from tests.documents.desk import form, meeting, next_meeting, reservation, upload
from tests.make import Make
from tests.people.browser import content, read
from tests.support.databases import Clock
from tests.web.paper_browser import TITLE, a_file, errors, fields, signed_in

pytestmark = pytest.mark.databases("sqlite")

C1 = "/doc/T25-SG13-C1"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def sg13(make: Make, cast: Cast) -> Meeting:
    cast.summon("q2", "wp1", "state", "company", "tsb", "chair")
    next_meeting(make)
    return meeting(make)


@pytest.fixture
def document(make: Make, cast: Cast, sg13: Meeting) -> Document:
    row = actions.submit(cast.delegate_member.act, sg13, form("Slices"), [upload()])
    actions.submit(cast.delegate_state.act, sg13, form("Other slices"), [upload()])
    make.session.commit()
    return row


@pytest.fixture
def owner(client: TestClient, make: Make, cast: Cast, document: Document) -> TestClient:
    return signed_in(client, make, cast.delegate_member.person)


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast, document: Document) -> TestClient:
    return signed_in(client, make, cast.tsb.person)


def row_of(database: Database, name: str = "T25-SG13-C1") -> Document:
    return read(database, lambda s: s.exec(select(Document).where(Document.name == name)).one())


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_document_is_withdrawn_with_a_reason_only(
    owner: TestClient, database: Database, headers: dict[str, str]
) -> None:
    shown = owner.get(f"{C1}/withdraw")
    silent = owner.post(f"{C1}/withdraw", data={"reason": " "}, headers=headers)
    done = owner.post(f"{C1}/withdraw", data={"reason": "Too early"}, headers=headers, follow_redirects=False)

    assert shown.status_code == 200
    assert (silent.status_code, set(errors(silent.text))) == (422, {"reason"})
    assert ("<html" in silent.text) is (not headers)
    assert done.status_code == (204 if headers else 303)
    assert row_of(database).withdrawn_reason == "Too early"


def test_withdrawing_twice_is_refused_in_the_form(owner: TestClient) -> None:
    owner.post(f"{C1}/withdraw", data={"reason": "Too early"})
    again = owner.post(f"{C1}/withdraw", data={"reason": "Again"})

    assert again.status_code == 409
    assert "SG13-C1 is withdrawn" in content(again.text)


def test_delegate_of_another_entity_may_do_nothing(
    client: TestClient, make: Make, cast: Cast, document: Document
) -> None:
    other = signed_in(client, make, cast.delegate_state.person)

    for deed in ("withdraw", "delete", "admit", "access", "languages", "revise", "upload", "admission"):
        assert other.get(f"{C1}/{deed}").status_code == 403, deed
        assert other.post(f"{C1}/{deed}", data={"reason": "x", "decision": "accepted"}).status_code == 403, deed


def test_reservation_is_made_deleted_restored_and_filled(owner: TestClient, database: Database) -> None:
    made = owner.post(
        "/meeting/T25-SG13-260413/reservations",
        data={"kind": "contribution", "title": "Later", "sources": "Imaginary Networks"},
        follow_redirects=False,
    )
    at = made.headers["location"]
    mine = content(owner.get("/my/documents").text)
    owner.post(f"{at}/delete")
    deleted = owner.get(at)
    owner.post(f"{at}/restore")
    start = fields(owner.get(f"{at}/upload").text)
    filled = owner.post(
        f"{at}/upload",
        data={**start, "title": TITLE, "questions": "2/13"},
        files=a_file(),
        follow_redirects=False,
    )

    assert (made.status_code, at) == (303, "/doc/T25-SG13-C3")
    assert "SG13-C3" in mine
    assert "It was deleted" in content(deleted.text)
    assert filled.status_code == 422 or filled.headers["location"] == at
    refused = errors(filled.text) if filled.status_code == 422 else {}
    assert refused == {}, refused
    assert row_of(database, "T25-SG13-C3").status == "posted"


def test_deleted_document_is_gone_for_others(
    owner: TestClient, client: TestClient, make: Make, cast: Cast, sg13: Meeting
) -> None:
    actions.reserve(cast.delegate_member.act, sg13, reservation())
    make.session.commit()
    owner.post("/doc/T25-SG13-C3/delete")
    other = signed_in(client, make, cast.delegate_state.person)

    assert other.get("/doc/T25-SG13-C3").status_code == 404
    assert other.get("/doc/T25-SG13-C3/restore").status_code in (403, 404)


def test_late_contribution_is_admitted_and_the_meeting_decides(
    client: TestClient, make: Make, cast: Cast, sg13: Meeting, clock: Clock, database: Database
) -> None:
    clock.move(days=31)
    late = signed_in(client, make, cast.delegate_member.person)
    late.post(
        "/meeting/T25-SG13-260413/contributions",
        data={"title": TITLE, "sources": "Imaginary Networks", "questions": "2/13", "kind": "contribution"},
        files=a_file(),
    )
    held = row_of(database)
    office = signed_in(client, make, cast.tsb.person)
    office.post(f"{C1}/admit", data={"reason": "Extreme importance"})
    admitted = row_of(database)
    nothing = office.post(f"{C1}/admission", data={"decision": "refused", "reason": " "})
    office.post(f"{C1}/admission", data={"decision": "refused", "reason": "Not in the meeting"})

    assert (held.status, admitted.status, admitted.admission) == ("held", "posted", "admitted")
    assert (nothing.status_code, set(errors(nothing.text))) == (422, {"reason"})
    assert (row_of(database).status, row_of(database).admission) == ("held", "refused")


def test_readers_change_with_a_reason(office: TestClient, client: TestClient, database: Database) -> None:
    silent = office.post(f"{C1}/access", data={"audience": "public"})
    wrong = office.post(f"{C1}/access", data={"audience": "hats", "reason": "x"})
    done = office.post(f"{C1}/access", data={"audience": "public", "reason": "Asked by the source"})

    assert (silent.status_code, set(errors(silent.text))) == (422, {"reason"})
    assert (wrong.status_code, set(errors(wrong.text))) == (422, {"audience"})
    assert done.status_code == 200
    assert row_of(database).audience == "public"
    assert client.get(C1).status_code == 200


def test_documents_are_related_and_parted(owner: TestClient, database: Database) -> None:
    wrong = owner.post(f"{C1}/lineage", data={"kind": "also-in", "other": "SG13-C99"})
    itself = owner.post(f"{C1}/lineage", data={"kind": "also-in", "other": "SG13-C1"})
    owner.post(f"{C1}/lineage", data={"kind": "merged-into", "other": "SG13-C2", "note": "clause 6"})
    shown = content(owner.get(C1).text)
    back = content(owner.get("/doc/T25-SG13-C2").text)
    owner.post(f"{C1}/lineage/end", data={"kind": "merged-into", "other": "T25-SG13-C2"})

    assert (wrong.status_code, set(errors(wrong.text))) == (422, {"other"})
    assert itself.status_code == 409
    assert "Merged intoSG13-C2 Other slices clause 6" in shown
    assert "Merged fromSG13-C1 Slices" in back
    assert read(database, lambda s: s.exec(select(Lineage)).all()) == []


def test_file_in_another_language_stands_beside_the_first(owner: TestClient, database: Database) -> None:
    without = owner.post(f"{C1}/languages", data={"language": "fr"}, files={"file": ("", b"")})
    wrong = owner.post(f"{C1}/languages", data={"language": "french"}, files=a_file())
    done = owner.post(f"{C1}/languages", data={"language": "fr"}, files=a_file(), follow_redirects=False)

    assert (without.status_code, set(errors(without.text))) == (422, {"file"})
    assert (wrong.status_code, set(errors(wrong.text))) == (422, {"language"})
    assert done.status_code == 303, content(done.text)
    names = read(database, lambda s: sorted(f.name for f in s.exec(select(File).where(File.document_id == 1))))
    assert names == ["T25-SG13-C1-E.docx", "T25-SG13-C1-F.docx"]


# The desk


def test_gaps_are_for_the_secretariat(
    owner: TestClient, office: TestClient, make: Make, cast: Cast, sg13: Meeting
) -> None:
    actions.reserve(cast.delegate_member.act, sg13, reservation())
    make.session.commit()
    shown = content(office.get("/office/numbers?series=T25-SG13-C").text)

    assert "SG13-C3" in shown
    assert "nothing uploaded yet" in shown
    assert [row["number"] for row in office.get("/office/numbers.json?series=T25-SG13-C").json()["items"]] == [3]
    assert owner.get("/office/numbers").status_code == 403
    assert office.get("/office/numbers?series=T25-SG99-C").status_code == 404


@pytest.mark.parametrize(("decision", "status"), [("release", "posted"), ("refuse", "refused")])
def test_secretariat_decides_on_quarantine(
    office: TestClient,
    owner: TestClient,
    make: Make,
    cast: Cast,
    sg13: Meeting,
    database: Database,
    decision: str,
    status: str,
) -> None:
    actions.submit(cast.delegate_member.act, sg13, form("Waits"), [upload(is_quarantined=True)])
    make.session.commit()
    version = read(database, lambda s: s.exec(select(Version.id).where(Version.status == "quarantine")).one())

    assert "Waits" in content(office.get("/office/quarantine").text)
    assert owner.get("/office/quarantine").status_code == 403
    assert owner.post(f"/office/quarantine/{version}", data={"decision": decision}).status_code == 403
    assert office.post(f"/office/quarantine/{version}", data={"decision": "hat"}).status_code == 422
    assert office.post("/office/quarantine/9999", data={"decision": decision}).status_code == 404
    assert office.post(f"/office/quarantine/{version}", data={"decision": decision, "reason": "x"}).status_code == 200
    assert row_of(database, "T25-SG13-C3").status == status


def test_own_documents_are_for_those_who_signed_in(client: TestClient) -> None:
    assert client.get("/my/documents", follow_redirects=False).status_code == 303
