"""Accepted changes, requests and checks over the API."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from sgdocs.meetings.models import Meeting
from sgdocs.work_programme import base_texts
from tests.cast import Cast
from tests.documents.papers import kept, paper
from tests.make import Make
from tests.people.browser import another, sign_in
from tests.proceedings.places import study_group_meeting
from tests.support.databases import Clock
from tests.work_programme.base_item import brought, changed, three

AT = "/api/v1/work-items/4711-Y.slice"
DELAY = "The delay of a slice stays below 5 ns."


@pytest.fixture
def meeting(cast: Cast, make: Make, clock: Clock) -> Meeting:
    base_texts.forget()
    today = clock.now.date()
    row = study_group_meeting(cast, starts_on=today - timedelta(1), ends_on=today + timedelta(8))
    item, _ = three(cast, make, row)
    draft = paper(make, 95, meeting=row.code, title="Draft of Y.slice", posted_at=clock.now + timedelta(days=1))
    kept(make, draft, changed(c72="The wander stays below 1 ns in every class."), sha256="5" * 64)
    brought(make, item, draft, "output")
    make.account(cast.rapporteur.person)
    make.session.commit()
    return row


@pytest.fixture
def api(client: TestClient, cast: Cast, meeting: Meeting) -> TestClient:
    browser = another(client)
    sign_in(browser, cast.rapporteur.person)
    return browser


def form(meeting: Meeting, **facts: str) -> dict[str, str]:
    words = {"document": "T25-SG13-C91", "clause": "7.1", "before": DELAY, "after": DELAY.replace("5", "3")}
    return words | {"meeting": meeting.code} | facts


def test_changes_are_accepted_and_undone(api: TestClient, meeting: Meeting) -> None:
    entered = api.post(f"{AT}/changes", json=form(meeting))
    assert (entered.status_code, entered.json()["number"], entered.json()["change"]) == (201, 1, "replaces")

    again = api.post(f"{AT}/changes", json=form(meeting, document="T25-SG13-C92", after="It is small."))
    assert (again.status_code, again.json()["rule"]) == (409, "work.change-taken")
    everything = api.post(f"{AT}/changes/all", json={"document": "T25-SG13-C93", "meeting": meeting.code})
    assert [row["clause"] for row in everything.json()["items"]] == ["7.3"]
    assert api.post(f"{AT}/changes/1/reversal", json={"reason": ""}).json()["rule"] == "work.change-reason"
    assert api.post(f"{AT}/changes/1/reversal", json={"reason": "In error"}).json()["undone_reason"] == "In error"
    assert api.post(f"{AT}/changes/7/reversal", json={"reason": "In error"}).status_code == 404
    assert [bool(row["undone_at"]) for row in api.get(f"{AT}/changes").json()["items"]] == [True, False]


def test_requests_and_check_are_told(api: TestClient, client: TestClient, meeting: Meeting) -> None:
    api.post(f"{AT}/changes", json=form(meeting))

    clauses, check = api.get(f"{AT}/clauses").json(), api.get(f"{AT}/check").json()

    assert (clauses["base"], clauses["collisions"], clauses["total"]) == ("T25-SG13-C90", 1, 4)
    assert [(row["finding"], row["clause"]) for row in check["items"]] == [
        ("missing", "7.1"),
        ("never-accepted", "7.2"),
    ]
    assert (check["draft"], check["is_clean"]) == ("T25-SG13-C95", False)
    assert client.get(f"{AT}/clauses").json()["items"] == []
    assert client.get(f"{AT}/changes").json()["items"] == []
    assert client.get(f"{AT}/check").json() == {"base": "", "draft": "", "is_clean": None, "items": [], "total": 0}
    assert client.post(f"{AT}/changes", json=form(meeting)).status_code in {401, 403}
