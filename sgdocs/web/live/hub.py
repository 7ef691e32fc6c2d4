"""Who listens in this process: so many at most, so many of one person. May be asked from any thread."""

import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import partial

from sgdocs.base.errors import TooMany
from sgdocs.base.rulebook import rule
from sgdocs.web.live.connection import Connection

OF_ONE = rule(
    "web.streams",
    "You follow discussions in {limit} places already. Close one, or load the page again now and then.",
    settings=("streams_per_person",),
)
OF_ALL = rule(
    "web.streams-all",
    "So many follow discussions at this moment that no more can. Load the page again now and then.",
    settings=("streams",),
)
RETRY_AFTER_S = 30

Deed = Callable[[], None]


class Hub:
    """The open connections of a process."""

    def __init__(self, *, most: int, of_one: int) -> None:
        self.most, self.of_one = most, of_one
        self.is_closed = False
        self._lock = threading.Lock()
        self._all: set[Connection] = set()
        self._of: Counter[int] = Counter()

    def admit(self, connection: Connection) -> None:
        """Take it in. TooMany when the house is full, or when its person fills too much of it."""
        with self._lock:
            if self._of[connection.holder.person_id] >= self.of_one:
                raise TooMany(OF_ONE, limit=self.of_one, retry_after_s=RETRY_AFTER_S)
            if len(self._all) >= self.most or self.is_closed:
                raise TooMany(OF_ALL, limit=self.most, retry_after_s=RETRY_AFTER_S)
            self._all.add(connection)
            self._of[connection.holder.person_id] += 1

    def leave(self, connection: Connection) -> None:
        """Give its place free; nothing when it has left already."""
        with self._lock:
            if connection in self._all:
                self._all.remove(connection)
                self._of[connection.holder.person_id] -= 1
                if not self._of[connection.holder.person_id]:
                    del self._of[connection.holder.person_id]

    def everyone(self) -> list[Connection]:
        with self._lock:
            return list(self._all)

    def deliver(self, deeds: Sequence[tuple[Connection, Deed]]) -> None:
        """Do these where the connections live, in one go for each event loop."""
        by_loop: dict[asyncio.AbstractEventLoop, list[Deed]] = defaultdict(list)
        for connection, deed in deeds:
            by_loop[connection.loop].append(deed)
        for loop, mine in by_loop.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_do, mine)

    def close(self) -> None:
        """End all and take none any more: the process is about to stop, the browsers will ask the next one."""
        self.is_closed = True
        self.deliver([(each, partial(each.end, "closing")) for each in self.everyone()])


def _do(deeds: Sequence[Deed]) -> None:
    for deed in deeds:
        deed()
