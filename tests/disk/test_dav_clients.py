"""Programs that people really mount folders with, against the running server."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from sgdocs.wiring import Services
from tests.cast import Cast
from tests.disk.papers import Papers
from tests.disk.serving import served
from tests.disk.tokens import token_of

CODE = "T25-SG13-260706"
CI = os.environ.get("SGDOCS_CI") == "1"
pytestmark = pytest.mark.databases("sqlite")


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not CI and shutil.which(program) is None, reason=f"{program} is not installed")


@pytest.fixture
def token(services: Services, papers: Papers, cast: Cast) -> str:
    meeting = papers.meeting()
    for number in range(1, 13):
        papers.document(meeting, number, text=b"x" * number * 1000, stamped=f"stamped {number} ".encode() * 1000)
    papers.document(meeting, 2, stream="WP1", kind="temporary-document")
    papers.document(meeting, 99, audience="secretariat")
    return token_of(services, cast.delegate_member, "files:read")


@pytest.fixture
def address(app: FastAPI, token: str) -> Iterator[str]:
    with served(app) as address:
        yield address


def rclone(address: str, token: str, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """rclone with a remote `dav:` of its own."""
    home.mkdir(exist_ok=True)
    obscured = subprocess.run(["rclone", "obscure", token], capture_output=True, text=True, check=True).stdout.strip()
    config = home / "rclone.conf"
    config.write_text(
        f"[dav]\ntype = webdav\nurl = {address}/dav\nvendor = other\nuser = a@b.test\npass = {obscured}\n"
    )
    return subprocess.run(
        ["rclone", "--config", str(config), "--retries", "1", *words],
        capture_output=True, text=True, timeout=120, check=False, env={**os.environ, "HOME": str(home)},
    )  # fmt: skip


@needs("rclone")
def test_rclone_copies_a_meeting_and_has_nothing_to_do_again(
    address: str, token: str, papers: Papers, tmp_path: Path
) -> None:
    target = tmp_path / "copy"

    done = rclone(address, token, tmp_path / "home", "copy", f"dav:{CODE}", str(target))
    again = rclone(address, token, tmp_path / "home", "copy", "-v", f"dav:{CODE}", str(target))

    assert done.returncode == 0, done.stderr
    copied = sorted(str(f.relative_to(target)) for f in target.rglob("*") if f.is_file())
    assert copied == sorted([f"C/T25-SG13-C{n}-E.docx" for n in range(1, 13)] + ["TD-WP1/T25-SG13-TD2-WP1-E.docx"])
    assert (target / "C" / "T25-SG13-C3-E.docx").read_bytes() == b"stamped 3 " * 1000
    assert again.returncode == 0
    assert "Copied" not in again.stderr


@needs("rclone")
def test_rclone_cannot_write_or_delete(address: str, token: str, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    put = rclone(address, token, tmp_path / "home", "copy", str(tmp_path / "mine.txt"), f"dav:{CODE}/C")
    gone = rclone(address, token, tmp_path / "home", "delete", f"dav:{CODE}")
    left = rclone(address, token, tmp_path / "home", "lsf", "-R", "--files-only", f"dav:{CODE}")

    assert put.returncode != 0
    assert gone.returncode != 0
    assert len(left.stdout.splitlines()) == 13


@needs("rclone")
def test_rclone_without_a_token_gets_nothing(address: str, tmp_path: Path) -> None:
    done = rclone(address, "sgd_wrong", tmp_path / "home", "lsf", "dav:")

    assert done.returncode != 0
    assert done.stdout == ""


@needs("cadaver")
def test_cadaver_lists_and_gets(address: str, token: str, tmp_path: Path) -> None:
    (tmp_path / ".netrc").write_text(f"machine 127.0.0.1 login a@b.test password {token}\n")
    (tmp_path / ".netrc").chmod(0o600)
    script = f"ls\ncd {CODE}\ncd C\nls\nget T25-SG13-C3-E.docx\nput .netrc\ndelete T25-SG13-C1-E.docx\nquit\n"

    done = subprocess.run(
        ["cadaver", f"{address}/dav/"], input=script, cwd=tmp_path, capture_output=True, text=True, timeout=60,
        check=False, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip

    assert CODE in done.stdout, done.stdout + done.stderr
    assert (tmp_path / "T25-SG13-C3-E.docx").read_bytes() == b"stamped 3 " * 1000
    assert done.stdout.count("failed") == 2
