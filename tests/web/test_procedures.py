"""Help made from the tables, dated settings for everybody and for the secretariat, and what if."""

import csv
import io
import json
from datetime import date

import pytest
from icalendar import Calendar
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.approval.diagram import as_text
from sgdocs.approval.models import RuleValue
from sgdocs.approval.procedures import ALL
from sgdocs.approval.rulings import USUAL
from sgdocs.base.db import Database
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, fault_of, read, sign_in, tree
from tests.proceedings.places import study_group_meeting
from tests.work_programme.base_item import item_row

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast) -> TestClient:
    make.account(cast.tsb.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, cast.tsb.person)
    return browser


@pytest.mark.parametrize("id", ALL)
def test_page_of_a_procedure_shows_every_state_step_and_clause(client: TestClient, id: str) -> None:
    shown = client.get(f"/help/procedure/{id}")
    words = content(shown.text)
    page = tree(shown.text)

    assert shown.status_code == 200
    for state in ALL[id].states:
        assert len(page.xpath(f"//*[@id='state-{state}']")) == 1
    for step in ALL[id].steps:
        [row] = page.xpath(f"//*[@id='step-{step.id}']")
        assert step.clause in row.text_content()
    for need in {need.rule.id for step in ALL[id].steps for need in step.needs if need.rule}:
        assert page.xpath(f"//a[@href='/help/rules/{need}']")
    assert ALL[id].title in words
    arcs = [step for step in ALL[id].steps for _ in step.start]
    assert len(page.xpath("//path[starts-with(@class, 'way')]")) == len(arcs)


def test_page_and_command_show_the_same_diagram(client: TestClient) -> None:
    told = client.get("/help/procedure/aap.txt")

    assert told.headers["content-type"].startswith("text/plain")
    assert told.text == as_text(ALL["aap"])
    assert client.get("/help/procedure/waltz").status_code == client.get("/help/procedure/waltz.txt").status_code == 404


def test_index_leads_to_every_procedure(client: TestClient) -> None:
    links = tree(client.get("/help/procedures").text).xpath("//td/a/@href")

    assert links == [f"/help/procedure/{id}" for id in ALL]
    assert "/help/procedures" in client.get("/help").text


def test_everybody_reads_the_dated_settings_with_their_history(client: TestClient) -> None:
    shown = client.get("/help/rulings").text
    page = tree(shown)

    assert [row.get("id") for row in page.xpath("//tr[@id]")] == list(USUAL)
    [row] = page.xpath("//tr[@id='tap_reply_cutoff']")
    assert "12 calendar days" in row.text_content()
    assert "7 working days" in row.text_content()
    assert page.xpath("//main//form") == []


def test_office_is_for_the_secretariat(client: TestClient, make: Make, cast: Cast) -> None:
    assert client.get("/office/rulings", follow_redirects=False).status_code in (303, 401, 403)
    make.account(cast.chair.person)
    make.session.commit()
    sign_in(client, cast.chair.person)

    assert client.get("/office/rulings").status_code == 403
    given = {"name": "aap_last_call_days", "value": "35", "from_on": "2030-01-01", "source": "A.8"}
    assert client.post("/office/rulings", data=given).status_code == 403
    assert client.post("/office/rulings", data={"name": "x"}).status_code == 403
    assert client.post("/office/holidays", data={"day": "x"}).status_code == 403


def test_secretariat_sets_a_value_and_takes_it_back(office: TestClient, database: Database) -> None:
    given = {"name": "aap_last_call_days", "value": "35", "from_on": "2030-01-01", "source": "A.8 (2029) 4.1"}

    answer = office.post("/office/rulings", data=given)

    assert answer.status_code == 200
    page = tree(answer.text)
    [row] = page.xpath("//tr[@id='aap_last_call_days']")
    assert "from 1 Jan 2030: 35 days, A.8 (2029) 4.1" in " ".join(row.text_content().split())
    [form] = row.xpath(".//form")
    office.post(form.get("action"))
    assert read(database, lambda s: s.exec(select(RuleValue)).all()) == []


def test_refused_value_stays_in_the_form(office: TestClient) -> None:
    given = {"name": "aap_days", "value": "1,31", "from_on": "2030-01-01", "source": "A.8"}

    answer = office.post("/office/rulings", data=given)

    assert answer.status_code == 422
    assert "right would be 1,16" in fault_of(answer.text, "value")
    assert tree(answer.text).xpath("//input[@name='value']/@value") == ["1,31"]


def test_form_starts_from_the_setting_that_was_chosen(office: TestClient) -> None:
    page = tree(office.get("/office/rulings?name=aap_days").text)

    assert page.xpath("//select[@name='name']/option[@selected]/@value") == ["aap_days"]
    assert page.xpath("//input[@name='value']/@value") == ["1,16"]


def test_holidays_are_entered_and_taken_out(office: TestClient) -> None:
    shown = office.post("/office/holidays", data={"day": "2030-01-02", "title": "Berchtold"}).text
    assert "Berchtold" in content(shown)
    again = office.post("/office/holidays", data={"day": "2030-01-02", "title": "Berchtold"})
    assert again.status_code == 422
    assert "official holiday already" in fault_of(again.text, "day")

    assert "Berchtold" not in content(office.post("/office/holidays/2030-01-02/removal").text)


# What if

ASK = "item=Y.slice&procedure=aap&on=2026-03-13&group=SG13&item=X.policy&procedure=tap&on=2026-03-13&group=SG13"


@pytest.fixture
def meeting(make: Make, cast: Cast) -> str:
    row = study_group_meeting(cast)
    make.session.commit()
    return row.code


def test_what_if_shows_every_date(client: TestClient, cast: Cast, make: Make) -> None:
    assert cast.sg13
    make.session.commit()

    shown = client.get(f"/approval/what-if?{ASK}")
    page = tree(shown.text)

    assert shown.status_code == 200
    assert len(page.xpath("//svg")) >= 1
    assert "Approved, when no substantive comment comes" in content(shown.text)
    assert page.xpath("//section[@aria-labelledby='dates-1']//time/@datetime")[:3] == [
        "2026-03-13",
        "2026-04-10",
        "2026-04-16",
    ]
    assert len(page.xpath("//form[@class='what-if']/fieldset")) == 3
    assert page.xpath("//select[@name='group']/option[@selected]/@value") == ["T/SG13", "T/SG13"]
    assert set(page.xpath("//input[@name='q']/@value")) <= {""}


def test_what_if_as_list_and_calendar(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"/approval/what-if.csv?{ASK}").content.decode("utf-8-sig"))))
    told = json.loads(client.get(f"/approval/what-if.json?{ASK}").text)
    calendar = Calendar.from_ical(client.get(f"/approval/what-if.ics?{ASK}").content)
    entries = {str(entry["summary"]): entry for entry in calendar.walk("VEVENT")}

    assert [row["On"] for row in rows if row["What"] == "Last call"] == ["2026-04-16"]
    assert told["total"] == len(rows)
    assert client.get(f"/approval/what-if.xlsx?{ASK}").status_code == 200
    last_call = entries["Y.slice: Last call"]
    assert (last_call["dtstart"].dt, last_call["dtend"].dt) == (date(2026, 4, 16), date(2026, 5, 14))
    assert str(last_call["status"]) == "TENTATIVE"


def test_no_more_than_ten_lines_are_answered(client: TestClient) -> None:
    ask = "&".join(f"item=Y.{n}&procedure=psaa&on=2026-03-13&group=" for n in range(14))

    told = json.loads(client.get(f"/approval/what-if.json?{ask}").text)

    assert len({row["item"] for row in told["items"]}) == 10


@pytest.mark.parametrize(
    "ask",
    [
        "on=tomorrow",
        "on=0001-01-01",
        "on=9999-12-31",
        "on=2026-03-13&procedure=waltz",
        "on=2026-03-13&procedure=deletion",
        "on=%00",
        "item=%3Cscript%3E&on=2026-03-13&group=%27",
        "on=" + "9" * 5000,
        "&".join(["on="] * 200),
    ],
)
def test_what_cannot_be_read_is_told_beside_its_line(client: TestClient, ask: str) -> None:
    shown = client.get(f"/approval/what-if?{ask}")

    assert shown.status_code == 200
    assert "<script>" not in shown.text
    assert client.get(f"/approval/what-if.ics?{ask}").status_code == 200


def test_formula_in_a_name_stays_text(client: TestClient) -> None:
    listed = client.get("/approval/what-if.csv?item=%3D1%2B1&procedure=aap&on=2026-03-13").content.decode("utf-8-sig")

    assert "\n=1+1" not in listed


def test_work_item_is_known_by_its_name(client: TestClient, cast: Cast, make: Make, meeting: str) -> None:
    """The meetings are those of its group; a name that nobody knows is taken as it stands."""
    item = item_row(make, cast.sg13)
    make.session.commit()
    day = "2025-11-01"

    told = json.loads(client.get(f"/approval/what-if.json?item={item.acronym}&procedure=tap&on={day}").text)

    assert {row["item"] for row in told["items"]} == {item.acronym}
    assert [row["detail"] for row in told["items"] if row["what"] == "Decision at the meeting"] == [meeting]
    unknown = json.loads(client.get(f"/approval/what-if.json?item=Z.nothing&procedure=tap&on={day}").text)
    assert [row["what"] for row in unknown["items"]] == ["Determination", "No meeting is known that leaves the notice"]
