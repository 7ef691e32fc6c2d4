"""A folder kept up to date: what people change is safe, whatever the server says."""

import hashlib
import io
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from sgdocs.base.command import NotDone
from sgdocs.documents.models import Document, File
from sgdocs.syncing.disk import Folder, Refused
from sgdocs.syncing.entries import read
from sgdocs.syncing.remote import Remote
from sgdocs.syncing.running import Report, Sync
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.disk.papers import Papers
from tests.disk.tokens import token_of
from tests.support.databases import NOW

CODE = "T25-SG13-260706"
FIRST = "C/T25-SG13-C1-E.docx"
Run = Callable[..., Report]


class Counting:
    """Hands requests on and remembers their addresses."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.asked: list[str] = []

    def get(self, address: str, **more: Any) -> httpx2.Response:
        self.asked.append(address)
        return self.client.get(address, **more)

    def stream(self, method: str, address: str, **more: Any) -> Any:
        self.asked.append(address)
        return self.client.stream(method, address, **more)


@pytest.fixture
def meeting(papers: Papers) -> Any:
    meeting = papers.meeting()
    papers.document(meeting, 1, text=b"original", stamped=b"stamped one")
    papers.document(meeting, 2, stream="GEN", kind="temporary-document")
    return meeting


@pytest.fixture
def token(services: Services, cast: Cast, meeting: Any) -> str:
    return token_of(services, cast.delegate_member, "files:read")


@pytest.fixture
def line(client: TestClient) -> Counting:
    return Counting(client)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "disk"


@pytest.fixture
def run(line: Counting, token: str, folder: Path) -> Run:
    def once(*, verify: bool = False, code: str = CODE) -> Report:
        remote = Remote("https://sgdocs.test", token, client=line)  # type: ignore[arg-type]
        return Sync(remote, code, folder, NOW, verify=verify).run()

    return once


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(f.relative_to(folder)): f.read_bytes()
        for f in sorted(folder.rglob("*"))
        if f.is_file() and ".sgdocs" not in f.parts
    }


def test_folder_is_filled_and_then_left_alone(run: Run, folder: Path, line: Counting) -> None:
    first = run()
    before = {f: f.stat().st_mtime_ns for f in folder.rglob("*.docx")}
    line.asked.clear()
    second = run()

    assert files_in(folder) == {FIRST: b"stamped one", "TD-GEN/T25-SG13-TD2-GEN-E.docx": b"Text of T25-SG13-TD2-GEN"}
    assert (len(first.fetched), second.fetched, second.kept, second.is_unchanged) == (2, [], 2, True)
    assert line.asked == [f"https://sgdocs.test/meeting/{CODE}/manifest.json"]
    assert {f: f.stat().st_mtime_ns for f in folder.rglob("*.docx")} == before


def test_only_what_changed_is_fetched(run: Run, line: Counting, papers: Papers, meeting: Any) -> None:
    run()
    papers.document(meeting, 3)
    papers.make.session.commit()
    line.asked.clear()

    report = run()

    assert report.fetched == ["C/T25-SG13-C3-E.docx"]
    assert len(line.asked) == 2


def test_file_carries_the_day_it_was_posted(run: Run, folder: Path) -> None:
    run()

    assert (folder / FIRST).stat().st_mtime == NOW.timestamp()


def test_file_that_was_deleted_here_comes_back(run: Run, folder: Path) -> None:
    run()
    (folder / FIRST).unlink()

    assert run().fetched == [FIRST]


def test_file_that_a_person_changed_is_left(run: Run, folder: Path) -> None:
    run()
    (folder / FIRST).write_bytes(b"my notes")

    report = run()

    assert (report.left, report.fetched) == ([FIRST], [])
    assert (folder / FIRST).read_bytes() == b"my notes"


def test_change_that_keeps_size_and_time_is_seen_by_verify(run: Run, folder: Path) -> None:
    run()
    place = folder / FIRST
    told = place.stat()
    place.write_bytes(b"STAMPED ONE")
    os.utime(place, ns=(told.st_atime_ns, told.st_mtime_ns))

    assert run().left == []
    assert run(verify=True).left == [FIRST]


def test_both_changed_keeps_both(run: Run, folder: Path, papers: Papers, meeting: Any) -> None:
    run()
    (folder / FIRST).write_bytes(b"my notes")
    restamp(papers, b"stamped anew")

    report = run()

    assert (folder / FIRST).read_bytes() == b"stamped anew"
    assert report.aside == {FIRST: "C/T25-SG13-C1-E.mine-20260302-090000.docx"}
    assert (folder / report.aside[FIRST]).read_bytes() == b"my notes"
    assert run().is_unchanged


def restamp(papers: Papers, content: bytes) -> None:
    blob = papers.blobs.put(io.BytesIO(content))
    file = papers.make.session.exec(select(File).order_by(col(File.id))).first()
    assert file is not None
    file.stamped_sha256, file.stamped_size_bytes = blob.sha256, blob.size_bytes
    papers.make.add(file)
    papers.make.session.commit()


def test_server_replaces_what_it_sent(run: Run, folder: Path, papers: Papers) -> None:
    run()
    restamp(papers, b"stamped anew")

    report = run()

    assert (report.fetched, report.aside) == ([FIRST], {})
    assert (folder / FIRST).read_bytes() == b"stamped anew"


def test_file_that_was_there_before_is_kept_beside(run: Run, folder: Path) -> None:
    (folder / "C").mkdir(parents=True)
    (folder / FIRST).write_bytes(b"mine before")

    report = run()

    assert (folder / FIRST).read_bytes() == b"stamped one"
    assert (folder / report.aside[FIRST]).read_bytes() == b"mine before"


def test_second_copy_beside_does_not_overwrite_the_first(run: Run, folder: Path, papers: Papers) -> None:
    run()
    for content in (b"notes 1", b"notes 2"):
        (folder / FIRST).write_bytes(content)
        restamp(papers, b"server after " + content)
        run()

    beside = sorted(content for path, content in files_in(folder).items() if "mine" in path)
    assert beside == [b"notes 1", b"notes 2"]


def test_files_of_the_person_are_never_touched(run: Run, folder: Path) -> None:
    (folder / "C").mkdir(parents=True)
    (folder / "C" / "my own.txt").write_text("mine")

    run()
    run(verify=True)

    assert (folder / "C" / "my own.txt").read_text() == "mine"


def withdraw(papers: Papers) -> None:
    document = papers.make.session.get_one(Document, 1)
    document.status, document.withdrawn_reason = "withdrawn", "Merged"
    papers.make.add(document)
    papers.make.session.commit()


def test_withdrawn_file_is_put_away_not_deleted(run: Run, folder: Path, papers: Papers) -> None:
    run()
    withdraw(papers)

    report = run()

    assert report.withdrawn == {FIRST: f"withdrawn/{FIRST}"}
    assert (folder / "withdrawn" / FIRST).read_bytes() == b"stamped one"
    assert not (folder / FIRST).exists()
    assert run().withdrawn == {}


def test_withdrawn_file_that_a_person_changed_stays(run: Run, folder: Path, papers: Papers) -> None:
    run()
    (folder / FIRST).write_bytes(b"my notes")
    withdraw(papers)

    report = run()

    assert (report.left, report.withdrawn) == ([FIRST], {})
    assert (folder / FIRST).read_bytes() == b"my notes"


def test_lost_state_costs_nothing_but_reading(run: Run, folder: Path, line: Counting) -> None:
    run()
    (folder / ".sgdocs" / "state.json").write_text("{torn")
    line.asked.clear()

    report = run()

    assert (report.fetched, report.kept) == ([], 2)
    assert len(line.asked) == 1


def test_ended_token_changes_nothing_here(run: Run, folder: Path, line: Counting, token: str) -> None:
    run()
    before = files_in(folder)
    remote = Remote("https://sgdocs.test", token + "x", client=line)  # type: ignore[arg-type]

    with pytest.raises(NotDone, match=r"web\.token"):
        Sync(remote, CODE, folder, NOW).run()

    assert files_in(folder) == before


def test_meeting_that_is_not_there_is_not_done(run: Run) -> None:
    with pytest.raises(NotDone):
        run(code="T25-SG99-260706")


def test_folder_of_another_meeting_is_not_taken(run: Run, papers: Papers) -> None:
    papers.meeting("T25-SG13-250101")
    papers.make.session.commit()
    run()

    with pytest.raises(NotDone, match="another folder"):
        run(code="T25-SG13-250101")


# What a server or the folder can do to us


class Pretender:
    """A server that says whatever a test wants."""

    def __init__(self, files: dict[str, tuple[dict[str, Any], bytes]]) -> None:
        self.files = files
        self.headers: list[dict[str, str]] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.headers.append(dict(request.headers))
        if request.url.path.endswith("manifest.json"):
            return httpx2.Response(200, json={"format": 1, "files": [told for told, _ in self.files.values()]})
        content = self.files[request.url.path][1]
        begun = int(request.headers.get("range", "bytes=0-")[6:].rstrip("-"))
        return httpx2.Response(206 if begun else 200, content=content[begun:])


def told(path: str, content: bytes, **change: Any) -> tuple[dict[str, Any], bytes]:
    entry = {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "address": f"/{path}"}
    return {**entry, **change}, content


@pytest.fixture
def pretend(folder: Path) -> Iterator[Callable[..., tuple[Report, Pretender]]]:
    clients = []

    def once(*files: tuple[dict[str, Any], bytes]) -> tuple[Report, Pretender]:
        server = Pretender({entry["address"]: (entry, content) for entry, content in files})
        client = httpx2.Client(transport=httpx2.MockTransport(server))
        clients.append(client)
        return Sync(Remote("https://bad.test", "secret", client=client), "M", folder, NOW).run(), server

    yield once
    for client in clients:
        client.close()


def test_nothing_is_written_outside_the_folder(pretend: Any, folder: Path, tmp_path: Path) -> None:
    report, _ = pretend(
        told("../evil", b"x", address="/e1"), told("/tmp/evil", b"x", address="/e2"), told("C/good.docx", b"good"),
        told(".sgdocs/state.json", b"x", address="/e3"), told("C/../../evil", b"x", address="/e4"),
    )  # fmt: skip

    assert files_in(folder) == {"C/good.docx": b"good"}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["disk"]
    assert len(report.refused) == 4


def test_link_in_the_folder_is_not_followed(pretend: Any, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder.mkdir()
    (folder / "C").symlink_to(outside)

    report, _ = pretend(told("C/x.docx", b"x"), told("R/y.docx", b"y"))

    assert list(outside.iterdir()) == []
    assert [path for path, _ in report.refused] == ["C/x.docx"]
    assert (folder / "R" / "y.docx").read_bytes() == b"y"


def test_link_in_the_place_of_a_file_is_kept_and_its_target_untouched(
    pretend: Any, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "precious.txt"
    target.write_text("precious")
    (folder / "C").mkdir(parents=True)
    (folder / "C" / "x.docx").symlink_to(target)

    report, _ = pretend(told("C/x.docx", b"x"))

    assert target.read_text() == "precious"
    assert (folder / report.aside["C/x.docx"]).is_symlink()
    assert (folder / "C" / "x.docx").read_bytes() == b"x"


def test_hidden_folder_that_is_a_link_is_refused(pretend: Any, folder: Path, tmp_path: Path) -> None:
    folder.mkdir()
    (tmp_path / "outside").mkdir()
    (folder / ".sgdocs").symlink_to(tmp_path / "outside")

    with pytest.raises(Refused):
        pretend(told("C/x.docx", b"x"))

    assert list((tmp_path / "outside").iterdir()) == []


def test_file_in_the_place_of_a_folder_stays(pretend: Any, folder: Path) -> None:
    folder.mkdir()
    (folder / "C").write_text("a file of mine")

    report, _ = pretend(told("C/x.docx", b"x"))

    assert [path for path, _ in report.refused] == ["C/x.docx"]
    assert (folder / "C").read_text() == "a file of mine"


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"size": 2}, {"size": 4000}])
def test_content_that_is_not_what_was_told_is_not_placed(pretend: Any, folder: Path, change: dict[str, Any]) -> None:
    report, _ = pretend(told("C/x.docx", b"content", **change), told("C/y.docx", b"y"))

    assert [path for path, _ in report.refused] == ["C/x.docx"]
    assert files_in(folder) == {"C/y.docx": b"y"}


def test_download_goes_on_where_it_was_broken_off(pretend: Any, folder: Path) -> None:
    content = b"0123456789" * 1000
    entry = told("C/x.docx", content)
    pretend()
    [part] = [part_of(folder, entry)]
    part.write_bytes(content[:6000])

    report, server = pretend(entry)

    assert [h["range"] for h in server.headers if "range" in h] == ["bytes=6000-"]
    assert report.fetched == ["C/x.docx"]
    assert (folder / "C" / "x.docx").read_bytes() == content


def test_part_that_was_spoilt_is_fetched_anew(pretend: Any, folder: Path) -> None:
    content = b"0123456789" * 1000
    entry = told("C/x.docx", content)
    pretend()
    part_of(folder, entry).write_bytes(b"spoilt" * 100)

    pretend(entry)

    assert (folder / "C" / "x.docx").read_bytes() == content


def part_of(folder: Path, entry: tuple[dict[str, Any], bytes]) -> Path:
    [read_entry] = read({"format": 1, "files": [entry[0]]}).entries.values()
    return Folder(folder).part(read_entry)


def test_two_files_of_the_same_content_both_come(pretend: Any, folder: Path) -> None:
    pretend(*(told(f"C/{n}.docx", b"same" * 10_000) for n in range(20)))

    assert set(files_in(folder).values()) == {b"same" * 10_000}
    assert len(files_in(folder)) == 20


@pytest.mark.parametrize("url", ["ftp://x", "docs.example.org", "", "https://"])
def test_what_is_no_server_is_not_asked(url: str) -> None:
    with pytest.raises(NotDone):
        Remote(url, "")


def test_token_does_not_travel_in_the_clear() -> None:
    with pytest.raises(NotDone, match="https"):
        Remote("http://docs.example.org", "secret")

    Remote("http://docs.example.org", "").client.close()
    Remote("http://127.0.0.1:8000", "secret").client.close()


def test_redirect_to_elsewhere_is_not_followed(folder: Path) -> None:
    asked: list[str] = []

    def server(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(302, headers={"Location": "https://elsewhere.example/"})

    with httpx2.Client(transport=httpx2.MockTransport(server)) as client, pytest.raises(NotDone, match="302"):
        Sync(Remote("https://bad.test", "secret", client=client), "M", folder, NOW).run()

    assert asked == ["https://bad.test/meeting/M/manifest.json"]


def test_state_is_plain_words(run: Run, folder: Path) -> None:
    run()

    told = json.loads((folder / ".sgdocs" / "state.json").read_text())
    assert told["meeting"] == CODE
    assert "sgd_" not in json.dumps(told)


def test_a_thousand_files_unchanged_take_less_than_a_second(
    run: Run, papers: Papers, meeting: Any, line: Counting, folder: Path
) -> None:
    """Measured on this machine, the server in the same process: both share its time."""
    (folder / "C").mkdir(parents=True)
    for number in range(10, 1010):
        papers.document(meeting, number, text=b"the same text for all")
        (folder / "C" / f"T25-SG13-C{number}-E.docx").write_bytes(b"the same text for all")
    papers.make.session.commit()
    run()
    line.asked.clear()

    began = time.perf_counter()
    report = run()
    took = time.perf_counter() - began

    assert (report.kept, len(line.asked)) == (1002, 1)
    assert took < 1.0
