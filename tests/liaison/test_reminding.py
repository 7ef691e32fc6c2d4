"""The last meeting at which an answer can be made in time, and who is reminded of it, once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import NotAllowed
from sgdocs.journal.models import Entry
from sgdocs.liaison.chances import Asked, chances_of
from sgdocs.liaison.intime import Gathering, InTime, Way, in_time, reminder_on
from sgdocs.liaison.models import AddresseeQuestion
from sgdocs.liaison.practice import Practice
from sgdocs.liaison.queries import addressees_of
from sgdocs.liaison.reminding import remind, tick
from sgdocs.liaison.rules import State
from sgdocs.meetings.models import MeetingGroup
from tests.cast import Cast
from tests.liaison.desk import body
from tests.liaison.register import asks, statement
from tests.make import Make
from tests.work_programme.items import meeting

TODAY = date(2026, 3, 2)


def gathering(id: int, first: int, days: int = 4) -> Gathering:
    """From so many days after today on."""
    starts_on = TODAY + timedelta(days=first)
    return Gathering(id, f"M{id}", "", starts_on, starts_on + timedelta(days=days))


MARCH, MAY, JULY = gathering(1, 10), gathering(2, 70), gathering(3, 130)
ALL = (JULY, MARCH, MAY)


@pytest.mark.parametrize(
    ("deadline", "right"),
    [
        (None, (Way.OPEN, MARCH, MARCH, 3)),
        (TODAY - timedelta(days=1), (Way.LATE, None, MARCH, 0)),
        (TODAY, (Way.CORRESPONDENCE, None, MARCH, 0)),
        (MARCH.ends_on - timedelta(days=1), (Way.CORRESPONDENCE, None, MARCH, 0)),
        (MARCH.ends_on, (Way.MEETING, MARCH, MARCH, 1)),
        (MAY.ends_on - timedelta(days=1), (Way.MEETING, MARCH, MARCH, 1)),
        (MAY.ends_on, (Way.MEETING, MAY, MARCH, 2)),
        (date(2030, 1, 1), (Way.MEETING, JULY, MARCH, 3)),
    ],
)
def test_last_meeting_ends_by_the_deadline(deadline: date | None, right: tuple[object, ...]) -> None:
    found = in_time(deadline, ALL, TODAY)

    assert (found.way, found.last, found.next, found.count) == right


def test_meeting_counts_until_its_last_day() -> None:
    running, over = gathering(1, -4), gathering(2, -5)

    assert in_time(date(2026, 12, 1), [running], TODAY).last == running
    assert in_time(date(2026, 12, 1), [over], TODAY).way is Way.CORRESPONDENCE


def test_sending_takes_its_days() -> None:
    assert in_time(MARCH.ends_on, ALL, TODAY, sending_days=1).way is Way.CORRESPONDENCE
    assert in_time(MARCH.ends_on + timedelta(days=1), ALL, TODAY, sending_days=1).last == MARCH


@given(
    deadline=some.integers(-20, 400),
    meetings=some.lists(some.tuples(some.integers(-30, 400), some.integers(0, 12)), max_size=12),
    sending=some.integers(0, 10),
)
def test_no_later_meeting_would_do(deadline: int, meetings: list[tuple[int, int]], sending: int) -> None:
    rows = [gathering(n, first, days) for n, (first, days) in enumerate(meetings)]
    due = TODAY + timedelta(days=deadline)

    found = in_time(due, rows, TODAY, sending_days=sending)

    fits = [m for m in rows if m.ends_on >= TODAY and m.ends_on + timedelta(days=sending) <= due]
    assert found.count == (len(fits) if deadline >= 0 else 0)
    if found.way is Way.MEETING:
        assert found.last in fits
        assert all(m.ends_on <= found.last.ends_on for m in fits if found.last)
    else:
        assert found.way is (Way.LATE if deadline < 0 else Way.CORRESPONDENCE)
        assert deadline < 0 or not fits


def test_reminder_comes_before_the_meeting_or_the_deadline() -> None:
    at = in_time(MAY.ends_on, ALL, TODAY)

    assert reminder_on(at, MAY.ends_on, days=14) == MAY.starts_on - timedelta(days=14)
    assert reminder_on(InTime(Way.CORRESPONDENCE), MAY.ends_on, days=14) == MAY.ends_on - timedelta(days=14)


# Of the database


def test_meetings_of_the_group_and_of_its_allotted_questions_count(make: Make, cast: Cast) -> None:
    cast.summon("q2")
    make.group("T/SG13/T25/Q6")
    meeting(make, date(2026, 3, 9))
    meeting(make, date(2026, 4, 6), "T/SG13/T25/WP1", kind="working-party")
    meeting(make, date(2026, 5, 4), "T/SG13/T25/Q2", kind="rapporteur-group")
    meeting(make, date(2026, 6, 1), "T/SG13/T25/Q6", kind="rapporteur-group")
    meeting(make, date(2026, 6, 8), kind="workshop")
    meeting(make, date(2026, 6, 15), status="cancelled")
    meeting(make, date(2026, 6, 22), "T/SG15")
    joint = meeting(make, date(2026, 5, 18), "T/SG17")
    make.add(MeetingGroup(meeting_id=joint.id or 0, group_id=cast.sg13.id or 0))
    sent = statement(make, cast.sg15, asks(cast.sg13, date(2026, 12, 1)))
    (to,) = addressees_of(make.session, sent)
    asked = Asked(to.id or 0, cast.sg13.id or 0, to.deadline)

    def codes() -> tuple[str, int]:
        chance = chances_of(cast.tsb.act, [asked])[asked.id]
        return (chance.last.code if chance.last else "", chance.count)

    assert codes() == ("T25-Q6-260601", 5)
    make.add(AddresseeQuestion(addressee_id=asked.id, group_id=cast.q2.id or 0))
    assert codes() == (joint.code, 4)


CLOCK = Actor.clock()


BOTH = [("liaison.overdue", ""), ("liaison.answer-overdue", "")]
"""Told to who owes the answer and to who waits for it."""


def entries(make: Make) -> list[tuple[str, str]]:
    rows = make.session.exec(select(Entry).where(Entry.subject_kind == "statement").order_by(Entry.id))
    return [(e.verb, e.facts.get("meeting") or e.facts.get("way") or "") for e in rows]


def on(make: Make, day: date) -> int:
    return remind(Act(make.session, CLOCK, datetime(day.year, day.month, day.day, 8, tzinfo=UTC)))


def test_reminded_before_the_last_meeting_after_it_and_when_late(make: Make, cast: Cast) -> None:
    """Once it was missed, the answer can still go by correspondence."""
    meeting(make, date(2026, 4, 6))
    last = meeting(make, date(2026, 5, 11))
    statement(make, cast.sg15, asks(cast.sg13, date(2026, 5, 31)))

    told = [(day, on(make, day)) for day in (date(2026, 3, 2) + timedelta(days=n) for n in range(120))]

    days = [day for day, count in told if count]
    assert days == [date(2026, 4, 27), date(2026, 5, 17), date(2026, 6, 1)]
    by_post = ("liaison.reminded", "correspondence")
    assert entries(make) == [("liaison.reminded", last.code), by_post, *BOTH]


def test_meeting_that_was_moved_is_told_again(make: Make, cast: Cast) -> None:
    last = meeting(make, date(2026, 3, 9))
    statement(make, cast.sg15, asks(cast.sg13, date(2026, 5, 31)))
    assert on(make, date(2026, 3, 2)) == 1
    last.starts_on, last.ends_on = date(2026, 5, 11), date(2026, 5, 15)
    make.add(last)

    assert on(make, date(2026, 3, 3)) == 0
    assert on(make, date(2026, 4, 27)) == 1


def test_without_a_meeting_in_time_the_deadline_counts(make: Make, cast: Cast) -> None:
    statement(make, cast.sg15, asks(cast.sg13, date(2026, 3, 20)))

    assert [on(make, date(2026, 3, day)) for day in (5, 6, 7)] == [0, 1, 0]
    assert entries(make) == [("liaison.reminded", "correspondence")]


def test_what_is_closed_or_not_ours_is_told_to_nobody(make: Make, cast: Cast) -> None:
    ietf = body(make, "IETF")
    due = date(2026, 3, 4)
    statement(make, cast.sg15, asks(cast.sg13, due, State.REPLIED))
    statement(make, cast.sg15, asks(cast.sg13, due, State.NO_REPLY_NEEDED))
    statement(make, ietf, asks(body(make, "BBF"), due))
    waited = statement(make, cast.sg13, asks(ietf, due))

    assert on(make, date(2026, 3, 3)) == 0
    assert on(make, date(2026, 3, 5)) == 1
    assert on(make, date(2026, 3, 6)) == 0
    assert entries(make) == [("liaison.overdue", "")]
    (to,) = addressees_of(make.session, waited)
    assert to.overdue_told_on == date(2026, 3, 5)


def test_longer_deadline_that_passes_is_told_again(make: Make, cast: Cast) -> None:
    row = statement(make, cast.sg15, asks(cast.sg13, date(2026, 3, 1)))
    assert on(make, date(2026, 3, 2)) == 1
    (to,) = addressees_of(make.session, row)
    to.deadline = date(2026, 3, 10)
    make.add(to)

    assert [on(make, date(2026, 3, day)) for day in (3, 10, 11, 12)] == [1, 0, 1, 0]


def test_reminders_are_for_the_clock_and_the_house(make: Make, cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        remind(cast.chair.act)
    assert remind(cast.tsb.act, Practice(reminder_days=0)) == 0


def test_tick_writes_on_its_own(database: Database, make: Make, cast: Cast) -> None:
    statement(make, cast.sg15, asks(cast.sg13, date(2026, 3, 1)))
    make.session.commit()
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)

    assert tick(database, now) == 1
    assert tick(database, now) == 0
