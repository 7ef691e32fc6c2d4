"""A zip file, written while it is sent: memory for one piece of one file, whatever the size of the whole."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, cast

from sgdocs.storage.store import BlobStore, NoSuchBlob

PIECE_BYTES = 1 << 18
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LACKING = "MISSING.txt"


@dataclass(frozen=True)
class Page:
    """Something made for the archive: it is small, and compressed."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Stored:
    """Something that is kept: it goes in as it is, for documents are compressed already."""

    path: str
    sha256: str
    at: datetime


def zipped(
    top: str, pages: Iterable[Page], files: Iterable[Stored], blobs: BlobStore, now: datetime
) -> Iterator[bytes]:
    """The archive piece by piece, all of it under the folder `top`.

    A file that the store has lost is named in `MISSING.txt`; the others come nevertheless.
    """
    sink = _Sink()
    lacking: list[str] = []
    with zipfile.ZipFile(cast(IO[bytes], sink), "w") as archive:
        for page in pages:
            archive.writestr(_named(f"{top}/{page.path}", now, zipfile.ZIP_DEFLATED), page.content)
        yield from sink.pieces()
        for file in files:
            try:
                content = blobs.open(file.sha256)
            except NoSuchBlob:
                lacking.append(file.path)
                continue
            with content, archive.open(_named(f"{top}/{file.path}", file.at, zipfile.ZIP_STORED), "w") as target:
                while piece := content.read(PIECE_BYTES):
                    target.write(piece)
                    yield from sink.pieces()
        if lacking:
            archive.writestr(_named(f"{top}/{LACKING}", now, zipfile.ZIP_STORED), "\n".join(lacking) + "\n")
    yield from sink.pieces()


def _named(path: str, at: datetime, how: int) -> zipfile.ZipInfo:
    """Times in an archive have no zone: they are UTC."""
    at = max(at, EARLIEST).astimezone(UTC)
    info = zipfile.ZipInfo(path, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    info.compress_type = how
    info.external_attr = 0o644 << 16
    return info


class _Sink:
    """Takes what the archive writes until it is sent. It has no `seek`: what is sent cannot be written again."""

    def __init__(self) -> None:
        self._written: list[bytes] = []
        self._position = 0

    def tell(self) -> int:
        return self._position

    def write(self, data: bytes) -> int:
        self._written.append(bytes(data))
        self._position += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing to do; the archive asks for it."""

    def pieces(self) -> Iterator[bytes]:
        """What has come since it was last asked."""
        if self._written:
            whole = b"".join(self._written)
            self._written.clear()
            yield whole
