"""What a meeting decides on a text: the decision under the next number of the group, and the step of the process.

Both in one transaction: there is no consent without a decision of a meeting in session. Source: domain M-6, 6.
"""

from typing import Final

from sqlmodel import col, select

from sgdocs.approval import actions as approval
from sgdocs.approval import rules as approval_rules
from sgdocs.approval.actions.planning import meeting_for
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.models import Process, Transition
from sgdocs.approval.schemas import StepForm
from sgdocs.approval.targets import BEFORE, Target, Thing, step_of, target_of
from sgdocs.approval.workflow import Step
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, refuse
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import group_of, groups_of
from sgdocs.proceedings.actions import decisions
from sgdocs.proceedings.models import Decision, TextDecision
from sgdocs.proceedings.rules import DecisionKind
from sgdocs.proceedings.schemas import DecisionForm

KINDS: Final = {
    "consent": DecisionKind.CONSENTED,
    "determine": DecisionKind.DETERMINED,
    "approve": DecisionKind.APPROVED,
    "approve-opposed": DecisionKind.APPROVED,
    "agree": DecisionKind.AGREED,
}


def take(
    act: Act, thing: Thing, step: str, from_state: str, form: StepForm | None = None, *, procedure: str = ""
) -> Process:
    """Any step by a person: as a decision of the meeting where it is one, else as the person's own.

    A step that may be either is a decision when the form names a meeting.
    """
    asked = form or StepForm()
    row = step_of(target_of(act, thing, procedure), step)
    if row.in_meeting or (row.in_meeting is None and asked.meeting):
        return decide_on_text(act, thing, step, from_state, asked, procedure=procedure)
    return approval.take_step(act, thing, step, from_state, asked, procedure=procedure)


def decide_on_text(
    act: Act, thing: Thing, step: str, from_state: str, form: StepForm, *, procedure: str = ""
) -> Process:
    """Enter the decision and take the step; whatever stands against the step stands against the decision.

    form.meeting: code of the meeting, "" for the one in session that has the text.
    """
    target = target_of(act, thing, procedure)
    row = step_of(target, step)
    meeting = meeting_for(act, target, row, form)
    if meeting is None:
        raise Conflict(approval_rules.NO_MEETING, field="meeting")
    _refuse_moved(target, from_state)
    decision = _decide(act, target, meeting, row, form)
    asked = form.model_copy(update={"meeting": meeting.code})
    process = approval.take_step(act, thing, step, from_state, asked, procedure=procedure, decision=decision.number)
    _bind(act, decision, process, step)
    return process


def _refuse_moved(target: Target, from_state: str) -> None:
    """Who comes second hears of the new state, not of a decision that he could not enter."""
    if target.process is not None:
        refuse(approval_rules.why_not_from(target.process.number, target.state, from_state))


def _decide(act: Act, target: Target, meeting: Meeting, step: Step[ProcessFacts], form: StepForm) -> Decision:
    text = approval.preview(act, target, step.id, form).text
    words = f"{step.title}: {_name(target)}"
    said = DecisionForm(
        kind=KINDS.get(step.id, DecisionKind.OTHER),
        text=f"{words}, {text.label}" if text is not None else words,
        item=form.agenda_item,
        document=text.document.name if text is not None else "",
    )
    return decisions.decide(act, meeting, _seat(act, target, meeting), said)


def _name(target: Target) -> str:
    item, process = target.item, target.process
    title = process.title if process is not None else item.title if item is not None else ""
    name = process.name if process is not None and process.state != BEFORE else target.label
    return f"{name}, {title}" if title else name


def _seat(act: Act, target: Target, meeting: Meeting) -> Group:
    """The group in whose name it is decided: that of the text when it sits there, else that of the meeting."""
    sits = {group.id: group for group in groups_of(act.session, meeting)}
    return sits.get(target.group.id) or group_of(act.session, meeting)


def _bind(act: Act, decision: Decision, process: Process, step: str) -> None:
    last = select(Transition).where(Transition.process_id == process.id)
    transition = act.session.exec(last.order_by(col(Transition.number).desc())).first()
    assert transition is not None, "the step was just taken"
    row = TextDecision(
        decision_id=decision.id or 0, process_id=process.id or 0, step=step, transition=transition.number
    )
    decision.document_sha256 = transition.sha256 or decision.document_sha256
    act.session.add(decision)
    act.session.add(row)
    act.session.flush()
