"""The timetable of a meeting: days by sessions, and what cannot both be. Pure. Source: domain 5.2 M-3."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Clash(StrEnum):
    """Why two sittings at the same time cannot both be held as planned."""

    ROOM = "room"
    OFFICER = "officer"
    GROUP = "group"
    PARENT = "parent"


@dataclass(frozen=True)
class Session:
    """A sitting as the timetable knows it. leaders: (person id, name) of its group; above: groups over its group."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    room: str = ""
    group_id: int | None = None
    above: frozenset[int] = frozenset()
    leaders: tuple[tuple[int, str], ...] = ()

    @property
    def day(self) -> date:
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def hours(self) -> str:
        """`09:30–12:30`, in its own zone."""
        here = ZoneInfo(self.zone)
        return f"{self.starts_at.astimezone(here):%H:%M}–{self.ends_at.astimezone(here):%H:%M}"


@dataclass(frozen=True)
class Conflict:
    """Two sittings that overlap; words: the room, the person or the group that is asked for twice."""

    kind: Clash
    first: Session
    second: Session
    words: str


def conflicts(sessions: Sequence[Session]) -> list[Conflict]:
    """Every pair that overlaps and wants the same room, person or group. Two that only touch do not overlap."""
    found: list[Conflict] = []
    running: list[Session] = []
    for session in sorted(sessions, key=lambda each: (each.starts_at, each.id)):
        running = [each for each in running if each.ends_at > session.starts_at]
        found += [clash for each in running for clash in _between(each, session)]
        running.append(session)
    return found


def _between(first: Session, second: Session) -> Iterable[Conflict]:
    if first.room and first.room.casefold() == second.room.casefold():
        yield Conflict(Clash.ROOM, first, second, second.room)
    if first.group_id is not None and first.group_id == second.group_id:
        yield Conflict(Clash.GROUP, first, second, second.title)
        return
    if _is_over(first, second) or _is_over(second, first):
        yield Conflict(Clash.PARENT, first, second, second.title)
    both = dict(first.leaders).keys() & dict(second.leaders).keys()
    names = [name for id, name in first.leaders if id in both]
    if names:
        yield Conflict(Clash.OFFICER, first, second, ", ".join(dict.fromkeys(names)))


def _is_over(upper: Session, lower: Session) -> bool:
    """A plenary of the group above, or of the whole meeting, while a part sits."""
    if upper.group_id is None:
        return lower.group_id is not None
    return upper.group_id in lower.above


@dataclass(frozen=True)
class Grid:
    """hours: the sessions of a day, as rows; days: columns; cells: (hours, day) -> sittings, by room."""

    hours: list[str]
    days: list[date]
    cells: dict[tuple[str, date], list[Session]]


def grid(sessions: Iterable[Session]) -> Grid:
    """The sittings by session and day, each in the time of its own place."""
    cells: defaultdict[tuple[str, date], list[Session]] = defaultdict(list)
    for session in sessions:
        cells[session.hours, session.day].append(session)
    for some in cells.values():
        some.sort(key=lambda each: (each.room.casefold(), each.title))
    return Grid(sorted({hours for hours, _ in cells}), sorted({day for _, day in cells}), dict(cells))
