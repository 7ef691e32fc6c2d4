"""The words of letters on texts under approval: who must get what, and what it says before anybody edits it. Pure.

English, as the instruments are filed. Source: domain 6.2 to 6.6, 8.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from sgdocs.approval.procedures.terms import Letter


class Who(StrEnum):
    """A group of recipients that a rule names. Of entities their focal points get the letter."""

    STATES = "member-state"
    MEMBERS = "sector-member"
    ASSOCIATES = "associate"
    ACADEMIA = "academia"
    CHAIR = "chair"
    COUNSELLOR = "counsellor"
    RAPPORTEURS = "rapporteur"
    EDITORS = "editor"
    COMMENTERS = "commenter"
    DIRECTORS = "director"


EVERYBODY: Final = (Who.STATES, Who.MEMBERS, Who.ASSOCIATES, Who.ACADEMIA)
OFFICERS: Final = (Who.CHAIR, Who.RAPPORTEURS, Who.EDITORS, Who.COUNSELLOR)
CONSULTED: Final = (Who.STATES, Who.MEMBERS, Who.DIRECTORS, Who.CHAIR, Who.COUNSELLOR)
ENTITIES: Final = frozenset(EVERYBODY)


@dataclass(frozen=True)
class Sort:
    """One sort of letter. to: who must get it; series: where the paper is posted (`circular`, `CACE`, `td`), "" for
    a letter without a paper; subject, text: with the words of `Told`."""

    to: tuple[Who, ...]
    subject: str
    text: str
    clause: str
    series: str = ""


_END: Final = "\n\n{link}"
SORTS: Final[Mapping[str, Sort]] = {
    Letter.AAP: Sort(
        (Who.STATES, Who.MEMBERS, Who.ASSOCIATES, Who.ACADEMIA, Who.DIRECTORS),
        "AAP announcement: {name}, {title}",
        "{group} ({question}): {name}, “{title}”, is {state} since {happened_on}.{dates}\n\n"
        "Comments state whether they are typographical or substantive; one that opposes gives its reasons and the "
        "changes that would help." + _END,
        "A.8 (10/2008) 4.1, 4.3, 4.5",
    ),
    Letter.SG_DECISION: Sort(
        (*EVERYBODY, *OFFICERS),
        "{group} will decide on {name} at {deciding}",
        "{group} will be asked at its meeting {deciding} to decide on {name}, “{title}”. The text and all comments "
        "are with the record." + _END,
        "A.8 (10/2008) 4.6",
        "circular",
    ),
    Letter.TAP_CONSULTATION: Sort(
        CONSULTED,
        "Consultation of Member States on {name}",
        "{group} has determined {name}, “{title}”. It is to be decided at the meeting {deciding}.\n\n"
        "Member States are asked whether they authorise {group} to consider it for approval. Replies count until the "
        "end of {closes_on} in Geneva; a reply may be changed until then, and the last one counts." + _END,
        "WTSA Resolution 1 9.4.1, 9.4.2",
        "circular",
    ),
    Letter.TAP_COUNT: Sort(
        OFFICERS,
        "Count of the consultation on {name}: {state}",
        "The consultation on {name}, “{title}”, closed at the end of {closed_on} in Geneva. {count}\n\n"
        "It is {state}." + _END,
        "WTSA Resolution 1 9.4.5 to 9.4.7",
    ),
    Letter.RESULT: Sort(
        (*EVERYBODY, *OFFICERS),
        "{name}: {state}",
        "{name}, “{title}” of {group}, is {state} with the date of {happened_on} ({procedure}, {clause}).{reason}"
        + _END,
        "A.8 (10/2008) 6.2; WTSA Resolution 1 9.6.1; Resolution ITU-R 1 (R-10)",
        "circular",
    ),
    Letter.DELETION: Sort(
        (*EVERYBODY, Who.CHAIR, Who.COUNSELLOR),
        "Proposed deletion of {name}",
        "{group} proposes to delete {name}, “{title}”.{reason}\n\nObjections with their reasons count until the end of "
        "{closes_on} in Geneva. Without any it is deleted." + _END,
        "WTSA Resolution 1 9.8.2; A.8 8.2.1",
        "circular",
    ),
    Letter.ADOPTION: Sort(
        CONSULTED,
        "Adoption of {name} by correspondence",
        "{group} decided to seek the adoption of {name}, “{title}”, by correspondence.\n\nObjections of Member States, "
        "with their reasons, count until the end of {closes_on}." + _END,
        "Resolution ITU-R 1 A2.6.2.2.3",
        "CACE",
    ),
    Letter.CONSULTATION: Sort(
        CONSULTED,
        "Approval of {name} by consultation",
        "{group} has adopted {name}, “{title}”. Member States are asked whether they approve it; replies count until "
        "the end of {closes_on}." + _END,
        "Resolution ITU-R 1 A2.6.2.3",
        "CACE",
    ),
    Letter.PSAA: Sort(
        CONSULTED,
        "Simultaneous adoption and approval of {name}",
        "{group} decided to seek the simultaneous adoption and approval of {name}, “{title}”.\n\nObjections of Member "
        "States, with their reasons, count until the end of {closes_on}; without any it is adopted and approved."
        + _END,
        "Resolution ITU-R 1 A2.6.2.4",
        "CACE",
    ),
    Letter.SUPPRESSION: Sort(
        CONSULTED,
        "Proposed suppression of {name}",
        "{group} proposes to suppress {name}, “{title}”.{reason}\n\nAnswers of Member States count until the end of "
        "{closes_on}." + _END,
        "Resolution ITU-R 1 A2.6.3",
        "CACE",
    ),
    Letter.TEXT_DUE: Sort(
        (Who.EDITORS, Who.RAPPORTEURS, Who.COUNSELLOR),
        "Edited text of {name} is due",
        "{name}, “{title}”, is {state} since {happened_on}. Its final edited text, with the summary and its electronic "
        "attachments, is due by {due_on}." + _END,
        "A.8 (10/2008) 3.2",
    ),
    Letter.JUDGEMENT_DUE: Sort(
        (*OFFICERS, Who.COMMENTERS),
        "{name} has comments to judge",
        "{name}, “{title}”, is {state} since {happened_on}. {count}\n\nThe chair judges, in consultation with the "
        "secretariat, whether the study group decides or the comments are resolved." + _END,
        "A.8 (10/2008) 4.4.2",
    ),
    Letter.RETURNED: Sort(
        (*OFFICERS, Who.COMMENTERS),
        "{name} goes back to {group}",
        "{name}, “{title}”, is {state} since {happened_on}.{reason}" + _END,
        "A.8 (10/2008) 5.8; WTSA Resolution 1 9.5.5.2",
    ),
}
ANNOUNCEMENT_SUBJECT: Final = "AAP announcement No. {number} of {on}: {count}"
ANNOUNCEMENT: Final = (
    "AAP announcement No. {number} of {on} names {count}.\n\n{lines}\n\n"
    "Comments state whether they are typographical or substantive; one that opposes gives its reasons and the changes "
    "that would help.\n\n{link}"
)
_LINE: Final = "{group} ({question}): {name}, “{title}”, is {state}.{dates} {link}"
WHY: Final[Mapping[Who, str]] = {
    Who.STATES: "focal point of {entity}, a Member State",
    Who.MEMBERS: "focal point of {entity}, a Sector Member",
    Who.ASSOCIATES: "focal point of {entity}, an Associate of {group}",
    Who.ACADEMIA: "focal point of {entity}, of Academia",
    Who.CHAIR: "chair of {group}",
    Who.COUNSELLOR: "counsellor of {group}",
    Who.RAPPORTEURS: "rapporteur of {question}",
    Who.EDITORS: "editor of {name}",
    Who.COMMENTERS: "sender of a comment on {name}",
    Who.DIRECTORS: "Director of a Bureau",
}


@dataclass(frozen=True)
class Told:
    """What a letter tells of. days: of Geneva; window: its kind; number: of the process; link: address of the record."""

    number: str
    name: str
    title: str
    group: str
    question: str = ""
    procedure: str = ""
    state: str = ""
    clause: str = ""
    happened_on: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    closed_on: date | None = None
    due_on: date | None = None
    deciding: str = ""
    count: str = ""
    reason: str = ""
    link: str = ""
    others: tuple[str, ...] = field(default=())


def subject_of(kind: str, told: Told) -> str:
    return SORTS[kind].subject.format_map(_words(told))


def text_of(kind: str, told: Told) -> str:
    return SORTS[kind].text.format_map(_words(told)).strip()


def line_of(told: Told) -> str:
    """One text in an announcement."""
    return _LINE.format_map(_words(told)).strip()


def link_to(address: str) -> str:
    return f"The announcement: {address}" if address else ""


def texts(count: int) -> str:
    """`2 texts`."""
    return _plural(count, "text")


def must_get(kind: str, procedure: str, *, by_meeting: bool) -> tuple[Who, ...]:
    """Who must get it. The result of a window that closed by itself reaches members by the next announcement, so that
    its own letter is for those who worked on the text. Source: domain AAP-6, AAP-15."""
    if kind == Letter.RESULT and procedure == "aap" and not by_meeting:
        return (*OFFICERS, Who.COMMENTERS)
    return SORTS[kind].to


def day(on: date | None) -> str:
    """`16 February 2026`."""
    return f"{on.day} {on:%B %Y}" if on else "a day that is not known yet"


def _words(told: Told) -> dict[str, str]:
    window = (
        f" It is open from {day(told.opens_on)} to the end of {day(told.closes_on)} in Geneva."
        if told.closes_on
        else ""
    )
    return {
        "number": told.number,
        "name": told.name,
        "title": told.title,
        "group": told.group,
        "question": told.question or "no Question",
        "procedure": told.procedure,
        "state": told.state,
        "clause": told.clause,
        "happened_on": day(told.happened_on),
        "closes_on": day(told.closes_on),
        "closed_on": day(told.closed_on),
        "due_on": day(told.due_on),
        "deciding": told.deciding or "that is not chosen yet",
        "dates": window,
        "count": told.count,
        "reason": f"\n\nReason: {told.reason}" if told.reason else "",
        "link": _record(told),
    }


def _record(told: Told) -> str:
    """Where it can be read, as far as that is known."""
    if told.link:
        return f"The record: {told.link}"
    return f"The record has the number {told.number}." if told.number else ""


def counted(substantive: int, typographical: int) -> str:
    """`2 substantive comments and 1 typographical comment came.`"""
    return f"{_plural(substantive, 'substantive comment')} and {_plural(typographical, 'typographical comment')} came."


def _plural(count: int, word: str, words: str = "") -> str:
    return f"{count} {word if count == 1 else words or word + 's'}"
