"""Several people at once: one thread, every number once, nothing lost; a thread that closes while somebody writes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Refused
from sgdocs.discussions import actions, queries
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Message, MessageText, Thread
from sgdocs.discussions.rules import Kind, Limits
from sgdocs.discussions.subjects import about
from sgdocs.groups.queries import actor_for
from sgdocs.people.models import Person
from tests.cast import Cast
from tests.support.databases import NOW

MANY = Limits(per_minute=1000)
Deed = Callable[[Act], int]


@pytest.fixture
def names(act: Act, cast: Cast) -> list[str]:
    cast.summon("chair", "rapporteur", "delegate_member", "tsb", "sg13")
    act.session.commit()
    return [each.person.name for each in (cast.chair, cast.rapporteur, cast.delegate_member, cast.tsb)]


def at_once(database: Database, *deeds: tuple[str, Deed]) -> list[int | str]:
    """What each gave, or the rule that refused it."""

    def one(told: tuple[str, Deed]) -> int | str:
        with database.writing() as session:
            person = session.exec(select(Person).where(Person.name == told[0])).one()
            try:
                return told[1](Act(session, actor_for(session, person, NOW), NOW))
            except Refused as refused:
                session.rollback()
                return refused.rule.id

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(one, deeds))


def say(act: Act) -> int:
    return actions.say(act, about(act, Kind.GROUP, "T/SG13"), Wanted("Words"), MANY).number


def test_all_who_begin_at_once_begin_one_thread(names: list[str], database: Database) -> None:
    given = at_once(database, *((name, say) for name in names * 6))

    assert sorted(map(int, given)) == list(range(1, 25))
    with database.reading() as session:
        (thread,) = session.exec(select(Thread)).all()
        assert (thread.last, thread.count) == (24, 24)
        assert len(session.exec(select(Message)).all()) == 24


def test_one_text_wins_when_two_are_saved_at_once(names: list[str], database: Database) -> None:
    at_once(database, (names[1], say))

    def edit(text: str) -> Deed:
        def change(act: Act) -> int:
            thread = act.session.exec(select(Thread)).one()
            row = queries.message(act, thread, 1)
            return actions.edit(act, thread, row, text, texts=1).texts

        return change

    given = at_once(database, *((names[1], edit(f"Text {n}")) for n in range(6)))
    assert sorted(map(str, given)) == ["2"] + ["base.changed-meanwhile"] * 5
    with database.reading() as session:
        assert len(session.exec(select(MessageText)).all()) == 2


def test_two_officers_hide_once(names: list[str], database: Database) -> None:
    at_once(database, (names[2], say))

    def hide(act: Act) -> int:
        thread = act.session.exec(select(Thread)).one()
        actions.hide(act, thread, queries.message(act, thread, 1), "Off the subject")
        return 1

    given = at_once(database, (names[0], hide), (names[3], hide))
    assert sorted(map(str, given)) == ["1", "discussions.state"]
    with database.reading() as session:
        assert session.exec(select(Thread)).one().count == 0


def test_nobody_writes_after_the_thread_was_closed(names: list[str], database: Database) -> None:
    at_once(database, (names[2], say))

    def close(act: Act) -> int:
        actions.close(act, act.session.exec(select(Thread)).one(), "Agreed")
        return 0

    given = at_once(database, *((name, say) for name in names), (names[0], close), *((name, say) for name in names))
    said = [each for each in given if isinstance(each, int) and each]
    assert sorted(said) == list(range(2, 2 + len(said)))
    assert {each for each in given if isinstance(each, str)} <= {"discussions.closed"}
    assert at_once(database, (names[1], say)) == ["discussions.closed"]
