"""A discussion as it goes on: the one handler that is a coroutine, since its answer stays open and must hold no thread."""

import asyncio
import threading
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from sgdocs.web.deps import services_of
from sgdocs.web.guard import HEAD_ASKED
from sgdocs.web.live.admitting import Asked, admit
from sgdocs.web.live.answering import EventStream
from sgdocs.web.live.hub import Hub
from sgdocs.web.live.reader import Reader

pages = APIRouter()
_LOCK = threading.Lock()


@pages.get("/discussion/{id}/stream")
async def stream(
    request: Request,
    id: int,
    after: str = "",
    also: Annotated[tuple[str, ...], Query()] = (),
    last_event_id: Annotated[str, Header()] = "",
) -> Response:
    """Messages as they are said, for a browser's EventSource: `message`, `thread`, `reload`; further threads by `also`."""
    reader = reader_of(request)
    asked = Asked.read(id, after, list(also), last_event_id)
    if request.scope.get(HEAD_ASKED):
        return Response(media_type=EventStream.media_type)
    loop = asyncio.get_running_loop()
    connection, first = await run_in_threadpool(admit, request, asked, reader, reader.hub, loop)
    return EventStream(reader.hub, connection, first)


def reader_of(request: Request) -> Reader:
    """The reader of this process, made with the first who listens."""
    state = request.app.state
    with _LOCK:
        if not hasattr(state, "live"):
            services = services_of(request)
            settings = services.settings
            hub = Hub(most=settings.streams, of_one=settings.streams_per_person)
            poll_s, access_s = settings.stream_poll_ms / 1000, settings.stream_access_s
            state.live = Reader(services.database, state.clock, hub, poll_s, access_s)
    reader = state.live
    assert isinstance(reader, Reader)
    return reader
