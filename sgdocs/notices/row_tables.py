"""The verbs of the journal that tell somebody, subject by subject: a new verb is one row. Pure."""

from sgdocs.i18n import N_
from sgdocs.notices.row import AUTHORS, ITEM, OF_TEXT, Row


def of_documents() -> dict[str, Row]:
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


def of_meetings() -> dict[str, Row]:
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
            (
                N_("{label}, {title}: last day for {rule}, {today}"),
                N_("{label}, {title}: {days} days left for {rule}, until {due_on}"),
            ),
            ("meeting-officers", "registered"),
        ),
    }


def of_proceedings() -> dict[str, Row]:
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


def of_texts() -> dict[str, Row]:
    return {
        "recommendations.in-force": Row("in-force", (N_("In force: {label}, {title}"),)),
        "recommendations.added": Row("in-force", (N_("New record: {label}, {title}"),)),
        "recommendations.withdrawn": Row("in-force", (N_("Withdrawn: {label}, {title}"),)),
        "recommendations.patent-declared": Row("in-force", (N_("Patent statement of {holder} on {label}"),)),
    }


def of_groups_and_service() -> dict[str, Row]:
    return {
        "webhooks.failed": Row("service", (N_("Your webhook {label} was ended: {reason}"),), AUTHORS, AUTHORS),
        "workspace.search-found": Row(
            "searches", (N_("New hits of your saved search “{label}”: {number}"), N_("New hits of “{label}”")), AUTHORS
        ),
        "announcements.begun": Row("announcements", (N_("{kind}: {title}"),)),
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


def of_work() -> dict[str, Row]:
    """Status that approval moves, and what a sign finds, are told by the entries of approval and of documents."""
    return {
        "work.proposed": Row("work", (N_("Proposed: {label}, {title}"),), ITEM),
        "work.registered": Row("work", (N_("Registered: {label}, {title}"),), ITEM),
        "work.edited": Row("work", (N_("Changed: {label}, {title}"),), ITEM),
        "work.base-set": Row("work", (N_("New base text of {label}, {title}"),), ITEM),
        "work.paper-added": Row("work", (N_("A document was attached to {label}, {title}"),), ITEM),
        "work.change-accepted": Row("work", (N_("A change to {label}, {title}, was accepted at {meeting}"),), ITEM),
        "work.change-undone": Row("work", (N_("An accepted change to {label}, {title}, was undone: {reason}"),), ITEM),
        "work.supported": Row("work", (N_("{entity} supports {label}, {title}"),), ITEM),
        "work.support-withdrawn": Row("work", (N_("{entity} supports {label} no longer"),), ITEM),
        "work.dependency-added": Row("work", (N_("{label}, {title}, waits for another text"),), ITEM),
        "work.dependency-released": Row("tasks", (N_("What {label}, {title}, waited for is there"),), ITEM),
        "work.process-changed": Row("work", (N_("{label}, {title}, goes by another approval process"),), ITEM),
        "work.moved": Row("work", (N_("{label}, {title}, moved to another Question or group"),), ITEM),
        "work.carried-over": Row("work", (N_("{label}, {title}, goes on in the period {period}"),)),
        "work.discontinued": Row("work", (N_("Discontinued: {label}. {reason}"), N_("Discontinued: {label}")), ITEM),
        "work.merged": Row("work", (N_("{label}, {title}, goes on as {into}"),), ITEM),
    }


def of_approval() -> dict[str, Row]:
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
        "approval.text-brought": Row("approvals", (N_("The text of {label}, {title}, is there: {document}"),), OF_TEXT),
        "approval.comments-posted": Row("comments", (N_("The comments on {label} are posted: {document}"),), OF_TEXT),
        "approval.sheet-taken": Row("comments", (N_("A sheet of comments on {label} was taken in"),), OF_TEXT),
        "approval.position-taken": Row("comments", (N_("A position on {label}, {title}, was taken"),), ("counsellor",)),
        "approval.number-given": Row("approvals", (N_("{label}, {title}, has the number {identifier}"),), OF_TEXT),
        "approval.meeting-followed": Row(
            "approvals", (N_("The days of {label}, {title}, follow its meeting"),), OF_TEXT
        ),
        "approval.closing-held": Row("approvals", (N_("The closing of {label} is held: {reason}"),), OF_TEXT),
        "approval.closing-released": Row("approvals", (N_("The closing of {label} is held no longer"),), OF_TEXT),
        "approval.closing-failed": Row("tasks", (N_("{label} could not be closed by the clock"),), ("secretariat",)),
        "approval.announced": Row("last-calls", (N_("Announcement: {title}"),)),
        "approval.replied": Row("comments", (N_("{entity} replied on {label}, {title}"),), ("counsellor",)),
        "approval.reply-withdrawn": Row("comments", (N_("{entity} withdrew its reply on {label}"),), ("counsellor",)),
    }
