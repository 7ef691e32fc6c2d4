"""The answer that stays open: a heartbeat when nothing happens, an end when its reader is gone, slow, or no longer allowed."""

from typing import Final

import anyio
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sgdocs.web.live.connection import Connection
from sgdocs.web.live.hub import Hub

HEARTBEAT_S: Final = 15.0
STALLED_S: Final = 20.0
"""A reader who takes nothing for so long is given up: the machine sleeps, or somebody holds the answer on purpose."""
HEARTBEAT: Final = b":\n\n"
RETRY_MS: Final = 3000
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""No proxy may keep back what is to be there at once."""


class EventStream(Response):
    """first: what is sent before anything that happens from now on."""

    media_type = "text/event-stream"

    def __init__(self, hub: Hub, connection: Connection, first: bytes) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self.hub, self.connection, self.first = hub, connection, first

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with anyio.create_task_group() as tasks:
                tasks.start_soon(_until_gone, receive, tasks.cancel_scope)
                await self._send_all(send)
                tasks.cancel_scope.cancel()
        finally:
            self.hub.leave(self.connection)

    async def _send_all(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        told = b"retry: %d\n\n" % RETRY_MS + self.first
        while True:
            with anyio.move_on_after(STALLED_S) as patience:
                await send({"type": "http.response.body", "body": told, "more_body": True})
            if patience.cancelled_caught:
                self.connection.end("slow")
                return
            told = await self.connection.next(HEARTBEAT_S) or HEARTBEAT
            if self.connection.ended:
                break
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _until_gone(receive: Receive, waiting: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    waiting.cancel()
