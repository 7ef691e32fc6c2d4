"""Pages of comments: sent, changed, disposed of, satisfied, withdrawn; which revision they are about."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.approval.models import Comment, Process
from tests.approval.stories import Story, geneva, in_last_call, story
from tests.cast import Cast, Player
from tests.people.browser import another, content, fault_of, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
Open = Callable[[Player | None], TestClient]
SUBSTANTIVE = {"kind": "substantive", "clause": "7.2", "text": "=A slice has no end", "proposed": "Give it one"}


@pytest.fixture
def told(cast: Cast, clock: Clock) -> Story:
    """Y.slice in its last call, 16 March to 12 April."""
    found = story(cast)
    in_last_call(found)
    found.at(geneva(3, 20))
    clock.now = found.now
    return found


@pytest.fixture
def process(told: Story) -> Process:
    return told.session.exec(select(Process)).one()


@pytest.fixture
def at(process: Process) -> str:
    return f"/approval/{process.number}/comments"


@pytest.fixture
def opened(client: TestClient, told: Story) -> Open:
    def browser(player: Player | None) -> TestClient:
        new = another(client)
        if player is not None:
            told.make.account(player.person)
        told.session.commit()
        if player is not None:
            sign_in(new, player.person)
        return new

    return browser


def comment(told: Story) -> Comment:
    told.session.expire_all()
    return told.session.exec(select(Comment)).one()


def test_comment_is_sent_with_what_will_happen_said_before(told: Story, opened: Open, cast: Cast, at: str) -> None:
    browser = opened(cast.delegate_member)

    form = content(browser.get(f"{at}/new").text)
    sent = browser.post(at, data=SUBSTANTIVE)

    assert "closes 12 Apr 2026, 23:59 Geneva (21:59 UTC), 23 days left" in form
    assert "the chair judges" in form
    assert str(sent.url).endswith("/comments/1")
    words = content(sent.text)
    assert "Comment 1 of Imaginary Networks" in words
    assert "SG13-C45R1 the newest text" in words
    assert comment(told).sha256 == "b" * 64


def test_comment_says_how_many_revisions_came_since(told: Story, opened: Open, cast: Cast, at: str) -> None:
    browser = opened(cast.delegate_member)
    browser.post(at, data=SUBSTANTIVE)
    told.revises("R2", "c")
    told.revises("R3", "d")
    told.session.commit()

    page = tree(browser.get(at).text)

    cell = page.get_element_by_id("comment-1").text_content()
    assert "SG13-C45R1" in cell
    assert "2 revisions since" in cell
    row = browser.get(f"{at}.json").json()["items"][0]
    assert (row["about"], row["since"]) == ("SG13-C45R1", 2)
    assert "/doc/T25-SG13-C45/r1..r3" in page.xpath('//tr[@id="comment-1"]//a/@href')


def test_what_is_missing_is_said_at_its_field(told: Story, opened: Open, cast: Cast, at: str) -> None:
    browser = opened(cast.delegate_member)

    empty = browser.post(at, data={"kind": "substantive", "text": ""})
    opposing = browser.post(at, data={"kind": "substantive", "text": "No", "opposes": "true"})

    assert empty.status_code == 422
    assert fault_of(empty.text, "text")
    assert opposing.status_code == 422
    assert "changes that would help" in fault_of(opposing.text, "proposed")
    assert told.session.exec(select(Comment)).all() == []


def test_comment_after_the_last_second_is_refused_with_the_window(
    told: Story, opened: Open, cast: Cast, at: str, clock: Clock
) -> None:
    clock.now = geneva(4, 13, 0, 0, 0)
    browser = opened(cast.delegate_member)

    late = browser.post(at, data=SUBSTANTIVE)

    assert late.status_code == 409
    assert "The window closed at the end of 2026-04-12 in Geneva" in content(late.text)
    assert told.session.exec(select(Comment)).all() == []


def test_life_of_a_comment(told: Story, opened: Open, cast: Cast, at: str) -> None:
    member, editor = opened(cast.delegate_member), opened(cast.editor)
    member.post(at, data=SUBSTANTIVE)

    member.post(f"{at}/1", data=SUBSTANTIVE | {"text": "A slice has two ends", "seen": "1"})
    unsaid = editor.post(f"{at}/1/disposition", data={"disposition": "rejected", "seen": "2"})
    assert (unsaid.status_code, "Say why it is rejected" in content(unsaid.text)) == (422, True)
    stale = editor.post(f"{at}/1/disposition", data={"disposition": "accepted", "seen": "1"})
    assert (stale.status_code, "you saw version 1" in content(stale.text)) == (409, True)
    words = content(editor.post(f"{at}/1/disposition", data={"disposition": "accepted", "seen": "2"}).text)
    assert "accepted" in words
    assert "The member has not yet said whether that satisfies" in words
    assert editor.post(f"{at}/1/satisfaction", data={"satisfied": "true"}).status_code == 403
    assert "The member is satisfied" in content(member.post(f"{at}/1/satisfaction", data={"satisfied": "true"}).text)
    assert "until then version 1" in content(member.get(f"{at}/1").text)

    gone = content(member.post(f"{at}/1/withdrawal", data={"reason": "Solved"}).text)
    assert "Withdrawn" in gone
    assert comment(told).withdrawn_at is not None


def test_kind_is_contested_by_the_chair(told: Story, opened: Open, cast: Cast, at: str) -> None:
    opened(cast.delegate_member).post(at, data=SUBSTANTIVE)

    assert opened(cast.editor).post(f"{at}/1/kind", data={"kind": "typographical"}).status_code == 403
    opened(cast.chair).post(f"{at}/1/kind", data={"kind": "typographical", "reason": "Spelling"})

    assert comment(told).kind == "typographical"


def test_comments_are_hidden_from_strangers(told: Story, opened: Open, cast: Cast, at: str, process: Process) -> None:
    opened(cast.delegate_member).post(at, data=SUBSTANTIVE)

    for browser in (opened(None), opened(cast.outsider)):
        assert [browser.get(address).status_code for address in (at, f"{at}.csv", f"{at}/1", f"{at}/new")] == [404] * 4
        assert "no end" not in browser.get(f"/approval/{process.number}").text
        row = browser.get("/approval.json").json()["items"][0]
        assert (row["comments"], row["substantive"]) == (None, None)
    assert opened(cast.tsb).get("/approval.json").json()["items"][0]["substantive"] == 1


def test_filters_and_files_of_the_list(told: Story, opened: Open, cast: Cast, at: str) -> None:
    browser = opened(cast.delegate_member)
    browser.post(at, data=SUBSTANTIVE)
    browser.post(at, data={"kind": "typographical", "clause": "7.10", "text": "Comma"})

    def numbers(query: str) -> list[int]:
        return [row["number"] for row in browser.get(f"{at}.json?{query}").json()["items"]]

    assert numbers("") == [1, 2]
    assert (numbers("kind=typographical"), numbers("clause=7"), numbers("clause=7.1")) == ([2], [1, 2], [])
    assert (numbers("standing=open"), numbers("standing=settled")) == ([1, 2], [])
    assert browser.get(f"{at}?standing=nonsense").status_code == 422
    assert "'=A slice has no end" in browser.get(f"{at}.csv").text
    part = browser.get(f"{at}?kind=typographical", headers={"HX-Request": "true"})
    assert "Comma" in part.text
    assert "<html" not in part.text


def test_file_of_a_comment_comes_back_as_it_was(told: Story, opened: Open, cast: Cast, at: str) -> None:
    browser = opened(cast.delegate_member)
    file = ("marked <b>.txt", b"Clause 7.2: mark", "text/plain")

    sent = browser.post(at, data=SUBSTANTIVE, files={"file": file})

    assert sent.status_code == 200, content(sent.text)
    back = browser.get(f"{at}/1/file")
    assert (back.content, back.headers["content-disposition"].split(";")[0]) == (b"Clause 7.2: mark", "attachment")
    assert opened(cast.outsider).get(f"{at}/1/file").status_code == 404


def test_file_of_one_who_may_not_comment_is_not_taken(
    told: Story, opened: Open, cast: Cast, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    monkeypatch.setattr("sgdocs.web.uploads.take", lambda *_, **__: taken.append("taken"))

    for browser in (opened(None), opened(cast.outsider)):
        sent = browser.post(at, data=SUBSTANTIVE, files={"file": ("a.txt", b"Anything", "text/plain")})
        assert sent.status_code == 404
    assert taken == []


def test_secretariat_enters_what_came_by_another_way(
    told: Story, opened: Open, cast: Cast, at: str, clock: Clock
) -> None:
    clock.now = geneva(4, 12, 23, 30)
    office = opened(cast.tsb)
    given = SUBSTANTIVE | {"entity": "Imaginary Networks", "received_at": "2026-04-12T20:00"}

    words = content(office.post(at, data=given).text)

    assert "Comment 1 of Imaginary Networks" in words
    assert "12 Apr 2026, 22:00 Geneva" in words
