"""The door of files beside the pages: own threads, so that a slow reader of files never keeps a page waiting.

It stands outside what stands round the pages (sessions, compression): WebDAV has no cookies, and asks for parts of files.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any, cast

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sgdocs.wiring import Services

ROOT = "/dav"
THREADS = 16
LONGEST_BODY = 64_000
"""Bytes of a PROPFIND that names the properties it wants."""
BODY_S = 20.0
"""So long we wait for it; no thread does."""


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
        told = Request(scope).headers.get("content-length", "")
        if told.isdecimal() and 0 < int(told[:12]) <= LONGEST_BODY:
            try:
                receive = await asyncio.wait_for(_whole(receive), BODY_S)
            except TimeoutError:
                late = PlainTextResponse("What was announced did not come.", 408, {"Connection": "close"})
                await late(scope, receive, send)
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


async def _whole(receive: Receive) -> Receive:
    """The same body, all of which has come; what follows it is asked for as before."""
    body, has_more = bytearray(), True
    while has_more and len(body) <= LONGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
        has_more = message.get("more_body", False)
    coming: list[Message] = [{"type": "http.request", "body": bytes(body), "more_body": False}]

    async def again() -> Message:
        return coming.pop() if coming else await receive()

    return again
