"""`/api/v1/people`: the directory as data."""

import pytest
from starlette.testclient import TestClient

from tests.cast import Cast
from tests.make import Make
from tests.people.browser import sign_in

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def house(make: Make, cast: Cast) -> Cast:
    cast.every()
    make.account(cast.delegate_member.person)
    make.session.commit()
    return cast


def test_public_gets_officers_without_contact_details(client: TestClient, house: Cast) -> None:
    told = client.get("/api/v1/people").json()

    names = [each["name"] for each in told["items"]]
    assert "Clara Gavel" in names
    assert "Dora Envoy" not in names
    assert told["total"] == len(names)
    assert {(each["email"], each["phone"]) for each in told["items"]} == {(None, None)}


def test_member_pages_through_everybody_with_addresses(client: TestClient, house: Cast) -> None:
    sign_in(client, house.delegate_member.person)
    seen: list[str] = []
    query = "?limit=5"
    while query:
        told = client.get(f"/api/v1/people{query}").json()
        assert told["total"] == 16
        seen += [each["email"] for each in told["items"]]
        query = f"?limit=5&cursor={told['next']}" if told["next"] else ""

    assert len(seen) == len(set(seen)) == 16
    assert None not in seen


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=many", "limit"),
        ("cursor=nonsense", "cursor"),
        ("cursor=WzFd", "cursor"),
        ("category=king", "category"),
        ("country=Switzerland", "country"),
        ("sort=age", "sort"),
        ("fields=name,shoe", "fields"),
    ],
)
def test_malformed_query_is_a_problem_that_names_its_field(
    client: TestClient, house: Cast, query: str, field: str
) -> None:
    answer = client.get(f"/api/v1/people?{query}")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == field


def test_person_is_found_with_fields_and_etag(client: TestClient, house: Cast) -> None:
    whole = client.get("/api/v1/people/clara-gavel")
    part = client.get("/api/v1/people/clara-gavel?fields=name,email").json()
    again = client.get("/api/v1/people/clara-gavel", headers={"If-None-Match": whole.headers["etag"]})

    assert whole.json()["organisation"]["category"] == "member-state"
    assert part == {"name": "Clara Gavel", "email": None}
    assert again.status_code == 304
    hidden = client.get("/api/v1/people/dora-envoy")
    assert (hidden.status_code, hidden.json()["rule"]) == (404, "base.not-found")
