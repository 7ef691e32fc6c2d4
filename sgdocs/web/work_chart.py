"""Geometry of the work programme by target date: a lane for each Question, a mark for each item. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

WIDTH = 1080.0
LEFT, RIGHT = 116.0, 1064.0
HEAD = 30.0
FOOT = 26.0
LINE = 20.0
BAND_PAD = 12.0
LETTER = 7.2
"""Width of a letter of an identifier, for the place it needs."""
MOST_TICKS = 12
ROOM = 24.0
"""What the name of a quarter needs beside its rule."""
BEFORE, AFTER = 366, 366 * 4
"""Days around today that are drawn; what lies beyond stands at the edge."""


@dataclass(frozen=True)
class Plotted:
    """One item: band is its Question as printed; on: the last day of its timing; meaning: of its standing."""

    band: str
    on: date
    label: str
    title: str
    address: str
    meaning: str


@dataclass(frozen=True)
class Mark:
    """x, y: of the mark; label_x: of its words, which end there if is_end; is_beyond: lies outside of what is drawn."""

    item: Plotted
    x: float
    y: float
    label_x: float
    is_end: bool
    is_beyond: bool


@dataclass(frozen=True)
class Band:
    """y: of its upper rule; label_y: of its name."""

    name: str
    y: float
    label_y: float


@dataclass(frozen=True)
class Tick:
    """day: first of a quarter; is_year: of the first one."""

    x: float
    day: date
    is_year: bool

    @property
    def quarter(self) -> int:
        return (self.day.month + 2) // 3


@dataclass(frozen=True)
class Milestone:
    """A meeting of the group."""

    label: str
    on: date
    address: str = ""
    x: float = 0.0


@dataclass(frozen=True)
class Chart:
    height: float
    now_x: float
    label_x: float
    ticks: Sequence[Tick] = field(default=())
    bands: Sequence[Band] = field(default=())
    marks: Sequence[Mark] = field(default=())
    milestones: Sequence[Milestone] = field(default=())

    width: float = WIDTH

    @property
    def floor(self) -> float:
        """Where the axis lies."""
        return self.height - FOOT


def chart(
    items: Iterable[Plotted], today: date, milestones: Iterable[Milestone] = (), *, mirrored: bool = False
) -> Chart | None:
    """The picture; None without an item. Bands keep the order in which they come. mirrored: runs from the right."""
    plotted = list(items)
    if not plotted:
        return None
    scale = _scale([item.on for item in plotted], today, mirrored=mirrored)
    by_band: dict[str, list[Plotted]] = {}
    for item in plotted:
        by_band.setdefault(item.band, []).append(item)
    y = HEAD
    bands: list[Band] = []
    marks: list[Mark] = []
    for name, own in by_band.items():
        placed, lines = _lanes(own, scale, y + BAND_PAD)
        bands.append(Band(name, y, y + BAND_PAD + 4))
        marks += placed
        y += 2 * BAND_PAD + LINE * (lines - 1) + 4
    seen = [
        Milestone(each.label, each.on, each.address, scale.x(each.on)) for each in milestones if scale.holds(each.on)
    ]
    return Chart(y + FOOT, scale.x(today), WIDTH - 4 if mirrored else 4.0, scale.ticks(), bands, marks, _apart(seen))


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    mirrored: bool

    def x(self, day: date) -> float:
        share = (min(self.last, max(self.first, day)) - self.first).days / max(1, (self.last - self.first).days)
        along = LEFT + share * (RIGHT - LEFT)
        return round(WIDTH - along if self.mirrored else along, 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def ticks(self) -> list[Tick]:
        """Quarters as long as there is room, else years."""
        starts = [d for year in range(self.first.year, self.last.year + 1) for d in _quarters(year) if self.holds(d)]
        if len(starts) > MOST_TICKS:
            starts = [each for each in starts if each.month == 1]
        ticks = [Tick(self.x(each), each, each.month == 1) for each in starts]
        return [tick for tick in ticks if (tick.x > WIDTH - RIGHT + ROOM if self.mirrored else tick.x < RIGHT - ROOM)]


def _quarters(year: int) -> list[date]:
    return [date(year, month, 1) for month in (1, 4, 7, 10)]


def _scale(days: Sequence[date], today: date, *, mirrored: bool) -> _Scale:
    """From the quarter of the first day to the end of that of the last, today among them."""
    low = max(min(*days, today), date.fromordinal(today.toordinal() - BEFORE))
    high = min(max(*days, today), date.fromordinal(today.toordinal() + AFTER))
    first = date(low.year, (low.month - 1) // 3 * 3 + 1, 1)
    year, month = (high.year, (high.month - 1) // 3 * 3 + 4)
    return _Scale(first, date(year + month // 13, month % 12 if month > 12 else month, 1), mirrored)


def _lanes(items: Sequence[Plotted], scale: _Scale, top: float) -> tuple[list[Mark], int]:
    """Marks so that no words overlap, and how many lines they take."""
    ends: list[float] = []
    marks: list[Mark] = []
    for item in sorted(items, key=lambda each: (each.on, each.label)):
        x = scale.x(item.on)
        room = 14 + LETTER * len(item.label)
        forward = (WIDTH - RIGHT + room < WIDTH - x) if not scale.mirrored else (x - room > WIDTH - RIGHT)
        is_turned = (not forward) != scale.mirrored
        low, high = (x - room, x + 6) if is_turned else (x - 6, x + room)
        start, end = (low, high) if not scale.mirrored else (WIDTH - high, WIDTH - low)
        lane = next((n for n, taken in enumerate(ends) if taken < start), len(ends))
        if lane == len(ends):
            ends.append(end)
        ends[lane] = max(ends[lane], end)
        label_x = round(x - 10 if is_turned else x + 10, 1)
        marks.append(Mark(item, x, top + LINE * lane, label_x, not forward, not scale.holds(item.on)))
    return marks, max(1, len(ends))


def _apart(milestones: Sequence[Milestone], least: float = 72.0) -> list[Milestone]:
    """Those whose words have room beside one another."""
    kept: list[Milestone] = []
    for each in sorted(milestones, key=lambda one: one.on):
        if not kept or abs(each.x - kept[-1].x) >= least:
            kept.append(each)
    return kept
