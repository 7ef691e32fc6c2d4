"""Carry out a plan: by a person, by the clock, by an announcement. Rows, effects, debts, announcement and journal at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlmodel import select

from sgdocs.approval import letters, rulings
from sgdocs.approval.actions import effects
from sgdocs.approval.actions.debts import settle
from sgdocs.approval.actions.planning import Preview, drafts_of, region_of
from sgdocs.approval.actions.publishing import publish
from sgdocs.approval.actions.step_rows import close_window, move, new_process, note_step, numbered, open_window
from sgdocs.approval.actions.wording import edited
from sgdocs.approval.letters import Draft, Known
from sgdocs.approval.models import Process, RuleValue, Transition
from sgdocs.approval.procedures import ALL
from sgdocs.approval.schemas import StepForm
from sgdocs.approval.targets import BEFORE
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record


@dataclass
class Done:
    """A step that was taken. drafts: letters that wait to be written; entry: of the journal, by which they are one each."""

    process: Process
    transition: Transition
    entry: Entry
    drafts: tuple[Draft, ...] = ()
    told: list[tuple[str, str]] = field(default_factory=list)


def carry_out(
    act: Act, plan: Preview, form: StepForm, *, decision: int | None = None, known: Known | None = None
) -> Done:
    """Write what the plan says: row, window, step, effects, debts, announcement, journal. Letters are for the caller.

    known: recipients that were looked up for another text of the same occasion.

    Conflict when the row moved meanwhile: nothing is written then.
    """
    process = plan.target.process or new_process(act, plan)
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
    move(act, plan, process)
    transition = note_step(act, plan, process, form, decision)
    close_window(act, plan, process)
    window = open_window(act, plan, process)
    target = replace(plan.target, process=process, state=process.state)
    told = effects.carry_out(act, plan, process, form.reason)
    settle(act, plan, process)
    announcement = publish(act, plan, process, window, edited(act, plan, form))
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
    numbered(act, row)
    other = replace(plan, target=target, step=first, state=table.states[state], edition="", unmet=())
    outcome = replace(plan.outcome, step=first.id, from_state=BEFORE, state=state, clause=first.clause, closes_on=None)
    other = replace(other, outcome=replace(outcome, effects=(), letters=()), debts=())
    move(act, other, row)
    transition = note_step(act, other, row, StepForm(), None)
    settle(act, other, row)
    _record(act, other, row, transition, [("continues", process.number)])
