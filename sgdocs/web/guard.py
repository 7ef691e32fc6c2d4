"""ASGI middleware round everything.

Refuses what another site sent or what is too large, hardens every answer, and answers HEAD as GET without a body.
"""

from fastapi import Request
from sqlalchemy.exc import OperationalError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed, Refused
from sgdocs.base.settings import Settings
from sgdocs.web.deps import visitor_of
from sgdocs.web.errors import BUSY, TOO_LARGE, Busy, TooLarge, answer
from sgdocs.web.security import harden, is_secure, why_not

MEGABYTE_BYTES = 1_000_000
WORDS_BYTES = 2_000_000
"""JSON and plain forms are read as a whole, in memory, before anybody is asked who it is; files come by multipart."""

HEAD_ASKED = "sgdocs.head"
"""In the scope of a GET that was a HEAD: an answer without end must not begin."""


class Guard:
    """settings.body_limit_mb bounds what an account holder sends with files, two megabytes all else, its length told or not."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.limit_bytes = settings.body_limit_mb * MEGABYTE_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)

        is_head = request.method == "HEAD"

        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                harden(MutableHeaders(scope=message), secure=is_secure(request, self.settings))
            await send({**message, "body": b""} if is_head and "body" in message else message)

        limit_bytes = self._limit_bytes(request)
        refused = why_not(request, self.settings) or _why_too_large(request, limit_bytes)
        if refused is None and limit_bytes > WORDS_BYTES and not _is_small(request):
            refused, limit_bytes = await run_in_threadpool(_why_not_so_much, request, limit_bytes)
        if refused is None:
            asked = {**scope, "method": "GET", HEAD_ASKED: True} if is_head else scope
            await self.app(asked, _counted(receive, limit_bytes), hardened)
            return
        response = await run_in_threadpool(answer, request, refused)
        await response(scope, receive, hardened)

    def _limit_bytes(self, request: Request) -> int:
        brings_files = request.headers.get("content-type", "").lower().startswith("multipart/form-data")
        return self.limit_bytes if brings_files else min(WORDS_BYTES, self.limit_bytes)


def _is_small(request: Request) -> bool:
    """Whether it says that it is no longer than words may be, without asking who sends it."""
    told = request.headers.get("content-length", "")
    return told.isdecimal() and int(told[:20]) <= WORDS_BYTES


def _why_not_so_much(request: Request, limit_bytes: int) -> tuple[Refused | None, int]:
    """Files are kept aside before any handler is asked: of strangers nothing large is taken. The limit for this visitor."""
    try:
        is_known = visitor_of(request).actor.is_known
    except OperationalError:
        return Busy(BUSY), WORDS_BYTES
    if is_known:
        return None, limit_bytes
    return (NotAllowed(NOT_SIGNED_IN) if "content-length" in request.headers else None), WORDS_BYTES


def _why_too_large(request: Request, limit_bytes: int) -> Refused | None:
    told = request.headers.get("content-length", "0")
    if told.isdecimal() and int(told[:20]) > limit_bytes:
        return TooLarge(TOO_LARGE, limit_mb=limit_bytes // MEGABYTE_BYTES)
    return None


def _counted(receive: Receive, limit_bytes: int) -> Receive:
    """The stream, cut off with 413 when more comes than is allowed."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit_bytes:
            raise HTTPException(413, str(limit_bytes // MEGABYTE_BYTES))
        return message

    return counted
