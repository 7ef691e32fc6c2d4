"""`/api/v1/me/…` of notices: what is read and changed with a token, as far as its scopes go, and only one's own."""

from collections.abc import Callable

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.notices import hooks
from sgdocs.notices.models import Notice
from sgdocs.notices.schemas import WebhookForm
from sgdocs.people import actions as people
from sgdocs.people.schemas import TokenForm
from tests.cast import Cast, Player
from tests.documents.papers import paper
from tests.make import Make
from tests.support.databases import Clock

API = "/api/v1/me"
Headers = dict[str, str]


@pytest.fixture
def token(make: Make, settings: object, clock: Clock) -> Callable[..., Headers]:
    def made(player: Player, *scopes: str) -> Headers:
        make.account(player.person)
        form = TokenForm.model_validate({"name": "script", "scopes": list(scopes), "expires_on": "2026-06-01"})
        _, words = people.make_token(player.act, player.person, form, settings)  # type: ignore[arg-type]
        make.session.commit()
        return {"Authorization": f"Bearer {words}"}

    return made


def test_things_are_followed_and_notices_read(
    client: TestClient, cast: Cast, make: Make, token: Callable[..., Headers], work: Callable[[], None]
) -> None:
    cast.summon("sg13")
    mine, other = token(cast.delegate_state, "read", "write"), token(cast.delegate_academia, "read", "write")
    scope = f"group:{cast.sg13.id}"

    followed = client.put(f"{API}/subscriptions", json={"scope": scope, "topics": ["documents"]}, headers=mine)
    assert (followed.status_code, followed.json()["label"]) == (200, "ITU-T SG13")
    for number in range(1, 6):
        paper(make, number)
    make.session.commit()
    work()

    first = client.get(f"{API}/notices", params={"limit": 3}, headers=mine).json()
    rest = client.get(f"{API}/notices", params={"limit": 3, "cursor": first["next"]}, headers=mine).json()
    assert first["total"] == 5
    assert [each["label"] for each in (*first["items"], *rest["items"])] == [f"SG13-C{n}" for n in (5, 4, 3, 2, 1)]
    assert first["items"][0]["url"] == "https://sgdocs.test/doc/T25-SG13-C5"
    assert first["items"][0]["why"] == "You get this because you follow ITU-T SG13."
    assert rest["next"] is None
    assert client.get(f"{API}/notices", headers=other).json()["total"] == 0

    stolen = client.post(f"{API}/notices/read", json={"ids": [first["items"][0]["id"]]}, headers=other)
    assert stolen.status_code == 204
    assert client.get(f"{API}/notices?new=true", headers=mine).json()["total"] == 5
    client.post(f"{API}/notices/read", json={"ids": [first["items"][0]["id"]]}, headers=mine)
    assert client.get(f"{API}/notices?new=true", headers=mine).json()["total"] == 4
    client.post(f"{API}/notices/read", json={}, headers=mine)
    assert client.get(f"{API}/notices?new=true", headers=mine).json()["total"] == 0
    assert len(make.session.exec(select(Notice)).all()) == 5
    make.session.rollback()

    assert client.delete(f"{API}/subscriptions/{scope}", headers=mine).status_code == 204
    assert client.get(f"{API}/subscriptions", headers=mine).json()["total"] == 0


def test_preferences_are_read_and_chosen(client: TestClient, cast: Cast, token: Callable[..., Headers]) -> None:
    mine = token(cast.delegate_state, "read", "write")

    assert client.get(f"{API}/preferences", headers=mine).json()["documents"] == "daily"
    chosen = client.put(f"{API}/preferences", json={"topic": "documents", "often": "off"}, headers=mine)
    assert chosen.json()["documents"] == "off"
    assert client.put(f"{API}/preferences", json={"topic": "weather", "often": "off"}, headers=mine).status_code == 422
    assert client.put(f"{API}/preferences", json={"topic": "late", "often": "hourly"}, headers=mine).status_code == 422


def test_scopes_of_the_token_bound_what_it_does(
    client: TestClient, cast: Cast, make: Make, token: Callable[..., Headers]
) -> None:
    cast.summon("sg13")
    reads, files = token(cast.delegate_state, "read"), token(cast.delegate_academia, "files:read")
    form = {"scope": f"group:{cast.sg13.id}"}
    hooks.make_webhook(cast.delegate_state.act, cast.delegate_state.person, WebhookForm(url="https://a.example.org/"))
    make.session.commit()

    assert client.put(f"{API}/subscriptions", json=form, headers=reads).status_code == 403
    assert client.post(f"{API}/notices/read", json={}, headers=reads).status_code == 403
    assert client.put(f"{API}/preferences", json={"topic": "late", "often": "off"}, headers=reads).status_code == 403
    for path in ("notices", "subscriptions", "preferences", "webhooks"):
        assert client.get(f"{API}/{path}", headers=reads).status_code == 200, path
        assert client.get(f"{API}/{path}", headers=files).status_code == 403, path
        assert client.get(f"{API}/{path}").status_code in (401, 403), path
    (hook,) = client.get(f"{API}/webhooks", headers=reads).json()["items"]
    assert "secret" not in hook
    hidden = paper(make, audience="secretariat")
    make.session.commit()
    writes = token(cast.delegate_member, "read", "write")
    gone = client.put(f"{API}/subscriptions", json={"scope": f"document:{hidden.id}"}, headers=writes)
    assert gone.status_code == 404
