"""Take a step: by a person, by the clock, by an announcement. The state moves by one conditional UPDATE."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import col, select

from sgdocs import policy
from sgdocs.approval import letters, naming, rules, rulings
from sgdocs.approval.actions import effects
from sgdocs.approval.actions.debts import settle
from sgdocs.approval.actions.planning import Preview, drafts_of, meeting_for, planned, region_of
from sgdocs.approval.actions.publishing import publish
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.letters import Draft, Known
from sgdocs.approval.models import Process, RuleValue, Transition, Window
from sgdocs.approval.procedures import ALL
from sgdocs.approval.schemas import StepForm
from sgdocs.approval.targets import (
    BEFORE,
    Target,
    Thing,
    is_for_meetings,
    permission_of,
    roles_of,
    scope_of,
    step_of,
    target_of,
)
from sgdocs.approval.workflow import Step, starts_at
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import CHANGED, NOT_PERMITTED, Conflict, Invalid, NotAllowed, refuse
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting

TRIES = 5


@dataclass
class Done:
    """A step that was taken. drafts: letters that wait to be written; entry: of the journal, by which they are one each."""

    process: Process
    transition: Transition
    entry: Entry
    drafts: tuple[Draft, ...] = ()
    told: list[tuple[str, str]] = field(default_factory=list)


def begin(
    act: Act,
    thing: Thing,
    procedure: str,
    step: str,
    form: StepForm | None = None,
    *,
    decision: int | None = None,
) -> Process:
    """The first step of a process: consent, determination, a proposal to delete. See `take_step`."""
    return take_step(act, thing, step, BEFORE, form, procedure=procedure, decision=decision)


def take_step(
    act: Act,
    thing: Thing,
    step: str,
    from_state: str,
    form: StepForm | None = None,
    *,
    procedure: str = "",
    decision: int | None = None,
) -> Process:
    """Move a process on, or begin one (from_state `""`). Letters go with it, in the same transaction.

    from_state: as the page showed it; decision: number of the decision of the meeting, for steps that a meeting takes
    (`proceedings.actions.texts` gives it). NotAllowed without the role; Conflict when the state is another one by now,
    when anything is unmet, or when the text changed since it was seen; Invalid without a reason that is needed.
    """
    asked = form or StepForm()
    target = _locked(act, target_of(act, thing, procedure))
    row = step_of(target, step)
    meeting = meeting_for(act, target, row, asked)
    _permit(act, target, row, meeting)
    _refuse_outdated(target, row, from_state, asked)
    if row.in_meeting and decision is None:
        raise Conflict(rules.BY_DECISION, step=row.title)
    plan = planned(act, target, row, asked, meeting=meeting, with_letters=False)
    refuse_unmet(plan)
    _refuse_other_text(plan, asked)
    if row.needs_reason and not asked.reason.strip():
        raise Invalid(rules.REASON, field="reason")
    done = carry_out(act, plan, asked, decision=decision)
    send(act, done)
    return done.process


def _locked(act: Act, target: Target) -> Target:
    """The process as it stands now, its writers queued behind this act; or the work item, so that nobody begins twice."""
    if target.process is not None:
        held = select(Process).where(Process.id == target.process.id).with_for_update(key_share=True)
        process = act.session.exec(held.execution_options(populate_existing=True)).one()
        return replace(target, process=process, state=process.state)
    if target.item is not None:
        act.session.refresh(target.item, with_for_update={"key_share": True})
    return target


def _permit(act: Act, target: Target, step: Step[ProcessFacts], meeting: Meeting | None) -> None:
    """The roles of the table, and the permission that the law asks for them."""
    place = meeting if is_for_meetings(step) else None
    roles = roles_of(act, target, place)
    held = [role for role in step.by if role in roles]
    by = held[0] if held else step.by[0]
    policy.require(act.actor, permission_of(step, held or step.by), scope_of(act, target, place, by=by))
    if not held:
        raise NotAllowed(NOT_PERMITTED, permission=f"{target.procedure.id}: {step.title}")


def _refuse_outdated(target: Target, step: Step[ProcessFacts], from_state: str, form: StepForm) -> None:
    """The state, and what else changed since the page was made."""
    process = target.process
    if process is not None:
        refuse(rules.why_not_from(process.number, target.state, from_state))
        if form.version is not None and form.version != process.version:
            raise Conflict(CHANGED)
    if not starts_at(step, target.state):
        state = target.procedure.states[target.state].title if target.state else "the beginning"
        raise Conflict(rules.NOT_FROM_HERE, step=step.title, state=state)
    if step.on_expiry:
        raise Conflict(rules.BY_CLOCK, step=step.title)


def refuse_unmet(plan: Preview) -> None:
    """Conflict with every sentence that stands against the step."""
    refuse(rules.unmet_of(plan.step.title, plan.unmet))


def _refuse_other_text(plan: Preview, form: StepForm) -> None:
    """The step binds to the very file that was seen."""
    text = plan.gathered.bound
    if text is not None:
        label = text.document.label
        refuse(rules.why_not_bind(label, text.label, text.sha256, form.document or label, form.sha256))


# Carrying out


def carry_out(
    act: Act, plan: Preview, form: StepForm, *, decision: int | None = None, known: Known | None = None
) -> Done:
    """Write what the plan says: row, window, step, effects, debts, announcement, journal. Letters are for the caller.

    known: recipients that were looked up for another text of the same occasion.

    Conflict when the row moved meanwhile: nothing is written then.
    """
    process = plan.target.process or _new(act, plan)
    before = plan.target.state
    if form.summary:
        process.summary = form.summary
    if plan.step.needs_reason and before == BEFORE:
        process.notes = [*process.notes, {"kind": "reason", "text": form.reason}]
    if form.countries:
        process.notes = [*process.notes, {"kind": "region", "countries": ",".join(region_of(form))}]
    if plan.identifier and not process.identifier:
        process.identifier = plan.identifier
    effects.on_row(act, plan, process)
    _move(act, plan, process)
    transition = _note_step(act, plan, process, form, decision)
    _close_window(act, plan, process)
    window = _open_window(act, plan, process)
    target = replace(plan.target, process=process, state=process.state)
    told = effects.carry_out(act, plan, process, form.reason)
    settle(act, plan, process)
    announcement = publish(act, plan, process, window)
    act.session.add(process)
    act.session.flush()
    entry = _record(act, plan, process, transition, [*told, *announcement])
    for procedure, state in effects.begun_by(act, plan):
        _begin_other(act, plan, process, procedure, state)
    drafts = drafts_of(act, plan, form, target=target, known=known)
    return Done(process, transition, entry, drafts, told)


def send(act: Act, done: Done) -> None:
    """The letters of one step: rows, which the worker sends."""
    for draft in done.drafts:
        letters.write(act, draft, done.entry)


def _new(act: Act, plan: Preview) -> Process:
    """The row of a process that begins, with the rules of the day, under the next number of its procedure and year."""
    kept = {name: str(value) for name, value in plan.gathered.facts.rules.items()}
    on = plan.outcome.happened_on
    return _numbered(act, effects.new_row(act, plan.target, on=on, rules_kept=kept, meeting=plan.gathered.meeting))


def _numbered(act: Act, row: Process) -> Process:
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


def _move(act: Act, plan: Preview, process: Process) -> None:
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


def _note_step(act: Act, plan: Preview, process: Process, form: StepForm, decision: int | None) -> Transition:
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


def _close_window(act: Act, plan: Preview, process: Process) -> None:
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


def _open_window(act: Act, plan: Preview, process: Process) -> Window | None:
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


def _record(
    act: Act, plan: Preview, process: Process, transition: Transition, told: Sequence[tuple[str, str]]
) -> Entry:
    """One entry a step: `approval.consent`, `approval.pass` …; the word after the dot is the step of the table."""
    facts = {
        "process": process.number,
        "name": process.name,
        "title": process.title,
        "procedure": process.procedure,
        "from_state": transition.from_state,
        "state": transition.to_state,
        "clause": transition.clause,
        "on": transition.happened_on.isoformat(),
        "closes_on": str(plan.outcome.closes_on or ""),
        "meeting": plan.gathered.meeting.code if plan.gathered.meeting else "",
        "reason": transition.reason,
        "sha256": transition.sha256,
        "part": transition.document_part,
        "step": plan.step.title,
        "transition": transition.number,
        **dict(told),
    }
    told_of_it: dict[str, Any] = {name: value for name, value in facts.items() if value != ""}
    return record(
        act,
        f"approval.{plan.step.id}",
        process,
        group_id=process.question_id or process.group_id,
        audience=process.audience,
        **told_of_it,
    )


def _begin_other(act: Act, plan: Preview, process: Process, procedure: str, state: str) -> None:
    """A process of another procedure goes on with the same text, as a row of this one says; its guard was this step's."""
    table = ALL[procedure]
    first = next(step for step in table.steps if not step.start and step.end == state)
    today = geneva_day(act.now)
    stored = list(act.session.exec(select(RuleValue)))
    target = replace(plan.target, procedure=table, state=BEFORE, process=None)
    on = plan.outcome.happened_on
    row = effects.new_row(act, target, on=on, rules_kept=rulings.snapshot(today, stored), meeting=plan.gathered.meeting)
    row.document_id, row.document_part, row.sha256 = process.document_id, process.document_part, process.sha256
    row.identifier, row.summary, row.decision_meeting_id = process.identifier, process.summary, None
    row.notes = [{"kind": "continues", "text": process.number}]
    _numbered(act, row)
    other = replace(plan, target=target, step=first, state=table.states[state], edition="", unmet=())
    outcome = replace(plan.outcome, step=first.id, from_state=BEFORE, state=state, clause=first.clause, closes_on=None)
    other = replace(other, outcome=replace(outcome, effects=(), letters=()), debts=())
    _move(act, other, row)
    transition = _note_step(act, other, row, StepForm(), None)
    settle(act, other, row)
    _record(act, other, row, transition, [("continues", process.number)])
