"""The ledger: rule and database say the same of every matter, and no open one is in no queue."""

from datetime import date, timedelta
from itertools import product

import pytest
from sqlmodel import select

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid
from sgdocs.liaison import ledger, listing, rules
from sgdocs.liaison.filtering import StatementFilter
from sgdocs.liaison.ledger import LedgerFilter
from sgdocs.liaison.ledger_summary import summary
from sgdocs.liaison.models import Addressee
from sgdocs.liaison.queues import Age, Matter, Queue, Side, age_of, days_of, is_matter, queues_of
from sgdocs.liaison.rules import Purpose, State, Status
from tests.cast import Cast
from tests.liaison.desk import body
from tests.liaison.register import To, asks, statement
from tests.make import Make

TODAY = date(2026, 3, 2)
"""Of the tests' clock."""
LATE, SOON = TODAY - timedelta(days=1), TODAY + timedelta(days=9)

ALL = [
    Matter(status, state, to, is_ours=ours, is_answer_expected=expected, deadline=deadline, is_other=other)
    for status, state, to, ours, expected, deadline, other in product(
        Status, State, Side, (True, False), (True, False), (None, LATE, TODAY), (True, False)
    )
    if not other or to is Side.GROUP
]


def test_no_open_matter_is_in_no_queue() -> None:
    lost = [matter for matter in ALL if is_matter(matter) and not queues_of(matter, TODAY)]
    spare = [matter for matter in ALL if not is_matter(matter) and queues_of(matter, TODAY)]

    assert (lost, spare) == ([], [])


def test_whoever_owes_an_answer_is_told_until_it_is_given() -> None:
    """Seen without the rule of `is_matter`: an expected answer that is not closed is owed or waited for."""
    owed = [
        m
        for m in ALL
        if m.status in rules.OUT and m.is_answer_expected and m.state not in rules.CLOSED and not m.is_other
        and (m.to is Side.GROUP or m.is_ours)
    ]  # fmt: skip

    assert owed
    assert all(queues_of(m, TODAY) & {Queue.OWE, Queue.WAIT} for m in owed)
    assert all((Queue.OVERDUE in queues_of(m, TODAY)) == (m.deadline == LATE) for m in owed)


def test_the_last_day_is_not_overdue() -> None:
    matter = Matter(Status.SENT, State.POSTED, Side.GROUP, is_ours=True, is_answer_expected=True, deadline=TODAY)

    assert Queue.OVERDUE not in queues_of(matter, TODAY)
    assert Queue.OVERDUE in queues_of(matter, TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (-3, Age.WEEKS), (0, Age.WEEKS), (14, Age.WEEKS), (15, Age.MONTH), (30, Age.MONTH), (31, Age.QUARTER),
        (90, Age.QUARTER), (91, Age.HALF_YEAR), (180, Age.HALF_YEAR), (181, Age.OLDER), (4000, Age.OLDER),
    ],
)  # fmt: skip
def test_age_has_classes_without_gaps(days: int, age: Age) -> None:
    dated_on = TODAY - timedelta(days=days)

    assert age_of(dated_on, TODAY) is age
    for each in Age:
        if each is not Age.UNDATED:
            first, last = days_of(each, TODAY)
            is_in = (first is None or first <= dated_on) and (last is None or dated_on <= last)
            assert is_in == (each is age), each


@pytest.fixture
def full(make: Make, cast: Cast) -> None:
    """Every state, expected or not, between two groups, a third one, a body and somebody unknown, in and out."""
    a, b, c = cast.sg13, cast.sg15, make.group("T/SG17")
    outside, unknown = body(make, "IETF"), "JCA-DCC"
    for state, expected in product(State, (True, False)):
        for sender, to in (
            (a, b),
            (b, a),
            (a, outside),
            (outside, a),
            (a, unknown),
            (unknown, a),
            (c, b),
            (outside, outside),
        ):
            deadline = LATE if state in (State.POSTED, State.REPLIED) else SOON
            statement(make, sender, To(to, Purpose.ACTION, deadline, state, expected))
    for status in (Status.DRAFT, Status.AGREED, Status.APPROVED, Status.NUMBERED, Status.WITHDRAWN):
        statement(make, a, asks(b, SOON), status=status)
    statement(make, a, status=Status.DRAFT)
    statement(make, (a, b), asks(c, LATE), asks(outside), on=date(2025, 3, 2))


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("paths", [None, ("T/SG13",), ("T/SG15",), ("T/SG13", "T/SG17")])
def test_database_and_rule_agree_on_every_queue(make: Make, cast: Cast, paths: tuple[str, ...] | None) -> None:
    act = cast.tsb.act
    ids = None if paths is None else tuple(make.group(path).id or 0 for path in paths)

    every = ledger.rows(act, LedgerFilter(group_ids=ids), size=2000).rows
    told = summary(act, LedgerFilter(group_ids=ids))

    assert len(every) > 20
    assert all(row.queues for row in every)
    for queue in Queue:
        right = {(r.statement_id, r.addressee_id) for r in every if queue in r.queues}
        found = ledger.rows(act, LedgerFilter(queue, ids), size=2000)
        assert {(r.statement_id, r.addressee_id) for r in found.rows} == right, queue
        assert (found.total, told.counts.get(queue, 0)) == (len(right), len(right)), queue
        by_age = {age: sum(r.age is age for r in every if queue in r.queues) for age in Age}
        assert told.ages.get(queue, {}) == {age: n for age, n in by_age.items() if n}, queue


@pytest.mark.usefixtures("full")
def test_what_is_open_in_the_register_is_in_the_ledger(cast: Cast) -> None:
    """Two ways to ask: the list of open statements knows nothing of queues."""
    act = cast.tsb.act

    opened = listing.listing(act, StatementFilter(is_open=True), size=2000).rows
    kept = {row.statement_id for row in ledger.rows(act, size=2000).rows if row.status in rules.OUT}

    others = {row.id for row in opened} - kept
    assert kept <= {row.id for row in opened}
    assert {tuple(p.name for p in (*r.senders, *(t.party for t in r.to))) for r in opened if r.id in others} == {
        ("IETF", "IETF")
    }


def test_one_row_stands_for_one_addressee(make: Make, cast: Cast) -> None:
    ietf = body(make, "IETF")
    statement(make, cast.sg13, asks(cast.sg15, SOON), To(ietf, Purpose.COMMENT, LATE), make.group("T/SG17"))

    found = ledger.rows(cast.tsb.act)

    assert [(r.to.name, r.queues, r.days_left) for r in found.rows] == [
        ("IETF", {Queue.WAIT, Queue.OVERDUE, Queue.UNACKNOWLEDGED}, -1),
        ("ITU-T SG15", {Queue.OWE, Queue.WAIT, Queue.TAKE_UP}, 9),
        ("ITU-T SG17", {Queue.TAKE_UP}, None),
    ]


def test_each_group_sees_its_own_side(make: Make, cast: Cast) -> None:
    statement(make, cast.sg13, asks(cast.sg15, SOON))
    act = cast.tsb.act

    def queues(path: str) -> list[frozenset[Queue]]:
        ids = (make.group(path).id or 0,)
        return [row.queues for row in ledger.rows(act, LedgerFilter(group_ids=ids)).rows]

    assert queues("T/SG13") == [{Queue.WAIT}]
    assert queues("T/SG15") == [{Queue.OWE, Queue.TAKE_UP}]
    assert queues("T/SG17") == []


def test_ledger_hides_what_may_not_be_read(make: Make, cast: Cast) -> None:
    cast.summon("delegate_associate", "outsider")
    statement(make, cast.sg15, asks(make.group("T/SG17"), SOON))
    seen = statement(make, cast.sg15, asks(cast.sg13, SOON), asks(make.group("T/SG17"), SOON))

    def read(act: Act) -> list[tuple[int, str]]:
        rows = ledger.rows(act).rows
        assert summary(act).counts.get(Queue.OWE, 0) == len(rows)
        return [(row.statement_id, row.to.name) for row in rows]

    assert read(cast.outsider.act) == []
    assert read(cast.delegate_associate.act) == [(seen.id, "ITU-T SG13")]
    assert len(read(cast.delegate_member.act)) == 3


def test_owner_is_for_the_own_side(make: Make, cast: Cast) -> None:
    cast.summon("delegate_associate")
    row = statement(make, cast.sg13, asks(cast.sg15, SOON))
    (addressee,) = ledger.rows(cast.tsb.act).rows
    found = make.session.get_one(Addressee, addressee.addressee_id)
    found.owner_id = cast.tsb.person.id
    make.add(found)

    assert [r.owner for r in ledger.rows(cast.tsb.act).rows] == ["Tessa Ledger"]
    assert [r.owner for r in ledger.rows(cast.delegate_associate.act).rows] == [""]
    owned = LedgerFilter(owner_id=cast.tsb.person.id)
    assert ledger.rows(cast.delegate_associate.act, owned).total == 0
    assert ledger.rows(cast.tsb.act, owned).total == 1
    assert listing.listing(cast.delegate_associate.act, StatementFilter(owner_id=cast.tsb.person.id)).total == 0
    assert row.id


@pytest.mark.parametrize("asked", [LedgerFilter("nowhere"), LedgerFilter(age="old")])
def test_unknown_queue_or_age_is_refused(cast: Cast, asked: LedgerFilter) -> None:
    with pytest.raises(Invalid):
        ledger.rows(cast.tsb.act, asked)
    with pytest.raises(Invalid):
        ledger.rows(cast.tsb.act, sort="colour")


def test_days_to_answer_are_the_median_of_a_year(make: Make, cast: Cast) -> None:
    for took, on in ((10, date(2026, 1, 5)), (40, date(2025, 9, 1)), (20, date(2025, 12, 1)), (900, date(2022, 1, 1))):
        row = statement(make, cast.sg13, asks(cast.sg15, state=State.REPLIED), on=on)
        _answered(make, row.id or 0, on + timedelta(days=took))

    told = summary(cast.tsb.act)
    waiting = summary(cast.tsb.act, LedgerFilter(group_ids=(cast.sg13.id or 0,)))

    assert (told.days_we_take, told.answers_ours) == (20, 3)
    assert (waiting.days_we_take, waiting.days_they_take, waiting.answers_theirs) == (None, 20, 3)


def _answered(make: Make, statement_id: int, on: date) -> None:
    found = make.session.exec(select(Addressee).where(Addressee.statement_id == statement_id)).one()
    found.answered_on = on
    make.add(found)
