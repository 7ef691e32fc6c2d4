"""`/api/v1/me`: who a token or session is, and when it is nobody."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from sgdocs.people import actions as people
from sgdocs.people.rules import TokenScope
from sgdocs.people.schemas import TokenForm
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, sign_in
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def token(make: Make, cast: Cast, services: Services) -> str:
    """Of the delegate of an Associate of SG13."""
    player = cast.delegate_associate
    make.account(player.person)
    form = TokenForm(name="Script", scopes=[TokenScope.READ], expires_on=date(2026, 3, 31))
    _, words = people.make_token(player.act, player.person, form, services.settings)
    make.session.commit()
    return words


def bearer(words: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {words}"}


def test_me_tells_person_category_roles_and_audiences(client: TestClient, token: str, cast: Cast) -> None:
    told = client.get("/api/v1/me", headers=bearer(token)).json()

    person = cast.delegate_associate.person
    assert told["person"]["email"] == person.email
    assert (told["category"], told["scopes"]) == ("associate", ["read"])
    assert told["roles"] == [{"role": "delegate", "group": ""}]
    expected = ["T/SG13", "members", f"org:{person.organisation_id}", f"person:{person.id}", "public"]
    assert told["audiences"] == sorted(expected)


@pytest.mark.parametrize("words", ["", "sgd_", "sgd_" + "x" * 43, "Basic abc", "\u00e9"])
def test_wrong_token_is_nobody_even_with_a_good_cookie(client: TestClient, token: str, cast: Cast, words: str) -> None:
    sign_in(client, cast.delegate_associate.person)
    assert client.get("/api/v1/me").status_code == 200

    answer = client.get("/api/v1/me", headers={b"Authorization": f"Bearer {words}".encode()})

    assert answer.status_code == 403
    assert answer.json()["rule"] == "policy.sign-in-first"


def test_token_ends_with_its_day_and_with_the_account(
    client: TestClient, token: str, cast: Cast, make: Make, clock: Clock
) -> None:
    clock.move(days=29)
    before = client.get("/api/v1/me", headers=bearer(token)).status_code
    clock.move(days=1)
    after = client.get("/api/v1/me", headers=bearer(token)).status_code
    clock.move(days=-1)
    people.leave(make.act, cast.delegate_associate.person)
    make.session.commit()

    assert (before, after) == (200, 403)
    assert client.get("/api/v1/me", headers=bearer(token)).status_code == 403


def test_tokens_are_listed_without_themselves(client: TestClient, token: str, cast: Cast) -> None:
    answer = client.get("/api/v1/me/tokens", headers=bearer(token))

    told = answer.json()
    assert (told["total"], told["items"][0]["name"], told["items"][0]["hint"]) == (1, "Script", token[-4:])
    assert told["items"][0]["used_at"] is not None
    assert token not in answer.text


def test_reading_token_changes_nothing_on_pages(client: TestClient, token: str, cast: Cast) -> None:
    script = another(client)
    script.headers |= bearer(token)

    for path in ("/my/profile", "/my/password", "/my/sessions/end", "/my/tokens"):
        answer = script.post(path, data={"name": "Hacker", "scopes": "write"}, follow_redirects=False)
        assert answer.status_code == 403, path
    assert client.get("/api/v1/me", headers=bearer(token)).json()["person"]["name"] == "Alba Single"


@pytest.mark.parametrize("address", ["/api/v1/me", "/api/v1/me/tokens"])
def test_token_for_files_does_not_tell_whose_it_is(
    client: TestClient, make: Make, cast: Cast, services: Services, address: str
) -> None:
    player = cast.delegate_member
    make.account(player.person)
    form = TokenForm(name="Drive", scopes=[TokenScope.FILES_READ], expires_on=date(2026, 3, 31))
    _, words = people.make_token(player.act, player.person, form, services.settings)
    make.session.commit()

    answer = client.get(address, headers=bearer(words))

    assert (answer.status_code, answer.json()["rule"]) == (403, "policy.not-permitted")
