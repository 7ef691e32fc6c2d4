"""Days, instants and numbers as people read them, in one language. A deadline names its zone."""

import re
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal

from sgdocs.base.clock import GENEVA
from sgdocs.i18n import Language
from sgdocs.web.proceeding_words import ITEM_TITLES
from sgdocs.web.ruling_words import value_words

OWN_ZONE: ContextVar[str] = ContextVar("own_zone", default="")
"""The zone that the reader of this page chose, "" for Geneva's alone. Set while a page is rendered."""


def place_of(zone: str) -> str:
    """`Tokyo` of `Asia/Tokyo`."""
    return zone.rpartition("/")[2].replace("_", " ")


def named(shown: str, name: str) -> str:
    """A name for those who hear the page, with the words that are seen in it, in whatever language. Source: WCAG 2.5.3."""
    has = re.search(rf"(?<!\w){re.escape(shown)}(?!\w)", name, re.IGNORECASE)
    return name if has else f"{shown}: {name}"


def functions(language: Language) -> Mapping[str, Callable[..., object]]:
    """The names that every template of this language has."""
    locale = language.locale

    def day_text(day: date, form: str = "medium") -> str:
        """`14 Nov 2026`; forms short, medium, long, full."""
        return format_date(day, form, locale)

    def weekday_text(day: date) -> str:
        return format_skeleton("MMMEd", datetime(day.year, day.month, day.day, tzinfo=UTC), locale=locale)

    def weekday_name(day: date) -> str:
        """`Mon`."""
        return format_date(day, "EEE", locale)

    def short_day(day: date) -> str:
        """`14 Nov`, where the year is told near by."""
        return format_skeleton("MMMd", datetime(day.year, day.month, day.day, tzinfo=UTC), locale=locale)

    def month_text(day: date) -> str:
        return format_skeleton("yMMMM", datetime(day.year, day.month, 1, tzinfo=UTC), locale=locale)

    def given_day(given: str) -> str:
        """A date as a catalogue gives it, `2019-11-22`, `2019-11` or `2019`, with as much as is known."""
        if len(given) == 10:
            return day_text(date.fromisoformat(given))
        return month_text(date.fromisoformat(f"{given}-01")) if len(given) == 7 else given

    def time_text(at: datetime, zone: str = "Geneva") -> str:
        """`23:59`, in Geneva or in UTC; always with 24 hours."""
        return format(at.astimezone(UTC if zone == "UTC" else GENEVA), "%H:%M")

    def own_time(at: datetime) -> str:
        """`08:59 Tokyo` in the reader's own zone, with the day where it is another; "" without one."""
        zone = OWN_ZONE.get()
        if not zone:
            return ""
        local, there = at.astimezone(ZoneInfo(zone)), at.astimezone(GENEVA)
        if local.utcoffset() == there.utcoffset():
            return ""
        day = f"{short_day(local.date())}, " if local.date() != there.date() else ""
        return f"{day}{local:%H:%M} {place_of(zone)}"

    def local_text(at: datetime, zone: str) -> str:
        """`9 Nov 2026, 09:30`, in the time of a place."""
        local = at.astimezone(ZoneInfo(zone))
        return f"{format_date(local.date(), 'medium', locale)}, {local:%H:%M}"

    def local_time(at: datetime, zone: str) -> str:
        return format(at.astimezone(ZoneInfo(zone)), "%H:%M")

    def number(value: float) -> str:
        return format_decimal(value, locale=locale)

    def from_now(at: datetime, now: datetime) -> str:
        """`in 3 days`, `2 hours ago`."""
        return format_timedelta(at - now, add_direction=True, locale=locale)

    return {
        "day_text": day_text,
        "weekday_text": weekday_text,
        "weekday_name": weekday_name,
        "short_day": short_day,
        "month_text": month_text,
        "given_day": given_day,
        "time_text": time_text,
        "own_time": own_time,
        "place_of": place_of,
        "local_text": local_text,
        "local_time": local_time,
        "geneva_day": lambda at: at.astimezone(GENEVA).date(),
        "iso": lambda at: at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "number": number,
        "from_now": from_now,
        "named": named,
        "value_words": partial(value_words, language),
        "item_title": lambda title: language.say(title) if title in ITEM_TITLES else title,
        "one_fits": lambda value: isinstance(value, datetime),
    }
