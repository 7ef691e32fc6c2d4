"""The pages of mailing lists: who sees what, writing, officers."""

import pytest
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.mailing_lists import actions
from sgdocs.mailing_lists.models import MailingList
from sgdocs.mailing_lists.schemas import MessageForm
from tests.cast import QUESTION, Cast
from tests.make import Make
from tests.people.browser import content
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")
PAGE = "/mailing-list/t25sg13q2"


@pytest.fixture
def row(make: Make, cast: Cast, act: Act) -> MailingList:
    cast.summon("rapporteur", "delegate_member", "outsider", "tsb", "guest")
    row = actions.open_list(cast.tsb.act, make.group(QUESTION))
    actions.subscribe(cast.rapporteur.act, row, cast.rapporteur.person)
    actions.post(cast.rapporteur.act, row, cast.rapporteur.person, MessageForm(subject="Sleep <b>", text="Words."))
    act.session.commit()
    return row


@pytest.mark.parametrize("tail", ["", "/1", "/members"])
def test_a_stranger_finds_no_list(row: MailingList, client: TestClient, make: Make, cast: Cast, tail: str) -> None:
    assert client.get(PAGE + tail).status_code == 404
    assert signed_in(client, make, cast.outsider.person).get(PAGE + tail).status_code == 404
    assert "t25sg13q2" not in client.get("/mailing-list").text


def test_a_member_of_the_sector_joins_writes_and_leaves(
    row: MailingList, client: TestClient, make: Make, cast: Cast
) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)
    assert "Sleep &lt;b&gt;" in browser.get(PAGE).text
    assert browser.get(f"{PAGE}/members").status_code == 404, "members are for officers"
    browser.post(f"{PAGE}/join")
    answer = browser.post(PAGE, data={"subject": "Re: Sleep", "text": "More.", "answers": "1"}, follow_redirects=False)
    assert answer.headers["location"] == f"{PAGE}/1#m2"
    assert "More." in content(browser.get(f"{PAGE}/1").text)
    assert browser.get(f"{PAGE}/2", follow_redirects=False).headers["location"] == f"{PAGE}/1#m2"
    assert "More." not in browser.get(f"{PAGE}?q=nothing+like+it").text
    refused = browser.post(PAGE, data={"subject": "", "text": "kept words"})
    assert refused.status_code == 422
    assert "kept words" in refused.text
    browser.post(f"{PAGE}/leave")
    browser.post(PAGE, data={"subject": "Third", "text": "Held."})
    assert "Third" not in content(browser.get(PAGE).text)


def test_a_rapporteur_sees_members_and_decides(row: MailingList, client: TestClient, make: Make, cast: Cast) -> None:
    stranger = signed_in(client, make, cast.delegate_member.person)
    stranger.post(PAGE, data={"subject": "From outside", "text": "Held."})
    browser = signed_in(client, make, cast.rapporteur.person)
    assert "From outside" in content(browser.get(PAGE).text)
    browser.post(f"{PAGE}/2/refuse", data={"reason": ""})
    assert stranger.post(f"{PAGE}/2/release").status_code == 403
    browser.post(f"{PAGE}/2/release")
    assert "From outside" in content(stranger.get(PAGE).text)
    assert browser.post(f"{PAGE}/2/refuse", data={"reason": "late"}).status_code == 409
    browser.post(f"{PAGE}/members", data={"person": cast.delegate_member.person.email or ""})
    assert cast.delegate_member.person.name in content(browser.get(f"{PAGE}/members").text)
    assert browser.post(f"{PAGE}/members", data={"person": "nobody@example.org"}).status_code == 404
    browser.post(f"{PAGE}/members/{cast.delegate_member.person.slug}/remove")
    assert cast.delegate_member.person.name not in content(browser.get(f"{PAGE}/members").text)


def test_the_secretariat_opens_a_list(row: MailingList, client: TestClient, make: Make, cast: Cast) -> None:
    browser = signed_in(client, make, cast.tsb.person)
    answer = browser.post("/mailing-list/new?group=T/SG13", data={"kind": "management"}, follow_redirects=False)
    assert answer.headers["location"] == "/mailing-list/t25sg13mgt"
    again = browser.post("/mailing-list/new?group=T/SG13", data={"kind": "management"})
    assert (again.status_code, "t25sg13mgt already" in again.text) == (409, True)
    member = signed_in(client, make, cast.rapporteur.person)
    assert member.get("/mailing-list/new?group=T/SG13").status_code == 403


def test_the_api_speaks_of_the_same(row: MailingList, client: TestClient, make: Make, cast: Cast) -> None:
    assert client.get("/api/v1/mailing-lists").json()["items"] == []
    browser = signed_in(client, make, cast.delegate_member.person)
    (told,) = browser.get("/api/v1/mailing-lists").json()["items"]
    assert (told["address"], told["messages"], told["members"]) == ("t25sg13q2@lists.localhost", 1, 1)
    (first,) = browser.get("/api/v1/mailing-lists/t25sg13q2/threads/1").json()["items"]
    assert first["text"] == "Words."
    assert client.get("/api/v1/mailing-lists/t25sg13q2/threads/1").status_code == 404
