"""Messages between processes over a Unix socket: a header in JSON, a body of bytes, open files beside them."""

import array
import json
import socket
import struct
import time
from collections.abc import Iterable
from typing import Any

_SIZES = struct.Struct("!IQ")
HEADER_BYTES = 4 * 1024 * 1024
CHUNK_BYTES = 1024 * 1024


class Gone(Exception):
    """The other side has closed or died."""


class TooLong(Exception):
    """The other side wants to send more than is allowed."""


def send(sock: socket.socket, header: dict[str, Any], body: bytes = b"", files: Iterable[int] = ()) -> None:
    """One message. files: descriptors that the receiver gets copies of. Raises Gone, TimeoutError."""
    words = json.dumps(header).encode()
    try:
        socket.send_fds(sock, [_SIZES.pack(len(words), len(body))], list(files))
        sock.sendall(words)
        sock.sendall(body)
    except (BrokenPipeError, ConnectionError) as error:
        raise Gone from error


def receive(
    sock: socket.socket, *, until: float | None = None, limit_bytes: int = 1 << 34
) -> tuple[dict[str, Any], bytes, list[int]]:
    """The next message: header, body, descriptors that the caller must close.

    until: on the monotonic clock; then TimeoutError. Raises Gone at the end, TooLong above limit_bytes.
    """
    beginning, files = _first(sock, until)
    header_bytes, body_bytes = _SIZES.unpack(beginning)
    if header_bytes > HEADER_BYTES or body_bytes > limit_bytes:
        raise TooLong
    header = json.loads(_exactly(sock, header_bytes, until))
    if not isinstance(header, dict):
        raise Gone
    return header, bytes(_exactly(sock, body_bytes, until)), files


def _first(sock: socket.socket, until: float | None) -> tuple[bytes, list[int]]:
    _wait(sock, until)
    try:
        got, beside, _, _ = sock.recvmsg(_SIZES.size, socket.CMSG_SPACE(4 * array.array("i").itemsize))
    except ConnectionError as error:
        raise Gone from error
    files = array.array("i")
    for level, kind, data in beside:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            files.frombytes(data[: len(data) - len(data) % files.itemsize])
    if not got:
        raise Gone
    return got + bytes(_exactly(sock, _SIZES.size - len(got), until)), list(files)


def _exactly(sock: socket.socket, length: int, until: float | None) -> bytearray:
    got = bytearray()
    while len(got) < length:
        _wait(sock, until)
        try:
            more = sock.recv(min(CHUNK_BYTES, length - len(got)))
        except ConnectionError as error:
            raise Gone from error
        if not more:
            raise Gone
        got += more
    return got


def _wait(sock: socket.socket, until: float | None) -> None:
    """Let the next call wait no longer than that moment."""
    if until is None:
        sock.settimeout(None)
        return
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    sock.settimeout(left)
