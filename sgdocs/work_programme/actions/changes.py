"""Enter what a meeting accepted into the base text of an item; undo it. Numbered, never deleted. Source: domain 3.1, WI-7."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, Refusal, refuse
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.documents.texts import text_of
from sgdocs.groups.models import Group
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.work_programme import change_rules as rules
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.actions._places import require_begun
from sgdocs.work_programme.base_texts import BaseText, accepted_of, current_base, requests_of
from sgdocs.work_programme.baseline import Accepted
from sgdocs.work_programme.change_schemas import AllChangesForm, ChangeForm
from sgdocs.work_programme.edits import clause_named, label, text_units
from sgdocs.work_programme.models import AcceptedChange, ItemPaper, WorkItem
from sgdocs.work_programme.queries import group_of, question_of
from sgdocs.work_programme.rules import NOT_OF_GROUP, PaperRole


def accept(act: Act, item: WorkItem, form: ChangeForm) -> AcceptedChange:
    """Enter one change that a meeting accepted. Conflict: the base text moved, or the sentence is changed already."""
    _writing.permit(act, item)
    _writing.require_standing(item)
    document, meeting = documents.by_name(act, form.document), _meeting(act, item, form.meeting)
    base = _base(act, item, form.base)
    _lock(act, item)
    return _enter(act, item, base, document, meeting, form)


def accept_all(act: Act, item: WorkItem, form: AllChangesForm) -> list[AcceptedChange]:
    """Enter all that one document would change, in the text or in one clause; nothing when one of them contradicts."""
    _writing.permit(act, item)
    _writing.require_standing(item)
    document, meeting = documents.by_name(act, form.document), _meeting(act, item, form.meeting)
    base = _base(act, item, form.base)
    _, wished = requests_of(act, item, document)
    edits = [edit for edit in wished if form.clause in ("", edit.clause, edit.anchor)]
    if not edits:
        raise Conflict(rules.NOTHING)
    _lock(act, item)
    return [
        _enter(
            act,
            item,
            base,
            document,
            meeting,
            ChangeForm(
                document=form.document, clause=edit.clause, before=edit.before, after=edit.after, meeting=form.meeting
            ),
        )
        for edit in edits
    ]


def undo(act: Act, item: WorkItem, row: AcceptedChange, reason: str) -> AcceptedChange:
    """The meeting thought otherwise. Number and words stay."""
    _writing.permit(act, item)
    _lock(act, item)
    act.session.refresh(row)
    if row.undone_at is not None:
        raise Conflict(rules.UNDONE, number=row.number, on=geneva_day(row.undone_at))
    if not reason:
        raise Invalid(rules.UNDO_REASON, field="reason")
    row.undone_at, row.undone_reason = act.now, reason
    act.session.add(row)
    _note(act, "work.change-undone", item, row, reason=reason)
    return row


def change_numbered(act: Act, item: WorkItem, number: int) -> AcceptedChange | None:
    """The change of that number whose document the actor may read."""
    found = select(AcceptedChange).where(AcceptedChange.work_item_id == item.id, AcceptedChange.number == number)
    row = act.session.exec(found).first()
    return row if row and documents.by_id(act, row.document_id) else None


def _base(act: Act, item: WorkItem, seen: str) -> BaseText:
    """The base text, the one that was seen if one is named."""
    base = current_base(act, item)
    if base is None:
        raise Conflict(rules.NO_BASE, name=item.acronym)
    if seen and seen != base.base.sha256:
        raise Conflict(rules.OTHER_BASE, name=item.acronym)
    return base


def _meeting(act: Act, item: WorkItem, code: str) -> Meeting:
    """A meeting that has begun, of the item's group, of a part of it or of the one above it."""
    meeting = meetings.by_code(act, code)
    require_begun(act, meeting)
    place = question_of(act.session, item) or group_of(act.session, item)
    own = {item.group_id, item.question_id, place.working_party_id, place.parent_id} - {None}
    here = meetings.groups_of(act.session, meeting)
    if not any(group.id in own or group.parent_id == item.group_id for group in here):
        label = group_of(act.session, item).label
        refuse(Refusal(NOT_OF_GROUP, {"code": meeting.code, "label": label}, field="meeting"), Invalid)
    return meeting


def _lock(act: Act, item: WorkItem) -> None:
    """One at a time for an item; SQLite writers queue anyway."""
    act.session.execute(select(WorkItem.id).where(col(WorkItem.id) == item.id).with_for_update())


def _enter(  # noqa: PLR0917 what a row is made of
    act: Act, item: WorkItem, base: BaseText, document: Document, meeting: Meeting, form: ChangeForm
) -> AcceptedChange:
    change = Accepted(0, form.clause, form.before, form.after)
    no = rules.why_not_accept(base.units, change, _standing(act, item, base))
    if no is not None:
        refuse(no, Conflict if no.rule is rules.TAKEN else Invalid)
    held = text_of(act, document, language=document.language, empty=True)
    row = AcceptedChange(
        work_item_id=item.id or 0,
        number=_next_number(act, item),
        document_id=document.id or 0,
        part=held.part,
        sha256=held.file.sha256 if held.file else "",
        base_id=base.base.id,
        clause=_clause(base, form.clause),
        change="adds" if not form.before else "removes" if not form.after else "replaces",
        before=form.before,
        after=form.after,
        note=form.note,
        meeting_id=meeting.id,
        accepted_by=act.actor.person_id,
        accepted_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    _attach(act, item, document)
    _note(act, "work.change-accepted", item, row, document=document, meeting=meeting.code)
    return row


def _clause(base: BaseText, name: str) -> str:
    """As people call it, where that means this clause alone, else its anchor; of a new one what was said."""
    units = text_units(base.units)
    unit = clause_named(units, name)
    if unit is None:
        return name
    return label(unit) if clause_named(units, label(unit)) is unit else unit.anchor


def _standing(act: Act, item: WorkItem, base: BaseText) -> list[tuple[Accepted, str]]:
    """Changes of this base text that stand, whoever may read their documents, with the labels of those one may."""
    found = select(AcceptedChange).where(
        AcceptedChange.work_item_id == item.id,
        AcceptedChange.base_id == base.base.id,
        col(AcceptedChange.undone_at).is_(None),
    )
    rows = act.session.exec(found.order_by(col(AcceptedChange.number))).all()
    known = select(Document).where(col(Document.id).in_([row.document_id for row in rows]), documents.visible(act))
    labels = {row.id: row.label for row in act.session.exec(known)}
    return [(accepted_of(row), labels.get(row.document_id, "-")) for row in rows]


def _next_number(act: Act, item: WorkItem) -> int:
    highest = select(func.max(AcceptedChange.number)).where(AcceptedChange.work_item_id == item.id)
    return (act.session.execute(highest).scalar() or 0) + 1


def _attach(act: Act, item: WorkItem, document: Document) -> None:
    """A document whose change was accepted belongs to the item."""
    held = select(ItemPaper.id).where(ItemPaper.work_item_id == item.id, ItemPaper.document_id == document.id)
    if act.session.exec(held).first() is None:
        row = ItemPaper(
            work_item_id=item.id or 0,
            document_id=document.id or 0,
            role=PaperRole.CONTRIBUTION,
            by_hand=True,
            added_at=act.now,
        )
        act.session.add(row)


def _note(
    act: Act, verb: str, item: WorkItem, row: AcceptedChange, *, document: Document | None = None, **facts: Any
) -> None:
    """For the readers of the document: its words may be no one else's."""
    paper = document or act.session.get_one(Document, row.document_id)
    group: Group = group_of(act.session, item)
    _writing.note(
        act,
        verb,
        item,
        document=paper,
        change=row.number,
        clause=row.clause,
        paper=paper.name,
        group=group.label,
        **facts,
    )
