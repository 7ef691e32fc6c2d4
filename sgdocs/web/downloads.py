"""Files that people uploaded, sent so that no browser runs them: attachment, no sniffing, nothing may load or act.

A PDF alone may be shown, at an address of its own, in the same sandbox. Parts of a file can be asked for, so that a broken download goes on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from sgdocs.base.errors import missing
from sgdocs.storage.store import BlobStore
from sgdocs.web.caching import not_modified

CHUNK_BYTES = 1 << 18
PDF = "application/pdf"
UNKNOWN = "application/octet-stream"
HARDENED = "default-src 'none'; sandbox"
_TYPE = re.compile(r"[a-z]+/[a-z0-9][a-z0-9.+-]{0,100}")
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True)
class Kept:
    """A file as it is kept. name: as it is saved by the reader."""

    sha256: str
    size_bytes: int
    media_type: str
    name: str


def send(request: Request, blobs: BlobStore, kept: Kept, *, shown: bool = False) -> Response:
    """The file, or the part of it asked for. shown: in the browser's window, for a PDF; anything else is attached."""
    etag = f'"{kept.sha256}"'
    unchanged = not_modified(request, etag)
    if unchanged is not None:
        return unchanged
    if not blobs.has(kept.sha256):
        missing("File", kept.name)
    headers = _headers(kept, etag, shown=shown and kept.media_type == PDF)
    part = _part(request, kept.size_bytes, etag)
    if part is None:
        headers["Content-Length"] = str(kept.size_bytes)
        return StreamingResponse(_pieces(blobs, kept, 0, kept.size_bytes), headers=headers, media_type=None)
    first, last = part
    if first > last:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{kept.size_bytes}"})
    headers |= {
        "Content-Length": str(last - first + 1),
        "Content-Range": f"bytes {first}-{last}/{kept.size_bytes}",
    }
    return StreamingResponse(_pieces(blobs, kept, first, last + 1), 206, headers=headers, media_type=None)


def _headers(kept: Kept, etag: str, *, shown: bool) -> dict[str, str]:
    media_type = kept.media_type if _TYPE.fullmatch(kept.media_type) else UNKNOWN
    plain = re.sub(r"[^A-Za-z0-9._ ()-]+", "-", kept.name) or "file"
    name = f"filename=\"{plain}\"; filename*=UTF-8''{quote(kept.name, safe='')}"
    return {
        "Content-Type": media_type,
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; {name}",
        "Content-Security-Policy": HARDENED,
        "X-Content-Type-Options": "nosniff",
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-cache, private",
        "ETag": etag,
    }


def _part(request: Request, size_bytes: int, etag: str) -> tuple[int, int] | None:
    """First and last byte asked for; None for the whole; first after last when there is no such part."""
    found = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if found is None or found.group(1) == found.group(2) == "" or request.headers.get("if-range", etag) != etag:
        return None
    if not found[1]:
        length = min(int(found[2]), size_bytes)
        return (size_bytes - length, size_bytes - 1) if length else (1, 0)
    first, last = int(found[1]), min(int(found[2] or size_bytes - 1), size_bytes - 1)
    if found[2] and int(found[2]) < first:
        return None
    return (first, last) if first < size_bytes else (1, 0)


def _pieces(blobs: BlobStore, kept: Kept, first: int, end: int) -> Iterator[bytes]:
    """Opened when the first piece is asked for: a reader that goes before leaves nothing open."""
    with blobs.open(kept.sha256) as stream:
        stream.seek(first)
        left = end - first
        while left > 0 and (piece := stream.read(min(CHUNK_BYTES, left))):
            left -= len(piece)
            yield piece
