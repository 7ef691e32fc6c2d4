"""Mail of notices: at once, in summaries at their hour, once, with its reason and the way to stop it; a crowd in one letter."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from sgdocs.base.db import Database
from sgdocs.base.settings import Settings
from sgdocs.mail.memory import MemoryMailer
from sgdocs.notices import following, mailing, stopping
from sgdocs.notices.stopping import Stop
from sgdocs.notices.topics import Often
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.documents.papers import paper
from tests.make import Make
from tests.notices.stories import follow, letters, shown, told
from tests.support.databases import Clock

Work = Callable[[], None]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "daily", "weekly"),
    [
        ("2026-03-02T05:59:59", "2026-03-01T06:00", "2026-02-23T06:00"),
        ("2026-03-02T06:00:00", "2026-03-02T06:00", "2026-03-02T06:00"),
        ("2026-03-08T23:59:59", "2026-03-08T06:00", "2026-03-02T06:00"),
        ("2026-03-29T05:00:00", "2026-03-29T05:00", "2026-03-23T06:00"),
        ("2026-10-25T05:59:00", "2026-10-24T05:00", "2026-10-19T05:00"),
    ],
    ids=["before the hour", "at the hour", "Sunday night", "summer time begins", "summer time ends"],
)
def test_summaries_go_at_their_hour_in_geneva(now: str, daily: str, weekly: str) -> None:
    assert mailing.moment(at(now), 7) == at(daily)
    assert mailing.moment(at(now), 7, 1) == at(weekly)


@pytest.fixture
def reader(cast: Cast, make: Make) -> Cast:
    cast.summon("sg13")
    follow(cast.delegate_state, f"group:{cast.sg13.id}")
    make.session.commit()
    return cast


def wish(reader: Cast, topic: str, often: Often) -> None:
    following.prefer(reader.delegate_state.act, reader.delegate_state.person, topic, often)
    reader.make.session.commit()


def posted(make: Make, *numbers: int) -> None:
    for number in numbers:
        paper(make, number)
    make.session.commit()


def test_summary_comes_the_next_morning_and_once(
    reader: Cast, make: Make, database: Database, work: Work, clock: Clock, settings: Settings, mailer: MemoryMailer
) -> None:
    posted(make, 1, 2)
    work()
    clock.now = at("2026-03-03T05:59:00")
    work()
    assert letters(database) == []

    clock.now = at("2026-03-03T06:00:00")
    work()
    work()

    (letter,) = letters(database)
    assert (letter.subject, letter.to_name) == ("2 notices", "Dora Envoy")
    assert "NEW DOCUMENTS\n\n- New: SG13-C1, Proposal 1\n  https://sgdocs.test/doc/T25-SG13-C1\n" in letter.text
    assert letter.text.count("You get this because you follow ITU-T SG13.") == 2
    stop = letter.reason.rpartition("https://sgdocs.test/stop/")[2]
    assert stopping.read(settings.secret, stop) == Stop(reader.delegate_state.person.id or 0)
    assert "https://sgdocs.test/my/notices/settings" in letter.reason
    (sent,) = mailer.sent
    assert letter.reason.splitlines()[0] in sent.get_content()
    assert sent["List-Unsubscribe"] == f"<https://sgdocs.test/stop/{stop}>"


def test_weekly_summary_waits_for_its_day(
    reader: Cast, make: Make, database: Database, work: Work, clock: Clock
) -> None:
    wish(reader, "documents", Often.WEEKLY)
    posted(make, 1)
    for day in ("2026-03-03", "2026-03-08"):
        clock.now = at(f"{day}T12:00:00")
        work()
        assert letters(database) == []

    clock.now = at("2026-03-09T06:00:00")
    work()

    assert [letter.subject for letter in letters(database)] == ["One notice"]


def test_worker_that_was_down_for_a_week_writes_one_summary(
    reader: Cast, make: Make, database: Database, work: Work, clock: Clock
) -> None:
    posted(make, 1)
    clock.move(days=2)
    make.act.now = clock.now
    posted(make, 2)
    clock.move(days=5)

    work()

    assert [letter.subject for letter in letters(database)] == ["2 notices"]


def test_one_letter_for_each_entry_when_told_at_once_and_one_for_a_crowd(
    reader: Cast, make: Make, database: Database, work: Work
) -> None:
    wish(reader, "documents", Often.NOW)
    posted(make, 1, 2)
    work()
    assert [letter.subject for letter in letters(database)] == [
        "New: SG13-C1, Proposal 1",
        "New: SG13-C2, Proposal 2",
    ]
    assert letters(database)[0].reason.startswith("You get this because you follow ITU-T SG13.\n")

    posted(make, *range(3, 8))
    work()

    assert [letter.subject for letter in letters(database)[2:]] == ["5 notices"]


def test_switched_off_topic_stays_on_the_page(
    reader: Cast, make: Make, database: Database, work: Work, clock: Clock
) -> None:
    posted(make, 1)
    work()
    wish(reader, "documents", Often.OFF)
    posted(make, 2)
    clock.move(days=8)
    work()

    assert letters(database) == []
    assert len(shown(database, reader.delegate_state)) == 2


def test_what_was_read_here_is_not_mailed(
    reader: Cast, make: Make, database: Database, work: Work, clock: Clock
) -> None:
    posted(make, 1, 2)
    work()
    (second, first) = shown(database, reader.delegate_state)
    following.mark_read(reader.delegate_state.act, reader.delegate_state.person, [first.id])
    make.session.commit()
    clock.move(days=1)
    work()

    (letter,) = letters(database)
    assert letter.subject == "One notice"
    assert (second.label in letter.text, first.label in letter.text) == (True, False)
    assert [told.label for told in shown(database, reader.delegate_state, is_new=True)] == [second.label]


def test_person_without_an_address_has_the_page(
    reader: Cast, make: Make, database: Database, work: Work, clock: Clock
) -> None:
    reader.delegate_state.person.email = None
    make.add(reader.delegate_state.person)
    posted(make, 1)
    clock.move(days=1)
    work()

    assert letters(database) == []
    assert len(shown(database, reader.delegate_state)) == 1


def test_letter_and_page_speak_the_language_of_the_reader(
    reader: Cast, make: Make, database: Database, work: Work, clock: Clock
) -> None:
    reader.delegate_state.person.language = "xx"
    make.add(reader.delegate_state.person)
    posted(make, 1)
    clock.move(days=1)
    work()

    assert [letter.subject for letter in letters(database)] == ["One notice"]


def test_letters_that_fail_are_claimed_with_their_transaction(
    reader: Cast, make: Make, database: Database, services: Services, work: Work, clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    posted(make, 1)
    work()
    clock.move(days=1)

    def fail(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(mailing.mail, "write", fail)
        with pytest.raises(OSError, match="disk"):
            mailing.send_due(services, clock.now)
    assert letters(database) == []
    assert mailing.send_due(services, clock.now) == 1
    assert mailing.send_due(services, clock.now) == 0
    assert len(letters(database)) == 1
    assert told(database) == {"Dora Envoy": ("documents", "follows")}
