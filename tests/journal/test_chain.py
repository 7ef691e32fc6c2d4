"""The journal: sealed in order, never passed over, verifiable after a lawful removal."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select, update

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict, NotAllowed
from sgdocs.journal import actions, chain, outbox, queries
from sgdocs.journal.models import Delivery, Entry, Head, PersonalFacts
from sgdocs.journal.record import history_of, record
from sgdocs.search.models import VocabularyEntry


def two_listeners(verb: str) -> list[str]:
    return ["ear", "eye"]


def nobody(verb: str) -> list[str]:
    return []


def thing(act: Act, word: str) -> VocabularyEntry:
    """Any row will do as the subject of an entry."""
    row = VocabularyEntry(kind="synonym", word=word, changed_at=act.now)
    act.session.add(row)
    act.session.flush()
    return row


def test_entry_tells_who_when_and_what(act: Act) -> None:
    row = thing(act, "fibre")

    record(act, "search.word-added", row, old=None, new="fibre")

    (entry,) = history_of(act.session, "vocabulary_entry", [row.id or 0])
    assert (entry.verb, entry.actor_kind, entry.at) == ("search.word-added", "operator", act.now)
    assert entry.facts == {"old": None, "new": "fibre"}


def test_sealing_chains_entries_and_fills_the_outbox(act: Act) -> None:
    row = thing(act, "fibre")
    for number in range(3):
        record(act, "search.word-added", row, number=number)

    sealed = outbox.seal(act.session, two_listeners, act.now)

    entries = act.session.exec(select(Entry).order_by(col(Entry.position))).all()
    assert sealed == 3
    assert [entry.position for entry in entries] == [1, 2, 3]
    assert [entry.previous_hash for entry in entries] == ["", entries[0].hash, entries[1].hash]
    assert outbox.waiting(act.session, "ear") == 3
    assert outbox.waiting(act.session) == 6
    assert chain.verify(act.session) == chain.Verified(3, 0, None)


@pytest.mark.databases("postgres")
def test_late_commit_is_sealed_late_and_not_passed_over(database: Database, act: Act) -> None:
    """SQLite has one writer: there, transactions cannot commit in another order than they began."""
    late, early = Session(database.engine), Session(database.engine)
    late_act, early_act = Act(late, Actor.operator(), act.now), Act(early, Actor.operator(), act.now)
    record(late_act, "test.late", thing(late_act, "late"))
    record(early_act, "test.early", thing(early_act, "early"))
    early.commit()
    outbox.seal(act.session, two_listeners, act.now)
    act.session.commit()
    seen = queries.last_position(act.session)
    act.session.rollback()

    late.commit()
    outbox.seal(act.session, two_listeners, act.now)

    assert [entry.verb for entry in queries.changes(act.session, {"public"}, since=seen)] == ["test.late"]
    assert chain.verify(act.session).broken is None
    late.close()
    early.close()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE journal_entry SET verb = 'test.other' WHERE position = 2", "was changed after sealing"),
        ("UPDATE journal_entry SET actor_id = 7 WHERE position = 2", "was changed after sealing"),
        ("DELETE FROM journal_entry WHERE position = 2", "an entry is missing"),
        ("DELETE FROM journal_personal_facts", "personal facts are gone without a note"),
        ('UPDATE journal_personal_facts SET facts = \'{"name": "Eve"}\'', "personal facts were changed"),
    ],
)
def test_tampering_is_found(act: Act, change: str, why: str) -> None:
    row = thing(act, "fibre")
    record(act, "test.first", row)
    record(act, "test.second", row, personal={"name": "Alice"} if "personal" in change else None)
    record(act, "test.third", row)
    outbox.seal(act.session, nobody, act.now)
    act.session.commit()

    act.session.exec(text(change))  # type: ignore[call-overload]
    act.session.expire_all()

    assert chain.verify(act.session).broken == chain.Broken(2, why)


def test_personal_facts_are_removed_with_a_reason_and_the_chain_holds(act: Act) -> None:
    row = thing(act, "fibre")
    entry = record(act, "people.joined", row, personal={"name": "Alice"}, kind="delegate")
    outbox.seal(act.session, nobody, act.now)

    actions.remove_personal(act, entry.id or 0, "request of the person")

    outbox.seal(act.session, nobody, act.now)
    facts = act.session.get_one(PersonalFacts, entry.id)
    assert (facts.facts, facts.removed_for, facts.removed_at) == (None, "request of the person", act.now)
    assert chain.verify(act.session) == chain.Verified(2, 1, None)


def test_personal_facts_stay_without_reason_or_office(act: Act) -> None:
    entry = record(act, "people.joined", thing(act, "fibre"), personal={"name": "Alice"})

    with pytest.raises(Conflict):
        actions.remove_personal(act, entry.id or 0, "  ")
    with pytest.raises(NotAllowed):
        actions.remove_personal(Act(act.session, Actor.anonymous(), act.now), entry.id or 0, "because")


def test_claimed_rows_are_nobody_elses_until_the_lease_ends(act: Act) -> None:
    for number in range(5):
        record(act, "test.done", thing(act, f"word {number}"))
    outbox.seal(act.session, two_listeners, act.now)

    first = outbox.claim(act.session, "ear", act.now, limit=3)
    second = outbox.claim(act.session, "ear", act.now, limit=3)
    after = outbox.claim(act.session, "ear", act.now + outbox.LEASE + timedelta(seconds=1), limit=9)

    assert [len(first), len(second), len(after)] == [3, 2, 5]
    assert [entry.position for _, entry in first] == [1, 2, 3]


def test_failing_delivery_is_tried_again_later_and_parked_at_last(act: Act) -> None:
    record(act, "test.done", thing(act, "fibre"))
    outbox.seal(act.session, lambda verb: ["ear"], act.now)
    now, attempts = act.now, 0
    while claimed := outbox.claim(act.session, "ear", now):
        outbox.failed(act.session, claimed[0][0], "the ear is deaf", now)
        act.session.flush()
        attempts += 1
        now += timedelta(days=1)

    assert attempts == len(outbox.PAUSES_S) + 1
    assert [delivery.error for delivery, _ in outbox.parked(act.session)] == ["the ear is deaf"]

    act.now = now
    actions.wake(act, [d.id or 0 for d, _ in outbox.parked(act.session)])
    assert len(outbox.claim(act.session, "ear", now)) == 1


def test_lag_is_the_age_of_the_oldest_entry_that_waits(act: Act) -> None:
    assert outbox.lag_seconds(act.session, act.now) == 0
    record(act, "test.done", thing(act, "fibre"))

    assert outbox.lag_seconds(act.session, act.now + timedelta(seconds=90)) == 90
    outbox.seal(act.session, lambda verb: ["ear"], act.now)
    assert outbox.lag_seconds(act.session, act.now + timedelta(seconds=95)) == 95
    act.session.exec(update(Delivery).values(state="done"))
    assert outbox.lag_seconds(act.session, act.now + timedelta(seconds=99)) == 0


def test_changes_show_only_what_the_audience_may_read(act: Act) -> None:
    row = thing(act, "fibre")
    record(act, "test.open", row)
    record(act, "test.inside", row, audience="secretariat")
    outbox.seal(act.session, nobody, act.now)

    assert [e.verb for e in queries.changes(act.session, {"public"})] == ["test.open"]
    assert [e.verb for e in queries.latest(act.session, {"public", "secretariat"})] == ["test.inside", "test.open"]


def test_entries_of_before_there_were_salts_stay_in_the_chain(act: Act) -> None:
    row = thing(act, "fibre")
    old = record(act, "search.word-added", row, number=1)
    outbox.seal(act.session, nobody, act.now)
    old.salt = None
    old.hash = act.session.exec(select(Head)).one().hash = chain.hash_of(old)
    record(act, "search.word-added", row, number=2)
    outbox.seal(act.session, nobody, act.now)

    assert chain.verify(act.session) == chain.Verified(2, 0, None)
    act.session.execute(update(Entry).where(col(Entry.position) == 1).values(salt="given later"))
    act.session.expire_all()
    assert chain.verify(act.session).broken == chain.Broken(1, "was changed after sealing")


def test_entry_written_in_bulk_is_salted_when_it_is_sealed(act: Act) -> None:
    entry = record(act, "search.word-added", thing(act, "fibre"))
    entry.salt = None
    act.session.flush()
    outbox.seal(act.session, nobody, act.now)

    assert len(entry.salt or "") == 32
    assert chain.verify(act.session) == chain.Verified(1, 0, None)


def test_chain_is_followed_by_the_digest_of_an_entry_alone(act: Act) -> None:
    """The digest tells nothing of two equal entries: their salts differ."""
    row = thing(act, "fibre")
    entries = [record(act, "search.word-added", row, number=1) for _ in range(2)]
    outbox.seal(act.session, nobody, act.now)

    digests = [chain.content_of(entry) for entry in entries]
    assert digests[0] != digests[1]
    assert chain.link_of(1, "", digests[0]) == entries[0].hash
    assert chain.link_of(2, entries[0].hash or "", digests[1]) == entries[1].hash
