"""The words of the pages of texts: English, translated by `_()` where they are shown."""

from sgdocs.i18n import N_

STATUSES = {
    "current": (N_("Current"), "force"),
    "amended": (N_("Amended since"), "needs"),
    "superseded": (N_("Superseded"), "needs"),
    "withdrawn": (N_("Withdrawn"), "stopped"),
    "not-found": (N_("Not found"), "stopped"),
    "not-known": (N_("Standing not known"), "past"),
    "elsewhere": (N_("Of another body, not checked"), "past"),
}
REFERENCE_COLUMNS = {
    "tag": "Tag",
    "identifier": "Number",
    "number": "As written",
    "status": "Status",
    "superseded_by": "Superseded by",
    "amended_by": "Amended by",
    "is_dated": "Dated",
    "is_normative": "Normative",
    "clause": "Clause",
    "words": "Entry",
    "address": "Address",
}
CITED_COLUMNS = {
    "identifier": "Number",
    "title": "Title",
    "words": "As written",
    "is_reference": "In the references clause",
    "is_normative": "Normative",
    "clauses": "Clauses",
    "file": "File",
    "address": "Address",
}
CITING_COLUMNS = {
    "document": "Document",
    "title": "Title",
    "source": "Source",
    "words": "As written",
    "is_reference": "In the references clause",
    "clause": "Clause",
    "address": "Address",
}


def status(value: str) -> tuple[str, str]:
    """The word of what has become of a reference, and its meaning in the style sheet."""
    return STATUSES[value]
