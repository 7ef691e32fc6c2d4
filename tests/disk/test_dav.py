"""The folders below `/dav/`: for readers with a token, reading only."""

import base64
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from sgdocs.people.actions import end_token
from sgdocs.people.models import Person
from sgdocs.people.queries import tokens_of
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.disk.papers import Papers
from tests.disk.tokens import token_of
from tests.support.databases import Clock
from tests.support.services import app_over

Ask = Callable[..., Response]
CODE = "T25-SG13-260706"
FILE = f"/dav/{CODE}/C/T25-SG13-C1-E.docx"


def basic(token: str, name: str = "selim@example.test") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{token}".encode()).decode()}


def hrefs(answer: Response) -> list[str]:
    assert answer.status_code == 207, answer.text
    return [each.text or "" for each in ElementTree.fromstring(answer.content).iter("{DAV:}href")]


@pytest.fixture
def member(services: Services, papers: Papers, cast: Cast) -> dict[str, str]:
    """Headers of a delegate who reads the papers of SG13; the meeting has two documents."""
    meeting = papers.meeting()
    papers.document(meeting, 1, text=b"original", stamped=b"0123456789")
    papers.document(meeting, 2, stream="GEN", kind="temporary-document")
    return basic(token_of(services, cast.delegate_member, "files:read"))


@pytest.fixture
def ask(client: TestClient) -> Ask:
    def asked(method: str, path: str, headers: dict[str, str], **more: object) -> Response:
        return client.request(method, path, headers=headers, **more)  # type: ignore[arg-type]

    return asked


def propfind(ask: Ask, path: str, headers: dict[str, str], depth: str = "1") -> list[str]:
    return hrefs(ask("PROPFIND", path, {**headers, "Depth": depth}))


# Reading


def test_tree_leads_from_meeting_to_file(ask: Ask, member: dict[str, str]) -> None:
    assert propfind(ask, "/dav/", member) == ["/dav/", f"/dav/{CODE}/"]
    assert propfind(ask, f"/dav/{CODE}", member) == [f"/dav/{CODE}/", f"/dav/{CODE}/C/", f"/dav/{CODE}/TD-GEN/"]
    assert propfind(ask, f"/dav/{CODE}/C/", member) == [f"/dav/{CODE}/C/", FILE]
    assert propfind(ask, FILE, member, "0") == [FILE]
    assert propfind(ask, "/dav", member, "0") == ["/dav/"]


def test_file_is_the_stamped_copy_with_its_marks(ask: Ask, member: dict[str, str], papers: Papers) -> None:
    told = ask("GET", FILE, member)

    assert (told.status_code, told.content) == (200, b"0123456789")
    assert told.headers["etag"].strip('"') in set(papers.blobs.names())
    assert told.headers["last-modified"] == "Mon, 02 Mar 2026 09:00:00 GMT"
    assert told.headers["content-disposition"] == 'attachment; filename="T25-SG13-C1-E.docx"'
    assert told.headers["x-content-type-options"] == "nosniff"
    assert told.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert "content-encoding" not in told.headers


def test_head_has_the_length_and_no_body(ask: Ask, member: dict[str, str]) -> None:
    told = ask("HEAD", FILE, member)

    assert (told.status_code, told.content, told.headers["content-length"]) == (200, b"", "10")


@pytest.mark.parametrize(
    ("asked", "status", "content", "told"),
    [
        ("bytes=2-4", 206, b"234", "bytes 2-4/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=50-60", 416, None, "bytes */10"),
    ],
)
def test_part_of_a_file(
    ask: Ask, member: dict[str, str], asked: str, status: int, content: bytes | None, told: str
) -> None:
    answer = ask("GET", FILE, {**member, "Range": asked})

    assert (answer.status_code, answer.headers.get("content-range")) == (status, told)
    if content is not None:
        assert answer.content == content


def test_file_that_is_known_is_not_sent_again(ask: Ask, member: dict[str, str]) -> None:
    first = ask("GET", FILE, member)

    again = ask("GET", FILE, {**member, "If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


def test_properties_that_file_managers_ask_for(ask: Ask, member: dict[str, str]) -> None:
    body = (
        b'<?xml version="1.0"?><d:propfind xmlns:d="DAV:"><d:prop><d:getcontentlength/><d:getetag/><d:resourcetype/>'
        b"<d:getlastmodified/><d:displayname/><d:quota-available-bytes/></d:prop></d:propfind>"
    )
    told = ask("PROPFIND", FILE, {**member, "Depth": "0", "Content-Type": "text/xml"}, content=body)

    found = ElementTree.fromstring(told.content)
    assert [e.text for e in found.iter("{DAV:}getcontentlength")] == ["10"]
    assert [e.text for e in found.iter("{DAV:}displayname")] == ["T25-SG13-C1-E.docx"]


def test_folder_has_no_page(ask: Ask, member: dict[str, str]) -> None:
    told = ask("GET", f"/dav/{CODE}/", member)

    assert told.status_code == 403
    assert "T25-SG13-C1" not in told.text


@pytest.mark.parametrize(
    "path",
    [
        "/dav/T25-SG99-260706", "/dav/t25-sg13-260706", f"/dav/{CODE}/X", f"/dav/{CODE}/C/none.docx", f"/dav/{CODE}/C/T25-SG13-C1-E.docx/x",
        f"/dav/{CODE}/../../etc/passwd", f"/dav/{CODE}/C/..%2f..%2fsgdocs.db", f"/dav/{CODE}/%00", "/dav/._meeting", f"/dav/{CODE}/.DS_Store",
    ],
)  # fmt: skip
def test_nothing_else_is_there(ask: Ask, member: dict[str, str], path: str) -> None:
    assert ask("GET", path, member).status_code in (404, 403)
    assert ask("PROPFIND", path, {**member, "Depth": "0"}).status_code == 404


def test_file_the_store_has_lost_is_not_found(ask: Ask, member: dict[str, str], papers: Papers) -> None:
    for name in list(papers.blobs.names()):
        papers.blobs.drop(name)

    assert ask("GET", FILE, member).status_code == 404
    assert len(propfind(ask, f"/dav/{CODE}/C", member)) == 2


# Reading only


@pytest.mark.parametrize(
    "method",
    [
        "PUT",
        "POST",
        "DELETE",
        "MKCOL",
        "MOVE",
        "COPY",
        "PROPPATCH",
        "LOCK",
        "UNLOCK",
        "PATCH",
        "TRACE",
        "REPORT",
        "SEARCH",
    ],
)
def test_writing_is_refused(ask: Ask, member: dict[str, str], method: str) -> None:
    more = {"Destination": f"https://sgdocs.test/dav/{CODE}/C/x.docx", "Depth": "infinity"}
    told = ask(method, FILE, {**member, **more}, content=b"x")

    assert (told.status_code, told.headers["allow"]) == (405, "OPTIONS, GET, HEAD, PROPFIND")
    assert ask("GET", FILE, member).content == b"0123456789"


def test_options_offer_reading_and_no_locks(ask: Ask, member: dict[str, str]) -> None:
    told = ask("OPTIONS", FILE, member)

    assert set(told.headers["allow"].split(", ")) == {"OPTIONS", "HEAD", "GET", "PROPFIND"}
    assert told.headers["dav"] == "1"


@pytest.mark.parametrize("depth", ["infinity", "Infinity", None])
def test_whole_tree_at_once_is_refused(ask: Ask, member: dict[str, str], depth: str | None) -> None:
    told = ask("PROPFIND", "/dav/", {**member, **({"Depth": depth} if depth else {})})

    assert told.status_code == 403
    assert "propfind-finite-depth" in told.text


def test_request_with_a_large_body_is_refused(ask: Ask, member: dict[str, str]) -> None:
    assert ask("PROPFIND", "/dav/", {**member, "Depth": "1"}, content=b"x" * 70_000).status_code == 413
    assert ask("PROPFIND", "/dav/", {**member, "Depth": "1"}, content=iter([b"x"] * 3)).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><d:propfind xmlns:d="DAV:"><d:prop>&x;</d:prop></d:propfind>',
        b'<?xml version="1.0"?><!DOCTYPE p [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><d:propfind xmlns:d="DAV:">&b;</d:propfind>',
        b"not xml at all",
        b"\xff\xfe",
    ],
)
def test_hostile_body_gives_nothing_away(ask: Ask, member: dict[str, str], body: bytes) -> None:
    told = ask("PROPFIND", "/dav/", {**member, "Depth": "0"}, content=body)

    assert told.status_code == 400
    assert "root:" not in told.text
    assert "aaaa" not in told.text


# Who may read


def test_strangers_are_asked_for_a_token(ask: Ask, member: dict[str, str]) -> None:
    told = ask("PROPFIND", "/dav/", {"Depth": "1"})

    assert told.status_code == 401
    assert told.headers["www-authenticate"].startswith("Basic ")
    assert CODE not in told.text


@pytest.mark.parametrize("scopes", [("read",), ("write",), ("read", "write")])
def test_token_without_the_scope_for_files_does_not_open(
    ask: Ask, member: dict[str, str], services: Services, cast: Cast, scopes: tuple[str, ...]
) -> None:
    assert ask("GET", FILE, basic(token_of(services, cast.delegate_member, *scopes))).status_code == 401


def test_password_of_the_account_does_not_open(ask: Ask, member: dict[str, str]) -> None:
    assert ask("GET", FILE, basic("words-of-a-test-42")).status_code == 401


@pytest.mark.parametrize(
    "header", ["Basic", "Basic !!!", "Basic " + base64.b64encode(b"nocolon").decode(), "Bearer x", "Digest x"]
)
def test_malformed_credentials_do_not_open(ask: Ask, member: dict[str, str], header: str) -> None:
    assert ask("GET", FILE, {"Authorization": header}).status_code == 401


def test_readers_see_what_they_may_read(ask: Ask, services: Services, papers: Papers, cast: Cast) -> None:
    cast.summon("delegate_member", "outsider", "guest", "delegate_associate")
    open_one, closed = papers.meeting(), papers.meeting("T25-SG13-250101", audience="T/SG13")
    papers.document(open_one, 1)
    papers.document(open_one, 2, audience="public")
    papers.document(closed, 3)

    seen = {}
    for name in ("delegate_member", "guest", "outsider"):
        headers = basic(token_of(services, getattr(cast, name), "files:read"))
        seen[name] = [
            path for code in propfind(ask, "/dav/", headers)[1:] for path in propfind(ask, f"{code}C", headers)[1:]
        ]

    first, second = FILE, FILE.replace("C1", "C2")
    third = "/dav/T25-SG13-250101/C/T25-SG13-C3-E.docx"
    assert seen == {"delegate_member": [third, first, second], "guest": [third, first, second], "outsider": [second]}
    outsider = basic(token_of(services, cast.outsider, "files:read"))
    assert ask("GET", FILE, outsider).status_code == 404
    assert ask("PROPFIND", "/dav/T25-SG13-250101", {**outsider, "Depth": "0"}).status_code == 404


def test_right_that_ends_ends_at_the_next_request(ask: Ask, member: dict[str, str], papers: Papers, cast: Cast) -> None:
    assert ask("GET", FILE, member).status_code == 200
    person = papers.make.session.get_one(Person, cast.delegate_member.person.id)
    person.organisation_id = None
    papers.make.add(person)
    papers.make.session.commit()

    assert ask("GET", FILE, member).status_code == 404


def test_token_that_ends_ends_at_the_next_request(ask: Ask, member: dict[str, str], papers: Papers, cast: Cast) -> None:
    [token] = tokens_of(papers.make.session, cast.delegate_member.person.id or 0)
    end_token(cast.delegate_member.act, token.id or 0)
    papers.make.session.commit()

    assert ask("GET", FILE, member).status_code == 401


def test_use_of_the_token_is_noted(ask: Ask, member: dict[str, str], papers: Papers, cast: Cast, clock: Clock) -> None:
    ask("GET", FILE, member)

    papers.make.session.expire_all()
    [token] = tokens_of(papers.make.session, cast.delegate_member.person.id or 0)
    assert token.used_at == clock.now


def test_failed_attempts_are_limited_and_pass(
    ask: Ask, member: dict[str, str], services: Services, clock: Clock
) -> None:
    wrong, limit = basic("sgd_wrong"), services.settings.login_limit

    codes = [ask("GET", FILE, wrong).status_code for _ in range(limit + 2)]
    locked = ask("GET", FILE, member)
    other = {"Authorization": "Basic " + base64.b64encode(f"somebody:{_password(member)}".encode()).decode()}
    other_name = ask("GET", FILE, other)
    clock.move(minutes=16)
    later = ask("GET", FILE, member)

    assert codes == [401] * limit + [429] * 2
    assert (locked.status_code, other_name.status_code, later.status_code) == (429, 200, 200)
    assert 0 < int(locked.headers["retry-after"]) <= 900


def _password(headers: dict[str, str]) -> str:
    return base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode().partition(":")[2]


def test_right_attempts_are_not_counted(ask: Ask, member: dict[str, str], services: Services) -> None:
    codes = {ask("GET", FILE, member).status_code for _ in range(services.settings.login_limit + 5)}

    assert codes == {200}


# Only in private


@pytest.mark.parametrize(
    ("client_host", "scheme", "headers", "trusted", "public", "status"),
    [
        ("203.0.113.9", "https", {}, "", "https://x", 401),
        ("203.0.113.9", "http", {}, "", "https://x", 403),
        ("203.0.113.9", "http", {"x-forwarded-proto": "https"}, "", "https://x", 403),
        ("127.0.0.1", "http", {}, "", "http://x", 401),
        ("::1", "http", {}, "", "http://x", 401),
        ("127.0.0.1", "http", {"x-forwarded-proto": "http"}, "", "https://x", 403),
        ("127.0.0.1", "http", {"x-forwarded-for": "203.0.113.9"}, "", "http://x", 403),
        ("127.0.0.1", "http", {"x-forwarded-for": "203.0.113.9"}, "127.0.0.1", "https://x", 401),
        ("10.0.0.1", "http", {"x-forwarded-proto": "https"}, "10.0.0.1", "http://x", 401),
        ("10.0.0.1", "http", {"x-forwarded-proto": "https, http"}, "10.0.0.1", "http://x", 403),
        ("10.0.0.1", "http", {}, "10.0.0.1", "http://x", 403),
    ],
)
@pytest.mark.databases("sqlite")
def test_no_password_in_the_clear(
    services: Services, client_host: str, scheme: str, headers: dict[str, str], trusted: str, public: str, status: int
) -> None:
    settings = services.settings.model_copy(update={"trusted_proxies": trusted, "public_url": public})
    app = app_over(replace(services, settings=settings))
    with TestClient(app, base_url=f"{scheme}://sgdocs.test", client=(client_host, 5000)) as client:
        told = client.request("PROPFIND", "/dav/", headers={"Depth": "1", **headers})

    assert told.status_code == status
