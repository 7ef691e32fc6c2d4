"""Take decisions and assign action items: numbered, corrected, withdrawn, never deleted."""

from typing import Any

from sqlmodel import select

from sgdocs.approval.models import Process
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid
from sgdocs.groups.models import Group
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import papers_audience
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email
from sgdocs.policy import Permission, Scope, may, require
from sgdocs.proceedings import rules
from sgdocs.proceedings.actions._places import item_id, named, next_number, original_of, permit
from sgdocs.proceedings.models import ActionItem, Decision, TextDecision
from sgdocs.proceedings.schemas import ActionForm, DecisionForm


def decide(act: Act, meeting: Meeting, group: Group, form: DecisionForm) -> Decision:
    """Record a decision under the next number of the group at that meeting."""
    permit(act, meeting, group)
    row = Decision(
        meeting_id=meeting.id or 0,
        group_id=group.id or 0,
        number=next_number(act, Decision, meeting, group),
        text=form.text,
        entered_by=act.actor.person_id,
        entered_at=act.now,
    )
    _fill_decision(act, meeting, row, form)
    _note(act, "decisions.taken", row, meeting, group, number=row.number, kind=row.kind, text=row.text)
    return row


def correct_decision(act: Act, meeting: Meeting, group: Group, row: Decision, form: DecisionForm) -> Decision:
    """Other words for a decision; the journal keeps those before."""
    permit(act, meeting, group)
    _require_standing(row)
    was = row.text
    row.text = form.text
    _fill_decision(act, meeting, row, form)
    _note(act, "decisions.corrected", row, meeting, group, number=row.number, text=row.text, was=was)
    return row


def withdraw_decision(act: Act, meeting: Meeting, group: Group, row: Decision, reason: str) -> Decision:
    """The decision stands no more; its number and words stay. One that moved a text is undone by a step of the text."""
    permit(act, meeting, group)
    _require_no_text(act, row)
    _withdraw(act, row, reason)
    _note(act, "decisions.withdrawn", row, meeting, group, number=row.number, reason=reason)
    return row


def assign(act: Act, meeting: Meeting, group: Group, form: ActionForm) -> ActionItem:
    """Somebody will do something by a day."""
    permit(act, meeting, group)
    owner = _person(act, form.owner)
    document = named(act, form.document)
    row = ActionItem(
        meeting_id=meeting.id or 0,
        group_id=group.id or 0,
        number=next_number(act, ActionItem, meeting, group),
        agenda_item_id=item_id(act, meeting, form.item),
        document_id=document.id if document else None,
        text=form.text,
        owner_id=owner.id if owner else None,
        owner="" if owner else form.owner,
        due_on=form.due_on,
        entered_by=act.actor.person_id,
        entered_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    _note(act, "actions.assigned", row, meeting, group, number=row.number, text=row.text, due_on=str(row.due_on or ""))
    return row


def complete(act: Act, meeting: Meeting, group: Group, row: ActionItem) -> ActionItem:
    """Done. Its owner may say so, and whoever leads the group."""
    _permit_owner(act, group, row)
    _require_standing(row)
    if row.done_at is not None:
        raise Conflict(rules.DONE, number=row.number, on=geneva_day(row.done_at))
    row.done_at = act.now
    act.session.add(row)
    _note(act, "actions.completed", row, meeting, group, number=row.number)
    return row


def begin(act: Act, meeting: Meeting, group: Group, row: ActionItem) -> ActionItem:
    """Somebody is at it. Its owner may say so, and whoever leads the group."""
    _permit_owner(act, group, row)
    _require_standing(row)
    if row.done_at is not None:
        raise Conflict(rules.DONE, number=row.number, on=geneva_day(row.done_at))
    if row.begun_at is None:
        row.begun_at = act.now
        act.session.add(row)
        _note(act, "actions.begun", row, meeting, group, number=row.number)
    return row


def reopen(act: Act, meeting: Meeting, group: Group, row: ActionItem) -> ActionItem:
    """Not done after all, or not begun."""
    _permit_owner(act, group, row)
    _require_standing(row)
    if row.done_at is None and row.begun_at is None:
        raise Conflict(rules.OPEN, number=row.number)
    row.done_at, row.begun_at = None, None
    act.session.add(row)
    _note(act, "actions.reopened", row, meeting, group, number=row.number)
    return row


def withdraw_action(act: Act, meeting: Meeting, group: Group, row: ActionItem, reason: str) -> ActionItem:
    permit(act, meeting, group)
    _withdraw(act, row, reason)
    _note(act, "actions.withdrawn", row, meeting, group, number=row.number, reason=reason)
    return row


def _fill_decision(act: Act, meeting: Meeting, row: Decision, form: DecisionForm) -> None:
    """A decision on a document binds the original of its current version."""
    document = named(act, form.document)
    row.kind = form.kind.value
    row.agenda_item_id = item_id(act, meeting, form.item)
    row.document_id = document.id if document else None
    row.document_sha256 = original_of(act, document)[1] if document else ""
    act.session.add(row)
    act.session.flush()


def _withdraw(act: Act, row: Decision | ActionItem, reason: str) -> None:
    _require_standing(row)
    if not reason:
        raise Invalid(rules.REASON, field="reason")
    row.withdrawn_at, row.withdrawn_reason = act.now, reason
    act.session.add(row)


def _require_no_text(act: Act, row: Decision) -> None:
    moved = act.session.get(TextDecision, row.id)
    if moved is not None:
        process = act.session.get_one(Process, moved.process_id)
        raise Conflict(rules.MOVED_A_TEXT, number=row.number, process=process.number)


def _require_standing(row: Decision | ActionItem) -> None:
    if row.withdrawn_at is not None:
        raise Conflict(rules.WITHDRAWN, number=row.number, on=geneva_day(row.withdrawn_at))


def _permit_owner(act: Act, group: Group, row: ActionItem) -> None:
    if may(act.actor, Permission.KEEP_PROCEEDINGS, Scope(group.path)):
        return
    require(act.actor, Permission.COMPLETE_ACTION, Scope(group.path, owner_id=row.owner_id))


def _person(act: Act, named_as: str) -> Person | None:
    """By e-mail or by the end of the address of their page; words that name nobody stay words."""
    if "@" in named_as:
        return by_email(act.session, named_as)
    slug = named_as.removeprefix("/person/")
    return act.session.exec(select(Person).where(Person.slug == slug)).first() if slug else None


def _note(act: Act, verb: str, row: Decision | ActionItem, meeting: Meeting, group: Group, **facts: Any) -> None:
    """Read by those who read the papers of the meeting."""
    audience = papers_audience(act.session, meeting)
    record(act, verb, row, group_id=group.id, audience=audience, meeting=meeting.code, **facts)
