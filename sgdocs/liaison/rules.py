"""Vocabulary of liaison, its states, and what decides about them. Pure. Source: domain 7."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

A1 = "Rec. ITU-T A.1 (09/2019) clause 1.5"
MOVE = rule("liaison.state", "{label} is {status}; this is possible while it is {right}.", f"{A1}, domain 7.1")
ADDRESSEE_STATE = rule("liaison.addressee-state", "For {name} it is {state} already.", "domain 7.1")
DEADLINE = rule(
    "liaison.deadline-before-sending", "The deadline {deadline} lies before the day of sending, {on}.", "domain 7.1"
)
REPLY_TO_ITSELF = rule("liaison.reply-to-itself", "A statement cannot answer itself.", "domain 7.1")
AMBIGUOUS = rule(
    "liaison.ambiguous", "“{words}” is the number of several statements: {names}. Say which.", "domain 7.1"
)
REPLY_UNKNOWN = rule("liaison.reply-unknown", "No statement “{words}” is known here.", "domain 7.1")
REPLY_WITHDRAWN = rule("liaison.reply-withdrawn", "{label} was withdrawn; there is nothing to answer.", "domain 7.1")
REPLY_CIRCLE = rule("liaison.reply-circle", "{label} is itself an answer to this one, directly or not.", "domain 7.1")
GROUP_ENDED = rule("liaison.group-ended", "{name} ended on {on}; its work went to {successors}.", "domain S1.1, 7.1")
NOT_FOR_US = rule("liaison.not-for-us", "None of the addressees is a group of ours.", "domain 7.1")
NOT_IN_THEIR_NAME = rule(
    "liaison.not-in-their-name",
    "{name} sends its statements here itself; only its officers or the secretariat enter one in its name.",
    "domain 7.1",
)
RECEIVED_ALREADY = rule(
    "liaison.received-already", "{label} is registered already as {name}, for each of these groups.", "domain 7.1"
)
NOT_ITS_QUESTION = rule("liaison.not-its-question", "{question} is no Question of {name}.", "domain 7.1")
NO_ADDRESSEE = rule("liaison.no-addressee", "Say to whom it goes.", A1)
NO_SENDER = rule("liaison.no-sender", "Say from whom it comes.", A1)
NO_CONTACT = rule("liaison.no-contact", "Name a contact.", A1)
NO_TITLE = rule("liaison.no-title", "Give a concise title.", A1)
REASON = rule("liaison.reason", "Say why: the reason stays with the statement.", "domain 7.1")


def listed(words: type[StrEnum]) -> str:
    """For a CHECK constraint."""
    return ", ".join(repr(each.value) for each in words)


class Kind(StrEnum):
    """What a statement is to another. Source: domain 7.1."""

    REPLIES_TO = "replies-to"
    FORWARDS = "forwards"
    DUPLICATES = "duplicates"
    CROSSES = "crosses"


FOUND: Final = (Kind.DUPLICATES, Kind.CROSSES)
"""What a statement is to another without saying so: found here, and told to who may read both."""


class Origin(StrEnum):
    OURS = "ours"
    OUTSIDE = "outside"


class Purpose(StrEnum):
    """For each addressee. Source: A.1 1.5."""

    ACTION = "action"
    COMMENT = "comment"
    INFORMATION = "information"


class Level(StrEnum):
    """At which level it was agreed; by the chair: between meetings, in consultation with the management team. Source: A.1 1.5."""

    STUDY_GROUP = "study-group"
    WORKING_PARTY = "working-party"
    RAPPORTEUR_GROUP = "rapporteur-group"
    CHAIR = "chair"


class Status(StrEnum):
    """Of the statement. Ours: draft → agreed → approved (between meetings) → numbered → sent; from outside: received.

    numbered is passed in the act of sending; it is held when the letter could not be written then."""

    DRAFT = "draft"
    AGREED = "agreed"
    APPROVED = "approved"
    NUMBERED = "numbered"
    SENT = "sent"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


class State(StrEnum):
    """Of one addressee. acknowledged, replied and closed for outside bodies; the others for groups. Source: domain 7.1."""

    PENDING = "pending"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    RECEIVED = "received"
    POSTED = "posted"
    ALLOTTED = "allotted"
    NOTED = "noted"
    REPLY_DRAFTED = "reply-drafted"
    FORWARDED = "forwarded"
    REPLIED = "replied"
    NO_REPLY_NEEDED = "no-reply-needed"
    CLOSED_NO_REPLY = "closed-no-reply"
    WITHDRAWN = "withdrawn"


OUT: Final = (Status.SENT, Status.RECEIVED)
"""What is no draft any more: the register shows it."""
DRAFTS: Final = (Status.DRAFT, Status.AGREED, Status.APPROVED, Status.NUMBERED)
CLOSED: Final = (
    State.REPLIED, State.NO_REPLY_NEEDED, State.CLOSED_NO_REPLY, State.WITHDRAWN,
)  # fmt: skip
"""No answer will be waited for. Noted, forwarded and (by a body) acknowledged close as well where none is expected."""
CLOSED_UNLESS_EXPECTED: Final = (State.NOTED, State.FORWARDED, State.ACKNOWLEDGED)
TRANSITIONS: Final[Mapping[Status, tuple[Status, ...]]] = {
    Status.DRAFT: (Status.AGREED, Status.APPROVED, Status.WITHDRAWN),
    Status.AGREED: (Status.DRAFT, Status.APPROVED, Status.NUMBERED, Status.SENT, Status.WITHDRAWN),
    Status.APPROVED: (Status.DRAFT, Status.NUMBERED, Status.SENT, Status.WITHDRAWN),
    Status.NUMBERED: (Status.SENT, Status.WITHDRAWN),
    Status.SENT: (Status.WITHDRAWN,),
    Status.RECEIVED: (Status.WITHDRAWN,),
    Status.WITHDRAWN: (),
}


class BodyKind(StrEnum):
    """Source: domain 7.2."""

    SDO = "sdo"
    REGIONAL = "regional-sdo"
    NATIONAL = "national-sdo"
    CONSORTIUM = "forum-or-consortium"
    INTERGOVERNMENTAL = "intergovernmental"
    JOINT = "joint-committee"
    OTHER = "other"


def expects_answer(purpose: Purpose, deadline: date | None, *, is_copy: bool = False) -> bool:
    """Action, or comments until a day. Copies are for information. Source: domain 7.1."""
    return not is_copy and (purpose is Purpose.ACTION or (purpose is Purpose.COMMENT and deadline is not None))


def is_open(state: str, *, is_answer_expected: bool) -> bool:
    """Whether the addressee still has something to do with it."""
    if state in CLOSED:
        return False
    return is_answer_expected or state not in CLOSED_UNLESS_EXPECTED


def is_overdue(state: str, deadline: date | None, on: date, *, is_answer_expected: bool) -> bool:
    """An answer was expected by an earlier day and is not sent. Source: domain 7.1."""
    return is_answer_expected and deadline is not None and on > deadline and is_open(state, is_answer_expected=True)


def why_not_move(label: str, status: str, to: Status) -> Refusal | None:
    """None when the statement may go from status to `to`."""
    if to in TRANSITIONS[Status(status)]:
        return None
    right = ", ".join(each.value for each, ways in TRANSITIONS.items() if to in ways)
    return Refusal(MOVE, {"label": label, "status": status, "right": right})


def why_not_deadline(deadline: date | None, on: date) -> Refusal | None:
    """None unless the deadline is earlier than the day of sending."""
    if deadline is None or deadline >= on:
        return None
    return Refusal(DEADLINE, {"deadline": deadline.isoformat(), "on": on.isoformat()}, field="deadline")
