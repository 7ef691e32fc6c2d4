"""What waits is put before the next meeting by itself, when it is convened, comes earlier, or is cancelled."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, select

from sgdocs.base.actor import Actor
from sgdocs.base.errors import NotAllowed
from sgdocs.documents.actions import release_quarantine
from sgdocs.documents.actions.allocation import allot as allot_papers
from sgdocs.documents.models import Document
from sgdocs.documents.queries import versions_of
from sgdocs.journal.models import Entry
from sgdocs.liaison.actions.placing import place_waiting, show_released
from sgdocs.liaison.rules import State
from sgdocs.meetings.actions.moving import move_by_the_clock
from sgdocs.meetings.models import Meeting
from sgdocs.proceedings.agenda_liaison import lines_of
from sgdocs.worker import listeners_of
from tests.cast import Cast
from tests.documents.desk import at, meeting, next_meeting, upload
from tests.liaison.desk import received, to
from tests.liaison.test_receiving import agenda, places
from tests.make import Make

ASKED = [{"name": "SG13", "purpose": "action", "deadline": date(2026, 5, 1)}]


def place(make: Make, of: Meeting) -> int:
    return len(place_waiting(make.act_as(Actor.clock()), of))


def test_statement_without_a_meeting_joins_the_first_that_is_convened(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act
    row = to(act, received(act, to=ASKED))
    assert (row.meeting_id, row.flagged) == (None, "before-meeting")

    sg13 = meeting(make)
    item = agenda(make, sg13, cast.sg13, "incoming")

    assert place(make, sg13) == 1
    assert place(make, sg13) == 0
    assert (row.meeting_id, row.flagged) == (sg13.id, "")
    assert make.session.get_one(Document, row.document_id).meeting_id == sg13.id
    allot_papers(make.act_as(Actor.clock()), sg13)
    assert places(act, row) == [item.id]


def test_meeting_that_comes_earlier_takes_it_and_a_later_one_does_not(cast: Cast, make: Make) -> None:
    autumn = next_meeting(make)
    act = cast.tsb.act
    row = to(act, received(act, to=ASKED))
    assert (row.meeting_id, row.flagged) == (autumn.id, "before-meeting")

    spring = meeting(make)
    assert place(make, spring) == 1
    assert (row.meeting_id, row.flagged) == (spring.id, "")

    later = meeting(make, "T25-SG13-270301", starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5))
    assert place(make, later) == 0


def test_cancelled_meeting_hands_it_to_the_next_and_the_flag_is_set(cast: Cast, make: Make) -> None:
    spring, autumn = meeting(make), next_meeting(make)
    act = cast.tsb.act
    row = to(act, received(act, to=ASKED))
    assert (row.meeting_id, row.flagged) == (spring.id, "")

    spring.status = "cancelled"

    assert place(make, spring) == 1
    assert (row.meeting_id, row.flagged) == (autumn.id, "before-meeting")


def test_closed_statement_and_that_of_another_group_stay(cast: Cast, make: Make) -> None:
    cast.summon("sg13", "sg15")
    act = cast.tsb.act
    closed, other = to(act, received(act)), to(act, received(act, to=["SG15"]))
    closed.state = State.REPLIED

    assert place(make, meeting(make)) == 0
    assert (closed.meeting_id, other.meeting_id) == (None, None)


def test_what_a_meeting_left_open_is_carried_to_the_next(cast: Cast, make: Make) -> None:
    spring, autumn = meeting(make), next_meeting(make)
    act = cast.tsb.act
    asked = [{"name": "SG13", "purpose": "action", "deadline": date(2026, 6, 1)}]
    owed, unread, noted = (to(act, received(act, to=each)) for each in (asked, ["SG13"], ["SG13"]))
    noted.state = State.NOTED
    assert (owed.meeting_id, owed.flagged) == (spring.id, "")

    spring.status = "closed"

    assert place(make, spring) == 2
    assert place(make, spring) == 0
    assert [row.meeting_id for row in (owed, unread, noted)] == [autumn.id, autumn.id, spring.id]
    assert owed.flagged == "before-meeting"
    assert make.session.get_one(Document, owed.document_id).meeting_id == spring.id
    sg13 = cast.sg13
    assert [line.because for line in lines_of(act, autumn, sg13)["incoming-liaisons"]] == [
        "An answer is still owed", "Not considered yet",
    ]  # fmt: skip
    assert "incoming-liaisons" not in lines_of(act, spring, sg13)


def test_what_a_meeting_left_open_waits_for_the_next_that_is_convened(cast: Cast, make: Make) -> None:
    spring = meeting(make)
    act = cast.tsb.act
    row = to(act, received(act, to=[{"name": "SG13", "purpose": "action", "deadline": date(2026, 12, 1)}]))
    spring.status = "closed"
    assert place(make, spring) == 0
    assert (row.meeting_id, row.flagged) == (spring.id, "before-meeting")

    autumn = next_meeting(make)
    autumn.status = "cancelled"
    winter = meeting(make, "T25-SG13-261125", starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 27))

    assert place(make, winter) == 1
    assert (row.meeting_id, row.flagged) == (winter.id, "")
    told = make.session.exec(select(Entry).where(Entry.verb == "liaison.placed")).one()
    assert told.facts["carried_from"] == spring.code


def test_meeting_that_goes_on_takes_back_what_was_carried(cast: Cast, make: Make) -> None:
    spring, autumn = meeting(make), next_meeting(make)
    act = cast.tsb.act
    row = to(act, received(act, to=ASKED))
    spring.status = "closed"
    assert (place(make, spring), row.meeting_id) == (1, autumn.id)

    spring.status = "open"

    assert (place(make, spring), row.meeting_id, row.flagged) == (1, spring.id, "")


def test_worker_carries_when_a_meeting_closes(cast: Cast, make: Make) -> None:
    spring, autumn = meeting(make, status="open"), next_meeting(make)
    row = to(cast.tsb.act, received(cast.tsb.act, to=ASKED))
    assert row.meeting_id == spring.id
    after = at(make.act_as(Actor.clock()), datetime(2026, 4, 25, 12, tzinfo=UTC))

    move_by_the_clock(after)
    entry = make.session.exec(select(Entry).where(Entry.verb == "meetings.closed")).one()

    assert "liaison" in listeners_of(entry.verb)
    assert len(place_waiting(after, make.session.get_one(Meeting, entry.subject_id))) == 1
    assert row.meeting_id == autumn.id


def test_nobody_but_officers_and_the_clock_places(cast: Cast, make: Make) -> None:
    with pytest.raises(NotAllowed):
        place_waiting(cast.delegate_state.act, meeting(make))


def test_file_that_the_scanner_releases_makes_it_posted(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act
    row = to(act, received(act, "LS on slices", upload(is_quarantined=True)))
    document = make.session.get_one(Document, row.document_id)
    clock = make.act_as(Actor.clock())
    assert not show_released(clock, document)

    release_quarantine(act, versions_of(make.session, document)[0])

    assert show_released(clock, document)
    assert row.state == State.POSTED


def test_numbers_of_statements_are_kept_when_they_move(cast: Cast, make: Make) -> None:
    cast.summon("sg13")
    act = cast.tsb.act
    names = [received(act).name, received(act).name]

    place(make, meeting(make))

    assert list(make.session.exec(select(Document.name).order_by(col(Document.number)))) == names
