"""A server that means harm, or is broken: the command ends in words, in bounded memory, and nothing of the person is moved."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from sgdocs.base.command import NotDone
from sgdocs.syncing import remote
from sgdocs.syncing.remote import Remote
from sgdocs.syncing.running import Report, Sync

NOW = datetime(2026, 4, 13, 9, tzinfo=UTC)
PATH = "C/one.docx"
Answer = Callable[[httpx2.Request], httpx2.Response]


def run(folder: Path, answer: Answer) -> Report:
    with httpx2.Client(transport=httpx2.MockTransport(answer)) as client:
        return Sync(Remote("https://bad.test", "secret", client=client), "M", folder, NOW).run()


def serving(content: bytes, **change: object) -> Answer:
    entry = {
        "path": PATH,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "address": "/f",
        "posted_at": "2026-03-02T09:00:00+00:00",
        **change,
    }
    told = json.dumps({"format": 1, "files": [entry]})

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/f":
            return httpx2.Response(200, content=content)
        return httpx2.Response(200, text=told, headers=[(b"ETag", '"é"'.encode())])

    return answer


def test_manifest_without_end_is_not_gathered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MANIFEST_BYTES", 100_000)
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 50_000
            yield b" " * 50_000

    with pytest.raises(NotDone, match="too long"):
        run(tmp_path, lambda _: httpx2.Response(200, content=endless()))

    assert sent < 1_000_000


@pytest.mark.parametrize(
    "posted", [float("inf"), float("nan"), 1e300, -1e300, int("9" * 400), "0001-01-01", "9999-12-31", True]
)
def test_day_that_cannot_be_is_not_believed(tmp_path: Path, posted: object) -> None:
    report = run(tmp_path, serving(b"content", posted_at=posted))

    assert (report.fetched, report.refused) == ([PATH], [])
    assert run(tmp_path, serving(b"content", posted_at=posted)).kept == 1


def test_pause_that_never_ends_is_not_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)

    with pytest.raises(NotDone, match="503"):
        run(tmp_path, lambda _: httpx2.Response(503, headers={"Retry-After": "9" * 5_000}))

    assert max(slept) <= remote.LONGEST_PAUSE_S


def test_words_of_the_server_are_safe_for_a_terminal(tmp_path: Path) -> None:
    told = {"detail": "\x1b]0;owned\x07" + "long " * 1000, "rule": "\x1b[2J"}

    with pytest.raises(NotDone) as refused:
        run(tmp_path, lambda _: httpx2.Response(403, json=told))

    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 600


@pytest.mark.parametrize("told", ["[" * 100_000, '{"format": 1, "files": ' + "[" * 100_000])
def test_answer_nested_without_end_is_no_manifest(tmp_path: Path, told: str) -> None:
    with pytest.raises(NotDone):
        run(tmp_path, lambda _: httpx2.Response(200, text=told))


def test_folder_that_leads_elsewhere_is_left_with_all_in_it(tmp_path: Path) -> None:
    """A person put a link in the place of a folder: what lies behind it is neither renamed nor replaced."""
    elsewhere, folder = tmp_path / "elsewhere", tmp_path / "folder"
    elsewhere.mkdir()
    folder.mkdir()
    (elsewhere / "one.docx").write_bytes(b"mine")
    (folder / "C").symlink_to(elsewhere)

    report = run(folder, serving(b"content"))

    assert [path for path, _ in report.refused] == [PATH]
    assert [each.name for each in elsewhere.iterdir()] == ["one.docx"]
    assert (elsewhere / "one.docx").read_bytes() == b"mine"
