"""The end of the open answers when the server is told to stop: it waits for every answer, and these have no end of their own."""

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from fastapi import FastAPI

from sgdocs.web.live.reader import Reader

SIGNALS = (signal.SIGTERM, signal.SIGINT)
Handler = Callable[[int, FrameType | None], Any]


@contextmanager
def closing(app: FastAPI) -> Iterator[None]:
    """While the application lives. A signal ends the answers at once and goes on to whoever waited for it before."""
    before = {signum: signal.getsignal(signum) for signum in SIGNALS} if _is_main() else {}
    loop = asyncio.get_running_loop()
    for signum, handler in before.items():
        if callable(handler):
            signal.signal(signum, _first(lambda: loop.call_soon_threadsafe(_close, app), handler))
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
        reader = getattr(app.state, "live", None)
        if isinstance(reader, Reader):
            reader.close()


def _first(deed: Callable[[], object], handler: Handler) -> Handler:
    def both(signum: int, frame: FrameType | None) -> None:
        deed()
        handler(signum, frame)

    return both


def _close(app: FastAPI) -> None:
    reader = getattr(app.state, "live", None)
    if isinstance(reader, Reader):
        reader.hub.close()


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()
