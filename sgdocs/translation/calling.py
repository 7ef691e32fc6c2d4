"""Calls to the configured service, and to nothing else: no redirect, no proxy, so many bytes and seconds at most."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from urllib.parse import SplitResult, urlsplit

from sgdocs.translation.port import BUSY, DEAD, ELSEWHERE, HANGS, NOT_UNDERSTOOD, REFUSED, TOO_MUCH, TranslatorFailed

CHUNK_BYTES: Final = 1 << 16
MOST_WORDS: Final = 2_000
"""Bytes of an answer that tells of an error."""
PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Asked:
    """One request. path: below the address of the service, or whole with `at_root`."""

    method: str
    path: str
    body: bytes | Iterable[bytes] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    at_root: bool = False


@dataclass(frozen=True)
class Service:
    """Where the service is. url: `https://host/path`."""

    url: str
    context: ssl.SSLContext | None = None

    @property
    def parts(self) -> SplitResult:
        return urlsplit(self.url)

    @property
    def host(self) -> str:
        return self.parts.hostname or ""

    @property
    def port(self) -> int:
        return self.parts.port or PORTS[self.parts.scheme]

    def fetch(self, asked: Asked, sink: BinaryIO, *, seconds: float, most_bytes: int) -> str:
        """Write the body of a good answer to the sink; its media type. TranslatorFailed in every other case.

        seconds: for all of it, however it trickles.
        """
        line = self._line(seconds)
        try:
            with _cut_after(line, seconds):
                return self._fetch(line, asked, sink, most_bytes)
        except TranslatorFailed:
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            if line.is_cut or isinstance(error, TimeoutError):
                raise TranslatorFailed(HANGS, host=self.host, seconds=f"{seconds:g}") from error
            raise TranslatorFailed(DEAD, host=self.host, why=f"{type(error).__name__} {error}"[:200]) from error

    def _fetch(self, line: "Line", asked: Asked, sink: BinaryIO, most_bytes: int) -> str:
        path = asked.path if asked.at_root else self.parts.path.rstrip("/") + asked.path
        headers = {"Accept-Encoding": "identity", "Connection": "close", **asked.headers}
        line.request(asked.method, path, asked.body, headers)
        with closing(line.getresponse()) as answer:
            return self._taken(line, answer, sink, most_bytes)

    def _taken(self, line: "Line", answer: http.client.HTTPResponse, sink: BinaryIO, most_bytes: int) -> str:
        if answer.status != 200:
            raise self._refusal(answer)
        if answer.getheader("Content-Encoding", "identity").lower() != "identity":
            raise TranslatorFailed(NOT_UNDERSTOOD, host=self.host, why="it is packed")
        got = 0
        while piece := answer.read(CHUNK_BYTES):
            got += len(piece)
            if got > most_bytes:
                raise TranslatorFailed(TOO_MUCH, host=self.host, most=most_bytes)
            sink.write(piece)
        if line.is_cut:
            raise TimeoutError
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
        return answer.getheader("Content-Type", "")

    def _refusal(self, answer: http.client.HTTPResponse) -> TranslatorFailed:
        status = answer.status
        if 300 <= status < 400:
            return TranslatorFailed(ELSEWHERE, is_final=True, host=self.host, where=answer.getheader("Location", "?"))
        why = " ".join(answer.read(MOST_WORDS).decode("utf-8", "replace").split())[:200]
        if status == 429 or status >= 500:
            return TranslatorFailed(BUSY, host=self.host, status=status, why=why)
        return TranslatorFailed(REFUSED, is_final=status in FINAL, host=self.host, status=status, why=why)

    def _line(self, seconds: float) -> "Line":
        if self.parts.scheme == "https":
            return Line(self.host, self.port, seconds, self.context or ssl.create_default_context())
        return Line(self.host, self.port, seconds, None)


FINAL: Final = frozenset({400, 401, 403, 404, 405, 413, 415, 422})


class Line(http.client.HTTPConnection):
    """One connection, which can be cut from outside. context: of TLS, None for plain HTTP."""

    def __init__(self, host: str, port: int, seconds: float, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=seconds)
        self.context, self.is_cut = context, False
        self.kept: socket.socket | None = None

    def connect(self) -> None:
        """The socket is kept beside: the connection lets go of its own as soon as an answer begins."""
        super().connect()
        if self.context is not None:
            self.sock = self.context.wrap_socket(self.sock, server_hostname=self.host)
        self.kept = self.sock

    def cut(self) -> None:
        """End it: one that trickles would never end by its own time-out."""
        self.is_cut = True
        if self.kept is not None:
            try:
                socket.socket.shutdown(self.kept, socket.SHUT_RDWR)
            except OSError:
                return


@contextmanager
def _cut_after(line: Line, seconds: float) -> Iterator[None]:
    watch = threading.Timer(seconds, line.cut)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
        line.close()
