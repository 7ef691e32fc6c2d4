"""The words for kinds, standings and facets on pages: English, to be translated by `_()` where they are shown."""

from sgdocs.i18n import N_
from sgdocs.web import liaison_words, work_words

KINDS = {
    "recommendation": N_("Recommendation"),
    "amendment": N_("Amendment"),
    "corrigendum": N_("Corrigendum"),
    "erratum": N_("Erratum"),
    "addendum": N_("Addendum"),
    "supplement": N_("Supplement"),
    "annex": N_("Annex"),
    "appendix": N_("Appendix"),
    "attachment": N_("Attachment"),
    "implementers-guide": N_("Implementers’ guide"),
    "technical-paper": N_("Technical paper"),
    "technical-report": N_("Technical report"),
    "handbook": N_("Handbook"),
    "deliverable": N_("Deliverable"),
    "report": N_("Report"),
    "question": N_("Question"),
    "resolution": N_("Resolution"),
    "opinion": N_("Opinion"),
    "decision": N_("Decision"),
    "draft-document": N_("Draft document"),
    "series-volume": N_("Series volume"),
    "group": N_("Group"),
    "person": N_("Person"),
    "organisation": N_("Organisation"),
    "document": N_("Document"),
    "contribution": N_("Contribution"),
    "temporary-document": N_("Temporary document"),
    "meeting-report": N_("Meeting report"),
    "liaison-statement": N_("Liaison statement"),
    "circular": N_("Circular"),
    "collective-letter": N_("Collective letter"),
    "administrative-document": N_("Administrative document"),
    "information-document": N_("Information document"),
    "rapporteur-group-document": N_("Document of a rapporteur group"),
    "final-draft": N_("Final draft"),
    "work-item": N_("Work item"),
    "outside-body": N_("Outside body"),
    "event": N_("Event"),
    "message": N_("Message"),
    "guide": N_("Guide"),
}
STATUSES = {
    "in-force": (N_("In force"), "force"),
    "pre-published": (N_("In force, pre-published"), "force"),
    "approved-not-posted": (N_("Approved, not yet posted"), "progress"),
    "superseded": (N_("Superseded"), "past"),
    "superseded-before-publication": (N_("Superseded before publication"), "past"),
    "withdrawn": (N_("Withdrawn"), "stopped"),
    "superseded-or-withdrawn": (N_("Superseded or withdrawn"), "past"),
    "unknown": (N_("Standing not known"), "past"),
    "posted": (N_("Posted"), "force"),
    **{name: told for name, told in liaison_words.STATUSES.items() if name != "withdrawn"},
    **work_words.STATUSES,
}
FACETS = {
    "kind": N_("Kind"),
    "status": N_("Standing"),
    "sector": N_("Sector"),
    "series": N_("Series"),
    "group": N_("Group"),
    "question": N_("Question"),
    "meeting": N_("Meeting"),
    "year": N_("Year"),
    "language": N_("Language"),
}
LANGUAGES = {
    "en": N_("English"),
    "fr": N_("French"),
    "es": N_("Spanish"),
    "ru": N_("Russian"),
    "ar": N_("Arabic"),
    "zh": N_("Chinese"),
}


def kind(value: str) -> str:
    return KINDS.get(value, value)


def status(value: str) -> str:
    return STATUSES.get(value, (value, "past"))[0]


def meaning(value: str) -> str:
    """Which of the meanings of the style sheet a standing has."""
    return STATUSES.get(value, (value, "past"))[1]


def facet(name: str) -> str:
    return FACETS.get(name, name)


def facet_value(name: str, value: str) -> str:
    """How a value of a facet is called."""
    tables = {"kind": kind, "status": status}
    if name == "language":
        return LANGUAGES.get(value, value)
    if name == "sector":
        return f"ITU-{value}"
    return tables[name](value) if name in tables else value
