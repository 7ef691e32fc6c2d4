"""`sgdocs sync` as a process of its own, against a running server: killed in the middle, it goes on."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from sgdocs.cli import main
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.disk.papers import Papers
from tests.disk.serving import served
from tests.disk.tokens import token_of
from tests.support.databases import ROOT

CODE = "T25-SG13-260706"
FILES = 60
PATIENCE_S = 60
pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def token(services: Services, papers: Papers, cast: Cast) -> str:
    meeting = papers.meeting()
    for number in range(1, FILES + 1):
        papers.document(meeting, number, text=content(number))
    return token_of(services, cast.delegate_member, "read")


@pytest.fixture
def address(app: FastAPI, token: str) -> Iterator[str]:
    with served(app) as address:
        yield address


def content(number: int) -> bytes:
    return hashlib.sha256(str(number).encode()).digest() * 10_000


def start(address: str, token: str, folder: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "sgdocs", "sync", CODE, str(folder), "--server", address, *words],
        env={**os.environ, "SGDOCS_TOKEN": token, "PYTHONPATH": str(ROOT)},
        cwd=folder.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: "subprocess.Popen[str]") -> tuple[int, str]:
    _, said = process.communicate(timeout=PATIENCE_S)
    return process.returncode, said


def placed(folder: Path) -> list[Path]:
    return sorted(folder.glob("C/*.docx"))


def test_killed_sync_leaves_whole_files_and_goes_on(address: str, token: str, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    counts = []
    for wanted in (3, 30):
        process = start(address, token, folder)
        until = time.monotonic() + PATIENCE_S
        while len(placed(folder)) < wanted and process.poll() is None and time.monotonic() < until:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        finish(process)
        counts.append(len(placed(folder)))
        assert {f.read_bytes() for f in placed(folder)} <= {content(n) for n in range(1, FILES + 1)}

    code, said = finish(start(address, token, folder))

    assert counts[0] < FILES
    assert code == 0, said
    assert {f.name: f.read_bytes() for f in placed(folder)} == {
        f"T25-SG13-C{n}-E.docx": content(n) for n in range(1, FILES + 1)
    }
    assert list((folder / ".sgdocs" / "parts").iterdir()) == []


def test_exit_codes(
    address: str, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "disk"

    def sync(*words: str, token: str = token, server: str = address, into: Path = folder) -> tuple[int, str]:
        monkeypatch.setenv("SGDOCS_TOKEN", token)
        monkeypatch.setattr(sys, "argv", ["sgdocs", "sync", CODE, str(into), "--server", server, *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), capsys.readouterr().err

    first = sync()
    placed(folder)[0].write_bytes(b"my notes")
    changed, verified = sync(), sync("--verify")
    wrong = sync(token=token + "x")
    nobody = sync(server="http://127.0.0.1:9", into=tmp_path / "other")

    assert [code for code, _ in (first, changed, verified, wrong, nobody)] == [0, 0, 1, 2, 2]
    assert "changed by you, left as it is: C/" in changed[1]
    assert f"{FILES} files on the server: 0 fetched, {FILES - 1} were here, nothing has changed there." in changed[1]
    assert placed(folder)[0].read_bytes() == b"my notes"
