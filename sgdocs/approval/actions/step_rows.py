"""The rows of a step: the process moved by one conditional UPDATE, the step, the window that closes, the one that opens."""

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col

from sgdocs.approval import naming
from sgdocs.approval.actions import effects
from sgdocs.approval.actions.planning import Preview
from sgdocs.approval.models import Process, Transition, Window
from sgdocs.approval.schemas import StepForm
from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict

TRIES = 5


def new_process(act: Act, plan: Preview) -> Process:
    """The row of a process that begins, with the rules of the day, under the next number of its procedure and year."""
    kept = {name: str(value) for name, value in plan.gathered.facts.rules.items()}
    on = plan.outcome.happened_on
    return numbered(act, effects.new_row(act, plan.target, on=on, rules_kept=kept, meeting=plan.gathered.meeting))


def numbered(act: Act, row: Process) -> Process:
    """The row, stored. Two that begin at once: the second takes the number after."""
    for _ in range(TRIES):
        row.number = naming.next_number(act.session, row.procedure, row.opened_on.year)
        try:
            with act.session.begin_nested():
                act.session.add(row)
                act.session.flush()
        except IntegrityError:
            continue
        return row
    raise Conflict(CHANGED)


def move(act: Act, plan: Preview, process: Process) -> None:
    """The state, by a conditional UPDATE: whoever comes second finds no row."""
    state, outcome = plan.state, plan.outcome
    act.session.flush()
    was, seen = plan.target.state, process.version
    values = {
        "state": state.id,
        "version": seen + 1,
        "is_open": not state.is_final,
        "outcome": state.id if state.is_final else "",
        "ended_on": outcome.happened_on if state.is_final else None,
        "closes_on": outcome.closes_on if state.window else None,
        "closes_at": plan.closes_at if state.window else None,
        "changed_at": act.now,
    }
    moved = (
        update(Process)
        .where(col(Process.id) == process.id, col(Process.state) == was, col(Process.version) == seen)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if act.session.execute(moved).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(CHANGED)
    for name, value in values.items():
        set_committed_value(process, name, value)


def note_step(act: Act, plan: Preview, process: Process, form: StepForm, decision: int | None) -> Transition:
    gathered, outcome = plan.gathered, plan.outcome
    text = gathered.bound
    row = Transition(
        process_id=process.id or 0,
        number=process.version,
        step=plan.step.id,
        from_state=plan.target.state,
        to_state=outcome.state,
        clause=outcome.clause,
        at=act.now,
        happened_on=outcome.happened_on,
        actor_kind=act.actor.kind.value,
        actor_id=act.actor.person_id,
        reason=form.reason,
        meeting_id=gathered.meeting.id if gathered.meeting else None,
        decision=decision,
        document_id=text.document.id if text else process.document_id,
        document_part=text.part if text else process.document_part,
        sha256=text.sha256 if text else process.sha256,
        facts=_values(plan),
    )
    act.session.add(row)
    act.session.flush()
    return row


def _values(plan: Preview) -> dict[str, object]:
    """The values that the step was decided with."""
    facts = plan.gathered.facts
    return {
        "needs": [need.id for need in plan.step.needs],
        "comments": {"substantive": facts.comments.substantive, "typographical": facts.comments.typographical},
        "replies": {"approve": list(facts.replies.approve), "oppose": list(facts.replies.oppose)},
        "window": [str(facts.window_opens_on or ""), str(facts.window_closes_on or "")],
        "closes_on": str(plan.outcome.closes_on or ""),
        "edition": plan.edition,
    }


def close_window(act: Act, plan: Preview, process: Process) -> None:
    """A window ends with the state it was open in: by the clock, or because a person moved on."""
    if plan.target.state == plan.outcome.state:
        return
    closing = (
        update(Window)
        .where(col(Window.process_id) == process.id, col(Window.closed_at).is_(None))
        .values(closed_at=act.now, result=plan.step.id)
        .execution_options(synchronize_session=False)
    )
    act.session.execute(closing)
    process.hold_until, process.hold_reason = None, ""


def open_window(act: Act, plan: Preview, process: Process) -> Window | None:
    if plan.outcome.closes_on is None or plan.closes_at is None or not plan.state.window:
        return None
    row = Window(
        process_id=process.id or 0,
        kind=plan.state.window,
        opens_on=plan.outcome.happened_on,
        closes_on=plan.outcome.closes_on,
        closes_at=plan.closes_at,
        document_id=process.document_id,
        document_part=process.document_part,
        sha256=process.sha256,
    )
    act.session.add(row)
    act.session.flush()
    return row
