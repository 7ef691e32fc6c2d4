"""Revisions, addenda, corrigenda; the copy with the number on its cover."""

from collections.abc import Sequence

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Closed, Conflict, Invalid, Refusal, refuse
from sgdocs.documents import bodies, rules, timing
from sgdocs.documents.actions import _filing, _rights
from sgdocs.documents.actions._filing import Part, note
from sgdocs.documents.models import Document, File, Version
from sgdocs.documents.rules import DocumentKind, Status
from sgdocs.documents.schemas import RevisionForm, Upload
from sgdocs.meetings.deadlines import CONTRIBUTION
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, may, require
from sgdocs.storage.store import Blob

PARTS = ("R", "A", "C", "P", "N")
"""Revision, addendum, corrigendum, part, annex. Source: domain 4.2."""


def revise(act: Act, document: Document, form: RevisionForm, uploads: Sequence[Upload], *, part: str = "R") -> Version:
    """A further version: the next number of its letter, without a gap. A revision replaces what is shown.

    By its owner, its entity, officers and the secretariat, until the meeting closes (the secretariat also later). After
    the deadline a contribution's is taken, and marked late. Source: domain DOC-1, DOC-2.
    """
    scope = _rights.scope_of(act.session, document)
    require(act.actor, Permission.REVISE_DOCUMENT, scope)
    if part not in PARTS:
        raise Invalid(rules.STREAM, field="part", stream=part, code=document.label, right=", ".join(PARTS))
    refuse(rules.why_not_in(document.status, [Status.POSTED, Status.HELD], document.label))
    meeting = act.session.get(Meeting, document.meeting_id) if document.meeting_id else None
    if meeting is not None and not may(act.actor, Permission.MANAGE_DOCUMENTS, scope):
        refuse(timing.why_over(bodies.occasion_of(meeting), act.now), Closed)
    if not uploads:
        raise Invalid(rules.NO_FILE, field="file")
    _filing.require_checked(act, scope, uploads, form.overrule)
    return _add(act, document, meeting, form, uploads, part=part)


def _add(
    act: Act, document: Document, meeting: Meeting | None, form: RevisionForm, uploads: Sequence[Upload], *, part: str
) -> Version:
    next_part = rules.next_part(part, _parts(act, document))
    due = bodies.due_of(act.session, meeting, CONTRIBUTION)
    late = timing.late_revision(DocumentKind(document.kind), due, act.now)
    _describe(act, document, meeting, form)
    told = Part(next_part, document.title, form.note, late)
    version = _filing.add_version(act, document, told, uploads, form.overrule)
    if version.status == Status.POSTED:
        show(document, version)
    verb = "documents.revised" if version.status == Status.POSTED else "documents.quarantined"
    note(act, verb, document, part=next_part, late=late, note=form.note)
    return version


def _parts(act: Act, document: Document) -> list[str]:
    """The parts there are. The row of the document is locked first: two revisions at once get two numbers."""
    locked = select(Document.id).where(Document.id == document.id, Document.status == document.status)
    if act.session.exec(locked.with_for_update()).first() is None:
        raise Conflict(CHANGED)
    return list(act.session.exec(select(Version.part).where(Version.document_id == document.id)))


def show(document: Document, version: Version) -> None:
    """The newest posted revision is what is shown."""
    if version.part.startswith("R"):
        document.revision = max(document.revision, int(version.part[1:]))


def _describe(act: Act, document: Document, meeting: Meeting | None, form: RevisionForm) -> None:
    """What the form says anew; None leaves it."""
    document.title = form.title or document.title
    document.abstract = document.abstract if form.abstract is None else form.abstract
    document.purpose = document.purpose if form.purpose is None else form.purpose
    document.keywords = document.keywords if form.keywords is None else form.keywords
    if form.contacts is not None:
        document.contacts = _filing.contacts_of(form.contacts)
    if form.questions is not None and meeting is not None:
        body = bodies.body_of(act.session, meeting)
        _filing.set_questions(act, document, bodies.questions(act.session, body, form.questions))


def add_language(act: Act, document: Document, version: Version, uploads: Sequence[Upload]) -> list[File]:
    """Further files of a version: translations, or attachments that came apart. By those who may revise, until the
    meeting closes; to a version that came in time, until the deadline. The secretariat also later.
    """
    scope = _rights.scope_of(act.session, document)
    require(act.actor, Permission.REVISE_DOCUMENT, scope)
    refuse(rules.why_not_in(document.status, [Status.POSTED, Status.HELD], document.label))
    if not may(act.actor, Permission.MANAGE_DOCUMENTS, scope):
        _require_in_time(act, document, version)
    if not uploads:
        raise Invalid(rules.NO_FILE, field="file")
    if any(upload.is_quarantined for upload in uploads):
        raise Conflict(rules.STATE, label=document.label, status=Status.QUARANTINE, right=Status.POSTED)
    _filing.require_checked(act, scope, uploads, {})
    files = _filing.add_files(act, document, version, uploads)
    languages = sorted({file.language for file in files})
    note(act, "documents.files-added", document, part=version.part, languages=languages)
    return files


def _require_in_time(act: Act, document: Document, version: Version) -> None:
    """Nothing new comes after the deadline without its mark."""
    meeting = act.session.get(Meeting, document.meeting_id) if document.meeting_id else None
    if meeting is None:
        return
    refuse(timing.why_over(bodies.occasion_of(meeting), act.now), Closed)
    due = bodies.due_of(act.session, meeting, CONTRIBUTION)
    is_late = timing.late_revision(DocumentKind(document.kind), due, act.now)
    if is_late and not (version.late or document.late):
        refuse(Refusal(rules.FILES_LATE, {"label": document.label}), Closed)


def keep_stamped(act: Act, file: File, copy: Blob) -> File:
    """Keep the copy that has the number on its cover beside the original; once. A signed file has none."""
    document = act.session.get(Document, file.document_id)
    assert document is not None, "foreign key"
    require(act.actor, Permission.STAMP_DOCUMENT, _rights.scope_of(act.session, document))
    if file.is_signed or file.stamped_sha256:
        raise Conflict(rules.ALREADY, name=file.name)
    file.stamped_sha256, file.stamped_size_bytes = copy.sha256, copy.size_bytes
    act.session.add(file)
    note(act, "documents.stamped", document, file=file.name, original=file.sha256, stamped=copy.sha256)
    return file
