"""Verbs on deadlines: set one by hand, with its reason; take it back."""

from typing import Any

from sqlmodel import select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Refusal, invalid, missing, refuse
from sgdocs.base.rulebook import rule
from sgdocs.journal.record import record
from sgdocs.meetings import queries
from sgdocs.meetings.actions.convening import changed_at
from sgdocs.meetings.deadlines import RULES, Deadline
from sgdocs.meetings.models import DeadlineOverride, Meeting
from sgdocs.meetings.schemas import DeadlineForm
from sgdocs.policy import Permission

CANCELLED = rule("meetings.deadline-cancelled", "The meeting is cancelled; it has no deadlines any more.")


def override_deadline(act: Act, meeting: Meeting, named: str, form: DeadlineForm) -> Deadline:
    """Set a deadline by hand. The secretariat alone may, never the officers of the meeting. Source: domain 4.3."""
    policy.require(act.actor, Permission.SET_DEADLINE, queries.scope_of(act.session, meeting))
    if named not in RULES:
        invalid("rule", named, f"One of {', '.join(RULES)}.")
    refuse(Refusal(CANCELLED) if meeting.status == "cancelled" else None)
    row = _override(act, meeting, named) or DeadlineOverride(
        meeting_id=meeting.id or 0, rule=named, due_at=form.due_at, reason=form.reason
    )
    row.due_at, row.reason, row.set_by = form.due_at.replace(microsecond=0), form.reason, act.actor.person_id
    act.session.add(row)
    changed_at(act, meeting)
    found = queries.deadline(act.session, meeting, named)
    assert found is not None, "written"
    told: dict[str, Any] = {"rule": named, "on": str(found.on), "due_at": row.due_at.isoformat(), "reason": form.reason}
    record(act, "meetings.deadline-set", meeting, group_id=meeting.group_id, audience=meeting.audience, **told)
    return found


def lift_override(act: Act, meeting: Meeting, named: str) -> Deadline | None:
    """The computed deadline holds again; None when there is none."""
    policy.require(act.actor, Permission.SET_DEADLINE, queries.scope_of(act.session, meeting))
    row = _override(act, meeting, named) or missing("deadline", named)
    act.session.delete(row)
    changed_at(act, meeting)
    record(act, "meetings.deadline-lifted", meeting, group_id=meeting.group_id, audience=meeting.audience, rule=named)
    return queries.deadline(act.session, meeting, named)


def _override(act: Act, meeting: Meeting, named: str) -> DeadlineOverride | None:
    found = select(DeadlineOverride).where(DeadlineOverride.meeting_id == meeting.id, DeadlineOverride.rule == named)
    return act.session.exec(found).first()
