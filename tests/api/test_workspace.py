"""The workspace over the API: as the pages, for the owner alone, by session or token."""

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from sgdocs.base.settings import Settings
from sgdocs.people import actions as people
from sgdocs.people.schemas import TokenForm
from tests.cast import Cast
from tests.documents.papers import UNITS, again, kept, paper
from tests.make import Make
from tests.people.browser import another, sign_in

ME = "/api/v1/me"


@pytest.fixture
def mine(client: TestClient, cast: Cast, make: Make) -> TestClient:
    cast.summon("sg13", "delegate_member")
    make.account(cast.delegate_member.person)
    make.session.commit()
    new = another(client)
    sign_in(new, cast.delegate_member.person)
    return new


def test_thing_is_kept_changed_and_let_go(mine: TestClient, make: Make) -> None:
    document = paper(make)
    make.session.commit()
    at = f"{ME}/kept/document/{document.id}"

    put = mine.put(at, json={"stance": "object", "note": "too tight", "is_favourite": True})
    assert put.status_code == 200
    body = put.json()
    assert (body["stance"], body["note"], body["since"], body["is_stale"], body["label"]) == (
        "object",
        "too tight",
        "r0",
        False,
        "SG13-C1",
    )
    assert [row["id"] for row in mine.get(f"{ME}/kept", params={"stance": "object"}).json()["items"]] == [document.id]
    assert mine.get(f"{ME}/kept", params={"stance": "support"}).json()["total"] == 0
    assert mine.put(at, json={}).status_code == 204
    assert mine.get(at).status_code == 404
    mine.put(at, json={"note": "again"})
    assert mine.delete(at).status_code == 204
    assert mine.get(f"{ME}/kept").json()["total"] == 0


def test_list_of_kept_things_goes_on_page_by_page(mine: TestClient, make: Make) -> None:
    papers = [paper(make, n) for n in range(1, 6)]
    make.session.commit()
    for each in papers:
        mine.put(f"{ME}/kept/document/{each.id}", json={"is_favourite": True})

    first = mine.get(f"{ME}/kept", params={"limit": 2}).json()
    second = mine.get(f"{ME}/kept", params={"limit": 2, "cursor": first["next"]}).json()
    third = mine.get(f"{ME}/kept", params={"limit": 2, "cursor": second["next"]}).json()

    told = [row["label"] for page in (first, second, third) for row in page["items"]]
    assert told == ["SG13-C5", "SG13-C4", "SG13-C3", "SG13-C2", "SG13-C1"]
    assert (first["total"], third["next"]) == (5, None)


def test_stale_stance_names_the_clauses(mine: TestClient, make: Make, work: Callable[[], None]) -> None:
    document = paper(make)
    kept(make, document)
    make.session.commit()
    mine.put(f"{ME}/kept/document/{document.id}", json={"stance": "support"})
    kept(make, document, (*UNITS[:3], UNITS[4]), part="R1")
    make.session.commit()
    work()

    (row,) = mine.get(f"{ME}/kept", params={"only": "stale"}).json()["items"]

    assert row["changes"] == {"until": "R1", "changed": [], "new": [], "gone": ["6.2"], "is_compared": True}


def test_place_is_marked_and_never_goes_back(mine: TestClient, make: Make, work: Callable[[], None]) -> None:
    document = paper(make)
    make.session.commit()
    work()
    asked = {"place": "documents", "kind": "document", "id": document.id}
    now = mine.get(f"{ME}/looked", params=asked).json()
    assert mine.put(f"{ME}/looked", json={"place": "documents", "position": now["position"]}).status_code == 200
    again(make.act, document, "documents.revised")
    make.session.commit()
    work()

    told = mine.get(f"{ME}/looked", params=asked).json()
    assert told["changes"] == {str(document.id): ["revised"]}
    assert mine.put(f"{ME}/looked", json={"place": "documents", "position": 1}).json()["position"] == now["position"]
    mine.put(f"{ME}/looked", json={"place": "documents"})
    assert mine.get(f"{ME}/looked", params=asked).json()["changes"] == {}
    assert mine.put(f"{ME}/looked", json={"place": "../x"}).status_code == 422


def test_searches_and_lists(mine: TestClient, make: Make) -> None:
    first = paper(make, 1)
    paper(make, 2, title="Optical")
    make.session.commit()
    made = mine.post(f"{ME}/lists", json={"name": "Optics"})
    assert made.status_code == 201
    list_id = made.json()["id"]
    rule = {"name": "Optical", "path": "/doc", "query": "q=optical&flavour=x", "list_id": list_id, "often": "now"}
    saved = mine.post(f"{ME}/searches", json=rule)
    assert (saved.status_code, saved.json()["unknown"]) == (201, ["flavour"])
    mine.put(f"{ME}/lists/{list_id}/things/document/{first.id}", json={})

    told = [(row["label"], row["because"]) for row in mine.get(f"{ME}/lists/{list_id}").json()["items"]]
    assert told == [("SG13-C1", "by hand"), ("SG13-C2", "Optical")]
    hits = mine.get(f"{ME}/searches/{saved.json()['id']}/hits").json()
    assert ([row["label"] for row in hits["items"]], hits["total"]) == (["SG13-C2"], 1)
    assert mine.post(f"{ME}/searches", json=rule | {"path": "/office"}).status_code == 422
    assert mine.delete(f"{ME}/lists/{list_id}").status_code == 204
    assert mine.get(f"{ME}/searches").json()["total"] == 0


@pytest.mark.parametrize(
    ("scopes", "read", "write"),
    [(["files:read"], 403, 403), (["read"], 200, 403), (["read", "write"], 200, 200)],
)
def test_token_does_what_its_scopes_say(
    client: TestClient, cast: Cast, make: Make, settings: Settings, *, scopes: list[str], read: int, write: int
) -> None:
    document = paper(make)
    me = cast.delegate_member
    make.account(me.person)
    form = TokenForm.model_validate({"name": "sync", "scopes": scopes, "expires_on": "2026-06-01"})
    _, token = people.make_token(me.act, me.person, form, settings)
    make.session.commit()
    held = {"Authorization": f"Bearer {token}"}

    assert client.get(f"{ME}/kept", headers=held).status_code == read
    put = client.put(f"{ME}/kept/document/{document.id}", json={"note": "x"}, headers=held)
    assert put.status_code == write


@pytest.mark.parametrize(
    "address", ["kept", "searches", "lists", "looked?place=documents&kind=document&id=1", "delegation?meeting=X"]
)
def test_nobody_is_refused(client: TestClient, address: str) -> None:
    assert client.get(f"{ME}/{address}").status_code in (401, 403)
