"""Days, months and years as people type them in a query. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})/([0-9]{4})")
_YEARS = re.compile(r"([0-9]{4})?\s*(?:\.\.|-)\s*([0-9]{4})?")


@dataclass(frozen=True)
class Span:
    """Days from `since` to `until`, both included; None is open."""

    since: date | None
    until: date | None

    @property
    def before(self) -> date | None:
        """The day before it begins."""
        return self.since - timedelta(days=1) if self.since and self.since > date.min else None

    def within(self, other: "Span") -> "Span":
        """The days that are in both."""
        since = max((d for d in (self.since, other.since) if d), default=None)
        until = min((d for d in (self.until, other.until) if d), default=None)
        return Span(since, until)


def days_of(text: str) -> Span | None:
    """`2020`, `2020-05`, `05/2020` or `2020-05-14` as its days; None when it is no date."""
    if month_first := _MONTH_FIRST.fullmatch(text.strip()):
        text = f"{month_first[2]}-{month_first[1]}"
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return _span(year or 0, month, day)
    except (ValueError, OverflowError):
        return None


def _span(year: int, month: int | None, day: int | None) -> Span:
    if month is None:
        return Span(date(year, 1, 1), date(year, 12, 31))
    first = date(year, month, day or 1)
    if day is not None:
        return Span(first, first)
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else None
    return Span(first, following - timedelta(days=1) if following else date.max)


def years_of(text: str) -> Span | None:
    """`2015..2020`, `2015-2020`, `2015..` or `..2020`; None when it is none of these or runs backwards."""
    match = _YEARS.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        return None
    first, last = (days_of(year) if year else Span(None, None) for year in match.groups())
    if first is None or last is None or (first.since and last.until and first.since > last.until):
        return None
    return Span(first.since, last.until)
