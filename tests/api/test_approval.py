"""Approvals over the API: board, record, steps with their guards, comments, announcements, calendar."""

import hashlib
from datetime import date

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from sgdocs.approval.models import Process
from sgdocs.text.formats import MEDIA
from tests.approval.stories import Story, geneva, in_last_call, story
from tests.approval.windows import process as running
from tests.approval.windows import window
from tests.cast import Cast
from tests.files.checked import in_order
from tests.people.browser import another, sign_in
from tests.support.databases import Clock
from tests.work_programme.items import meeting

API = "/api/v1/approval"


@pytest.fixture
def told(cast: Cast) -> Story:
    found = story(cast)
    for player in (cast.chair, cast.tsb, cast.editor, cast.delegate_member, cast.outsider):
        cast.make.account(player.person)
    return found


def browser(client: TestClient, told: Story, name: str, clock: Clock) -> TestClient:
    told.session.commit()
    clock.now = told.now
    found = another(client)
    sign_in(found, getattr(told.cast, name).person)
    return found


def test_consent_by_the_api_is_a_decision_and_once(client: TestClient, told: Story, clock: Clock) -> None:
    number = told.item.number
    chair = browser(client, told, "chair", clock)
    body = {"procedure": "aap", "step": "consent", "item": str(number), "sha256": "a" * 64}

    first = chair.post(API, json=body, headers={"Idempotency-Key": "k-1"})
    again = chair.post(API, json=body, headers={"Idempotency-Key": "k-1"})

    assert (first.status_code, first.json()["state"], first.json()["number"]) == (201, "consented", "aap/2026-001")
    assert (again.status_code, again.json()) == (201, first.json())
    assert first.headers["Location"] == "/approval/aap/2026-001"
    decided = chair.get(f"/api/v1/meetings/{told.meeting.code}/decisions").json()
    assert "aap-consent" not in str(decided)
    assert [each["kind"] for each in decided["items"]] == ["consented"]
    refused = chair.post(API, json=body)
    assert (refused.status_code, refused.json()["rule"]) == (409, "approval.unmet")


def test_step_from_a_state_that_is_past_is_refused_with_the_present_one(
    client: TestClient, told: Story, clock: Clock
) -> None:
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    at = f"{API}/{process.number}"
    editor = browser(client, told, "editor", clock)

    offers = editor.get(f"{at}/steps").json()["items"]
    shown = editor.get(f"{at}/steps/receive-text").json()
    body = {"from_state": "consented", "document": told.text.name, "sha256": process.sha256}
    other = editor.post(f"{at}/steps/receive-text", json=body)
    right = editor.post(f"{at}/steps/receive-text", json={**body, "sha256": "b" * 64})
    twice = editor.post(f"{at}/steps/receive-text", json={**body, "sha256": "b" * 64})

    assert [(each["step"], each["unmet"]) for each in offers] == [("receive-text", [])]
    assert (shown["to_state"], shown["unmet"], shown["sha256"]) == ("edited", [], "b" * 64)
    assert (other.status_code, other.json()["rule"]) == (409, "approval.text-changed")
    assert (right.status_code, right.json()["state"], right.json()["sha256"]) == (200, "edited", "b" * 64)
    assert (twice.status_code, twice.json()["rule"], twice.json()["state"]) == (409, "approval.moved-on", "edited")
    assert editor.get(f"{at}/steps/withdraw").status_code == 404


def test_board_record_and_calendar_tell_the_same_days(client: TestClient, told: Story, clock: Clock) -> None:
    process = in_last_call(told)
    told.at(geneva(3, 20))
    told.session.commit()
    clock.now = told.now
    nobody = another(client)

    row = nobody.get(API, params={"window": "last-call"}).json()["items"][0]
    record = nobody.get(f"{API}/{process.number}").json()
    events = Calendar.from_ical(nobody.get("/approval/calendar.ics").content).walk("VEVENT")
    own = Calendar.from_ical(nobody.get(f"/approval/{process.number}/calendar.ics").content).walk("VEVENT")

    assert (row["opens_on"], row["closes_on"], row["days_left"]) == ("2026-03-16", "2026-04-12", 23)
    assert (record["windows"][0]["closes_on"], record["code"]) == ("2026-04-12", "LC")
    assert [(e.decoded("dtstart"), e.decoded("dtend")) for e in events] == [(date(2026, 3, 16), date(2026, 4, 13))]
    assert [str(e["summary"]) for e in own] == ["Last call: Y.3199"]
    assert [step["step"] for step in record["steps"]] == ["consent", "receive-text", "request", "open-last-call"]


def test_list_is_paged_sorted_and_filtered(client: TestClient, cast: Cast) -> None:
    cast.summon("sg13", "q2")
    for n in range(5):
        row = running(cast, number=f"aap/2026-{n:03d}", name=f"Y.s{n}", state="judgement" if n == 4 else "last-call")
        if n < 4:
            window(cast, row, closes=date(2026, 3, 20 - n))
    cast.make.session.commit()

    first = client.get(API, params={"limit": 3}).json()
    rest = client.get(API, params={"limit": 3, "cursor": first["next"]}).json()

    assert [each["name"] for each in first["items"] + rest["items"]] == ["Y.s3", "Y.s2", "Y.s1", "Y.s0", "Y.s4"]
    assert (first["total"], rest["next"]) == (5, None)
    assert [e["name"] for e in client.get(API, params={"holder": "chair"}).json()["items"]] == ["Y.s4"]
    assert client.get(API, params={"sort": "colour"}).status_code == 422
    assert client.get(API, params={"cursor": "x"}).status_code == 422


def test_comments_and_positions_are_for_members_alone(client: TestClient, told: Story, clock: Clock) -> None:
    process = in_last_call(told)
    told.at(geneva(3, 20))
    at = f"{API}/{process.number}/comments"
    member = browser(client, told, "delegate_member", clock)
    stranger = browser(client, told, "outsider", clock)

    body = {"kind": "substantive", "text": "Too slow.", "clause": "7", "proposed": "Faster."}
    sent = member.post(at, json=body, headers={"Idempotency-Key": "c-1"})
    member.post(at, json=body, headers={"Idempotency-Key": "c-1"})
    changed = member.put(f"{at}/1", json={**body, "text": "Far too slow."})

    assert (sent.status_code, changed.json()["version"]) == (201, 2)
    assert member.get(at).json()["total"] == 1
    assert stranger.get(at).json() == {"items": [], "total": 0}
    assert stranger.post(at, json=body).status_code == 403
    assert another(client).post(at, json=body).status_code in (401, 403)
    assert member.delete(f"{at}/1").json()["withdrawn_at"] is not None


def test_secretariat_numbers_holds_and_announces(client: TestClient, told: Story, clock: Clock) -> None:
    process = told.decides("consent")
    told.at(geneva(3, 10)).revises("R1", "b")
    told.steps(process, "receive-text", by=told.cast.editor, document=told.text.name)
    told.steps(process, "request")
    told.at(geneva(3, 16, 9))
    at = f"{API}/{process.number}"
    office = browser(client, told, "tsb", clock)
    chair = browser(client, told, "chair", clock)

    left = office.post(f"{API}/announcements").json()["left"]
    assert [(each["process"], each["rule"]) for each in left] == [("aap/2026-001", "approval.unmet")]
    assert office.put(f"{at}/number", json={"identifier": "nonsense"}).status_code == 422
    assert office.put(f"{at}/number", json={"identifier": "Y.3199"}).json()["identifier"] == "ITU-T Y.3199"
    made = office.post(f"{API}/announcements")
    assert (made.status_code, made.json()["opened"]) == (201, ["aap/2026-001"])
    number = made.json()["announcement"]["number"]
    lines = another(client).get(f"{API}/announcements/T/aap/{number}").json()["lines"]
    assert [(line["code"], line["closes_on"]) for line in lines] == [("LC", "2026-04-12")]
    assert chair.put(f"{at}/hold", json={"reason": "Wait"}).status_code == 403
    assert office.put(f"{at}/hold", json={"reason": "A fax"}).json()["hold_until"] == "2026-04-13T21:59:59Z"
    assert office.delete(f"{at}/hold").json()["hold_until"] is None


def test_process_that_is_not_to_be_seen_is_missing(client: TestClient, told: Story, clock: Clock) -> None:
    process: Process = running(told.cast, audience="T/SG13", number="aap/2026-009")
    window(told.cast, process)
    member = browser(client, told, "delegate_member", clock)
    stranger = browser(client, told, "outsider", clock)

    assert member.get(f"{API}/{process.number}").status_code == 200
    assert stranger.get(f"{API}/{process.number}").status_code == 404
    assert stranger.get(API).json()["total"] == 0
    assert b"VEVENT" not in stranger.get("/approval/calendar.ics").content
    assert b"VEVENT" in member.get("/approval/calendar.ics").content


def test_text_of_one_who_may_not_bring_it_is_not_taken(
    client: TestClient, told: Story, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = told.decides("consent")
    taken: list[str] = []
    monkeypatch.setattr("sgdocs.web.uploads.take", lambda *_, **__: taken.append("taken"))
    paper = {"file": ("Y.slice.docx", b"PK", MEDIA["docx"])}
    at = f"{API}/{process.number}/text"

    assert browser(client, told, "delegate_member", clock).post(at, files=paper).status_code == 403
    assert another(client).post(at, files=paper).status_code == 403
    assert taken == []


def test_meeting_that_may_not_be_known_stands_in_no_calendar(client: TestClient, told: Story, clock: Clock) -> None:
    process = in_last_call(told)
    hidden = meeting(told.make, date(2026, 9, 7), audience="secretariat")
    process.decision_meeting_id = hidden.id
    told.make.add(process)
    member, office = (browser(client, told, name, clock) for name in ("delegate_member", "tsb"))

    for at in (f"/approval/{process.number}", "/approval/calendar.ics"):
        assert hidden.code not in member.get(at).text
        assert hidden.code in office.get(at).text


def test_editor_brings_the_text_by_the_api_after_the_meeting_is_over(
    client: TestClient, told: Story, clock: Clock
) -> None:
    process = told.decides("consent")
    told.at(geneva(3, 20))
    at = f"{API}/{process.number}/text"
    editor = browser(client, told, "editor", clock)
    member = browser(client, told, "delegate_member", clock)
    paper = {"file": ("Y.slice.docx", in_order(), MEDIA["docx"])}

    assert member.post(at, files=paper).status_code == 403
    first = editor.post(at, files=paper, data={"note": "Edited"}, headers={"Idempotency-Key": "t-1"})
    again = editor.post(at, files=paper, data={"note": "Edited"}, headers={"Idempotency-Key": "t-1"})

    assert (first.status_code, first.json()["state"]) == (201, "edited")
    assert again.json() == first.json()
    assert first.json()["sha256"] == hashlib.sha256(in_order()).hexdigest()
    document = editor.get(f"/api/v1/documents/{told.text.name}").json()
    assert document["revision"] == 1
