"""My account in the browser: profile, password, sessions, tokens, second factor."""

import re
from pathlib import Path

import pyotp
import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.settings import Settings
from sgdocs.groups.actions import appoint
from sgdocs.people.accounts import Account, Token, UserSession
from sgdocs.people.models import Person
from sgdocs.people.queries import by_slug
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.make import PASSWORD, Make
from tests.people.browser import COOKIE, another, content, fault_of, read, sign_in, tree
from tests.support.databases import Clock
from tests.support.services import ADDRESS

pytestmark = pytest.mark.databases("sqlite")
NEW = "another-good-phrase"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The chair of a study group must have a second factor."""
    return Settings(home=tmp_path, secret="s" * 32, public_url=ADDRESS, second_factor_roles="sg-chair, admin")


@pytest.fixture
def person(make: Make, cast: Cast) -> Person:
    make.account(cast.editor.person)
    make.account(cast.chair.person)
    make.session.commit()
    return cast.editor.person


@pytest.fixture
def chair(person: Person, cast: Cast) -> Person:
    return cast.chair.person


def test_profile_is_saved_and_bad_words_come_back(client: TestClient, person: Person) -> None:
    sign_in(client, person)
    form = {"name": "Edwina <Blotter>", "language": "fr", "languages": ["fr", "es"], "phone": "ring me"}

    bad = client.post("/my/profile", data=form)
    good = client.post("/my/profile", data=form | {"phone": "+41 22 730 51 11"})

    assert bad.status_code == 422
    assert "+41 22 730 51 11" in fault_of(bad.text, "phone")
    assert tree(bad.text).get_element_by_id("name").get("value") == "Edwina <Blotter>"
    assert good.url.path == "/my"
    assert "Edwina &lt;Blotter&gt;" in good.text
    assert 'lang="fr"' in client.get("/my").text


def test_password_change_keeps_this_session_and_ends_others(client: TestClient, person: Person) -> None:
    other = another(client)
    sign_in(other, person)
    sign_in(client, person)

    wrong = client.post("/my/password", data={"current": "wrong", "password": NEW, "again": NEW})
    unlike = client.post("/my/password", data={"current": PASSWORD, "password": NEW, "again": "x"})
    still = other.get("/my", follow_redirects=False).status_code
    done = client.post("/my/password", data={"current": PASSWORD, "password": NEW, "again": NEW})

    assert "not your present password" in fault_of(wrong.text, "current")
    assert "not the same" in fault_of(unlike.text, "again")
    assert (wrong.status_code, unlike.status_code, still) == (422, 422, 200)
    assert done.url.path == "/my"
    assert other.get("/my", follow_redirects=False).status_code == 303
    sign_in(other, person, NEW)


def test_typed_passwords_never_come_back(client: TestClient, person: Person) -> None:
    sign_in(client, person)
    typed = {"current": "typed-current-one", "password": "typed-new-one", "again": "typed-again-one"}

    text = client.post("/my/password", data=typed).text

    assert [word for word in typed.values() if word in text] == []


def test_sessions_are_listed_and_ended(client: TestClient, person: Person, services: Services) -> None:
    other = another(client)
    other.headers["User-Agent"] = "<script>Other Browser"
    sign_in(other, person)
    sign_in(client, person)

    page = client.get("/my/sessions").text
    id = read(
        services.database, lambda s: s.exec(select(UserSession.id).where(UserSession.browser != "testclient")).one()
    )
    ended = client.post(f"/my/sessions/{id}/end")

    assert "&lt;script&gt;Other Browser" in page
    assert page.count("this one") == 1
    assert ended.url.path == "/my/sessions"
    assert other.get("/my", follow_redirects=False).status_code == 303


def test_session_of_somebody_else_is_not_found(client: TestClient, person: Person, chair: Person) -> None:
    victim = another(client)
    sign_in(victim, person)
    attacker = another(client)
    signed_in_chair(attacker, chair)

    assert attacker.post("/my/sessions/1/end").status_code == 404
    assert victim.get("/my").url.path == "/my"


def test_sign_out_everywhere_else(client: TestClient, person: Person) -> None:
    others = [another(client) for _ in range(2)]
    for each in [*others, client]:
        sign_in(each, person)

    client.post("/my/sessions/end")

    assert [each.get("/my", follow_redirects=False).status_code for each in [*others, client]] == [303, 303, 200]


@pytest.mark.parametrize(("ticked", "status"), [({}, 200), ({"with_tokens": "true"}, 403)])
def test_sign_out_everywhere_offers_to_end_tokens(
    client: TestClient, person: Person, ticked: dict[str, str], status: int
) -> None:
    sign_in(client, person)
    without = client.get("/my/sessions").text
    made = client.post("/my/tokens", data={"name": "Sync", "scopes": ["read"], "expires_on": "2026-05-01"})
    script = another(client)
    script.headers["Authorization"] = f"Bearer {re.findall(r'sgd_[a-zA-Z0-9_-]{43}', made.text)[0]}"
    assert script.get("/api/v1/me").status_code == 200

    offered = client.get("/my/sessions").text
    wrong = client.post("/my/sessions/end", data={"with_tokens": "perhaps"})
    client.post("/my/sessions/end", data=ticked)

    assert ("with_tokens" in without, "End my API token too" in offered) == (False, True)
    assert wrong.status_code == 422
    assert script.get("/api/v1/me").status_code == status


def test_token_is_shown_once_reads_the_api_and_ends(client: TestClient, person: Person, services: Services) -> None:
    sign_in(client, person)
    made = client.post("/my/tokens", data={"name": "Sync", "scopes": ["read"], "expires_on": "2026-05-01"})
    token = re.findall(r"sgd_[\w-]{43}", made.text)
    script = another(client)
    script.headers["Authorization"] = f"Bearer {token[0]}"

    me = script.get("/api/v1/me")
    page = script.get("/my", follow_redirects=False)
    listed = client.get("/my/tokens").text
    id = read(services.database, lambda s: s.exec(select(Token.id)).one())
    client.post(f"/my/tokens/{id}/end")

    assert len(token) == 1
    assert made.headers["cache-control"] == "no-store"
    assert (me.status_code, me.json()["person"]["name"], me.json()["scopes"]) == (200, "Edwin Blotter", ["read"])
    assert page.status_code == 303
    assert token[0] not in listed
    assert f"…{token[0][-4:]}" in listed
    assert "never" not in content(listed)
    assert script.get("/api/v1/me").status_code == 403


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": "Sync", "expires_on": "2026-05-01"}, "scopes"),
        ({"name": "Sync", "scopes": ["everything"], "expires_on": "2026-05-01"}, None),
        ({"name": "Sync", "scopes": ["read"], "expires_on": "2031-05-01"}, "expires_on"),
        ({"name": "Sync", "scopes": ["read"], "expires_on": "tomorrow"}, "expires_on"),
        ({"name": "x", "scopes": ["read"], "expires_on": "2026-05-01"}, "name"),
    ],
)
def test_token_form_says_what_is_wrong(
    client: TestClient, person: Person, services: Services, form: dict[str, object], field: str | None
) -> None:
    sign_in(client, person)

    answer = client.post("/my/tokens", data=form)

    assert answer.status_code == 422
    if field:
        assert fault_of(answer.text, field)
    assert read(services.database, lambda s: s.exec(select(Token)).all()) == []


def test_token_of_somebody_else_is_not_found(client: TestClient, person: Person, chair: Person) -> None:
    sign_in(client, person)
    client.post("/my/tokens", data={"name": "Sync", "scopes": ["read"], "expires_on": "2026-05-01"})
    attacker = another(client)
    signed_in_chair(attacker, chair)

    assert attacker.post("/my/tokens/1/end").status_code == 404
    assert "Sync" in client.get("/my/tokens").text


def secret_on(client: TestClient, address: str) -> str:
    """The key on the page of the second factor."""
    return "".join(tree(client.get(address).text).xpath("//figure//code")[0].text_content().split())


def signed_in_chair(client: TestClient, chair: Person) -> str:
    """Through the set-up that the role asks for; returns the secret."""
    sign_in(client, chair)
    client.post("/login/second-factor")
    secret = secret_on(client, "/login/second-factor")
    at = client.app.state.clock()  # type: ignore[attr-defined]
    answer = client.post("/login/second-factor/confirmation", data={"code": pyotp.TOTP(secret).at(at)})
    assert answer.status_code == 200, content(answer.text)
    return secret


def test_role_that_asks_for_it_leads_to_the_set_up_first(client: TestClient, chair: Person) -> None:
    form = {"email": chair.email, "password": PASSWORD, "next": "/my/tokens"}
    answer = client.post("/login", data=form, follow_redirects=False)
    before = client.cookies[COOKIE]

    led = {path: client.get(path, follow_redirects=False) for path in ("/", "/my", "/my/tokens", "/person", "/search")}

    assert answer.headers["location"] == "/login/second-factor"
    assert {path: each.headers.get("location") for path, each in led.items()} == dict.fromkeys(
        led, "/login/second-factor"
    )
    assert client.post("/my/profile", data={"name": "Hacker"}, follow_redirects=False).status_code == 303
    client.post("/login/second-factor")
    page = client.get("/login/second-factor").text
    secret = secret_on(client, "/login/second-factor")
    assert "<svg" in page.split("<figure", 1)[1]
    assert "style=" not in page.split("<main", 1)[1]
    wrong = client.post("/login/second-factor/confirmation", data={"code": "000000"})
    at = client.app.state.clock()  # type: ignore[attr-defined]
    done = client.post("/login/second-factor/confirmation", data={"code": pyotp.TOTP(secret).at(at)})
    assert wrong.status_code == 422
    assert len(re.findall(r"\b[a-z2-9]{4}(?:-[a-z2-9]{4}){3}\b", done.text)) == 10
    assert 'href="/my/tokens"' in done.text
    assert client.cookies[COOKIE] != before
    assert client.get("/my").url.path == "/my"


def test_second_factor_is_asked_and_no_page_opens_before(
    client: TestClient, chair: Person, clock: Clock, services: Services
) -> None:
    secret = signed_in_chair(client, chair)
    browser = another(client)
    clock.move(minutes=2)
    form = {"email": chair.email, "password": PASSWORD, "next": "/my/tokens"}

    answer = browser.post("/login", data=form, follow_redirects=False)
    first = browser.cookies[COOKIE]
    closed = browser.get("/my", follow_redirects=False)
    api = browser.get("/api/v1/me", follow_redirects=False)
    other_way = browser.post("/login/second-factor")
    wrong = browser.post("/login/code", data={"code": "000000"})
    right = browser.post("/login/code", data={"code": pyotp.TOTP(secret).at(clock.now)}, follow_redirects=False)

    assert answer.headers["location"] == "/login/code"
    assert closed.headers["location"] == "/login/code"
    assert api.status_code == 403
    assert other_way.status_code == 409
    assert wrong.status_code == 422
    assert right.headers["location"] == "/my/tokens"
    assert browser.cookies[COOKIE] != first
    replay = another(client)
    replay.post("/login", data=form)
    assert replay.post("/login/code", data={"code": pyotp.TOTP(secret).at(clock.now)}).status_code == 422


def test_wrong_codes_are_limited(client: TestClient, chair: Person, clock: Clock) -> None:
    secret = signed_in_chair(client, chair)
    browser = another(client)
    clock.move(minutes=20)
    browser.post("/login", data={"email": chair.email, "password": PASSWORD})

    statuses = [browser.post("/login/code", data={"code": f"{n:06}"}).status_code for n in range(10)]
    right = browser.post("/login/code", data={"code": pyotp.TOTP(secret).at(clock.now)})

    assert statuses == [422] * 10
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 0


def test_role_given_meanwhile_leads_back_to_the_set_up(
    client: TestClient, person: Person, services: Services, clock: Clock
) -> None:
    sign_in(client, person)
    assert client.get("/my").url.path == "/my"
    with services.database.writing() as session:
        act = Act(session, Actor.operator(), clock.now)
        appoint(act, by_slug(act, person.slug), "admin")

    answer = client.get("/my", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (303, "/login/second-factor")
    assert client.get("/login/second-factor").status_code == 200
    assert client.get("/my", follow_redirects=False).headers["location"] == "/login/second-factor"


def test_second_factor_is_set_up_and_removed_by_choice(
    client: TestClient, person: Person, services: Services, clock: Clock
) -> None:
    sign_in(client, person)
    client.post("/my/second-factor")
    secret = secret_on(client, "/my/second-factor")
    codes = client.post("/my/second-factor/confirmation", data={"code": pyotp.TOTP(secret).at(clock.now)})
    shown = client.get("/my/second-factor").text
    wrong = client.post("/my/second-factor/removal", data={"password": "wrong"})
    fresh = client.post("/my/second-factor/codes", data={"password": PASSWORD})
    client.post("/my/second-factor/removal", data={"password": PASSWORD})

    assert codes.headers["cache-control"] == "no-store"
    assert secret not in shown.replace(" ", "")
    assert wrong.status_code == 422
    assert set(re.findall(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", fresh.text)).isdisjoint(
        re.findall(r"(?:[a-z2-9]{4}-){3}[a-z2-9]{4}", codes.text)
    )
    left = read(services.database, lambda s: s.get_one(Account, person.id).totp_secret)
    assert left is None


def test_chair_cannot_remove_what_the_role_asks_for(client: TestClient, chair: Person) -> None:
    signed_in_chair(client, chair)

    answer = client.post("/my/second-factor/removal", data={"password": PASSWORD})

    assert answer.status_code == 409
    assert "cannot be removed" in content(answer.text)
