"""The clock: windows that are over are closed, each once, dated by the window and never by the hour of the worker.

Two workers, a week of downtime: a process is taken under its lock, looked at anew, and moved by a conditional UPDATE. Its
letters are rows of the same transaction, so that nothing is lost between closing and mailing.
"""

import logging
from datetime import timedelta

from sqlmodel import col, select

from sgdocs import policy
from sgdocs.approval import queries, rules, rulings
from sgdocs.approval.actions.carrying import Done, carry_out
from sgdocs.approval.actions.mailing import send_together
from sgdocs.approval.actions.planning import plan_of
from sgdocs.approval.gathering import at_expiry
from sgdocs.approval.letters import Known
from sgdocs.approval.models import Process, Window
from sgdocs.approval.periods import is_over
from sgdocs.approval.schemas import StepForm
from sgdocs.approval.targets import target_of
from sgdocs.approval.workflow import on_expiry
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Refused
from sgdocs.journal.record import record
from sgdocs.policy import Permission

log = logging.getLogger(__name__)
AT_ONCE = 20
AGAIN_AFTER = timedelta(hours=1)
FAULT = "a fault of the service; the secretariat knows"


def close_due(act: Act, *, limit: int = AT_ONCE) -> int:
    """Close windows that are over, the earliest first, at most so many; returns how many were closed or stumbled over.

    Call again until it returns 0, each time in a transaction of its own: writers wait for one batch, not for a week's.
    """
    policy.require(act.actor, Permission.CLOSE_WINDOW)
    done: list[Done] = []
    handled, known = 0, Known()
    for process_id in _ready(act)[:limit]:
        closed = _close(act, process_id, known)
        handled += closed is not _LEFT
        done += [closed] if isinstance(closed, Done) else []
    send_together(act, done)
    return handled


_LEFT = object()


def _ready(act: Act) -> list[int]:
    """Ids of processes that may be closed now: the window, the grace of the ruling and a hold are over. Two queries."""
    ids = queries.due(act.session, act.now)
    if not ids:
        return []
    found = (
        select(Process, Window)
        .join(Window, col(Window.process_id) == Process.id)
        .where(col(Process.id).in_(ids), col(Window.closed_at).is_(None))
        .order_by(col(Window.closes_at), col(Process.id))
    )
    return [
        process.id or 0
        for process, window in act.session.exec(found)
        if act.now >= rules.due_at(window.closes_at, _grace(process), process.hold_until)
    ]


def _grace(process: Process) -> int:
    """Hours that the ruling leaves the secretariat, as the process keeps it. Source: N16."""
    return rulings.number(process.rules, "hold_hours", process.rules_on)


def _close(act: Act, process_id: int, known: Known) -> Done | object | None:
    """What was done; None when it stumbled and is tried again later; `_LEFT` when another worker has it."""
    process, window = _taken(act, process_id)
    if process is None or window is None:
        return _LEFT
    try:
        with act.session.begin_nested():
            return _closed(act, process, window, known)
    except Refused as refused:
        why, words = refused.rule.id, refused.message
        told = words
    except Exception as error:  # one that cannot be closed must not hold up the others
        log.exception("process %s cannot be closed", process_id)
        why, words = type(error).__name__, str(error)[:300]
        told = FAULT
    _stumble(act, process_id, why, words, told)
    return None


def _taken(act: Act, process_id: int) -> tuple[Process | None, Window | None]:
    """The process under its lock, and its window as it is then, if that is still to be closed."""
    held = select(Process).where(Process.id == process_id, col(Process.is_open).is_(True))
    held = held.with_for_update(skip_locked=True, key_share=True).execution_options(populate_existing=True)
    process = act.session.exec(held).first()
    if process is None:
        return None, None
    newest = select(Window).where(Window.process_id == process_id).order_by(col(Window.id).desc())
    window = act.session.exec(newest.limit(1).execution_options(populate_existing=True)).first()
    is_due = window is not None and window.closed_at is None and is_over(window.closes_at, act.now)
    return (process, window) if is_due else (None, None)


def _closed(act: Act, process: Process, window: Window, known: Known) -> Done:
    """The first row of the clock whose needs hold is carried out."""
    target = target_of(act, process)
    known.hold(target.group, target.question)
    gathered = at_expiry(act, target, process, window)
    outcome = on_expiry(target.procedure, process.state, gathered.facts, gathered.facts.today)
    if outcome is None:
        raise Conflict(rules.NO_ROW, process=process.number, state=process.state)
    step = target.procedure.step(outcome.step)
    plan = plan_of(act, gathered, step, StepForm(), outcome=outcome, with_letters=False)
    return carry_out(act, plan, StepForm(), known=known)


def _stumble(act: Act, process_id: int, why: str, words: str, told: str) -> None:
    """Nothing was written; the closing waits an hour. told: what everybody reads; words: what the secretariat does."""
    process = act.session.get_one(Process, process_id, populate_existing=True)
    is_news = process.hold_reason != told
    process.hold_until, process.hold_reason = act.now + AGAIN_AFTER, told
    act.session.add(process)
    act.session.flush()
    if is_news:
        record(
            act,
            "approval.closing-failed",
            process,
            group_id=process.group_id,
            audience="secretariat",
            process=process.number,
            rule=why,
            words=words,
        )
