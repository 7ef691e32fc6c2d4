"""A simulated year between twelve groups and six outside bodies: no open statement is in no queue, ever. Feature N17."""

from collections import Counter

import pytest
from sqlmodel import col, select

from sgdocs.journal.models import Entry
from sgdocs.liaison import ledger
from sgdocs.liaison.ledger import LedgerFilter
from sgdocs.liaison.ledger_summary import summary
from sgdocs.liaison.models import Addressee, Relation, Statement
from sgdocs.liaison.queries import senders_of
from sgdocs.liaison.queues import Queue
from sgdocs.liaison.rules import Kind
from tests.cast import Cast
from tests.liaison.year import Year, everything, sent_by_groups
from tests.make import Make

WEEKS, EVENTS = 52, 5
ENDED = {"replied", "no-reply-needed", "closed-no-reply", "withdrawn"}
SEEN = {"noted", "forwarded", "acknowledged"}


def is_open(row: Statement, to: Addressee, *, ours: bool) -> bool:
    """Told in words of its own, without the rules: whether somebody of ours has to act on it, or waits.

    ours: a group of ours sends it.
    """
    if row.status in ("draft", "agreed", "approved", "numbered"):
        return ours
    if row.status == "withdrawn" or to.state in ENDED:
        return False
    if to.body_id is not None and not ours:
        return False
    return to.is_answer_expected or to.state not in SEEN


def check(year: Year) -> None:
    """Every open matter is in a queue, in the right one, and is counted once in each."""
    make, act = year.make, year.act
    rows = {row.addressee_id: row for row in ledger.rows(act, size=100_000).rows}
    told = summary(act)
    ours = sent_by_groups(make)
    opened = {to.id for row, to in everything(make) if is_open(row, to, ours=row.id in ours)}

    assert set(rows) == opened
    assert all(row.queues for row in rows.values())
    assert told.counts == Counter(queue for row in rows.values() for queue in row.queues)
    for row, to in everything(make):
        if to.id in opened and to.is_answer_expected and row.status in ("sent", "received"):
            queues = rows[to.id].queues
            assert (Queue.OWE in queues) == (to.group_id is not None)
            assert (Queue.OVERDUE in queues) == (to.deadline is not None and to.deadline < year.today)


def check_each_group(year: Year) -> None:
    """What all groups see together is what each sees alone."""
    act = year.act
    every = {row.addressee_id for row in ledger.rows(act, LedgerFilter(Queue.OWE), size=100_000).rows}
    ids = {each.group_id for _, each in everything(year.make) if each.group_id}
    alone = [
        {row.addressee_id for row in ledger.rows(act, LedgerFilter(Queue.OWE, (id,)), size=100_000).rows} for id in ids
    ]
    assert set().union(*alone) == every
    assert sum(map(len, alone)) == len(every)


def check_answers(year: Year) -> None:
    """Whatever was answered is closed for whom answered, by that answer or an earlier one, and by nothing withdrawn."""
    session = year.make.session
    for reply, statement in session.exec(
        select(Statement, Relation.other_id).join(Relation, col(Relation.statement_id) == col(Statement.id))
        .where(Relation.kind == Kind.REPLIES_TO, col(Relation.other_id).is_not(None))
    ).all():  # fmt: skip
        if reply.status not in ("sent", "received"):
            continue
        sides = {(each.group_id, each.body_id) for each in senders_of(session, reply)}
        for to in session.exec(select(Addressee).where(Addressee.statement_id == statement)).all():
            if (to.group_id, to.body_id) in sides:
                assert to.state in ("replied", "withdrawn"), (reply.label, to.state)
    for to in session.exec(select(Addressee).where(Addressee.state == "replied")).all():
        by = session.get_one(Statement, to.answered_by_id)
        assert by.status in ("sent", "received")
        assert to.answered_on is not None


def check_told(year: Year) -> None:
    """Nobody is told twice that an answer is late, unless the deadline was put off."""
    verbs = ("liaison.overdue", "liaison.answer-expected")
    entries = year.make.session.exec(select(Entry).where(col(Entry.verb).in_(verbs))).all()
    late = Counter((e.subject_id, e.facts["position"]) for e in entries if e.verb == "liaison.overdue")
    put_off = Counter((e.subject_id, e.facts["position"]) for e in entries if e.verb == "liaison.answer-expected")
    assert late
    assert all(count <= 1 + put_off[key] for key, count in late.items())


@pytest.mark.databases("sqlite")
def test_no_open_statement_is_in_no_queue(make: Make, cast: Cast) -> None:
    """Some 200 statements in half a minute; rule and query are compared on both databases in `test_ledger`."""
    year = Year(make, cast, 1)

    for week in range(WEEKS):
        year.week(EVENTS)
        if week == 26:
            year.end_of_sg16()
        if week % 6 == 3 or week == WEEKS - 1:
            check(year)

    check_each_group(year)
    check_answers(year)
    check_told(year)
    undone = [deed.__name__ for deed, _ in year.deeds if not year.told[deed.__name__]]
    assert undone == []
    assert year.told.total() > WEEKS * EVENTS * 0.6, year.refused
