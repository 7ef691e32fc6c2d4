"""OpenID Connect against a small provider that really answers: bound by invitation, then the way in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from joserfc.jwk import OctKey, RSAKey
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.settings import Settings
from sgdocs.people import actions as people
from sgdocs.people.accounts import Identity, Link, OidcAttempt, UserSession
from sgdocs.people.models import Person
from sgdocs.web import openid_client
from sgdocs.wiring import Services
from tests.make import PASSWORD, Make
from tests.people.browser import COOKIE, another, key_in, last_letter, read, sign_in, tree
from tests.people.provider import CLIENT, SECRET, Provider, serving, way_back
from tests.support.databases import Clock
from tests.support.services import ADDRESS

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def provider(clock: Clock) -> Iterator[Provider]:
    with serving() as provider:
        provider.now = lambda: clock().timestamp()
        yield provider


@pytest.fixture
def settings(tmp_path: Path, provider: Provider) -> Settings:
    return Settings(
        home=tmp_path,
        secret="s" * 32,
        public_url=ADDRESS,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
    )


@pytest.fixture
def person(make: Make) -> Person:
    row = make.person("Nora New")
    make.session.commit()
    return row


@pytest.fixture
def key(make: Make, person: Person, services: Services) -> str:
    """Of an invitation that waits."""
    key = people.invite(make.act, person, services.settings)
    make.session.commit()
    return key


def begun(client: TestClient, query: str = "") -> str:
    """Where the provider is asked."""
    answer = client.get(f"/login/openid{query}", follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_invitation_binds_and_then_it_is_the_way_in(
    client: TestClient, provider: Provider, person: Person, key: str, services: Services
) -> None:
    href = next(a.get("href") for a in tree(client.get(f"/link/{key}").text).iter("a") if "openid" in a.get("href", ""))
    first = client.get(way_back(provider.authorise(begun(client, str(href).removeprefix("/login/openid")))))
    client.post("/logout")
    second = client.get(way_back(provider.authorise(begun(client, "?next=/my/tokens"))))

    assert "Nora New" in first.text or first.url.path == "/"
    assert second.url.path == "/my/tokens"
    bound = read(services.database, lambda s: s.exec(select(Identity)).one())
    assert (bound.person_id, bound.issuer, bound.subject) == (person.id, provider.issuer, "subject-1")
    link = read(services.database, lambda s: s.exec(select(Link)).one())
    assert link.used_at is not None
    assert client.post(f"/link/{key}", data={"password": PASSWORD, "again": PASSWORD}).status_code == 409


def test_stranger_of_the_provider_is_not_let_in(client: TestClient, provider: Provider, services: Services) -> None:
    answer = client.get(way_back(provider.authorise(begun(client))))

    assert answer.status_code == 409
    assert "people.openid-not-bound" in answer.text
    assert COOKIE not in client.cookies
    assert read(services.database, lambda s: s.exec(select(UserSession)).all()) == []


def test_address_alone_binds_nobody(client: TestClient, provider: Provider, make: Make, person: Person) -> None:
    make.account(person)
    make.session.commit()
    provider.alter = {"email": person.email, "email_verified": True}

    assert client.get(way_back(provider.authorise(begun(client)))).status_code == 409


@pytest.mark.parametrize(
    "alter",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another-client"},
        {"iss": "https://evil.test"},
        {"exp": 1},
        {"sub": None},
        {"iat": 4102444800},
        {"aud": [CLIENT, "other"], "azp": "other"},
    ],
    ids=str,
)
def test_id_token_that_is_not_for_us_is_refused(
    client: TestClient, provider: Provider, key: str, services: Services, alter: dict[str, object]
) -> None:
    provider.alter = alter

    answer = client.get(way_back(provider.authorise(begun(client, f"?link={key}"))))

    assert answer.status_code == 409
    assert "people.openid-provider" in answer.text
    assert read(services.database, lambda s: s.exec(select(Identity)).all()) == []


def test_id_token_with_another_signature_is_refused(client: TestClient, provider: Provider, key: str) -> None:
    provider.signing = RSAKey.generate_key(2048, {"kid": "one"})
    other = client.get(way_back(provider.authorise(begun(client, f"?link={key}"))))
    provider.signing, provider.algorithm = OctKey.import_key(SECRET * 4), "HS256"
    shared = client.get(way_back(provider.authorise(begun(client, f"?link={key}"))))

    assert (other.status_code, shared.status_code) == (409, 409)


def test_way_back_works_once(client: TestClient, provider: Provider, key: str) -> None:
    back = way_back(provider.authorise(begun(client, f"?link={key}")))

    first, second = client.get(back), client.get(back)

    assert first.status_code == 200, first.text[-1500:]
    assert second.status_code == 409
    assert "people.openid-attempt-lost" in second.text


def test_way_back_in_another_browser_is_refused(client: TestClient, provider: Provider, key: str) -> None:
    """Somebody sends a victim the end of their own sign-in."""
    back = way_back(provider.authorise(begun(client, f"?link={key}")))

    victim = another(client).get(back)

    assert victim.status_code == 409
    assert "people.openid-attempt-lost" in victim.text


def test_way_back_that_took_too_long_is_refused(client: TestClient, provider: Provider, key: str, clock: Clock) -> None:
    back = way_back(provider.authorise(begun(client, f"?link={key}")))
    clock.move(minutes=10)

    assert client.get(back).status_code == 409


def test_answer_of_another_issuer_or_an_error_is_refused(client: TestClient, provider: Provider, key: str) -> None:
    mixed = provider.authorise(begun(client, f"?link={key}")) | {"iss": "https://evil.test"}
    denied = provider.authorise(begun(client, f"?link={key}"))
    denied = {"state": denied["state"], "error": "access_denied"}

    assert client.get(way_back(mixed)).status_code == 409
    refused = client.get(way_back(denied))
    assert refused.status_code == 409
    assert "access_denied" in refused.text


def test_verifier_and_state_are_new_each_time_and_not_in_the_browser(client: TestClient, services: Services) -> None:
    one, two = begun(client), begun(client)

    rows = read(services.database, lambda s: s.exec(select(OidcAttempt)).all())
    assert one != two
    assert len({row.verifier for row in rows}) == 2
    assert all(row.verifier not in one + two + str(dict(client.cookies)) for row in rows)


def test_one_subject_is_bound_to_one_person(
    client: TestClient, provider: Provider, key: str, make: Make, services: Services
) -> None:
    client.get(way_back(provider.authorise(begun(client, f"?link={key}"))))
    other = people.invite(make.act, make.person("Somebody Else"), services.settings)
    make.session.commit()

    answer = client.get(way_back(provider.authorise(begun(client, f"?link={other}"))))

    assert answer.status_code == 409
    assert len(read(services.database, lambda s: s.exec(select(Identity)).all())) == 1


def test_reset_link_binds_nothing(
    client: TestClient, provider: Provider, make: Make, person: Person, services: Services
) -> None:
    make.account(person)
    make.session.commit()
    client.post("/login/forgotten", data={"email": person.email})
    reset = key_in(last_letter(services.database))

    assert client.get(f"/login/openid?link={reset}", follow_redirects=False).status_code == 409


def test_last_way_in_is_not_removed(
    client: TestClient, provider: Provider, key: str, person: Person, services: Services
) -> None:
    client.get(way_back(provider.authorise(begun(client, f"?link={key}"))))
    id = read(services.database, lambda s: s.exec(select(Identity.id)).one())

    assert client.post(f"/my/identities/{id}/end").status_code == 409
    assert client.get("/my/identities").text.count(provider.issuer) >= 1


def test_signing_out_leads_to_the_provider(client: TestClient, provider: Provider, key: str) -> None:
    client.get(way_back(provider.authorise(begun(client, f"?link={key}"))))

    page = client.post("/logout")

    hrefs = [a.get("href", "") for a in tree(page.text).iter("a")]
    end = next(href for href in hrefs if href.startswith(provider.issuer + "/end?"))
    assert "id_token_hint=" in end
    assert client.get("/my", follow_redirects=False).status_code == 303


def test_password_sign_out_leads_nowhere_else(client: TestClient, make: Make, person: Person) -> None:
    make.account(person)
    make.session.commit()
    sign_in(client, person)

    assert client.post("/logout").url.path == "/"


def test_provider_that_does_not_answer_is_said_in_words(
    client: TestClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    openid_client._discovered.cache_clear()
    monkeypatch.setattr(Provider, "metadata", lambda self: {"issuer": "https://somebody.else"})

    answer = client.get("/login/openid")

    assert answer.status_code == 409
    assert "people.openid-provider" in answer.text
