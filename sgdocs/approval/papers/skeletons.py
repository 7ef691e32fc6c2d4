"""What each paper says, as data: who it is from and to, how it begins and ends, which columns it has. Pure. English, as filed.

Source: domain 6.2 (announcement content), 6.3, 6.5, 6.6, 8.1; layout of TSB circulars and BR administrative circulars.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sgdocs.approval.procedures.terms import Letter

BUREAU: Final = {
    "T": "Telecommunication Standardization Bureau (TSB)",
    "R": "Radiocommunication Bureau (BR)",
    "D": "Telecommunication Development Bureau (BDT)",
}
ADMINISTRATIONS: Final = "Administrations of Member States"
MEMBERS: Final = f"{ADMINISTRATIONS}; Sector Members; Associates; Academia"
STATES_AND_MEMBERS: Final = f"{ADMINISTRATIONS}; Sector Members (for information)"
REGARDS: Final = "Yours faithfully,\n\nDirector of the Bureau"


@dataclass(frozen=True)
class Skeleton:
    """instrument: as on the cover; to: addressees; subject, opening: with the words of the paper (`{number}`, `{day}`,
    `{groups}`, `{count}`, `{share}`); closing: after the texts; columns: of each text; is_letter: with address and regards;
    has_form: a reply form goes along.
    """

    instrument: str
    to: str
    subject: str
    opening: tuple[str, ...]
    columns: tuple[str, ...]
    closing: tuple[str, ...] = ()
    is_letter: bool = True
    has_form: bool = False


_DATES: Final = ("name", "title", "question", "version", "code", "opens", "closes", "text", "comments", "deciding")
_ASKED: Final = ("name", "title", "group", "question", "text", "deciding", "closes")
SKELETONS: Final[Mapping[str, Skeleton]] = {
    Letter.AAP: Skeleton(
        "AAP ANNOUNCEMENT",
        MEMBERS,
        "AAP announcement No. {number}, {day}",
        (
            "The texts below took the status that stands with each of them (Rec. ITU-T A.8). Status: LC last call, LJ last "
            "call judgement, AR additional review, AJ additional review judgement, SG for decision by the study group, "
            "A approved, AT approved with typographical corrections, AC approved after additional review, NA not "
            "approved, TAP moved to TAP.",
            "Last calls and additional reviews close at the end of the day that is named, Geneva time. Comments are sent by "
            "the focal point of a member on the page of the text, and say whether they are typographical or substantive.",
        ),
        _DATES,
        is_letter=False,
    ),
    Letter.SG_DECISION: Skeleton(
        "CIRCULAR",
        MEMBERS,
        "Texts for decision by {groups} under Rec. ITU-T A.8",
        (
            "The comments of the last call or additional review did not allow the texts below to be approved; {groups} will "
            "be asked to decide on them at the meeting that is named (Rec. ITU-T A.8, 4.6).",
        ),
        _ASKED[:-1],
        ("The texts and all comments are with the records of these approvals.",),
    ),
    Letter.TAP_CONSULTATION: Skeleton(
        "CIRCULAR",
        STATES_AND_MEMBERS,
        "Consultation of Member States on {count} determined by {groups}",
        (
            "{groups} determined the texts below. In accordance with WTSA Resolution 1, section 9, Member States are asked "
            "whether they authorise {groups} to consider them for approval at the meeting that is named.",
            "Replies count that are received by the end of the day that is named, Geneva time. If {share} per cent or more of the "
            "replies support consideration, or if there is none, the study group may decide.",
        ),
        _ASKED,
        ("The form in the annex may be used for the reply.",),
        has_form=True,
    ),
    Letter.RESULT: Skeleton(
        "CIRCULAR",
        MEMBERS,
        "Result: {count} of {groups}",
        ("The approval of the texts below has ended with the result and the date that stand with each of them.",),
        ("name", "title", "group", "question", "procedure", "state", "happened", "clause"),
        ("Texts in force are published on the pages of the Sector.",),
    ),
    Letter.DELETION: Skeleton(
        "CIRCULAR",
        MEMBERS,
        "Proposed deletion of {count} by {groups}",
        (
            "{groups} agreed to propose the deletion of the texts below, for the reasons that stand with each of them. "
            "Objections with their reasons count that are received by the end of the day that is named, Geneva time; "
            "without an objection the text is deleted (WTSA Resolution 1, 9.8.2; Rec. ITU-T A.8, 8.2).",
        ),
        ("name", "title", "group", "reason", "closes"),
        has_form=True,
    ),
    Letter.ADOPTION: Skeleton(
        "ADMINISTRATIVE CIRCULAR",
        STATES_AND_MEMBERS,
        "Adoption by correspondence of {count} of {groups}",
        (
            "{groups} decided to seek the adoption of the texts below by correspondence (Resolution ITU-R 1, A2.6.2.2.3). A "
            "Member State that objects informs the Director and the chair by the end of the day that is named, with its "
            "reasons in writing.",
        ),
        (*_ASKED[:5], "closes"),
        has_form=True,
    ),
    Letter.CONSULTATION: Skeleton(
        "ADMINISTRATIVE CIRCULAR",
        STATES_AND_MEMBERS,
        "Approval by consultation of {count} of {groups}",
        (
            "{groups} adopted the texts below. Member States are asked by the end of the day that is named whether they "
            "approve them (Resolution ITU-R 1, A2.6.2.3).",
        ),
        (*_ASKED[:5], "closes"),
        has_form=True,
    ),
    Letter.PSAA: Skeleton(
        "ADMINISTRATIVE CIRCULAR",
        STATES_AND_MEMBERS,
        "Simultaneous adoption and approval of {count} of {groups}",
        (
            "{groups} decided to seek the simultaneous adoption and approval by correspondence (PSAA) of the texts below "
            "(Resolution ITU-R 1, A2.6.2.4). A Member State that objects informs the Director and the chair by the end of "
            "the day that is named, with its reasons in writing; without an objection the texts are adopted and approved.",
        ),
        (*_ASKED[:5], "closes"),
        has_form=True,
    ),
    Letter.SUPPRESSION: Skeleton(
        "ADMINISTRATIVE CIRCULAR",
        STATES_AND_MEMBERS,
        "Suppression of {count} proposed by {groups}",
        (
            "{groups} agreed to propose the suppression of the texts below (Resolution ITU-R 1, A2.6.3). Member States answer "
            "by the end of the day that is named.",
        ),
        ("name", "title", "group", "reason", "closes"),
        has_form=True,
    ),
}
CONVENING: Final = Skeleton(
    "COLLECTIVE LETTER",
    f"{MEMBERS} that take part in {{groups}}",
    "Meeting of {groups}, {meeting}: texts for decision",
    (
        "{groups} will be asked at its meeting {meeting} to decide on the texts below. This letter convenes the decision; "
        "practical information on the meeting stands on its page.",
    ),
    ("name", "title", "question", "procedure", "text"),
)
"""Goes with a consultation and with an announcement of decisions, one for each group. Source: domain TAP-3, 8.1."""
HEADINGS: Final[Mapping[str, str]] = {
    "name": "Text",
    "title": "Title",
    "group": "Group",
    "question": "Question",
    "version": "Kind",
    "code": "Status",
    "opens": "From",
    "closes": "To the end of",
    "text": "Document",
    "comments": "Comments",
    "deciding": "Meeting",
    "procedure": "Procedure",
    "state": "Result",
    "happened": "Date",
    "clause": "Clause",
    "reason": "Reason",
}
WEIGHTS: Final[Mapping[str, int]] = {"name": 18, "title": 30, "group": 12, "deciding": 20, "reason": 30, "clause": 16}
"""Widths of columns against each other; the others take 11."""
ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    Letter.TAP_CONSULTATION: (
        "We authorise the study group to consider this text for approval",
        "We do not authorise the study group to consider this text for approval",
        "We abstain",
    ),
    Letter.CONSULTATION: ("We approve this text", "We do not approve this text", "We abstain"),
    Letter.DELETION: ("We object to the deletion of this text",),
    Letter.ADOPTION: ("We object to the adoption of this text",),
    Letter.PSAA: ("We object to the simultaneous adoption and approval of this text",),
    Letter.SUPPRESSION: ("We approve the suppression", "We do not approve the suppression", "We abstain"),
}
"""What a reply form offers, to be ticked."""
