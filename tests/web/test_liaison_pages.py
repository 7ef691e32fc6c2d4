"""The register of liaison on its pages: list, ledger, matrix, one statement, its thread, its files; what a reader may see."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from lxml.html import HtmlElement
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.liaison.models import Dispatch, StatementPaper
from sgdocs.liaison.rules import State, Status
from sgdocs.meetings.models import MeetingGroup
from sgdocs.wiring import Services
from tests.cast import Cast, Player
from tests.liaison.desk import body
from tests.liaison.register import asks
from tests.liaison.traffic import TODAY, Traffic, correspondence, link, named, traffic
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.support.databases import Clock
from tests.work_programme.items import meeting, registered

pytestmark = pytest.mark.databases("sqlite")


def as_(client: TestClient, make: Make, player: Player) -> TestClient:
    make.account(player.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def labels(text: str) -> list[str]:
    """The statements of the table, in its order."""
    return [row.text_content() for row in tree(text).xpath('//table//th[@scope="row"]//a[@class="id"]')]


def one(text: str, path: str) -> HtmlElement:
    (found,) = tree(text).xpath(path)
    return found


@pytest.fixture
def told(make: Make, cast: Cast, clock: Clock) -> Traffic:
    clock.now = TODAY
    rows = traffic(make, cast)
    make.session.commit()
    return rows


# The list


def test_list_shows_what_was_sent_and_received_the_newest_first(
    client: TestClient, make: Make, cast: Cast, told: Traffic
) -> None:
    member = as_(client, make, cast.delegate_member)

    answer = member.get("/liaison")

    assert answer.status_code == 200
    assert labels(answer.text) == ["SG13-LS21", "S2-260311", "SG15-LS7", "SG15-LS5", "SG13-LS9"]
    assert "5 statements" in content(answer.text)


def test_outsiders_see_neither_rows_nor_counts_nor_pages(client: TestClient, told: Traffic) -> None:
    answer = client.get("/liaison")

    assert labels(answer.text) == []
    assert "0 statements" in content(answer.text)
    for tail in ("", ".json", "/thread", "/thread.json", "/history", "/delivery", ".docx"):
        assert client.get(f"/liaison/T25-SG15-LS7{tail}").status_code == 404
    assert client.get("/liaison.json").json() == {"total": 0, "items": []}
    assert client.get("/liaison/ledger.json").json()["total"] == 0
    assert client.get("/liaison/matrix.json").json()["total"] == 0
    assert "SG15-LS7" not in client.get("/group/SG13/liaisons").text
    assert "SG15-LS7" not in client.get("/group/SG13/liaisons.ics").text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("standing=overdue", ["SG15-LS7"]),
        ("standing=awaited", ["SG13-LS21", "S2-260311", "SG15-LS7"]),
        ("group=SG13&direction=out", ["SG13-LS21", "SG13-LS9"]),
        ("group=SG13&direction=in", ["S2-260311", "SG15-LS7", "SG15-LS5"]),
        ("group=SG15&direction=in&standing=awaited", ["SG13-LS21"]),
        ("body=3GPP+SA2", ["SG13-LS21", "S2-260311"]),
        ("sender=IETF", []),
        ("to=IETF", ["SG15-LS7"]),
        ("sender=T/SG13&to=T/SG15&which=live", ["SG13-LS21", "SG13-LS9"]),
        ("question=Q2/13&standing=overdue", ["SG15-LS7"]),
        ("due_within=60", ["SG13-LS21"]),
        ("year=2025", ["SG15-LS5", "SG13-LS9"]),
        ("q=clocks", ["SG15-LS7"]),
        ("q=SG+15+-+LS+7", ["SG15-LS7"]),
        ("which=drafts", ["draft 31"]),
        ("purpose=comment", ["SG13-LS21"]),
        ("sort=number&year=2025", ["SG13-LS9", "SG15-LS5"]),
        ("sort=deadline&standing=awaited", ["SG15-LS7", "SG13-LS21", "S2-260311"]),
    ],
)
def test_list_filters(
    client: TestClient, make: Make, cast: Cast, told: Traffic, query: str, expected: list[str]
) -> None:
    chair = as_(client, make, cast.chair)

    answer = chair.get(f"/liaison?{query}")

    assert labels(answer.text) == expected
    listed = chair.get(f"/liaison.json?{query}").json()
    assert [row["label"] for row in listed["items"]] == expected
    over_api = chair.get(f"/api/v1/liaison-statements?{query}").json()
    assert [row["label"] for row in over_api["items"]] == expected


@pytest.mark.parametrize(
    "query", ["direction=up", "standing=late", "purpose=joy", "group=SG99", "sort=colour", "item=Y.none", "year=12"]
)
def test_list_says_what_it_cannot_read(client: TestClient, make: Make, cast: Cast, told: Traffic, query: str) -> None:
    chair = as_(client, make, cast.chair)

    assert chair.get(f"/liaison?{query}").status_code == 422


def test_list_as_csv_starts_no_formula(client: TestClient, make: Make, cast: Cast) -> None:
    named(make, "SG13-LS1", cast.sg13, "=cmd()", title="=HYPERLINK(1)")
    make.session.commit()
    chair = as_(client, make, cast.chair)

    rows = list(csv.reader(io.StringIO(chair.get("/liaison.csv").text.lstrip("\ufeff"))))

    assert rows[0][:4] == ["Number", "Number of the sender", "Title", "From"]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert rows[1][0] == "SG13-LS1"
    assert chair.get("/liaison.xlsx").content[:2] == b"PK"


def test_lists_cost_few_queries(client: TestClient, make: Make, cast: Cast, told: Traffic, database: Database) -> None:
    for n in range(60):
        named(make, f"SG15-LS{200 + n}", told.sg15, asks(told.sg13, date(2026, 6, 1)), told.sa2, told.ietf)
    chair = as_(client, make, cast.chair)
    found: list[str] = []
    count: Any = lambda *sent: found.append(sent[2])  # noqa: E731
    cost: dict[str, int] = {}
    event.listen(database.engine, "before_cursor_execute", count)
    for address in ("/liaison", "/liaison?group=SG13&standing=awaited", "/liaison/ledger", "/liaison/ledger?queue=we-owe",
                    "/liaison/matrix"):  # fmt: skip
        found.clear()
        chair.get(address)
        cost[address] = len(found)
    event.remove(database.engine, "before_cursor_execute", count)

    assert {address: number for address, number in cost.items() if number > 15} == {}


# Ledger and matrix


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("queue=we-owe&group=SG13", ["SG15-LS7", "S2-260311"]),
        ("queue=we-wait-for&group=SG13", ["SG13-LS21"]),
        ("queue=overdue&group=SG13", ["SG15-LS7"]),
        ("queue=draft&group=SG13", ["draft 31"]),
        ("queue=we-owe&group=SG13&q=clocks", ["SG15-LS7"]),
        ("queue=we-owe&group=SG13&unowned=true", ["SG15-LS7"]),
        ("queue=we-owe&age=to-90-days&group=SG13", ["S2-260311"]),
        ("queue=we-owe&question=Q2/13", ["SG15-LS7", "S2-260311"]),
        ("queue=we-owe&sender=3GPP+SA2", ["S2-260311"]),
    ],
)
def test_ledger_lists_one_queue(
    client: TestClient, make: Make, cast: Cast, told: Traffic, query: str, expected: list[str]
) -> None:
    chair = as_(client, make, cast.chair)

    assert labels(chair.get(f"/liaison/ledger?{query}").text) == expected
    assert [row["label"] for row in chair.get(f"/liaison/ledger.json?{query}").json()["items"]] == expected
    assert [row["label"] for row in chair.get(f"/api/v1/liaison-ledger?{query}").json()["items"]] == expected


def test_ledger_opens_every_count(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    chair = as_(client, make, cast.chair)
    page = tree(chair.get("/liaison/ledger?group=SG13").text)
    ways = page.xpath('//nav[@class="ways"]//a') + page.xpath('//table[contains(@class,"ageing")]//td/a')

    counted = {each.get("href"): int(each.text_content().split()[0]) for each in ways}

    assert len(counted) > 6
    for address, number in counted.items():
        path, _, query = address.partition("?")
        assert chair.get(f"{path}.json?{query}").json()["total"] == number, address


def test_ledger_refuses_words_that_mean_nothing(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    chair = as_(client, make, cast.chair)

    for query in ("queue=nowhere", "age=old", "group=SG99", "sort=colour", "owner=nobody-here"):
        assert chair.get(f"/liaison/ledger?{query}").status_code == 422


def test_matrix_opens_the_list_behind_every_count(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    chair = as_(client, make, cast.chair)
    page = tree(chair.get("/liaison/matrix").text)

    links = page.xpath('//table[contains(@class,"pairs")]//td[contains(@class,"end")]/a')

    assert sum(int(each.text) for each in links if "standing" not in each.get("href")) == 7
    for each in links:
        path, _, query = each.get("href").partition("?")
        assert chair.get(f"{path}.json?{query}").json()["total"] == int(each.text), each.get("href")
    drawn = page.xpath('//*[local-name()="svg"][@class="matrix"]//*[@class="square"]')
    assert len(drawn) == len(page.xpath('//table[contains(@class,"pairs")]/tbody/tr'))


@pytest.mark.parametrize(
    "query", ["group=SG13", "purpose=action", "q=slices", "standing=overdue", "direction=in", "body=IETF"]
)
def test_matrix_takes_the_filters_of_the_list(
    client: TestClient, make: Make, cast: Cast, told: Traffic, query: str
) -> None:
    chair = as_(client, make, cast.chair)

    rows = chair.get(f"/liaison/matrix.json?{query}").json()["items"]
    listed = chair.get(f"/liaison.json?{query}&which=live").json()["items"]

    pairs = {(sender, to) for row in listed for sender in row["senders"] for to in (*row["to"], *row["cc"])}
    assert {(row["sender"], row["to"]) for row in rows} <= pairs
    assert rows
    assert chair.get(f"/liaison/matrix?{query}").status_code == 200
