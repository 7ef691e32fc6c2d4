"""Target dates as people write them: a year, a quarter, a month or a day, with a priority. Pure. Source: domain 3.1."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from sgdocs.work_programme.rules import Priority

RIGHT: Final = "2026, 2026-Q2, 2026-05 or 2026-05-21"
_FORM: Final = re.compile(
    r"(?P<year>(?:19|20)\d{2})(?:[-/ ]?(?:(?P<quarter>Q[1-4])|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d{2}))?))?", re.I
)
_TURNED: Final = re.compile(r"(?:(?P<quarter>Q[1-4])|(?P<month>0[1-9]|1[0-2]))[-/ ](?P<year>(?:19|20)\d{2})", re.I)
_PRIORITY: Final = re.compile(r"\s*\((?P<priority>high|medium|low)(?: priority)?\)\s*$", re.I)


@dataclass(frozen=True)
class Timing:
    """words: in the one spelling (`2026-Q2`); last_on: the last day that they mean."""

    words: str = ""
    last_on: date | None = None
    priority: Priority = Priority.NONE


def read(text: str) -> Timing | None:
    """`2024 (Medium priority)`, `2026-Q2`, `Q2/2026`, `2026-05`; nothing for ""; None for what is no target date."""
    said = _PRIORITY.search(text)
    priority = Priority(said["priority"].lower()) if said else Priority.NONE
    bare = (text[: said.start()] if said else text).strip()
    if not bare:
        return Timing(priority=priority)
    found = _FORM.fullmatch(bare) or _TURNED.fullmatch(bare)
    if found is None:
        return None
    parts = found.groupdict()
    return _timing(int(parts["year"]), parts["quarter"], parts["month"], parts.get("day"), priority)


def _timing(year: int, quarter: str | None, month: str | None, day: str | None, priority: Priority) -> Timing | None:
    if quarter:
        words, last_month = f"{year}-{quarter.upper()}", int(quarter[1]) * 3
    elif month:
        words, last_month = f"{year}-{month}", int(month)
    else:
        words, last_month = str(year), 12
    last = monthrange(year, last_month)[1]
    if day is None:
        return Timing(words, date(year, last_month, last), priority)
    if not 1 <= int(day) <= last:
        return None
    return Timing(f"{words}-{day}", date(year, last_month, int(day)), priority)
