"""The words of approvals: English, to be translated by `_()` where they are shown. Titles of states are the tables'."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sgdocs.approval import periods, rulings
from sgdocs.i18n import N_

HOLDERS: Final[Mapping[str, str]] = {
    "chair": N_("chair"),
    "counsellor": N_("counsellor"),
    "secretariat": N_("secretariat"),
    "editor": N_("editor"),
    "members": N_("members"),
    "member-states": N_("Member States"),
    "meeting": N_("meeting"),
    "clock": N_("calendar"),
    "assembly": N_("assembly"),
    "director": N_("Director"),
}
WHICH: Final[Mapping[str, str]] = {"open": N_("running"), "ended": N_("ended"), "all": N_("all")}
WINDOWS: Final[Mapping[str, str]] = {
    "last-call": N_("Last call"),
    "additional-review": N_("Additional review"),
    "consultation": N_("Consultation"),
    "objection": N_("Objection period"),
    "more-time": N_("More time for a Member State"),
}
KINDS: Final[Mapping[str, str]] = {"substantive": N_("substantive"), "typographical": N_("typographical")}
STANDINGS: Final[Mapping[str, str]] = {
    "open": N_("without disposition"),
    "unconfirmed": N_("not yet confirmed by the member"),
    "settled": N_("settled"),
    "withdrawn": N_("withdrawn"),
}
DISPOSITIONS: Final[Mapping[str, tuple[str, str]]] = {
    "": (N_("open"), "needs"),
    "accepted": (N_("accepted"), "force"),
    "accepted-with-change": (N_("accepted with change"), "force"),
    "rejected": (N_("rejected"), "stopped"),
    "out-of-scope": (N_("out of scope"), "past"),
    "withdrawn": (N_("withdrawn"), "past"),
}
POSITIONS: Final[Mapping[str, tuple[str, str]]] = {
    "approve": (N_("approves"), "force"),
    "oppose": (N_("opposes"), "stopped"),
    "abstain": (N_("abstains"), "past"),
    "more-time": (N_("asks for more time"), "needs"),
    "concern": (N_("registers a concern"), "progress"),
    "reservation": (N_("makes a reservation"), "progress"),
    "policy-doubt": (N_("sees policy or regulatory implications"), "needs"),
}
POSING: Final[Mapping[str, str]] = {
    "approve": N_("approve"),
    "oppose": N_("oppose"),
    "abstain": N_("abstain"),
    "more-time": N_("ask for more time"),
    "concern": N_("register a concern, without opposing"),
    "reservation": N_("make a reservation, without opposing"),
    "policy-doubt": N_("see policy or regulatory implications"),
}
OBLIGATIONS: Final[Mapping[str, str]] = {
    "edited-text": N_("edited text"),
    "request": N_("request to announce"),
    "judgement": N_("judgement"),
    "disposition": N_("dispositions of the comments"),
    "reply": N_("reply"),
    "post-paper": N_("paper to post"),
    "sg-decision": N_("decision of the study group"),
    "result": N_("circular with the result"),
}
ANNOUNCEMENTS: Final[Mapping[str, str]] = {
    "aap": N_("AAP announcement"),
    "sg-decision": N_("Announcement of decisions to come"),
    "tap-consultation": N_("Consultation of Member States"),
    "tap-count": N_("Count of a consultation"),
    "result": N_("Result of an approval"),
    "deletion": N_("Deletion of Recommendations"),
    "adoption": N_("Adoption by correspondence"),
    "consultation": N_("Approval by consultation"),
    "psaa": N_("Simultaneous adoption and approval"),
    "suppression": N_("Suppression"),
}
APPROVED: Final = ("approved", "adopted", "agreed", "deleted", "suppressed", "suspended", "withdrawn-text")


def holder(role: str) -> str:
    return HOLDERS.get(role, role)


def window(kind: str) -> str:
    return WINDOWS.get(kind, kind)


def disposition(value: str) -> str:
    return DISPOSITIONS.get(value, (value, "past"))[0]


def meaning_of_disposition(value: str) -> str:
    return DISPOSITIONS.get(value, (value, "past"))[1]


def position(value: str) -> str:
    return POSITIONS.get(value, (value, "past"))[0]


def meaning_of_position(value: str) -> str:
    return POSITIONS.get(value, (value, "past"))[1]


def obligation(kind: str) -> str:
    return OBLIGATIONS.get(kind, kind)


def announcement(kind: str) -> str:
    return ANNOUNCEMENTS.get(kind, kind)


def meaning(state: str, *, window: str = "", is_final: bool = False, is_late: bool = False) -> str:
    """Which of the meanings of the style sheet a state has: done, running by itself, waiting for a person, stopped."""
    if is_final:
        return "force" if state.startswith(APPROVED) else "stopped"
    if is_late:
        return "stopped"
    return "progress" if window else "needs"


def next_announcement(today: date) -> date:
    """The next day of AAP announcements, that day included. Source: A.8 4.1."""
    return periods.announcing_day_of(
        today, rulings.numbers({}, "aap_days", today), rulings.text({}, "aap_shift", today)
    )


def clause(source: str) -> str:
    """The clauses of a row as people cite them: what only our own notes say is left out."""
    parts = [part.strip() for part in source.split(";")]
    return "; ".join(part for part in parts if part and not part.startswith(("domain", "sgdocs", "N1")))
