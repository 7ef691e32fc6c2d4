"""Meetings, sittings and deadlines as a calendar file (RFC 5545). Pure: from facts to bytes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Calendar, Event

PRODUCT = "-//sgdocs//study groups//EN"
REFRESH = timedelta(hours=1)
HOST = "sgdocs"


@dataclass(frozen=True)
class Happening:
    """One entry of a calendar.

    uid: stands for the thing for ever; starts, ends: days (the last one included), or instants shown in `zone`;
    sequence: raised at each change that matters; changed_at: of the last; link: only where the reader may have it.
    """

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime
    changed_at: datetime
    zone: str = "UTC"
    sequence: int = 0
    is_cancelled: bool = False
    is_certain: bool = True
    place: str = ""
    text: str = ""
    address: str = ""
    link: str = ""
    kind: str = ""


def calendar_of(name: str, happenings: Sequence[Happening]) -> bytes:
    """The file, UTF-8, lines folded, with the rules of every zone that it names."""
    from icalendar import Calendar  # late: it takes long to load, and few ask for a calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    for each in happenings:
        calendar.add_component(_event(each))
    _add_zones(calendar, happenings)
    return bytes(calendar.to_ical())


def _event(told: Happening) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{told.uid}@{HOST}")
    event.add("dtstamp", told.changed_at.astimezone(UTC))
    event.add("last-modified", told.changed_at.astimezone(UTC))
    event.add("sequence", told.sequence)
    event.add("summary", told.title)
    event.add("dtstart", _start(told))
    event.add("dtend", _end(told))
    event.add("status", _status(told))
    event.add("transp", "OPAQUE" if isinstance(told.starts, datetime) and told.starts != told.ends else "TRANSPARENT")
    texts = {"location": told.place, "description": _text(told), "url": told.address, "categories": told.kind}
    for name, value in texts.items():
        if value:
            event.add(name, [value] if name == "categories" else value)
    if told.link and not told.is_cancelled:
        event.add("conference", told.link, {"VALUE": "URI", "FEATURE": "VIDEO"})
    return event


def _status(told: Happening) -> str:
    if told.is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if told.is_certain else "TENTATIVE"


def _text(told: Happening) -> str:
    link = told.link if told.link and not told.is_cancelled else ""
    return "\n".join(each for each in (told.text, link) if each)


def _start(told: Happening) -> date | datetime:
    return told.starts.astimezone(_zone(told)) if isinstance(told.starts, datetime) else told.starts


def _end(told: Happening) -> date | datetime:
    """A last day is written as the day after: DTEND is the first that is no part."""
    if isinstance(told.ends, datetime):
        return told.ends.astimezone(_zone(told))
    return told.ends + timedelta(days=1)


def _zone(told: Happening) -> ZoneInfo:
    return ZoneInfo(told.zone)


def _add_zones(calendar: "Calendar", happenings: Iterable[Happening]) -> None:
    """VTIMEZONE for each zone, over the years that the calendar covers and one more at both ends."""
    years = [each.starts.year for each in happenings if isinstance(each.starts, datetime)]
    if years:
        calendar.add_missing_timezones(first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 2, 1, 1))
