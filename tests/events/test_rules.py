"""What is suggested and why; when one may register."""

from datetime import date

import pytest

from sgdocs.events.rules import (
    EventState,
    Plan,
    Profile,
    suggestions,
    why_not_keep,
    why_not_link,
    why_not_move,
    why_not_register,
)

ONE = Profile(1, {2: "Q2/15"}, {7: "G.sleep"}, {"fibre": "Fibre"})


def test_what_ties_closer_comes_first_and_nobody_without_a_reason() -> None:
    others = [
        Profile(1, ONE.questions, ONE.items, ONE.fields),
        Profile(2, {}, {}, {"fibre": "FIBRE"}),
        Profile(3, {2: "Q2/15", 3: "Q3/15"}, {7: "G.sleep"}, {}),
        Profile(4, {9: "Q9/15"}, {}, {"copper": "Copper"}),
        Profile(5, {2: "Q2/15"}, {}, {}),
    ]

    found = suggestions(ONE, others)

    assert [id for id, _ in found] == [3, 5, 2]
    assert (found[0][1].questions, found[0][1].items, found[2][1].fields) == (("Q2/15",), ("G.sleep",), ("Fibre",))


@pytest.mark.parametrize(
    ("state", "until", "today", "is_open"),
    [
        ("announced", None, date(2026, 3, 5), True),
        ("announced", None, date(2026, 3, 6), False),
        ("announced", date(2026, 3, 1), date(2026, 3, 1), True),
        ("announced", date(2026, 3, 1), date(2026, 3, 2), False),
        ("draft", None, date(2026, 3, 1), False),
        ("cancelled", None, date(2026, 3, 1), False),
    ],
)
def test_registration_ends_with_its_last_day(state: str, until: date | None, today: date, is_open: bool) -> None:
    assert (why_not_register(EventState(state), date(2026, 3, 5), until, today) is None) is is_open


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, None),
        ({"ends_on": date(2026, 3, 1)}, "ends_on"),
        ({"ends_on": date(2026, 9, 1)}, "ends_on"),
        ({"register_until": date(2026, 3, 6)}, "register_until"),
        ({"capacity": 2, "taken": 3}, "capacity"),
        ({"join_link": "http://room.example"}, "join_link"),
        ({"join_link": "javascript:alert(1)"}, "join_link"),
        ({"join_link": "https://[room"}, "join_link"),
    ],
)
def test_a_plan_names_the_field_that_is_wrong(facts: dict[str, object], field: str | None) -> None:
    told: dict[str, object] = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 5), **facts}
    refusal = why_not_keep(Plan(**told))  # type: ignore[arg-type]

    assert (refusal.field if refusal else None) == field


def test_rooms_are_told_over_tls() -> None:
    assert why_not_link("https://room.example/x") is None


def test_nothing_comes_back_from_cancelled() -> None:
    assert all(why_not_move(EventState.CANCELLED, to, is_placed=True, reason="x") for to in EventState)
    assert why_not_move(EventState.DRAFT, EventState.ANNOUNCED, is_placed=False) is not None
