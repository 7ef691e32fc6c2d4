"""Answers that need not be sent again: an ETag of the content, 304 when the asker has it."""

import hashlib

from fastapi import Request
from fastapi.responses import Response

from sgdocs.base.errors import CHANGED, Conflict


def etag_of(*parts: object) -> str:
    """A weak ETag: the same parts, the same tag. Parts are compared as text."""
    told = "\x1f".join(str(part) for part in parts)
    return f'W/"{hashlib.sha256(told.encode()).hexdigest()[:20]}"'


def not_modified(request: Request, etag: str) -> Response | None:
    """The 304 to send instead, or None when the content must be sent."""
    return Response(status_code=304, headers={"ETag": etag}) if _names(request, "if-none-match", etag) else None


def with_etag(request: Request, response: Response) -> Response:
    """The response with the ETag of its body; 304 without a body when the asker has it."""
    etag = etag_of(hashlib.sha256(response.body).hexdigest())
    unchanged = not_modified(request, etag)
    if unchanged is not None and response.status_code == 200:
        return unchanged
    response.headers["ETag"] = etag
    return response


class Outdated(Conflict):
    """`If-Match` names another state than the present one."""


def require_match(request: Request, etag: str) -> None:
    """Outdated (412) when the caller says by `If-Match` that it saw another state. No header, no check."""
    if "if-match" in request.headers and not _names(request, "if-match", etag):
        raise Outdated(CHANGED)


def _names(request: Request, header: str, etag: str) -> bool:
    told = request.headers.get(header, "")
    bare = {each.strip().removeprefix("W/") for each in told.split(",")}
    return told.strip() == "*" or etag.removeprefix("W/") in bare
