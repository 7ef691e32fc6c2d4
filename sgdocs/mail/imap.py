"""An inbox by IMAP: `imaps://user:password@host:993/INBOX`, or `imap://…` (STARTTLS, never a password in the clear)."""

import imaplib
import re
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from sgdocs.mail.inbox import InboxUnreachable, Waiting

TIMEOUT_S = 20
EVERY_S = 60
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
LOCAL = ("localhost", "127.0.0.1", "::1")


class ImapInbox:
    """Messages that are not seen yet; what is done is marked seen. Asked at most once a minute."""

    def __init__(self, url: str, *, every_s: float = EVERY_S) -> None:
        parts = urlsplit(url)
        self.secure = parts.scheme == "imaps"
        self.host = parts.hostname or "localhost"
        self.port = parts.port or (993 if self.secure else 143)
        self.user, self.password = unquote(parts.username or ""), unquote(parts.password or "")
        self.mailbox = unquote(parts.path.strip("/")) or "INBOX"
        self._every_s = every_s
        self._next = 0.0

    def waiting(self, limit_bytes: int, most: int = 20) -> Iterator[Waiting]:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every_s
        with self._open() as server:
            found = _answer(server.uid("SEARCH", "UNSEEN"))
            for key in (found[0] or b"").split()[:most]:
                yield self._fetched(server, key.decode("ascii"), limit_bytes)

    def done(self, key: str) -> None:
        with self._open() as server:
            _answer(server.uid("STORE", key, "+FLAGS", r"(\Seen)"))

    def _fetched(self, server: imaplib.IMAP4, key: str, limit_bytes: int) -> Waiting:
        """Its size first: what is too large is not fetched."""
        told = _answer(server.uid("FETCH", key, "(RFC822.SIZE)"))
        size = _SIZE.search(b" ".join(part if isinstance(part, bytes) else part[0] for part in told if part))
        size_bytes = int(size[1]) if size else 0
        if size_bytes > limit_bytes:
            return Waiting(key, b"", size_bytes)
        parts = _answer(server.uid("FETCH", key, "(BODY.PEEK[])"))
        raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        return Waiting(key, raw if len(raw) <= limit_bytes else b"", len(raw))

    @contextmanager
    def _open(self) -> Iterator[imaplib.IMAP4]:
        try:
            server = self._connect()
            try:
                server.login(self.user, self.password)
                _answer(server.select(f'"{self.mailbox}"'))
                yield server
            finally:
                server.logout()
        except (OSError, imaplib.IMAP4.error) as error:
            raise InboxUnreachable(f"{self.host}:{self.port}: {error}") from error

    def _connect(self) -> imaplib.IMAP4:
        context = ssl.create_default_context()
        if self.secure:
            return imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=TIMEOUT_S)
        server = imaplib.IMAP4(self.host, self.port, timeout=TIMEOUT_S)
        if "STARTTLS" in server.capabilities:
            server.starttls(context)
        elif self.host not in LOCAL:
            server.shutdown()
            raise InboxUnreachable(f"{self.host}:{self.port} offers no STARTTLS")
        return server


def _answer(answer: tuple[str, list[Any]]) -> list[Any]:
    """The parts of an answer that says OK."""
    status, parts = answer
    if status != "OK":
        raise imaplib.IMAP4.error(str(parts[:1]))
    return parts
