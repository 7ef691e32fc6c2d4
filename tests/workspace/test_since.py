"""What changed since somebody looked: from the sealed journal; marks that only grow, on two devices."""

from collections.abc import Callable
from threading import Barrier, Thread
from time import perf_counter

import pytest
from sqlalchemy import insert
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.db import Database
from sgdocs.base.errors import Invalid, NotAllowed
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.workspace import actions
from sgdocs.workspace.models import Looked
from sgdocs.workspace.rules import Change, change_of, weightiest
from sgdocs.workspace.schemas import KeepForm
from sgdocs.workspace.since import Rows, glance, since
from tests.cast import Cast
from tests.documents.papers import again, paper
from tests.make import Make

Work = Callable[[], None]


@pytest.fixture
def sealed(make: Make, work: Work) -> Work:
    """Commit and let the worker seal."""

    def seal() -> None:
        make.session.commit()
        work()
        make.session.expire_all()

    return seal


def test_changes_are_told_after_the_mark_and_not_before(cast: Cast, make: Make, sealed: Work) -> None:
    old, revised, decided = (paper(make, n) for n in (1, 2, 3))
    me = cast.delegate_member
    sealed()
    first = since(me.act, "documents", "document", [old.id, revised.id])
    assert first is not None
    assert (first.at, first.changes) == (None, {})
    actions.look(me.act, "documents", first.position)

    again(make.act, revised, "documents.revised")
    again(make.act, decided, "dispositions.entered")
    new = paper(make, 4)
    again(make.act, new, "documents.revised")
    again(make.act, old, "documents.stamped")
    sealed()

    found = since(me.act, "documents", "document", [old.id, revised.id, decided.id, new.id])
    assert found is not None
    assert found.changes == {
        revised.id: (Change.REVISED,),
        decided.id: (Change.DECIDED,),
        new.id: (Change.NEW,),
    }
    actions.look(me.act, "documents", found.position)
    after = since(me.act, "documents", "document", [old.id, revised.id, decided.id, new.id])
    assert after is not None
    assert (after.changes, after.is_news) == ({}, False)


def test_what_is_not_sealed_is_told_when_it_is(cast: Cast, make: Make, sealed: Work) -> None:
    document = paper(make)
    me = cast.delegate_member
    sealed()
    actions.look(me.act, "documents")
    again(make.act, document, "documents.revised")
    make.session.commit()
    before = since(me.act, "documents", "document", [document.id])
    assert before is not None
    actions.look(me.act, "documents", before.position)
    sealed()

    found = since(me.act, "documents", "document", [document.id])

    assert found is not None
    assert found.changes == {document.id: (Change.REVISED,)}


def test_own_deeds_and_entries_of_others_are_no_news(cast: Cast, make: Make, sealed: Work) -> None:
    document = paper(make)
    me = cast.delegate_member
    sealed()
    actions.look(me.act, "documents")
    again(me.act, document, "documents.revised")
    record(make.act, "documents.withdrawn", document, audience="secretariat")
    sealed()

    mine, theirs, office = (
        since(each.act, "documents", "document", [document.id]) for each in (me, cast.delegate_state, cast.tsb)
    )

    assert mine is not None
    assert theirs is not None
    assert office is not None
    assert (mine.changes, theirs.changes, office.changes) == ({}, {}, {}), "they have marked nothing"
    for each in (cast.delegate_state, cast.tsb):
        make.session.add(Looked(person_id=each.person.id or 0, place="all", position=1, at=make.act.now))
    make.session.flush()
    seen = {
        each.person.name: found.changes.get(document.id or 0)
        for each in (cast.delegate_state, cast.tsb)
        if (found := since(each.act, "documents", "document", [document.id]))
    }
    assert seen[cast.delegate_state.person.name] == (Change.REVISED,)
    assert seen[cast.tsb.person.name] == (Change.WITHDRAWN, Change.REVISED)


def test_deadline_of_the_meeting_stands_round_its_documents(cast: Cast, make: Make, sealed: Work) -> None:
    document = paper(make, meeting="T25-SG13-260309")
    me = cast.delegate_member
    sealed()
    actions.look(me.act, f"meeting:{document.meeting_id}")
    meeting = document.meeting_id
    entry = Entry(
        at=make.act.now,
        actor_kind="operator",
        verb="meetings.deadline-set",
        subject_kind="meeting",
        subject_id=meeting or 0,
        salt="0",
    )
    make.add(entry)
    sealed()

    found = glance(
        me.act,
        f"meeting:{meeting}",
        Rows.of("document", [document.id], kind="document", around=[("meeting", meeting or 0), ("agenda_item", 7)]),
    )

    assert found is not None
    assert (found.since.around, found.since.changes) == ((Change.DEADLINE,), {})


def test_mark_never_goes_back(cast: Cast, make: Make, sealed: Work) -> None:
    for n in (1, 2, 3):
        paper(make, n)
    me = cast.delegate_member
    sealed()

    assert actions.look(me.act, "documents", 3).position == 3
    assert actions.look(me.act, "documents", 1).position == 3, "a phone that was asleep"
    assert actions.look(me.act, "documents", 99).position == 3, "nobody has seen what is not there"


def test_two_devices_mark_at_once(database: Database, cast: Cast, make: Make, sealed: Work) -> None:
    for n in range(1, 9):
        paper(make, n)
    me = cast.delegate_member
    sealed()
    start, failed = Barrier(8), []

    def device(position: int) -> None:
        try:
            start.wait()
            with database.writing() as session:
                actions.look(Act(session, me.actor, make.act.now), "documents", position)
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=device, args=(n,)) for n in range(1, 9)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert failed == []
    with database.reading() as session:
        assert [row.position for row in session.exec(select(Looked))] == [8]


@pytest.mark.parametrize("place", ["", "a b", "documents\x00", "x" * 200, "../etc", "Documents"])
def test_place_that_is_none_is_refused(cast: Cast, place: str) -> None:
    with pytest.raises(Invalid):
        actions.look(cast.delegate_member.act, place)


def test_nobody_marks_and_nothing_is_marked_for_nobody(cast: Cast, make: Make) -> None:
    with pytest.raises(NotAllowed):
        actions.look(make.act, "documents")

    assert since(make.act, "documents", "document", [1]) is None


def test_list_of_a_thousand_rows_costs_little(cast: Cast, make: Make, sealed: Work) -> None:
    """Bar: 30 ms on a list of 1,000 rows (issue E); here five entries on each, half of them new, every row kept."""
    first = paper(make)
    me = cast.delegate_member
    actions.keep(me.act, "document", first.id or 0, KeepForm(note="x"))
    make.session.execute(
        insert(Entry),
        [
            {
                "at": make.act.now,
                "actor_kind": "operator",
                "verb": "documents.revised",
                "subject_kind": "document",
                "subject_id": 1000 + n % 1000,
                "audience": "T/SG13",
                "facts": {},
                "position": 100 + n,
                "salt": "0",
            }
            for n in range(5000)
        ],
    )
    make.session.add(Looked(person_id=me.person.id or 0, place="documents", position=2600, at=make.act.now))
    make.session.commit()
    rows = Rows.of("document", [first.id, *range(1000, 1500), *range(1501, 2000)], kind="document")
    glance(me.act, "documents", rows)
    took = []
    for _ in range(5):
        started = perf_counter()
        found = glance(me.act, "documents", rows)
        took.append(perf_counter() - started)

    assert found is not None
    assert len(found.since.changes) == 999, "one of the span is not on the list"
    assert [star.note for star in found.kept.values()] == [True]
    assert sorted(took)[0] < 0.06, took


def test_weights_of_changes() -> None:
    assert weightiest({Change.CHANGED, Change.REVISED}) == (Change.REVISED,)
    assert weightiest({Change.NEW, Change.REVISED, Change.MOVED, Change.DECIDED}) == (Change.NEW, Change.DECIDED)
    assert weightiest({Change.CHANGED}) == (Change.CHANGED,)
    assert (change_of("documents.read"), change_of("approval.consent"), change_of("work.edited")) == (
        None,
        Change.DECIDED,
        Change.CHANGED,
    )
