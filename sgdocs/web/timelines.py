"""Geometry of the edition timeline: what was in force when, as bars on an axis of years. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sgdocs.recommendations.models import Text
from sgdocs.recommendations.rules import CHANGES, IN_FORCE, OUT_OF_FORCE, Status, span_of

WIDTH = 960.0
LEFT, RIGHT = 8.0, 950.0
ROW = 34.0
TOP = 34.0
MOST_ROWS = 40
MOST_TICKS = 14


@dataclass(frozen=True)
class Tick:
    x: float
    year: int


@dataclass(frozen=True)
class Bar:
    """One text. x, width, y: of its bar; label_x, anchor: of its words; open: its end is not known."""

    text: Text
    x: float
    width: float
    y: float
    label_x: float
    anchor: str
    is_edition: bool
    open: bool


@dataclass(frozen=True)
class Timeline:
    """height: of the picture; now_x: today; ticks: years; bars: editions, then the parts of the one shown."""

    height: float
    first: int
    last: int
    now_x: float
    ticks: Sequence[Tick] = field(default=())
    bars: Sequence[Bar] = field(default=())


def timeline(texts: Sequence[Text], shown: Text, today: date, *, mirrored: bool = False) -> Timeline | None:
    """The picture of a family; None when no text has a date. mirrored: for languages that run from the right."""
    editions = [t for t in texts if t.kind not in CHANGES and t.apart == shown.apart and t.approved]
    parts = [t for t in texts if t.kind in CHANGES and t.modifies_id == shown.id and t.approved]
    rows = (editions[-MOST_ROWS:] + parts)[:MOST_ROWS]
    if not rows:
        return None
    start = min(_day(t) for t in rows)
    scale = Scale(start, max(today, *(_day(t) for t in rows)), mirrored)
    bars = [_bar(t, texts, today, scale, TOP + ROW * n) for n, t in enumerate(rows)]
    years = range(start.year + 1, scale.last.year + 1)
    step = max(1, -(-len(years) // MOST_TICKS))
    ticks = [Tick(scale.x(date(year, 1, 1)), year) for year in years if year % step == 0]
    ticks = [tick for tick in ticks if 16 <= tick.x <= WIDTH - 16]
    return Timeline(TOP + ROW * len(rows) + 28, start.year, scale.last.year, scale.x(today), ticks, bars)


@dataclass(frozen=True)
class Scale:
    first: date
    last: date
    mirrored: bool

    def x(self, day: date) -> float:
        days = max(1, (self.last - self.first).days)
        share = min(1.0, max(0.0, (day - self.first).days / days))
        along = LEFT + share * (RIGHT - LEFT)
        return round(WIDTH - along if self.mirrored else along, 1)


def _bar(text: Text, texts: Sequence[Text], today: date, scale: Scale, y: float) -> Bar:
    start, (end, is_open) = _day(text), _end(text, texts, today)
    near, far = scale.x(start), scale.x(max(end, start))
    x, width = min(near, far), max(4.0, round(abs(far - near), 1))
    turned = (near > WIDTH / 2) != scale.mirrored  # from right to left, the end of words is their left edge
    return Bar(text, x, width, y, near, "t-end" if turned else "t-start", text.kind not in CHANGES, is_open)


def _end(text: Text, texts: Sequence[Text], today: date) -> tuple[date, bool]:
    """When it ended, and whether that is a guess: the approval of its successor, else the day is not known."""
    if text.status in IN_FORCE:
        return today, False
    withdrawn = span_of(text.withdrawn)
    if withdrawn is not None:
        return withdrawn.first, False
    successor = next((t for t in texts if t.id == text.superseded_by_id and t.approved), None)
    if successor is not None:
        return _day(successor), text.status == Status.WITHDRAWN
    line = [t for t in texts if t.kind not in CHANGES and t.apart == text.apart and t.sort_key > text.sort_key]
    later = next((t for t in line if t.approved), None)
    if later is not None and text.status in OUT_OF_FORCE and text.kind not in CHANGES:
        return _day(later), text.status == Status.WITHDRAWN
    return _day(text), True


def _day(text: Text) -> date:
    span = span_of(text.approved)
    assert span is not None
    return span.first
