"""Letters about meetings: who gets which, once; and the clock of the worker."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from sgdocs.base import clock as clocks
from sgdocs.base.db import Database
from sgdocs.journal.models import Entry
from sgdocs.mail.models import Letter
from sgdocs.meetings import actions
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.schemas import MeetingForm, RegistrationForm
from sgdocs.notices import meetings
from sgdocs.wiring import Services
from sgdocs.worker import tidy
from tests.cast import Cast
from tests.make import Make

pytestmark = pytest.mark.databases("sqlite")

ASKED = RegistrationForm(mode="in-person")


@pytest.fixture
def meeting(cast: Cast, make: Make) -> Meeting:
    """Of Q2/13, in June, announced."""
    cast.summon("chair", "wp_chair", "rapporteur", "delegate_member", "focal_point", "outsider", "tsb")
    form = {
        "group": "T/SG13/T25/Q2",
        "kind": "rapporteur-group",
        "starts_on": "2026-06-15",
        "ends_on": "2026-06-17",
        "place": "Kyoto",
    }
    row = actions.convene(cast.rapporteur.act, MeetingForm.model_validate(form))
    actions.announce(cast.rapporteur.act, row)
    make.session.commit()
    return row


def letters(database: Database, kind: str) -> dict[str, Letter]:
    """name -> letter of that kind."""
    with database.reading() as session:
        found = session.exec(select(Letter).where(Letter.kind == f"meetings.{kind}").order_by(col(Letter.id)))
        return {letter.to_name: letter for letter in found}


def test_announcement_goes_to_the_people_of_the_groups_that_meet(
    services: Services, database: Database, meeting: Meeting, work: Callable[[], None]
) -> None:
    work()
    work()

    sent = letters(database, "announced")
    assert sorted(sent) == ["Rafael Quill"]
    letter = sent["Rafael Quill"]
    assert letter.subject == "T25-SG13-Q2-260615: Rapporteur group meeting of Q2/13"
    assert "from 15 June 2026 to 17 June 2026" in letter.text
    assert f"{services.settings.public_url}/meeting/{meeting.code}/letter" in letter.text
    assert letter.reason


def test_registration_is_told_to_the_focal_point_and_the_decision_to_the_person(
    cast: Cast, make: Make, database: Database, meeting: Meeting, work: Callable[[], None]
) -> None:
    asked = actions.register(cast.delegate_member.act, meeting, cast.delegate_member.person, ASKED)
    make.session.commit()
    work()
    actions.decide_registration(cast.focal_point.act, meeting, asked, approve=False, reason="The room is full")
    make.session.commit()
    work()

    assert sorted(letters(database, "asked")) == ["Farid Switchboard"]
    assert "Selim Courier asks to take part" in letters(database, "asked")["Farid Switchboard"].text
    assert "The room is full" in letters(database, "refused")["Selim Courier"].text
    assert letters(database, "approved") == {}


def test_without_a_focal_point_the_secretariat_is_asked(
    cast: Cast, make: Make, database: Database, meeting: Meeting, work: Callable[[], None]
) -> None:
    actions.register(cast.chair.act, meeting, cast.chair.person, ASKED)
    make.session.commit()
    work()

    assert sorted(letters(database, "asked")) == ["Tessa Ledger"]


def test_cancellation_goes_to_everybody_who_had_registered_once(
    cast: Cast, make: Make, database: Database, meeting: Meeting, work: Callable[[], None]
) -> None:
    for player in (cast.rapporteur, cast.outsider):
        actions.register(cast.tsb.act, meeting, player.person, ASKED)
    actions.cancel(cast.rapporteur.act, meeting, reason="Typhoon")
    make.session.commit()
    work()

    told = letters(database, "cancelled")
    assert sorted(told) == ["Otto Fence", "Rafael Quill"]
    assert "Typhoon" in told["Otto Fence"].text
    assert letters(database, "announced") == {}, "what is cancelled is not announced any more"


def test_letter_is_written_once_however_often_it_is_told(
    services: Services, database: Database, meeting: Meeting
) -> None:
    with database.reading() as session:
        told = session.exec(select(Entry).where(Entry.verb == "meetings.announced")).all()

    meetings.tell(services, told)
    meetings.tell(services, told)

    assert len(letters(database, "announced")) == 1


def test_letter_is_in_the_language_of_its_reader(
    cast: Cast, make: Make, database: Database, meeting: Meeting, work: Callable[[], None]
) -> None:
    cast.rapporteur.person.language = "fr"
    make.add(cast.rapporteur.person)
    make.session.commit()
    work()

    assert "15 juin 2026" in letters(database, "announced")["Rafael Quill"].text


def test_worker_opens_and_closes_meetings_by_their_days(
    services: Services, database: Database, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    for at in (
        datetime(2026, 6, 14, 21, tzinfo=UTC),
        datetime(2026, 6, 14, 22, tzinfo=UTC),
        datetime(2026, 6, 17, 22, tzinfo=UTC),
    ):
        monkeypatch.setattr(clocks, "now", lambda at=at: at)
        tidy(services)
        with database.reading() as session:
            seen.append(session.get_one(Meeting, meeting.id).status)

    assert seen == ["announced", "open", "closed"]
