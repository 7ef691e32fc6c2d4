"""Sessions: found, idle, run out, rotated, ended; and nobody ends another's."""

from datetime import timedelta

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed, NotFound
from sgdocs.base.settings import Settings
from sgdocs.groups.actions import appoint
from sgdocs.people import actions as people
from sgdocs.people.accounts import Account, UserSession
from sgdocs.people.models import Person
from sgdocs.people.queries import person_of_session, presence, sessions_of
from sgdocs.people.rules import Stage
from tests.cast import Cast
from tests.make import Make


@pytest.fixture
def person(make: Make) -> Person:
    row = make.person()
    make.account(row)
    return row


def opened(act: Act, person: Person, settings: Settings, **more: object) -> str:
    more.setdefault("stage", Stage.FULL)
    return people.open_session(act, person, settings, browser=people.Browser("192.0.2.7", "Test"), **more)  # type: ignore[arg-type]


def test_session_is_found_by_its_cookie_and_stored_as_a_hash(act: Act, person: Person, settings: Settings) -> None:
    cookie = opened(act, person, settings)

    row = act.session.exec(select(UserSession)).one()

    assert person_of_session(act.session, cookie, act.now) == person
    assert len(cookie) == 43
    assert cookie not in (row.hash, row.previous_hash)
    assert person_of_session(act.session, row.hash, act.now) is None


@pytest.mark.parametrize("cookie", ["", "x", "'; --", "\ud800", "é" * 5000])
def test_strange_cookie_is_nobody(act: Act, person: Person, settings: Settings, cookie: str) -> None:
    opened(act, person, settings)

    assert person_of_session(act.session, cookie, act.now) is None


def test_session_ends_when_it_is_not_used(act: Act, person: Person, settings: Settings) -> None:
    cookie = opened(act, person, settings)
    idle = timedelta(hours=settings.session_idle_hours)

    assert person_of_session(act.session, cookie, act.now + idle - timedelta(seconds=1)) == person
    assert person_of_session(act.session, cookie, act.now + idle) is None


def test_use_keeps_a_session_alive_until_its_last_day(act: Act, person: Person, settings: Settings) -> None:
    cookie = opened(act, person, settings)
    now = act.now
    for _ in range(settings.session_days * 3):
        now += timedelta(hours=8)
        people.keep_alive(act.session, cookie, now)

    assert now == act.now + timedelta(days=settings.session_days)
    assert person_of_session(act.session, cookie, now - timedelta(seconds=1)) == person
    assert person_of_session(act.session, cookie, now) is None


def test_sign_in_ends_the_session_that_the_browser_came_with(act: Act, person: Person, settings: Settings) -> None:
    planted = opened(act, person, settings)

    fresh = opened(act, person, settings, replacing=planted)

    assert fresh != planted
    assert person_of_session(act.session, planted, act.now) is None
    assert person_of_session(act.session, fresh, act.now) == person


def test_role_change_rotates_at_the_next_use(act: Act, person: Person, settings: Settings) -> None:
    old = opened(act, person, settings)
    assert people.keep_alive(act.session, old, act.now) is None
    people.roles_changed(act, person.id or 0)

    new = people.keep_alive(act.session, old, act.now)

    assert new is not None
    assert people.keep_alive(act.session, old, act.now) is None
    assert person_of_session(act.session, new, act.now) == person
    assert person_of_session(act.session, old, act.now + timedelta(seconds=59)) == person
    assert person_of_session(act.session, old, act.now + timedelta(seconds=60)) is None


def test_appointment_rotates_sessions(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.delegate_state.person
    make.account(person)
    old = opened(cast.delegate_state.act, person, settings)

    appoint(cast.tsb.act, person, "rapporteur", cast.q2)

    assert people.keep_alive(make.session, old, make.act.now) is not None


def test_role_that_asks_for_a_second_factor_leads_back(act: Act, person: Person, settings: Settings) -> None:
    old = opened(act, person, settings)
    people.roles_changed(act, person.id or 0)

    new = people.keep_alive(act.session, old, act.now, stage=Stage.SET_UP)

    assert new is not None
    assert person_of_session(act.session, new, act.now) is None
    assert person_of_session(act.session, old, act.now) is None
    found = presence(act.session, new, act.now)
    assert found is not None
    assert found.session.stage == Stage.SET_UP


def test_incomplete_session_is_nobody_and_short(act: Act, person: Person, settings: Settings) -> None:
    cookie = opened(act, person, settings, stage=Stage.SECOND_FACTOR)

    assert person_of_session(act.session, cookie, act.now) is None
    assert presence(act.session, cookie, act.now + timedelta(minutes=14)) is not None
    assert presence(act.session, cookie, act.now + timedelta(minutes=15)) is None


def test_owner_ends_one_session(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.rapporteur.person
    make.account(person)
    one, other = (opened(cast.rapporteur.act, person, settings) for _ in range(2))
    ids = [row.id for row in sessions_of(make.session, person.id or 0, make.act.now)]

    people.end_session(cast.rapporteur.act, ids[0] or 0)

    left = [person_of_session(make.session, cookie, make.act.now) for cookie in (one, other)]
    assert left.count(None) == 1


def test_nobody_ends_the_session_of_another(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.rapporteur.person
    make.account(person)
    cookie = opened(cast.rapporteur.act, person, settings)
    id = sessions_of(make.session, person.id or 0, make.act.now)[0].id or 0

    for other in (cast.delegate_state, cast.tsb, cast.focal_point):
        with pytest.raises(NotFound):
            people.end_session(other.act, id)
        with pytest.raises(NotAllowed):
            people.end_all_sessions(other.act, person)

    assert person_of_session(make.session, cookie, make.act.now) == person


def test_token_ends_no_session(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.rapporteur.person
    make.account(person)
    opened(cast.rapporteur.act, person, settings)
    by_token = make.act_as(make.actor(person, scopes={"read", "write"}))

    with pytest.raises(NotAllowed):
        people.end_all_sessions(by_token, person)


def test_sign_out_everywhere_keeps_the_one_that_asks(cast: Cast, make: Make, settings: Settings) -> None:
    person = cast.rapporteur.person
    make.account(person)
    cookies = [opened(cast.rapporteur.act, person, settings) for _ in range(3)]
    keep = presence(make.session, cookies[1], make.act.now)
    assert keep is not None

    ended = people.end_all_sessions(cast.rapporteur.act, person, keep=keep.session.id)

    alive = [person_of_session(make.session, cookie, make.act.now) is not None for cookie in cookies]
    assert ended == 2
    assert alive == [False, True, False]


def test_ended_account_has_no_session(act: Act, person: Person, settings: Settings) -> None:
    cookie = opened(act, person, settings)
    act.session.get_one(Account, person.id).ended_at = act.now
    act.session.flush()

    assert person_of_session(act.session, cookie, act.now) is None


def test_expired_are_forgotten_and_living_stay(act: Act, person: Person, settings: Settings) -> None:
    opened(act, person, settings)
    cookie = opened(Act(act.session, act.actor, act.now + timedelta(hours=11)), person, settings)
    late = Act(act.session, act.actor, act.now + timedelta(hours=13))

    people.forget_expired(late)

    assert len(act.session.exec(select(UserSession)).all()) == 1
    assert person_of_session(act.session, cookie, late.now) == person
