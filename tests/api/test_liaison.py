"""Liaison read over the API: the register page by page, one statement, the ledger with its heads, the matrix."""

from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from sgdocs.base.clock import geneva_day
from sgdocs.liaison.queries import addressees_of
from tests.cast import Cast, Player
from tests.liaison.register import asks, relation
from tests.liaison.traffic import TODAY, Traffic, correspondence, named, traffic
from tests.make import Make
from tests.people.browser import another, sign_in
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
URL = "/api/v1/liaison-statements"


def as_(client: TestClient, make: Make, player: Player) -> TestClient:
    make.account(player.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def labels(answer: dict[str, Any]) -> list[str]:
    return [row["label"] for row in answer["items"]]


@pytest.fixture
def told(make: Make, cast: Cast, clock: Clock) -> Traffic:
    clock.now = TODAY
    rows = traffic(make, cast)
    make.session.commit()
    return rows


@pytest.fixture
def chair(client: TestClient, make: Make, cast: Cast, told: Traffic) -> TestClient:
    return as_(client, make, cast.chair)


def test_register_comes_page_by_page_without_gap_or_double(
    client: TestClient, make: Make, cast: Cast, told: Traffic
) -> None:
    rows = correspondence(make, (told.sg13, told.sg15), 11)
    browser = as_(client, make, cast.chair)

    found, address = [], f"{URL}?limit=4&sort=dated"
    while address:
        answer = browser.get(address)
        found += labels(answer.json())
        address = f"{URL}?limit=4&sort=dated&cursor={answer.json()['next']}" if answer.json()["next"] else ""

    assert found == labels(browser.get(f"{URL}?limit=100&sort=dated").json())
    assert len(found) == len(set(found)) == 5 + len(rows)
    assert browser.get(f"{URL}?limit=4").json()["total"] == len(found)


@pytest.mark.parametrize(
    "query",
    ["sort=colour", "cursor=nonsense", "cursor=WyJ4Il0", "limit=0", "standing=late", "fields=nothing", "due_within=-1"],
)
def test_register_refuses_what_it_cannot_read(chair: TestClient, query: str) -> None:
    answer = chair.get(f"{URL}?{query}")

    assert answer.status_code == 422
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_fields_are_picked(chair: TestClient) -> None:
    answer = chair.get(f"{URL}?fields=label,due&group=SG13&standing=overdue")

    assert answer.json()["items"] == [{"label": "SG15-LS7", "due": "2026-04-30"}]


def test_statement_is_told_with_all_that_belongs_to_it(chair: TestClient, make: Make, told: Traffic) -> None:
    there = addressees_of(make.session, told.answered)[0]
    there.answered_by_id, there.answered_on = told.reply.id, date(2025, 12, 1)
    make.session.add(there)
    relation(make, told.reply, None, words="COM 16 – LS 124 – E")
    make.session.commit()

    answered = chair.get(f"{URL}/SG13-LS9").json()
    reply = chair.get(f"{URL}/SG15 - LS 5").json()

    assert answered["addressees"][0]["answered_by"] == "T25-SG15-LS5"
    assert answered["relations"] == [
        {"kind": "replies-to", "is_back": True, "words": "", "name": "T25-SG15-LS5", "is_outside": False}
    ]
    assert [(row["words"], row["name"]) for row in reply["relations"]] == [
        ("SG13-LS9", "T25-SG13-LS9"),
        ("COM 16 – LS 124 – E", ""),
    ]
    assert reply["full_title"] == "LS/r on Asked before"
    assert reply["senders"][0]["group"] == "T/SG15"


def test_an_answer_that_may_not_be_read_is_not_named(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    hidden = named(make, "SG15-LS90", told.sg15, "Nobody", audience="secretariat")
    relation(make, hidden, told.answered)
    there = addressees_of(make.session, told.answered)[0]
    there.answered_by_id = hidden.id
    make.session.add(there)
    member, tsb = as_(client, make, cast.delegate_member), as_(client, make, cast.tsb)

    assert "LS90" not in member.get(f"{URL}/SG13-LS9").text
    assert "T25-SG15-LS90" in tsb.get(f"{URL}/SG13-LS9").text


def test_nobody_is_told_what_members_read(client: TestClient, told: Traffic) -> None:
    assert client.get(URL).json() == {"items": [], "total": 0, "next": None}
    assert client.get(f"{URL}/SG15-LS7").status_code == 404
    assert client.get(f"{URL}/SG15-LS7/thread").status_code == 404
    assert client.get("/api/v1/liaison-ledger").json()["total"] == 0
    assert client.get("/api/v1/liaison-ledger/summary").json()["counts"] == {}
    assert client.get("/api/v1/liaison-matrix").json() == {"items": [], "total": 0}


def test_ledger_and_its_heads_agree(chair: TestClient, told: Traffic) -> None:
    heads = chair.get("/api/v1/liaison-ledger/summary?group=SG13").json()

    assert heads["counts"]["we-owe"] == 2
    assert heads["counts"]["overdue"] == 1
    for queue, number in heads["counts"].items():
        listed = chair.get(f"/api/v1/liaison-ledger?group=SG13&queue={queue}").json()
        assert (listed["total"], len(listed["items"])) == (number, number), queue
        assert all(queue in row["queues"] for row in listed["items"])


def test_ledger_comes_page_by_page(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    for n in range(7):
        named(make, f"SG15-LS{70 + n}", told.sg15, asks(told.sg13, date(2026, 6, 1 + n)))
    browser = as_(client, make, cast.chair)
    address = "/api/v1/liaison-ledger?group=SG13&queue=we-owe&limit=3"

    first = browser.get(address).json()
    second = browser.get(f"{address}&cursor={first['next']}").json()
    third = browser.get(f"{address}&cursor={second['next']}").json()

    days = [row["deadline"] for answer in (first, second, third) for row in answer["items"]]
    assert len(days) == 9 == first["total"]
    assert days == sorted(days)
    assert third["next"] is None


def test_days_over_are_counted_in_geneva(chair: TestClient, clock: Clock) -> None:
    row = chair.get("/api/v1/liaison-ledger?queue=overdue&group=SG13").json()["items"][0]

    assert row["days_left"] == (date(2026, 4, 30) - geneva_day(clock.now)).days == -11


def test_matrix_counts_each_pair(chair: TestClient, told: Traffic) -> None:
    cells = {(row["from_path"] or row["sender"], row["to_path"] or row["to"]): row for row in
             chair.get("/api/v1/liaison-matrix").json()["items"]}  # fmt: skip

    assert cells["T/SG13", "T/SG15"]["statements"] == 2
    assert cells["T/SG15", "T/SG13"] | {"median_days": None} == {
        "sender": told.sg15.label, "from_path": "T/SG15", "from_body": "", "to": told.sg13.label, "to_path": "T/SG13",
        "to_body": "", "statements": 2, "awaited": 1, "overdue": 1, "answered": 0, "median_days": None,
    }  # fmt: skip
