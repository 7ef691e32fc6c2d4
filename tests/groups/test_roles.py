"""Who may hold which role where, as tables. Source: domain 1.6, 1.7."""

from datetime import date

import pytest

from sgdocs import policy
from sgdocs.base.errors import Refusal
from sgdocs.groups import roles
from sgdocs.groups.roles import Candidate, Seat
from sgdocs.groups.rules import GroupKind
from sgdocs.people.rules import Category

K = GroupKind
DAY = date(2026, 3, 2)
MEMBER = Candidate("Selim Courier", Category.SECTOR_MEMBER)
BUREAU = Candidate("Tessa Ledger", Category.SECRETARIAT)
ASSOCIATE = Candidate("Alba Single", Category.ASSOCIATE, is_own_group=True)
ELSEWHERE = Candidate("Alba Single", Category.ASSOCIATE)
INVITED = Candidate("Gustav Visitor", Category.INVITED)
NOBODY = Candidate("Otto Fence")


def rule_of(refusal: Refusal | None) -> str | None:
    return refusal.rule.id if refusal else None


def test_every_role_of_the_law_has_its_place() -> None:
    assert {role.value for role in policy.Role} == {*roles.PLACES, *roles.WITHOUT_GROUP}


@pytest.mark.parametrize(
    ("who", "seat", "refused"),
    [
        (MEMBER, Seat("sg-chair", K.STUDY_GROUP), None),
        (MEMBER, Seat("sg-chair", K.QUESTION), "groups.role-place"),
        (MEMBER, Seat("sg-chair"), "groups.role-place"),
        (MEMBER, Seat("rapporteur", K.QUESTION), None),
        (MEMBER, Seat("rapporteur", K.STUDY_GROUP), "groups.role-place"),
        (MEMBER, Seat("emperor", K.STUDY_GROUP), "groups.role-place"),
        (MEMBER, Seat("focal-point"), None),
        (MEMBER, Seat("focal-point", K.STUDY_GROUP), "groups.role-place"),
        (MEMBER, Seat("delegate"), None),
        (MEMBER, Seat("secretariat"), "groups.role-category"),
        (MEMBER, Seat("counsellor", K.STUDY_GROUP), "groups.role-category"),
        (BUREAU, Seat("secretariat"), None),
        (BUREAU, Seat("counsellor", K.STUDY_GROUP), None),
        (BUREAU, Seat("rapporteur", K.QUESTION), "groups.role-category"),
        (BUREAU, Seat("editor", K.QUESTION), "groups.role-category"),
        (ASSOCIATE, Seat("rapporteur", K.QUESTION), None),
        (ASSOCIATE, Seat("liaison-officer", K.QUESTION), "groups.associate"),
        (ELSEWHERE, Seat("rapporteur", K.QUESTION), "groups.associate"),
        (ELSEWHERE, Seat("delegate"), None),
        (INVITED, Seat("editor", K.QUESTION), None),
        (INVITED, Seat("guest", K.STUDY_GROUP), None),
        (INVITED, Seat("rapporteur", K.QUESTION), "groups.role-category"),
        (NOBODY, Seat("delegate"), "groups.role-category"),
        (NOBODY, Seat("admin"), None),
        (Candidate("X", Category.ACADEMIA, has_left=True), Seat("delegate"), "groups.role-left"),
        (Candidate("X", Category.ACADEMIA, held_since=DAY), Seat("delegate"), "groups.role-held"),
        (MEMBER, Seat("sg-chair", K.STUDY_GROUP, "SG9", date(2024, 12, 31)), "groups.ended"),
        (MEMBER, Seat("sg-chair", K.STUDY_GROUP, "SG9", DAY), None),
    ],
)
def test_role_is_given_to_whom_it_belongs(who: Candidate, seat: Seat, refused: str | None) -> None:
    assert rule_of(roles.why_not_appoint(who, seat, DAY, None)) == refused


def test_last_day_is_not_before_the_first() -> None:
    seat = Seat("delegate")

    assert rule_of(roles.why_not_appoint(MEMBER, seat, DAY, date(2026, 3, 1))) == "groups.days-in-order"
    assert roles.why_not_appoint(MEMBER, seat, DAY, DAY) is None


@pytest.mark.parametrize(
    ("role", "terms", "most", "warned"),
    [
        ("sg-chair", 1, 2, False),
        ("sg-chair", 2, 2, True),
        ("sg-vice-chair", 3, 2, True),
        ("rapporteur", 9, 2, False),
        ("sg-chair", 2, 3, False),
        ("sg-chair", 1, 1, True),
    ],
)
def test_term_beyond_the_practice_is_warned_of(role: str, terms: int, most: int, warned: bool) -> None:
    found = roles.warning_of_terms(Candidate("Clara Gavel", terms=terms), Seat(role, K.STUDY_GROUP, "SG13"), most)

    assert rule_of(found) == ("groups.two-terms" if warned else None)


@pytest.mark.parametrize(
    ("category", "group", "refused"),
    [
        ("member-state", None, False),
        ("sector-member", None, False),
        ("sector-member", ("T", K.STUDY_GROUP), True),
        ("associate", None, True),
        ("associate", ("T", K.STUDY_GROUP), False),
        ("associate", ("R", K.STUDY_GROUP), True),
        ("associate", ("T", K.QUESTION), True),
        ("secretariat", None, True),
        ("invited-expert", None, True),
    ],
)
def test_entity_joins_as_its_category_may(category: str, group: tuple[str, str] | None, refused: bool) -> None:
    assert (roles.why_not_join("X", category, "T", group) is not None) is refused


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "last_on", "refused"),
    [
        (DAY, None, DAY, None),
        (DAY, date(2026, 12, 31), DAY, None),
        (DAY, DAY, DAY, "groups.appointment-ended"),
        (DAY, DAY, date(2026, 3, 3), "groups.appointment-ended"),
        (DAY, None, date(2026, 3, 1), "groups.days-in-order"),
    ],
)
def test_appointment_ends_once(starts_on: date, ends_on: date | None, last_on: date, refused: str | None) -> None:
    assert rule_of(roles.why_not_end(starts_on, ends_on, last_on)) == refused


@pytest.mark.parametrize(
    ("on", "held"), [(date(2026, 3, 1), False), (DAY, True), (date(2026, 3, 5), True), (date(2026, 3, 6), False)]
)
def test_first_and_last_day_count(on: date, held: bool) -> None:
    assert roles.is_in_force(DAY, date(2026, 3, 5), on) is held
