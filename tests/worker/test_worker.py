"""The loop: a failure holds up nothing else, a listener is told at least once, letters go out after the commit."""

from collections.abc import Callable, Sequence

import pytest
from sqlmodel import select

from sgdocs import worker
from sgdocs.base.act import Act
from sgdocs.journal.models import Delivery, Entry
from sgdocs.journal.record import record
from sgdocs.mail import actions as mail
from sgdocs.mail.memory import MemoryMailer
from sgdocs.search.models import VocabularyEntry
from sgdocs.wiring import Services
from tests.support.databases import Clock

Work = Callable[[], None]


class Ear:
    """A listener that keeps what it heard, and fails at some entries."""

    def __init__(self, *failing: int) -> None:
        self.heard: list[int] = []
        self.failing = set(failing)

    def hear(self, services: Services, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.facts["number"] in self.failing:
                raise ValueError(f"entry {entry.facts['number']} cannot be heard")
        self.heard += [entry.facts["number"] for entry in entries]


def tell(act: Act, *numbers: int) -> None:
    row = VocabularyEntry(kind="synonym", word="fibre", changed_at=act.now)
    act.session.add(row)
    act.session.flush()
    for number in numbers:
        record(act, "test.done", row, number=number)
    act.session.commit()


@pytest.fixture
def listen(monkeypatch: pytest.MonkeyPatch) -> Callable[[Ear, int], None]:
    def listen(ear: Ear, batch: int) -> None:
        monkeypatch.setattr(worker, "LISTENERS", {"test": (worker.Listener("ear", ear.hear, batch),)})

    return listen


@pytest.mark.parametrize("batch", [1, 3, 100])
def test_listener_hears_everything_once_and_in_order(
    act: Act, work: Work, listen: Callable[[Ear, int], None], batch: int
) -> None:
    ear = Ear()
    listen(ear, batch)
    tell(act, *range(10))

    work()
    work()

    assert ear.heard == list(range(10))


@pytest.mark.parametrize("batch", [1, 4])
def test_failing_entry_holds_up_no_other_and_is_tried_again(
    act: Act, work: Work, clock: Clock, listen: Callable[[Ear, int], None], batch: int
) -> None:
    ear = Ear(2)
    listen(ear, batch)
    tell(act, *range(6))
    work()
    assert ear.heard == [0, 1, 3, 4, 5]
    (open_row,) = act.session.exec(select(Delivery).where(Delivery.state == "open")).all()
    assert open_row.error == "ValueError: entry 2 cannot be heard"
    act.session.rollback()

    ear.failing.clear()
    clock.move(hours=1)
    work()

    assert ear.heard == [0, 1, 3, 4, 5, 2]


def test_verb_nobody_listens_to_is_sealed_all_the_same(
    act: Act, work: Work, listen: Callable[[Ear, int], None]
) -> None:
    listen(Ear(), 1)
    row = VocabularyEntry(kind="synonym", word="fibre", changed_at=act.now)
    act.session.add(row)
    record(act, "other.done", row)
    act.session.commit()

    work()

    assert [entry.position for entry in act.session.exec(select(Entry))] == [1]


def test_letter_of_an_act_that_was_rolled_back_is_never_sent(act: Act, work: Work, mailer: MemoryMailer) -> None:
    mail.write(act, to="a@example.org", subject="No", text="no", kind="test")
    act.session.rollback()
    mail.write(act, to="b@example.org", subject="Yes", text="yes", kind="test")
    act.session.commit()

    work()

    assert [message["To"] for message in mailer.sent] == ["b@example.org"]
