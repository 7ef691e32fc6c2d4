"""Now, Geneva days and periods. Pure but for `now`."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GENEVA = ZoneInfo("Europe/Zurich")
END_OF_DAY = time(23, 59, 59)


def now() -> datetime:
    """This instant in UTC. Only doors and the worker may ask; an action reads `act.now`."""
    return datetime.now(UTC)


def geneva_day(at: datetime) -> date:
    """The day it is in Geneva at that instant."""
    return at.astimezone(GENEVA).date()


def end_of(day: date, zone: ZoneInfo = GENEVA, cutoff: time = END_OF_DAY) -> datetime:
    """The last instant of a day in a place, in UTC. Source: domain C0.2."""
    return datetime.combine(day, cutoff, tzinfo=zone).astimezone(UTC)


def add_months(day: date, months: int) -> date:
    """Calendar months; 31 January plus one month is the last day of February. Source: domain C0.3."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def add_weeks(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)


def last_day_of(opened_on: date, *, days: int) -> date:
    """The last day of a period that begins on its first day: four weeks are 28 days, the first included."""
    return opened_on + timedelta(days=days - 1)
