"""Static files with a hash of their content in the address, kept by browsers for a year."""

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from sgdocs.base.errors import missing
from sgdocs.web.places import STATIC

KEEP = "public, max-age=31536000, immutable"
_HASHED = re.compile(r"^(?P<stem>.+)\.(?P<hash>[0-9a-f]{10})(?P<suffix>\.[a-z0-9]+)$")
_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".png": "image/png",
    ".webp": "image/webp",
}

assets = APIRouter(include_in_schema=False)


@lru_cache
def asset(name: str) -> str:
    """The address of a static file, such as `/static/css/base.0a1b2c3d4e.css`. FileNotFoundError when there is none."""
    path = Path(name)
    return f"/static/{path.with_suffix('').as_posix()}.{_hash_of(STATIC / path)}{path.suffix}"


@lru_cache
def _hash_of(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]


@lru_cache
def digest_of_all() -> str:
    """Changes when any static file does."""
    told = "".join(f"{name}:{_hash_of(file)}" for name, file in sorted(_files().items()))
    return hashlib.sha256(told.encode()).hexdigest()[:10]


@assets.get("/static/{name:path}")
def static(name: str) -> Response:
    """A file by its hashed name; by its plain name too, then without the long keeping."""
    hashed = _HASHED.match(name)
    file = _within(hashed["stem"] + hashed["suffix"] if hashed else name)
    fresh = hashed is not None and hashed["hash"] == _hash_of(file)
    return FileResponse(
        file, media_type=_TYPES.get(file.suffix), headers={"Cache-Control": KEEP if fresh else "no-cache"}
    )


@assets.get("/favicon.ico")
def favicon(request: Request) -> Response:
    return FileResponse(STATIC / "img/favicon.svg", media_type="image/svg+xml", headers={"Cache-Control": KEEP})


def _within(name: str) -> Path:
    """The file of that name, out of the list of files there are; NotFound for anything else."""
    file = _files().get(name)
    return file if file else missing("File", name)


@lru_cache
def _files() -> dict[str, Path]:
    return {file.relative_to(STATIC).as_posix(): file for file in STATIC.rglob("*") if file.is_file()}
