"""The words for states, purposes and relations of liaison statements: English, to be translated by `_()` where shown."""

from collections.abc import Mapping

from sgdocs.i18n import N_

STATUSES: Mapping[str, tuple[str, str]] = {
    "draft": (N_("Draft"), "needs"),
    "agreed": (N_("Agreed"), "progress"),
    "approved": (N_("Approved"), "progress"),
    "numbered": (N_("Numbered, not sent yet"), "needs"),
    "sent": (N_("Sent"), "force"),
    "received": (N_("Received"), "force"),
    "withdrawn": (N_("Withdrawn"), "stopped"),
}
STATES: Mapping[str, tuple[str, str]] = {
    "pending": (N_("Not sent yet"), "past"),
    "sent": (N_("Sent"), "progress"),
    "acknowledged": (N_("Acknowledged"), "progress"),
    "received": (N_("Received"), "needs"),
    "posted": (N_("Posted"), "needs"),
    "allotted": (N_("Allotted"), "progress"),
    "noted": (N_("Noted"), "force"),
    "reply-drafted": (N_("Reply drafted"), "progress"),
    "forwarded": (N_("Forwarded"), "force"),
    "replied": (N_("Replied"), "force"),
    "no-reply-needed": (N_("No reply needed"), "past"),
    "closed-no-reply": (N_("Closed without a reply"), "past"),
    "withdrawn": (N_("Withdrawn"), "stopped"),
}
OVERDUE: tuple[str, str] = (N_("Overdue"), "stopped")
PURPOSES: Mapping[str, str] = {
    "action": N_("For action"),
    "comment": N_("For comment"),
    "information": N_("For information"),
}
LEVELS: Mapping[str, str] = {
    "study-group": N_("Study group"),
    "working-party": N_("Working party"),
    "rapporteur-group": N_("Rapporteur group"),
    "chair": N_("Chair of the study group, between meetings"),
}
RELATIONS: Mapping[str, tuple[str, str]] = {
    "replies-to": (N_("Replies to"), N_("Answered by")),
    "forwards": (N_("Forwards"), N_("Forwarded by")),
    "duplicates": (N_("Same text as"), N_("Same text as")),
    "crosses": (N_("Crossed"), N_("Crossed")),
}
"""As the statement is to the other, and as the other is to it."""


def status(value: str) -> tuple[str, str]:
    return STATUSES.get(value, (value, "past"))


def state(value: str, *, is_overdue: bool = False) -> tuple[str, str]:
    """The word for how far a statement is with one addressee, and its meaning for the style sheet."""
    return OVERDUE if is_overdue else STATES.get(value, (value, "past"))


def purpose(value: str) -> str:
    return PURPOSES.get(value, value)


def level(value: str) -> str:
    return LEVELS.get(value, value)
