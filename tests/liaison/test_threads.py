"""Threads: a tree of answers that shows each statement once, whatever circles the answers make; the matrix of who writes to whom."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from sqlalchemy import event

from sgdocs.base.act import Act
from sgdocs.liaison import listing
from sgdocs.liaison.listing import StatementRow
from sgdocs.liaison.matrix import matrix
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import Kind, State, Status
from sgdocs.liaison.threads import Edge, Node, Thread, hang, thread_of
from tests.cast import Cast
from tests.liaison.desk import body
from tests.liaison.register import To, asks, relation, statement
from tests.make import Make, all_rows

DAY = date(2026, 2, 2)


def drawn(thread: Thread) -> list[str]:
    """The tree as lines: depth and number."""
    return ["  " * node.depth + node.row.label for node in thread]


def row(id: int) -> StatementRow:
    return StatementRow(id, f"ls-{id}", str(id), "", "", False, "", "ours", "sent", "", "T", None, "T/SG13", 0)


@given(
    count=some.integers(1, 12),
    pairs=some.lists(
        some.tuples(some.integers(1, 12), some.sampled_from(list(Kind)), some.integers(1, 12)), max_size=40
    ),
)
def test_every_statement_hangs_in_one_place(count: int, pairs: list[tuple[int, Kind, int]]) -> None:
    nodes = {id: Node(row(id)) for id in range(1, count + 1)}
    edges = list(dict.fromkeys(Edge(a, k, b) for a, k, b in pairs if a != b and max(a, b) <= count))

    thread = Thread(1, tuple(hang(nodes, edges)), tuple(edges))

    seen = [node.row.id for node in thread]
    assert sorted(seen) == sorted(nodes)
    told = [(n.row.id, n.kind, n.parent_id) for n in thread if n.parent_id is not None]
    told += [(e.statement_id, e.kind, e.other_id) for n in thread for e in n.others]
    assert sorted(told) == sorted((e.statement_id, e.kind, e.other_id) for e in edges)
    assert all(node.depth == nodes[node.parent_id].depth + 1 for node in thread if node.parent_id is not None)


def test_thread_is_a_tree_of_answers(make: Make, cast: Cast) -> None:
    a, b = cast.sg13, cast.sg15
    first = statement(make, a, asks(b), label="1", on=date(2026, 1, 1))
    second = statement(make, b, asks(a), label="2", on=date(2026, 1, 9))
    third = statement(make, a, b, label="3", on=date(2026, 1, 20))
    other = statement(make, b, a, label="4", on=date(2026, 1, 25))
    passed = statement(make, b, make.group("T/SG17"), label="5", on=date(2026, 1, 26))
    statement(make, a, b, label="elsewhere")
    for one, of in ((second, first), (third, second), (other, first)):
        relation(make, one, of)
    relation(make, third, first)
    relation(make, passed, third, Kind.FORWARDS)
    relation(make, passed, other, Kind.CROSSES)
    relation(make, passed, None, words="S4-240311")

    for of in (first, third, passed):
        thread = thread_of(cast.tsb.act, of)
        assert drawn(thread) == ["1", "  2", "  3", "    5", "  4"]
        assert (len(thread), thread.depth, thread.is_cut, thread.statement_id) == (5, 2, False, of.id)
    third_node, last = list(thread)[2:4]
    assert [(e.kind, e.other_id) for e in third_node.others] == [(Kind.REPLIES_TO, second.id)]
    assert [(e.kind, e.other_id) for e in last.others] == [(Kind.CROSSES, other.id)]
    assert [(each.kind, each.words, each.is_outside) for each in last.loose] == [("replies-to", "S4-240311", False)]


def test_thread_shows_what_may_be_read_alone(make: Make, cast: Cast) -> None:
    """What hangs together through a hidden statement alone is no thread for whoever cannot read that one."""
    cast.summon("delegate_associate")
    seen = statement(make, cast.sg13, asks(cast.sg15), label="1")
    hidden = statement(make, cast.sg15, asks(make.group("T/SG17")), label="2")
    beyond = statement(make, make.group("T/SG17"), cast.sg13, label="3")
    relation(make, hidden, seen)
    relation(make, beyond, hidden)

    assert drawn(thread_of(cast.tsb.act, seen)) == ["1", "  2", "    3"]
    assert drawn(thread_of(cast.delegate_associate.act, seen)) == ["1"]
    after = thread_of(cast.delegate_associate.act, beyond)
    assert drawn(after) == ["3"]
    assert [each.words for each in after.roots[0].loose] == ["2"]


def test_circle_is_drawn_once(make: Make, cast: Cast) -> None:
    rows = [statement(make, cast.sg13, cast.sg15, label=str(n), on=date(2026, 1, 1 + n)) for n in range(3)]
    for n, each in enumerate(rows):
        relation(make, each, rows[(n + 1) % 3])

    thread = thread_of(cast.tsb.act, rows[1])

    assert len(thread) == len(thread.edges) == 3
    assert len(thread.roots) == 1


def test_long_chain_costs_few_queries_and_is_cut(make: Make, cast: Cast) -> None:
    rows = [statement(make, cast.sg13, cast.sg15, label=str(n)) for n in range(60)]
    for one, of in zip(rows[1:], rows, strict=False):
        relation(make, one, of)
    act = cast.tsb.act
    asked: list[str] = []
    listen = lambda *told: asked.append(told[2])  # noqa: E731
    engine = make.session.get_bind().engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        whole = thread_of(act, rows[30])
    finally:
        event.remove(engine, "before_cursor_execute", listen)

    assert (len(whole), whole.depth, whole.is_cut) == (60, 59, False)
    assert len(asked) <= 7
    cut = thread_of(act, rows[30], most=10)
    assert (len(cut), cut.is_cut, rows[30].id in {node.row.id for node in cut}) == (10, True, True)


# The matrix


@pytest.fixture
def traffic(make: Make, cast: Cast) -> None:
    a, b, ietf = cast.sg13, cast.sg15, body(make, "IETF")
    statement(make, a, asks(b, date(2026, 3, 1)))
    statement(make, a, asks(b, date(2026, 3, 2)))
    statement(make, a, asks(b, state=State.REPLIED), on=date(2026, 1, 1))
    statement(make, a, asks(b, state=State.REPLIED), on=date(2026, 1, 11))
    statement(make, (a, b), To(ietf), asks(make.group("T/SG17"), date(2026, 1, 1)))
    statement(make, ietf, b, "JCA-DCC")
    statement(make, a, asks(b, date(2026, 1, 1)), status=Status.DRAFT)
    statement(make, a, asks(b, date(2026, 1, 1)), status=Status.WITHDRAWN)
    for each in all_rows(make.session, Addressee):
        if each.state == State.REPLIED:
            each.answered_on = date(2026, 1, 21)
            make.add(each)


@pytest.mark.usefixtures("traffic")
def test_matrix_counts_what_its_lists_show(cast: Cast) -> None:
    act = cast.tsb.act

    found = matrix(act)

    assert [party.name for party in found.parties] == ["ITU-T SG13", "ITU-T SG15", "ITU-T SG17", "IETF"]
    told = {
        (c.sender.name, c.to.name): (c.total, c.awaited, c.overdue, c.answered, c.median_days)
        for c in found.cells.values()
    }
    assert told == {
        ("ITU-T SG13", "ITU-T SG15"): (4, 2, 1, 2, 15),
        ("ITU-T SG13", "IETF"): (1, 0, 0, 0, None),
        ("ITU-T SG15", "IETF"): (1, 0, 0, 0, None),
        ("ITU-T SG13", "ITU-T SG17"): (1, 1, 1, 0, None),
        ("ITU-T SG15", "ITU-T SG17"): (1, 1, 1, 0, None),
        ("IETF", "ITU-T SG15"): (1, 0, 0, 0, None),
    }
    for cell in found.cells.values():
        assert listing.listing(act, cell.asked).total == cell.total
        assert listing.listing(act, cell.asked_awaited).total == cell.awaited
        assert listing.listing(act, cell.asked_overdue).total == cell.overdue
    assert found.most == 4
    first, second = found.parties[:2]
    assert found.cell(second, first) is None


@pytest.mark.usefixtures("traffic")
def test_matrix_counts_for_each_reader(cast: Cast) -> None:
    cast.summon("outsider", "delegate_associate")

    def totals(act: Act) -> dict[tuple[str, str], int]:
        return {(c.sender.name, c.to.name): c.total for c in matrix(act).cells.values()}

    assert totals(cast.outsider.act) == {}
    assert ("IETF", "ITU-T SG15") not in totals(cast.delegate_associate.act)
    assert totals(cast.delegate_associate.act)["ITU-T SG13", "ITU-T SG15"] == 4


def test_statement_model_is_whole(make: Make, cast: Cast) -> None:
    """The fields of a row are taken by their places; this names them."""
    made = statement(make, cast.sg13, asks(cast.sg15, date(2026, 4, 1)), title="On slices", external_number="X1")

    (found,) = listing.rows_of(cast.tsb.act, [made.id or 0])

    for name in StatementRow.__slots__[:14]:
        assert getattr(found, name) == getattr(made, name), name
    assert (found.is_open, found.is_overdue, found.deadline, found.is_draft) == (True, False, date(2026, 4, 1), False)
    assert isinstance(made, Statement)
