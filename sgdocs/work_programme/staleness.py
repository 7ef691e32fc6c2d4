"""Which items attracted no contribution between the last meetings. Pure. Source: Rec. ITU-T A.1 1.4.7, domain WI-5."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Held:
    """A meeting of the study group that has begun."""

    id: int
    code: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Stale:
    """missed: the meetings without a contribution, the latest first; since: the first day of the interval."""

    missed: tuple[str, ...]
    since: date


def staleness(
    registered_on: date, held: Sequence[Held], came: Sequence[tuple[int | None, date | None]], *, meetings: int
) -> Stale | None:
    """What makes an item stale, or None.

    held: meetings of its group, the latest first; came: of each contribution the meeting and the day it was received.
    The interval begins on the last day of the meeting before the last `meetings`; an item that was registered after the
    first of them opened is not judged yet.
    """
    last = held[:meetings]
    if meetings < 1 or len(last) < meetings or registered_on >= last[-1].starts_on:
        return None
    since = interval_since(held, meetings) or registered_on
    ids = {each.id for each in last}
    if any(meeting_id in ids or (day is not None and day >= since) for meeting_id, day in came):
        return None
    return Stale(tuple(each.code for each in last), since)


def interval_since(held: Sequence[Held], meetings: int) -> date | None:
    """The day on which the meeting before the last ones ended; None when there was none."""
    return held[meetings].ends_on if len(held) > meetings else None
