"""The one reader of the journal of a process: a thread that runs only while somebody listens.

Each round: read what was committed since, look who may still read, word it, hand it to the event loop. It holds no
transaction between rounds. What fails is logged and tried again; nothing that was not read is passed over.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlmodel import Session

from sgdocs.base.db import Database
from sgdocs.discussions import following
from sgdocs.discussions.following import Heard
from sgdocs.journal.tail import Tail
from sgdocs.web.live import access
from sgdocs.web.live.connection import Connection
from sgdocs.web.live.hub import Deed, Hub
from sgdocs.web.live.telling import Wording

LINGERS_S: Final = 5.0
"""Browsers that load another page are back at once."""
AT_ONCE: Final = 25
"""So many whose turn it is are looked at in one round."""
log = logging.getLogger(__name__)


@dataclass
class Reader:
    """poll_s: pause between rounds; access_s: after so long somebody's rights are looked at again, whatever happened."""

    database: Database
    clock: Callable[[], datetime]
    hub: Hub
    poll_s: float
    access_s: float
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _tail: Tail | None = None

    def ensure(self) -> None:
        """Have it run, from the journal's end as it is now; whoever was admitted before hears all that comes after."""
        with self._lock:
            if self._thread is not None:
                return
            with self.database.reading() as session:
                self._tail = Tail(session, self.clock())
            self._thread = threading.Thread(target=self._run, name="live", daemon=True)
            self._thread.start()

    @property
    def is_running(self) -> bool:
        return self._thread is not None

    def close(self) -> None:
        """End all connections, and the thread."""
        self.hub.close()
        self._stop.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=10)

    def _run(self) -> None:
        alone_since: float | None = None
        while not self._stop.wait(self.poll_s):
            if self.hub.everyone():
                alone_since = None
            else:
                alone_since = alone_since or time.monotonic()
                if time.monotonic() - alone_since > LINGERS_S and self._rest():
                    return
            try:
                self._round()
            except Exception:
                log.exception("the live reader stumbled; it goes on")
                self._stop.wait(1)

    def _rest(self) -> bool:
        """Stop, unless somebody came in this moment."""
        with self._lock:
            if self.hub.everyone():
                return False
            self._thread = None
            return True

    def _round(self) -> None:
        assert self._tail is not None, "made before the thread"
        now = self.clock()
        with self.database.reading() as session:
            lines = self._tail.read(session, now)
            everyone = self.hub.everyone()
            access.hear(lines, everyone)
            turn = access.due(everyone, self.access_s, AT_ONCE)
            access.forget(turn)
            wanted = frozenset(id for each in everyone for id in each.threads)
            heard = following.heard(session, lines, wanted) if wanted else []
            spoken = {each.thread.id for each in heard}
            asked = {*turn, *(each for each in everyone if each.threads & spoken)}
            deeds = self._deeds(session, [each for each in everyone if each in asked], heard, now)
        self.hub.deliver(deeds)

    def _deeds(
        self, session: Session, asked: Sequence[Connection], heard: Sequence[Heard], now: datetime
    ) -> list[tuple[Connection, Deed]]:
        """What each gets of it; the end for who may read nothing of what it is open for."""
        assert self._tail is not None, "made before the thread"
        wording, behind = Wording(), self._tail.cursor
        deeds: list[tuple[Connection, Deed]] = []
        for each, may_read in access.readable(session, asked, now).items():
            each.threads = may_read
            if not may_read:
                deeds.append((each, _ending(each)))
                continue
            mine = [one for one in heard if one.thread.id in may_read and not each.begins.has(one.entry_id)]
            if mine:
                deeds.append((each, _offering(each, wording.piece(mine, each.language, each.zone, behind))))
        return deeds


def _offering(connection: Connection, piece: bytes) -> Deed:
    return lambda: connection.offer(piece)


def _ending(connection: Connection) -> Deed:
    return lambda: connection.end("access")
