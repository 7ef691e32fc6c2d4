"""A file in the form of a message becomes a document of the meeting in view; before the first message a page asks for it."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.discussions.models import Message, MessagePaper
from sgdocs.documents.models import Document
from tests.cast import Cast
from tests.documents.desk import meeting, next_meeting, register, rgm
from tests.make import Make
from tests.people.browser import read, tree
from tests.web.paper_browser import TITLE, a_file, errors, signed_in

pytestmark = pytest.mark.databases("sqlite")
HTMX = {"HX-Request": "true"}
QUESTION = {"kind": "group", "ref": "T/SG13/T25/Q2", "text": "Look at this"}
AT_RGM = {"kind": "meeting", "ref": "T25-SG13-Q2-260309", "text": "For today"}
WAY = {"paper_way": "contribution:"}


@pytest.fixture(autouse=True)
def structure(make: Make, cast: Cast) -> None:
    cast.summon("q2", "wp1", "company", "associate", "guest", "rapporteur", "tsb", "sg15")
    meeting(make)
    next_meeting(make)
    register(make, rgm(make), cast.rapporteur.person)
    make.session.commit()


@pytest.fixture
def delegate(client: TestClient, make: Make, cast: Cast) -> TestClient:
    return signed_in(client, make, cast.delegate_member.person)


def kept(database: Database) -> tuple[list[str], list[str], int]:
    """Labels of documents, texts of messages, how many documents messages brought along."""
    return read(
        database,
        lambda s: (
            [row.label for row in s.exec(select(Document))],
            [row.markdown for row in s.exec(select(Message))],
            len(s.exec(select(MessagePaper)).all()),
        ),
    )


def typed(page: str) -> str:
    return (tree(page).cssselect("#say")[0].text or "").strip()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_file_becomes_a_contribution_that_the_message_brings(
    delegate: TestClient, database: Database, headers: dict[str, str]
) -> None:
    asked = delegate.post("/discussion", data={**QUESTION, "attach": "true"}, headers=headers)
    form = tree(asked.text).cssselect("#composer")[0]
    assert (form.get("enctype"), typed(asked.text)) == (
        "multipart/form-data",
        "Look at this",
    )
    assert kept(database) == ([], [], 0)

    sent = delegate.post("/discussion", data={**QUESTION, **WAY}, files=a_file(), headers=headers)
    assert sent.status_code == 200, errors(sent.text)
    assert kept(database) == (["SG13-C1"], ["Look at this"], 1)
    assert tree(sent.text).cssselect("#m1 a[href='/doc/T25-SG13-C1']")
    assert TITLE in delegate.get("/doc/T25-SG13-C1").text


def test_a_document_of_a_rapporteur_group_meeting_comes_from_its_discussion(
    client: TestClient, make: Make, cast: Cast, database: Database
) -> None:
    browser = signed_in(client, make, cast.rapporteur.person)
    asked = browser.post("/discussion", data={**AT_RGM, "attach": "true"})
    (way,) = tree(asked.text).cssselect("#paper_way option")
    sent = browser.post("/discussion", data={**AT_RGM, "paper_way": way.get("value", "")}, files=a_file())
    assert sent.status_code == 200, errors(sent.text)
    ((label,), said, papers) = kept(database)
    assert (label, said, papers) == ("Q2/13-DOC1", ["For today"], 1)


def test_what_the_checks_find_is_said_at_the_file_and_nothing_is_lost(delegate: TestClient, database: Database) -> None:
    wrong = delegate.post("/discussion", data={**QUESTION, **WAY, "paper_sources": "Nobody Inc"}, files=a_file())
    assert wrong.status_code in (409, 422)
    assert "file" in errors(wrong.text) or "paper_sources" in errors(wrong.text)
    assert typed(wrong.text) == "Look at this"
    assert kept(database) == ([], [], 0)

    receipt = tree(wrong.text).cssselect("input[name=paper_receipt]")[0].get("value", "")
    mended = {**QUESTION, **WAY, "paper_receipt": receipt, "paper_sources": "Imaginary Networks", "paper_title": TITLE}
    again = delegate.post("/discussion", data=mended, files={"file": ("", b"")})
    assert again.status_code == 200, errors(again.text)
    assert kept(database)[0] == ["SG13-C1"]


@pytest.mark.parametrize(
    ("changed", "content", "field"),
    [({"text": ""}, None, "text"), ({}, b"%PDF-1.4 broken", "file"), ({"papers": "SG13-C999"}, None, "")],
)
def test_message_and_document_come_both_or_not_at_all(
    delegate: TestClient, database: Database, changed: dict[str, str], content: bytes | None, field: str
) -> None:
    answer = delegate.post("/discussion", data={**QUESTION, **WAY, **changed}, files=a_file(content))
    assert answer.status_code >= 400
    assert not field or field in errors(answer.text)
    assert kept(database) == ([], [], 0)


def test_who_may_bring_nothing_reads_who_may(client: TestClient, make: Make, cast: Cast, database: Database) -> None:
    visitor = signed_in(client, make, cast.guest.person)
    asked = visitor.post("/discussion", data={**QUESTION, "attach": "true"})
    assert "delegates of members" in errors(asked.text)["file"]
    sent = visitor.post("/discussion", data={**QUESTION, **WAY}, files=a_file())
    assert "delegates of members" in errors(sent.text)["file"]
    assert typed(sent.text) == "Look at this"
    unregistered = signed_in(client, make, cast.delegate_member.person)
    asked = unregistered.post("/discussion", data={**AT_RGM, "attach": "true"})
    assert "register first" in errors(asked.text)["file"]
    assert kept(database) == ([], [], 0)


def test_the_first_message_of_somebody_else_begins_the_live_list(
    delegate: TestClient, client: TestClient, make: Make, cast: Cast
) -> None:
    panel = tree(delegate.get("/discussion/panel?kind=group&ref=T/SG13/T25/Q2").text)
    ask = panel.cssselect("[data-begins]")[0].get("data-hx-get", "")
    assert delegate.get(ask).status_code == 204
    other = signed_in(client, make, cast.rapporteur.person)
    sent = tree(other.post("/discussion", data=QUESTION, headers=HTMX).text)
    (first,) = sent.cssselect("[data-hx-swap-oob='outerHTML:#begins'] #messages")
    begun = tree(delegate.get(ask).text).cssselect("#messages")[0]
    assert begun.get("data-live", "").startswith(f"/discussion/{begun.get('data-thread')}/stream?after=")
    assert [each.get("id") for each in begun.cssselect("li")] == ["m1"]
    assert first.get("data-thread") == begun.get("data-thread")
    assert client.get(ask).status_code == 204
