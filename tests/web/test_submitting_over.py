"""Whoever comes too late with a document is told that the meeting is over, and by which rule; not that a role lacks."""

import pytest
from starlette.testclient import TestClient

from tests.cast import Cast
from tests.documents.desk import meeting, radio, rgm
from tests.make import Make
from tests.people.browser import content
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")


@pytest.mark.parametrize("make_meeting", [meeting, radio])
def test_form_of_a_closed_meeting_says_that_it_is_over(
    client: TestClient, make: Make, cast: Cast, make_meeting: object
) -> None:
    cast.summon("q2", "wp1", "state", "company", "sg15", "tsb", "chair")
    assert callable(make_meeting)
    row = make_meeting(make, status="closed")
    make.session.commit()
    delegate = signed_in(client, make, cast.delegate_member.person)

    told = delegate.get(f"/meeting/{row.code}/contributions/new")
    assert told.status_code == 409
    assert f"{row.code} is closed; it takes no more documents nor revisions." in content(told.text)
    assert "documents.meeting-over" in content(told.text)
    stranger = client.get(f"/meeting/{row.code}/contributions/new", follow_redirects=False)
    assert (stranger.status_code, stranger.headers["location"].split("?")[0]) == (303, "/login")


def test_form_of_a_rapporteur_meeting_says_to_register_first(client: TestClient, make: Make, cast: Cast) -> None:
    cast.summon("q2", "wp1", "state", "company", "sg15", "tsb", "chair")
    row = rgm(make, status="announced")
    make.session.commit()

    told = signed_in(client, make, cast.delegate_member.person).get(f"/meeting/{row.code}/contributions/new")
    assert told.status_code == 403
    assert f"Documents of {row.code} come from its participants: register first." in content(told.text)
