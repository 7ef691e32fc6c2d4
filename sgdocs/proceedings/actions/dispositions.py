"""Record what became of documents."""

from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, refuse
from sgdocs.documents import actions as papers
from sgdocs.documents.models import Allocation, Document, Lineage
from sgdocs.documents.rules import LineageKind, Status
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.policy import PUBLIC
from sgdocs.proceedings import rules
from sgdocs.proceedings.actions._places import named, original_of, permit
from sgdocs.proceedings.models import Disposition
from sgdocs.proceedings.rules import NEEDS_OTHER, Discussed, Outcome
from sgdocs.proceedings.schemas import DispositionForm


def dispose(act: Act, meeting: Meeting, group: Group, document: Document, form: DispositionForm) -> Disposition:
    """Record the outcome for a document, or change it. It binds the original of the version that was discussed.

    Revised-to and merged-into make the lineage; withdrawn withdraws the document, which its owner, the officers and the
    secretariat may.
    """
    permit(act, meeting, group)
    part, digest = original_of(act, document, form.part)
    other = named(act, form.other) if form.outcome in NEEDS_OTHER else None
    is_withdrawn = document.status == Status.WITHDRAWN
    facts = Discussed(
        document.id or 0, document.label, document.meeting_id == meeting.id, bool(digest), is_withdrawn=is_withdrawn
    )
    refuse(rules.why_not_dispose(form.outcome, facts, other.id if other else None), Invalid)
    if form.outcome is Outcome.WITHDRAWN and not is_withdrawn:
        papers.withdraw(act, document, form.note or "Withdrawn at the meeting")
    row = _row(act, meeting, group, document) or Disposition(
        document_id=document.id or 0,
        meeting_id=meeting.id or 0,
        group_id=group.id or 0,
        outcome=form.outcome.value,
        entered_at=act.now,
    )
    _move_lineage(act, document, row if row.id else None, form.outcome, other)
    was = row.outcome if row.id else ""
    row.outcome, row.note, row.other_id = form.outcome.value, form.note, other.id if other else None
    row.version_part, row.sha256 = part, digest
    row.agenda_item_id = _item_of(act, meeting, group, document)
    row.entered_by, row.entered_at = act.actor.person_id, act.now
    act.session.add(row)
    act.session.flush()
    is_open = other is not None and other.audience in (PUBLIC, document.audience)
    other_name = other.name if other is not None and is_open else ""
    facts_of_it = {"meeting": meeting.code, "outcome": row.outcome, "was": was, "other": other_name, "sha256": digest}
    _note(act, "dispositions.entered", document, group, facts_of_it)
    return row


Related = tuple[Document, Document, LineageKind]


def _move_lineage(
    act: Act, document: Document, before: Disposition | None, outcome: Outcome, other: Document | None
) -> None:
    """The relation that the outcome makes stands, the one that the outcome before had made no longer.

    The meeting decided, so that nobody else's right over the documents is asked.
    """
    was = act.session.get(Document, before.other_id) if before is not None and before.other_id else None
    old = _related(document, was, Outcome(before.outcome)) if before is not None and was is not None else None
    new = _related(document, other, outcome) if other is not None else None
    if old is not None and old != new and _stands(act, old):
        papers.unrelate(act, *old, is_permitted=True)
    if new is not None and not _stands(act, new):
        papers.relate(act, *new, is_permitted=True)


def _related(document: Document, other: Document, outcome: Outcome) -> Related:
    """C12 revised to TD45: TD45 is a revision of C12. C12 merged into TD45: C12 is merged into TD45."""
    if outcome is Outcome.REVISED_TO:
        return other, document, LineageKind.REVISION_OF
    return document, other, LineageKind.MERGED_INTO


def _stands(act: Act, related: Related) -> bool:
    one, other, kind = related
    wanted = select(Lineage.id).where(Lineage.document_id == one.id, Lineage.other_id == other.id, Lineage.kind == kind)
    return act.session.exec(wanted).first() is not None


def take_back(act: Act, meeting: Meeting, group: Group, document: Document) -> None:
    """Nothing is recorded of the document any more; the journal keeps what was."""
    permit(act, meeting, group)
    row = _row(act, meeting, group, document)
    if row is None:
        return
    if document.status == Status.WITHDRAWN:
        raise Invalid(rules.NO_MOVE, field="outcome", label=document.label)
    _move_lineage(act, document, row, Outcome.NOTED, None)
    act.session.delete(row)
    _note(act, "dispositions.removed", document, group, {"meeting": meeting.code, "was": row.outcome})


def _row(act: Act, meeting: Meeting, group: Group, document: Document) -> Disposition | None:
    wanted = select(Disposition).where(
        Disposition.document_id == document.id,
        Disposition.meeting_id == meeting.id,
        Disposition.group_id == group.id,
    )
    return act.session.exec(wanted.with_for_update()).first()


def _item_of(act: Act, meeting: Meeting, group: Group, document: Document) -> int | None:
    """The item of that group's agenda under which the document stands."""
    wanted = (
        select(Allocation.agenda_item_id)
        .join(AgendaItem, AgendaItem.id == Allocation.agenda_item_id)  # type: ignore[arg-type]
        .where(
            Allocation.document_id == document.id,
            Allocation.meeting_id == meeting.id,
            AgendaItem.group_id == group.id,
        )
    )
    return act.session.exec(wanted).first()


def _note(act: Act, verb: str, document: Document, group: Group, told: dict[str, str]) -> None:
    """Read by those who read the document."""
    facts = {"name": document.name, **told}
    record(act, verb, document, group_id=group.id, audience=document.audience, personal=None, **facts)
