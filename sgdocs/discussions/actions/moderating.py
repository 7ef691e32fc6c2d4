"""What officers of the group do: hide a message with the reason, show it again; close a thread, open it again."""

from sqlalchemy import update
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, refuse
from sgdocs.base.text import one_line
from sgdocs.discussions import rules
from sgdocs.discussions.actions.permitting import require_moderator
from sgdocs.discussions.actions.writing import note
from sgdocs.discussions.models import Message, Thread
from sgdocs.journal.record import record


def hide(act: Act, thread: Thread, row: Message, reason: str) -> Message:
    """Out of sight, search and exports; the text stays for its author and the officers. Its author is told why."""
    require_moderator(act, thread)
    reason = one_line(reason)[: rules.LONGEST_REASON]
    refuse(
        rules.why_not_turn(row.hidden_at is not None, reason, needs_reason=True), Invalid if not reason else Conflict
    )
    _turn(act, thread, row, {"hidden_at": act.now, "hidden_by": act.actor.person_id, "hidden_reason": reason}, -1)
    note(act, "discussions.hidden", thread, row, reason=reason)
    return row


def show(act: Act, thread: Thread, row: Message) -> Message:
    """As if it had never been hidden."""
    require_moderator(act, thread)
    refuse(rules.why_not_turn(row.hidden_at is None, "", needs_reason=False))
    _turn(act, thread, row, {"hidden_at": None, "hidden_by": None, "hidden_reason": ""}, 1)
    note(act, "discussions.shown", thread, row)
    return row


def close(act: Act, thread: Thread, reason: str) -> Thread:
    """Nobody writes any more; everything can be read."""
    require_moderator(act, thread)
    reason = one_line(reason)[: rules.LONGEST_REASON]
    refuse(
        rules.why_not_turn(thread.closed_at is not None, reason, needs_reason=True), Invalid if not reason else Conflict
    )
    thread.closed_at, thread.closed_by, thread.closed_reason = act.now, act.actor.person_id, reason
    return _noted(act, "discussions.closed", thread, reason=reason)


def reopen(act: Act, thread: Thread) -> Thread:
    require_moderator(act, thread)
    refuse(rules.why_not_turn(thread.closed_at is None, "", needs_reason=False))
    thread.closed_at, thread.closed_by, thread.closed_reason = None, None, ""
    return _noted(act, "discussions.reopened", thread)


def _turn(act: Act, thread: Thread, row: Message, values: dict[str, object], step: int) -> None:
    """By the state it is in: two officers at once are one."""
    is_hidden = col(Message.hidden_at).is_not(None)
    turned = update(Message).where(col(Message.id) == row.id, is_hidden if step > 0 else ~is_hidden)
    if act.session.connection().execute(turned.values(**values)).rowcount != 1:
        raise Conflict(rules.STATE)
    counted = update(Thread).where(col(Thread.id) == thread.id).values(count=Thread.count + step)
    act.session.connection().execute(counted)
    act.session.refresh(row)
    act.session.refresh(thread)


def _noted(act: Act, verb: str, thread: Thread, reason: str = "") -> Thread:
    act.session.add(thread)
    act.session.flush()
    record(
        act, verb, thread, group_id=thread.group_id, audience=thread.audience,
        thread=thread.id, label=thread.subject, title=thread.title, reason=reason,
    )  # fmt: skip
    return thread
