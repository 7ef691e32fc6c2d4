"""Which documents stand under which items, and why; what the allotment is decided from, read from the tables."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.documents.allotment import GOES_WITH
from sgdocs.documents.allotment_facts import Kept, Paper, Seat, Slot, Table, drafts_in, subjects_of
from sgdocs.documents.allotment_sorts import SAYS
from sgdocs.documents.listing import known
from sgdocs.documents.models import Allocation, AllotmentRule, Document, DocumentPointer, DocumentQuestion
from sgdocs.documents.rules import SHOWN, Status
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.agenda import agendas
from sgdocs.meetings.models import AgendaItem, Meeting

BETWEEN_IDS: Final = "+"
BETWEEN_WORDS: Final = " | "
BY_HAND: Final = "by-hand"
REASONS: Final[dict[str, str]] = {
    **{reason.id: reason.says for reason in GOES_WITH},
    **SAYS,
    BY_HAND: N_("put there by hand"),
}
"""Id of a reason -> its sentence, with {words}."""


@dataclass(frozen=True)
class Placed:
    """A document under an item."""

    document: Document
    allocation: Allocation

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """(sentence, words) pairs, to be worded in the reader's language."""
        return reasons_of(self.allocation)


def reasons_of(allocation: Allocation) -> list[tuple[str, str]]:
    ids = allocation.reason.split(BETWEEN_IDS)
    words = allocation.because.split(BETWEEN_WORDS)
    words += [""] * (len(ids) - len(words))
    return [(REASONS.get(id, id), told) for id, told in zip(ids, words, strict=False)]


def readable(act: Act) -> tuple[ColumnElement[bool], ...]:
    """Conditions on documents that are shown in agendas and lists of proceedings to the actor, a guest of the meeting too."""
    return (
        known(act),
        col(Document.status).in_(SHOWN),
        col(Document.deleted_at).is_(None),
    )


def placed(act: Act, meeting: Meeting) -> dict[int, list[Placed]]:
    """Item id -> its documents in the order of their numbers, as far as the actor may read them. One query."""
    rows = act.session.exec(
        select(Document, Allocation)
        .join(Allocation, col(Allocation.document_id) == Document.id)
        .where(Allocation.meeting_id == meeting.id, *readable(act))
        .order_by(col(Allocation.position), Document.kind, Document.sort_key)
    )
    found: defaultdict[int, list[Placed]] = defaultdict(list)
    for document, allocation in rows:
        found[allocation.agenda_item_id].append(Placed(document, allocation))
    return found


def unplaced(act: Act, meeting: Meeting) -> list[Document]:
    """Posted documents of the meeting that stand under no item: there is no agenda yet, or the worker has not heard of them."""
    under = select(Allocation.document_id).join(AgendaItem, col(AgendaItem.id) == Allocation.agenda_item_id)
    under = under.where(Allocation.meeting_id == meeting.id, col(AgendaItem.deleted_at).is_(None))
    found = select(Document).where(
        Document.meeting_id == meeting.id,
        Document.status == Status.POSTED,
        col(Document.id).not_in(under),
        *readable(act),
    )
    return list(act.session.exec(found.order_by(Document.kind, Document.sort_key)))


def allocation_of(act: Act, meeting: Meeting, allocation_id: int) -> tuple[Allocation, Document]:
    """One row of the meeting whose document the actor may read, or NotFound."""
    row = act.session.exec(
        select(Allocation, Document)
        .join(Document, col(Document.id) == Allocation.document_id)
        .where(Allocation.id == allocation_id, Allocation.meeting_id == meeting.id, *readable(act))
    ).first()
    return (row[0], row[1]) if row else missing("allocation", allocation_id)


def kept_rules(session: Session, group_ids: Iterable[int]) -> list[AllotmentRule]:
    """The corrections that groups keep, the latest first."""
    found = select(AllotmentRule).where(
        col(AllotmentRule.group_id).in_(list(group_ids)), col(AllotmentRule.ended_at).is_(None)
    )
    return list(session.exec(found.order_by(col(AllotmentRule.made_at).desc(), col(AllotmentRule.id).desc())))


def questions_without_papers(act: Act, meeting: Meeting) -> list[Group]:
    """Questions of the meeting that no contribution is addressed to or allotted to. Source: domain 5.2 M-2.

    Counted over all contributions, also those the actor may not read: that there is one is no secret of its text.
    """
    here = [group for group in meetings.groups_of(act.session, meeting) if group.kind == "question"]
    papers = select(Document.id).where(
        Document.meeting_id == meeting.id,
        Document.kind == "contribution",
        Document.status == Status.POSTED,
        col(Document.deleted_at).is_(None),
    )
    addressed = set(
        act.session.exec(select(DocumentQuestion.group_id).where(col(DocumentQuestion.document_id).in_(papers)))
    )
    allotted = set(
        act.session.exec(
            select(AgendaItem.group_id)
            .join(Allocation, col(Allocation.agenda_item_id) == AgendaItem.id)
            .where(col(Allocation.document_id).in_(papers), Allocation.meeting_id == meeting.id)
        )
    )
    return [group for group in here if group.id not in addressed | allotted]


def features_of(document: Document) -> list[tuple[str, str]]:
    """What a correction may be kept by: (feature, value), the likeliest first."""
    drafts = [("words", name) for name in drafts_in(document.title)]
    return [*drafts, *([("source", document.source)] if document.source else []), ("kind", _kind(document))]


def _kind(document: Document) -> str:
    return f"{document.kind} {document.stream}".strip()


# Facts for the table of reasons


def papers_of(session: Session, meeting: Meeting) -> list[Paper]:
    """The posted documents of a meeting, whoever may read them: rules see all, people what is theirs. Three queries."""
    papers = (
        col(Document.meeting_id) == meeting.id,
        col(Document.status) == Status.POSTED,
        col(Document.deleted_at).is_(None),
    )
    named: defaultdict[int, list[int]] = defaultdict(list)
    addressed = select(DocumentQuestion).where(
        col(DocumentQuestion.document_id).in_(select(Document.id).where(*papers))
    )
    for row in session.exec(
        addressed.order_by(col(DocumentQuestion.is_primary).desc(), col(DocumentQuestion.group_id))
    ):
        named[row.document_id].append(row.group_id)
    pointed: defaultdict[tuple[int, str], list[tuple[str, int]]] = defaultdict(list)
    held = select(DocumentPointer).where(col(DocumentPointer.document_id).in_(select(Document.id).where(*papers)))
    for pointer in session.exec(held.order_by(col(DocumentPointer.words))):
        pointed[pointer.document_id, pointer.kind].append((pointer.words, pointer.group_id))
    wanted = (Document.id, Document.kind, Document.stream, Document.title, Document.source, Document.purpose)
    found = columns(*(col(each) for each in wanted))
    return [
        Paper(
            id or 0,
            kind,
            stream,
            title,
            source,
            purpose,
            tuple(named[id or 0]),
            tuple(pointed[id or 0, "work-item"]),
            tuple(pointed[id or 0, "answers"]),
            tuple(pointed[id or 0, "allotted"]),
        )
        for id, kind, stream, title, source, purpose in session.execute(
            found.where(*papers).order_by(Document.sort_key)
        )
    ]


def table_of(session: Session, meeting: Meeting, papers: Iterable[Paper]) -> Table:
    """Seats, items and kept corrections of a meeting."""
    groups = meetings.groups_of(session, meeting)
    slots = [
        Slot(row.item.id or 0, row.item.group_id, row.item.kind, row.item.question_id)
        for agenda in agendas(session, meeting, groups)
        for row in agenda.rows
    ]
    kept = [
        Kept(rule.group_id, rule.feature, rule.value, rule.item_kind, rule.question_id)
        for rule in kept_rules(session, [group.id or 0 for group in groups])
    ]
    table = Table(meeting.group_id, meeting.sector, tuple(_seat(group) for group in groups), tuple(slots), tuple(kept))
    return replace(table, subjects=subjects_of(papers))


def _seat(group: Group) -> Seat:
    above = tuple(id for id in (group.working_party_id, group.parent_id) if id is not None)
    return Seat(group.id or 0, group.code, group.label, group.kind, above)
