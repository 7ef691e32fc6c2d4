"""Allot by hand: such a place stays, and may be kept as a rule of the group. Source: domain 5.2 M-1."""

from typing import Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid
from sgdocs.base.rulebook import rule
from sgdocs.base.text import one_line
from sgdocs.documents.actions.allocation import LONGEST_WORDS, lock
from sgdocs.documents.allocations import BY_HAND
from sgdocs.documents.models import Allocation, AllotmentRule, Document
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.meetings.queries import papers_audience
from sgdocs.policy import Permission, Scope, require

ELSEWHERE = rule("allocations.elsewhere", "{label} is not a document of this meeting.")
NOTHING_TO_KEEP = rule(
    "allocations.nothing-to-keep", "Say by which words, source or kind, and choose an item that has a kind."
)
NOT_BY_HAND = rule("allocations.not-by-hand", "The rules put it there; move it by hand instead.")
RULE_ENDED = rule("allocations.rule-ended", "This correction has ended already.")
FEATURES: Final = ("words", "source", "kind")


def correct(
    act: Act,
    meeting: Meeting,
    document: Document,
    item: AgendaItem,
    *,
    is_primary: bool = True,
    keep: str = "",
    value: str = "",
) -> Allocation:
    """Put a document under an item by hand; it stays there whatever the rules say.

    is_primary: False adds a place and leaves the others. keep: `words`, `source` or `kind`: documents that have `value`
    there go the same way from now on, as a rule of the item's group. To take a document away from another group needs
    the right over that group too.
    """
    group = act.session.get_one(Group, item.group_id)
    require(act.actor, Permission.ALLOT, Scope(group.path))
    if document.meeting_id != meeting.id or item.meeting_id != meeting.id or item.deleted_at is not None:
        raise Conflict(ELSEWHERE, label=document.label)
    lock(act, meeting)
    wanted = select(Allocation).where(Allocation.document_id == document.id, Allocation.meeting_id == meeting.id)
    rows = list(act.session.exec(wanted))
    left = _left(act, rows, group) if is_primary else None
    row = _row(act, meeting, document, item, rows)
    row.is_primary = is_primary or row.is_primary
    if is_primary:
        for other in rows:
            if other is not row:
                act.session.delete(other)
        act.session.flush()
    act.session.add(row)
    act.session.flush()
    _note(act, meeting, "allocations.corrected", document, item)
    if keep:
        _keep(act, meeting, item, keep=keep, value=value, draws=left is not None)
    return row


def _row(act: Act, meeting: Meeting, document: Document, item: AgendaItem, rows: list[Allocation]) -> Allocation:
    """The row of that item, new or as it was, now by hand."""
    row = next((row for row in rows if row.agenda_item_id == item.id), None) or Allocation(
        document_id=document.id or 0,
        meeting_id=meeting.id or 0,
        agenda_item_id=item.id or 0,
        is_primary=not any(row.is_primary for row in rows),
        allotted_at=act.now,
    )
    row.by_hand, row.reason, row.because = True, BY_HAND, ""
    row.allotted_by, row.allotted_at = act.actor.person_id, act.now
    return row


def _left(act: Act, rows: list[Allocation], group: Group) -> Group | None:
    """The group that loses the document as its primary one; None when it stays in the same agenda."""
    primary = next((row for row in rows if row.is_primary), None)
    if primary is None:
        return None
    item = act.session.get_one(AgendaItem, primary.agenda_item_id)
    if item.group_id == group.id:
        return None
    other = act.session.get_one(Group, item.group_id)
    require(act.actor, Permission.ALLOT, Scope(other.path))
    return other


def _keep(act: Act, meeting: Meeting, item: AgendaItem, *, keep: str, value: str, draws: bool) -> AllotmentRule:
    value = one_line(value)[:LONGEST_WORDS]
    if keep not in FEATURES or not value or not (item.kind or draws):
        raise Invalid(NOTHING_TO_KEEP, field="keep")
    same = (AllotmentRule.feature == keep, AllotmentRule.value == value, col(AllotmentRule.ended_at).is_(None))
    for older in act.session.exec(select(AllotmentRule).where(AllotmentRule.group_id == item.group_id, *same)):
        older.ended_at = act.now
        act.session.add(older)
    row = AllotmentRule(
        group_id=item.group_id,
        feature=keep,
        value=value,
        item_kind=item.kind,
        question_id=item.group_id if draws else None,
        made_by=act.actor.person_id,
        made_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    _note_rule(act, meeting, "allocations.rule-kept", row)
    return row


def take_back(act: Act, meeting: Meeting, row: Allocation, document: Document) -> None:
    """Undo a place by hand; the rules put the document where they would."""
    item = act.session.get_one(AgendaItem, row.agenda_item_id)
    group = act.session.get_one(Group, item.group_id)
    require(act.actor, Permission.ALLOT, Scope(group.path))
    if not row.by_hand:
        raise Conflict(NOT_BY_HAND)
    act.session.delete(row)
    act.session.flush()
    _note(act, meeting, "allocations.removed", document, item)


def end_rule(act: Act, meeting: Meeting, row: AllotmentRule) -> None:
    """A kept correction is kept no longer."""
    group = act.session.get_one(Group, row.group_id)
    require(act.actor, Permission.ALLOT, Scope(group.path))
    if row.ended_at is not None:
        raise Conflict(RULE_ENDED)
    row.ended_at = act.now
    act.session.add(row)
    _note_rule(act, meeting, "allocations.rule-ended", row)


def _note(act: Act, meeting: Meeting, verb: str, document: Document, item: AgendaItem) -> None:
    record(
        act,
        verb,
        document,
        group_id=item.group_id,
        audience=document.audience,
        document=document.name,
        item=item.title,
        meeting=meeting.code,
    )


def _note_rule(act: Act, meeting: Meeting, verb: str, row: AllotmentRule) -> None:
    """Values of rules are words of documents: for those who read the meeting's papers."""
    record(
        act,
        verb,
        row,
        group_id=row.group_id,
        audience=papers_audience(act.session, meeting),
        feature=row.feature,
        value=row.value,
        meeting=meeting.code,
    )
