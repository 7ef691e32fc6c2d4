"""What other sites may not do to a signed-in browser."""

import pytest
from fastapi import FastAPI, Request
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from sgdocs.base.settings import Settings
from sgdocs.web.guard import Guard
from sgdocs.web.security import client_address, network_of, safe_next, session_cookie_name
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.disk.tokens import token_of

pytestmark = pytest.mark.databases("sqlite")
OWN = "https://sgdocs.test"


@pytest.fixture
def door(app: FastAPI, client: TestClient) -> TestClient:
    @app.post("/trial")
    async def trial(request: Request) -> int:
        return len(await request.body())

    return client


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": OWN}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": OWN}, 403),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": OWN + ":8443"}, 403),
        ({"Origin": "http://sgdocs.test"}, 403),
        ({"Origin": "https://evil.test", "Authorization": "Bearer sgd_x"}, 200),
        ({"Origin": "https://evil.test", "Authorization": "Basic x"}, 403),
    ],
)
def test_unsafe_request_must_come_from_here(door: TestClient, headers: dict[str, str], status: int) -> None:
    answer = door.post("/trial", headers=headers)

    assert answer.status_code == status
    if status == 403:
        assert "web.same-origin" in answer.text


def test_reading_from_elsewhere_is_a_link(client: TestClient) -> None:
    assert client.get("/help", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


@pytest.mark.parametrize("address", ["/", "/nothing", "/healthz", "/static/css/base.css", "/api/v1/openapi.json"])
def test_every_answer_is_hardened(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")


@pytest.mark.parametrize(
    "address",
    ["/", "/nothing", "/rec.csv", "/person.json", "/api/v1/people", "/api/v1/me", "/rec/T", "/login?next=/my"],
)
def test_no_shared_cache_keeps_an_answer(client: TestClient, address: str) -> None:
    """What an answer holds depends on who asks."""
    kept = client.get(address, follow_redirects=False).headers["Cache-Control"]

    assert "private" in kept or "no-store" in kept


def _guard(app: FastAPI) -> Middleware:
    return next(each for each in app.user_middleware if getattr(each.cls, "__name__", "") == Guard.__name__)


def test_plain_http_gets_no_hsts(app: FastAPI) -> None:
    object.__setattr__(app.state.services, "settings", Settings(public_url="http://127.0.0.1:8000"))
    app.middleware_stack = None
    _guard(app).kwargs["settings"] = app.state.services.settings
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        assert "Strict-Transport-Security" not in client.get("/help").headers


def test_request_that_is_too_large_is_refused_told_or_not(app: FastAPI) -> None:
    small = app.state.services.settings.model_copy(update={"body_limit_mb": 1})
    object.__setattr__(app.state.services, "settings", small)
    _guard(app).kwargs["settings"] = small

    @app.post("/trial")
    async def trial(request: Request) -> int:
        return len(await request.body())

    def pieces() -> object:
        yield from (b"x" * 100_000 for _ in range(11))

    with TestClient(app) as client:
        assert client.post("/trial", content=b"x" * 1_000_000).json() == 1_000_000
        assert client.post("/trial", content=b"x" * 1_000_001).status_code == 413
        assert client.post("/trial", content=pieces()).status_code == 413  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", "", "text/plain"])
def test_only_files_may_be_large(door: TestClient, kind: str) -> None:
    """The rest is read as a whole, in memory, before anybody is asked who it is."""

    def pieces() -> object:
        yield from (b"x" * 100_000 for _ in range(21))

    body = b"x" * 2_000_001
    told = door.post("/trial", content=body, headers={"Content-Type": kind})
    untold = door.post("/trial", content=pieces(), headers={"Content-Type": kind})  # type: ignore[arg-type]

    assert (told.status_code, untold.status_code) == (413, 413)
    assert "2 MB" in told.text
    assert "2 MB" in untold.text


def test_files_are_taken_of_account_holders_alone(door: TestClient, services: Services, cast: Cast) -> None:
    """A form is read, and its files put aside, before a handler can ask who sends it."""

    def pieces() -> object:
        yield from (b"x" * 100_000 for _ in range(21))

    many, kind = b"x" * 2_000_001, {"Content-Type": "multipart/form-data; boundary=x"}
    known = kind | {"Authorization": f"Bearer {token_of(services, cast.delegate_member, 'read')}"}

    assert door.post("/trial", content=many, headers=kind).status_code in (401, 403)
    assert door.post("/trial", content=pieces(), headers=kind).status_code == 413  # type: ignore[arg-type]
    forged = door.post("/trial", content=many, headers=kind | {"Authorization": "Bearer sgd_x"})
    assert forged.status_code in (401, 403)
    assert door.post("/trial", content=b"x" * 100_000, headers=kind).json() == 100_000
    assert door.post("/trial", content=many, headers=known).json() == 2_000_001
    assert door.post("/trial", content=pieces(), headers=known).json() == 2_100_000  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["/rec", "/rec?x=1&y=2#part", "/r/%2F%2Fevil.test"])
def test_safe_next_keeps_addresses_of_ours(address: str) -> None:
    assert safe_next(address) == address


@pytest.mark.parametrize(
    "address",
    [None, "", "rec", "//evil.test", "///evil.test", "/\\evil.test", "\\\\evil.test", "https://evil.test", "/\t/evil.test",
     "/\n/evil.test", " //evil.test", "javascript:alert(1)", "/x\r\nSet-Cookie: a=b", "//[x"],
)  # fmt: skip
def test_safe_next_leaves_no_way_out(address: str | None) -> None:
    assert safe_next(address, "/home") == "/home"


def test_language_switch_stays_here(client: TestClient) -> None:
    out = client.get("/language/fr", params={"next": "//evil.test"}, follow_redirects=False)
    back = client.get("/language/fr", params={"next": "/help?a=1"}, follow_redirects=False)

    assert (out.headers["Location"], back.headers["Location"]) == ("/", "/help?a=1")


def test_session_cookie_is_bound_to_the_host_on_https() -> None:
    assert session_cookie_name(Settings(public_url=OWN)) == "__Host-sgdocs"
    assert session_cookie_name(Settings(public_url="http://127.0.0.1:8000")) == "sgdocs"


@pytest.mark.parametrize(
    ("direct", "forwarded", "trusted", "address"),
    [
        ("9.9.9.9", "1.1.1.1", "", "9.9.9.9"),
        ("10.0.0.1", "1.1.1.1", "10.0.0.1", "1.1.1.1"),
        ("10.0.0.1", "6.6.6.6, 1.1.1.1", "10.0.0.1", "1.1.1.1"),
        ("10.0.0.1", "1.1.1.1, 10.0.0.2", "10.0.0.1,10.0.0.2", "1.1.1.1"),
        ("10.0.0.1", "", "10.0.0.1", "10.0.0.1"),
    ],
)
def test_client_address_believes_trusted_proxies_only(direct: str, forwarded: str, trusted: str, address: str) -> None:
    scope = {"type": "http", "client": (direct, 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}

    assert client_address(Request(scope), Settings(trusted_proxies=trusted)) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_holder_of_many_addresses_is_counted_once(address: str, network: str) -> None:
    assert network_of(address) == network


def test_other_site_binds_nobody_to_a_strangers_account(client: TestClient, app: FastAPI) -> None:
    known = app.state.services.settings.model_copy(update={"oidc_issuer": "https://idp.invalid"})
    object.__setattr__(app.state.services, "settings", known)
    address = "/login/openid?link=" + "k" * 43

    lured = client.get(address, headers={"Sec-Fetch-Site": "cross-site"}, follow_redirects=False)

    assert (lured.status_code, "web.same-origin" in lured.text) == (403, True)
