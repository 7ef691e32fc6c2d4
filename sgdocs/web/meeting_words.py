"""The words for kinds, standings and deadlines of meetings: English, to be translated by `_()` where they are shown."""

from collections.abc import Mapping

from sgdocs.i18n import N_

KINDS: Mapping[str, str] = {
    "study-group": N_("Study group meeting"),
    "working-party": N_("Working party meeting"),
    "extra-meeting": N_("Extra short meeting"),
    "rapporteur-group": N_("Rapporteur group meeting"),
    "e-meeting": N_("E-meeting"),
    "jca": N_("Meeting of a joint coordination activity"),
    "focus-group": N_("Focus group meeting"),
    "workshop": N_("Workshop"),
    "assembly": N_("Assembly"),
}
STATUSES: Mapping[str, tuple[str, str]] = {
    "planned": (N_("Planned"), "past"),
    "announced": (N_("Announced"), "progress"),
    "open": (N_("Open"), "force"),
    "closed": (N_("Closed"), "past"),
    "cancelled": (N_("Cancelled"), "stopped"),
}
FORMATS: Mapping[str, str] = {
    "physical": N_("in person"),
    "hybrid": N_("in person and remote"),
    "virtual": N_("remote"),
}
MODES: Mapping[str, str] = {"in-person": N_("in person"), "remote": N_("remote")}
WHENS: Mapping[str, str] = {"current": N_("On now"), "coming": N_("Coming"), "past": N_("Past")}
LETTERS: Mapping[str, str] = {
    "collective-letter": N_("Collective letter"),
    "convening-letter": N_("Convening letter"),
    "circular": N_("Circular"),
    "CACE": N_("Administrative circular (CACE)"),
    "LCCE": N_("Circular letter (LCCE)"),
}
DEADLINES: Mapping[str, str] = {
    "convening-letter": N_("Convening letter"),
    "translation": N_("Contributions that may be translated"),
    "draft-recommendation": N_("Draft Recommendations to be adopted"),
    "participants": N_("Participants named by the members"),
    "contribution-advised": N_("Contributions, if possible"),
    "contribution": N_("Contributions"),
    "correspondence-report": N_("Reports of correspondence groups"),
    "temporary-document-sent": N_("Temporary documents sent in, to be posted in time"),
    "temporary-document": N_("Temporary documents available"),
    "event-report": N_("Reports of recent events, when discussed on the first day"),
    "progress-report": N_("Progress reports of Questions"),
}
REGISTRATIONS: Mapping[str, tuple[str, str]] = {
    "asked": (N_("Waits for approval"), "progress"),
    "approved": (N_("Registered"), "force"),
    "refused": (N_("Refused"), "stopped"),
    "cancelled": (N_("Given up"), "past"),
}
ROLES: Mapping[str, str] = {
    "delegate": N_("Delegate"),
    "head-of-delegation": N_("Head of delegation"),
    "expert": N_("Invited expert"),
    "guest": N_("Guest"),
}
MOVES: Mapping[str, tuple[str, str]] = {
    "announced": (N_("Announce the meeting"), N_("The meeting is announced.")),
    "open": (N_("Open the meeting"), N_("The meeting is open.")),
    "closed": (N_("Close the meeting"), N_("The meeting is closed.")),
    "cancelled": (N_("Cancel the meeting"), N_("The meeting is cancelled.")),
}
"""The button that takes a meeting there, and what is said after."""


def kind(value: str) -> str:
    return KINDS.get(value, value)


def status(value: str) -> str:
    return STATUSES.get(value, (value, "past"))[0]


def meaning(value: str) -> str:
    """Which of the meanings of the style sheet a standing has."""
    return STATUSES.get(value, (value, "past"))[1]


def deadline(rule: str) -> str:
    return DEADLINES.get(rule, rule)
