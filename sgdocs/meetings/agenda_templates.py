"""Skeletons of agendas as data. Source: domain 5.2 M-4 (Questions), M-5 (plenaries); ITU-R uncertain."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.i18n import N_
from sgdocs.meetings.agenda_rules import ItemKind as K


class Template(StrEnum):
    """A skeleton by its use."""

    QUESTION = "question"
    WORKING_PARTY = "working-party"
    PLENARY = "plenary"
    RAPPORTEUR_MEETING = "rapporteur-meeting"
    RADIO = "itu-r"
    PLAIN = "plain"


@dataclass(frozen=True)
class Line:
    """One item of a skeleton; depth 1 stands under the last of depth 0. each_question: one for each Question there."""

    kind: K
    title: str
    depth: int = 0
    each_question: bool = False


NAMES: Final[dict[Template, str]] = {
    Template.QUESTION: N_("Question of a study group meeting"),
    Template.WORKING_PARTY: N_("Working party"),
    Template.PLENARY: N_("Plenary of a study group"),
    Template.RAPPORTEUR_MEETING: N_("Rapporteur group meeting"),
    Template.RADIO: N_("ITU-R group"),
    Template.PLAIN: N_("Any other meeting"),
}

TEMPLATES: Final[dict[Template, tuple[Line, ...]]] = {
    Template.QUESTION: (
        Line(K.OPENING, "Opening of the meeting"),
        Line(K.AGENDA, "Approval of the agenda"),
        Line(K.PLAN, "Work plan of the meeting"),
        Line(K.DOCUMENTS, "Documents"),
        Line(K.CONTRIBUTIONS, "Contributions", 1),
        Line(K.INTERIM_REPORT, "Reports of interim activities", 1),
        Line(K.INCOMING, "Incoming liaison statements", 1),
        Line(K.OTHER, "Other documents", 1),
        Line(K.APPROVAL, "Recommendations proposed for approval (TAP)"),
        Line(K.DETERMINATION, "Recommendations proposed for determination (TAP)"),
        Line(K.CONSENT, "Recommendations proposed for consent (AAP)"),
        Line(K.AGREEMENT, "Texts proposed for agreement"),
        Line(K.NEW_WORK, "Proposed new work items"),
        Line(K.IPR, "Intellectual property rights"),
        Line(K.OUTGOING, "Outgoing liaison statements"),
        Line(K.WORK_PROGRAMME, "Review of the work programme"),
        Line(K.FUTURE_WORK, "Future work"),
        Line(K.REPORT, "Report of the meeting"),
        Line(K.FUTURE_MEETINGS, "Future meetings"),
        Line(K.AOB, "Any other business"),
        Line(K.CLOSING, "Closure of the meeting"),
    ),
    Template.WORKING_PARTY: (
        Line(K.OPENING, "Opening of the meeting"),
        Line(K.AGENDA, "Approval of the agenda"),
        Line(K.IPR, "Intellectual property rights"),
        Line(K.ALLOCATION, "Allocation of documents"),
        Line(K.PLAN, "Time plan"),
        Line(K.INCOMING, "Incoming liaison statements"),
        Line(K.QUESTIONS, "Work of the Questions"),
        Line(K.QUESTION, "{label}", 1, each_question=True),
        Line(K.REPORTS, "Reports of the Questions"),
        Line(K.APPROVAL, "Recommendations proposed for approval (TAP)"),
        Line(K.DETERMINATION, "Recommendations proposed for determination (TAP)"),
        Line(K.CONSENT, "Recommendations proposed for consent (AAP)"),
        Line(K.AGREEMENT, "Texts proposed for agreement"),
        Line(K.NEW_WORK, "New work items"),
        Line(K.OUTGOING, "Outgoing liaison statements"),
        Line(K.WORK_PROGRAMME, "Review of the work programme"),
        Line(K.OTHER, "Other documents"),
        Line(K.FUTURE_MEETINGS, "Future meetings"),
        Line(K.REPORT, "Report of the working party"),
        Line(K.AOB, "Any other business"),
        Line(K.CLOSING, "Closure of the meeting"),
    ),
    Template.PLENARY: (
        Line(K.OPENING, "Opening of the meeting"),
        Line(K.AGENDA, "Approval of the agenda"),
        Line(K.IPR, "Announcement on intellectual property rights"),
        Line(K.ALLOCATION, "Allocation of documents"),
        Line(K.PLAN, "Time plan"),
        Line(K.INCOMING, "Incoming liaison statements"),
        Line(K.REPORTS, "Reports"),
        Line(K.WP_REPORTS, "Working parties", 1),
        Line(K.RG_REPORTS, "Regional groups and rapporteur groups", 1),
        Line(K.JCA_REPORTS, "Joint coordination activities", 1),
        Line(K.FG_REPORTS, "Focus groups", 1),
        Line(K.PROMOTION, "Promotion, workshops and bridging the standardization gap"),
        Line(K.QUESTIONS, "Questions"),
        Line(K.APPOINTMENTS, "Appointments"),
        Line(K.CONTRIBUTIONS, "Contributions to the plenary"),
        Line(K.APPROVAL, "Recommendations for approval (TAP)"),
        Line(K.DETERMINATION, "Recommendations for determination (TAP)"),
        Line(K.CONSENT, "Recommendations for consent (AAP)"),
        Line(K.AGREEMENT, "Texts for agreement"),
        Line(K.NEW_WORK, "New work items"),
        Line(K.OUTGOING, "Outgoing liaison statements"),
        Line(K.OTHER, "Other documents"),
        Line(K.FUTURE_MEETINGS, "Future meetings"),
        Line(K.REPORT, "Report of the meeting"),
        Line(K.AOB, "Any other business"),
        Line(K.CLOSING, "Closing of the meeting"),
    ),
    Template.RAPPORTEUR_MEETING: (
        Line(K.OPENING, "Opening of the meeting"),
        Line(K.AGENDA, "Approval of the agenda"),
        Line(K.IPR, "Intellectual property rights"),
        Line(K.ACTIONS, "Actions from the last meeting"),
        Line(K.DOCUMENTS, "Documents"),
        Line(K.CONTRIBUTIONS, "Contributions", 1),
        Line(K.INCOMING, "Incoming liaison statements", 1),
        Line(K.OTHER, "Other documents", 1),
        Line(K.NEW_WORK, "Proposed new work items"),
        Line(K.OUTGOING, "Outgoing liaison statements"),
        Line(K.WORK_PROGRAMME, "Review of the work programme"),
        Line(K.REPORT, "Report of the meeting"),
        Line(K.FUTURE_MEETINGS, "Future meetings"),
        Line(K.AOB, "Any other business"),
        Line(K.CLOSING, "Closure of the meeting"),
    ),
    Template.RADIO: (
        Line(K.OPENING, "Opening remarks"),
        Line(K.AGENDA, "Approval of the agenda"),
        Line(K.PLAN, "Structure and work plan of the meeting"),
        Line(K.ALLOCATION, "Introduction and allocation of documents"),
        Line(K.INTERIM_REPORT, "Chair’s report of the last meeting"),
        Line(K.INCOMING, "Liaison statements received"),
        Line(K.CONTRIBUTIONS, "Contributions"),
        Line(K.APPROVAL, "Draft new and revised Recommendations"),
        Line(K.AGREEMENT, "Draft new and revised Reports and other texts"),
        Line(K.QUESTIONS, "Draft new and revised Questions"),
        Line(K.REPORTS, "Reports of the sub-groups"),
        Line(K.OUTGOING, "Liaison statements to other groups"),
        Line(K.WORK_PROGRAMME, "Work plan"),
        Line(K.OTHER, "Other documents"),
        Line(K.FUTURE_MEETINGS, "Future meetings"),
        Line(K.AOB, "Any other business"),
        Line(K.CLOSING, "Closing of the meeting"),
    ),
    Template.PLAIN: (
        Line(K.OPENING, "Opening of the meeting"),
        Line(K.AGENDA, "Approval of the agenda"),
        Line(K.CONTRIBUTIONS, "Contributions"),
        Line(K.INCOMING, "Incoming liaison statements"),
        Line(K.OTHER, "Other documents"),
        Line(K.FUTURE_MEETINGS, "Future meetings"),
        Line(K.AOB, "Any other business"),
        Line(K.CLOSING, "Closing of the meeting"),
    ),
}


def default_for(group_kind: str, sector: str, *, is_rapporteur_meeting: bool) -> Template:
    """The skeleton that a group of that kind usually takes."""
    if is_rapporteur_meeting:
        return Template.RAPPORTEUR_MEETING
    if sector == "R":
        return Template.RADIO
    if group_kind == "question":
        return Template.QUESTION
    if group_kind == "working-party":
        return Template.WORKING_PARTY
    return Template.PLENARY if group_kind in ("study-group", "advisory-group") else Template.PLAIN
