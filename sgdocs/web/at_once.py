"""What one visitor may have at work at once in a process: slow files of one person must not stop everybody's pages."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sgdocs.base.errors import TooMany
from sgdocs.base.rulebook import rule

AT_ONCE = rule(
    "web.at-once",
    "You have {limit} uploads at work already. Wait until one is done.",
    settings=("uploads_at_once",),
)
RETRY_AFTER_S = 5
_lock = threading.Lock()
_at_work: Counter[str] = Counter()


@contextmanager
def at_work(key: str, limit: int) -> Iterator[None]:
    """Hold one of so many places; TooMany when all are taken. Never waits: waiting would hold a thread."""
    with _lock:
        if _at_work[key] >= limit:
            raise TooMany(AT_ONCE, limit=limit, retry_after_s=RETRY_AFTER_S)
        _at_work[key] += 1
    try:
        yield
    finally:
        with _lock:
            _at_work[key] -= 1
            if not _at_work[key]:
                del _at_work[key]
