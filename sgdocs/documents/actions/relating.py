"""Lineage: revision of, merged into, output of, also in, summary of."""

from collections.abc import Sequence

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Refusal, missing, refuse
from sgdocs.base.text import one_line
from sgdocs.documents import rules
from sgdocs.documents.actions import _rights
from sgdocs.documents.actions._filing import note
from sgdocs.documents.actions.submitting import submit
from sgdocs.documents.models import Document, DocumentSource, Lineage
from sgdocs.documents.rules import USUAL, DocumentKind, Limits, LineageKind, Purpose, Status
from sgdocs.documents.schemas import ContactForm, SubmissionForm, Upload
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, may, require


def relate(
    act: Act, document: Document, other: Document, kind: LineageKind, *, words: str = "", is_permitted: bool = False
) -> Lineage:
    """The document is `kind` of the other. By its owner, its entity, officers and the secretariat.

    is_permitted: the caller did so: the meeting itself decided. Conflict: it stands already, or would make a circle.
    """
    if not is_permitted:
        _require(act, document)
    if document.id == other.id or _descends(act, other, document, kind):
        refuse(Refusal(rules.ITSELF))
    if _row(act, document, other, kind) is not None:
        raise Conflict(rules.ALREADY, name=document.label)
    row = Lineage(document_id=document.id or 0, other_id=other.id or 0, kind=kind, note=one_line(words)[:500])
    act.session.add(row)
    act.session.flush()
    note(act, "documents.related", document, kind=kind, other=_shown(document, other))
    return row


def _shown(document: Document, other: Document) -> str:
    """The other's name, unless those who read this entry may not read the other."""
    return other.name if other.audience in ("public", document.audience) else ""


def unrelate(act: Act, document: Document, other: Document, kind: LineageKind, *, is_permitted: bool = False) -> None:
    """Take a relation back. is_permitted: as for `relate`."""
    if not is_permitted:
        _require(act, document)
    row = _row(act, document, other, kind)
    if row is None:
        missing("relation", f"{document.name} {kind} {other.name}")
    act.session.delete(row)
    note(act, "documents.unrelated", document, kind=kind, other=_shown(document, other))


def also_in(
    act: Act, document: Document, meeting: Meeting, uploads: Sequence[Upload], *, limits: Limits = USUAL
) -> Document:
    """A single sheet (title, source, summary) of a contribution for another group, numbered in its own series.

    The same rules as any contribution there. uploads: the sheet. Source: Rec. ITU-T A.1 3.2.9, domain 4.3.
    """
    _require(act, document)
    if document.kind != DocumentKind.CONTRIBUTION:
        refuse(Refusal(rules.SHEET))
    refuse(rules.why_not_in(document.status, [Status.POSTED, Status.HELD], document.label))
    sources = act.session.exec(select(DocumentSource.organisation_id).where(DocumentSource.document_id == document.id))
    form = SubmissionForm(
        kind=DocumentKind.CONTRIBUTION,
        title=document.title,
        sources=[str(each) for each in sources],
        purpose=Purpose(document.purpose),
        abstract=document.abstract,
        language=document.language,
        contacts=[ContactForm.model_validate(each) for each in document.contacts],
    )
    sheet = submit(act, meeting, form, uploads, limits=limits)
    pairs = ((sheet, document, LineageKind.SUMMARY_OF), (document, sheet, LineageKind.ALSO_IN))
    for one, other, kind in pairs:
        act.session.add(Lineage(document_id=one.id or 0, other_id=other.id or 0, kind=kind))
    note(act, "documents.also-submitted", document, other=_shown(document, sheet), meeting=meeting.code)
    return sheet


def _require(act: Act, document: Document) -> None:
    scope = _rights.scope_of(act.session, document)
    if not may(act.actor, Permission.DIRECT_DOCUMENTS, scope):
        require(act.actor, Permission.REVISE_DOCUMENT, scope)


def _row(act: Act, document: Document, other: Document, kind: LineageKind) -> Lineage | None:
    stands = select(Lineage).where(
        Lineage.document_id == document.id, Lineage.other_id == other.id, Lineage.kind == kind
    )
    return act.session.exec(stands).first()


def _descends(act: Act, document: Document, other: Document, kind: LineageKind) -> bool:
    """Whether a document comes from the other already, by any way of that kind."""
    first = select(Lineage.other_id).where(Lineage.document_id == document.id, Lineage.kind == kind)
    reach = first.cte("reach", recursive=True)
    more = select(Lineage.other_id).join(reach, col(Lineage.document_id) == reach.c.other_id)
    whole = reach.union(more.where(Lineage.kind == kind))
    return other.id in act.session.execute(select(whole.c.other_id)).scalars().all()
