"""Codes by time and for recovery: right, old, replayed, raced; required by role."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pyotp
import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, Invalid, NotAllowed
from sgdocs.base.settings import Settings
from sgdocs.people import actions as people
from sgdocs.people.accounts import Account, RecoveryCode, UserSession
from sgdocs.people.models import Person
from sgdocs.people.queries import person_of_session, presence
from sgdocs.people.rules import Stage
from tests.cast import Cast, Player
from tests.make import PASSWORD, Make
from tests.support.databases import Clock


def set_up(player: Player, make: Make, settings: Settings) -> tuple[str, list[str]]:
    """A second factor confirmed five minutes ago; returns secret and recovery codes."""
    make.account(player.person)
    then = Act(make.session, player.actor, make.act.now - timedelta(minutes=5))
    secret = people.begin_second_factor(then, player.person)
    codes, _ = people.confirm_second_factor(then, player.person, pyotp.TOTP(secret).at(then.now), settings)
    return secret, codes


def pending(make: Make, person: Person, settings: Settings, stage: Stage = Stage.SECOND_FACTOR) -> UserSession:
    cookie = people.open_session(make.act, person, settings, stage=stage, browser=people.Browser())
    found = presence(make.session, cookie, make.act.now)
    assert found is not None
    return found.session


def test_code_completes_a_sign_in_with_a_new_id(cast: Cast, make: Make, settings: Settings) -> None:
    secret, _ = set_up(cast.chair, make, settings)
    row = pending(make, cast.chair.person, settings)
    before = row.hash

    cookie = people.pass_second_factor(make.act, row, pyotp.TOTP(secret).at(make.act.now), settings)

    assert row.hash != before
    assert row.previous_hash is None
    assert person_of_session(make.session, cookie, make.act.now) == cast.chair.person


@pytest.mark.parametrize(("seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_code_of_the_neighbouring_step_is_taken(
    cast: Cast, make: Make, settings: Settings, seconds: int, taken: bool
) -> None:
    secret, _ = set_up(cast.chair, make, settings)
    row = pending(make, cast.chair.person, settings)
    code = pyotp.TOTP(secret).at(make.act.now + timedelta(seconds=seconds))

    if taken:
        assert people.pass_second_factor(make.act, row, code, settings)
    else:
        with pytest.raises(Invalid) as refused:
            people.pass_second_factor(make.act, row, code, settings)
        assert refused.value.rule.id == "people.wrong-code"


def test_code_cannot_be_replayed_nor_an_older_one_used_after(cast: Cast, make: Make, settings: Settings) -> None:
    secret, _ = set_up(cast.chair, make, settings)
    totp = pyotp.TOTP(secret)
    people.pass_second_factor(make.act, pending(make, cast.chair.person, settings), totp.at(make.act.now), settings)

    for seconds in (0, -30):
        code = totp.at(make.act.now + timedelta(seconds=seconds))
        with pytest.raises(Invalid):
            people.pass_second_factor(make.act, pending(make, cast.chair.person, settings), code, settings)


def test_code_that_confirmed_does_not_sign_in(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.chair.person)
    secret = people.begin_second_factor(cast.chair.act, cast.chair.person)
    code = pyotp.TOTP(secret).at(make.act.now)
    people.confirm_second_factor(cast.chair.act, cast.chair.person, code, settings)

    with pytest.raises(Invalid):
        people.pass_second_factor(make.act, pending(make, cast.chair.person, settings), code, settings)


@pytest.mark.parametrize("code", ["000000", "abcdef", "１２３４５６", "1234567", "' OR 1=1", "-" * 40])
def test_wrong_code_is_refused(cast: Cast, make: Make, settings: Settings, code: str) -> None:
    set_up(cast.chair, make, settings)

    with pytest.raises(Invalid):
        people.pass_second_factor(make.act, pending(make, cast.chair.person, settings), code, settings)


def test_recovery_code_works_once_and_for_its_owner_alone(cast: Cast, make: Make, settings: Settings) -> None:
    _, codes = set_up(cast.chair, make, settings)
    set_up(cast.wp_chair, make, settings)

    with pytest.raises(Invalid):
        people.pass_second_factor(make.act, pending(make, cast.wp_chair.person, settings), codes[0], settings)
    assert people.pass_second_factor(make.act, pending(make, cast.chair.person, settings), codes[0].upper(), settings)
    with pytest.raises(Invalid):
        people.pass_second_factor(make.act, pending(make, cast.chair.person, settings), codes[0], settings)
    assert len(set(codes)) == 10


def test_recovery_codes_are_stored_hashed(cast: Cast, make: Make, settings: Settings) -> None:
    _, codes = set_up(cast.chair, make, settings)

    stored = {row.hash for row in make.session.exec(select(RecoveryCode))}

    assert len(stored) == 10
    assert stored.isdisjoint(codes)


def test_new_recovery_codes_make_the_old_worthless(cast: Cast, make: Make, settings: Settings) -> None:
    _, old = set_up(cast.chair, make, settings)

    new = people.new_recovery_codes(cast.chair.act, cast.chair.person, PASSWORD)

    with pytest.raises(Invalid):
        people.pass_second_factor(make.act, pending(make, cast.chair.person, settings), old[0], settings)
    assert people.pass_second_factor(make.act, pending(make, cast.chair.person, settings), new[0], settings)


def test_secret_does_not_count_before_it_is_confirmed(cast: Cast, make: Make, settings: Settings) -> None:
    account = make.account(cast.chair.person)
    people.begin_second_factor(cast.chair.act, cast.chair.person)

    with pytest.raises(Invalid):
        people.confirm_second_factor(cast.chair.act, cast.chair.person, "000000", settings)

    assert account.totp_confirmed_at is None


def test_second_factor_is_removed_with_the_password_only(cast: Cast, make: Make, settings: Settings) -> None:
    set_up(cast.chair, make, settings)
    chair = cast.chair

    with pytest.raises(Invalid) as wrong:
        people.remove_second_factor(chair.act, chair.person, "not the password", settings, must_have=False)
    with pytest.raises(Conflict) as needed:
        people.remove_second_factor(chair.act, chair.person, PASSWORD, settings, must_have=True)
    with pytest.raises(NotAllowed):
        people.remove_second_factor(cast.tsb.act, chair.person, PASSWORD, settings, must_have=False)
    people.remove_second_factor(chair.act, chair.person, PASSWORD, settings, must_have=False)

    assert wrong.value.rule.id == "people.wrong-password"
    assert needed.value.rule.id == "people.second-factor-needed"
    assert make.session.get_one(Account, chair.person.id).totp_secret is None
    assert make.session.exec(select(RecoveryCode)).all() == []


def test_begin_does_not_replace_a_confirmed_secret(cast: Cast, make: Make, settings: Settings) -> None:
    secret, _ = set_up(cast.chair, make, settings)

    with pytest.raises(Conflict):
        people.begin_second_factor(cast.chair.act, cast.chair.person)

    assert make.session.get_one(Account, cast.chair.person.id).totp_secret == secret


def test_pending_session_sets_up_its_own_person_only(cast: Cast, make: Make, settings: Settings) -> None:
    make.account(cast.chair.person)
    make.account(cast.wp_chair.person)
    nobody = make.act_as(Actor.anonymous())
    row = pending(make, cast.chair.person, settings, Stage.SET_UP)

    with pytest.raises(NotAllowed):
        people.begin_second_factor(nobody, cast.wp_chair.person, pending=row)
    with pytest.raises(NotAllowed):
        people.begin_second_factor(nobody, cast.chair.person)
    secret = people.begin_second_factor(nobody, cast.chair.person, pending=row)
    codes, cookie = people.confirm_second_factor(
        nobody, cast.chair.person, pyotp.TOTP(secret).at(make.act.now), settings, pending=row
    )

    assert len(codes) == 10
    assert cookie is not None
    assert person_of_session(make.session, cookie, make.act.now) == cast.chair.person


def test_session_that_needs_a_code_cannot_set_up_another_factor(cast: Cast, make: Make, settings: Settings) -> None:
    set_up(cast.chair, make, settings)
    row = pending(make, cast.chair.person, settings)

    with pytest.raises(NotAllowed):
        people.begin_second_factor(make.act_as(Actor.anonymous()), cast.chair.person, pending=row)


def test_office_resets_what_was_lost_and_ends_sessions(cast: Cast, make: Make, settings: Settings) -> None:
    set_up(cast.chair, make, settings)
    cookie = people.open_session(make.act, cast.chair.person, settings, stage=Stage.FULL, browser=people.Browser())

    with pytest.raises(NotAllowed):
        people.reset_second_factor(cast.focal_point.act, cast.chair.person, settings)
    people.reset_second_factor(cast.tsb.act, cast.chair.person, settings)

    assert person_of_session(make.session, cookie, make.act.now) is None
    assert make.session.get_one(Account, cast.chair.person.id).totp_confirmed_at is None


def test_one_code_given_twice_at_once_is_taken_once(database: Database, clock: Clock, settings: Settings) -> None:
    with database.writing() as session:
        make = Make(Act(session, Actor.operator(), clock.now))
        person = make.person()
        account = make.account(person)
        account.totp_secret, account.totp_confirmed_at = pyotp.random_base32(), clock.now
        rows = [pending(make, person, settings).id for _ in range(2)]
    code, together = pyotp.TOTP(account.totp_secret).at(clock.now), Barrier(2)

    def give(id: int) -> bool:
        together.wait()
        try:
            with database.writing() as session:
                act = Act(session, Actor.anonymous(), clock.now)
                people.pass_second_factor(act, session.get_one(UserSession, id), code, settings)
        except Invalid:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(give, [id or 0 for id in rows]))

    assert sorted(taken) == [False, True]
