"""What a deadline says of a document that comes now, before anybody uploads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sgdocs.base.act import Act
from sgdocs.documents import bodies, timing
from sgdocs.documents.actions.deciding import DEADLINES, verdict_of
from sgdocs.documents.bodies import body_of
from sgdocs.documents.rules import DocumentKind, Status
from sgdocs.i18n import N_
from sgdocs.meetings.models import Meeting

IN_TIME = N_("Due by {until}: {clause}.")
LATE_REVISION = N_("The deadline passed on {until}; a revision is taken and marked late.")


@dataclass(frozen=True)
class Standing:
    """word, says: to be translated; says has {facts}; is_held: a document that comes now waits for the next meeting."""

    word: str
    says: str
    facts: Mapping[str, object]
    meaning: str
    is_held: bool = False


def standing(act: Act, meeting: Meeting | None, kind: str, *, is_revision: bool = False) -> Standing | None:
    """How the deadline of a kind stands; None when it has none."""
    known = DocumentKind(kind) if kind in set(DocumentKind) else None
    if meeting is None or known is None or known not in DEADLINES:
        return None
    due = bodies.due_of(act.session, meeting, DEADLINES[known])
    if due is None:
        return None
    if is_revision:
        return _of_revision(known, due, act)
    return _of_new(act, meeting, known, {"until": due.due_at, "clause": due.clause, "code": meeting.code})


def _of_revision(kind: DocumentKind, due: timing.Due, act: Act) -> Standing | None:
    is_late = timing.late_revision(kind, due, act.now)
    return Standing(N_("Late"), LATE_REVISION, {"until": due.due_at}, "needs") if is_late else None


def _of_new(act: Act, meeting: Meeting, kind: DocumentKind, facts: Mapping[str, object]) -> Standing:
    verdict = verdict_of(act, body_of(act.session, meeting), kind)
    if verdict.refusal is not None:
        return Standing(N_("Closed"), verdict.refusal.rule.says, {**facts, **verdict.refusal.facts}, "stopped")
    if verdict.status is Status.HELD:
        return Standing(N_("Late"), timing.HELD.says, facts, "needs", is_held=True)
    if verdict.late:
        return Standing(N_("Late"), timing.LATE_TD.says, facts, "needs")
    return Standing(N_("In time"), IN_TIME, facts, "force")
