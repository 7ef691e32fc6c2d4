"""The copy with the number on its cover: made in a reading process after the document is there, outside every lock.

Whoever submits makes it before answering; the worker makes what is missing after a kill. Told twice, it does the same.
"""

import io
import logging
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Protocol

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import now
from sgdocs.base.db import Database
from sgdocs.documents import actions
from sgdocs.documents.labels import version_label
from sgdocs.documents.models import Document, File, Version
from sgdocs.documents.rules import DocumentKind, Status
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting
from sgdocs.storage.store import Blob, BlobStore, NoSuchBlob
from sgdocs.text.formats import MEDIA
from sgdocs.text.model import Stamp

LISTENER: Final = "stamps"
VERBS: Final = tuple(
    f"documents.{each}" for each in ("submitted", "filed", "held", "revised", "released", "files-added")
)
MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
CLASSES: Final = {
    DocumentKind.CONTRIBUTION: "CONTRIBUTION",
    DocumentKind.TEMPORARY: "TD",
    DocumentKind.RGM: "DOC",
    DocumentKind.REPORT: "REPORT",
}
log = logging.getLogger(__name__)


class Readers(Protocol):
    def stamp(self, data: bytes, stamp: Stamp) -> bytes | None: ...


class Stamping(Protocol):
    """What stamping needs of the services."""

    @property
    def database(self) -> Database: ...

    @property
    def blobs(self) -> BlobStore: ...

    @property
    def readers(self) -> Readers: ...


def hear(services: Stamping, entries: Sequence[Entry]) -> None:
    """Stamp what the entries tell of and has no copy yet."""
    make(services, {entry.subject_id for entry in entries if entry.subject_kind == Document.__tablename__})


def make(services: Stamping, document_ids: Iterable[int]) -> int:
    """Make the copies that are missing for these documents; how many were made."""
    with services.database.reading() as session:
        waiting = [
            (file, stamp_of(session, document, version)) for file, version, document in _waiting(session, document_ids)
        ]
    made = [(file, copy) for file, stamp in waiting if (copy := _copy(services, file, stamp)) is not None]
    if made:
        with services.database.writing() as session:
            act = Act(session, Actor.clock(), now())
            for file, copy in made:
                row = session.get_one(File, file.id)
                if not row.stamped_sha256:
                    actions.keep_stamped(act, row, copy)
    return len(made)


def stamp_of(session: Session, document: Document, version: Version) -> Stamp:
    """What is written on the cover: number, meeting and class. The two last in English, where the cover is English."""
    meeting = session.get(Meeting, document.meeting_id) if document.meeting_id else None
    number = version_label(document.label, version.part)
    if document.language != "en" or meeting is None:
        return Stamp(number)
    return Stamp(number, place_and_days(meeting), CLASSES.get(DocumentKind(document.kind), ""))


def place_and_days(meeting: Meeting) -> str:
    """`Geneva, 9-20 November 2026`, as covers print it."""
    place = "E-meeting" if meeting.format == "virtual" else meeting.place.partition(",")[0].strip()
    when = days(meeting.starts_on, meeting.ends_on)
    return f"{place}, {when}" if place else when


def days(first: date, last: date) -> str:
    """`9-20 November 2026`, `29 June - 3 July 2026`, as covers print them. Source: domain 4.5."""
    end = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    if (first.month, first.year) == (last.month, last.year):
        return f"{first.day}-{end}"
    year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {MONTHS[first.month - 1]}{year} - {end}"


def _waiting(session: Session, document_ids: Iterable[int]) -> list[tuple[File, Version, Document]]:
    found = (
        select(File, Version, Document)
        .join(Version, col(File.version_id) == Version.id)
        .join(Document, col(File.document_id) == Document.id)
        .where(
            col(File.document_id).in_(sorted(document_ids)),
            File.stamped_sha256 == "",
            Version.status == Status.POSTED,
            Document.old_number == "",
            File.media_type == MEDIA["docx"],
            col(File.is_signed).is_(False),
        )
    )
    return list(session.exec(found))


def _copy(services: Stamping, file: File, stamp: Stamp) -> Blob | None:
    """The stamped copy in the blob store, or None when nothing can be written on this cover."""
    try:
        with services.blobs.open(file.sha256) as stream:
            original = stream.read()
    except NoSuchBlob:
        log.warning("%s: its content is not kept", file.name)
        return None
    copy = services.readers.stamp(original, stamp)
    if copy is None or copy == original:
        return None
    return services.blobs.put(io.BytesIO(copy))
