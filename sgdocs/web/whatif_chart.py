"""The chart of "what if": one line for each text, its windows as bars, its dates as marks, the meetings behind. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sgdocs.approval.periods import months_after
from sgdocs.approval.whatif import Answer, Event

WIDTH: Final = 960
LEFT: Final = 150
TOP: Final = 26
ROW: Final = 44
ROOM = timedelta(days=6)


@dataclass(frozen=True)
class Bar:
    """A window or a meeting; x, width: in pixels; event: whose it is."""

    event: Event
    x: float
    width: float


@dataclass(frozen=True)
class Mark:
    event: Event
    x: float


@dataclass(frozen=True)
class Line:
    """One text. y: middle of its line."""

    answer: Answer
    y: int
    bars: tuple[Bar, ...]
    meetings: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Tick:
    """The first day of a month."""

    on: date
    x: float


@dataclass(frozen=True)
class Chart:
    height: int
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]


def chart_of(answers: Sequence[Answer]) -> Chart:
    """All texts on one scale, from the earliest day to the latest. ValueError for none."""
    first = min(answer.question.on for answer in answers) - ROOM
    last = max(answer.ends_on for answer in answers) + ROOM
    scale = (WIDTH - LEFT - 10) / max((last - first).days, 1)

    def x(day: date) -> float:
        return round(LEFT + max((day - first).days, 0) * scale, 1)

    def bar(event: Event) -> Bar:
        return Bar(event, x(event.on), max(round(x((event.until or event.on) + timedelta(days=1)) - x(event.on), 1), 2))

    lines = tuple(
        Line(
            answer,
            TOP + ROW * number + ROW // 2,
            tuple(bar(event) for event in answer.events if event.kind == "window"),
            tuple(bar(event) for event in answer.events if event.kind == "meeting"),
            tuple(Mark(event, x(event.on)) for event in answer.events if event.kind in ("act", "approval")),
        )
        for number, answer in enumerate(answers)
    )
    return Chart(TOP + ROW * len(lines) + 8, lines, tuple(Tick(day, x(day)) for day in _months(first, last)))


def _months(first: date, last: date) -> list[date]:
    """The first days of months between; every other one, or every third, when there are many."""
    start = months_after(first.replace(day=1), 1)
    count = (last.year - start.year) * 12 + last.month - start.month + 1
    return [months_after(start, number) for number in range(0, count, 1 + count // 14)]
