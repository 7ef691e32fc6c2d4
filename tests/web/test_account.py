"""Sign in and out, cookies, limits, links, requests: what a browser sees."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.people import actions as people
from sgdocs.people.accounts import Link, UserSession
from sgdocs.people.keys import hash_of
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email, person_of_session
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.make import PASSWORD, Make
from tests.people.browser import COOKIE, another, content, fault_of, key_in, last_letter, read, sign_in, tree
from tests.support.databases import Clock
from tests.support.services import app_over

pytestmark = pytest.mark.databases("sqlite")
NEW = "another-good-phrase"


@pytest.fixture
def person(make: Make, cast: Cast) -> Person:
    row = cast.editor.person
    make.account(row)
    make.session.commit()
    return row


def test_sign_in_sets_a_safe_cookie_and_leads_on(client: TestClient, person: Person) -> None:
    form = {"email": f" {(person.email or '').upper()}", "password": PASSWORD, "next": "/my/tokens"}
    answer = client.post("/login", data=form, follow_redirects=False)

    cookie = answer.headers["set-cookie"]
    assert (answer.status_code, answer.headers["location"]) == (303, "/my/tokens")
    assert cookie.startswith("__Host-sgdocs=")
    flags = {each.strip().split("=")[0].lower() for each in cookie.split(";")[1:]}
    assert {"httponly", "secure", "path", "samesite", "max-age"} <= flags
    assert "domain" not in flags
    assert "samesite=lax" in cookie.lower()
    assert "Edwin Blotter" in client.get("/my").text


@pytest.mark.parametrize("onward", ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)", "x"])
def test_sign_in_leads_to_no_other_site(client: TestClient, person: Person, onward: str) -> None:
    form = {"email": person.email, "password": PASSWORD, "next": onward}

    assert client.post("/login", data=form, follow_redirects=False).headers["location"] == "/"


def test_sign_in_makes_a_new_id_and_ends_the_planted_one(
    client: TestClient, person: Person, services: Services, clock: Clock
) -> None:
    first = sign_in(client, person)
    second = sign_in(client, person)

    assert first != second
    assert read(services.database, lambda s: person_of_session(s, first, clock.now)) is None
    client.cookies.clear()
    client.cookies.set(COOKIE, "planted-by-somebody")
    answer = client.post("/login", data={"email": person.email, "password": PASSWORD}, follow_redirects=False)
    assert "planted-by-somebody" not in answer.headers["set-cookie"]


def test_wrong_password_and_unknown_address_get_the_same_answer(client: TestClient, person: Person) -> None:
    known = client.post("/login", data={"email": person.email, "password": "wrong"})
    unknown = client.post("/login", data={"email": "nobody@nowhere.test", "password": "wrong"})

    assert (known.status_code, unknown.status_code) == (422, 422)
    assert known.text.replace(person.email or "", "X") == unknown.text.replace("nobody@nowhere.test", "X")
    assert tree(known.text).get_element_by_id("email").get("value") == person.email
    assert "wrong" not in content(known.text)
    assert COOKIE not in client.cookies


def test_account_without_password_cannot_sign_in(client: TestClient, make: Make, services: Services) -> None:
    person = make.person()
    people.invite(make.act, person, services.settings)
    make.session.commit()

    for password in ("None", "x"):
        assert client.post("/login", data={"email": person.email, "password": password}).status_code == 422


def test_eleventh_failure_is_refused_even_with_the_right_password(
    client: TestClient, person: Person, clock: Clock
) -> None:
    statuses = [client.post("/login", data={"email": person.email, "password": "wrong"}).status_code for _ in range(10)]
    limited = client.post("/login", data={"email": person.email, "password": PASSWORD})

    assert statuses == [422] * 10
    assert limited.status_code == 429
    assert 0 < int(limited.headers["retry-after"]) <= 900
    clock.move(minutes=15)
    sign_in(client, person)


def test_failures_from_one_address_are_counted_over_all_accounts(client: TestClient, person: Person) -> None:
    for n in range(10):
        client.post("/login", data={"email": f"guess{n}@nowhere.test", "password": "wrong"})

    assert client.post("/login", data={"email": person.email, "password": PASSWORD}).status_code == 429


def test_forwarded_address_of_a_stranger_is_not_believed(client: TestClient, person: Person) -> None:
    for n in range(10):
        client.post(
            "/login",
            data={"email": f"guess{n}@nowhere.test", "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{n}"},
        )

    told = {"X-Forwarded-For": "192.0.2.99"}
    answer = client.post("/login", data={"email": person.email, "password": PASSWORD}, headers=told)
    assert answer.status_code == 429


def test_right_passwords_are_not_counted(client: TestClient, person: Person) -> None:
    for _ in range(25):
        sign_in(client, person)


def test_signing_out_ends_the_session_on_the_server(client: TestClient, person: Person) -> None:
    cookie = sign_in(client, person)
    client.post("/logout")

    client.cookies.set(COOKIE, cookie)
    answer = client.get("/my", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login?next=%2Fmy")


def test_signing_out_from_another_site_is_refused(client: TestClient, person: Person) -> None:
    sign_in(client, person)

    answer = client.post("/logout", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.test"})

    assert answer.status_code == 403
    assert client.get("/my").status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/my", "/my/profile", "/my/password", "/my/sessions", "/my/tokens", "/my/second-factor", "/my/requests",
     "/my/identities"],
)  # fmt: skip
def test_own_pages_ask_to_sign_in_and_open_then(client: TestClient, person: Person, path: str) -> None:
    assert client.get(path, follow_redirects=False).status_code == 303

    sign_in(client, person)

    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.url.path == path
    assert 'name="robots" content="noindex"' in answer.text


def test_reset_says_the_same_for_every_address(client: TestClient, person: Person, services: Services) -> None:
    known = client.post("/login/forgotten", data={"email": person.email})
    first = last_letter(services.database)
    unknown = client.post("/login/forgotten", data={"email": "nobody@nowhere.test"})

    assert known.text == unknown.text
    assert (first.kind, last_letter(services.database).kind) == ("people.reset", "people.unknown")


def test_reset_by_letter_sets_the_password_once(client: TestClient, person: Person, services: Services) -> None:
    client.post("/login/forgotten", data={"email": person.email})
    key = key_in(last_letter(services.database))

    looked = [client.get(f"/link/{key}").status_code for _ in range(2)]
    assert "All your sessions and API tokens end." in client.get(f"/link/{key}").text
    poor = client.post(f"/link/{key}", data={"password": "password123", "again": "password123"})
    unlike = client.post(f"/link/{key}", data={"password": NEW, "again": NEW + "x"})
    done = client.post(f"/link/{key}", data={"password": NEW, "again": NEW})
    again = client.post(f"/link/{key}", data={"password": NEW, "again": NEW})

    assert looked == [200, 200]
    assert (poor.status_code, unlike.status_code) == (422, 422)
    assert "among the first that are tried" in fault_of(poor.text, "password")
    assert "not the same" in fault_of(unlike.text, "again")
    assert (done.status_code, done.url.path) == (200, "/login")
    assert again.status_code == 409
    assert "/help/rules/people.link-spent" in again.text
    sign_in(client, person, NEW)


def test_link_page_is_not_kept_and_tells_no_referrer(client: TestClient, make: Make, services: Services) -> None:
    person = make.person()
    key = people.invite(make.act, person, services.settings)
    make.session.commit()

    answer = client.get(f"/link/{key}")

    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"


def test_link_that_has_run_out_is_refused_in_words(
    client: TestClient, make: Make, services: Services, clock: Clock
) -> None:
    key = people.invite(make.act, make.person(), services.settings)
    make.session.commit()
    clock.move(minutes=60)

    answer = client.get(f"/link/{key}")

    assert answer.status_code == 409
    assert "people.link-spent" in answer.text


def test_letters_to_one_address_are_limited(client: TestClient, services: Services) -> None:
    statuses = [client.post("/login/forgotten", data={"email": "nobody@nowhere.test"}).status_code for _ in range(11)]

    assert statuses == [200] * 10 + [429]
    assert len(read(services.database, lambda s: s.exec(select(Link)).all())) == 10


def test_account_is_asked_for_confirmed_and_opened(
    client: TestClient, cast: Cast, make: Make, services: Services
) -> None:
    make.account(cast.focal_point.person)
    company = cast.company.name
    make.session.commit()
    form = {"name": "Nora New", "email": "nora@new.test", "organisation": company, "language": "en", "note": "SG13"}

    asked = client.post("/account/request", data=form)
    sign_in(client, cast.focal_point.person)
    waiting = client.get("/my/requests")
    href = next(a.get("href") for a in tree(waiting.text).iter("a") if a.text_content() == "Nora New")
    shown = client.get(str(href))
    confirmed = client.post(f"{href}/confirmation", data={})
    key = key_in(last_letter(services.database))
    browser = another(client)
    browser.post(f"/link/{key}", data={"password": NEW, "again": NEW})
    nora = read(services.database, lambda s: by_email(s, "nora@new.test"))

    assert "Look into your mail" in asked.text
    assert "nora@new.test" in shown.text
    assert "invitation is on its way" in confirmed.text
    assert nora is not None
    sign_in(browser, nora, NEW)
    assert company in browser.get("/my/account").text


def test_request_form_keeps_what_was_typed(client: TestClient) -> None:
    answer = client.post("/account/request", data={"name": "Nora <New>", "email": "no address", "organisation": "X Y"})

    page = tree(answer.text)
    assert answer.status_code == 422
    assert page.get_element_by_id("name").get("value") == "Nora <New>"
    assert page.get_element_by_id("email").get("value") == "no address"
    assert page.get_element_by_id("email").get("aria-invalid") == "true"


def test_request_of_another_entity_is_not_found(client: TestClient, cast: Cast, make: Make, services: Services) -> None:
    make.account(cast.focal_point.person)
    make.account(cast.delegate_state.person)
    state = cast.state.name
    make.session.commit()
    client.post("/account/request", data={"name": "Nora New", "email": "nora@new.test", "organisation": state})

    for player in (cast.focal_point, cast.delegate_state):
        sign_in(client, player.person)
        assert "Nora New" not in client.get("/my/requests").text
        assert client.get("/my/requests/1").status_code == 404
        assert client.post("/my/requests/1/confirmation", data={}).status_code == 404
        assert client.post("/my/requests/1/refusal", data={"reason": "no"}).status_code == 404


def test_use_of_a_session_is_noted_and_roles_rotate_it(
    client: TestClient, person: Person, services: Services, clock: Clock
) -> None:
    old = sign_in(client, person)
    clock.move(hours=11)
    client.get("/my")
    seen = read(services.database, lambda s: s.exec(select(UserSession.seen_at)).one())
    with services.database.writing() as session:
        people.roles_changed(Act(session, Actor.operator(), clock.now), person.id or 0)

    answer = client.get("/my")

    new = client.cookies[COOKIE]
    assert seen == clock.now
    assert answer.status_code == 200
    assert new != old
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert read(services.database, lambda s: s.exec(select(UserSession.hash)).one()) == hash_of(new)
    clock.move(minutes=2)
    assert read(services.database, lambda s: person_of_session(s, old, clock.now)) is None
    assert client.get("/my").status_code == 200


def test_session_ends_by_its_age(client: TestClient, person: Person, services: Services, clock: Clock) -> None:
    sign_in(client, person)
    for _ in range(services.settings.session_days * 24 // 11):
        clock.now += timedelta(hours=11)
        assert client.get("/my", follow_redirects=False).status_code == 200

    clock.move(hours=11)
    assert client.get("/my", follow_redirects=False).status_code == 303


def test_plain_http_on_loopback_has_a_plain_cookie(services: Services, clock: Clock, person: Person) -> None:
    """A browser keeps no Secure cookie from plain http."""
    address = "http://127.0.0.1:8000"
    plain = replace(services, settings=services.settings.model_copy(update={"public_url": address}))
    client = TestClient(app_over(plain, clock=clock), base_url=address)

    form = {"email": person.email, "password": PASSWORD}
    cookie = client.post("/login", data=form, follow_redirects=False).headers["set-cookie"]

    assert cookie.startswith("sgdocs=")
    assert "secure" not in cookie.lower()
    assert "httponly" in cookie.lower()
    assert client.get("/my").url.path == "/my"


def test_forwarded_address_is_believed_from_a_trusted_proxy(services: Services, clock: Clock, person: Person) -> None:
    """Ten failures behind one proxy address do not shut out those behind another."""
    behind = replace(services, settings=services.settings.model_copy(update={"trusted_proxies": "testclient"}))
    client = TestClient(app_over(behind, clock=clock), base_url="https://sgdocs.test")
    for n in range(10):
        form = {"email": f"guess{n}@nowhere.test", "password": "wrong"}
        client.post("/login", data=form, headers={"X-Forwarded-For": "203.0.113.1, 192.0.2.1"})

    right = {"email": person.email, "password": PASSWORD}
    same = client.post("/login", data=right, headers={"X-Forwarded-For": "198.51.100.9, 192.0.2.1"})
    other = client.post("/login", data=right, headers={"X-Forwarded-For": "192.0.2.2"}, follow_redirects=False)

    assert (same.status_code, other.status_code) == (429, 303)
