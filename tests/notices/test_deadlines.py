"""Deadlines that come near: each occasion once, the newest alone after a downtime, anew when the day moves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import GENEVA
from sgdocs.base.db import Database
from sgdocs.base.errors import NotAllowed
from sgdocs.journal.models import Entry
from sgdocs.meetings import actions as meetings
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.schemas import MeetingForm
from sgdocs.notices.deadlines import VERB, occasion_of, tell_of_deadlines
from tests.cast import Cast
from tests.make import Make
from tests.notices.stories import follow, shown, told

DUE = date(2026, 3, 20)
LONG_AGO = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("today", "occasion"),
    [(15, None), (14, 14), (13, 14), (8, 14), (7, 7), (3, 7), (2, 2), (1, 2), (0, 0), (-1, None)],
)
def test_newest_occasion_is_told(today: int, occasion: int | None) -> None:
    assert occasion_of(DUE, LONG_AGO, DUE - timedelta(days=today)) == occasion


def test_occasion_that_had_passed_when_the_meeting_was_entered_is_not_told() -> None:
    assert occasion_of(DUE, DUE - timedelta(days=10), DUE - timedelta(days=10)) is None
    assert occasion_of(DUE, DUE - timedelta(days=10), DUE - timedelta(days=7)) == 7


@pytest.fixture
def meeting(cast: Cast, make: Make) -> Meeting:
    """Of SG13, 9 to 20 November; contributions by 28 October."""
    cast.summon("chair", "delegate_state", "delegate_member")
    form = {"group": "T/SG13", "kind": "study-group", "starts_on": "2026-11-09", "ends_on": "2026-11-20", "place": "X"}
    row = meetings.announce(cast.tsb.act, meetings.convene(cast.tsb.act, MeetingForm.model_validate(form)), accept=True)
    make.session.commit()
    return row


def on(make: Make, day: int, month: int = 10) -> int:
    act = Act(make.session, Actor.clock(), datetime(2026, month, day, 9, tzinfo=GENEVA))
    noted = tell_of_deadlines(act)
    make.session.commit()
    return noted


def noted(make: Make) -> list[tuple[str, str, object]]:
    """Of the deadline for contributions; that for temporary documents runs beside it."""
    rows = make.session.exec(select(Entry).where(Entry.verb == VERB).order_by(col(Entry.id)))
    told = [(row.facts["rule"], row.facts["due_on"], row.facts.get("days", 0)) for row in rows]
    return [each for each in told if each[0] == "contribution"]


def test_each_occasion_is_noted_once(make: Make, meeting: Meeting) -> None:
    for day in (1, 13, 14, 14, 20, 21, 25, 26, 27, 28, 28, 29):
        on(make, day)

    assert noted(make) == [("contribution", "2026-10-28", days) for days in (14, 7, 2, 0)]


def test_after_a_downtime_the_newest_alone_is_noted(make: Make, meeting: Meeting) -> None:
    on(make, 27)

    assert noted(make) == [("contribution", "2026-10-28", 1)]


def test_cancelled_meeting_has_no_deadline(make: Make, cast: Cast, meeting: Meeting) -> None:
    meetings.cancel(cast.tsb.act, meeting, reason="Typhoon")
    make.session.commit()

    assert on(make, 21) == 0


def test_nobody_but_the_clock_and_the_office_notes(make: Make, cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(NotAllowed):
        tell_of_deadlines(cast.chair.act)


def test_officers_participants_and_followers_are_told(
    make: Make, cast: Cast, meeting: Meeting, database: Database, work: Callable[[], None]
) -> None:
    follow(cast.delegate_state, f"meeting:{meeting.id}", "deadlines")
    on(make, 21)
    on(make, 28)
    work()

    assert told(database, VERB) == {
        "Clara Gavel": ("deadlines", "meeting-officers"),
        "Dora Envoy": ("deadlines", "follows"),
    }
    assert [each.says for each in shown(database, cast.delegate_state) if "contributions" in each.says] == [
        f"{meeting.code}, {meeting.title}: last day for contributions, 28 October 2026",
        f"{meeting.code}, {meeting.title}: 7 days left for contributions, until 28 October 2026",
    ]
