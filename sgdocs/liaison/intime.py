"""At which meeting an answer can still be made in time. Pure. Source: domain 7.1; feature N17."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Way(StrEnum):
    """How an answer can be made by its deadline."""

    MEETING = "meeting"
    CORRESPONDENCE = "correspondence"
    LATE = "late"
    OPEN = "open"


@dataclass(frozen=True)
class Gathering:
    """A meeting of the group that answers, of its working party, or of a Question it is allotted to."""

    id: int
    code: str
    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class InTime:
    """way: at a meeting, by correspondence because none ends in time, late because the deadline is over, open because
    none was set. last: the last meeting in time (the next one when no deadline was set); next: the very next; count: how
    many are in time; days_left: until the deadline; answer_by: the last day for the answer, at the meeting or else.
    """

    way: Way
    last: Gathering | None = None
    next: Gathering | None = None
    count: int = 0
    answer_by: date | None = None

    @property
    def is_last_chance(self) -> bool:
        """The next meeting is the last in time."""
        return self.way is Way.MEETING and self.last == self.next


def in_time(deadline: date | None, meetings: Iterable[Gathering], today: date, *, sending_days: int = 0) -> InTime:
    """The last meeting that ends early enough for the answer to be sent by the deadline, and is not over.

    meetings: not cancelled, in any order; sending_days: what sending takes after the last day (editorial check,
    numbering). Between meetings the chair approves by correspondence. Source: Rec. ITU-T A.1 1.5.
    """
    coming = sorted((each for each in meetings if each.ends_on >= today), key=lambda each: (each.ends_on, each.id))
    following = min(coming, key=lambda each: (each.starts_on, each.id), default=None)
    if deadline is None:
        return InTime(Way.OPEN, following, following, len(coming))
    if deadline < today:
        return InTime(Way.LATE, None, following, 0, deadline)
    right = [each for each in coming if each.ends_on + timedelta(days=sending_days) <= deadline]
    if not right:
        return InTime(Way.CORRESPONDENCE, None, following, 0, deadline)
    return InTime(Way.MEETING, right[-1], following, len(right), right[-1].ends_on)


def reminder_on(found: InTime, deadline: date, *, days: int) -> date:
    """From which day on whoever answers is reminded: so many days before the last meeting in time begins, or before the
    deadline when the answer goes by correspondence."""
    begins = found.last.starts_on if found.way is Way.MEETING and found.last else deadline
    return begins - timedelta(days=days)
