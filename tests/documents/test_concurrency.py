"""Fifty people at once get fifty numbers without a gap; two revisions at once get two; one fills a reservation."""

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict
from sgdocs.documents import actions
from sgdocs.documents.models import Document, NumberSeries, Version
from sgdocs.documents.rules import QUOTA, Limits
from sgdocs.groups.queries import actor_for
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Person
from tests.cast import Cast
from tests.documents.desk import form, meeting, reservation, revision, submitted, upload
from tests.support.databases import NOW, ROOT

PEOPLE = 50
MANY = Limits(reservation_quota=1000)


@pytest.fixture
def sg13(act: Act, cast: Cast) -> Meeting:
    """A meeting with a member that may contribute, committed."""
    cast.summon("delegate_member", "q2")
    row = meeting(cast.make, "T25-SG13-X", starts_on=date(2090, 1, 9), ends_on=date(2090, 1, 20))
    act.session.commit()
    return row


def as_delegate(database: Database, code: str, do: Callable[[Act, Meeting], int]) -> int:
    """Do it in a transaction of its own."""
    with database.writing() as session:
        person = session.exec(select(Person).where(Person.name == "Selim Courier")).one()
        found = session.exec(select(Meeting).where(Meeting.code == code)).one()
        return do(Act(session, actor_for(session, person, NOW), NOW), found)


def at_once(database: Database, code: str, *deeds: Callable[[Act, Meeting], int]) -> list[int | str]:
    """All deeds in threads; what each gave, or the rule that refused it."""

    def one(do: Callable[[Act, Meeting], int]) -> int | str:
        try:
            return as_delegate(database, code, do)
        except Conflict as conflict:
            return conflict.rule.id

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(one, deeds))


def reserve(act: Act, at: Meeting) -> int:
    return actions.reserve(act, at, reservation(), limits=MANY).number


def submit(act: Act, at: Meeting) -> int:
    return actions.submit(act, at, form(), [upload()]).number


def fail(act: Act, at: Meeting) -> int:
    """Take a number, and come to nothing."""
    actions.submit(act, at, form(), [upload()])
    raise Conflict(QUOTA)


def test_fifty_at_once_get_fifty_numbers_without_a_gap(database: Database, act: Act, sg13: Meeting) -> None:
    deeds = [reserve if n % 2 else submit for n in range(PEOPLE)]

    numbers = at_once(database, sg13.code, *deeds)

    assert sorted(map(int, numbers)) == list(range(1, PEOPLE + 1))
    act.session.rollback()
    [series] = act.session.exec(select(NumberSeries)).all()
    assert series.last == PEOPLE


def test_those_who_fail_leave_no_gap(database: Database, act: Act, sg13: Meeting) -> None:
    told = at_once(database, sg13.code, *([submit, fail] * 10))

    assert sorted(n for n in told if isinstance(n, int)) == list(range(1, 11))
    assert told.count("documents.quota") == 10


def test_series_is_made_once_when_all_are_first(database: Database, act: Act, sg13: Meeting) -> None:
    at_once(database, sg13.code, *([reserve] * 8))

    assert len(act.session.exec(select(NumberSeries)).all()) == 1


def test_two_processes_share_one_series(database: Database, act: Act, sg13: Meeting, tmp_path: object) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.documents.killing", str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            text=True,
        )
        for _ in range(2)
    ]
    with ThreadPoolExecutor(2) as threads:
        told = list(threads.map(lambda p: p.communicate(f"{url} 0\n" * 10)[0], processes))

    numbers = [int(line.split()[2]) for said in told for line in said.splitlines()]
    assert sorted(numbers) == list(range(1, 21))


def test_revisions_at_once_follow_each_other(database: Database, act: Act, sg13: Meeting, cast: Cast) -> None:
    document = submitted(cast.delegate_member.act, sg13)
    act.session.commit()

    def revise(one: Act, _: Meeting) -> int:
        row = one.session.get_one(Document, document.id)
        return int(actions.revise(one, row, revision(), [upload()]).part[1:])

    numbers = at_once(database, sg13.code, *([revise] * 8))

    assert sorted(map(int, numbers)) == list(range(1, 9))
    act.session.rollback()
    parts = act.session.exec(select(Version.part).where(Version.document_id == document.id)).all()
    assert len(parts) == len(set(parts)) == 9


def test_reservation_is_filled_by_one_of_two(database: Database, act: Act, sg13: Meeting, cast: Cast) -> None:
    document = actions.reserve(cast.delegate_member.act, sg13, reservation())
    act.session.commit()

    def fill(one: Act, _: Meeting) -> int:
        return actions.fill(one, one.session.get_one(Document, document.id), form(), [upload()]).number

    told = at_once(database, sg13.code, *([fill] * 6))

    assert told.count(1) == 1
    assert {each for each in told if each != 1} <= {"documents.state", "base.changed-meanwhile"}
    act.session.rollback()
    assert len(act.session.exec(select(Version).where(Version.document_id == document.id)).all()) == 1


def test_reservation_is_either_filled_or_deleted(database: Database, act: Act, sg13: Meeting, cast: Cast) -> None:
    document = actions.reserve(cast.delegate_member.act, sg13, reservation())
    act.session.commit()

    def fill(one: Act, _: Meeting) -> int:
        return actions.fill(one, one.session.get_one(Document, document.id), form(), [upload()]).number

    def delete(one: Act, _: Meeting) -> int:
        return -actions.delete(one, one.session.get_one(Document, document.id)).number

    told = at_once(database, sg13.code, *([fill, delete] * 4))

    assert len([each for each in told if each in (1, -1)]) == 1
    act.session.rollback()
    act.session.refresh(document)
    is_filled = 1 in told
    assert (document.status, document.deleted_at is None) == (("posted", True) if is_filled else ("reserved", False))
