"""Does the store hold what the database names, as it was put there? And what does it hold that nobody names?"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sgdocs.safekeeping.naming import mentioned, promised
from sgdocs.storage.store import BlobStore, NoSuchBlob
from sgdocs.wiring import Services

GRACE = timedelta(days=1)
"""An upload that waits for its form is named by no row yet."""
CHUNK_BYTES = 1 << 20
Progress = Callable[[int, int], None]


@dataclass
class Verified:
    """read: blobs that were read back; damaged: whose content has another digest; missing: promised, not there."""

    read: int = 0
    size_bytes: int = 0
    damaged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass
class Swept:
    """orphans: named by no row and older than a day; dropped: those of them that were."""

    orphans: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    freed_bytes: int = 0


def verify(services: Services, progress: Progress = lambda done, total: None) -> Verified:
    """Read every blob back against its name. Costs reading the whole store."""
    found = Verified()
    names = sorted(services.blobs.names())
    for number, name in enumerate(names, 1):
        digest, size_bytes = digest_of(services.blobs, name)
        found.read += 1
        found.size_bytes += size_bytes
        if digest != name:
            found.damaged.append(name)
        progress(number, len(names))
    found.missing = missing_blobs(services)
    return found


def sweep(services: Services, now: datetime, *, drop: bool) -> Swept:
    """Look for blobs that no row names, and drop them if told to; a day's grace for uploads that are under way."""
    before = now - max(GRACE, timedelta(hours=2 * services.settings.receipt_hours))
    found = Swept(missing=missing_blobs(services))
    with services.database.engine.connect() as connection:
        kept = set(services.blobs.names())
        unnamed = kept - promised(connection)
        if unnamed:
            unnamed.difference_update(mentioned(connection))
    for name in sorted(unnamed):
        size_bytes = digest_of(services.blobs, name)[1]
        if not services.blobs.is_older(name, before):
            continue
        found.orphans.append(name)
        if drop and services.blobs.drop_older(name, before):
            found.dropped.append(name)
            found.freed_bytes += size_bytes
    return found


def missing_blobs(services: Services) -> list[str]:
    """Blobs that a row promises and the store does not have."""
    with services.database.engine.connect() as connection:
        return sorted(name for name in promised(connection) if not services.blobs.has(name))


def digest_of(blobs: BlobStore, name: str) -> tuple[str, int]:
    """The digest and the length of what is kept under a name; ("", 0) when it has gone meanwhile."""
    try:
        content = blobs.open(name)
    except NoSuchBlob:
        return "", 0
    digest, size_bytes = hashlib.sha256(), 0
    with content:
        for chunk in _chunks(content.read):
            digest.update(chunk)
            size_bytes += len(chunk)
    return digest.hexdigest(), size_bytes


def _chunks(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while chunk := read(CHUNK_BYTES):
        yield chunk
