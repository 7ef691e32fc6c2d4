"""The words for kinds, standings and stages of work items: English, to be translated by `_()` where they are shown."""

from collections.abc import Callable, Mapping

from sgdocs.i18n import N_

STATUSES: Mapping[str, tuple[str, str]] = {
    "pending-confirmation": (N_("Waits for confirmation"), "needs"),
    "under-study": (N_("Under study"), "progress"),
    "consented": (N_("Consented"), "progress"),
    "determined": (N_("Determined"), "progress"),
    "adopted": (N_("Adopted"), "progress"),
    "forwarded-to-assembly": (N_("Forwarded to the assembly"), "progress"),
    "approved": (N_("Approved"), "force"),
    "agreed": (N_("Agreed"), "force"),
    "deleted": (N_("Discontinued"), "stopped"),
    "merged": (N_("Merged into another"), "past"),
}
KINDS: Mapping[str, str] = {
    "recommendation": N_("Recommendation"),
    "supplement": N_("Supplement"),
    "technical-report": N_("Technical report"),
    "technical-paper": N_("Technical paper"),
    "implementers-guide": N_("Implementers’ guide"),
    "handbook": N_("Handbook"),
    "report": N_("Report"),
    "other": N_("Other text"),
}
VERSIONS: Mapping[str, str] = {
    "new": N_("New"),
    "revision": N_("Revision"),
    "amendment": N_("Amendment"),
    "corrigendum": N_("Corrigendum"),
}
PROCESSES: Mapping[str, tuple[str, str]] = {
    "aap": ("AAP", N_("alternative approval process (Rec. ITU-T A.8)")),
    "tap": ("TAP", N_("traditional approval process (WTSA Resolution 1)")),
    "agreement": (N_("Agreement"), N_("agreement of a text that is not normative")),
    "adoption": (N_("Adoption"), N_("adoption and approval of ITU-R (Resolution ITU-R 1)")),
}
STAGES: Mapping[str, str] = {
    "wd": N_("Working document"),
    "wdpdn": N_("Working document towards a preliminary draft"),
    "pdn": N_("Preliminary draft"),
    "dn": N_("Draft"),
}
PRIORITIES: Mapping[str, str] = {"high": N_("High"), "medium": N_("Medium"), "low": N_("Low")}
ROLES: Mapping[str, str] = {
    "contribution": N_("Contribution"),
    "output": N_("Output"),
    "liaison": N_("Liaison"),
    "justification": N_("Justification of a reference (A.5)"),
    "minutes-of-ipr": N_("Minutes of the patent question"),
    "other": N_("Other document"),
}
ROLES_MANY: Mapping[str, str] = {
    "contribution": N_("Contributions"),
    "output": N_("Outputs"),
    "liaison": N_("Liaisons"),
    "justification": N_("Justifications of references (A.5)"),
    "minutes-of-ipr": N_("Minutes of the patent question"),
    "other": N_("Other documents"),
}
SIGNS: Mapping[str, str] = {"title": N_("its title names the item")}
EDITORS: Mapping[str, str] = {
    "editor": N_("Editor"),
    "co-editor": N_("Co-editor"),
    "contact": N_("Contact"),
}
SUPPORTS: Mapping[str, str] = {
    "work": N_("contributes to the work"),
    "consent": N_("supports the consent"),
}
RELATIONS: Mapping[str, str] = {
    "common": N_("common text"),
    "twin": N_("twin text"),
    "technically-aligned": N_("technically aligned"),
}
FIELDS: Mapping[str, str] = {
    "question": N_("Question"),
    "acronym": N_("Name"),
    "title": N_("Title"),
    "timing": N_("Target date"),
    "editors": N_("Editors"),
    "process": N_("Approval process"),
    "scope": N_("Scope"),
    "summary": N_("Summary"),
    "relations": N_("Relations to other texts"),
    "supporters": N_("Supporting members"),
}


def status(value: str) -> tuple[str, str]:
    """The word, and which of the meanings of the style sheet it has."""
    return STATUSES.get(value, (value, "past"))


def kind(value: str) -> str:
    return KINDS.get(value, value)


def version(value: str) -> str:
    return VERSIONS.get(value, value)


def process(value: str) -> str:
    return PROCESSES.get(value, (value, ""))[0]


def role(value: str) -> str:
    return ROLES.get(value, value)


def choices(say: Callable[[str], str]) -> dict[str, list[tuple[str, str]]]:
    """The choices of forms: (value, word) pairs."""
    return {
        "kinds": [(value, say(word)) for value, word in KINDS.items()],
        "versions": [(value, say(word)) for value, word in VERSIONS.items()],
        "processes": [(value, f"{say(word)}: {say(full)}") for value, (word, full) in PROCESSES.items()],
        "priorities": [(value, say(word)) for value, word in PRIORITIES.items()],
        "stages": [(value, say(word)) for value, word in STAGES.items()],
    }
