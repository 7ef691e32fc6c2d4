"""Requests that come twice: one act, one answer."""

import threading
from datetime import timedelta

import pytest

from sgdocs.base.db import Database
from sgdocs.base.errors import Invalid
from sgdocs.journal import repeats
from sgdocs.journal.repeats import Answer
from tests.support.databases import NOW

DONE = Answer(201, {"name": "T25-SG13-C1"}, "/api/v1/documents/T25-SG13-C1")
KEY = "9b1e"


def _take(database: Database, digest: str = "one", person: int = 7, key: str = KEY) -> Answer | None:
    with database.writing() as session:
        before = repeats.claim(session, person, key, digest, NOW)
        if before is None:
            repeats.keep(session, person, key, DONE)
        return before


def _fail_with_the_key(database: Database) -> None:
    with database.writing() as session:
        repeats.claim(session, 7, KEY, "one", NOW)
        raise RuntimeError("the act failed")


def test_second_request_gets_the_answer_of_the_first(database: Database) -> None:
    assert _take(database) is None
    assert _take(database) == DONE


def test_key_is_each_persons_own(database: Database) -> None:
    _take(database)

    assert _take(database, person=8) is None
    assert _take(database, key="other") is None


def test_key_with_another_request_is_refused(database: Database) -> None:
    _take(database)

    with pytest.raises(Invalid) as refused:
        _take(database, digest="two")
    assert refused.value.rule is repeats.OTHER_REQUEST


def test_act_that_failed_leaves_no_key(database: Database) -> None:
    with pytest.raises(RuntimeError):
        _fail_with_the_key(database)

    assert _take(database) is None


def test_digest_knows_the_same_request_whatever_the_order() -> None:
    one = repeats.digest_of("POST", "/x", {"a": "1", "b": ["2", "3"]})

    assert one == repeats.digest_of("POST", "/x", {"b": ["2", "3"], "a": "1"})
    assert one != repeats.digest_of("POST", "/x", {"b": ["3", "2"], "a": "1"})
    assert one != repeats.digest_of("POST", "/y", {"a": "1", "b": ["2", "3"]})


def test_of_many_at_once_one_acts(database: Database) -> None:
    start, answers = threading.Barrier(6), []

    def ask() -> None:
        start.wait()
        answers.append(_take(database))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answer is None for answer in answers) == [False] * 5 + [True]
    assert [answer for answer in answers if answer] == [DONE] * 5


def test_keys_are_forgotten_after_their_days(database: Database) -> None:
    _take(database)

    with database.writing() as session:
        assert repeats.forget(session, NOW + timedelta(days=6), 7) == 0
        assert repeats.forget(session, NOW + timedelta(days=8), 7) == 1
    assert _take(database) is None
