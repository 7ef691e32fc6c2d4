"""ClamAV's daemon by its socket: the content goes over in pieces (INSTREAM), the verdict comes back in a line."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from sgdocs.storage.scanner import ScannerUnreachable, Verdict

CHUNK_BYTES = 1 << 17
LONGEST_ANSWER_BYTES = 4096
_SPEAKS = b"zINSTREAM\0"
_END = (0).to_bytes(4, "big")


class ClamdScanner:
    """address: path of a local socket, or `host:port`. timeout_s: of each step, not of the whole."""

    def __init__(self, address: str, *, timeout_s: float = 30) -> None:
        self.address = address
        self.timeout_s = timeout_s

    def scan(self, stream: BinaryIO) -> Verdict:
        try:
            with self._connected() as line:
                told = _converse(line, stream)
        except OSError as error:
            raise ScannerUnreachable(f"{self.address}: {error}") from error
        return _verdict(told)

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        if self.address.startswith("/"):
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(self.timeout_s)
                line.connect(self.address)
                yield line
        else:
            host, _, port = self.address.rpartition(":")
            with socket.create_connection((host, int(port)), self.timeout_s) as line:
                yield line


def _converse(line: socket.socket, stream: BinaryIO) -> str:
    """Send all of it, or as much as the daemon takes; what it said. It stops taking when a limit of its own is met."""
    line.sendall(_SPEAKS)
    try:
        while chunk := stream.read(CHUNK_BYTES):
            line.sendall(len(chunk).to_bytes(4, "big") + chunk)
        line.sendall(_END)
    except (BrokenPipeError, ConnectionResetError):
        pass  # its answer says why
    told = b""
    while len(told) < LONGEST_ANSWER_BYTES and (piece := line.recv(1024)):
        told += piece
        if piece.endswith(b"\0"):
            break
    return told.rstrip(b"\0\n").decode("utf-8", "replace")


def _verdict(told: str) -> Verdict:
    """`stream: OK`, `stream: NAME FOUND`; anything else is no verdict."""
    words = told.removeprefix("stream: ")
    if words == "OK":
        return Verdict()
    if words.endswith(" FOUND"):
        return Verdict(words.removesuffix(" FOUND"))
    raise ScannerUnreachable(told or "no answer")
