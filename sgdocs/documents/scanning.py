"""Files that waited for the virus scanner: looked at again as soon as it answers."""

import logging
from typing import Final, Protocol

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import now
from sgdocs.base.db import Database
from sgdocs.documents import actions
from sgdocs.documents.models import File, Version
from sgdocs.documents.rules import Status
from sgdocs.storage.scanner import Scanner, ScannerUnreachable
from sgdocs.storage.store import BlobStore, NoSuchBlob

MOST: Final = 200
FOUND: Final = "The virus scanner found {signature}."
log = logging.getLogger(__name__)


class Scanning(Protocol):
    """What scanning needs of the services."""

    @property
    def database(self) -> Database: ...

    @property
    def blobs(self) -> BlobStore: ...

    @property
    def scanner(self) -> Scanner: ...


def rescan(services: Scanning) -> int:
    """Release or refuse what waits in quarantine; how many versions moved. Nothing moves while the scanner is away."""
    with services.database.reading() as session:
        waiting = _waiting(session)
    moved = 0
    for version_id, digests in waiting.items():
        try:
            signature = _signature(services, digests)
        except (ScannerUnreachable, NoSuchBlob) as error:
            log.warning("quarantine: version %s: %s", version_id, error)
            continue
        moved += _move(services, version_id, signature)
    return moved


def _waiting(session: Session) -> dict[int, list[str]]:
    """Digests of the files of each version in quarantine, the oldest first."""
    found = (
        select(Version.id, File.sha256)
        .join(File, col(File.version_id) == Version.id)
        .where(Version.status == Status.QUARANTINE)
        .order_by(col(Version.id), col(File.position))
        .limit(MOST)
    )
    waiting: dict[int, list[str]] = {}
    for version_id, digest in session.exec(found):
        waiting.setdefault(version_id or 0, []).append(digest)
    return waiting


def _signature(services: Scanning, digests: list[str]) -> str:
    """What was found in the first file that is not clean, or ""."""
    for digest in digests:
        with services.blobs.open(digest) as stream:
            verdict = services.scanner.scan(stream)
        if not verdict.is_clean:
            return verdict.signature
    return ""


def _move(services: Scanning, version_id: int, signature: str) -> int:
    """In a transaction of its own; whoever was faster (the secretariat, another worker) has decided."""
    with services.database.writing() as session:
        act = Act(session, Actor.clock(), now())
        version = session.get_one(Version, version_id)
        if version.status != Status.QUARANTINE:
            return 0
        if signature:
            actions.refuse_quarantine(act, version, FOUND.format(signature=signature))
        else:
            actions.release_quarantine(act, version)
        return 1
