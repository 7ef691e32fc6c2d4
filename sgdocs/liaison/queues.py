"""In which queue a statement waits for somebody, and how old it is. Pure. Source: domain 7.1, feature N17."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from sgdocs.liaison.rules import DRAFTS, OUT, State, Status, is_open, is_overdue


class Queue(StrEnum):
    """Where something waits. The same matter may wait in several."""

    DRAFT = "draft"
    APPROVE = "to-approve"
    SEND = "to-send"
    TAKE_UP = "to-take-up"
    OWE = "we-owe"
    WAIT = "we-wait-for"
    OVERDUE = "overdue"
    UNACKNOWLEDGED = "not-acknowledged"
    UNKNOWN = "unknown-addressee"


OF_DRAFTS: Final = (Queue.DRAFT, Queue.APPROVE, Queue.SEND)
"""Queues of what was not sent yet."""


class Side(StrEnum):
    """Who is addressed, or sends: a group of ours, an outside body, somebody that nobody resolved."""

    GROUP = "group"
    BODY = "body"
    UNKNOWN = "unknown"


NOT_TAKEN_UP: Final = (State.PENDING, State.SENT, State.ACKNOWLEDGED, State.RECEIVED, State.POSTED)
"""States in which the addressed group has not yet said who looks at it."""


@dataclass(frozen=True)
class Matter:
    """One statement for one addressee. is_ours: one of the groups that look is among the senders; to: who is addressed
    (`Side.GROUP`: one of the groups that look). is_other: the addressee is a group that does not look now.
    """

    status: str
    state: str
    to: Side
    is_ours: bool
    is_answer_expected: bool = False
    deadline: date | None = None
    is_other: bool = False


def is_matter(matter: Matter) -> bool:
    """Whether somebody on our side still has something to do, or waits. What others write to others is no matter of ours."""
    if matter.status in DRAFTS:
        return matter.is_ours
    if matter.status not in OUT or not is_open(matter.state, is_answer_expected=matter.is_answer_expected):
        return False
    if matter.is_other:
        return matter.is_ours and matter.is_answer_expected
    return matter.is_ours or matter.to is not Side.BODY


def queues_of(matter: Matter, today: date) -> frozenset[Queue]:
    """Every queue in which it waits; none when it is no open matter of ours. An open one is in at least one."""
    if not is_matter(matter):
        return frozenset()
    if matter.status in DRAFTS:
        return frozenset((_of_draft(matter),))
    found = {queue for queue, holds in _HOLDS if holds(matter)}
    if is_overdue(matter.state, matter.deadline, today, is_answer_expected=matter.is_answer_expected):
        found.add(Queue.OVERDUE)
    return frozenset(found)


def _of_draft(matter: Matter) -> Queue:
    """Agreed: a chair approves before it is sent. Source: A.1 1.5."""
    return {Status.DRAFT: Queue.DRAFT, Status.AGREED: Queue.APPROVE}.get(Status(matter.status), Queue.SEND)


def _is_to_take_up(matter: Matter) -> bool:
    is_here = matter.to is Side.GROUP and not matter.is_other
    return is_here and (matter.state in NOT_TAKEN_UP or not matter.is_answer_expected)


def _is_owed(matter: Matter) -> bool:
    return matter.to is Side.GROUP and not matter.is_other and matter.is_answer_expected


def _is_waited_for(matter: Matter) -> bool:
    return matter.is_ours and matter.is_answer_expected


def _is_unacknowledged(matter: Matter) -> bool:
    """It went to a body that has neither confirmed nor answered; what was acknowledged and expected is waited for."""
    return matter.to is Side.BODY and matter.is_ours and matter.state != State.ACKNOWLEDGED


_HOLDS: Final = (
    (Queue.TAKE_UP, _is_to_take_up),
    (Queue.OWE, _is_owed),
    (Queue.WAIT, _is_waited_for),
    (Queue.UNACKNOWLEDGED, _is_unacknowledged),
    (Queue.UNKNOWN, lambda matter: matter.to is Side.UNKNOWN),
)


class Age(StrEnum):
    """Since the date of the letter."""

    WEEKS = "to-14-days"
    MONTH = "to-30-days"
    QUARTER = "to-90-days"
    HALF_YEAR = "to-180-days"
    OLDER = "older"
    UNDATED = "undated"


AGES: Final = ((Age.WEEKS, 14), (Age.MONTH, 30), (Age.QUARTER, 90), (Age.HALF_YEAR, 180))
"""The greatest age in days that a class holds."""


def age_of(dated_on: date | None, today: date) -> Age:
    """The class of a matter that is so old; what is dated later is young."""
    if dated_on is None:
        return Age.UNDATED
    days = (today - dated_on).days
    return next((age for age, most in AGES if days <= most), Age.OLDER)


def days_of(age: Age, today: date) -> tuple[date | None, date | None]:
    """The first and last date of letters in the class; None where it has no end on that side."""
    if age in (Age.OLDER, Age.UNDATED):
        return None, today - timedelta(days=AGES[-1][1] + 1) if age is Age.OLDER else None
    at = [each for each, _ in AGES].index(age)
    first = today - timedelta(days=AGES[at][1])
    return first, today - timedelta(days=AGES[at - 1][1] + 1) if at else None
