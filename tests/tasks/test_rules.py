"""When somebody is reminded; which moves there are."""

from datetime import date, timedelta

import pytest

from sgdocs.tasks.rules import MOVES, State, occasion_of, why_not_move

DUE = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("left", "occasion"),
    [
        (8, None),
        (7, 7),
        (2, 7),
        (1, 1),
        (0, 1),
        (-1, 0),
        (-7, 0),
        (-8, -7),
        (-15, -14),
        (-29, -28),
        (-35, -28),
        (-36, None),
    ],
)
def test_occasions(left: int, occasion: int | None) -> None:
    assert occasion_of(DUE, date(2026, 1, 1), DUE - timedelta(days=left)) == occasion


def test_what_was_entered_late_is_told_of_when_its_turn_comes() -> None:
    entered = DUE - timedelta(days=3)

    assert occasion_of(DUE, entered, DUE - timedelta(days=3)) is None
    assert occasion_of(DUE, entered, DUE - timedelta(days=1)) == 1


def test_every_state_has_a_way_out_and_no_other() -> None:
    allowed = {(state, to) for state in State for to in State if why_not_move(1, state, to, reason="why") is None}

    assert allowed == {(state, to) for state, tos in MOVES.items() for to in tos}
    assert all(MOVES[state] for state in State)
