"""The editor's verb: the text in its final form, or after the resolution of comments. Source: A.8 3.2, 4.4.3."""

from sgdocs.approval import rules
from sgdocs.approval.actions.stepping import take_step
from sgdocs.approval.models import Process
from sgdocs.approval.procedures import ALL
from sgdocs.approval.procedures.terms import Effect
from sgdocs.approval.schemas import StepForm, TextForm
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict


def provide_text(act: Act, process: Process, form: TextForm) -> Process:
    """Bind the process to that version of that document, by the step of its table that takes texts in.

    Conflict in a state that takes none.
    """
    leaving = (step for step in ALL[process.procedure].steps if process.state in step.start and not step.in_meeting)
    step = next((step for step in leaving if Effect.BIND_REVISED in step.effects), None)
    if step is None:
        raise Conflict(rules.TAKES_NO_TEXT, process=process.number, state=process.state)
    asked = StepForm(document=form.document, part=form.part, sha256=form.sha256, summary=form.summary)
    return take_step(act, process, step.id, process.state, asked)
