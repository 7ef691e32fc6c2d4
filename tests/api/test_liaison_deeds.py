"""Writing liaison over the API: entered, drafted, approved, previewed, sent, taken up, closed; asked twice, done once."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.liaison.actions.arrivals import TakenMail, take_mail
from sgdocs.liaison.bodies_models import BodyContact
from sgdocs.liaison.models import Statement
from sgdocs.mail.incoming import Incoming
from sgdocs.people.accounts import Account, Token
from sgdocs.people.keys import hash_of, new_token
from sgdocs.people.models import Person
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.desk import meeting
from tests.liaison.desk import body, received
from tests.make import Make
from tests.support.databases import Clock
from tests.support.services import app_over

Bearer = Callable[..., dict[str, str]]
LIST = "/api/v1/liaison-statements"
DRAFT = {
    "senders": [{"name": "SG13", "questions": ["Q2/13"]}],
    "addressees": [{"name": "SG15", "purpose": "action", "deadline": "2026-09-30"}, {"name": "3GPP SA2"}],
    "title": "on slices",
    "body": "Please look.",
    "meeting": "T25-SG13-260216",
    "contacts": [{"name": "Ada Edit", "email": "ada@example.test"}],
}
AGREED = {"level": "study-group", "meeting": "T25-SG13-260216"}


@pytest.fixture
def api(services: Services, clock: Clock) -> TestClient:
    return TestClient(app_over(services, clock=clock), base_url="http://127.0.0.1:8000")


@pytest.fixture
def bearer(make: Make) -> Bearer:
    """The headers of a token of somebody that may write."""

    def headers(person: Person, *scopes: str) -> dict[str, str]:
        key = new_token()
        if make.session.get(Account, person.id) is None:
            make.account(person)
        told: dict[str, Any] = {"name": "test", "hint": key[-4:], "scopes": list(scopes or ("read", "write"))}
        ends = datetime(2030, 1, 1, tzinfo=UTC)
        make.add(Token(hash=hash_of(key), person_id=person.id or 0, created_at=make.act.now, expires_at=ends, **told))
        make.session.commit()
        return {"Authorization": f"Bearer {key}"}

    return headers


@pytest.fixture(autouse=True)
def desk(make: Make, cast: Cast) -> None:
    cast.summon("tsb", "chair", "rapporteur", "outsider", "delegate_member", "q2", "sg15")
    meeting(make, "T25-SG13-260216", starts_on=date(2026, 2, 16), ends_on=date(2026, 2, 27))
    meeting(make)
    partner = body(make)
    make.add(BodyContact(body_id=partner.id or 0, name="Liaison Desk", email="liaison@partner.test", is_default=True))
    make.session.commit()


def test_statement_goes_from_draft_to_sent_once(
    api: TestClient, bearer: Bearer, cast: Cast, database: Database
) -> None:
    office = bearer(cast.tsb.person)
    once = office | {"Idempotency-Key": "draft-1"}

    made = api.post(LIST, json=DRAFT, headers=once)
    again = api.post(LIST, json=DRAFT, headers=once)
    at = f"{LIST}/{made.json()['name']}"
    early = api.post(f"{at}/sending", json={"version": 0}, headers=office)
    agreed = api.post(f"{at}/agreement", json=AGREED, headers=office)
    shown = api.get(f"{at}/preview", headers=office).json()
    told = {"version": shown["version"], "digest": shown["digest"], "accept": [f["id"] for f in shown["findings"]]}
    old = api.post(f"{at}/sending", json=told | {"digest": "0" * 64}, headers=office)
    sent = api.post(f"{at}/sending", json=told, headers=office | {"Idempotency-Key": "send-1"})
    twice = api.post(f"{at}/sending", json=told, headers=office | {"Idempotency-Key": "send-1"})

    assert (made.status_code, made.headers["location"], again.json()["name"]) == (201, at, made.json()["name"])
    assert early.status_code == 409
    assert agreed.json()["status"] == "approved"
    assert [each["kind"] for each in shown["documents"]] == ["liaison-statement", "temporary-document"]
    assert old.status_code == 409
    assert (sent.status_code, sent.json()["name"], sent.json()["status"]) == (201, "T25-SG13-LS1", "sent")
    assert twice.json() == sent.json()
    with database.reading() as session:
        assert len(session.exec(select(Statement)).all()) == 1


def test_draft_is_changed_by_its_version(api: TestClient, bearer: Bearer, cast: Cast) -> None:
    chair = bearer(cast.chair.person)
    at = f"{LIST}/{api.post(LIST, json=DRAFT, headers=chair).json()['name']}"

    first = api.put(f"{at}?version=0", json=DRAFT | {"title": "again"}, headers=chair)
    stale = api.put(f"{at}?version=0", json=DRAFT | {"title": "mine"}, headers=chair)

    assert (first.status_code, first.json()["title"]) == (200, "again")
    assert (stale.status_code, stale.json()["rule"]) == (409, "base.changed-meanwhile")


def test_statement_is_entered_with_its_file_or_as_typed(api: TestClient, bearer: Bearer, cast: Cast) -> None:
    chair = bearer(cast.chair.person)
    entry = {"senders": [{"name": "3GPP SA2"}], "addressees": [{"name": "SG13"}], "title": "LS on slices"}
    file = {"file": ("letter.txt", b"Please answer.")}

    filed = api.post(f"{LIST}/received", data={"statement": json.dumps(entry)}, files=file, headers=chair)
    typed = api.post(
        f"{LIST}/received", data={"statement": json.dumps(entry | {"body": "Please.", "number": "S2-1"})}, headers=chair
    )
    empty = api.post(f"{LIST}/received", data={"statement": json.dumps(entry)}, headers=chair)
    broken = api.post(f"{LIST}/received", data={"statement": "{"}, headers=chair)

    assert [each.status_code for each in (filed, typed, empty, broken)] == [201, 201, 422, 422]
    assert (filed.json()["name"], typed.json()["label"]) == ("T25-SG13-TD1-GEN", "S2-1")
    assert empty.json()["field"] == "file"


def test_addressee_takes_a_statement_up(api: TestClient, bearer: Bearer, cast: Cast, make: Make) -> None:
    statement = received(cast.tsb.act, to=[{"name": "T/SG13", "purpose": "action", "deadline": "2026-09-30"}])
    make.session.commit()
    chair, at = bearer(cast.chair.person), f"{LIST}/{statement.name}/addressees/0"

    allotted = api.post(f"{at}/allotment", json={"questions": ["Q2/13"]}, headers=chair)
    other = api.post(f"{at}/allotment", json={"questions": ["Q2/15"]}, headers=chair)
    owned = api.post(f"{at}/owner", json={"person": cast.rapporteur.person.slug}, headers=chair)
    noted = api.post(f"{at}/note", json={"note": "Read out"}, headers=chair)
    form = api.get(f"{at}/reply", headers=chair)
    closed = api.post(f"{at}/no-reply", json={"reason": "Overtaken"}, headers=chair)
    open_again = api.post(f"{at}/expectation", json={"deadline": "2026-10-30"}, headers=chair)
    forwarded = api.post(f"{at}/forward", json={"to": [{"name": "SG15", "purpose": "action"}]}, headers=chair)

    assert allotted.json()["addressees"][0]["questions"] == ["Q2/13"]
    assert other.status_code == 422
    assert [each.status_code for each in (owned, noted, form)] == [200, 200, 200]
    assert (form.json()["reply_to"], form.json()["senders"][0]["name"]) == ([statement.name], "T/SG13")
    assert closed.json()["addressees"][0]["state"] == "no-reply-needed"
    assert open_again.json()["addressees"][0]["deadline"] == "2026-10-30"
    assert [each["name"] for each in forwarded.json()["addressees"]] == ["ITU-T SG13", "ITU-T SG15"]


def test_nobody_writes_who_may_not(api: TestClient, bearer: Bearer, cast: Cast, make: Make) -> None:
    statement = received(cast.tsb.act)
    make.session.commit()
    at = f"{LIST}/{statement.name}"
    member, outsider = bearer(cast.delegate_member.person), bearer(cast.outsider.person)
    reads = bearer(cast.chair.person, "read")

    assert [api.post(LIST, json=DRAFT, headers=who).status_code for who in ({}, member, outsider, reads)] == [403] * 4
    for tail in ("addressees/0/note", "addressees/0/no-reply", "addressees/0/closing", "withdrawal"):
        assert api.post(f"{at}/{tail}", json={"reason": "x"}, headers=member).status_code == 403
        assert api.post(f"{at}/{tail}", json={"reason": "x"}, headers=outsider).status_code == 404
    assert api.get(f"{at}/preview", headers=member).status_code == 403
    assert api.get("/api/v1/liaison-arrivals", headers=member).status_code == 403


def test_mail_is_confirmed_or_refused_by_the_secretariat(
    api: TestClient, bearer: Bearer, cast: Cast, make: Make
) -> None:
    for n in (1, 2):
        take_mail(make.act, TakenMail(Incoming(f"{n}@partner.test", "0" * 64, subject=f"LS {n}", kind="letter")))
    make.session.commit()
    office = bearer(cast.tsb.person)
    entry = {"senders": [{"name": "3GPP SA2"}], "addressees": [{"name": "SG13"}], "title": "LS on slices"}

    listed = api.get("/api/v1/liaison-arrivals", headers=office).json()
    ids = [each["id"] for each in listed["items"]]
    bare = api.post(f"/api/v1/liaison-arrivals/{ids[0]}/confirmation", json=entry, headers=office)
    refused = api.post(f"/api/v1/liaison-arrivals/{ids[0]}/refusal", json={"reason": "Nobody we know"}, headers=office)
    again = api.post(f"/api/v1/liaison-arrivals/{ids[0]}/refusal", json={"reason": "Twice"}, headers=office)

    assert (listed["total"], sorted(each["subject"] for each in listed["items"])) == (2, ["LS 1", "LS 2"])
    assert (bare.status_code, bare.json()["rule"]) == (422, "liaison.arrival-without-file")
    assert (refused.json()["state"], again.status_code) == ("refused", 409)
