"""The words of agendas and proceedings: English, to be translated by `_()` where they are shown."""

from collections.abc import Mapping
from typing import Final

from sgdocs.i18n import N_
from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.meetings.agenda_templates import TEMPLATES
from sgdocs.proceedings.rules import DecisionKind as D
from sgdocs.proceedings.rules import Outcome as U

ITEM_KINDS: Final[Mapping[str, str]] = {
    K.OPENING: N_("Opening"),
    K.AGENDA: N_("Agenda"),
    K.ALLOCATION: N_("Allocation of documents"),
    K.PLAN: N_("Plan of the meeting"),
    K.IPR: N_("Patents"),
    K.DOCUMENTS: N_("Documents"),
    K.CONTRIBUTIONS: N_("Contributions"),
    K.INTERIM_REPORT: N_("Interim reports"),
    K.INCOMING: N_("Incoming liaison statements"),
    K.OTHER: N_("Other documents"),
    K.APPROVAL: N_("Texts for approval"),
    K.DETERMINATION: N_("Texts for determination"),
    K.CONSENT: N_("Texts for consent"),
    K.AGREEMENT: N_("Texts for agreement"),
    K.NEW_WORK: N_("New work items"),
    K.OUTGOING: N_("Outgoing liaison statements"),
    K.WORK_PROGRAMME: N_("Work programme"),
    K.FUTURE_WORK: N_("Future work"),
    K.REPORT: N_("Report"),
    K.REPORTS: N_("Reports"),
    K.WP_REPORTS: N_("Reports of working parties"),
    K.RG_REPORTS: N_("Reports of regional groups"),
    K.JCA_REPORTS: N_("Reports of JCAs"),
    K.FG_REPORTS: N_("Reports of focus groups"),
    K.PROMOTION: N_("Promotion"),
    K.QUESTIONS: N_("Questions"),
    K.QUESTION: N_("One Question"),
    K.APPOINTMENTS: N_("Appointments"),
    K.ACTIONS: N_("Actions"),
    K.FUTURE_MEETINGS: N_("Future meetings"),
    K.AOB: N_("Any other business"),
    K.CLOSING: N_("Closing"),
}
ITEM_TITLES: Final = frozenset(line.title for lines in TEMPLATES.values() for line in lines if not line.each_question)
"""Titles of items that skeletons of agendas give: ours, said in the language of the reader."""
OUTCOMES: Final[Mapping[str, tuple[str, str]]] = {
    U.NOTED: (N_("Noted"), "past"),
    U.AGREED: (N_("Text agreed"), "force"),
    U.REVISED_TO: (N_("Revised to"), "progress"),
    U.MERGED_INTO: (N_("Merged into"), "progress"),
    U.POSTPONED: (N_("Postponed"), "needs"),
    U.WITHDRAWN: (N_("Withdrawn"), "stopped"),
    U.NOT_PRESENTED: (N_("Not presented"), "past"),
}
"""The word, and its meaning for the eye."""
DECISIONS: Final[Mapping[str, str]] = {
    D.AGREED: N_("Agreed"),
    D.APPROVED: N_("Approved"),
    D.CONSENTED: N_("Consented"),
    D.DETERMINED: N_("Determined"),
    D.NOTED: N_("Noted"),
    D.DIRECTIVE: N_("Directive"),
    D.APPOINTED: N_("Appointed"),
    D.OTHER: N_("Other"),
}
FEATURES: Final[Mapping[str, str]] = {
    "words": N_("words of the title"),
    "source": N_("source"),
    "kind": N_("kind of document"),
}
CONFLICTS: Final[Mapping[str, str]] = {
    "room": N_("The same room"),
    "officer": N_("The same person leads both"),
    "group": N_("The same group twice"),
    "parent": N_("A group and the one it belongs to"),
}


def item_kind(value: str) -> str:
    return ITEM_KINDS.get(value, value)
