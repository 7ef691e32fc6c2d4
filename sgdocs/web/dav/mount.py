"""The door of files beside the pages: own threads, so that a slow reader of files never keeps a page waiting.

It stands outside what stands round the pages (sessions, compression): WebDAV has no cookies, and asks for parts of files.
"""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any, cast

from starlette.types import ASGIApp, Receive, Scope, Send

from sgdocs.wiring import Services

ROOT = "/dav"
THREADS = 16


class DavMount:
    """Sends what is asked below `/dav` there, everything else on. The protocol is loaded when it is first spoken."""

    def __init__(self, app: ASGIApp, services: Services, clock: Callable[[], datetime]) -> None:
        self.app = app
        self.services = services
        self.clock = clock
        self._dav: ASGIApp | None = None
        self._loading = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not (scope["path"] == ROOT or scope["path"].startswith(f"{ROOT}/")):
            await self.app(scope, receive, send)
            return
        await self.dav({**scope, "root_path": ROOT}, receive, send)

    @property
    def dav(self) -> ASGIApp:
        with self._loading:
            if self._dav is None:
                from a2wsgi import WSGIMiddleware

                from sgdocs.web.dav.door import Door

                door: Any = Door(self.services, self.clock)
                self._dav = cast(ASGIApp, WSGIMiddleware(door, workers=THREADS))
            return self._dav
