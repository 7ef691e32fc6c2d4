"""The pages of discussions: who sees what, writing with and without htmx, officers, hostile text."""

import pytest
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.discussions import actions, queries
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import about
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import tree
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def thread(cast: Cast, act: Act) -> Thread:
    cast.summon("rapporteur", "chair", "delegate_member", "outsider", "tsb", "sg13")
    subject = about(cast.tsb.act, Kind.GROUP, "T/SG13")
    row = actions.say(cast.rapporteur.act, subject, Wanted("Sleep <b>modes</b>, see G.652"))
    act.session.commit()
    return queries.by_id(cast.tsb.act, row.thread_id)


@pytest.mark.parametrize("tail", ["", "?at=1", ".md", ".json", "/message/1", "/closing"])
def test_a_stranger_finds_no_discussion(thread: Thread, client: TestClient, make: Make, cast: Cast, tail: str) -> None:
    address = f"/discussion/{thread.id}{tail}"
    assert client.get(address).status_code == 404
    assert signed_in(client, make, cast.outsider.person).get(address).status_code == 404
    assert signed_in(client, make, cast.delegate_member.person).get(address).status_code == 200


def test_the_list_tells_strangers_nothing(thread: Thread, client: TestClient, make: Make, cast: Cast) -> None:
    for browser in (client, signed_in(client, make, cast.outsider.person)):
        for address in ("/discussion?all=true", "/discussion.json?all=true"):
            assert f"/discussion/{thread.id}" not in browser.get(address).text
    mine = signed_in(client, make, cast.rapporteur.person)
    assert mine.get("/discussion.json").json()["items"][0]["url"].endswith(f"/discussion/{thread.id}")
    assert signed_in(client, make, cast.delegate_member.person).get("/discussion.json").json()["total"] == 0


def test_somebody_writes_without_and_with_htmx(thread: Thread, client: TestClient, make: Make, cast: Cast) -> None:
    browser, address = signed_in(client, make, cast.delegate_member.person), f"/discussion/{thread.id}"
    answer = browser.post(address, data={"text": "**Mine**", "answers": "1"}, follow_redirects=False)
    assert answer.headers["location"] == f"{address}?at=2#m2"
    page = tree(browser.get(answer.headers["location"]).text)
    assert page.cssselect("#m2 .message-text strong")[0].text == "Mine"
    assert page.cssselect("#m1 .message-text")[0].text_content().strip() == "Sleep <b>modes</b>, see G.652"
    assert page.cssselect("#messages")[0].get("data-live").startswith(f"{address}/stream?after=")

    part = browser.post(address, data={"text": "And again"}, headers=HTMX)
    assert part.status_code == 200
    assert [each.get("id") for each in tree(part.text).cssselect("li")] == ["m3"]
    assert tree(part.text).cssselect("textarea")[0].text in (None, "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", ""),
        ("x" * 1_000_000, "1000000"),
        (" ".join(f"@somebody-{n}" for n in range(500)), "500"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_message_that_will_not_do_is_refused_and_kept(
    thread: Thread, client: TestClient, make: Make, cast: Cast, text: str, says: str, headers: dict[str, str]
) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)
    answer = browser.post(f"/discussion/{thread.id}", data={"text": text}, headers=headers)
    assert answer.status_code == 422
    (told,) = tree(answer.text).cssselect("#text-error")
    assert told.text_content()
    assert says in told.text_content()
    assert (tree(answer.text).cssselect("#say")[0].text or "").strip() == text
    assert cast.tsb.act.session.get_one(Thread, thread.id).last == 1


def test_a_refused_paper_begins_no_thread(client: TestClient, make: Make, cast: Cast) -> None:
    cast.summon("rapporteur", "sg13", "q2")
    browser = signed_in(client, make, cast.rapporteur.person)
    data = {"kind": "group", "ref": "T/SG13/T25/Q2", "text": "Look", "papers": "SG13-C999"}
    answer = browser.post("/discussion", data=data)
    assert answer.status_code == 404
    assert tree(answer.text).cssselect("#say")[0].text.strip() == "Look"
    assert browser.get("/discussion.json?all=true").json()["total"] == 0
    sent = browser.post("/discussion", data=data | {"papers": "", "title": "Terms"}, follow_redirects=False)
    assert sent.status_code == 303
    assert browser.get("/discussion.json").json()["items"][0]["title"] == "Terms"


def test_the_author_changes_it_and_the_chair_hides_it(
    thread: Thread, client: TestClient, make: Make, cast: Cast
) -> None:
    author, chair = (signed_in(client, make, each.person) for each in (cast.rapporteur, cast.chair))
    address = f"/discussion/{thread.id}/message/1"
    assert chair.post(address, data={"text": "Mine now", "texts": "1"}).status_code == 403
    author.post(address, data={"text": "Sleep modes, better", "texts": "1"})
    late = author.post(address, data={"text": "Too late", "texts": "1"})
    assert late.status_code == 409
    assert "Too late" in late.text
    assert "Sleep &lt;b&gt;modes" in chair.get(address).text

    other = signed_in(client, make, cast.delegate_member.person)
    assert other.post(f"{address}/hiding", data={"reason": "No"}).status_code == 403
    assert chair.post(f"{address}/hiding", data={"reason": " "}).status_code == 422
    chair.post(f"{address}/hiding", data={"reason": "Off the subject"})
    for browser, sees in ((other, False), (author, True), (chair, True)):
        page = browser.get(address).text
        assert ("better" in page) is sees
        assert "Off the subject" in page
    assert "better" not in chair.get(f"/discussion/{thread.id}").text
    for form in ("md", "json", "docx"):
        assert b"better" not in chair.get(f"/discussion/{thread.id}.{form}").content


def test_a_closed_discussion_shows_why_and_takes_nothing(
    thread: Thread, client: TestClient, make: Make, cast: Cast
) -> None:
    chair, other = (signed_in(client, make, each.person) for each in (cast.chair, cast.delegate_member))
    assert other.post(f"/discussion/{thread.id}/closing", data={"reason": "Enough"}).status_code == 403
    chair.post(f"/discussion/{thread.id}/closing", data={"reason": "Enough said"})
    answer = other.post(f"/discussion/{thread.id}", data={"text": "But"})
    assert answer.status_code == 409
    assert "Enough said" in answer.text
    assert not tree(other.get(f"/discussion/{thread.id}").text).cssselect("#composer")


def test_the_panel_of_a_page_begins_its_thread(client: TestClient, make: Make, cast: Cast) -> None:
    cast.summon("delegate_member", "sg13", "outsider")
    browser = signed_in(client, make, cast.delegate_member.person)
    form = tree(browser.get("/discussion/panel?kind=group&ref=T/SG13").text).cssselect("form")[0]
    data = {each.get("name"): each.get("value") or "" for each in form.cssselect("input[type=hidden]")}
    sent = browser.post(form.get("action"), data=data | {"text": "First"}, follow_redirects=False)
    assert browser.get(sent.headers["location"]).status_code == 200
    stranger = signed_in(client, make, cast.outsider.person)
    for tail in ("about?kind=group&ref=T/SG13", "panel?kind=group&ref=T/SG13"):
        page = stranger.get(f"/discussion/{tail}")
        assert not tree(page.text).cssselect("form.composer, li.message")


def test_names_are_suggested_to_members_alone(thread: Thread, client: TestClient, make: Make, cast: Cast) -> None:
    name = cast.rapporteur.person.slug
    browser = signed_in(client, make, cast.delegate_member.person)
    assert f'data-slug="{name}"' in browser.get(f"/discussion/people?q={name[:4]}").text
    assert "data-slug" not in client.get(f"/discussion/people?q={name[:4]}").text
