"""The fixtures do what the other tests rely on."""

import socket
from datetime import timedelta

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.journal.models import Entry, Head
from sgdocs.journal.record import record
from tests.support.databases import NOW, Clock
from tests.support.network import Reached


@pytest.mark.parametrize("round", [1, 2])
def test_database_is_empty_for_each_test(database: Database, round: int) -> None:
    with database.writing() as session:
        assert session.exec(select(Head)).all() == []
        session.add(Head(id=1, position=round))

    with database.reading() as session:
        assert [head.position for head in session.exec(select(Head))] == [round]


@pytest.mark.parametrize("round", [1, 2])
def test_numbers_begin_at_one_for_each_test(act: Act, round: int) -> None:
    head = Head()
    act.session.add(head)
    entry = record(act, "heads.made", head)
    act.session.commit()

    assert (entry.id, entry.at) == (1, NOW)


def test_act_not_committed_is_not_seen(act: Act, database: Database) -> None:
    act.session.add(Head())
    act.session.flush()

    with database.reading() as other:
        assert other.exec(select(Entry)).all() == []
        assert other.exec(select(Head)).all() == []


@pytest.mark.databases("postgres")
def test_postgres_url_is_another_database(database: Database, postgres_url: str) -> None:
    assert str(database.engine.url.database) not in postgres_url


def test_clock_stands_until_it_is_moved(clock: Clock) -> None:
    before = clock()
    clock.move(days=1, hours=2)

    assert clock.now - before == timedelta(hours=26)


def test_network_beyond_this_machine_is_off() -> None:
    with socket.socket() as client, pytest.raises(Reached, match=r"192\.0\.2\.1"):
        client.connect(("192.0.2.1", 80))
    with pytest.raises(Reached, match=r"example\.org"):
        socket.create_connection(("example.org", 80))


def test_loopback_is_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
