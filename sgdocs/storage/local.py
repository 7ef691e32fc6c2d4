"""Blobs in a folder: `ab/ab12…`, written aside and moved into place."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sgdocs.storage.store import Blob, NoSuchBlob

CHUNK_BYTES = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")


class LocalStore:
    """folder: made when first needed. A blob is whole or not there, also after a kill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, stream: BinaryIO) -> Blob:
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        aside = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                blob = _copy(stream, file)
            self._move(aside, blob)
        finally:
            aside.unlink(missing_ok=True)
        return blob

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError:
            raise NoSuchBlob(sha256) from None

    def has(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def drop(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    def is_older(self, sha256: str, before: datetime) -> bool:
        return _is_older(self._path(sha256), before)

    def drop_older(self, sha256: str, before: datetime) -> bool:
        """Taken aside first: whoever puts it now either made it young before, and it goes back, or writes it anew."""
        path = self._path(sha256)
        aside = path.with_name(f".old-{sha256}")
        if not _is_older(path, before):
            return False
        path.replace(aside)
        if not _is_older(aside, before):
            aside.replace(path)
            return False
        aside.unlink()
        return True

    def names(self) -> Iterator[str]:
        for path in self.folder.glob("??/*"):
            if _DIGEST.fullmatch(path.name):
                yield path.name

    def _move(self, aside: Path, blob: Blob) -> None:
        target = self._path(blob.sha256)
        try:
            os.utime(target)
            return
        except FileNotFoundError:
            target.parent.mkdir(exist_ok=True)
        aside.replace(target)
        _sync_folder(target.parent)

    def _path(self, sha256: str) -> Path:
        if not _DIGEST.fullmatch(sha256):
            raise NoSuchBlob(sha256)
        return self.folder / sha256[:2] / sha256


def _is_older(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False


def _copy(stream: BinaryIO, file: BinaryIO) -> Blob:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK_BYTES):
        digest.update(chunk)
        size += file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return Blob(digest.hexdigest(), size)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
