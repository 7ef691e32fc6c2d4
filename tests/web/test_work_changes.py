"""Pages of changes of a base text: accepted ones, requests side by side, the check of a draft."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from sgdocs.documents.models import Document
from sgdocs.meetings.models import Meeting
from sgdocs.work_programme import base_texts
from sgdocs.work_programme.models import ItemPaper, WorkItem
from tests.cast import Cast, Player
from tests.documents.papers import kept, paper
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.proceedings.places import study_group_meeting
from tests.support.databases import Clock
from tests.work_programme.base_item import BASE, brought, changed, three

pytestmark = pytest.mark.databases("sqlite")
AT = "/wi/4711-Y.slice"
DELAY = "The delay of a slice stays below 5 ns."


@pytest.fixture
def meeting(cast: Cast, make: Make, clock: Clock) -> Meeting:
    base_texts.forget()
    today = clock.now.date()
    return study_group_meeting(cast, starts_on=today - timedelta(1), ends_on=today + timedelta(8))


@pytest.fixture
def item(cast: Cast, make: Make, meeting: Meeting) -> WorkItem:
    row, _ = three(cast, make, meeting)
    for player in (cast.rapporteur, cast.delegate_member, cast.outsider):
        make.account(player.person)
    make.session.commit()
    return row


def as_(client: TestClient, player: Player) -> TestClient:
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def form(meeting: Meeting, **facts: str) -> dict[str, str]:
    words = {"document": "T25-SG13-C91", "clause": "7.1", "before": DELAY, "after": DELAY.replace("5", "3")}
    return words | {"meeting": meeting.code} | facts


def test_requests_stand_beside_the_base_text(client: TestClient, cast: Cast, item: WorkItem) -> None:
    page = as_(client, cast.delegate_member).get(f"{AT}/clauses")

    rows = tree(page.text).xpath('//div[@class="beside"]')
    assert [len(row.xpath('./div[@class="beside-wish"]')) for row in rows] == [2, 1, 1]
    assert "Collision: one sentence, different words" in rows[0].text_content()
    assert rows[0].xpath(".//ins/text()") == ["3", "2"]
    assert page.text.count("<button>Accept") == 0


def test_one_clause_alone(client: TestClient, cast: Cast, item: WorkItem) -> None:
    browser = as_(client, cast.delegate_member)

    assert len(tree(browser.get(f"{AT}/clauses?clause=7.1").text).xpath('//div[@class="beside"]')) == 2
    assert "Nobody would change this clause" in content(browser.get(f"{AT}/clauses?clause=Wander").text)
    assert browser.get(f"{AT}/clauses?clause=99").status_code == 404


def test_hidden_contributions_are_not_shown(client: TestClient, cast: Cast, make: Make, item: WorkItem) -> None:
    narrow = make.session.get_one(Document, 2)
    assert narrow.name == "T25-SG13-C91"
    narrow.audience = "secretariat"
    make.session.commit()

    for address in ("clauses", "clauses.json", "clauses.csv"):
        told = as_(client, cast.delegate_member).get(f"{AT}/{address}").text
        assert "C92" in told
        assert "C91" not in told
    for address in ("clauses", "changes", "check"):
        told = as_(client, cast.outsider).get(f"{AT}/{address}").text
        assert "C92" not in told
        assert "below" not in told


def test_wish_is_accepted_with_a_button(client: TestClient, cast: Cast, item: WorkItem, meeting: Meeting) -> None:
    browser = as_(client, cast.rapporteur)
    page = tree(browser.get(f"{AT}/clauses?meeting={meeting.code}").text)
    button = page.xpath('//div[@class="beside-wish"]//form')[0]
    fields = {each.get("name"): each.get("value") for each in button.xpath(".//input")}

    done = browser.post(button.get("action"), data=fields)

    assert (done.status_code, done.url.path) == (200, f"{AT}/clauses")
    assert "accepted change 1" in content(done.text)
    rows = browser.get(f"{AT}/changes.json").json()["items"]
    assert [(row["number"], row["clause"], row["before"], row["document"]) for row in rows] == [
        (1, "7.1", DELAY, "SG13-C91")
    ]
    other = tree(browser.get(f"{AT}/clauses?meeting={meeting.code}").text)
    fields["document"], fields["after"] = "T25-SG13-C92", DELAY.replace("5", "2")
    clash = browser.post(other.xpath('//div[@class="beside-wish"]//form')[0].get("action"), data=fields)
    assert "Change 1 from SG13-C91 was accepted for the same sentence" in content(clash.text)


def test_changes_of_one_sentence_that_go_together_are_accepted_as_one(
    client: TestClient, cast: Cast, make: Make, item: WorkItem, meeting: Meeting
) -> None:
    for number, words in (
        (96, "The delay of a slice must stay below 5 ns."),
        (97, "The delay of each slice stays below 5 ns."),
    ):
        document = paper(make, number, meeting=meeting.code, title=f"On Y.slice {number}")
        kept(make, document, (replace(BASE[3], text=BASE[3].text.replace(DELAY, words)),), sha256=f"{number:064d}")
        brought(make, item, document)
    for document in make.session.exec(select(ItemPaper).where(col(ItemPaper.document_id).in_((2, 3)))):
        document.removed_at = make.act.now
    make.session.commit()
    browser = as_(client, cast.rapporteur)

    page = tree(browser.get(f"{AT}/clauses?meeting={meeting.code}").text)
    (form_together,) = page.xpath('//div[@class="beside-base"]//form')
    fields = {each.get("name"): each.get("value") for each in form_together.xpath(".//input")}
    done = browser.post(form_together.get("action"), data=fields)

    assert fields["after"] == "The delay of each slice must stay below 5 ns."
    assert done.status_code == 200
    (row,) = browser.get(f"{AT}/changes.json").json()["items"]
    assert (row["after"], row["document"], row["note"]) == (fields["after"], "SG13-C96", "with SG13-C97")
    again = browser.get(f"{AT}/clauses?meeting={meeting.code}")
    assert content(again.text).count("other words accepted change 1") == 2


def test_all_of_a_document_is_accepted(client: TestClient, cast: Cast, item: WorkItem, meeting: Meeting) -> None:
    browser = as_(client, cast.rapporteur)

    done = browser.post(f"{AT}/clauses/acceptance", data={"document": "T25-SG13-C92", "meeting": meeting.code})
    unsaid = browser.post(f"{AT}/clauses/acceptance", data={"document": "T25-SG13-C92"})

    assert "All changes of the document are entered" in content(done.text)
    assert "Choose the meeting" in content(unsaid.text)
    assert browser.get(f"{AT}/changes.json").json()["total"] == 2


def test_change_is_entered_by_hand_and_undone(client: TestClient, cast: Cast, item: WorkItem, meeting: Meeting) -> None:
    browser = as_(client, cast.rapporteur)

    wrong = browser.post(f"{AT}/changes", data=form(meeting, before="It stays below 6 ns."))
    assert (wrong.status_code, "does not stand in clause 7.1" in content(wrong.text)) == (422, True)
    empty = browser.post(f"{AT}/changes", data={"meeting": meeting.code})
    assert empty.status_code == 422
    assert "Replaces 7.1" in content(browser.post(f"{AT}/changes", data=form(meeting)).text)
    assert "Say why the change is undone" in content(browser.post(f"{AT}/changes/1/reversal", data={}).text)
    undone = browser.post(f"{AT}/changes/1/reversal", data={"reason": "In error"})
    assert "Undone: In error" in content(undone.text)
    assert browser.post(f"{AT}/changes/9/reversal", data={"reason": "x"}).status_code == 404
    assert "'=" in browser.get(f"{AT}/changes.csv").text or browser.get(f"{AT}/changes.xlsx").status_code == 200


def test_delegate_enters_nothing(client: TestClient, cast: Cast, item: WorkItem, meeting: Meeting) -> None:
    browser = as_(client, cast.delegate_member)

    assert "<textarea" not in browser.get(f"{AT}/changes").text
    for address, data in (
        ("changes", form(meeting)),
        ("clauses/acceptance", {"document": "T25-SG13-C92", "meeting": meeting.code}),
    ):
        assert browser.post(f"{AT}/{address}", data=data).status_code == 403


def test_check_tells_what_is_missing_and_what_nobody_accepted(
    client: TestClient, cast: Cast, make: Make, item: WorkItem, meeting: Meeting
) -> None:
    browser = as_(client, cast.rapporteur)
    assert "There is no draft after the base text yet" in content(browser.get(f"{AT}/check").text)
    browser.post(f"{AT}/changes", data=form(meeting))
    draft = paper(make, 95, meeting=meeting.code, title="Draft of Y.slice")
    kept(make, draft, changed(c72="The wander stays below 1 ns in every class."), sha256="5" * 64)
    brought(make, item, draft, "output")
    make.session.commit()

    page = browser.get(f"{AT}/check")
    sections = {each.get("aria-labelledby"): each.text_content() for each in tree(page.text).xpath("//section")}
    assert "Not in the text" in sections["omitted"]
    assert "The wander stays below 91 ns" in " ".join(sections["unaccepted"].split())
    rows = browser.get(f"{AT}/check.json").json()["items"]
    assert [(row["finding"], row["clause"], row["number"]) for row in rows] == [
        ("missing", "7.1", 1),
        ("never-accepted", "7.2", None),
    ]
    refused = browser.get(f"{AT}/check?draft=T25-SG13-C90")
    assert (refused.status_code, "is the base text itself" in content(refused.text)) == (409, True)
    unknown = browser.get(f"{AT}/check?draft=T25-SG13-C999")
    assert (unknown.status_code, "There is no document" in content(unknown.text)) == (404, True)


def test_former_address_leads_on(client: TestClient, cast: Cast, item: WorkItem) -> None:
    for tail in ("changes", "clauses", "check"):
        answer = client.get(f"/wi/Y.slice/{tail}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (302, f"{AT}/{tail}")
