"""Outside bodies over the API: what the secretariat writes, what others may not."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from sgdocs.people.accounts import Token
from sgdocs.people.keys import hash_of, new_token
from sgdocs.wiring import Services
from tests.cast import Cast, Player
from tests.make import Make
from tests.support.databases import Clock
from tests.support.services import app_over

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def api(services: Services, clock: Clock) -> TestClient:
    return TestClient(app_over(services, clock=clock), base_url="http://127.0.0.1:8000")


def bearer(make: Make, player: Player) -> dict[str, str]:
    """The headers of a token of somebody that may write."""
    key = new_token()
    make.account(player.person)
    ends = datetime(2030, 1, 1, tzinfo=UTC)
    whose = {"person_id": player.person.id or 0, "created_at": make.act.now, "expires_at": ends}
    make.add(
        Token.model_validate(
            {"hash": hash_of(key), "name": "test", "hint": key[-4:], "scopes": ["read", "write"], **whose}
        )
    )
    make.session.commit()
    return {"Authorization": f"Bearer {key}"}


def test_api_writes_what_pages_write(api: TestClient, cast: Cast, make: Make) -> None:
    site = bearer(make, cast.tsb)
    made = api.post("/api/v1/bodies", json={"name": "OIF", "kind": "forum-or-consortium"}, headers=site)
    assert (made.status_code, made.headers["Location"]) == (201, "/api/v1/bodies/oif")
    contact = api.post("/api/v1/bodies/oif/contacts", json={"email": "a@oif.example"}, headers=site)
    number = contact.json()["number"]
    changed = api.put(f"/api/v1/bodies/oif/contacts/{number}", json={"email": "b@oif.example"}, headers=site)
    assert (contact.status_code, changed.status_code) == (201, 200)
    again = api.post("/api/v1/bodies", json={"name": "o.i.f", "kind": "other"}, headers=site)
    assert (again.status_code, again.json()["rule"]) == (409, "liaison.body-name-taken")
    tag = api.get("/api/v1/bodies/oif", headers=site).headers["ETag"]
    form = {"name": "OIF", "kind": "sdo"}
    stale = api.put("/api/v1/bodies/oif", json=form, headers={**site, "If-Match": '"old"'})
    fresh = api.put("/api/v1/bodies/oif", json=form, headers={**site, "If-Match": tag})
    assert (stale.status_code, fresh.status_code) == (412, 200)
    assert api.post("/api/v1/bodies", json=form).status_code == 403


def test_others_write_nothing(api: TestClient, cast: Cast, make: Make) -> None:
    office, member = bearer(make, cast.tsb), bearer(make, cast.delegate_member)
    api.post("/api/v1/bodies", json={"name": "OIF", "kind": "other"}, headers=office)
    api.post("/api/v1/bodies/oif/contacts", json={"email": "a@oif.example"}, headers=office)

    said = [
        api.put("/api/v1/bodies/oif", json={"name": "Oif", "kind": "other"}, headers=member),
        api.put("/api/v1/bodies/oif/contacts/1", json={"email": "me@evil.example"}, headers=member),
        api.post("/api/v1/bodies/oif/contacts", json={"email": "me@evil.example"}, headers=member),
        api.post(
            "/api/v1/bodies/oif/qualifications",
            json={"kind": "a5", "since": "2026-01-01", "source": "me"},
            headers=member,
        ),
    ]

    assert [each.status_code for each in said] == [403, 403, 403, 403]
    assert api.get("/api/v1/bodies/oif", headers=member).json()["contacts"][0]["email"] == "a@oif.example"
