"""Agree a statement at a level, approve it for a sending group. Source: Rec. ITU-T A.1 1.5, domain 7.1."""

from typing import Any

from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, missing
from sgdocs.groups.models import Group
from sgdocs.liaison import drafting_rules as rules
from sgdocs.liaison import queries
from sgdocs.liaison.actions import _writing
from sgdocs.liaison.approvers import Approval, approvers_for, approvers_of, ids_of_all
from sgdocs.liaison.models import Sender, Statement
from sgdocs.liaison.rules import Level
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.rules import MeetingKind
from sgdocs.policy import Permission, Scope

__all__ = ["Approval", "agree", "approve", "approvers_of", "sender_at"]


def sender_at(act: Act, statement: Statement, position: int) -> Sender:
    """The sender at that place, or NotFound."""
    found = next((s for s in queries.senders_of(act.session, statement) if s.position == position), None)
    return found or missing("sender", f"{statement.name} {position}")


def agree(act: Act, statement: Statement, sender: Sender, level: Level, meeting: Meeting | None = None) -> Statement:
    """The sending group agreed it at that level: at a meeting, or by correspondence (meeting None).

    By whoever writes for the group. At a meeting, said by its chair or the secretariat, it is approved as well; between
    meetings it waits for the chair of the study group. Invalid: a meeting that is not of the group or has not begun.
    """
    group = _group_of(act, sender)
    _writing.permit_for(act, sender, Permission.DRAFT_STATEMENT)
    _writing.require_open(statement)
    _require_meeting(act, sender, group, level, meeting)
    _writing.claim(act, statement)
    sender.level, sender.agreed_meeting_id = level, meeting.id if meeting else None
    sender.approved_by, sender.approved_at, sender.approval_note = None, None, ""
    at_once = rules.approves_at_once(
        level,
        has_meeting=meeting is not None,
        holds_role=_holds_role(act, statement, sender),
        is_office=_is_office(act, group),
    )
    if at_once:
        _approve(act, sender, f"agreed at {meeting.code}" if meeting else "")
    _settle(act, statement, sender)
    _note(act, "liaison.agreed", statement, group, level=level, meeting=meeting.code if meeting else "")
    if at_once:
        _note(act, "liaison.approved", statement, group, level=level)
    return statement


def approve(act: Act, statement: Statement, sender: Sender, *, note: str = "", version: int | None = None) -> Statement:
    """One who holds the needed role, or one above it, approves it for the group. The secretariat does when nobody holds it; else it records
    what one of them said, with a note of how. NotAllowed, with the roles, for others. Conflict: not agreed yet, approved, or changed since that version.
    """
    group = _group_of(act, sender)
    if not _writing.may_for(act, sender, Permission.APPROVE_STATEMENT):
        policy.require(act.actor, Permission.APPROVE_STATEMENT, Scope(group.path))
    _writing.require_open(statement)
    if not sender.level:
        raise Conflict(rules.NOT_AGREED, names=group.label)
    if sender.approved_at is not None:
        raise Conflict(rules.APPROVED, name=group.label)
    _require_role(act, statement, sender, note)
    _writing.claim(act, statement, version)
    _approve(act, sender, note)
    _settle(act, statement, sender)
    _note(act, "liaison.approved", statement, group, level=sender.level, personal={"note": note} if note else None)
    return statement


def _group_of(act: Act, sender: Sender) -> Group:
    """The sending group; a body agrees by itself, elsewhere."""
    if sender.group_id is None:
        raise Conflict(rules.NOT_OURS, name=sender.name)
    return act.session.get_one(Group, sender.group_id)


def _require_meeting(act: Act, sender: Sender, group: Group, level: Level, meeting: Meeting | None) -> None:
    if meeting is None:
        return
    refusal = {"field": "meeting", "code": meeting.code, "name": group.label}
    if level is Level.CHAIR or meeting.status == "cancelled" or not _agrees_there(act, sender, group, level, meeting):
        raise Invalid(rules.LEVEL_MEETING, **refusal)
    if geneva_day(act.now) < meeting.starts_on:
        raise Invalid(rules.NOT_BEGUN, field="meeting", code=meeting.code, starts_on=meeting.starts_on)


def _agrees_there(act: Act, sender: Sender, group: Group, level: Level, meeting: Meeting) -> bool:
    """A study group agrees at its own meeting; working parties and rapporteur groups at theirs, or there as well."""
    sits = {each.id for each in meetings.groups_of(act.session, meeting)}
    whole = {group.id, group.parent_id} if group.sector == "R" else {group.id}
    if sits & whole and meeting.kind != MeetingKind.RAPPORTEUR_GROUP:
        return True
    places = {each.id for each in _writing.places_of(act.session, sender)}
    children = select(Group.id).where(col(Group.parent_id) == group.id)
    return level is not Level.STUDY_GROUP and bool(sits & (places | set(act.session.exec(children))))


def _holds_role(act: Act, statement: Statement, sender: Sender) -> bool:
    """Whether the actor is one of those who can approve for the sender as it is agreed now."""
    return act.actor.person_id in ids_of_all(act, statement, sender)


def _is_office(act: Act, group: Group) -> bool:
    return policy.may(act.actor, Permission.SEND_STATEMENT, Scope(group.path))


def _require_role(act: Act, statement: Statement, sender: Sender, note: str) -> None:
    if _holds_role(act, statement, sender):
        return
    asked = approvers_for(act, statement, sender)
    if not _is_office(act, asked.group):
        raise NotAllowed(rules.NO_APPROVER, name=asked.group.label, roles=asked.roles)
    if asked.people and not note.strip():
        people = ", ".join(person.name for person in asked.people)
        raise Invalid(rules.SAY_HOW, field="note", people=people, name=asked.group.label)


def _approve(act: Act, sender: Sender, note: str) -> None:
    sender.approved_by, sender.approved_at, sender.approval_note = act.actor.person_id, act.now, note[:500]


def _settle(act: Act, statement: Statement, sender: Sender) -> None:
    """The state of the statement follows from its sending groups; its level is that of the first."""
    act.session.add(sender)
    act.session.flush()
    ours = [each for each in queries.senders_of(act.session, statement) if each.group_id is not None]
    statement.level = ours[0].level or statement.level
    status = rules.status_of([each.level for each in ours], [each.approved_at is not None for each in ours])
    _writing.set_status(act, statement, status)


def _note(act: Act, verb: str, statement: Statement, group: Group, **facts: Any) -> None:
    _writing.note(act, verb, statement, group=group.label, status=statement.status, **facts)
