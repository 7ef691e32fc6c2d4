"""In the browser and over the API: publication in advance, sheets for another group, the spelling of numbers."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from sgdocs.documents import queries
from sgdocs.documents.models import Document
from tests.cast import Cast
from tests.documents.desk import assembly, meeting, submitted
from tests.make import Make
from tests.people.browser import content
from tests.web.paper_browser import a_file, errors, signed_in

pytestmark = pytest.mark.databases("sqlite")

WTSA = "/meeting/T25-WTSA-260413/publication"
SHEET = "/doc/T25-SG13-C1/sheet"


@pytest.fixture
def browser(client: TestClient, make: Make, cast: Cast) -> Any:
    """A browser in which one of the cast is signed in."""
    cast.summon("q2", "sg15", "tsb", "delegate_member", "delegate_state", "outsider")
    return lambda player: signed_in(client, make, getattr(cast, player).person)


def audience(make: Make, document: Document) -> str:
    """Who reads it now; nothing stays locked."""
    make.session.refresh(document)
    label = document.audience
    make.session.rollback()
    return label


def test_member_state_objects_in_the_browser(browser: Any, make: Make, cast: Cast) -> None:
    wtsa = assembly(make)
    document = submitted(cast.delegate_state.act, wtsa)
    state, member = browser("delegate_state"), browser("delegate_member")

    before = content(state.get(WTSA).text)
    done = state.post(WTSA, data={"decision": "object", "reason": "Not yet"})
    again = state.post(WTSA, data={"decision": "object", "reason": "Not yet"})

    assert "public in advance, as long as no Member State objects" in before
    assert (done.status_code, again.status_code) == (200, 409)
    assert audience(make, document) == "T"
    shown = content(member.get(WTSA).text)
    assert "because a Member State objects" in shown
    assert "Administration of Fictavia" in shown
    assert member.post(WTSA, data={"decision": "object"}).status_code == 403
    state.post(WTSA, data={"decision": "end"})
    assert audience(make, document) == "public"


def test_page_of_publication_is_for_members_and_assemblies(browser: Any, client: TestClient, make: Make) -> None:
    assembly(make)
    meeting(make)
    make.session.commit()

    assert browser("outsider").get(WTSA).status_code == 404
    assert client.get(WTSA).status_code == 404
    assert browser("delegate_state").get("/meeting/T25-SG13-260413/publication").status_code == 404


def test_secretariat_records_an_objection_over_the_api(browser: Any, make: Make) -> None:
    assembly(make)
    office = browser("tsb")
    path = "/api/v1/meetings/T25-WTSA-260413/objections"

    wrong = office.post(path, json={"organisation": "Imaginary Networks", "reason": "No"})
    right = office.post(path, json={"organisation": "Administration of Fictavia", "reason": "By letter"})

    assert wrong.status_code == 422
    assert right.json() == [{"organisation": "Administration of Fictavia", "reason": "By letter"}]
    assert office.get(path).json() == right.json()


def test_sheet_for_another_group_is_sent_in_the_browser(browser: Any, make: Make, cast: Cast) -> None:
    meeting(make, "T25-SG15-260413", group="T/SG15")
    primary = submitted(cast.delegate_member.act, meeting(make), title="For two groups")
    member = browser("delegate_member")

    assert "Send a sheet to another group" in content(member.get("/doc/T25-SG13-C1").text)
    assert member.get(SHEET).status_code == 200
    nowhere = member.post(SHEET, data={"meeting": "T25-SG99-260413"}, files=a_file())
    no_file = member.post(SHEET, data={"meeting": "T25-SG15-260413"})
    sent = member.post(SHEET, data={"meeting": "T25-SG15-260413"}, files=a_file(), follow_redirects=False)

    assert (nowhere.status_code, no_file.status_code, sent.status_code) == (404, 422, 303)
    assert sent.headers["Location"].endswith("/doc/T25-SG15-C1")
    make.session.rollback()
    assert {r.other.name for r in queries.lineage_of(cast.tsb.act, primary)} == {"T25-SG15-C1"}
    assert browser("delegate_state").post(SHEET, data={"meeting": "T25-SG15-260413"}, files=a_file()).status_code == 403


def test_secretariat_changes_the_spelling_of_numbers(browser: Any, make: Make, cast: Cast) -> None:
    sg13 = meeting(make)
    submitted(cast.delegate_member.act, sg13)
    office = browser("tsb")
    address = "/office/numbers"

    shown = office.get(f"{address}?series=T25-SG13-C").text
    wrong = office.post(address, data={"series": "T25-SG13-C", "pattern": "{n.__class__}"})
    right = office.post(address, data={"series": "T25-SG13-C", "pattern": "C {n}"}, follow_redirects=False)

    assert "{group}-C{n}" in shown
    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "pattern" in errors(wrong.text)
    make.session.rollback()
    assert submitted(cast.delegate_member.act, sg13).label == "C 2"
    assert browser("delegate_member").post(address, data={"series": "T25-SG13-C", "pattern": "{n}"}).status_code == 403


def test_spelling_over_the_api(browser: Any, make: Make, cast: Cast) -> None:
    submitted(cast.delegate_member.act, meeting(make))
    office = browser("tsb")

    told = office.put("/api/v1/series/T25-SG13-C/pattern", json={"pattern": "SG13 C {n}"})

    assert told.json() == {"key": "T25-SG13-C", "last": 1, "pattern": "SG13 C {n}"}
    assert (
        browser("delegate_member").put("/api/v1/series/T25-SG13-C/pattern", json={"pattern": "{n}"}).status_code == 403
    )


def test_td_is_not_sent_by_a_sheet(browser: Any, make: Make, cast: Cast) -> None:
    meeting(make, "T25-SG15-260413", group="T/SG15")
    td = submitted(cast.tsb.act, meeting(make), kind="temporary-document")
    office = browser("tsb")

    refused = office.post(f"/doc/{td.name}/sheet", data={"meeting": "T25-SG15-260413"}, files=a_file())

    assert refused.status_code == 409
