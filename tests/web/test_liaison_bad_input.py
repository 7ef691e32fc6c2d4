"""Bad input of liaison through both doors: each refused with its rule at its field, and nothing lost. Source: domain 7.1."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from sqlmodel import col, func, select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.documents.models import Document
from sgdocs.groups.models import Succession
from sgdocs.liaison.actions.withdrawing import withdraw
from sgdocs.liaison.fetching import fetch
from sgdocs.liaison.models import Addressee, Arrival, Relation, Statement, StatementPaper
from sgdocs.mail.memory import MemoryInbox
from sgdocs.people.accounts import Token
from sgdocs.people.keys import hash_of, new_token
from sgdocs.people.models import Person
from sgdocs.wiring import Services
from tests.cast import Cast, Player
from tests.documents import desk as papers
from tests.documents.desk import meeting
from tests.liaison import outbox
from tests.liaison.desk import received
from tests.make import Make
from tests.people.browser import another, content, fault_of, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")

LIST = "/api/v1/liaison-statements"
PAGE = {
    "from-0-name": "SG13",
    "from-0-working_party": "WP1/13",
    "from-0-questions": "Q2/13",
    "from-3-name": "SG17",
    "to-1-name": "SG15",
    "to-1-purpose": "action",
    "to-1-deadline": "2026-09-30",
    "title": "Slices & <clocks>",
    "body": "Dear colleagues,\nplease look.",
    "contact_name": "Ada Edit",
    "contact_email": "ada@example.test",
}
API: dict[str, Any] = {
    "senders": [{"name": "SG13", "working_party": "WP1/13", "questions": ["Q2/13"]}, {"name": "SG17"}],
    "addressees": [{"name": "SG15", "purpose": "action", "deadline": "2026-09-30"}],
    "title": "Slices & <clocks>",
    "body": "Dear colleagues,\nplease look.",
    "contacts": [{"name": "Ada Edit", "email": "ada@example.test"}],
}


@pytest.fixture(autouse=True)
def desk(make: Make, cast: Cast, clock: Clock) -> None:
    """SG13 sent LS1 to SG15, which answered it by LS1; LS2 of SG13 was withdrawn. SG16 has become SG21."""
    clock.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    cast.summon("tsb", "chair", "sg13", "sg15", "q2")
    for path in ("T/SG17", "T/SG15/T25/Q2"):
        make.group(path)
    make.group("T/SG13/T25/WP1", kind="working-party")
    meeting(make)
    ended, heir = make.group("T/SG16", ends_on=date(2024, 12, 31)), make.group("T/SG21")
    make.add(Succession(from_id=ended.id or 0, to_id=heir.id or 0, on=date(2025, 1, 1)))
    outbox.sent(cast)
    withdraw(cast.tsb.act, outbox.sent(cast, title="Twice"), "sent twice")
    received(cast.tsb.act, "LS/r on slices (reply to SG13-LS1)", source=["SG15"], to=["SG13"], number="SG15-LS1")
    make.session.commit()


@pytest.fixture
def chair(client: TestClient, make: Make, cast: Cast) -> TestClient:
    return as_(client, make, cast.chair)


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast) -> TestClient:
    return as_(client, make, cast.tsb)


def as_(client: TestClient, make: Make, player: Player) -> TestClient:
    make.account(player.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    return browser


@pytest.fixture
def bearer(make: Make) -> Callable[[Person], dict[str, str]]:
    def headers(person: Person) -> dict[str, str]:
        key, ends = new_token(), datetime(2030, 1, 1, tzinfo=UTC)
        facts: dict[str, Any] = {"created_at": make.act.now, "expires_at": ends, "scopes": ["read", "write"]}
        make.add(Token(hash=hash_of(key), person_id=person.id or 0, name="test", hint=key[-4:], **facts))
        make.session.commit()
        return {"Authorization": f"Bearer {key}"}

    return headers


def typed(text: str) -> dict[str, str]:
    """What the form of a statement still holds."""
    form = tree(text).xpath('//form[contains(@class, "paper")]')[0]
    return {name: value.replace("\r", "") for name, value in form.form_values() if value}


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


TO = API["addressees"][0]
FROM = API["senders"][0]
BAD = [
    ({"reply_to": "SG17-LS999"}, {"reply_to": ["SG17-LS999"]}, "reply_to", "reply_to", "liaison.reply-unknown", "SG17-LS999"),
    ({"reply_to": "SG13-LS2"}, {"reply_to": ["SG13-LS2"]}, "reply_to", "reply_to", "liaison.reply-withdrawn", "was withdrawn"),
    (
        {"to-1-deadline": "2026-03-01"}, {"addressees": [TO | {"deadline": "2026-03-01"}]},
        "to-1-deadline", "addressees.0.deadline", "liaison.deadline-before-sending", "2026-03-01",
    ),
    (
        {"to-4-name": "SG16", "to-4-purpose": "information"}, {"addressees": [TO, {"name": "SG16"}]},
        "to-4-name", "addressees.1.name", "liaison.group-ended", "ITU-T SG21",
    ),
    (
        {"to-4-name": "SG13", "to-4-purpose": "information"}, {"addressees": [TO, {"name": "SG13"}]},
        "to-4-name", "addressees.1.name", "liaison.to-itself", "ITU-T SG13",
    ),
    (
        {"to-4-name": "Q2/15", "to-4-purpose": "information"}, {"addressees": [TO, {"name": "SG15"}]},
        "to-4-name", "addressees.1.name", "liaison.addressed-twice", "twice",
    ),
    (
        {"from-3-questions": "Q2/13"}, {"senders": [FROM, {"name": "SG17", "questions": ["Q2/13"]}]},
        "from-3-questions", "senders.1.questions", "liaison.not-its-question", "Q2/13",
    ),
    (
        {"from-0-working_party": "WP7/13"}, {"senders": [FROM | {"working_party": "WP7/13"}]},
        "from-0-working_party", "senders.0.working_party", "liaison.not-its-party", "WP7/13",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("page", "api", "at", "field", "rule", "says"), BAD, ids=[each[4] for each in BAD])
def test_draft_is_refused_at_its_field_through_both_doors(
    client: TestClient, chair: TestClient, cast: Cast, bearer: Callable[[Person], dict[str, str]],
    database: Database, page: dict[str, str], api: dict[str, Any], at: str, field: str, rule: str, says: str,
) -> None:  # fmt: skip
    before = count(database, Statement)

    shown = chair.post("/liaison/new/draft", data=PAGE | page)
    told = client.post(LIST, json=API | api, headers=bearer(cast.chair.person))

    assert shown.status_code == 422
    assert says in fault_of(shown.text, at)
    kept = typed(shown.text)
    assert {name: kept.get(name) for name in PAGE | page} == PAGE | page
    assert (told.status_code, told.json()["rule"], told.json()["field"]) == (422, rule, field)
    assert says in told.json()["detail"]
    assert count(database, Statement) == before


def test_what_was_refused_is_saved_when_it_is_right(chair: TestClient, database: Database) -> None:
    made = chair.post("/liaison/new/draft", data=PAGE, follow_redirects=False)

    assert made.status_code == 303, content(made.text)
    again = chair.get(f"{made.headers['location']}/edit").text
    assert typed(again)["from-0-working_party"].endswith("/WP1")
    assert (typed(again)["from-1-name"], typed(again)["from-0-questions"]) == ("T/SG17", "T/SG13/T25/Q2")


@pytest.mark.parametrize(
    ("statement", "reply", "rule"),
    [
        ("T25-SG13-LS1", "SG13-LS1", "liaison.reply-to-itself"),
        ("SG15-LS1", "SG13-LS1", "liaison.reply-circle"),
        ("T25-SG13-LS1", "SG13-LS2", "liaison.reply-not-sent"),
        ("T25-SG13-LS1", "SG9-LS999", "base.field"),
    ],
)
def test_answer_that_cannot_be_one_is_refused_through_both_doors(
    client: TestClient, office: TestClient, cast: Cast, bearer: Callable[[Person], dict[str, str]], database: Database,
    statement: str, reply: str, rule: str,
) -> None:  # fmt: skip
    at = client.get(f"{LIST}/{statement}", headers=(head := bearer(cast.tsb.person))).json()["name"]
    before = count(database, Relation)

    shown = office.post(f"/liaison/{at}/to/0/answer", data={"reply": reply})
    told = client.post(f"{LIST}/{at}/addressees/0/answer", json={"reply": reply}, headers=head)

    assert shown.status_code == told.status_code in (409, 422)
    assert told.json()["rule"] == rule
    says = told.json()["detail"].split(" The number")[0].removeprefix("reply: ")
    assert says in content(shown.text)
    assert tree(shown.text).xpath('//input[@name="reply"]')[0].value == reply
    assert count(database, Relation) == before


def test_draft_does_not_answer_itself_through_either_door(
    client: TestClient, chair: TestClient, cast: Cast, bearer: Callable[[Person], dict[str, str]]
) -> None:
    address = chair.post("/liaison/new/draft", data=PAGE, follow_redirects=False).headers["location"]
    name = address.rpartition("/")[2]

    shown = chair.post(f"{address}/edit", data=PAGE | {"reply_to": name, "version": "0"})
    told = client.put(f"{LIST}/{name}?version=0", json=API | {"reply_to": [name]}, headers=bearer(cast.chair.person))

    assert "cannot answer itself" in fault_of(shown.text, "reply_to")
    assert typed(shown.text)["body"] == PAGE["body"]
    assert (told.status_code, told.json()["rule"]) == (422, "liaison.reply-to-itself")


def test_paper_that_the_sender_may_not_read_does_not_go_through_either_door(
    client: TestClient, chair: TestClient, cast: Cast, make: Make, bearer: Callable[[Person], dict[str, str]],
    database: Database,
) -> None:  # fmt: skip
    hidden = papers.submitted(cast.delegate_member.act, papers.next_meeting(make))
    hidden.audience = "secretariat"
    make.add(hidden)
    make.session.commit()
    address = chair.post("/liaison/new/draft", data=PAGE, follow_redirects=False).headers["location"]
    head = bearer(cast.chair.person)

    for words in (hidden.name, "SG13-TD999/GEN"):
        shown = chair.post(f"{address}/papers", data={"document": words})
        told = client.post(f"{LIST}/{address.rpartition('/')[2]}/papers", json={"document": words}, headers=head)

        assert (shown.status_code, told.status_code) == (422, 422)
        assert "will not do" in fault_of(shown.text, "document")
        assert (told.json()["rule"], told.json()["field"]) == ("base.field", "document")
    with database.reading() as session:
        draft = session.exec(select(Statement.id).where(Statement.status == "draft")).one()
        assert not session.exec(select(StatementPaper).where(StatementPaper.statement_id == draft)).all()


# What comes in


def forged() -> bytes:
    """No subject, a sender that no relay vouches for, a program for a document."""
    mail = EmailMessage()
    mail["From"], mail["Message-ID"] = "3GPP <liaison@3gpp.test>", "<m1@forger.test>"
    mail["Authentication-Results"] = "mx.forger.test; dkim=pass header.d=3gpp.test"
    mail.set_content("Please send us your passwords.")
    mail.add_attachment(
        b"MZ\x90\x00" + b"\x00" * 80, maintype="application", subtype="msword", filename="../../ls.docx"
    )
    return mail.as_bytes()


def test_bad_mail_waits_with_its_reasons_and_is_seen_by_the_office_alone(
    client: TestClient, office: TestClient, chair: TestClient, cast: Cast, services: Services, inbox: MemoryInbox,
    clock: Clock, bearer: Callable[[Person], dict[str, str]], database: Database,
) -> None:  # fmt: skip
    inbox.messages = {"1": forged()}
    assert fetch(services, clock.now) == 1
    with database.reading() as session:
        id = session.exec(select(Arrival.id)).one()
    before = count(database, Document)

    listed, page = office.get("/office/arrivals").text, office.get(f"/office/arrivals/{id}").text
    told = client.get("/api/v1/liaison-arrivals", headers=bearer(cast.tsb.person)).json()["items"][0]

    assert "without a subject" in content(listed)
    assert "Sender not checked" in content(page) or "Sender not confirmed" in content(page)
    assert (told["subject"], told["is_authentic"], told["identity"]) == ("", None, "")
    assert "refused" in content(page)
    assert told["files"][0]["refused"] or told["files"][-1]["refused"]
    assert all("/" not in each["name"] for each in told["files"])
    assert typed(page).get("from-0-name", "") != "3GPP SA2"
    assert count(database, Document) == before
    for path in ("/office/arrivals", f"/office/arrivals/{id}"):
        assert chair.get(path).status_code in (403, 404)
    head = bearer(cast.chair.person)
    assert client.get("/api/v1/liaison-arrivals", headers=head).status_code in (403, 404)
    assert client.post(f"/api/v1/liaison-arrivals/{id}/refusal", json={"reason": "x"}, headers=head).status_code == 403

    nothing = office.post(f"/office/arrivals/{id}", data={"from-0-name": "", "title": "", "to-0-name": ""})
    assert nothing.status_code == 422
    empty = client.post(f"/api/v1/liaison-arrivals/{id}/confirmation", json={}, headers=bearer(cast.tsb.person))
    assert (empty.status_code, empty.json()["rule"]) == (422, "liaison.arrival-without-file")
    with database.reading() as session:
        assert session.exec(select(Arrival.state)).one() == "waiting"


def test_answer_that_came_to_a_number_nobody_knows_is_kept_as_it_was_given(
    client: TestClient, office: TestClient, cast: Cast, bearer: Callable[[Person], dict[str, str]], database: Database
) -> None:
    entry = {
        "from-0-name": "SG17", "to-0-name": "SG13", "to-0-purpose": "information", "title": "LS/r on keys",
        "body": "Yes.", "reply_to": "SG13-LS777",
    }  # fmt: skip
    made = office.post("/liaison/receive", data=entry, follow_redirects=False)

    assert made.status_code == 303, content(made.text)
    page = content(office.get(made.headers["location"]).text)
    assert "SG13-LS777 not known here" in page
    name = made.headers["location"].rpartition("/")[2]
    relations = client.get(f"{LIST}/{name}", headers=bearer(cast.tsb.person)).json()["relations"]
    assert [each["words"] for each in relations] == ["SG13-LS777"]
    with database.reading() as session:
        open_ones = select(func.count()).where(col(Addressee.answered_by_id).is_not(None))
        assert session.exec(open_ones).one() == 1
