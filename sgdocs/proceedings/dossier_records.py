"""What a dossier holds, gathered as its reader may read it: rows, files by their digest, and the way through the chain."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from sgdocs.approval import comment_listing, evidence
from sgdocs.approval.models import (
    Announcement,
    AnnouncementLine,
    Comment,
    CommentVersion,
    Obligation,
    Process,
    Reply,
    Transition,
    Window,
)
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.documents.allocations import readable
from sgdocs.documents.models import Document, File, Version
from sgdocs.groups.queries import audiences
from sgdocs.journal import chain
from sgdocs.journal.models import Entry, Head
from sgdocs.mail.models import Letter
from sgdocs.people.models import Organisation
from sgdocs.policy import Permission, may
from sgdocs.proceedings.models import Decision, TextDecision

HIDDEN = {"id", "process_id", "person_id", "reminded"}
"""Columns that mean nothing outside the house, or name a person."""


@dataclass(frozen=True)
class Held:
    """A file that goes along. is_bound: a step was bound to it, so that the journal names its digest."""

    name: str
    sha256: str
    is_bound: bool = False


@dataclass(frozen=True)
class Record:
    """tables: file name -> what stands in it; subjects: (kind, id) whose entries belong to the approval."""

    tables: dict[str, Any]
    files: tuple[Held, ...]
    evidence: tuple[dict[str, Any], ...]
    subjects: tuple[tuple[str, int], ...]


def record_of(act: Act, process: Process) -> Record:
    """Everything but the journal. NotFound for who may not read the comments."""
    if not comment_listing.may_read(act, process):
        missing("dossier", process.number)
    session = act.session
    windows, transitions = _of(session, Window, process), _of(session, Transition, process)
    announced = _announcements(session, process)
    comments, replies = _of(session, Comment, process), _replies(session, process)
    versions = _versions(session, comments)
    decisions = _decisions(session, process)
    subjects = [("process", process.id or 0), *(("announcement", row.id or 0) for row, _ in announced)]
    subjects += [("decision", row.id or 0) for row in decisions]
    tables = {
        "record.json": {
            "process": _told(process),
            "windows": [_told(row) for row in windows],
            "steps": [_told(row) for row in transitions],
            "announcements": [{**_told(row), **_told(line)} for row, line in announced],
            "owed": [_told(row) for row in _of(session, Obligation, process)],
        },
        "comments.json": [
            {**_told(row), "versions": [_told(each) for each in versions.get(row.id or 0, [])]} for row in comments
        ],
        "replies.json": [{**_told(row), "entity": entity} for row, entity in replies],
        "letters.json": _letters(act, subjects),
        "decisions.json": [_told(row) for row in decisions],
    }
    files = [
        *_texts(act, process, [*windows, *transitions]),
        *_papers(act, [row.document_id for row, _ in announced]),
        *_attached(comments, versions),
    ]
    return Record(tables, _once(files), tuple(_evidence(process, comments, versions, replies)), tuple(subjects))


def _of(session: Session, table: type[Any], process: Process) -> list[Any]:
    return list(session.exec(select(table).where(table.process_id == process.id).order_by(table.id)))


def _told(row: Any) -> dict[str, Any]:
    told: dict[str, Any] = row.model_dump(mode="json")
    return {name: value for name, value in told.items() if name not in HIDDEN and not name.endswith("_by")}


def _announcements(session: Session, process: Process) -> Sequence[tuple[Announcement, AnnouncementLine]]:
    found = (
        select(Announcement, AnnouncementLine)
        .join(AnnouncementLine, col(AnnouncementLine.announcement_id) == Announcement.id)
        .where(AnnouncementLine.process_id == process.id)
        .order_by(col(AnnouncementLine.id))
    )
    return session.exec(found).all()


def _replies(session: Session, process: Process) -> Sequence[tuple[Reply, str]]:
    found = select(Reply, Organisation.name).join(Organisation, col(Organisation.id) == Reply.organisation_id)
    return session.exec(found.where(Reply.process_id == process.id).order_by(col(Reply.id))).all()


def _versions(session: Session, comments: Sequence[Comment]) -> dict[int, list[CommentVersion]]:
    ids = [row.id for row in comments]
    found: dict[int, list[CommentVersion]] = {}
    kept = select(CommentVersion).where(col(CommentVersion.comment_id).in_(ids))
    for row in session.exec(kept.order_by(col(CommentVersion.comment_id), col(CommentVersion.version))):
        found.setdefault(row.comment_id, []).append(row)
    return found


def _decisions(session: Session, process: Process) -> list[Decision]:
    found = select(Decision).join(TextDecision, col(TextDecision.decision_id) == Decision.id)
    return list(session.exec(found.where(TextDecision.process_id == process.id).order_by(col(Decision.id))))


def _evidence(
    process: Process,
    comments: Sequence[Comment],
    versions: dict[int, list[CommentVersion]],
    replies: Sequence[tuple[Reply, str]],
) -> Iterator[dict[str, Any]]:
    """Each thing somebody said, under a name by which a fault is told."""
    for row in comments:
        for before in versions.get(row.id or 0, []):
            said = evidence.of_version(process.number, row, before)
            yield {"what": f"comment {row.number}, version {before.version}", "said": said}
        said = evidence.of_comment(process.number, row)
        yield {"what": f"comment {row.number}, version {row.version}", "said": said}
    for reply, entity in replies:
        what = "position" if reply.meeting_id else "reply"
        yield {
            "what": f"{what} of {entity}, version {reply.version}",
            "said": evidence.of_reply(process.number, reply, entity),
        }


def _letters(act: Act, subjects: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """Each letter once, whatever the number of its readers; who they are, for the secretariat alone."""
    sees = may(act.actor, Permission.READ_JOBS)
    about = [
        and_(col(Entry.subject_kind) == kind, col(Entry.subject_id) == id)
        for kind, id in subjects
        if kind != "decision"
    ]
    entries = select(Entry.id).where(or_(*about))
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    rows = select(Letter).where(
        col(Letter.entry_id).in_(entries), col(Letter.kind).startswith("approval."), col(Letter.secret).is_(False)
    )
    for row in act.session.exec(rows.order_by(col(Letter.id))):
        told = found.setdefault(
            (row.kind, row.subject, row.text),
            {
                "kind": row.kind,
                "subject": row.subject,
                "text": row.text,
                "written_at": row.written_at.isoformat(),
                "count": 0,
                "sent": 0,
                "to": [],
            },
        )
        told["count"] += 1
        told["sent"] += row.sent_at is not None
        if sees:
            told["to"].append({"name": row.to_name, "address": row.to_address, "message_id": row.message_id})
    return list(found.values())


# Files


def _texts(act: Act, process: Process, rows: Iterable[Any]) -> Iterator[Held]:
    """The originals that the process was ever bound to, as far as the reader may read their documents."""
    wanted = {row.sha256 for row in (process, *rows) if row.sha256}
    found = (
        select(File, Version)
        .join(Version, col(Version.id) == File.version_id)
        .join(Document, col(Document.id) == File.document_id)
        .where(col(File.sha256).in_(wanted), *readable(act))
    )
    for file, _ in act.session.exec(found.order_by(col(File.id))):
        yield Held(f"texts/{file.name}", file.sha256, is_bound=True)


def _papers(act: Act, ids: Sequence[int | None]) -> Iterator[Held]:
    wanted = [id for id in ids if id is not None]
    found = (
        select(File)
        .join(Document, col(Document.id) == File.document_id)
        .where(col(File.document_id).in_(wanted), *readable(act))
    )
    for file in act.session.exec(found.order_by(col(File.id))):
        yield Held(f"papers/{file.name}", file.sha256)


def _attached(comments: Sequence[Comment], versions: dict[int, list[CommentVersion]]) -> Iterator[Held]:
    for row in comments:
        given = [(row.version, row.file_name, row.file_sha256)]
        given += [
            (v.version, v.said.get("file_name", ""), v.said.get("file_sha256", ""))
            for v in versions.get(row.id or 0, [])
        ]
        for version, name, sha256 in given:
            if sha256:
                ending = name.rpartition(".")[2] if "." in name else "bin"
                yield Held(f"comments/{row.number}-{version}.{_safe(ending)}", sha256)


def _safe(ending: str) -> str:
    return "".join(letter for letter in ending.lower() if letter.isascii() and letter.isalnum())[:8] or "bin"


def _once(files: Iterable[Held]) -> tuple[Held, ...]:
    found: dict[str, Held] = {}
    for each in files:
        found.setdefault(each.name, each)
    return tuple(found.values())


# The journal


@dataclass(frozen=True)
class Chain:
    """entries: those of the approval that the reader may read; links: (position, digest) of all others from the first
    of them to the head; ends: where it begins and ends."""

    entries: tuple[dict[str, Any], ...]
    links: tuple[tuple[int, str], ...]
    ends: dict[str, Any]


def chain_of(act: Act, record: Record) -> Chain:
    """From the first entry of the approval to the newest sealed one."""
    own = _own(act, record)
    head = act.session.exec(select(Head)).first()
    if not own or head is None:
        return Chain((), (), {"before": "", "first": 1, "last": 0, "head": {"position": 0, "hash": ""}})
    first = min(own)
    since = select(Entry).where(col(Entry.position) >= first, col(Entry.position) <= head.position)
    links = []
    for entry in act.session.exec(since.order_by(col(Entry.position)).execution_options(yield_per=1000)):
        if entry.position not in own:
            links.append((entry.position or 0, chain.content_of(entry)))
    ends = {
        "before": own[first].previous_hash or "",
        "first": first,
        "last": head.position,
        "head": {"position": head.position, "hash": head.hash},
    }
    return Chain(tuple(_entry(own[position]) for position in sorted(own)), tuple(links), ends)


def _own(act: Act, record: Record) -> dict[int, Entry]:
    found: dict[int, Entry] = {}
    by_kind: dict[str, list[int]] = {}
    for kind, id in record.subjects:
        by_kind.setdefault(kind, []).append(id)
    for kind, ids in by_kind.items():
        wanted = select(Entry).where(
            Entry.subject_kind == kind,
            col(Entry.subject_id).in_(ids),
            col(Entry.position).is_not(None),
            col(Entry.salt).is_not(None),
            col(Entry.audience).in_(audiences(act)),
        )
        found |= {row.position: row for row in act.session.exec(wanted) if row.position is not None}
    return found


def _entry(row: Entry) -> dict[str, Any]:
    """As the chain hashes it: the instant in the very spelling."""
    told = row.model_dump(exclude={"id", "at"})
    return {**told, "at": row.at.isoformat()}
