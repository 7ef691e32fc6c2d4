"""Pages of replies, positions, announcements and holds."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.approval.models import Announcement, Obligation, Process, Reply
from sgdocs.people.rules import Category
from tests.approval.stories import geneva, in_last_call, story
from tests.approval.windows import process as a_process
from tests.approval.windows import window as a_window
from tests.cast import Cast, Player
from tests.people.browser import another, content, fault_of, sign_in
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
Open = Callable[[Player | None], TestClient]


@pytest.fixture
def opened(client: TestClient, cast: Cast) -> Open:
    def browser(player: Player | None) -> TestClient:
        new = another(client)
        if player is not None:
            cast.make.account(player.person)
        cast.make.session.commit()
        if player is not None:
            sign_in(new, player.person)
        return new

    return browser


@pytest.fixture
def consultation(cast: Cast, clock: Clock) -> Process:
    """A consultation of Member States under TAP, 16 February to 15 March."""
    cast.summon("sg13", "q2", "delegate_state", "delegate_member", "tsb")
    row = a_process(cast, "tap", "consultation")
    a_window(cast, row, "consultation")
    clock.now = geneva(3, 10)
    return row


def said(cast: Cast) -> list[tuple[str, int, bool]]:
    rows = cast.make.session.exec(select(Reply)).all()
    told = [(row.position, row.version, row.is_last) for row in rows]
    cast.make.session.commit()
    return told


def test_reply_is_changed_and_every_version_stays(consultation: Process, opened: Open, cast: Cast) -> None:
    browser, at = opened(cast.delegate_state), f"/approval/{consultation.number}/replies"

    first = content(browser.post(at, data={"position": "approve"}).text)
    second = content(browser.post(at, data={"position": "oppose", "reason": "It is not ready"}).text)

    assert "1 of 1 replies that count support it; 70 % must" in first
    assert "Not enough support so far" in second
    assert "1 earlier version, which counts no more" in second
    assert sorted(said(cast)) == [("approve", 1, False), ("oppose", 2, True)]
    rows = browser.get(f"{at}.json").json()["items"]
    assert [(row["position"], row["counts"]) for row in rows] == [("approve", False), ("oppose", True)]
    gone = content(browser.post(f"{at}/withdrawal").text)
    assert "Nobody has replied" in gone


def test_reply_of_one_who_is_no_member_state_is_refused(consultation: Process, opened: Open, cast: Cast) -> None:
    at = f"/approval/{consultation.number}/replies"

    refused = opened(cast.delegate_member).post(at, data={"position": "approve"})

    assert refused.status_code == 403
    assert "Member States may" in content(refused.text)
    assert said(cast) == []
    assert opened(None).get(at).status_code == 404


def test_who_has_not_replied_is_for_those_who_read_the_replies(consultation: Process, opened: Open, cast: Cast) -> None:
    owed = Obligation(
        process_id=consultation.id or 0,
        group_id=cast.sg13.id or 0,
        kind="reply",
        organisation_id=cast.state.id,
        created_at=cast.make.act.now,
    )
    cast.make.add(owed)
    cast.summon("outsider")
    at = f"/approval/{consultation.number}"

    assert cast.state.name in content(opened(cast.delegate_member).get(at).text)
    for browser in (opened(None), opened(cast.outsider)):
        assert cast.state.name not in content(browser.get(at).text)


def test_reply_after_the_window_is_refused_with_the_day(
    consultation: Process, opened: Open, cast: Cast, clock: Clock
) -> None:
    clock.now = geneva(3, 16, 0, 0, 1)

    late = opened(cast.delegate_state).post(f"/approval/{consultation.number}/replies", data={"position": "approve"})

    assert late.status_code == 409
    assert "The window closed at the end of 2026-03-15" in content(late.text)


def test_secretariat_enters_a_reply_that_came_by_letter(consultation: Process, opened: Open, cast: Cast) -> None:
    cast.make.organisation(Category.MEMBER_STATE, name="Administration of Letters", member_of=("T",), country="XL")
    given = {"position": "approve", "entity": "Administration of Letters", "received_at": "2026-03-09T08:00"}

    words = content(opened(cast.tsb).post(f"/approval/{consultation.number}/replies", data=given).text)

    assert "Administration of Letters approves 9 Mar 2026, 09:00 Geneva" in words.replace("  ", " ")


def test_position_is_taken_at_the_meeting_that_decides(cast: Cast, opened: Open, clock: Clock) -> None:
    told = story(cast)
    clock.now = told.now
    row = a_process(cast, "aap", "sg-decision", decision_meeting_id=told.meeting.id)
    browser, at = opened(cast.delegate_state), f"/approval/{row.number}/positions"

    unsaid = browser.post(at, data={"position": "oppose"})
    browser.post(at, data={"position": "concern", "reason": "Power is not counted"})

    assert unsaid.status_code == 422
    assert "Say what the oppose is about" in fault_of(unsaid.text, "reason")
    assert [each[0] for each in said(cast)] == ["concern"]
    words = content(browser.get(f"/approval/{row.number}").text)
    assert "Notes appended to the text" in words
    assert "Power is not counted" in words


def test_position_outside_the_session_is_refused(cast: Cast, opened: Open, clock: Clock) -> None:
    told = story(cast)
    clock.now = geneva(3, 20)
    row = a_process(cast, "aap", "sg-decision", decision_meeting_id=told.meeting.id)

    refused = opened(cast.delegate_state).post(f"/approval/{row.number}/positions", data={"position": "approve"})

    assert (refused.status_code, said(cast)) == (409, [])


# Announcements


def test_announcement_names_its_texts_and_is_public(cast: Cast, opened: Open, clock: Clock) -> None:
    told = story(cast)
    in_last_call(told)
    clock.now = told.now
    browser = opened(None)

    words = content(browser.get("/approval/announcement/1").text)

    assert "ITU-T Y.3199 (Y.slice)" in words
    assert "16 Mar 2026" in words
    assert "12 Apr 2026, 23:59" in words
    assert browser.get("/approval/announcement/1.json").json()["items"][0]["code"] == "LC"
    assert "AAP-1" in content(browser.get("/approval/announcements").text)
    assert [browser.get(f"/approval/announcement/{name}").status_code for name in ("2", "psaa-1", "x y")] == [404] * 3


def test_announcement_on_another_day_is_refused_with_the_next(cast: Cast, opened: Open, clock: Clock) -> None:
    told = story(cast)
    clock.now = told.now

    answer = opened(cast.tsb).post("/approval/announcements")

    assert "2026-03-16" in content(answer.text) or "16" in content(answer.text)
    assert told.session.exec(select(Announcement)).all() == []
    assert opened(cast.chair).post("/approval/announcements").status_code == 403


def test_queued_text_is_announced_by_hand_on_its_day(cast: Cast, opened: Open, clock: Clock) -> None:
    told = story(cast)
    process = told.decides("consent")
    told.revises("R1", "b")
    told.steps(process, "receive-text", by=cast.editor)
    told.at(geneva(3, 11))
    told.steps(process, "request", identifier="Y.3199")
    process.identifier = "ITU-T Y.3199"
    told.make.add(process)
    clock.now = geneva(3, 16, 9)
    browser = opened(cast.tsb)
    assert "1 text waits" in content(browser.get("/approval/announcements").text)

    made = browser.post("/approval/announcements")

    assert str(made.url).endswith("/approval/announcement/1")
    told.session.refresh(process)
    assert (process.state, process.closes_on) == ("last-call", date(2026, 4, 12))


# Holding


def test_hold_stops_the_clock_and_is_shown(cast: Cast, opened: Open, clock: Clock) -> None:
    told = story(cast)
    process = in_last_call(told)
    clock.now = geneva(4, 12, 20)
    office, at = opened(cast.tsb), f"/approval/{process.number}"

    unsaid = office.post(f"{at}/hold", data={"hours": "24"})
    held = content(office.post(f"{at}/hold", data={"hours": "24", "reason": "A comment came by fax"}).text)

    assert unsaid.status_code == 422
    assert "The closing is held until 13 Apr 2026, 23:59 Geneva: A comment came by fax" in held
    assert "The day of approval does not move" in held
    assert told.at(geneva(4, 13, 9)).closes() == 0
    assert opened(cast.chair).post(f"{at}/hold", data={"hours": "1", "reason": "x"}).status_code == 403
    office.post(f"{at}/release")
    assert told.closes() == 1
    told.session.refresh(process)
    assert (process.state, process.ended_on) == ("approved", date(2026, 4, 13))


def test_number_is_given_and_a_wrong_one_is_told(cast: Cast, opened: Open, clock: Clock) -> None:
    told = story(cast)
    process = told.decides("consent")
    clock.now = told.now
    office, at = opened(cast.tsb), f"/approval/{process.number}"

    wrong = office.post(f"{at}/number", data={"identifier": "nonsense"})
    office.post(f"{at}/number", data={"identifier": "Y.3199"})

    assert wrong.status_code == 422
    assert "is no number of a text" in fault_of(wrong.text, "identifier")
    told.session.refresh(process)
    assert process.identifier == "ITU-T Y.3199"
