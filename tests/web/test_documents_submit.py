"""Bringing documents in the browser: the form, what is read, every refusal, with htmx and without script."""

from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.documents.models import Clause, Document, File
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.desk import meeting, next_meeting, rgm
from tests.make import Make
from tests.people.browser import content, read, tree
from tests.support.databases import Clock
from tests.web.paper_browser import TITLE, a_file, errors, fields, signed_in, word

pytestmark = pytest.mark.databases("sqlite")

NEW = "/meeting/T25-SG13-260413/contributions/new"
POST = "/meeting/T25-SG13-260413/contributions"
PLACE = {"place": "meeting:T25-SG13-260413", "kind": "contribution"}
FORM = {"title": TITLE, "sources": "Imaginary Networks", "questions": "2/13", "language": "en", "kind": "contribution"}
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def structure(make: Make, cast: Cast) -> None:
    cast.summon("q2", "wp1", "state", "company", "university", "associate", "sg15")
    meeting(make)
    next_meeting(make)
    rgm(make)
    make.session.commit()


@pytest.fixture
def delegate(client: TestClient, make: Make, cast: Cast) -> TestClient:
    return signed_in(client, make, cast.delegate_member.person)


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast) -> TestClient:
    return signed_in(client, make, cast.tsb.person)


def documents(database: Database) -> list[Document]:
    return read(database, lambda s: list(s.exec(select(Document).order_by(Document.name))))


def test_form_is_shown_with_the_own_entity_as_source(delegate: TestClient) -> None:
    answer = delegate.get(NEW)

    assert answer.status_code == 200
    assert fields(answer.text)["sources"].strip() == "Imaginary Networks"
    assert "Due by 1 Apr 2026, 23:59 Geneva" in content(answer.text)


def test_file_fills_the_form(delegate: TestClient, database: Database) -> None:
    answer = delegate.post("/my/readings", data=PLACE, files=a_file(), headers=HTMX)

    assert answer.status_code == 200
    assert "<html" not in answer.text
    read_fields = fields(answer.text)
    assert (read_fields["title"].strip(), read_fields["questions"]) == (TITLE, "2/13")
    assert read_fields["sources"].strip() == "Imaginary Networks"
    assert read_fields["contact_name"] != ""
    assert read_fields["receipt"] != ""
    assert documents(database) == []


@pytest.mark.parametrize(
    ("says", "stands"),
    [("University of Nowhere", "University of Nowhere"), ("Nobody Inc", "Imaginary Networks")],
)
def test_source_of_the_file_comes_before_the_own_entity_that_nobody_typed(
    delegate: TestClient, says: str, stands: str
) -> None:
    untouched = {**PLACE, "sources": "Imaginary Networks"}
    answer = delegate.post("/my/readings", data=untouched, files=a_file(word(source=says)), headers=HTMX)

    assert fields(answer.text)["sources"].strip() == stands


def test_without_script_the_whole_page_is_filled(delegate: TestClient) -> None:
    answer = delegate.post("/my/readings", data=PLACE, files=a_file())

    assert "<html" in answer.text
    assert fields(answer.text)["title"].strip() == TITLE


def test_what_was_typed_stays_and_differences_are_told(delegate: TestClient) -> None:
    answer = delegate.post("/my/readings", data={**PLACE, "title": "Another title"}, files=a_file(), headers=HTMX)

    assert fields(answer.text)["title"].strip() == "Another title"
    row = next(tr for tr in tree(answer.text).cssselect("tr.differs"))
    assert [" ".join(cell.text_content().split()) for cell in row] == ["Title", "differs", TITLE, "Another title"]


def test_differences_are_settled_by_the_file_without_sending_it_again(delegate: TestClient) -> None:
    first = delegate.post("/my/readings", data={**PLACE, "title": "Another title"}, files=a_file(), headers=HTMX)
    again = delegate.post(
        "/my/readings", data={**PLACE, **fields(first.text), "read": "file"}, files={"file": ("", b"")}, headers=HTMX
    )

    assert fields(again.text)["title"].strip() == TITLE
    assert tree(again.text).cssselect("tr.differs") == []


def test_document_is_submitted_by_its_receipt(delegate: TestClient, database: Database, services: Services) -> None:
    shown = delegate.post("/my/readings", data=PLACE, files=a_file(), headers=HTMX)
    answer = delegate.post(POST, data=fields(shown.text), files={"file": ("", b"")}, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/doc/T25-SG13-C1")
    (document,) = documents(database)
    assert (document.title, document.status, document.label) == (TITLE, "posted", "SG13-C1")
    assert document.contacts[0]["name"] != ""
    assert _text_kept(database) == ("kept", True)


def _text_kept(database: Database) -> tuple[str, bool]:
    """What is said of the text of the one file, and whether there are clauses of it."""
    (row,) = read(database, lambda s: list(s.exec(select(File))))
    return row.text, bool(read(database, lambda s: list(s.exec(select(Clause)))))


def test_document_is_submitted_with_its_file_and_stamped(
    delegate: TestClient, database: Database, services: Services
) -> None:
    answer = delegate.post(POST, data=FORM, files=a_file(), follow_redirects=False)

    assert answer.status_code == 303, errors(answer.text)
    (row,) = read(database, lambda s: list(s.exec(select(File))))
    with services.blobs.open(row.sha256) as original, services.blobs.open(row.stamped_sha256) as stamped:
        assert original.read() == word()
        cover = services.readers.read(stamped, "x.docx").cover
    assert (cover.number, cover.title, cover.starts_on) == ("SG13-C1", TITLE, "2026-04-13")


def test_htmx_is_led_to_the_page_of_the_document(delegate: TestClient) -> None:
    answer = delegate.post(POST, data=FORM, files=a_file(), headers=HTMX)

    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/doc/T25-SG13-C1")


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 501}, "title"),
        ({"sources": "Nobody Inc"}, "sources"),
        ({"sources": "Administration of Fictavia"}, "sources"),
        ({"questions": "99/13"}, "questions"),
        ({"language": "ENGLISH"}, "language"),
        ({"purpose": "Fun"}, "purpose"),
        ({"kind": "hat"}, "kind"),
        ({"stream": "WP99"}, "stream"),
        ({"td_reason": "because"}, "td_reason"),
        ({"audience": "public"}, "audience"),
    ],
)
def test_refused_field_is_named_and_nothing_is_kept(
    delegate: TestClient, database: Database, changed: dict[str, str], field: str, headers: dict[str, str]
) -> None:
    answer = delegate.post(POST, data={**FORM, **changed}, files=a_file(), headers=headers)

    assert answer.status_code in (403, 422)
    assert ("<html" in answer.text) is (not headers)
    assert documents(database) == []
    shown = set(errors(answer.text))
    assert shown == {field} or (shown == set() and tree(answer.text).cssselect("[role=alert]"))


def test_form_without_a_file_is_refused(delegate: TestClient, database: Database) -> None:
    answer = delegate.post(POST, data=FORM, files={"file": ("", b"")})

    assert answer.status_code == 422
    assert "at least one file" in errors(answer.text)["file"]
    assert documents(database) == []


def test_what_was_typed_and_the_file_survive_a_refusal(delegate: TestClient, database: Database) -> None:
    refused = delegate.post(POST, data={**FORM, "questions": "99/13"}, files=a_file())
    kept = fields(refused.text)
    answer = delegate.post(POST, data={**kept, "questions": "2/13"}, files={"file": ("", b"")}, follow_redirects=False)

    assert kept["receipt"] != ""
    assert answer.status_code == 303
    assert len(documents(database)) == 1


# Whose file, who may


def test_receipt_of_another_person_gives_no_file(
    delegate: TestClient, client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    receipt = fields(delegate.post("/my/readings", data=PLACE, files=a_file()).text)["receipt"]
    other = signed_in(client, make, cast.delegate_state.person)
    form = {**FORM, "sources": "Administration of Fictavia", "receipt": receipt}
    answer = other.post(POST, data=form)

    assert answer.status_code == 422
    assert "receipt" in answer.text
    assert documents(database) == []


def test_old_receipt_gives_no_file(delegate: TestClient, clock: Clock, database: Database) -> None:
    receipt = fields(delegate.post("/my/readings", data=PLACE, files=a_file()).text)["receipt"]
    clock.move(hours=11)
    assert delegate.get("/my").status_code == 200
    clock.move(hours=2)
    answer = delegate.post(POST, data={**FORM, "receipt": receipt})

    assert answer.status_code == 422
    assert "12 hours" in content(answer.text)
    assert documents(database) == []


@pytest.mark.parametrize("address", [NEW, "/meeting/T25-SG13-260413/documents/new?kind=temporary-document"])
def test_stranger_is_asked_to_sign_in(client: TestClient, address: str) -> None:
    answer = client.get(address, follow_redirects=False)

    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")


@pytest.mark.parametrize("who", ["outsider", "guest"])
def test_who_is_no_member_may_not_submit(
    client: TestClient, make: Make, cast: Cast, database: Database, who: str
) -> None:
    browser = signed_in(client, make, getattr(cast, who).person)

    assert browser.get(NEW).status_code == 403
    assert browser.post("/my/readings", data=PLACE, files=a_file()).status_code == 403
    assert browser.post(POST, data=FORM, files=a_file()).status_code == 403
    assert documents(database) == []


def test_nothing_is_kept_of_what_a_stranger_sends(client: TestClient, services: Services) -> None:
    assert client.post("/my/readings", data=PLACE, files=a_file()).status_code == 403
    assert client.post(POST, data=FORM, files=a_file()).status_code == 403
    assert list(services.blobs.names()) == []


def test_meeting_that_is_not_there_is_not_found(delegate: TestClient) -> None:
    for place in ("meeting:T25-SG13-990101", "doc:T25-SG13-C1", "", "hat:x"):
        assert delegate.post("/my/readings", data={"place": place}, files=a_file()).status_code == 404


# Deadlines


def test_late_contribution_is_held(
    client: TestClient, make: Make, cast: Cast, database: Database, clock: Clock
) -> None:
    clock.now += timedelta(days=31)
    delegate = signed_in(client, make, cast.delegate_member.person)
    shown = delegate.get(NEW)
    answer = delegate.post(POST, data=FORM, files=a_file())

    assert "held for the next meeting" in content(shown.text)
    (document,) = documents(database)
    assert (document.status, document.late) == ("held", "contribution")
    assert _text_kept(database) == ("pending", False)
    assert "held for the next meeting" in content(answer.text)
