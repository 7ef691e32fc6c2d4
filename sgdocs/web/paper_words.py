"""The words for kinds, states and relations of documents: English, to be translated by `_()` where they are shown."""

from collections.abc import Mapping
from typing import Final

from sgdocs.documents.models import Document
from sgdocs.documents.rules import Admission, DocumentKind, LineageKind, Purpose, Status, TdReason, shown_title
from sgdocs.i18n import N_

K, S, L = DocumentKind, Status, LineageKind
KINDS: Final[Mapping[str, str]] = {
    K.CONTRIBUTION: N_("Contribution"),
    K.TEMPORARY: N_("Temporary document"),
    K.REPORT: N_("Report"),
    K.LIAISON: N_("Liaison statement"),
    K.CIRCULAR: N_("Circular"),
    K.LETTER: N_("Collective letter"),
    K.ADMINISTRATIVE: N_("Administrative document"),
    K.INFORMATION: N_("Information document"),
    K.RGM: N_("Document of a rapporteur group meeting"),
    K.FINAL_DRAFT: N_("Final draft"),
}
SHORT_KINDS: Final[Mapping[str, str]] = {
    K.CONTRIBUTION: N_("C"),
    K.TEMPORARY: N_("TD"),
    K.REPORT: N_("R"),
    K.LIAISON: N_("LS"),
    K.CIRCULAR: N_("Circular"),
    K.LETTER: N_("COL"),
    K.ADMINISTRATIVE: N_("ADM"),
    K.INFORMATION: N_("INFO"),
    K.RGM: N_("DOC"),
    K.FINAL_DRAFT: N_("BL"),
}
STATUSES: Final[Mapping[str, tuple[str, str]]] = {
    S.RESERVED: (N_("Reserved"), "progress"),
    S.POSTED: (N_("Posted"), "force"),
    S.HELD: (N_("Held"), "needs"),
    S.QUARANTINE: (N_("In quarantine"), "needs"),
    S.REFUSED: (N_("Refused"), "stopped"),
    S.WITHDRAWN: (N_("Withdrawn"), "stopped"),
    S.EXPIRED: (N_("Expired"), "past"),
    "deleted": (N_("Deleted"), "past"),
}
RELATIONS: Final[Mapping[str, tuple[str, str]]] = {
    L.REVISION_OF: (N_("Revision of"), N_("Revised by")),
    L.MERGED_INTO: (N_("Merged into"), N_("Merged from")),
    L.OUTPUT_OF: (N_("Output of"), N_("Has the output")),
    L.ALSO_IN: (N_("Also submitted as"), N_("Also submitted as")),
    L.SUMMARY_OF: (N_("Summary of"), N_("Summarised by")),
}
"""Read from the document, and from the other one."""
PURPOSES: Final[Mapping[str, str]] = {
    Purpose.ADMIN: N_("Admin"),
    Purpose.DISCUSSION: N_("Discussion"),
    Purpose.INFORMATION: N_("Information"),
    Purpose.PROPOSAL: N_("Proposal"),
    Purpose.OTHER: N_("Other"),
}
TD_REASONS: Final[Mapping[str, str]] = {
    TdReason.ADMINISTRATIVE: N_("An administrative document"),
    TdReason.EVENT_REPORT: N_("A report of an event less than 21 days before the meeting"),
    TdReason.PROPOSAL: N_("A proposal of a chair or of the convener of an ad hoc group"),
    TdReason.COMPILATION: N_("A compilation"),
    TdReason.REQUESTED: N_("Asked for by the meeting"),
    TdReason.PROGRESS_REPORT: N_("A progress report of a Question"),
}
ADMISSIONS: Final[Mapping[str, str]] = {
    Admission.ADMITTED: N_("admitted, the meeting decides"),
    Admission.ACCEPTED: N_("accepted by the meeting"),
    Admission.REFUSED: N_("refused by the meeting"),
}
PARTS: Final[Mapping[str, str]] = {"R": N_("Revision"), "A": N_("Addendum"), "C": N_("Corrigendum")}
STANDINGS: Final[Mapping[str, tuple[str, str]]] = {
    "filled": (N_("filled in"), "force"),
    "same": (N_("same"), "force"),
    "differs": (N_("differs"), "needs"),
    "empty": (N_("not in the file"), "past"),
}
SEVERITIES: Final[Mapping[str, tuple[str, str]]] = {
    "error": (N_("Error"), "stopped"),
    "warning": (N_("Warning"), "needs"),
    "note": (N_("Note"), "past"),
}


def kind(value: str) -> str:
    return KINDS.get(value, value)


def status(value: str) -> tuple[str, str]:
    """The word, and its meaning for the eye."""
    return STATUSES.get(value, (value, "past"))


def severity(value: str) -> tuple[str, str]:
    return SEVERITIES.get(value, (value, "past"))


def part(value: str) -> str:
    """`R1` is a revision, "" the document as it first came."""
    return PARTS.get(value[:1], N_("First version"))


def title(document: Document) -> str:
    """The title of a document that another page names; a tombstone has none."""
    return shown_title(document.status, document.title)
