"""The status of an item: moved by approval, ended by a decision, closed by its approval. Source: domain 3.3."""

from datetime import date
from typing import Any

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, refuse
from sgdocs.meetings.models import Meeting
from sgdocs.policy import Permission
from sgdocs.recommendations.models import Text
from sgdocs.work_programme import rules
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.actions._places import require_decided
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.naming import keep_names
from sgdocs.work_programme.queries import group_of
from sgdocs.work_programme.rules import Event, ItemProcess, ItemStatus


def set_status(
    act: Act,
    item: WorkItem,
    status: ItemStatus,
    on: date | None = None,
    meeting: Meeting | None = None,
    *,
    reason: str = "",
) -> WorkItem:
    """The status that a step of the approval gives; the step itself was permitted by who calls this.

    Conflict: no row of the table leads there, or somebody moved it meanwhile. Moving to TAP changes the process too.
    """
    _writing.permit(act, item)
    way = _writing.require_way(item, status)
    was = _writing.change_status(act, item, status, on=on, meeting=meeting, reason=reason)
    if way.event is Event.MOVE_TO_TAP:
        item.process = ItemProcess.TAP
        _writing.keep(act, item)
    _told(act, "work.status-changed", item, was, meeting, clause=way.clause)
    return item


def complete(
    act: Act, item: WorkItem, text: Text, on: date, *, meeting: Meeting | None = None, reason: str = ""
) -> WorkItem:
    """The text is in force (or agreed): the item ends with it, and is found by its number as well.

    text: what came of it; its status may have been set before. Source: INV-1 to INV-5, domain 3.3.
    """
    _writing.permit(act, item)
    last = ItemStatus.AGREED if item.process == ItemProcess.AGREEMENT else ItemStatus.APPROVED
    was = item.status
    if item.status != last:
        _writing.require_way(item, last)
        _writing.change_status(act, item, last, on=on, meeting=meeting, reason=reason)
    item.approved_text_id, item.family_id = text.id, text.family_id
    item.identifier = text.numbers[0] if text.numbers else text.identifier
    _writing.keep(act, item)
    keep_names(act.session, item)
    _told(act, "work.completed", item, was, meeting, identifier=text.identifier)
    return item


def discontinue(act: Act, item: WorkItem, meeting: Meeting | None, reason: str) -> WorkItem:
    """The group gives the work up, for a reason that is minuted. Source: Rec. ITU-T A.1 1.4.7, WI-5.

    Only while nobody consented: what is under approval is withdrawn there first.
    """
    was = _end(act, item, ItemStatus.DELETED, meeting, reason)
    _told(act, "work.discontinued", item, was, meeting)
    return item


def merge(act: Act, item: WorkItem, into: WorkItem, meeting: Meeting | None, reason: str = "") -> WorkItem:
    """The work goes on in another item, which is at work."""
    if into.id == item.id or into.status not in rules.ACTIVE:
        raise Conflict(rules.MERGE_TARGET, field="into", name=item.acronym)
    reason = reason or f"Merged into {into.acronym}"
    was = _end(act, item, ItemStatus.MERGED, meeting, reason)
    item.merged_into_id = into.id
    _writing.keep(act, item)
    _told(act, "work.merged", item, was, meeting, other=into, into=into.acronym, into_number=into.number)
    return item


def _end(act: Act, item: WorkItem, status: ItemStatus, meeting: Meeting | None, reason: str) -> str:
    _writing.permit(act, item, Permission.DECIDE_ITEM)
    if not reason:
        raise Invalid(rules.REASON, field="reason")
    require_decided(act, group_of(act.session, item), meeting)
    _writing.require_way(item, status)
    return _writing.change_status(act, item, status, meeting=meeting, reason=reason)


def change_process(
    act: Act, item: WorkItem, process: ItemProcess, meeting: Meeting | None = None, reason: str = ""
) -> WorkItem:
    """AAP to TAP or back, by the study group, before consent or determination. Source: WTSA Resolution 1 section 8."""
    _writing.permit(act, item, Permission.DECIDE_ITEM)
    refuse(rules.why_not_change_process(item.status, name=item.acronym))
    refuse(rules.why_not_process(item.sector, item.kind, process), Invalid)
    if process == item.process:
        raise Conflict(rules.SAME, name=item.acronym)
    if item.status == ItemStatus.UNDER_STUDY:
        require_decided(act, group_of(act.session, item), meeting)
    was, item.process = item.process, process.value
    _writing.keep(act, item)
    code = meeting.code if meeting else ""
    _writing.note(act, "work.process-changed", item, process=item.process, was=was, meeting=code, reason=reason)
    return item


def _told(act: Act, verb: str, item: WorkItem, was: str, meeting: Meeting | None, **facts: Any) -> None:
    told: dict[str, Any] = {"status": item.status, "was": was, "on": str(item.status_on or "")}
    code = meeting.code if meeting else ""
    _writing.note(act, verb, item, meeting=code, reason=item.status_reason, **told, **facts)
