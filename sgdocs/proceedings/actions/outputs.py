"""Move an output of a rapporteur meeting to the meeting it reports to, as a TD, in one step. Source: domain 5.4."""

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid
from sgdocs.documents import actions as papers
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document, Lineage
from sgdocs.documents.rules import DocumentKind, LineageKind, Purpose, Status
from sgdocs.documents.schemas import ContactForm, SubmissionForm, Upload
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import group_of, groups_of, papers_audience, parent_of
from sgdocs.policy import Permission, Scope, require
from sgdocs.proceedings import rules
from sgdocs.proceedings.actions.reports import stream_of
from sgdocs.storage.store import Blob


def move_output(act: Act, meeting: Meeting, document: Document, parent: Meeting | None = None) -> Document:
    """The same files under a number of the parent meeting, output of the document. parent: None for that it reports to.

    Its readers are those of the parent's papers; whoever leads the group of the rapporteur meeting may.
    """
    group = group_of(act.session, meeting)
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(group.path))
    target = parent or parent_of(act, meeting)
    if target is None or target.id == meeting.id:
        raise Conflict(rules.NO_PARENT, code=meeting.code)
    if document.meeting_id != meeting.id or document.status != Status.POSTED:
        raise Invalid(rules.NOT_HERE, field="document", label=document.label)
    _require_new(act, document, target)
    uploads = _uploads(act, document)
    if not uploads:
        raise Invalid(rules.NO_FILES, field="document", label=document.label)
    form = _form(act, document, target, group)
    moved = papers.file_as(act, DocumentKind.TEMPORARY, target, form, uploads, output_of=document)
    audience = papers_audience(act.session, meeting)
    record(
        act,
        "outputs.moved",
        document,
        group_id=group.id,
        audience=document.audience or audience,
        name=document.name,
        meeting=meeting.code,
        to=target.code,
        other=moved.name,
    )
    return moved


def moved_to(act: Act, document_ids: list[int]) -> dict[int, Document]:
    """Document id -> what it became at another meeting, as far as the actor may read it."""
    wanted = (
        select(Lineage.other_id, Document)
        .join(Document, col(Document.id) == Lineage.document_id)
        .where(
            col(Lineage.other_id).in_(document_ids),
            Lineage.kind == LineageKind.OUTPUT_OF,
            Document.status == Status.POSTED,
            documents.visible(act),
        )
    )
    return dict(list(act.session.exec(wanted))) if document_ids else {}


def _require_new(act: Act, document: Document, target: Meeting) -> None:
    wanted = (
        select(Document)
        .join(Lineage, col(Lineage.document_id) == Document.id)
        .where(
            Lineage.other_id == document.id,
            Lineage.kind == LineageKind.OUTPUT_OF,
            Document.meeting_id == target.id,
            Document.status == Status.POSTED,
        )
    )
    there = act.session.exec(wanted).first()
    if there is not None:
        raise Conflict(rules.MOVED_ALREADY, label=document.label, code=target.code, other=there.label)


def _uploads(act: Act, document: Document) -> list[Upload]:
    """The originals as they are kept; the copy with the new number is made like that of every document."""
    return [
        Upload(
            blob=Blob(file.sha256, file.size_bytes),
            given_name=file.given_name,
            media_type=file.media_type,
            format=file.name.rpartition(".")[2],
            is_signed=file.is_signed,
            language=file.language,
        )
        for file in documents.current_files(act, document)
    ]


def _form(act: Act, document: Document, target: Meeting, group: Group) -> SubmissionForm:
    sits_there = group.id in {each.id for each in groups_of(act.session, target)}
    questions = documents.questions_of(act.session, document) or ([group] if group.kind == "question" else [])
    return SubmissionForm(
        stream=stream_of(act, target, group if sits_there else group_of(act.session, target)),
        title=document.title,
        titles=document.titles,
        questions=[question.path for question in questions],
        sources=[document.source] if document.source else [],
        purpose=Purpose(document.purpose) if document.purpose in set(Purpose) else Purpose.NONE,
        abstract=document.abstract,
        keywords=document.keywords,
        contacts=[ContactForm.model_validate(contact) for contact in document.contacts],
        language=document.language,
    )
