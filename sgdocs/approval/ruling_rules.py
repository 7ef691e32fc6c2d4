"""Whether a value will do for a dated setting, and how it is written. Pure. Source: domain C0.1."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Final
from zoneinfo import available_timezones

from sgdocs.approval.ruling_table import Ruling
from sgdocs.approval.rulings import USUAL
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

VALUE = rule("approval.ruling-value", "“{value}” will not do for {title}; right would be {right}.", "domain C0.1")
SOURCE = rule(
    "approval.ruling-source", "Name the text that says so, with its clause: the page shows it.", "domain C0.1"
)
KNOWN = rule("approval.ruling-known", "{title} is “{value}” already from {from_on}.", "domain C0.1")
PASSED = rule(
    "approval.ruling-passed",
    "The value of {from_on} has been in force; what began under it keeps it. Enter a new value from a later day.",
    "domain C0.1",
)
HOLIDAY = rule("approval.holiday-known", "{day} is an official holiday already.", "domain C0.3")
TITLE = rule("approval.holiday-title", "Say which holiday it is.", "domain C0.3")
MOST: Final[Mapping[str, int]] = {"days": 366, "months": 24, "hours": 72, "years": 20, "percent": 100, "count": 200}
"""The largest whole number that makes sense for a unit."""
LEAST: Final[Mapping[str, int]] = {"percent": 1}
AT_LEAST_ONE: Final = ("aap_last_call_days", "aap_review_days", "aap_more_time_days", "tap_more_time_days")
PERIOD = re.compile(r"(\d{1,3}) (calendar-days|working-days)")


def why_not(name: str, value: str, from_on: date, source: str, values: Mapping[date, str]) -> Refusal | None:
    """values: those set here already, by their day."""
    ruling = USUAL[name]
    if canonical(ruling, value) is None:
        return Refusal(VALUE, {"value": value, "title": ruling.title, "right": right_of(ruling)}, field="value")
    if not source.strip():
        return Refusal(SOURCE, field="source")
    if values.get(from_on) == canonical(ruling, value):
        return Refusal(KNOWN, {"title": ruling.title, "value": value, "from_on": from_on}, field="value")
    return None


def canonical(ruling: Ruling, value: str) -> str | None:
    """The value as it is kept (`16, 1` -> `1,16`); None when it will not do."""
    given = value.strip()
    if ruling.unit in MOST:
        least = 1 if ruling.name in AT_LEAST_ONE else LEAST.get(ruling.unit, 0)
        is_number = given.isascii() and given.isdigit() and len(given) < 6
        return str(int(given)) if is_number and least <= int(given) <= MOST[ruling.unit] else None
    return READERS[ruling.unit](ruling, given)


def _choice(ruling: Ruling, given: str) -> str | None:
    return given if given in ruling.choices else None


def _words(ruling: Ruling, given: str) -> str | None:
    chosen = [part.strip() for part in given.split(",")]
    return ",".join(each for each in ruling.choices if each in chosen) if set(chosen) <= set(ruling.choices) else None


def _days_of_month(ruling: Ruling, given: str) -> str | None:
    parts = [part.strip() for part in given.split(",")]
    if not all(part.isascii() and part.isdigit() and 1 <= int(part[:3]) <= 28 for part in parts):
        return None
    return ",".join(str(day) for day in sorted({int(part) for part in parts}))


def _time(ruling: Ruling, given: str) -> str | None:
    if not re.fullmatch(r"\d\d:\d\d(:\d\d)?", given, re.ASCII):
        return None
    try:
        return time.fromisoformat(given).isoformat()
    except ValueError:
        return None


READERS: Final[Mapping[str, Callable[[Ruling, str], str | None]]] = {
    "yes-no": lambda ruling, given: given if given in ("true", "false") else None,
    "choice": _choice,
    "words": _words,
    "days-of-month": _days_of_month,
    "period": lambda ruling, given: given if PERIOD.fullmatch(given) else None,
    "zone": lambda ruling, given: given if given in available_timezones() else None,
    "time": _time,
}


def right_of(ruling: Ruling) -> str:
    """What would be right, as an example or a range."""
    if ruling.unit in MOST:
        least = 1 if ruling.name in AT_LEAST_ONE else LEAST.get(ruling.unit, 0)
        return f"{least} … {MOST[ruling.unit]}"
    return RIGHT.get(ruling.unit) or ", ".join(ruling.choices)


RIGHT: Final[Mapping[str, str]] = {
    "yes-no": "true, false",
    "days-of-month": "1,16",
    "period": "12 calendar-days, 7 working-days",
    "zone": "Europe/Zurich",
    "time": "23:59:59",
}
