"""Who hears of which verb of the journal: a new verb is one row here, or stands among those that tell nobody. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from sgdocs.approval import procedures
from sgdocs.approval.facts import ProcessFacts
from sgdocs.approval.workflow import Step
from sgdocs.i18n import N_


@dataclass(frozen=True)
class Row:
    """What is said of a verb: `{label}` and `{title}` of the subject and facts of the entry; the first sentence whose
    facts are all known is told. roles: who hears of it beside those who follow (`roles.py`); always: those among them
    whose mail no preference holds back."""

    topic: str
    says: tuple[str, ...]
    roles: tuple[str, ...] = ()
    always: tuple[str, ...] = ()


AUTHORS: Final = ("owner",)
OF_TEXT: Final = ("chair", "rapporteur", "editors")
"""Who hears of each comment. Source: Rec. ITU-T A.8 4.4, domain AAP-5."""
FOCAL: Final = ("aap-focal-points",)
STATES: Final = ("tap-focal-points",)
CONSULTING: Final = frozenset({"tap-consultation", "consultation", "psaa", "adoption", "suppression", "deletion"})
HOLDER: Final = "holder"
"""Whoever holds the ball after a step: for them it is a task."""
ITEM: Final = ("rapporteur", "editors")


def _of_documents() -> dict[str, Row]:
    new = (N_("New: {label}, {title}"), N_("New: {label}"))
    revised = (N_("Revised ({part}): {label}, {title}"), N_("Revised: {label}, {title}"), N_("Revised: {label}"))
    return {
        "documents.submitted": Row("documents", new),
        "documents.posted": Row("documents", new, AUTHORS),
        "documents.filed": Row("documents", new),
        "documents.also-submitted": Row("documents", (N_("Submitted here as well: {label}, {title}"), *new)),
        "documents.released": Row("documents", new, AUTHORS),
        "documents.admitted": Row("late", (N_("Admitted although late: {label}, {title}"),), AUTHORS),
        "documents.admission-decided": Row(
            "late", (N_("The meeting decided on the late {label}, {title}: {decision}"),), AUTHORS
        ),
        "documents.revised": Row("revisions", revised),
        "documents.withdrawn": Row(
            "revisions", (N_("Withdrawn: {label}. {reason}"), N_("Withdrawn: {label}")), AUTHORS
        ),
        "documents.restored": Row("revisions", (N_("Restored: {label}, {title}"),), AUTHORS),
        "documents.files-added": Row("translations", (N_("Files added to {label}, {title}"),)),
        "documents.held": Row(
            "mine", (N_("Came late and is held for the next meeting: {label}, {title}"),), AUTHORS, AUTHORS
        ),
        "documents.quarantined": Row("mine", (N_("Waits for the virus scanner: {label}, {title}"),), AUTHORS),
        "documents.refused": Row(
            "mine", (N_("Refused by the virus scanner: {label}. {reason}"), N_("Refused: {label}")), AUTHORS, AUTHORS
        ),
        "documents.expired": Row("mine", (N_("The reservation of {label} has run out"),), AUTHORS),
        "documents.deleted": Row("mine", (N_("Deleted: {label}, {title}"),), AUTHORS),
        "documents.reclassified": Row("mine", (N_("Other readers than before: {label}, {title}"),), AUTHORS),
    }


def _of_meetings() -> dict[str, Row]:
    return {
        "meetings.announced": Row("meetings", (N_("Announced: {label}, {title}"),)),
        "meetings.cancelled": Row("meetings", (N_("Cancelled: {label}, {title}"),)),
        "meetings.edited": Row(
            "meetings",
            (N_("Changed: {label}, {title}; it is held from {starts_on} to {ends_on}"), N_("Changed: {label}")),
        ),
        "meetings.closed": Row("meetings", (N_("Closed: {label}, {title}"),)),
        "meetings.sitting-held": Row("meetings", (N_("New sitting of {label}: {sitting}, {on}"),)),
        "meetings.sitting-edited": Row("meetings", (N_("Sitting of {label} changed: {sitting}, {on}"),)),
        "meetings.sitting-cancelled": Row("meetings", (N_("Sitting of {label} cancelled: {sitting}, {on}"),)),
        "meetings.deadline-set": Row("deadlines", (N_("A deadline of {label} was moved: {reason}"),)),
        "meetings.deadline-lifted": Row("deadlines", (N_("A deadline of {label} follows its rule again"),)),
        "notices.deadline-near": Row(
            "deadlines",
            (N_("{label}, {title}: {rule} closes on {due_on} ({days} days)"),),
            ("meeting-officers", "registered"),
        ),
    }


def _of_proceedings() -> dict[str, Row]:
    return {
        "decisions.taken": Row("proceedings", (N_("Decision {number} of {label}: {text}"),)),
        "decisions.corrected": Row("proceedings", (N_("Decision {number} of {label} was corrected: {text}"),)),
        "decisions.withdrawn": Row("proceedings", (N_("Decision {number} of {label} was withdrawn: {reason}"),)),
        "dispositions.entered": Row("proceedings", (N_("{label}, {title}: {outcome}"), N_("Disposition of {label}"))),
        "reports.posted": Row("proceedings", (N_("The report of {label} is posted: {what}"),)),
        "outputs.moved": Row("proceedings", (N_("{label}, {title}, goes to the meeting {to}"),)),
        "actions.assigned": Row(
            "tasks",
            (N_("Action {number} of {label}, due {due_on}: {text}"), N_("Action {number} of {label}: {text}")),
            AUTHORS,
        ),
        "actions.reopened": Row("tasks", (N_("Action {number} of {label} is open again"),), AUTHORS),
        "actions.withdrawn": Row("tasks", (N_("Action {number} of {label} was withdrawn: {reason}"),), AUTHORS),
        "actions.completed": Row("proceedings", (N_("Action {number} of {label} is done"),)),
    }


def _of_texts() -> dict[str, Row]:
    return {
        "recommendations.in-force": Row("in-force", (N_("In force: {label}, {title}"),)),
        "recommendations.added": Row("in-force", (N_("New record: {label}, {title}"),)),
        "recommendations.withdrawn": Row("in-force", (N_("Withdrawn: {label}, {title}"),)),
        "recommendations.patent-declared": Row("in-force", (N_("Patent statement of {holder} on {label}"),)),
    }


def _of_groups_and_service() -> dict[str, Row]:
    return {
        "webhooks.failed": Row("service", (N_("Your webhook {label} was ended: {reason}"),), AUTHORS, AUTHORS),
        "groups.established": Row("groups", (N_("Established: {label}"),)),
        "groups.discontinued": Row("groups", (N_("{label} ends on {ends_on}"),)),
        "groups.renamed": Row("groups", (N_("{label} is called “{title}” in the period {period}"),)),
        "groups.moved": Row("groups", (N_("{label} moved under another group"),)),
        "groups.allocated": Row("groups", (N_("{label} is allocated to {to}"),)),
        "groups.succeeded": Row("groups", (N_("The work of {label} passes to another group on {on}"),)),
        "groups.succession-received": Row("groups", (N_("{label} takes over the work of another group on {on}"),)),
        "groups.appointed": Row(
            "groups", (N_("An officer of {label} was appointed from {starts_on}"),), ("appointed",)
        ),
        "groups.appointment-ended": Row("groups", (N_("An appointment in {label} ends on {ends_on}"),), ("appointed",)),
    }


def _of_comments() -> dict[str, Row]:
    return {
        "approval.commented": Row("comments", (N_("Comment {comment} on {label}, {title}"),), OF_TEXT),
        "approval.comment-changed": Row("comments", (N_("Comment {comment} on {label} was changed"),), OF_TEXT),
        "approval.comment-withdrawn": Row("comments", (N_("Comment {comment} on {label} was withdrawn"),), OF_TEXT),
        "approval.comment-classified": Row(
            "comments", (N_("Comment {comment} on {label} is of another kind now"),), ("commenter", *OF_TEXT)
        ),
        "approval.comment-disposed": Row(
            "comments", (N_("Comment {comment} on {label} has a disposition"),), ("commenter",)
        ),
        "approval.comment-satisfied": Row(
            "comments", (N_("The sender of comment {comment} on {label} is satisfied"),), OF_TEXT
        ),
        "approval.replied": Row("comments", (N_("{entity} replied on {label}, {title}"),), ("counsellor",)),
        "approval.reply-withdrawn": Row("comments", (N_("{entity} withdrew its reply on {label}"),), ("counsellor",)),
    }


HEARD: Final[Mapping[str, Row]] = (
    _of_documents() | _of_meetings() | _of_proceedings() | _of_texts() | _of_groups_and_service() | _of_comments()
)
STEPS: Final = "approval"
"""First word of the verbs of steps; the tables of procedures say which there are."""


_PLACE = re.compile(r"\{(\w+)\}")


def places_in(sentence: str) -> list[str]:
    """The names of the facts that a sentence needs."""
    return _PLACE.findall(sentence)


def row_of(verb: str) -> Row | None:
    """Who hears of it; None for a verb that tells nobody."""
    return HEARD.get(verb) or _of_steps().get(verb)


@cache
def _of_steps() -> Mapping[str, Row]:
    """Each step of each procedure. One that opens a window in any of them is news for those who may answer."""
    found: dict[str, Row] = {}
    for procedure in procedures.ALL.values():
        for step in procedure.steps:
            row, known = _of_step(step), found.get(f"{STEPS}.{step.id}")
            found[f"{STEPS}.{step.id}"] = row if known is None or row.topic == "last-calls" else known
    return found


def _of_step(step: Step[ProcessFacts]) -> Row:
    opens = step.closes is not None
    always = FOCAL if opens and "aap" in step.letters else ()
    states = STATES if opens and CONSULTING.intersection(step.letters) else ()
    says = (N_("{step}: {label}, {title}; open until {closes_on}"), N_("{step}: {label}, {title}"))
    return Row("last-calls" if opens else "approvals", says, (*always, *states, *OF_TEXT, HOLDER), always)
