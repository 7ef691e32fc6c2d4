"""What is asked of documents: one by its name, its versions and files, its relatives, its history. Lists: `listing`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, func
from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.base.text import clean
from sgdocs.documents.gaps import Gap, gaps
from sgdocs.documents.listing import DocumentFilter, DocumentRow, for_meeting, found, found_after, mine, visible
from sgdocs.documents.models import Document, DocumentQuestion, DocumentSource, File, Lineage, NumberSeries, Version
from sgdocs.documents.naming import alike
from sgdocs.documents.rules import HIDDEN_AUDIENCE, SHOWN, LineageKind, Status
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import Permission, Scope

__all__ = [
    "DocumentFilter",
    "DocumentRow",
    "Gap",
    "alike",
    "for_meeting",
    "found",
    "found_after",
    "gaps",
    "mine",
    "visible",
]


def by_name(act: Act, name: str, *, deleted: bool = False) -> Document:
    """The document of that name, whatever its case (compare `.name` to redirect), or NotFound.

    deleted: look among what was deleted and can be restored, which those alone see who see drafts. Short and old
    names: `alike`.
    """
    wanted = clean(name)[:120]
    named = select(Document).where(func.lower(Document.name) == wanted.lower(), visible(act, deleted=deleted))
    row = act.session.exec(named).first()
    if row is None or (deleted and not sees_drafts(act, row)):
        missing("document", name)
    return row


def by_id(act: Act, document_id: int) -> Document:
    named = select(Document).where(Document.id == document_id, visible(act))
    return act.session.exec(named).first() or missing("document", document_id)


def group_of(session: Session, document: Document) -> Group:
    return session.get(Group, document.group_id) or missing("group", document.group_id)


def meeting_of(session: Session, document: Document) -> Meeting | None:
    return session.get(Meeting, document.meeting_id) if document.meeting_id else None


def scope_of(session: Session, document: Document) -> Scope:
    """Where acts on the document happen, and whose it is."""
    return Scope(group_of(session, document).path, document.owner_id, document.organisation_id)


def versions_of(session: Session, document: Document) -> list[Version]:
    """Every version, in the order in which they came."""
    held = select(Version).where(Version.document_id == document.id)
    return list(session.exec(held.order_by(col(Version.position), col(Version.id))))


def version(act: Act, document: Document, part: str) -> Version:
    """The version of that part (`R1`, "" for the original), whatever its case, or NotFound."""
    held = select(Version).where(Version.document_id == document.id, func.lower(Version.part) == part.lower())
    row = act.session.exec(held).first()
    if row is None or (row.status != Status.POSTED and not sees_drafts(act, document)):
        missing("version", f"{document.name} {part}")
    return row


def sees_drafts(act: Act, document: Document) -> bool:
    """Whether the actor sees what is not posted: its owner, its entity, the secretariat; the Director what is held."""
    own = policy.is_owner(act.actor, Scope(owner_id=document.owner_id)) or policy.is_own_entity(
        act.actor, Scope(organisation_id=document.organisation_id)
    )
    own |= document.status == Status.HELD and act.actor.has_role(policy.Role.DIRECTOR)
    return (own and _reads_data(act)) or HIDDEN_AUDIENCE in policy.audiences(act.actor)


def _reads_data(act: Act) -> bool:
    scopes = act.actor.scopes
    return scopes is None or not scopes.isdisjoint((policy.READ_SCOPE, policy.WRITE_SCOPE))


def files_of(act: Act, document: Document) -> list[File]:
    """The files of all versions, by version, language and place. Those in quarantine, and those of a withdrawn document,
    are for its owner, its entity and the secretariat; what the virus scanner refused is for nobody.
    """
    held = select(File).join(Version, col(Version.id) == File.version_id).where(File.document_id == document.id)
    held = held.where(Version.status != Status.REFUSED)
    if not sees_drafts(act, document):
        held = held.where(Version.status == Status.POSTED) if document.status == Status.POSTED else held.where(false())
    return list(act.session.exec(held.order_by(col(Version.position), col(File.position), col(File.id))))


def file_named(act: Act, document: Document, name: str) -> File:
    """The file of that short name, or NotFound."""
    return next((file for file in files_of(act, document) if file.name.lower() == name.lower()), None) or missing(
        "file", name
    )


def current_files(act: Act, document: Document) -> list[File]:
    """The files of the version that is shown: the newest revision that is posted, else the original."""
    newest = current_part(act.session, document)
    ids = {v.id for v in versions_of(act.session, document) if v.part == newest}
    return [file for file in files_of(act, document) if file.version_id in ids]


def current_part(session: Session, document: Document) -> str:
    """`R2`, or "" for the original. An incomplete old document may have a revision and no original."""
    return document.part


def questions_of(session: Session, document: Document) -> list[Group]:
    """The Questions it is addressed to, the primary one first; the study group itself for all."""
    held = (
        select(Group)
        .join(DocumentQuestion, col(DocumentQuestion.group_id) == Group.id)
        .where(DocumentQuestion.document_id == document.id)
    )
    return list(session.exec(held.order_by(col(DocumentQuestion.is_primary).desc(), Group.sort_key)))


def sources_of(session: Session, document: Document) -> list[Organisation]:
    held = (
        select(Organisation)
        .join(DocumentSource, col(DocumentSource.organisation_id) == Organisation.id)
        .where(DocumentSource.document_id == document.id)
    )
    return list(session.exec(held.order_by(Organisation.name)))


@dataclass(frozen=True)
class Relative:
    """other is `kind` of the document (is_of), or the document is `kind` of other."""

    kind: LineageKind
    other: Document
    is_of: bool
    note: str
    id: int


def lineage_of(act: Act, document: Document) -> list[Relative]:
    """What the document descends from, and what descends from it, as far as the actor may read. Two queries."""
    up = select(Lineage, Document).join(Document, col(Document.id) == Lineage.other_id)
    down = select(Lineage, Document).join(Document, col(Document.id) == Lineage.document_id)
    may_see = visible(act)
    above = act.session.exec(up.where(Lineage.document_id == document.id, may_see).order_by(col(Lineage.id))).all()
    below = act.session.exec(down.where(Lineage.other_id == document.id, may_see).order_by(col(Lineage.id))).all()
    return [
        *(Relative(LineageKind(row.kind), other, False, row.note, row.id or 0) for row, other in above),
        *(Relative(LineageKind(row.kind), other, True, row.note, row.id or 0) for row, other in below),
    ]


def people_of(session: Session, ids: Iterable[int | None]) -> dict[int, Person]:
    """Owners and submitters by id."""
    wanted = {each for each in ids if each is not None}
    return {p.id or 0: p for p in session.exec(select(Person).where(col(Person.id).in_(wanted)))} if wanted else {}


def history_of(act: Act, document: Document, *, limit: int = 200) -> list[Entry]:
    """The journal of a document, the newest first: what its readers may read; its owner and entity read all of it."""
    held = select(Entry).where(Entry.subject_kind == "document", Entry.subject_id == document.id)
    if not sees_drafts(act, document):
        held = held.where(col(Entry.audience).in_(audiences(act)))
    return list(act.session.exec(held.order_by(col(Entry.id).desc()).limit(limit)))


@dataclass(frozen=True)
class Same:
    """A file that was submitted already."""

    document: Document
    file: File


def same_files(act: Act, digests: Sequence[str], meeting: Meeting | None = None) -> list[Same]:
    """Documents that have a file of the same content (in a meeting, or anywhere), as far as the actor may read."""
    held = (
        select(Document, File)
        .join(File, col(File.document_id) == Document.id)
        .where(col(File.sha256).in_(list(digests)), visible(act))
    )
    if meeting is not None:
        held = held.where(Document.meeting_id == meeting.id)
    rows = act.session.exec(held.order_by(Document.sort_key, col(File.id)))
    return [Same(document, file) for document, file in rows]


def waiting(act: Act) -> list[Document]:
    """What waits in quarantine, for those who may release it."""
    if not policy.may_read(act.actor, Permission.MANAGE_DOCUMENTS):
        return []
    is_waiting = select(Version.document_id).where(Version.status == Status.QUARANTINE)
    held = select(Document).where(col(Document.id).in_(is_waiting), col(Document.deleted_at).is_(None))
    return list(act.session.exec(held.order_by(col(Document.received_at), col(Document.id))))


def series_of(session: Session, key: str) -> NumberSeries | None:
    return session.exec(select(NumberSeries).where(NumberSeries.key == key)).first()


def is_listed() -> ColumnElement[bool]:
    """Documents that lists and the index hold: posted, or a tombstone."""
    return and_(col(Document.deleted_at).is_(None), col(Document.status).in_(SHOWN))
