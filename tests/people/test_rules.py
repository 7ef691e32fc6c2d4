"""Passwords, guests, names: tables of cases."""

from datetime import date

import pytest

from sgdocs.people import rules
from sgdocs.people.rules import Stage, must_have_second_factor, sort_name, stage_after_password, why_not_password


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("nine char", rules.PASSWORD_LENGTH),
        ("x" * 201, rules.PASSWORD_LENGTH),
        ("", rules.PASSWORD_LENGTH),
        ("password123", rules.PASSWORD_COMMON),
        ("PassWord123", rules.PASSWORD_COMMON),
        ("aaaaaaaaaaaa", rules.PASSWORD_COMMON),
        ("abababababab", rules.PASSWORD_COMMON),
        ("claragavel2026", rules.PASSWORD_COMMON),
        ("Gavel.Gavel.Gavel", rules.PASSWORD_COMMON),
        ("correct horse battery", None),
        ("мост через реку", None),
        ("四十二个字的密码并不难记", None),
        ("tenletters", None),
    ],
)
def test_password_rules(password: str, refused: object) -> None:
    refusal = why_not_password(password, name="Clara Gavel", email="clara@fictavia.test")

    assert (refusal.rule if refusal else None) is refused


@pytest.mark.parametrize(
    ("place", "ends_on", "refused"),
    [
        ("T/FG-AI4H", date(2026, 3, 2), None),
        ("meeting:T25-SG13-260706", date(2026, 7, 31), None),
        ("T/SG13", date(2026, 3, 1), rules.GUEST_DATES),
        ("T/SG13", date(2027, 3, 4), rules.GUEST_DATES),
        ("public", date(2026, 4, 1), rules.GUEST_PLACE),
        ("secretariat", date(2026, 4, 1), rules.GUEST_PLACE),
        ("members", date(2026, 4, 1), rules.GUEST_PLACE),
        ("org:1", date(2026, 4, 1), rules.GUEST_PLACE),
        ("T", date(2026, 4, 1), rules.GUEST_PLACE),
        ("T/", date(2026, 4, 1), rules.GUEST_PLACE),
    ],
)
def test_guest_rules(place: str, ends_on: date, refused: object) -> None:
    refusal = rules.why_not_guest(place, today=date(2026, 3, 2), ends_on=ends_on)

    assert (refusal.rule if refusal else None) is refused


@pytest.mark.parametrize(
    ("roles", "setting", "must"),
    [
        ({"admin"}, "admin, secretariat", True),
        ({"delegate"}, "admin, secretariat", False),
        (set(), "admin", False),
        ({"admin"}, "", False),
        ({""}, " , ", False),
    ],
)
def test_roles_ask_for_a_second_factor(roles: set[str], setting: str, must: bool) -> None:
    assert must_have_second_factor(roles, setting) is must


@pytest.mark.parametrize(
    ("has", "must", "stage"),
    [
        (True, True, Stage.SECOND_FACTOR),
        (True, False, Stage.SECOND_FACTOR),
        (False, True, Stage.SET_UP),
        (False, False, Stage.FULL),
    ],
)
def test_stage_after_password(has: bool, must: bool, stage: Stage) -> None:
    assert stage_after_password(has_second_factor=has, must_have=must) is stage


@pytest.mark.parametrize(
    ("name", "key"),
    [("Clara Gavel", "gavel clara"), ("LI Ming", "li ming"), ("Ángel Ñuño", "nuno angel"), ("Cher", "cher"), ("", "")],
)
def test_sort_name_puts_the_family_first(name: str, key: str) -> None:
    assert sort_name(name) == key
