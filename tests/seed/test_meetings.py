"""The meetings of the demonstration: one is on now, whatever the day; a second loading changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting, Registration, Sitting
from sgdocs.seed import cast, meetings, structure


@pytest.fixture
def furnished(database: Database) -> Database:
    with database.writing() as session:
        act = Act(session, Actor.operator(), datetime(2026, 3, 2, 9, tzinfo=UTC))
        structure.load(act)
        cast.load(act)
    return database


def loaded(database: Database, at: datetime) -> int:
    with database.writing() as session:
        return len(meetings.load(Act(session, Actor.operator(), at)))


def rows(session: Session) -> list[Meeting]:
    return list(session.exec(select(Meeting).order_by(col(Meeting.id))))


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("day", [2, 4, 8], ids=["Monday", "Wednesday", "Sunday"])
def test_one_meeting_is_open_on_the_day_of_loading(furnished: Database, day: int) -> None:
    at = datetime(2026, 3, day, 11, tzinfo=UTC)

    number = loaded(furnished, at)

    with furnished.reading() as session:
        found = rows(session)
        assert number == len(found) == len(meetings.PLAN)
        (now,) = [row for row in found if row.status == "open"]
        assert now.starts_on <= at.date() <= now.ends_on
        assert {row.status for row in found} == {"planned", "announced", "open", "closed", "cancelled"}
        assert all(row.ends_on < at.date() for row in found if row.status == "closed")
        assert {row.sector for row in found} == {"T", "R"}


def test_second_loading_changes_nothing(furnished: Database) -> None:
    at = datetime(2026, 3, 4, 11, tzinfo=UTC)
    loaded(furnished, at)
    with furnished.reading() as session:
        before = [
            [row.model_dump() for row in session.exec(select(table).order_by(table.id))]  # type: ignore[attr-defined]
            for table in (Meeting, Sitting, Registration, Entry)
        ]

    again = loaded(furnished, at + timedelta(days=400))

    with furnished.reading() as session:
        after = [
            [row.model_dump() for row in session.exec(select(table).order_by(table.id))]  # type: ignore[attr-defined]
            for table in (Meeting, Sitting, Registration, Entry)
        ]
    assert again == 0
    assert after == before


def test_some_wait_for_a_decision(furnished: Database) -> None:
    loaded(furnished, datetime(2026, 3, 4, 11, tzinfo=UTC))

    with furnished.reading() as session:
        told = session.exec(select(Registration.status)).all()
    assert sorted(told).count("asked") == 2
    assert told.count("approved") == sum(len(people) for people in meetings.TAKES_PART.values())
