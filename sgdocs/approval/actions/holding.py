"""Hold a closing, let it go; give a text its number; choose the deciding meeting's successor. Source: N16, AAP-4."""

from datetime import timedelta

from sgdocs import policy
from sgdocs.approval import naming, rules
from sgdocs.approval.gathering import window_of
from sgdocs.approval.models import Process
from sgdocs.approval.schemas import HoldForm, NumberForm
from sgdocs.approval.targets import target_of
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, Refusal, refuse
from sgdocs.journal.record import record
from sgdocs.policy import Permission


def hold(act: Act, process: Process, form: HoldForm) -> Process:
    """Stop the clock for some hours after the end of the window, for a comment that came in time by another way.

    The day of approval does not move. When nothing comes of it the closing completes itself. Only while the window is
    not closed yet: with no grace in the rulings that is until its last second.
    """
    policy.require(act.actor, Permission.HOLD_CLOSING)
    row = _lock(act, process)
    window = window_of(act.session, row)
    if window is not None:
        act.session.refresh(window)
    if window is None or window.closed_at is not None or not row.is_open:
        raise Conflict(rules.NO_WINDOW, process=row.number)
    refuse(rules.why_not_hold(form.hours, form.reason.strip()), Invalid)
    row.hold_until = max(window.closes_at, act.now) + timedelta(hours=form.hours)
    row.hold_reason = form.reason
    _keep(act, row)
    _note(act, "approval.closing-held", row, until=row.hold_until.isoformat(), reason=form.reason)
    return row


def release(act: Act, process: Process) -> Process:
    """Let the clock go on; it closes with its next round."""
    policy.require(act.actor, Permission.HOLD_CLOSING)
    row = _lock(act, process)
    if row.hold_until is None:
        raise Conflict(rules.NOT_HELD, process=row.number)
    row.hold_until, row.hold_reason = None, ""
    _keep(act, row)
    _note(act, "approval.closing-released", row)
    return row


def give_number(act: Act, process: Process, form: NumberForm) -> Process:
    """The number that the text will have (`Y.3199`), before it is announced. Source: domain AAP-4, 2.6."""
    policy.require(act.actor, Permission.ANNOUNCE)
    row = _lock(act, process)
    if not row.is_open:
        raise Conflict(rules.ENDED, process=row.number, on=row.ended_on, outcome=row.outcome)
    target = target_of(act, row)
    found = naming.checked(form.identifier, target.group.sector)
    if isinstance(found, Refusal):
        raise Invalid(found.rule, field="identifier", **dict(found.facts))
    other = naming.whose(act.session, found, target)
    if other:
        raise Conflict(rules.NUMBER_TAKEN, field="identifier", number=found, whose=other)
    was, row.identifier = row.identifier, found
    _keep(act, row)
    _note(act, "approval.number-given", row, identifier=found, was=was)
    return row


def _lock(act: Act, process: Process) -> Process:
    act.session.refresh(process, with_for_update={"key_share": True})
    return process


def _keep(act: Act, row: Process) -> None:
    """The version is raised: whoever had the page open is told."""
    row.version += 1
    row.changed_at = act.now
    act.session.add(row)
    act.session.flush()


def _note(act: Act, verb: str, row: Process, **facts: str) -> None:
    told = {name: value for name, value in facts.items() if value}
    group_id = row.question_id or row.group_id
    record(act, verb, row, group_id=group_id, audience=row.audience, process=row.number, **told)  # type: ignore[arg-type]
