"""The editor's verbs: the text in its final form, or after the resolution of comments. Source: A.8 3.2, 4.4.3.

The text goes on as a revision of the document that was consented, also when the meeting is long over: nobody else could
post it there, and a text under approval keeps one name.
"""

from collections.abc import Sequence

from sgdocs import policy
from sgdocs.approval import rules
from sgdocs.approval.actions.stepping import take_step
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.models import Process
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.terms import By, Effect
from sgdocs.approval.schemas import StepForm, TextForm
from sgdocs.approval.targets import Target, roles_of, scope_of, target_of
from sgdocs.approval.workflow import Step
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict, refuse
from sgdocs.documents import actions as documents
from sgdocs.documents.models import Document, Version
from sgdocs.documents.schemas import RevisionForm, Upload
from sgdocs.journal.record import record
from sgdocs.policy import Permission


def provide_text(act: Act, process: Process, form: TextForm) -> Process:
    """Bind the process to that version of that document, by the step of its table that takes texts in.

    Conflict in a state that takes none.
    """
    step = _taking(process)
    if step is None:
        raise Conflict(rules.TAKES_NO_TEXT, process=process.number, state=process.state)
    asked = StepForm(document=form.document, part=form.part, sha256=form.sha256, summary=form.summary)
    return take_step(act, process, step.id, process.state, asked)


def bring_text(
    act: Act, process: Process, uploads: Sequence[Upload], *, note: str = "", from_state: str | None = None
) -> Version:
    """Post a file as the next revision of the text in hand; where its table says so, the process binds to it at once.

    By editors, chair and secretariat while no window is open: what members are asked about stays as it is. from_state: as
    the page showed it; Conflict when it is another one by now.
    """
    require_bringer(act, process)
    target = target_of(act, process)
    act.session.refresh(process, with_for_update={"key_share": True})
    if from_state is not None:
        refuse(rules.why_not_from(process.number, process.state, from_state))
    document = text_to_revise(act, target)
    if document is None:
        raise Conflict(rules.TAKES_NO_TEXT, process=process.number, state=process.state)
    house = Act(act.session, Actor.operator(), act.now)
    words = note or f"Text of {process.number}"
    version = documents.revise(house, document, RevisionForm(note=words[:300]), uploads)
    _note(act, process, document, version)
    if binding_step(act, target) is not None:
        provide_text(act, process, TextForm(document=document.name, part=version.part))
    return version


def require_bringer(act: Act, process: Process) -> None:
    """NotAllowed for who may not bring its text; doors ask before they take a file in."""
    policy.require(act.actor, Permission.PROVIDE_TEXT, scope_of(act, target_of(act, process), by=By.EDITOR))


def may_bring(act: Act, target: Target) -> bool:
    """Whether the actor may bring a text there now."""
    may = policy.may(act.actor, Permission.PROVIDE_TEXT, scope_of(act, target, by=By.EDITOR))
    return may and text_to_revise(act, target) is not None


def text_to_revise(act: Act, target: Target) -> Document | None:
    """The document that goes on; None while a window is open, and after the end."""
    process = target.process
    if process is None or not process.is_open or target.procedure.states[process.state].window:
        return None
    return act.session.get(Document, process.document_id) if process.document_id else None


def binding_step(act: Act, target: Target) -> Step[ProcessFacts] | None:
    """The step that is taken at once when the actor brings a text; None where the text is only posted."""
    step = _taking(target.process) if target.process is not None else None
    if step is None or By.EDITOR not in step.by:
        return None
    return step if set(step.by) & roles_of(act, target) else None


def takes_text(process: Process) -> bool:
    """Whether a step binds from here to a text that is revised, whoever takes it."""
    return _taking(process) is not None


def _taking(process: Process) -> Step[ProcessFacts] | None:
    """The row that takes a text in from where the process is."""
    leaving = (step for step in ALL[process.procedure].steps if process.state in step.start and not step.in_meeting)
    return next((step for step in leaving if Effect.BIND_REVISED in step.effects), None)


def _note(act: Act, process: Process, document: Document, version: Version) -> None:
    """Read by those who read the document."""
    record(
        act,
        "approval.text-brought",
        process,
        group_id=process.question_id or process.group_id,
        audience=document.audience,
        process=process.number,
        document=document.name,
        part=version.part,
    )
