"""Geometry of a thread: a line for each statement, placed by its date, an elbow from what it answers. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sgdocs.liaison.threads import Node, Thread

WIDTH: Final = 1040.0
LEFT, RIGHT = 14.0, 660.0
"""Where the first and the last date stand; names run on to the end."""
HEAD, LINE, FOOT = 30.0, 30.0, 14.0
STEP: Final = 22.0
"""How far from what it answers a statement without a date is drawn."""
MOST: Final = 80
"""Longer threads are read as lines alone."""
STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120)
MOST_TICKS: Final = 8


@dataclass(frozen=True)
class Spot:
    """One statement: where its mark stands; elbow: the path from what it hangs under, "" of a root."""

    node: Node
    x: float
    y: float
    elbow: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Tick:
    on: date
    x: float


@dataclass(frozen=True)
class Picture:
    """crossings: paths between statements that are something to each other without hanging under one another."""

    height: float
    spots: Sequence[Spot]
    ticks: Sequence[Tick] = field(default=())
    crossings: Sequence[str] = field(default=())
    width: float = WIDTH
    label: float = 11.0
    """How far from the mark the name begins; negative when the page runs from the right."""


def drawn(thread: Thread, *, mirrored: bool = False) -> Picture | None:
    """The picture; None for a statement alone, and for a thread so long that lines serve better. mirrored: from the right."""
    nodes = list(thread)
    if not 2 <= len(nodes) <= MOST:
        return None
    scale = _Scale.over(each.row.dated_on for each in nodes)
    at: dict[int, tuple[float, float]] = {}
    spots: list[Spot] = []
    for place, node in enumerate(nodes):
        above = at.get(node.parent_id or 0)
        x = _x(scale, node.row.dated_on, above)
        y = HEAD + LINE * place + LINE / 2
        at[node.row.id] = (x, y)
        spots.append(_spot(node, x, y, above, is_here=node.row.id == thread.statement_id, mirrored=mirrored))
    ticks = [Tick(on, WIDTH - scale.x(on) if mirrored else scale.x(on)) for on in scale.ticks()]
    crossings = [
        _between(at[node.row.id], at[edge.other_id], mirrored=mirrored) for node in nodes for edge in node.others
    ]
    return Picture(HEAD + LINE * len(nodes) + FOOT, spots, ticks, crossings, label=-11.0 if mirrored else 11.0)


def _x(scale: "_Scale", on: date | None, above: tuple[float, float] | None) -> float:
    if on is not None:
        return scale.x(on)
    return min(above[0] + STEP, RIGHT) if above else LEFT


def _spot(node: Node, x: float, y: float, above: tuple[float, float] | None, *, is_here: bool, mirrored: bool) -> Spot:
    """Answers of the same day stand beside their elbow, not on it."""
    shown = WIDTH - x if mirrored else x
    if above is None:
        return Spot(node, shown, y, is_here=is_here)
    from_x = WIDTH - above[0] if mirrored else above[0]
    return Spot(node, shown, y, f"M{from_x:g} {above[1]:g}V{y:g}H{shown:g}", is_here)


def _between(one: tuple[float, float], other: tuple[float, float], *, mirrored: bool) -> str:
    """A straight line from mark to mark."""
    (x, y), (to_x, to_y) = ((WIDTH - at[0] if mirrored else at[0], at[1]) for at in (one, other))
    return f"M{x:g} {y:g}L{to_x:g} {to_y:g}"


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    @classmethod
    def over(cls, days: Iterable[date | None]) -> "_Scale":
        known = [each for each in days if each]
        return cls(min(known), max(known)) if known else cls(date.min, date.min)

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    def x(self, on: date) -> float:
        share = (on - self.first).days / self.days if self.days else 0.0
        return round(LEFT + share * (RIGHT - LEFT), 1)

    def ticks(self) -> list[date]:
        """Firsts of months, as many as are readable."""
        if self.days < 31:
            return []
        months = self.days / 30.4
        step = next((each for each in STEPS if months / each <= MOST_TICKS), STEPS[-1])
        count = self.first.year * 12 + self.first.month
        count += -count % step
        found: list[date] = []
        while (on := date(count // 12, count % 12 + 1, 1)) <= self.last:
            found.append(on)
            count += step
        return found
