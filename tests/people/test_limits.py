"""Counting in the database: windows, many at once, no plain addresses stored."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from sgdocs.base.db import Database
from sgdocs.base.errors import TooMany
from sgdocs.people.accounts import RateCount
from sgdocs.people.limits import forget_counts, give_back, hit, is_spent

NOW = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)


def test_hit_refuses_above_the_limit_and_says_when_to_come_back(database: Database) -> None:
    with database.writing() as session:
        counts = [hit(session, "a", 3, 60, NOW) for _ in range(3)]
        with pytest.raises(TooMany) as refused:
            hit(session, "a", 3, 60, NOW)

    assert counts == [1, 2, 3]
    assert refused.value.rule.id == "people.too-often"
    assert refused.value.facts["retry_after_s"] == 50


def test_hit_starts_anew_in_the_next_window_and_for_another_key(database: Database) -> None:
    with database.writing() as session:
        hit(session, "a", 1, 60, NOW)

        assert hit(session, "a", 1, 60, NOW + timedelta(seconds=50)) == 1
        assert hit(session, "b", 1, 60, NOW) == 1
        assert hit(session, "a", 1, 61, NOW) == 1


def test_give_back_takes_one_hit_back_and_never_below_none(database: Database) -> None:
    with database.writing() as session:
        hit(session, "a", 2, 60, NOW)
        for _ in range(3):
            give_back(session, "a", 60, NOW)

        assert hit(session, "a", 2, 60, NOW) == 1
        assert not is_spent(session, "a", 2, 60, NOW)
        hit(session, "a", 2, 60, NOW)
        assert is_spent(session, "a", 2, 60, NOW)


def test_hits_of_many_at_once_all_count(database: Database) -> None:
    def one(_: int) -> bool:
        try:
            with database.writing() as session:
                hit(session, "a", 10, 60, NOW)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        let = list(pool.map(one, range(40)))

    assert let.count(True) == 10


def test_keys_are_not_stored_in_plain_words_and_are_forgotten(database: Database) -> None:
    with database.writing() as session:
        hit(session, "login|account|clara@fictavia.test", 5, 60, NOW)
        stored = session.exec(select(RateCount.key)).one()
        gone = forget_counts(session, NOW + timedelta(minutes=2))

        assert "clara" not in stored
        assert gone == 1
        assert session.exec(select(RateCount)).all() == []
