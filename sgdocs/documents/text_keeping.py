"""Files read in the reading processes, outside every lock, when nobody did it on the way in; then their previews.

Two listeners: the text first, that it is soon found; previews after it. Told twice, they do the same.
"""

import io
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import BinaryIO, Final, Protocol

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import now
from sgdocs.base.db import Database
from sgdocs.documents.actions.texts import KEPT, PENDING, keep_preview, keep_text
from sgdocs.documents.clauses import units_of
from sgdocs.documents.linking import linked_html
from sgdocs.documents.models import Document, File, Version
from sgdocs.documents.read_text import made_ready
from sgdocs.documents.rules import Status
from sgdocs.journal.models import Entry
from sgdocs.storage.store import BlobStore, NoSuchBlob
from sgdocs.text.formats import MEDIA
from sgdocs.text.model import Reading, Unit
from sgdocs.text.problems import problem

TEXTS: Final = "texts"
PREVIEWS: Final = "previews"
PREVIEWED: Final = {MEDIA[name]: name for name in ("docx", "odt", "html", "pptx", "xlsx")}
TOGETHER: Final = 10
"""Texts that are kept in one transaction."""
READ_AT_ONCE: Final = 2
log = logging.getLogger(__name__)


class Reads(Protocol):
    def read(self, source: BinaryIO, name: str) -> Reading: ...

    def preview(self, data: BinaryIO, format: str, units: Sequence[Unit]) -> str: ...


class Keeping(Protocol):
    """What keeping texts needs of the services."""

    @property
    def database(self) -> Database: ...

    @property
    def blobs(self) -> BlobStore: ...

    @property
    def readers(self) -> Reads: ...


def read(services: Keeping, entries: Sequence[Entry]) -> None:
    """Read the posted files of these documents that wait, and keep their texts. A bad file is kept as one without."""
    with services.database.reading() as session:
        waiting = _files(session, entries, PENDING)
    for start in range(0, len(waiting), TOGETHER):
        _keep(services, waiting[start : start + TOGETHER])


def preview(services: Keeping, entries: Sequence[Entry]) -> None:
    """Make the previews that are missing, two at a time. What has none is shown by its clauses."""
    with services.database.reading() as session:
        waiting = [f for f in _files(session, entries, KEPT) if not f.preview_sha256 and f.media_type in PREVIEWED]
    with ThreadPoolExecutor(READ_AT_ONCE) as threads:
        for _ in threads.map(lambda file: _preview(services, file), waiting):
            pass


def _files(session: Session, entries: Sequence[Entry], state: str) -> list[File]:
    ids = {entry.subject_id for entry in entries if entry.subject_kind == Document.__tablename__}
    ids |= {id for entry in entries for id in entry.facts.get("document_ids", ())}
    if not ids:
        return []
    held = select(File).join(Version, col(Version.id) == File.version_id)
    held = held.where(col(File.document_id).in_(ids), File.text == state, Version.status == Status.POSTED)
    return list(session.exec(held.order_by(col(File.id))))


def _keep(services: Keeping, files: Sequence[File]) -> None:
    """Read each, two at a time; keep them in one transaction, which waits for no reader."""
    with ThreadPoolExecutor(READ_AT_ONCE) as threads:
        texts = list(threads.map(lambda file: made_ready(_reading(services, file)), files))
    with services.database.writing() as session:
        act = Act(session, Actor.clock(), now())
        for file, text in zip(files, texts, strict=True):
            keep_text(act, session.get_one(File, file.id), text)


def _reading(services: Keeping, file: File) -> Reading:
    try:
        with services.blobs.open(file.sha256) as stream:
            return services.readers.read(stream, file.given_name)
    except NoSuchBlob:
        log.exception("file %s has lost its blob %s", file.id, file.sha256)
        return Reading("", file.media_type, problems=(problem("text.killed", why="the file is not there"),))


def _preview(services: Keeping, file: File) -> None:
    with services.database.reading() as session:
        units = units_of(session, file)
        name = session.get_one(Document, file.document_id).name
    try:
        with services.blobs.open(file.sha256) as stream:
            html = services.readers.preview(stream, PREVIEWED[file.media_type], units)
    except NoSuchBlob:
        return
    if not html:
        return
    with services.database.reading() as session:
        html = linked_html(Act(session, Actor.anonymous(), now()), html, near=name)
    blob = services.blobs.put(io.BytesIO(html.encode()))
    with services.database.writing() as session:
        keep_preview(Act(session, Actor.clock(), now()), session.get_one(File, file.id), blob.sha256)
