"""Geometry of the chart of the work programme by target date."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from sgdocs.web.work_chart import LEFT, LETTER, RIGHT, WIDTH, Chart, Mark, Milestone, Plotted, chart

TODAY = date(2026, 5, 4)


def item(label: str, on: date, band: str = "Q2/13") -> Plotted:
    return Plotted(band, on, label, f"Title of {label}", f"/wi/{label}", "progress")


def drawn(*items: Plotted, milestones: tuple[Milestone, ...] = (), mirrored: bool = False) -> Chart:
    made = chart(items, TODAY, milestones, mirrored=mirrored)
    assert made is not None
    return made


def words_of(mark: Mark, *, mirrored: bool = False) -> tuple[float, float]:
    """From where to where mark and words reach."""
    width = LETTER * len(mark.item.label)
    goes_left = mark.is_end != mirrored
    low, high = (mark.label_x - width, mark.x) if goes_left else (mark.x, mark.label_x + width)
    return min(low, mark.x - 4), max(high, mark.x + 4)


def test_chart_without_items_is_none() -> None:
    assert chart([], TODAY) is None


def test_later_target_stands_further_on() -> None:
    made = drawn(item("Y.b", date(2027, 3, 31)), item("Y.a", date(2026, 6, 30)))

    assert [mark.item.label for mark in made.marks] == ["Y.a", "Y.b"]
    assert LEFT < made.now_x < made.marks[0].x < made.marks[1].x <= RIGHT


def test_marks_of_a_day_stand_on_lines_of_their_own() -> None:
    made = drawn(*(item(f"Y.slice-{n}", date(2026, 12, 31)) for n in range(4)))

    assert len({mark.y for mark in made.marks}) == 4
    assert len({mark.x for mark in made.marks}) == 1


def test_bands_follow_one_another_in_the_order_given() -> None:
    made = drawn(
        item("Y.a", date(2026, 12, 31), "Q7/13"), item("Y.b", date(2026, 6, 30), "Q2/13"), item("Y.c", TODAY, "Q7/13")
    )

    assert [band.name for band in made.bands] == ["Q7/13", "Q2/13"]
    limits = [made.bands[0].y, made.bands[1].y, made.floor]
    for mark in made.marks:
        at = 0 if mark.item.band == "Q7/13" else 1
        assert limits[at] < mark.y < limits[at + 1]


def test_days_that_are_not_drawn_are_told_apart() -> None:
    made = drawn(item("Y.old", date(2019, 12, 31)), item("Y.far", date(2040, 12, 31)), item("Y.now", TODAY))

    assert {mark.item.label: mark.is_beyond for mark in made.marks} == {"Y.old": True, "Y.now": False, "Y.far": True}
    assert all(LEFT <= mark.x <= RIGHT for mark in made.marks)


def test_meetings_that_crowd_are_thinned_and_others_left_out() -> None:
    near = [Milestone(f"M{n}", TODAY + timedelta(days=n)) for n in range(5)]
    made = drawn(item("Y.a", date(2027, 12, 31)), milestones=(*near, Milestone("past", date(2001, 1, 1))))

    assert [each.label for each in made.milestones] == ["M0"]


def test_long_spans_are_ruled_by_years() -> None:
    assert {tick.is_year for tick in drawn(item("Y.a", date(2029, 12, 31))).ticks} == {True}
    assert [tick.quarter for tick in drawn(item("Y.a", date(2026, 8, 31))).ticks] == [2, 3]


some_items = st.lists(
    st.builds(
        item,
        st.text("abcXYZ.-0123456789", min_size=1, max_size=40),
        st.dates(date(2015, 1, 1), date(2045, 12, 31)),
        st.sampled_from(["Q1/13", "Q2/13", ""]),
    ),
    min_size=1,
    max_size=40,
)


@given(some_items, st.booleans())
def test_no_words_overlap_and_all_stay_inside(items: list[Plotted], mirrored: bool) -> None:
    made = drawn(*items, mirrored=mirrored)

    assert len(made.marks) == len(items)
    lines: dict[float, list[tuple[float, float]]] = {}
    for mark in made.marks:
        assert 0 < mark.y < made.floor
        lines.setdefault(mark.y, []).append(words_of(mark, mirrored=mirrored))
    for spans in lines.values():
        spans.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(spans))
        assert all(low >= 0 and high <= WIDTH for low, high in spans)
