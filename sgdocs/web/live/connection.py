"""One open answer: what waits to be sent, and whether it goes on. Lives in the event loop; others hand in by `Hub.deliver`."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Final

from sgdocs.base.actor import Actor
from sgdocs.journal.tail import Cursor

MOST_WAITING: Final = 200
"""Pieces that wait for a reader who does not read; then the answer ends, and the browser asks for what it missed."""
MOST_BYTES: Final = 4_000_000
"""The same in bytes: a long message makes a long piece."""


@dataclass(frozen=True)
class Holder:
    """By what somebody came in: a browser's session or a token, by their rows, so that a new id of a session matters not."""

    person_id: int
    session_id: int | None = None
    token_id: int | None = None


@dataclass
class Sight:
    """What the reader knows of a holder's rights; None is asked anew before anything is sent. at: seconds, monotonic."""

    actor: Actor | None = None
    readable: frozenset[int] | None = None
    at: float = 0.0


@dataclass(eq=False)
class Connection:
    """threads: what it is open for; language, zone: in which messages are worded; begins: all up to there was sent first.

    sight: of the reader's thread alone.
    """

    holder: Holder
    threads: frozenset[int]
    language: str
    zone: str
    loop: asyncio.AbstractEventLoop
    begins: Cursor = field(default_factory=Cursor)
    sight: Sight = field(default_factory=Sight)
    ended: str = ""
    _waiting: deque[bytes] = field(default_factory=deque)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def offer(self, piece: bytes) -> None:
        """Something more to send; ends the answer when its reader lags too far behind."""
        if self.ended:
            return
        if len(self._waiting) >= MOST_WAITING or sum(map(len, self._waiting)) > MOST_BYTES:
            self.end("slow")
            return
        self._waiting.append(piece)
        self._news.set()

    def end(self, why: str) -> None:
        """Nothing more is sent, not even what waited. why: access, slow, closing. A browser asks anew, and is answered anew."""
        self.ended = self.ended or why
        self._waiting.clear()
        self._news.set()

    async def next(self, patience_s: float) -> bytes:
        """All that waits, as one piece; b"" when nothing came for so long, or when it has ended."""
        if not self._waiting and not self.ended:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), patience_s)
            except TimeoutError:
                return b""
        told = b"".join(self._waiting)
        self._waiting.clear()
        return told
