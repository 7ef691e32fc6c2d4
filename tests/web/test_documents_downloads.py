"""Downloads: whole, in parts, not again; and headers by which no browser runs what people uploaded."""

import io
from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.testclient import TestClient

from sgdocs.base.errors import NotFound
from sgdocs.storage.local import LocalStore
from sgdocs.web.downloads import HARDENED, Kept, send

CONTENT = bytes(range(256)) * 4000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def serve(
    tmp_path: Path, media_type: str = DOCX, name: str = "T25-SG13-C1-E.docx", *, shown: bool = False
) -> TestClient:
    """A client of one file at /."""
    store, app = LocalStore(tmp_path), FastAPI()
    blob = store.put(io.BytesIO(CONTENT))

    @app.get("/")
    def file(request: Request) -> Response:
        return send(request, store, Kept(blob.sha256, blob.size_bytes, media_type, name), shown=shown)

    return TestClient(app)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return serve(tmp_path)


def test_reader_that_goes_before_the_first_piece_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, opened = LocalStore(tmp_path), []
    blob = store.put(io.BytesIO(CONTENT))
    monkeypatch.setattr(store, "open", opened.append)
    request = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""})

    for headers in ([], [(b"range", b"bytes=5-9")], [(b"range", b"bytes=9999999-")]):
        request.scope["headers"] = headers
        send(request, store, Kept(blob.sha256, blob.size_bytes, DOCX, "a.docx"))

    assert opened == []


def test_file_that_is_not_kept_is_missing(tmp_path: Path) -> None:
    request = Request({"type": "http", "method": "GET", "path": "/", "headers": [], "query_string": b""})

    with pytest.raises(NotFound):
        send(request, LocalStore(tmp_path), Kept("0" * 64, 5, DOCX, "a.docx"))


def test_file_comes_whole_with_its_length(client: TestClient) -> None:
    answer = client.get("/")

    assert answer.content == CONTENT
    assert answer.headers["content-length"] == str(len(CONTENT))
    assert answer.headers["content-type"] == DOCX


@pytest.mark.parametrize(
    ("asked", "first", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=10-19", 10, 20),
        ("bytes=1023990-", 1_023_990, 1_024_000),
        ("bytes=-7", 1_023_993, 1_024_000),
        ("bytes=-99999999", 0, 1_024_000),
        ("bytes=5-99999999", 5, 1_024_000),
    ],
)
def test_part_of_a_file_comes_alone(client: TestClient, asked: str, first: int, end: int) -> None:
    answer = client.get("/", headers={"Range": asked})

    assert answer.status_code == 206
    assert answer.content == CONTENT[first:end]
    assert answer.headers["content-range"] == f"bytes {first}-{end - 1}/1024000"


@pytest.mark.parametrize("asked", ["bytes=1024000-", "bytes=9999999-99999999", "bytes=-0"])
def test_part_beyond_the_end_is_refused(client: TestClient, asked: str) -> None:
    answer = client.get("/", headers={"Range": asked})

    assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */1024000")


@pytest.mark.parametrize("asked", ["", "bytes=", "bytes=-", "bytes=9-3", "bytes=a-b", "bytes=0-1,4-5", "lines=1-2"])
def test_range_that_cannot_be_read_gives_the_whole(client: TestClient, asked: str) -> None:
    assert client.get("/", headers={"Range": asked}).content == CONTENT


def test_part_of_another_version_gives_the_whole(client: TestClient) -> None:
    etag = client.get("/").headers["etag"]

    assert client.get("/", headers={"Range": "bytes=0-9", "If-Range": '"other"'}).content == CONTENT
    assert client.get("/", headers={"Range": "bytes=0-9", "If-Range": etag}).content == CONTENT[:10]


def test_file_is_not_sent_again(client: TestClient) -> None:
    etag = client.get("/").headers["etag"]
    answer = client.get("/", headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    "media_type", ["text/html", "image/svg+xml", "application/xhtml+xml", DOCX, "x y", "text/html\r\nX: y"]
)
@pytest.mark.parametrize("shown", [False, True])
def test_file_is_attached_and_can_do_nothing(tmp_path: Path, media_type: str, shown: bool) -> None:
    answer = serve(tmp_path, media_type, shown=shown).get("/")

    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-security-policy"] == HARDENED
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "x" not in answer.headers


def test_pdf_may_be_shown_where_it_is_asked_for(tmp_path: Path) -> None:
    shown, kept = (serve(tmp_path, "application/pdf", "a.pdf", shown=each).get("/") for each in (True, False))

    assert shown.headers["content-disposition"].startswith("inline;")
    assert shown.headers["content-security-policy"] == HARDENED
    assert kept.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize("name", ['a"; filename="b.exe', "a\r\nSet-Cookie: x=1", "Été €.docx", "../../etc/passwd", ""])
def test_name_stays_inside_its_header(tmp_path: Path, name: str) -> None:
    answer = serve(tmp_path, name=name).get("/")
    told = answer.headers["content-disposition"]

    assert "set-cookie" not in answer.headers
    assert told.count('"') == 2
    assert "/" not in told.split("''")[0]


def test_file_that_is_lost_is_not_found(tmp_path: Path) -> None:
    client = serve(tmp_path)
    next(tmp_path.glob("??/*")).unlink()

    with pytest.raises(Exception, match=r"base\.not-found"):
        client.get("/")
