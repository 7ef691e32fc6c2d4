"""Lengths of time: months by the calendar, working days with holidays, the 1st and the 16th."""

from datetime import UTC, date, datetime
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sgdocs.approval import periods, rulings
from sgdocs.base.clock import geneva_day

D = date.fromisoformat
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "there"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-12-20", 2, "2024-02-20"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-05-31", -3, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-01-15", 0, "2026-01-15"),
    ],
)
def test_months_are_calendar_months(day: str, months: int, there: str) -> None:
    assert periods.months_after(D(day), months) == D(there)


def test_window_counts_its_first_day() -> None:
    assert periods.last_day(D("2026-04-16"), 28) == D("2026-05-13")
    assert periods.last_day(D("2026-04-16"), 1) == D("2026-04-16")
    assert periods.day_after(D("2026-05-13")) == D("2026-05-14")


@pytest.mark.parametrize(
    ("day", "count", "holidays", "there"),
    [
        ("2026-05-25", 7, (), "2026-05-14"),
        ("2026-05-25", 7, ("2026-05-14",), "2026-05-13"),
        ("2026-05-25", 1, (), "2026-05-22"),
        ("2026-05-24", 1, (), "2026-05-22"),
        ("2026-05-25", 0, (), "2026-05-25"),
    ],
)
def test_working_days_leave_out_weekends_and_holidays(
    day: str, count: int, holidays: tuple[str, ...], there: str
) -> None:
    assert periods.working_days_before(D(day), count, [D(each) for each in holidays]) == D(there)


@given(DAYS, st.integers(1, 30), st.sets(DAYS, max_size=5))
def test_so_many_working_days_lie_between(day: date, count: int, holidays: set[date]) -> None:
    there = periods.working_days_before(day, count, holidays)
    between = [date.fromordinal(n) for n in range(there.toordinal(), day.toordinal())]

    assert periods.is_working(there, holidays)
    assert sum(periods.is_working(each, holidays) for each in between) == count


@given(DAYS)
def test_announcing_day_is_the_next_1st_or_16th(day: date) -> None:
    found = periods.announcing_day_of(day)

    assert found.day in (1, 16)
    assert 0 <= (found - day).days <= 15
    assert [found] == [*islice(periods.announcing_days(day), 1)]


def test_announcement_on_a_weekend_may_be_shifted() -> None:
    saturday = D("2026-08-01")

    assert periods.announcing_day_of(saturday) == saturday
    assert periods.announcing_day_of(saturday, shift="next-working-day") == D("2026-08-03")
    assert periods.announcing_day_of(D("2026-08-03"), shift="next-working-day") == D("2026-08-03")
    holidays = [D("2026-08-03")]
    assert periods.announcing_day_of(saturday, shift="next-working-day", holidays=holidays) == D("2026-08-04")
    assert periods.announcing_day_of(D("2026-08-04"), shift="next-working-day") == D("2026-08-17")


@pytest.mark.parametrize(
    ("last", "closes_at"),
    [
        ("2026-03-28", datetime(2026, 3, 28, 22, 59, 59, tzinfo=UTC)),
        ("2026-03-29", datetime(2026, 3, 29, 21, 59, 59, tzinfo=UTC)),
        ("2026-10-24", datetime(2026, 10, 24, 21, 59, 59, tzinfo=UTC)),
        ("2026-10-25", datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)),
    ],
)
def test_last_second_on_days_when_clocks_change(last: str, closes_at: datetime) -> None:
    assert periods.closes_at(D(last)) == closes_at
    assert geneva_day(closes_at) == D(last)


def test_window_may_close_in_another_zone() -> None:
    rules = {"window_zone": "UTC", "window_cutoff": "16:00"}
    zone, cutoff = rulings.clock(rules, D("2026-08-01"))

    assert periods.closes_at(D("2026-08-01"), zone, cutoff) == datetime(2026, 8, 1, 16, tzinfo=UTC)
