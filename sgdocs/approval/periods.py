"""Lengths of time as the procedures count them. Pure. Source: domain C0.3, 6.7.

A window has a first and a last day, both inside, in Geneva. Months are calendar months, weeks are seven days each,
working days leave out Saturdays, Sundays and the official holidays.
"""

from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sgdocs.base.clock import END_OF_DAY, GENEVA, end_of

DAY = timedelta(days=1)
ONE_SECOND = timedelta(seconds=1)


def last_day(first: date, days: int) -> date:
    """The last day of a window of so many days that opens on `first`: 28 days from the 1st end on the 28th."""
    return first + timedelta(days=days - 1)


def day_after(last: date) -> date:
    """The day a window that ran to `last` counts for: S+28 for a last call from S."""
    return last + DAY


def months_after(day: date, months: int) -> date:
    """The same day of a later (earlier, when negative) month, or its last day: 31 January + 1 is 28 February."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def is_working(day: date, holidays: Collection[date] = ()) -> bool:
    """Neither Saturday, Sunday nor an official holiday."""
    return day.weekday() < 5 and day not in holidays


def working_days_before(day: date, count: int, holidays: Collection[date] = ()) -> date:
    """The day that has so many working days between itself (inside) and `day` (outside)."""
    while count:
        day -= DAY
        count -= is_working(day, holidays)
    return day


def announcing_days(first: date, days: Collection[int] = (1, 16)) -> Iterator[date]:
    """The days of announcements from `first` on, without end. Source: A.8 4.1 (1st and 16th, weekends included)."""
    month = first.replace(day=1)
    while True:
        yield from (on for number in sorted(days) if (on := month.replace(day=number)) >= first)
        month = months_after(month, 1)


def shifted(day: date, shift: str, holidays: Collection[date] = ()) -> date:
    """The day itself (`none`), or the next working day when it is none (`next-working-day`). Source: U17."""
    while shift == "next-working-day" and not is_working(day, holidays):
        day += DAY
    return day


def announcing_day_of(
    first: date, days: Collection[int] = (1, 16), shift: str = "none", holidays: Collection[date] = ()
) -> date:
    """The first day of announcements on `first` or after it, moved as the house does on weekends."""
    early = announcing_days(first - 14 * DAY, days)
    return next(on for each in early if (on := shifted(each, shift, holidays)) >= first)


def is_over(closes_at: datetime, now: datetime) -> bool:
    """Whether the last second has wholly passed: whoever sends within it is in time. Source: domain C0.2."""
    return now >= closes_at + ONE_SECOND


def closes_at(last: date, zone: ZoneInfo = GENEVA, cutoff: time = END_OF_DAY) -> datetime:
    """The last second of a window, in UTC. Source: domain C0.2."""
    return end_of(last, zone, cutoff)
