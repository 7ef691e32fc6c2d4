"""Allot documents to agenda items by the table of reasons. Source: domain 5.2 M-1. By hand: `corrections`."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents import allocations
from sgdocs.documents.allocations import BETWEEN_IDS, BETWEEN_WORDS
from sgdocs.documents.allotment import Proposal, proposals
from sgdocs.documents.models import Allocation, Document
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission, Scope, require

LONGEST_WORDS: Final = 200


def allot(act: Act, meeting: Meeting, only: Collection[int] | None = None) -> int:
    """Put documents where the table of reasons says; returns how many changed their place.

    What a person put somewhere stays there, and such a document is not put elsewhere by a rule. only: ids of documents;
    None for all. Costs about eight queries and one write for each change.
    """
    group = act.session.get_one(Group, meeting.group_id)
    require(act.actor, Permission.ALLOT, Scope(group.path))
    lock(act, meeting)
    papers = allocations.papers_of(act.session, meeting)
    table = allocations.table_of(act.session, meeting, papers)
    now = _Round(act, meeting, frozenset(slot.id for slot in table.slots))
    before = _before(act, meeting)
    for paper in papers:
        if only is None or paper.id in only:
            now.settle(paper.id, proposals(paper, table), before.pop(paper.id, []))
    _drop_strangers(now, {id: rows for id, rows in before.items() if only is None or id in only})
    if now.changed:
        record(
            act,
            "allocations.made",
            meeting,
            group_id=meeting.group_id,
            audience=meeting.audience,
            documents=len(now.changed),
            added=now.added,
            moved=now.moved,
        )
    return len(now.changed)


def lock(act: Act, meeting: Meeting) -> None:
    """One at a time for a meeting; SQLite writers queue anyway."""
    act.session.execute(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())


def _before(act: Act, meeting: Meeting) -> dict[int, list[Allocation]]:
    found: defaultdict[int, list[Allocation]] = defaultdict(list)
    for row in act.session.exec(select(Allocation).where(Allocation.meeting_id == meeting.id)):
        found[row.document_id].append(row)
    return found


@dataclass
class _Round:
    """One round over a meeting and what it did. standing: ids of the items that are there."""

    act: Act
    meeting: Meeting
    standing: frozenset[int]
    added: int = 0
    moved: int = 0
    changed: set[int] = field(default_factory=set)

    def settle(self, document_id: int, wanted: list[Proposal], rows: list[Allocation]) -> None:
        """Bring one document's rows to what is wanted; rows by hand are left as they are."""
        by_hand = [row for row in rows if row.by_hand and row.agenda_item_id in self.standing]
        taken = {row.agenda_item_id for row in by_hand}
        is_fixed = any(row.is_primary for row in by_hand)
        places = {} if is_fixed else {each.slot_id: each for each in wanted if each.slot_id not in taken}
        for row in rows:
            if not row.by_hand:
                self._keep_or_drop(row, places.pop(row.agenda_item_id, None))
        for proposal in places.values():
            self._add(document_id, proposal)

    def drop(self, row: Allocation) -> None:
        self.act.session.delete(row)
        self.changed.add(row.document_id)

    def _keep_or_drop(self, row: Allocation, proposal: Proposal | None) -> None:
        if proposal is None:
            self.drop(row)
        elif _write(row, proposal):
            row.allotted_at = self.act.now
            self.act.session.add(row)
            self.moved += 1
            self.changed.add(row.document_id)

    def _add(self, document_id: int, proposal: Proposal) -> None:
        row = Allocation(
            document_id=document_id,
            meeting_id=self.meeting.id or 0,
            agenda_item_id=proposal.slot_id,
            allotted_at=self.act.now,
        )
        _write(row, proposal)
        self.act.session.add(row)
        self.added += 1
        self.changed.add(document_id)


def _write(row: Allocation, proposal: Proposal) -> bool:
    """Whether anything of the row changed."""
    words = BETWEEN_WORDS.join(each.replace("|", "/")[:LONGEST_WORDS] for each in proposal.because)
    now = (BETWEEN_IDS.join(proposal.reasons), words, proposal.is_primary)
    if (row.reason, row.because, row.is_primary) == now:
        return False
    row.reason, row.because, row.is_primary = now
    return True


def _drop_strangers(now: _Round, left: dict[int, list[Allocation]]) -> None:
    """Take out rows of documents that went to another meeting or were deleted; withdrawn ones keep their place."""
    kept = select(Document.id).where(
        col(Document.id).in_(left), Document.meeting_id == now.meeting.id, col(Document.deleted_at).is_(None)
    )
    here = set(now.act.session.exec(kept)) if left else set()
    for id, rows in left.items():
        for row in rows if id not in here else ():
            now.drop(row)
