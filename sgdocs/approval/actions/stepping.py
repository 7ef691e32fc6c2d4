"""Take a step by a person: who may, from the state that was seen, with nothing against it, bound to the file that was seen."""

from dataclasses import replace

from sqlmodel import select

from sgdocs import policy
from sgdocs.approval import rules
from sgdocs.approval.actions.carrying import carry_out, send
from sgdocs.approval.actions.planning import Preview, meeting_for, planned
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.models import Process
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
from sgdocs.base.errors import CHANGED, NOT_PERMITTED, Conflict, Invalid, NotAllowed, refuse
from sgdocs.meetings.models import Meeting


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
