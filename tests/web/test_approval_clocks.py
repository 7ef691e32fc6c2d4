"""The geometry of approval clocks."""

from datetime import date, timedelta

import pytest

from sgdocs.web.approval_clocks import DAY, Clock, Stay, life
from sgdocs.web.timelines import WIDTH

OPENS, CLOSES = date(2026, 10, 16), date(2026, 11, 12)


@pytest.mark.parametrize(
    ("today", "left", "ran", "here"),
    [
        (date(2026, 10, 15), 28, 0, None),
        (date(2026, 10, 16), 27, 0, 0),
        (date(2026, 11, 11), 1, 26, 26),
        (date(2026, 11, 12), 0, 27, 27),
        (date(2026, 11, 13), -1, 28, None),
        (date(2026, 12, 31), -49, 28, None),
    ],
    ids=["the day before", "first day", "one left", "last day", "day after", "long after"],
)
def test_clock_counts_days_to_the_last_one(today: date, left: int, ran: int, here: int | None) -> None:
    clock = Clock(OPENS, CLOSES, today)

    assert (clock.days, clock.left, clock.ran) == (28, left, ran * DAY)
    assert clock.here == (None if here is None else here * DAY)
    assert clock.ticks == [7 * DAY, 14 * DAY, 21 * DAY]
    assert (clock.is_closed, clock.is_coming) == (left < 0, today < OPENS)


CONSENTED = Stay("Consented", "C", date(2026, 9, 9), date(2026, 9, 30), "A.8, 3.1")
LAST_CALL = Stay("Last call", "LC", date(2026, 10, 1), date(2026, 10, 28), is_window=True, meaning="progress")
JUDGEMENT = Stay("Judgement", "LJ", date(2026, 10, 29), meaning="needs")


@pytest.mark.parametrize("mirrored", [False, True])
def test_stays_follow_each_other_up_to_today(mirrored: bool) -> None:
    today = date(2026, 11, 11)

    picture = life([CONSENTED, LAST_CALL, JUDGEMENT], today, mirrored=mirrored)

    assert picture is not None
    first, call, now = picture.bars
    starts = [bar.x + bar.width if mirrored else bar.x for bar in (call, now)]
    ends = [bar.x if mirrored else bar.x + bar.width for bar in (first, call)]
    assert starts == pytest.approx(ends, abs=0.2)
    assert call.done_width == pytest.approx(call.width, abs=0.2)
    assert [bar.stay.days for bar in picture.bars] == [22, 28, None]
    assert all(0 <= bar.x <= bar.x + bar.width <= WIDTH for bar in picture.bars)
    assert [month.on for month in picture.months] == [date(2026, 10, 1), date(2026, 11, 1)]


def test_window_that_runs_is_drawn_with_what_is_to_come() -> None:
    today = date(2026, 10, 15)

    picture = life([LAST_CALL], today)

    assert picture is not None
    (bar,) = picture.bars
    assert 0 < bar.done_width < bar.width
    assert picture.now_x == pytest.approx(bar.done_x + bar.done_width, abs=0.2)


def test_long_life_has_few_months_and_nothing_has_no_picture() -> None:
    long = life([Stay("Consented", "C", date(2020, 1, 1), date(2026, 1, 1))], date(2026, 1, 2))

    assert life([], date(2026, 1, 1)) is None
    assert long is not None
    assert 6 <= len(long.months) <= 12
    assert long.months[1].on - long.months[0].on > timedelta(days=150)
