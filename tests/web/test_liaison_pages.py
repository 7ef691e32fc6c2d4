"""The register of liaison on its pages: list, ledger, matrix, one statement, its thread, its files; what a reader may see."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from docx import Document as Word
from icalendar import Calendar
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.liaison.models import Dispatch, StatementLink, StatementPaper
from sgdocs.liaison.queries import addressees_of
from sgdocs.wiring import Services
from sgdocs.work_programme.queries import handle
from tests.cast import Cast, Player
from tests.documents.papers import paper
from tests.liaison.register import asks, relation
from tests.liaison.traffic import TODAY, Traffic, allotted, correspondence, named, traffic
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


def one(text: str, path: str) -> Any:
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
    whose = ("session", "entity", "appointments", "their groups")

    def count(*sent: Any) -> None:
        found.append(sent[2])

    cost: dict[str, int] = {}
    event.listen(database.engine, "before_cursor_execute", count)
    for address in ("/liaison", "/liaison?group=SG13&standing=awaited", "/liaison/ledger", "/liaison/ledger?queue=we-owe",
                    "/liaison/matrix"):  # fmt: skip
        found.clear()
        chair.get(address)
        cost[address] = len(found)
    event.remove(database.engine, "before_cursor_execute", count)

    assert {address: number - len(whose) for address, number in cost.items() if number - len(whose) > 12} == {}


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


# One statement


def test_statement_page_says_what_is_asked_of_whom_and_whether_it_is_in_time(
    client: TestClient, make: Make, cast: Cast, told: Traffic
) -> None:
    meeting(make, date(2026, 7, 6), "T/SG13")
    chair = as_(client, make, cast.chair)

    late = content(chair.get("/liaison/T25-SG15-LS7").text)
    waits = content(chair.get("/liaison/T25-S2-260311").text)

    assert "ITU-T SG13 owes an answer since 30 April 2026, 11 days" in late
    assert "Too late" in late
    assert "Q2/13" in late
    assert "Last chance" in waits
    assert "T25-SG13-260706" in waits
    assert "Rafael Quill" in waits


def test_statement_page_is_found_by_every_spelling(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    named(make, "SG15-LS8", told.sg15, told.sg13, names=["TD45/GEN", "COM 15 – LS 8 – E"])
    chair = as_(client, make, cast.chair)

    for spelled in ("sg15-ls8", "t25-sg15-ls8", "TD45/GEN", "COM 15 – LS 8 – E", "COM 15-LS 8-E"):
        answer = chair.get(f"/liaison/{spelled}", follow_redirects=False)
        assert answer.status_code in (301, 302), spelled
        assert answer.headers["location"] == "/liaison/T25-SG15-LS8"
    assert chair.get("/liaison/SG15-LS8/thread?x=1", follow_redirects=False).headers["location"] == (
        "/liaison/T25-SG15-LS8/thread?x=1"
    )
    assert chair.get("/liaison/SG15-LS8888").status_code == 404
    assert chair.get("/liaison/TD46/GEN").status_code == 404


def test_statement_page_hides_how_the_other_side_handles_it(
    client: TestClient, make: Make, cast: Cast, told: Traffic
) -> None:
    """A reader on one side sees the other named, but not its Questions, owner or flags."""
    closed = make.group("T/SG17", title="Security")
    row = named(make, "SG15-LS40", told.sg15, asks(closed), told.sg13, title="To both")
    allotted(make, row, make.group("T/SG13/T25/Q3", title="Clouds"), 0)
    first = addressees_of(make.session, row)[0]
    first.owner_id, first.audience, first.flagged = cast.rapporteur.person.id, "secretariat", "before-meeting"
    row.audience = "secretariat"
    make.session.add_all([first, row])
    member, tsb = as_(client, make, cast.delegate_member), as_(client, make, cast.tsb)

    page = content(member.get("/liaison/T25-SG15-LS40").text)
    record = member.get("/liaison/T25-SG15-LS40.json").json()["addressees"][0]

    assert "Q3/13" not in page
    assert "Rafael Quill" not in page
    assert (record["questions"], record["flagged"], record["meeting"]) == ([], "", "")
    assert "Q3/13" in content(tsb.get("/liaison/T25-SG15-LS40").text)


def test_draft_is_for_its_group_alone(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    told.draft.audience = "T/SG13"
    make.session.add(told.draft)
    chair = as_(client, make, cast.chair)
    address = told.draft.name

    assert "Nobody outside the group sees it yet" in chair.get(f"/liaison/{address}").text
    assert client.get(f"/liaison/{address}").status_code == 404
    assert "Drafted words" not in chair.get("/liaison").text


def test_papers_are_given_to_readers_of_the_statement(
    client: TestClient, make: Make, cast: Cast, told: Traffic, services: Services
) -> None:
    kept = services.blobs.put(io.BytesIO(b"words"))
    facts: dict[str, Any] = {"statement_id": told.asked.id, "size_bytes": 5, "media_type": "text/html"}
    make.add(StatementPaper(position=0, name="Brief – été.html", sha256=kept.sha256, **facts))
    make.add(StatementPaper(position=1, name="held.docx", sha256=kept.sha256, is_quarantined=True, **facts))
    chair = as_(client, make, cast.chair)

    answer = chair.get("/liaison/T25-SG15-LS7/papers/0")

    assert answer.content == b"words"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert chair.get("/liaison/T25-SG15-LS7/papers/1").status_code == 404
    assert client.get("/liaison/T25-SG15-LS7/papers/0").status_code == 404
    assert "waits for the virus scanner" in chair.get("/liaison/T25-SG15-LS7").text


def test_hidden_papers_are_not_named(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    secret = paper(make, 9, title="Secret plan", audience="secretariat")
    make.add(StatementPaper(statement_id=told.asked.id or 0, document_id=secret.id, name="secret-plan.docx"))
    chair, tsb = as_(client, make, cast.chair), as_(client, make, cast.tsb)

    for address in ("/liaison/T25-SG15-LS7", "/liaison/T25-SG15-LS7.json"):
        assert "secret-plan" not in chair.get(address).text
        assert secret.label not in chair.get(address).text
    assert "a document that is not for you" in chair.get("/liaison/T25-SG15-LS7").text
    assert secret.label in tsb.get("/liaison/T25-SG15-LS7").text
    file = Word(io.BytesIO(chair.get("/liaison/T25-SG15-LS7.docx").content))
    assert "secret-plan" not in "".join(cell.text for t in file.tables for row in t.rows for cell in row.cells)


def test_statement_is_given_as_a_word_file(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    told.asked.body = "Which clocks?"
    make.session.add(told.asked)
    chair = as_(client, make, cast.chair)

    answer = chair.get("/liaison/T25-SG15-LS7.docx")

    file = Word(io.BytesIO(answer.content))
    words = "\n".join(
        [p.text for p in file.paragraphs] + [c.text for t in file.tables for r in t.rows for c in r.cells]
    )
    assert "Clocks of slices" in words
    assert "Which clocks?" in words
    assert 'filename="T25-SG15-LS7.docx"' in answer.headers["content-disposition"]


def test_delivery_is_for_the_side_that_sent(
    client: TestClient, make: Make, cast: Cast, told: Traffic, clock: Clock
) -> None:
    there = addressees_of(make.session, told.ours)[1]
    facts: dict[str, Any] = {"way": "letter", "to_name": "SA2", "to_address": "sa2@3gpp.example", "at": clock.now}
    files = [{"name": "SG13-LS21.docx", "sha256": "ab" * 32, "size_bytes": 3}]
    make.add(Dispatch(statement_id=told.ours.id or 0, addressee_id=there.id or 0, files=files, **facts))
    told.ours.audience = "secretariat"
    make.session.add(told.ours)
    tsb, member = as_(client, make, cast.tsb), as_(client, make, cast.delegate_member)

    page = content(tsb.get("/liaison/T25-SG13-LS21/delivery").text)
    other = member.get("/liaison/T25-SG13-LS21/delivery").text

    assert "sa2@3gpp.example" in page
    assert "ab" * 8 in page
    assert "not acknowledged" in page
    assert "sa2@3gpp.example" not in other
    assert "/delivery" not in member.get("/liaison/T25-SG13-LS21").text


# Threads


def test_thread_is_drawn_and_told(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    row = named(make, "SG13-LS50", told.sg13, told.sg15, on=date(2026, 1, 5), title="Again")
    relation(make, row, told.reply)
    relation(make, row, None, words="COM 16 – LS 124 – E")
    chair = as_(client, make, cast.chair)

    page = chair.get("/liaison/T25-SG15-LS5/thread")
    lines = chair.get("/liaison/T25-SG15-LS5/thread.json").json()

    assert [(each["statement"]["label"], each["depth"]) for each in lines["items"]] == [
        ("SG13-LS9", 0),
        ("SG15-LS5", 1),
        ("SG13-LS50", 2),
    ]
    assert lines["items"][2]["elsewhere"][0]["words"] == "COM 16 – LS 124 – E"
    drawn = tree(page.text).xpath('//*[local-name()="svg"][contains(@class,"tree")]/a/@href')
    assert drawn == ["/liaison/T25-SG13-LS9", "/liaison/T25-SG15-LS5", "/liaison/T25-SG13-LS50"]
    assert one(page.text, '//div[@class="thread"]//a[@aria-current="true"]').text == "SG15-LS5"
    assert chair.get("/api/v1/liaison-statements/SG15-LS5/thread").json() == lines


def test_thread_leaves_out_what_may_not_be_read(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    hidden = named(make, "SG15-LS60", told.sg15, "Nobody", title="Hidden words", audience="secretariat")
    relation(make, hidden, told.reply)
    chair, tsb = as_(client, make, cast.chair), as_(client, make, cast.tsb)

    assert "Hidden words" not in chair.get("/liaison/T25-SG15-LS5/thread").text
    assert "SG15-LS60" not in chair.get("/liaison/T25-SG15-LS5").text
    assert "SG15-LS60" in tsb.get("/liaison/T25-SG15-LS5/thread").text


def test_long_thread_is_told_in_lines(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    rows = correspondence(make, (told.sg13, told.sg15), 90)
    chair = as_(client, make, cast.chair)

    page = chair.get(f"/liaison/{rows[40].name}/thread").text

    assert len(tree(page).xpath('//div[contains(@class,"leaf")]')) == 90
    assert not tree(page).xpath('//*[local-name()="svg"][contains(@class,"tree")]')


# Of a group


def test_group_shows_its_ledger_and_its_statements(client: TestClient, make: Make, cast: Cast, told: Traffic) -> None:
    chair = as_(client, make, cast.chair)

    page = chair.get("/group/SG13/liaisons")

    assert labels(page.text)[:3] == ["SG15-LS7", "S2-260311", "SG13-LS21"]
    assert [row["label"] for row in chair.get("/group/SG15/liaisons.json?direction=in").json()["items"]] == [
        "SG13-LS21",
        "SG13-LS9",
    ]
    assert chair.get("/group/5/liaisons", follow_redirects=False).status_code in (302, 404)
    assert labels(chair.get("/group/SG13/T25/Q2/liaisons").text).count("SG15-LS7") >= 1


def test_calendar_holds_the_deadlines_that_its_reader_may_know(
    client: TestClient, make: Make, cast: Cast, told: Traffic
) -> None:
    chair = as_(client, make, cast.chair)
    answer = chair.post("/my/calendars", data={"feed": "group:T/SG13"})
    key = answer.text.split("calendar.ics?token=")[1].split('"')[0].split("<")[0]

    file = Calendar.from_ical(another(client).get(f"/group/SG13/liaisons.ics?token={key}").content)

    events = {str(each["uid"]): each for each in file.walk("VEVENT")}
    days = sorted(str(each.decoded("dtstart")) for each in events.values())
    assert days == ["2026-04-30", "2026-06-30", "2026-09-30"]
    assert another(client).get("/group/SG13/liaisons.ics?token=wrong").status_code == 404


# On other pages


def test_other_pages_show_the_statements_that_touch_them(
    client: TestClient, make: Make, cast: Cast, told: Traffic
) -> None:
    document, item, sat = paper(make, 12, title="The letter"), registered(cast), meeting(make, date(2026, 7, 6))
    there = addressees_of(make.session, told.asked)[0]
    there.document_id, there.meeting_id, there.owner_id = document.id, sat.id, cast.chair.person.id
    make.session.add(there)
    make.add(StatementLink(statement_id=told.asked.id or 0, kind="work-item", work_item_id=item.id))
    chair = as_(client, make, cast.chair)

    for address in (
        f"/doc/{document.name}",
        f"/wi/{handle(item)}",
        f"/meeting/{sat.code}",
        f"/person/{cast.chair.person.slug}",
    ):
        panel = one(chair.get(address).text, '//section[@aria-labelledby="liaisons"]')
        assert [each.text for each in panel.xpath('.//li/a[@class="id"]')] == ["SG15-LS7"], address
        ways = panel.xpath('.//div[@class="sect-head"]/a/@href')
        for way in ways:
            path, _, query = way.partition("?")
            assert [row["label"] for row in chair.get(f"{path}.json?{query}").json()["items"]] == ["SG15-LS7"]
        assert "SG15-LS7" not in client.get(address).text
