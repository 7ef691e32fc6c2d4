"""The approval record as one zip, and the published heads of the journal's chain by which it is verified."""

import tempfile
from collections.abc import Iterator
from typing import IO

from fastapi import APIRouter
from fastapi.responses import Response, StreamingResponse

from sgdocs.approval import queries
from sgdocs.base.errors import missing
from sgdocs.proceedings import dossier
from sgdocs.web.deps import Reading, Svc

pages = APIRouter()
IN_MEMORY_BYTES = 8_000_000
CHUNK_BYTES = 1 << 18
PLAIN = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}


@pages.get("/approval/{procedure}/{number}/dossier.zip")
def pack(act: Reading, services: Svc, procedure: str, number: str) -> Response:
    """Written to a file of its own first, so that a fault is answered and not half sent."""
    process = queries.by_number(act, f"{procedure}/{number}")
    file = services.settings.heads_file
    heads = file.read_text("utf-8", "replace") if file.exists() else ""
    stream = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115
    try:
        dossier.write(act, process, stream, services.blobs.open, heads)  # type: ignore[arg-type]
        size_bytes = stream.tell()
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    headers = {
        "Content-Disposition": f'attachment; filename="{dossier.name_of(process)}"',
        "Content-Length": str(size_bytes),
        **PLAIN,
    }
    return StreamingResponse(_pieces(stream), headers=headers, media_type="application/zip")


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    with stream:
        while piece := stream.read(CHUNK_BYTES):
            yield piece


@pages.get("/journal/heads.jsonl")
def heads(services: Svc) -> Response:
    """One line a day; whoever keeps a copy can tell when what came before is rewritten."""
    file = services.settings.heads_file
    if not file.exists():
        missing("heads of the journal", file.name)
    return Response(file.read_bytes(), media_type="application/jsonl", headers=PLAIN)
