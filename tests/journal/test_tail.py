"""The end of the journal: every entry once, whichever transaction commits first."""

from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.journal import tail
from sgdocs.journal.models import Entry, Head
from sgdocs.journal.record import record
from sgdocs.journal.tail import Cursor, Tail
from tests.support.databases import NOW


class _Thing:
    __tablename__ = "thing"
    id = 1


THING: SQLModel = _Thing()  # type: ignore[assignment]


def write(session: Session, verb: str) -> Entry:
    return record(Act(session, Actor.operator(), NOW), verb, THING)


def said(database: Database, verb: str) -> None:
    with database.writing() as session:
        write(session, verb)


def read(database: Database, end: Tail) -> list[str]:
    with database.reading() as session:
        return [line.verb for line in end.read(session, NOW)]


def test_tail_begins_at_the_end_and_gives_each_entry_once(database: Database) -> None:
    said(database, "old.said")
    with database.reading() as session:
        end = Tail(session, NOW)

    said(database, "new.said")

    assert [read(database, end), read(database, end)] == [["new.said"], []]


@pytest.mark.databases("postgres")
def test_entry_that_commits_late_is_not_passed_over(database: Database) -> None:
    """Two transactions that commit in reverse order, looked at before, between and after."""
    with database.reading() as session:
        end = Tail(session, NOW)
    with database.writing() as slow:
        write(slow, "slow.said")
        said(database, "quick.said")
        between = read(database, end)
        told = str(end.cursor)
    cursor = Cursor.read(told)

    assert between == ["quick.said"]
    assert read(database, end) == ["slow.said"]
    assert read(database, end) == []
    assert cursor is not None
    with database.reading() as session:
        assert [line.verb for line in tail.since(session, cursor)] == ["slow.said"]


@pytest.mark.databases("postgres")
def test_tail_that_begins_between_waits_for_what_was_written_before(database: Database) -> None:
    with database.writing() as slow:
        write(slow, "slow.said")
        said(database, "quick.said")
        with database.reading() as session:
            end = Tail(session, NOW)

    assert read(database, end) == ["slow.said"]


@pytest.mark.databases("postgres")
def test_number_that_was_never_used_is_forgotten(database: Database) -> None:
    with database.reading() as session:
        end = Tail(session, NOW)
    with Session(database.engine) as lost:
        write(lost, "lost.said")
        lost.rollback()
    said(database, "kept.said")
    read(database, end)
    before = end.cursor

    with database.reading() as session:
        end.read(session, NOW + tail.OPEN_FOR + timedelta(seconds=1))

    assert (len(before.missing), end.cursor) == (1, Cursor(before.last))


@pytest.mark.parametrize("told", ["", "x", "7-", "-7", "7,8", "9" * 30, "²", "7-8 ", "-".join(["7"] * 60)])
def test_cursor_that_nobody_wrote_is_none(told: str) -> None:
    assert Cursor.read(told) is None


def test_cursor_is_read_as_it_was_written() -> None:
    assert [Cursor.read(str(each)) for each in (Cursor(), Cursor(9, (3, 5)))] == [Cursor(), Cursor(9, (3, 5))]


def test_head_of_the_chain_does_not_matter(database: Database) -> None:
    """What the worker has not sealed is read all the same."""
    with database.reading() as session:
        end = Tail(session, NOW)
    said(database, "new.said")

    with database.reading() as session:
        assert (session.get(Head, 1), [line.verb for line in end.read(session, NOW)]) == (None, ["new.said"])
