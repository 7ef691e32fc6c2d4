"""The timetable: what cannot both be held, and the grid of days and sessions."""

from datetime import UTC, date, datetime

import pytest

from sgdocs.meetings.timetable import Clash, Session, conflicts, grid

SG, WP, Q2 = 1, 2, 3
ABOVE = {SG: frozenset[int](), WP: frozenset({SG}), Q2: frozenset({SG, WP})}


def sitting(id: int, begins: int, until: int, group: int | None = Q2, **facts: object) -> Session:
    """Hours of 3 March 2026, UTC."""
    start, end = (datetime(2026, 3, 3, hour, tzinfo=UTC) for hour in (begins, until))
    above = ABOVE.get(group or 0, frozenset[int]())
    told = {"zone": "Europe/Zurich", "group_id": group, "above": above} | facts
    return Session(id, f"Sitting {id}", start, end, **told)  # type: ignore[arg-type]


CASES = {
    "same room": (
        sitting(1, 9, 11, Q2, room="Popov"),
        sitting(2, 10, 12, 4, room="popov", above=frozenset({9})),
        [Clash.ROOM],
    ),
    "same group": (sitting(1, 9, 11), sitting(2, 10, 12), [Clash.GROUP]),
    "group and its parent": (sitting(1, 9, 11, WP), sitting(2, 10, 12, Q2), [Clash.PARENT]),
    "whole meeting and a part": (sitting(1, 9, 11, None), sitting(2, 10, 12, Q2), [Clash.PARENT]),
    "same officer": (
        sitting(1, 9, 11, Q2, leaders=((7, "Rafael Quill"),)),
        sitting(2, 10, 12, 5, above=frozenset({9}), leaders=((7, "Rafael Quill"),)),
        [Clash.OFFICER],
    ),
    "one after the other": (sitting(1, 9, 11, room="Popov"), sitting(2, 11, 12, room="Popov"), []),
    "two groups, two rooms": (
        sitting(1, 9, 11, Q2, room="A"),
        sitting(2, 9, 11, 5, above=frozenset({9}), room="B"),
        [],
    ),
    "no room given": (sitting(1, 9, 11, Q2), sitting(2, 9, 11, 5, above=frozenset({9})), []),
}


@pytest.mark.parametrize(("first", "second", "kinds"), CASES.values(), ids=CASES)
def test_conflict(first: Session, second: Session, kinds: list[Clash]) -> None:
    assert [each.kind for each in conflicts([first, second])] == kinds
    assert [each.kind for each in conflicts([second, first])] == kinds


def test_a_long_sitting_clashes_with_every_one_during_it() -> None:
    found = conflicts([sitting(1, 8, 18), sitting(2, 9, 10), sitting(3, 11, 12), sitting(4, 18, 19)])

    assert [(each.first.id, each.second.id) for each in found] == [(1, 2), (1, 3)]


def test_grid_is_read_in_the_time_of_the_place() -> None:
    there = Session(2, "There", datetime(2026, 3, 3, 23, tzinfo=UTC), datetime(2026, 3, 4, 1, tzinfo=UTC), "Asia/Seoul")
    found = grid([sitting(1, 9, 11), there])

    assert found.days == [date(2026, 3, 3), date(2026, 3, 4)]
    assert found.hours == ["08:00–10:00", "10:00–12:00"]
    assert found.cells["08:00–10:00", date(2026, 3, 4)] == [there]
