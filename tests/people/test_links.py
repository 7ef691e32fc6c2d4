"""Single-use links: once, for an hour, for an address whoever it is."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Closed, Invalid, NotAllowed
from sgdocs.base.settings import Settings
from sgdocs.journal.models import Entry
from sgdocs.mail.models import Letter
from sgdocs.people import actions as people
from sgdocs.people.accounts import Account, Link, UserSession
from sgdocs.people.keys import hash_of, is_password
from sgdocs.people.rules import Stage
from tests.cast import Cast
from tests.make import PASSWORD, Make
from tests.support.databases import Clock

NEW = "another-good-phrase"


def later(act: Act, **by: float) -> Act:
    return Act(act.session, Actor.anonymous(), act.now + timedelta(**by))


def test_invitation_opens_an_account_and_writes_a_letter(act: Act, make: Make, settings: Settings) -> None:
    person = make.person("Nora New", language="fr")

    key = people.invite(act, person, settings)

    letter = act.session.exec(select(Letter)).one()
    link = act.session.exec(select(Link)).one()
    assert letter.to_address == person.email
    assert letter.secret is True
    assert f"https://sgdocs.test/link/{key}" in letter.text
    assert link.hash == hash_of(key)
    assert key not in repr(link)
    assert link.expires_at == act.now + timedelta(minutes=60)
    assert act.session.get_one(Account, person.id).password_hash is None


def test_link_sets_a_password_once(act: Act, make: Make, settings: Settings) -> None:
    person = make.person()
    key = people.invite(act, person, settings)

    people.use_link(later(act, minutes=59), key, NEW)

    assert is_password(NEW, act.session.get_one(Account, person.id).password_hash)
    with pytest.raises(Closed) as refused:
        people.use_link(later(act, minutes=59), key, "yet-another-phrase")
    assert refused.value.rule.id == "people.link-spent"
    assert is_password(NEW, act.session.get_one(Account, person.id).password_hash)


@pytest.mark.parametrize("key", ["", "nonsense", "é" * 500])
def test_unknown_link_is_refused(act: Act, key: str) -> None:
    with pytest.raises(Closed):
        people.use_link(act, key, NEW)


def test_link_runs_out_after_an_hour(act: Act, make: Make, settings: Settings) -> None:
    key = people.invite(act, make.person(), settings)

    with pytest.raises(Closed):
        people.use_link(later(act, minutes=60), key, NEW)


def test_poor_password_leaves_the_link_good(act: Act, make: Make, settings: Settings) -> None:
    key = people.invite(act, make.person(), settings)

    with pytest.raises(Invalid):
        people.use_link(act, key, "password123")

    assert people.use_link(act, key, NEW)


def test_newer_link_makes_the_older_worthless(act: Act, make: Make, settings: Settings) -> None:
    person = make.person()
    older = people.invite(act, person, settings)
    newer = people.invite(act, person, settings)

    with pytest.raises(Closed):
        people.use_link(act, older, NEW)

    assert people.use_link(act, newer, NEW).id == person.id


def test_reset_ends_every_session(act: Act, make: Make, settings: Settings) -> None:
    person = make.person()
    make.account(person)
    people.open_session(act, person, settings, stage=Stage.FULL, browser=people.Browser())
    people.ask_for_reset(act, person.email or "", settings)
    text = act.session.exec(select(Letter.text)).one()
    key = text.split("/link/")[1].split()[0]

    people.use_link(act, key, NEW)

    assert act.session.exec(select(UserSession)).all() == []


def test_reset_does_the_same_work_for_an_unknown_address(act: Act, make: Make, settings: Settings) -> None:
    person = make.person()
    make.account(person)

    known = statements(act.session, lambda: people.ask_for_reset(act, person.email or "", settings))
    unknown = statements(act.session, lambda: people.ask_for_reset(act, "nobody@nowhere.test", settings))

    assert [each.split()[0] for each in known] == [each.split()[0] for each in unknown]
    kinds = act.session.exec(select(Letter.kind).order_by(col(Letter.id))).all()
    assert kinds == ["people.reset", "people.unknown"]


def test_reset_of_an_ended_account_is_that_of_an_unknown_address(act: Act, make: Make, settings: Settings) -> None:
    person = make.person()
    make.account(person)
    people.leave(act, person)

    people.ask_for_reset(act, person.email or "", settings)

    assert act.session.exec(select(Letter.kind)).one() == "people.unknown"
    assert act.session.exec(select(Link.person_id)).one() is None


def test_link_of_somebody_who_left_is_dead(act: Act, make: Make, settings: Settings) -> None:
    person = make.person()
    key = people.invite(act, person, settings)
    people.leave(act, person)

    with pytest.raises(Closed):
        people.use_link(act, key, NEW)


def test_focal_point_invites_only_their_own(cast: Cast, settings: Settings) -> None:
    people.invite(cast.focal_point.act, cast.delegate_member.person, settings)

    with pytest.raises(NotAllowed):
        people.invite(cast.focal_point.act, cast.delegate_state.person, settings)
    with pytest.raises(NotAllowed):
        people.invite(cast.delegate_member.act, cast.delegate_member.person, settings)


def test_no_key_and_no_address_stands_in_the_journal(act: Act, make: Make, settings: Settings) -> None:
    person = make.person()
    key = people.invite(act, person, settings)
    people.use_link(act, key, NEW)

    told = " ".join(f"{entry.verb} {entry.facts}" for entry in act.session.exec(select(Entry)))

    assert "accounts.password-set" in told
    assert key not in told
    assert hash_of(key) not in told
    assert str(person.email) not in told


def test_one_link_used_by_two_at_once_works_once(database: Database, clock: Clock, settings: Settings) -> None:
    with database.writing() as session:
        make = Make(Act(session, Actor.operator(), clock.now))
        person = make.person()
        make.account(person)
        key = people.invite(make.act, person, settings)
    together = Barrier(2)

    def use(password: str) -> str:
        together.wait()
        try:
            with database.writing() as session:
                people.use_link(Act(session, Actor.anonymous(), clock.now), key, password)
        except Closed:
            return "closed"
        return password

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(use, [NEW + "-one", NEW + "-two"]))

    assert ended.count("closed") == 1
    with database.reading() as session:
        stored = session.get_one(Account, person.id).password_hash
    assert is_password(next(each for each in ended if each != "closed"), stored)
    assert not is_password(PASSWORD, stored)


def statements(session: Session, do: object) -> list[str]:
    """The SQL that is sent while something is done."""
    seen: list[str] = []

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        seen.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        do()  # type: ignore[operator]
        session.flush()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return seen
