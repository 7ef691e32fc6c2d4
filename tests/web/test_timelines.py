"""The geometry of the edition timeline."""

from datetime import UTC, date, datetime

import pytest

from sgdocs.recommendations.models import Text
from sgdocs.web.timelines import WIDTH, timeline

NOW = datetime(2026, 3, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def text(id: int, approved: str, status: str = "superseded", kind: str = "recommendation", **more: object) -> Text:
    return Text(id=id, family_id=1, kind=kind, identifier=f"text {id}", address=f"/{id}", approved=approved, status=status, sort_key=approved, changed_at=NOW, **more)  # fmt: skip


OLD, NEW = text(1, "2003-03-16", superseded_by_id=2), text(2, "2016-06", "in-force")
PART = text(3, "2020", "in-force", "amendment", modifies_id=2)


@pytest.mark.parametrize("mirrored", [False, True])
def test_bars_follow_each_other_and_stay_in_the_picture(mirrored: bool) -> None:
    found = timeline([OLD, NEW, PART], NEW, TODAY, mirrored=mirrored)

    assert found is not None
    old, new, part = found.bars
    ends = [bar.x if mirrored else bar.x + bar.width for bar in found.bars]
    starts = [bar.x + bar.width if mirrored else bar.x for bar in found.bars]
    assert ends[0] == pytest.approx(starts[1], abs=0.2)
    assert ends[1] == ends[2] == pytest.approx(found.now_x, abs=0.2)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.width > 0 for bar in found.bars)
    assert [bar.is_edition for bar in (old, new, part)] == [True, True, False]
    assert all(0 < tick.x < WIDTH for tick in found.ticks)


def test_end_that_is_not_recorded_is_open() -> None:
    lost, withdrawn = text(1, "1990"), text(2, "1995", "withdrawn")
    dated = text(3, "2000", "withdrawn", withdrawn="2010-05-05")

    found = timeline([lost], lost, TODAY), timeline([withdrawn], withdrawn, TODAY), timeline([dated], dated, TODAY)

    assert [each.bars[0].open for each in found if each] == [True, True, False]


def test_family_without_dates_has_no_picture() -> None:
    assert timeline([text(1, "")], text(1, ""), TODAY) is None


def test_family_of_one_day_has_a_picture() -> None:
    today = text(1, "2026-03-02", "in-force")

    found = timeline([today], today, TODAY)

    assert found is not None
    assert found.bars[0].width > 0


def test_picture_of_a_big_family_is_bounded() -> None:
    many = [text(n, f"{1950 + n}-01-01") for n in range(1, 70)]

    found = timeline(many, many[-1], TODAY)

    assert found is not None
    assert (len(found.bars), len(found.ticks) <= 15) == (40, True)
