"""Now, Geneva days and periods. Pure but for `now` and `move`."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

GENEVA = ZoneInfo("Europe/Zurich")
END_OF_DAY = time(23, 59, 59)
_moved = {"by": timedelta(0)}


def now() -> datetime:
    """This instant in UTC. Only doors and the worker may ask; an action reads `act.now`."""
    return datetime.now(UTC) + _moved["by"]


def move(to: datetime) -> None:
    """Let this process go on as if it were that instant. Only for a training instance; the door looks that it is one."""
    _moved["by"] = to - datetime.now(UTC)


def geneva_day(at: datetime) -> date:
    """The day it is in Geneva at that instant."""
    return at.astimezone(GENEVA).date()


def end_of(day: date, zone: ZoneInfo = GENEVA, cutoff: time = END_OF_DAY) -> datetime:
    """The last instant of a day in a place, in UTC. Source: domain C0.2."""
    return datetime.combine(day, cutoff, tzinfo=zone).astimezone(UTC)
