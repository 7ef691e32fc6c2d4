"""Geometry of approval clocks: one window as a track of days, and the life of a process as spans of states. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sgdocs.web.timelines import LEFT, RIGHT, ROW, TOP, WIDTH, Scale

DAY = 10.0
WEEK = 7
MOST_TICKS = 12


@dataclass(frozen=True)
class Clock:
    """One window. opens_on, closes_on: Geneva days, both inside; today: the day it is now.

    width, ran, here, ticks: of the drawing, ten units a day; here is None before the first day and after the last.
    """

    opens_on: date
    closes_on: date
    today: date

    @property
    def days(self) -> int:
        return max(1, (self.closes_on - self.opens_on).days + 1)

    @property
    def left(self) -> int:
        """Days until the last one: 0 on it, below 0 when the window has closed."""
        return (self.closes_on - self.today).days

    @property
    def is_closed(self) -> bool:
        return self.left < 0

    @property
    def is_coming(self) -> bool:
        return self.today < self.opens_on

    @property
    def width(self) -> float:
        return self.days * DAY

    @property
    def ran(self) -> float:
        """What has run: whole days that are over, the last day's when the window has closed."""
        return DAY * min(self.days, max(0, (self.today - self.opens_on).days))

    @property
    def here(self) -> float | None:
        return None if self.is_closed or self.is_coming else self.ran

    @property
    def ticks(self) -> list[float]:
        return [DAY * day for day in range(WEEK, self.days, WEEK)]


@dataclass(frozen=True)
class Stay:
    """A state that a process is or was in. until_on: its last day, None while it lasts; is_expected: not there yet."""

    title: str
    code: str
    from_on: date
    until_on: date | None = None
    clause: str = ""
    meaning: str = "past"
    is_window: bool = False
    is_expected: bool = False

    @property
    def days(self) -> int | None:
        return None if self.until_on is None else max(0, (self.until_on - self.from_on).days) + 1


@dataclass(frozen=True)
class Bar:
    """A stay as it is drawn. done_width: of what has run; width: with what is still to come."""

    stay: Stay
    x: float
    width: float
    done_x: float
    done_width: float
    y: float
    label_x: float
    anchor: str


@dataclass(frozen=True)
class Month:
    x: float
    on: date


@dataclass(frozen=True)
class Life:
    """The picture of a process. height: of the drawing; now_x: today; bars: a row for each stay."""

    height: float
    now_x: float
    months: Sequence[Month]
    bars: Sequence[Bar]


def life(stays: Sequence[Stay], today: date, *, mirrored: bool = False) -> Life | None:
    """The picture of what was, is and is expected; None for nothing. mirrored: for languages from the right."""
    if not stays:
        return None
    first = min(stay.from_on for stay in stays)
    last = max(today, *(stay.until_on or stay.from_on for stay in stays))
    scale = Scale(first - timedelta(days=3), last + timedelta(days=3), mirrored)
    bars = [_bar(stay, today, scale, TOP + ROW * n) for n, stay in enumerate(stays)]
    return Life(TOP + ROW * len(bars) + 28, scale.x(today), _months(scale), bars)


def _bar(stay: Stay, today: date, scale: Scale, y: float) -> Bar:
    end = (stay.until_on or max(today, stay.from_on)) + timedelta(days=1)
    near, far = scale.x(stay.from_on), scale.x(end)
    done = scale.x(min(end, max(stay.from_on, today)))
    turned = (near > WIDTH / 2) != scale.mirrored
    return Bar(
        stay,
        min(near, far),
        max(4.0, round(abs(far - near), 1)),
        min(near, done),
        round(abs(done - near), 1),
        y,
        far if turned else near,
        "t-end" if turned else "t-start",
    )


def _months(scale: Scale) -> list[Month]:
    """The first days of months inside the picture, not more than fit."""
    days: list[date] = []
    day = (scale.first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= scale.last:
        days.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = max(1, -(-len(days) // MOST_TICKS))
    placed = [Month(scale.x(day), day) for day in days[::step]]
    return [month for month in placed if LEFT + 24 <= month.x <= RIGHT - 24]
