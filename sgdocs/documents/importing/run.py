"""One import from beginning to end: read, match, compare, file in batches.

Each batch is one transaction with its rows and journal entries: whatever the moment at which the process is killed,
the same command goes on where the last batch ended, and a second run changes nothing. Files are put in the store
before; one that no batch came to name is an orphan, which the sweep finds.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session, col

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Refused
from sgdocs.base.text import one_line
from sgdocs.documents.actions.old import enter_old, open_shelf
from sgdocs.documents.importing.incoming import Incoming, Rejected, incoming
from sgdocs.documents.importing.matching import Found, Shelf
from sgdocs.documents.importing.places import meeting_of
from sgdocs.documents.importing.tables import Line, read_table
from sgdocs.documents.models import Document, File, Version
from sgdocs.documents.schemas import Upload
from sgdocs.meetings.models import Meeting
from sgdocs.storage.scanner import Scanner, ScannerUnreachable
from sgdocs.storage.store import BlobStore
from sgdocs.text import formats

ROWS_A_BATCH = 20
MEGABYTE_BYTES = 1_000_000
Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]
Slot = tuple[str, str, int, int]


@dataclass(frozen=True)
class Import:
    """What the import works with. meeting: for rows that name none; create_meetings: make those that are not there."""

    database: Database
    blobs: BlobStore
    scanner: Scanner
    actor: Actor
    clock: Clock
    meeting: str = ""
    create_meetings: bool = False
    file_limit_mb: int = 100


@dataclass(frozen=True)
class Reject:
    """A row that was not filed."""

    line: int
    field: str
    value: str
    right: str


@dataclass
class Outcome:
    """filed: new, or with something that was missing; incomplete: names of those without file or title."""

    read: int = 0
    filed: int = 0
    unchanged: int = 0
    files: int = 0
    incomplete: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)


@dataclass
class Held:
    """What the house has of one version: whether it has a title, and the digests of its files."""

    has_title: bool
    digests: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Ready:
    """A row with its files and their digests."""

    row: Incoming
    files: Sequence[tuple[Found, str]]

    @property
    def slot(self) -> Slot:
        old = self.row.document
        return old.kind.value, old.stream, old.number, old.revision

    @property
    def is_incomplete(self) -> bool:
        return not self.row.document.title or not self.files


def import_documents(job: Import, table: Path, folder: Path, progress: Progress = lambda done, total: None) -> Outcome:
    """File the rows of a table with the files of a folder. Raises Unreadable for a table that cannot be read at all."""
    outcome = Outcome()
    rows = list(_rows(job, read_table(table), outcome))
    shelf = Shelf(folder)
    done = outcome.read - len(rows)
    for code in dict.fromkeys(row.meeting for row in rows):
        of_meeting = iter([row for row in rows if row.meeting == code])
        while batch := list(islice(of_meeting, ROWS_A_BATCH)):
            _file(job, shelf, batch, outcome)
            done += len(batch)
            progress(done, outcome.read)
    return outcome


def _rows(job: Import, lines: Iterable[Line], outcome: Outcome) -> Iterator[Incoming]:
    for line in lines:
        outcome.read += 1
        if line.raw is None:
            outcome.rejects.append(Reject(line.number, "row", "", line.wrong))
            continue
        try:
            row = incoming(line.number, line.raw)
        except Rejected as wrong:
            outcome.rejects.append(Reject(line.number, wrong.field, wrong.value, wrong.right))
            continue
        yield row if row.meeting else replace(row, meeting=job.meeting)


def _file(job: Import, shelf: Shelf, batch: Sequence[Incoming], outcome: Outcome) -> None:
    """One batch of rows of one meeting."""
    meeting = _meeting(job, batch, outcome)
    if meeting is None:
        return
    ready = list(_matched(job, shelf, batch, outcome))
    with job.database.reading() as session:
        held = _held(session, meeting)
    changed = [each for each in ready if not _is_known(each, held)]
    outcome.unchanged += len(ready) - len(changed)
    outcome.incomplete += [each.row.document.old_number for each in ready if each.is_incomplete]
    uploads = [(each, _uploads(job, each, outcome)) for each in changed]
    with job.database.writing() as session:
        act = Act(session, job.actor, job.clock())
        place = open_shelf(act, meeting)
        for each, brought in uploads:
            if brought is None:
                continue
            try:
                with session.begin_nested():
                    enter_old(act, meeting, each.row.document, brought, shelf=place)
            except Refused as refused:
                outcome.rejects.append(_reject(each.row, refused))
                continue
            outcome.filed += 1
            outcome.files += len(brought)


def _meeting(job: Import, batch: Sequence[Incoming], outcome: Outcome) -> Meeting | None:
    """The meeting of a batch; when there is none, its rows are rejected."""
    try:
        with job.database.writing() as session:
            return meeting_of(Act(session, job.actor, job.clock()), batch[0], create=job.create_meetings)
    except Rejected as wrong:
        outcome.rejects += [Reject(row.line, wrong.field, wrong.value, wrong.right) for row in batch]
        return None


def _matched(job: Import, shelf: Shelf, batch: Sequence[Incoming], outcome: Outcome) -> Iterator[Ready]:
    for row in batch:
        try:
            found = shelf.of(row)
            for each in found:
                if each.path.stat().st_size > job.file_limit_mb * MEGABYTE_BYTES:
                    raise Rejected("file", each.path.name, f"A file of at most {job.file_limit_mb} MB.")
            yield Ready(row, [(each, _digest(each.path)) for each in found])
        except Rejected as wrong:
            outcome.rejects.append(Reject(row.line, wrong.field, wrong.value, wrong.right))
        except OSError as error:
            outcome.rejects.append(Reject(row.line, "file", "", str(error)))


def _held(session: Session, meeting: Meeting) -> dict[Slot, Held]:
    """What the house has of the meeting's documents, version by version. One query."""
    rows = session.execute(
        select(  # type: ignore[call-overload]
            Document.kind, Document.stream, Document.number, Document.title, Version.part, File.sha256
        )
        .join(Version, col(Version.document_id) == Document.id)
        .outerjoin(File, col(File.version_id) == Version.id)
        .where(Document.meeting_id == meeting.id)
    )
    held: dict[Slot, Held] = {}
    for kind, stream, number, title, part, digest in rows:
        revision = int(part[1:]) if part.startswith("R") and part[1:].isdigit() else 0
        if part == "" or revision:
            version = held.setdefault((kind, stream, number, revision), Held(bool(title)))
            version.digests |= {digest} if digest else set()
    return held


def _is_known(each: Ready, held: dict[Slot, Held]) -> bool:
    """Whether filing it would change nothing."""
    have = held.get(each.slot)
    return (
        have is not None
        and (have.has_title or not each.row.document.title)
        and {digest for _, digest in each.files} <= have.digests
    )


def _uploads(job: Import, each: Ready, outcome: Outcome) -> list[Upload] | None:
    """Its files, scanned and kept; None when one of them is infected: then the row is rejected."""
    brought = []
    for found, _ in each.files:
        try:
            brought.append(_kept(job, found))
        except Rejected as wrong:
            outcome.rejects.append(Reject(each.row.line, wrong.field, wrong.value, wrong.right))
            return None
    return brought


def _kept(job: Import, found: Found) -> Upload:
    with found.path.open("rb") as content:
        try:
            verdict = job.scanner.scan(content)
            is_scanned = True
        except ScannerUnreachable:
            is_scanned = False
        if is_scanned and not verdict.is_clean:
            raise Rejected("file", found.path.name, f"The virus scanner found {verdict.signature}.")
        content.seek(0)
        what = formats.found(content.read())
        content.seek(0)
        blob = job.blobs.put(content)
    name = one_line(found.path.name)
    return Upload(blob, name, what.media_type, what.format, language=found.language, is_quarantined=not is_scanned)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reject(row: Incoming, refused: Refused) -> Reject:
    facts = refused.facts
    return Reject(
        row.line, str(refused.field or "row"), str(facts.get("value", row.document.old_number)), refused.message
    )
