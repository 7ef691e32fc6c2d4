"""The virus scanner: a real daemon with a signature of our own, and servers that misbehave."""

import hashlib
import io
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sgdocs.storage.clamd import ClamdScanner
from sgdocs.storage.scanner import NullScanner, ScannerUnreachable, Verdict
from sgdocs.wiring import scanner_of

CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
PLANTED = b"a harmless text that stands for a virus" * 40
PATIENCE_S = 60


@pytest.fixture(scope="module")
def daemon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The socket of a clamd that knows one signature, the digest of PLANTED, and takes streams up to 2 MB."""
    if CLAMD is None:
        pytest.skip("clamd is not installed")
    folder = tmp_path_factory.mktemp("clamd")
    base = folder / "signatures"
    base.mkdir()
    (base / "planted.hdb").write_text(
        f"{hashlib.md5(PLANTED, usedforsecurity=False).hexdigest()}:{len(PLANTED)}:Planted\n"
    )
    at = folder / "clamd.sock"
    settings = {
        "LocalSocket": at,
        "DatabaseDirectory": base,
        "LogFile": folder / "clamd.log",
        "Foreground": "yes",
        "StreamMaxLength": "2M",
    }
    if len(str(at)) > 100:
        pytest.skip("the folder's name is too long for a socket")
    (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    process = subprocess.Popen([CLAMD, "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL)
    try:
        _wait_for(at, process)
        yield str(at)
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(at: Path, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE_S
    while not at.exists():
        assert process.poll() is None, "clamd has ended"
        assert time.monotonic() < until, "clamd does not open its socket"
        time.sleep(0.1)


def test_daemon_passes_what_is_clean(daemon: str) -> None:
    assert ClamdScanner(daemon).scan(io.BytesIO(b"x" * 1_000_000)) == Verdict()


def test_daemon_names_what_it_finds(daemon: str) -> None:
    verdict = ClamdScanner(daemon).scan(io.BytesIO(PLANTED))

    assert not verdict.is_clean
    assert verdict.signature.startswith("Planted")


def test_empty_stream_is_clean(daemon: str) -> None:
    assert ClamdScanner(daemon).scan(io.BytesIO()).is_clean


def test_stream_over_the_daemons_limit_has_no_verdict(daemon: str) -> None:
    with pytest.raises(ScannerUnreachable, match=r"size limit|reset|Broken|no answer"):
        ClamdScanner(daemon).scan(io.BytesIO(b"x" * 8_000_000))


def test_many_scan_at_once(daemon: str) -> None:
    found: list[str] = []

    def scan(content: bytes) -> None:
        found.append(ClamdScanner(daemon).scan(io.BytesIO(content)).signature)

    threads = [threading.Thread(target=scan, args=(PLANTED if n % 2 else b"clean",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(bool(name) for name in found) == [False] * 4 + [True] * 4


@pytest.fixture
def answering() -> Iterator["Answering"]:
    server = Answering()
    yield server
    server.close()


class Answering:
    """A server that takes one stream and says what it is told to; None: hangs up."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.says: bytes | None = b"stream: OK\0"
        self.took = b""
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.socket.getsockname()[1]}"

    def _serve(self) -> None:
        try:
            line, _ = self.socket.accept()
        except OSError:
            return
        with line, line.makefile("rb") as words:
            assert words.read(10) == b"zINSTREAM\0"
            while length := int.from_bytes(words.read(4), "big"):
                self.took += words.read(length)
            if self.says is not None:
                line.sendall(self.says)

    def close(self) -> None:
        self.socket.close()


def test_content_goes_over_in_pieces_and_whole(answering: Answering) -> None:
    content = bytes(range(256)) * 2000

    assert ClamdScanner(answering.address).scan(io.BytesIO(content)).is_clean
    assert answering.took == content


@pytest.mark.parametrize("says", [None, b"", b"INSTREAM size limit exceeded. ERROR\0", b"UNKNOWN COMMAND\0", b"\xff\0"])
def test_answer_without_a_verdict_is_none(answering: Answering, says: bytes | None) -> None:
    answering.says = says

    with pytest.raises(ScannerUnreachable):
        ClamdScanner(answering.address).scan(io.BytesIO(b"text"))


def test_silent_server_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(ScannerUnreachable, match="timed out"):
        ClamdScanner(f"127.0.0.1:{silent.getsockname()[1]}", timeout_s=0.2).scan(io.BytesIO(b"text"))


@pytest.mark.parametrize("address", ["/tmp/there/is/none.sock", "127.0.0.1:1"])
def test_absent_daemon_is_unreachable(address: str) -> None:
    with pytest.raises(ScannerUnreachable, match=address):
        ClamdScanner(address, timeout_s=1).scan(io.BytesIO(b"text"))


def test_setting_says_which_scanner() -> None:
    local, far = scanner_of("clamd:/run/clamav/clamd.ctl"), scanner_of("clamd:scanner.example:3310")

    assert isinstance(scanner_of(""), NullScanner)
    assert isinstance(local, ClamdScanner)
    assert local.address == "/run/clamav/clamd.ctl"
    assert isinstance(far, ClamdScanner)
    assert far.address == "scanner.example:3310"
    for wrong in ("clamd:", "clamd:host", "http://x", "clamd"):
        with pytest.raises(ValueError, match="SGDOCS_SCANNER"):
            scanner_of(wrong)
