"""Which sections a report has, as data. Source: domain 5.3; Rec. ITU-T A.1 1.7, 2.3.3.12."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sgdocs.i18n import N_


class Skeleton(StrEnum):
    """A report by what it tells of."""

    QUESTION = "question"
    GROUP = "group"
    RAPPORTEUR_MEETING = "rapporteur-meeting"


class Part(StrEnum):
    """What the records fill in; a section without any is written by hand alone."""

    NOTHING = ""
    MEETING = "meeting"
    ATTENDANCE = "attendance"
    AGENDA = "agenda"
    COUNTS = "counts"
    SUMMARIES = "summaries"
    INTERIM = "interim"
    CONTRIBUTIONS = "contributions"
    NEW_WORK = "new-work"
    INCOMING = "incoming"
    OTHERS = "others"
    TEXTS = "texts"
    OUTGOING = "outgoing"
    DECISIONS = "decisions"
    ACTIONS = "actions"
    WORK = "work"
    FUTURE = "future"
    DOCUMENTS = "documents"
    PARTICIPANTS = "participants"


@dataclass(frozen=True)
class Section:
    """number: as printed; hint: what people write there."""

    id: str
    number: str
    title: str
    part: Part = Part.NOTHING
    hint: str = ""


TITLES: Final = {
    Skeleton.QUESTION: "Report of {group}",
    Skeleton.GROUP: "Report of {group}",
    Skeleton.RAPPORTEUR_MEETING: "Rapporteur meeting report of {group}",
}
_SUMMARY = N_("In a few sentences; it is copied into the report above.")
_LS_HAND = N_("Liaison statements that were agreed: to whom, on what, for action or information, by when.")
_IPR = N_("The question was asked whether anybody knows of patents; the answers.")
_ANNEXES = (
    Section("annex-documents", "Annex A", "Documents", Part.DOCUMENTS),
    Section("annex-participants", "Annex B", "Participants", Part.PARTICIPANTS),
)

SKELETONS: Final[dict[Skeleton, tuple[Section, ...]]] = {
    Skeleton.QUESTION: (
        Section("introduction", "1", "Introduction", Part.MEETING, N_("Who chaired, how the meeting was organised.")),
        Section("summary", "2", "Executive summary", hint=_SUMMARY),
        Section("documents", "3", "Documents and e-mail lists", Part.COUNTS, N_("The e-mail lists that were used.")),
        Section("interim", "4", "Interim activities", Part.INTERIM),
        Section("discussions", "5", "Discussions", hint=N_("What holds for all that was discussed.")),
        Section("ongoing", "5.1", "Ongoing work items", Part.CONTRIBUTIONS, N_("The discussion of each work item.")),
        Section("new-items", "5.2", "New work items", Part.NEW_WORK),
        Section("liaisons-in", "5.3", "Incoming liaison statements", Part.INCOMING),
        Section("other-documents", "5.4", "Other documents", Part.OTHERS),
        Section("decisions", "5.5", "Decisions", Part.DECISIONS),
        Section("texts", "6", "Texts for approval, determination, consent or agreement", Part.TEXTS),
        Section("ipr", "7", "Intellectual property rights", hint=_IPR),
        Section("liaisons-out", "8", "Outgoing liaison statements", Part.OUTGOING, _LS_HAND),
        Section(
            "work-programme",
            "9",
            "Work programme",
            Part.WORK,
            N_("New, deleted and candidate work items; changes of dates."),
        ),
        Section("future", "10", "Future meetings", Part.FUTURE),
        *_ANNEXES,
        Section(
            "annex-forms", "Annex C", "Justification of new work items (Rec. ITU-T A.1)", hint=N_("One form each.")
        ),
    ),
    Skeleton.GROUP: (
        Section("introduction", "1", "Introduction and organisation of work", Part.MEETING),
        Section("summary", "2", "Executive summary", hint=_SUMMARY),
        Section("documents", "3", "Documents", Part.COUNTS),
        Section("questions", "4", "Results of the Questions", Part.SUMMARIES),
        Section("discussions", "5", "Discussions", Part.OTHERS),
        Section("liaisons-in", "5.1", "Incoming liaison statements", Part.INCOMING),
        Section("contributions", "5.2", "Contributions", Part.CONTRIBUTIONS),
        Section("decisions", "5.3", "Decisions", Part.DECISIONS),
        Section("texts", "6", "Texts for approval, determination, consent or agreement", Part.TEXTS),
        Section("ipr", "7", "Intellectual property rights", hint=_IPR),
        Section("liaisons-out", "8", "Outgoing liaison statements", Part.OUTGOING, _LS_HAND),
        Section("work-programme", "9", "Work programme", Part.WORK, N_("New, deleted and candidate work items.")),
        Section("future", "10", "Future meetings", Part.FUTURE),
        *_ANNEXES,
    ),
    Skeleton.RAPPORTEUR_MEETING: (
        Section("introduction", "1", "Introduction", Part.MEETING, N_("Date, venue, chair; who hosted.")),
        Section("attendance", "2", "Attendance", Part.ATTENDANCE),
        Section("agenda", "3", "Agenda", Part.AGENDA),
        Section("documents", "4", "Documents and e-mail lists", Part.COUNTS),
        Section(
            "discussions", "5", "Discussions", Part.CONTRIBUTIONS, N_("Summary of the inputs and their discussion.")
        ),
        Section("liaisons-in", "5.1", "Incoming liaison statements", Part.INCOMING),
        Section("other-documents", "5.2", "Other documents", Part.OTHERS),
        Section("results", "6", "Results", Part.DECISIONS, N_("What was agreed, and the output documents.")),
        Section("ipr", "7", "Intellectual property rights", hint=_IPR),
        Section("liaisons-out", "8", "Outgoing liaison statements", Part.OUTGOING, _LS_HAND),
        Section("work-programme", "9", "Work programme and actions", Part.WORK),
        Section("future", "10", "Future meetings", Part.FUTURE),
        *_ANNEXES,
    ),
}


def skeleton_for(group_kind: str, *, is_rapporteur_meeting: bool) -> Skeleton:
    """The skeleton that a group's report takes."""
    if is_rapporteur_meeting:
        return Skeleton.RAPPORTEUR_MEETING
    return Skeleton.QUESTION if group_kind == "question" else Skeleton.GROUP
