"""The dated settings of the procedures: every period, threshold, role and hour, from a day on, with its source. Pure.

A process keeps the values of the day it began (`snapshot`); the secretariat adds values by `RuleValue` rows.
Source: domain C0.1, 11.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from sgdocs.approval.ruling_table import TABLE, Ruling

USUAL: Final[Mapping[str, Ruling]] = {ruling.name: ruling for ruling in TABLE}
"""Name -> ruling, with the values of the texts."""


class Stored(Protocol):
    """A row that the secretariat has set."""

    name: str
    value: str
    from_on: date
    source: str


@dataclass(frozen=True)
class Value:
    """One value of a ruling, from a day on. is_ours: set here, not by the texts."""

    value: str
    from_on: date
    source: str
    is_ours: bool = False


def values_of(name: str, stored: Iterable[Stored] = ()) -> tuple[Value, ...]:
    """Every value a ruling had or will have, the oldest first; one set here takes the place of the text's of that day."""
    found = {on: Value(value, on, source) for on, value, source in USUAL[name].values}
    found |= {row.from_on: Value(row.value, row.from_on, row.source, True) for row in stored if row.name == name}
    return tuple(found[on] for on in sorted(found))


def value_on(name: str, day: date, stored: Iterable[Stored] = ()) -> str:
    """The value that counts on a day; before the first known one, the first. KeyError for a name without ruling."""
    every = values_of(name, stored)
    return next((value.value for value in reversed(every) if value.from_on <= day), every[0].value)


def snapshot(day: date, stored: Iterable[Stored] = ()) -> dict[str, str]:
    """Every ruling as it is on a day: what a process keeps."""
    rows = tuple(stored)
    return {name: value_on(name, day, rows) for name in USUAL}


def text(rules: Mapping[str, Any], name: str, day: date) -> str:
    """The value a process keeps; the one of that day when it keeps none (a ruling added later)."""
    kept = rules.get(name)
    return value_on(name, day) if kept is None else str(kept)


def number(rules: Mapping[str, Any], name: str, day: date) -> int:
    return int(text(rules, name, day))


def flag(rules: Mapping[str, Any], name: str, day: date) -> bool:
    return text(rules, name, day) == "true"


def period(rules: Mapping[str, Any], name: str, day: date) -> tuple[str, int]:
    """`12 calendar-days` -> ("calendar-days", 12)."""
    count, _, unit = text(rules, name, day).partition(" ")
    return unit, int(count)


def numbers(rules: Mapping[str, Any], name: str, day: date) -> tuple[int, ...]:
    """`1,16` -> (1, 16)."""
    return tuple(int(part) for part in text(rules, name, day).split(",") if part.strip())


def words(rules: Mapping[str, Any], name: str, day: date) -> tuple[str, ...]:
    return tuple(part.strip() for part in text(rules, name, day).split(",") if part.strip())


def clock(rules: Mapping[str, Any], day: date) -> tuple[ZoneInfo, time]:
    """In which zone, and at what time of its last day, a window closes. Source: domain C0.2."""
    return ZoneInfo(text(rules, "window_zone", day)), time.fromisoformat(text(rules, "window_cutoff", day))
