"""Agendas over the API: items, moves, restoring, corrections, kept rules; by token."""

import pytest
from starlette.testclient import TestClient

from sgdocs.documents.actions.allocation import allot
from sgdocs.documents.allocations import kept_rules
from sgdocs.meetings.models import Meeting
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, sign_in
from tests.proceedings.places import brought, filled, study_group_meeting

pytestmark = pytest.mark.databases("sqlite")
Q2 = "T/SG13/T25/Q2"


@pytest.fixture
def meeting(make: Make, cast: Cast) -> Meeting:
    row = study_group_meeting(cast)
    filled(cast, row, cast.q2)
    brought(make, row, 1, cast.q2, title="Slices")
    allot(cast.tsb.act, row)
    make.account(cast.rapporteur.person)
    make.session.commit()
    return row


@pytest.fixture
def rapporteur(client: TestClient, cast: Cast, meeting: Meeting) -> TestClient:
    browser = another(client)
    sign_in(browser, cast.rapporteur.person)
    return browser


def test_items_are_added_moved_deleted_and_restored(rapporteur: TestClient, meeting: Meeting) -> None:
    api = f"/api/v1/meetings/{meeting.code}/agenda"
    seen = rapporteur.get(api, params={"group": Q2}).json()

    made = rapporteur.post(f"{api}/items", json={"group": Q2, "title": "Joint", "sequence": seen["sequence"]})
    assert made.status_code == 201
    id = made.json()["id"]
    stale = rapporteur.post(f"{api}/items", json={"group": Q2, "title": "Late", "sequence": seen["sequence"]})
    assert (stale.status_code, stale.json()["rule"]) == (409, "base.changed-meanwhile")

    up = rapporteur.post(f"{api}/items/{id}/steps", json={"step": "up"}).json()
    assert up["numbers"][str(id)] == "17"
    top = rapporteur.post(f"{api}/items/{id}/place", json={"position": 0, "sequence": up["sequence"]}).json()
    assert top["numbers"][str(id)] == "1"
    assert rapporteur.post(f"{api}/items/{id}/place", json={"position": 0, "parent": id}).status_code == 409

    assert rapporteur.delete(f"{api}/items/{id}").status_code == 204
    assert rapporteur.put(f"{api}/items/{id}", json={"title": "Gone"}).status_code == 404
    assert rapporteur.post(f"{api}/items/{id}/restoration").json() == {"id": id, "title": "Joint"}
    assert rapporteur.post(f"{api}/items/{id}/restoration").status_code == 404


def test_document_is_put_by_hand_and_the_rule_ended(
    rapporteur: TestClient, make: Make, cast: Cast, meeting: Meeting
) -> None:
    api = f"/api/v1/meetings/{meeting.code}"
    items = rapporteur.get(f"{api}/agenda", params={"group": Q2}).json()["items"]
    target = next(each["id"] for each in items if each["kind"] == "ipr")
    body = {"document": "T25-SG13-C1", "item": target, "keep": "words", "value": "Slices"}

    made = rapporteur.post(f"{api}/allocations", json=body)
    assert made.status_code == 201
    (kept,) = kept_rules(make.session, [cast.q2.id or 0])
    number = kept.id
    make.session.commit()
    assert rapporteur.delete(f"{api}/allotment-rules/{number}").status_code == 204
    assert rapporteur.delete(f"{api}/allotment-rules/{number}").status_code == 409
    assert rapporteur.delete(f"{api}/allocations/{made.json()['id']}").status_code == 204
    assert rapporteur.get(f"{api}/allocations").json()["total"] == 0
    assert rapporteur.post(f"{api}/allocations", json=body | {"document": "T25-SG13-C99"}).status_code == 404


def test_strangers_write_nothing(client: TestClient, meeting: Meeting) -> None:
    api = f"/api/v1/meetings/{meeting.code}"

    answers = [
        client.post(f"{api}/agenda/items", json={"group": Q2, "title": "X"}),
        client.post(f"{api}/allocations/run"),
        client.put(f"{api}/report", json={"sections": {}, "version": 1}),
        client.post(f"{api}/report/document"),
    ]

    assert {answer.status_code for answer in answers} <= {401, 403}


@pytest.mark.parametrize(
    "body",
    [
        {"title": "X" * 301},
        {"title": ""},
        {"title": "X", "kind": "lunch"},
        {"title": "X", "parent": 0},
        {"title": "X", "parent": 99},
    ],
)
def test_wrong_items_are_refused(rapporteur: TestClient, meeting: Meeting, body: dict[str, object]) -> None:
    answer = rapporteur.post(f"/api/v1/meetings/{meeting.code}/agenda/items", json={"group": Q2} | body)

    assert answer.status_code == 422
