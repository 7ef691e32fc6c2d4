"""Liaison: ledger, matrix, threads and twins of a register of 20,000 statements, as the queries and over HTTP."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.settings import Settings
from sgdocs.groups.models import Group
from sgdocs.groups.queries import actor_for
from sgdocs.liaison import ledger, listing
from sgdocs.liaison.filtering import StatementFilter
from sgdocs.liaison.ledger import LedgerFilter
from sgdocs.liaison.ledger_summary import summary
from sgdocs.liaison.matrix import matrix
from sgdocs.liaison.models import Statement
from sgdocs.liaison.queues import Queue
from sgdocs.liaison.threads import thread_of
from sgdocs.liaison.twinning import twins_of
from sgdocs.people.actions import open_account
from sgdocs.people.actions.tokens import make_token
from sgdocs.people.queries import by_email
from sgdocs.people.schemas import TokenForm
from tests.bench.approvals import furnished
from tests.bench.house import MEMBER
from tests.bench.liaison_stock import fill
from tests.bench.serving import READERS, read, served
from tests.bench.table import Table, percentile

COUNT, THREAD, TIMES = 20_000, 200, 20
LEDGER_MUST_MS, THREAD_MUST_MS, TWIN_MUST_MS = 200, 150, 500


def measure(folder: Path, table: Table, *, count: int = COUNT) -> None:
    table.head(f"Liaison: {count} statements, read by a delegate of a Sector Member, p95")
    with furnished(folder) as services:
        with services.database.writing() as session:
            started = time.perf_counter()
            firsts = fill(session, count, threads=(THREAD, 3000))
            token = _token(session, services.settings)
        table.line("filling", time.perf_counter() - started, unit="s")
        with services.database.reading() as session:
            _queries(session, firsts, table)
    _pages(folder, token, firsts, table)


def _queries(session: Session, firsts: Sequence[int], table: Table) -> None:
    sg13 = session.exec(select(Group).where(Group.path == "T/SG13")).one().id or 0
    one = session.get_one(Statement, firsts[0] + THREAD // 2)
    for name, call, must in (
        ("ledger, all groups: counts and two lists", lambda: _ledger(_act(session), None), LEDGER_MUST_MS),
        ("ledger of one group", lambda: _ledger(_act(session), (sg13,)), LEDGER_MUST_MS),
        ("matrix", lambda: matrix(_act(session)), LEDGER_MUST_MS),
        ("list of overdue ones", lambda: _listed(_act(session), is_overdue=True), LEDGER_MUST_MS),
        ("list by words", lambda: _listed(_act(session), words="Matter 777"), None),
        (f"thread of {THREAD}", lambda: thread_of(_office(session), one), THREAD_MUST_MS),
        ("a statement within a thread of 3000, cut", lambda: _long(session, firsts[1] + 1500), None),
        ("twins of a text", lambda: twins_of(_act(session), f"{one.title}\n{one.body}"), TWIN_MUST_MS),
    ):
        table.line(name, _p95(call), unit="ms", must=must)
    if len(thread_of(_office(session), one)) != THREAD:
        raise RuntimeError("the thread is not whole")
    if not twins_of(_act(session), f"{one.title}\n{one.body}"):
        raise RuntimeError("the text did not find itself")


def _ledger(act: Act, ids: tuple[int, ...] | None) -> None:
    summary(act, LedgerFilter(group_ids=ids))
    for queue in (Queue.OWE, Queue.WAIT):
        ledger.rows(act, LedgerFilter(queue, ids), size=50)


def _listed(act: Act, *, is_overdue: bool | None = None, words: str = "") -> None:
    listing.listing(act, StatementFilter(is_overdue=is_overdue, words=words))


def _long(session: Session, id: int) -> None:
    thread_of(_office(session), session.get_one(Statement, id))


def _act(session: Session) -> Act:
    person = by_email(session, MEMBER)
    assert person is not None, "the cast has a delegate of a Sector Member"
    return Act(session, actor_for(session, person, clock.now()), clock.now())


def _office(session: Session) -> Act:
    """Who reads every statement: a thread breaks where one may not be read."""
    return Act(session, Actor.operator(), clock.now())


def _token(session: Session, settings: Settings) -> str:
    act = _act(session)
    person = by_email(session, MEMBER)
    assert person is not None, "the same"
    open_account(Act(session, Actor.operator(), act.now), person)
    form = TokenForm(name="bench", scopes=["read"], expires_on=act.now.date() + timedelta(days=2))
    return make_token(act, person, form, settings)[1]


def _p95(call: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return percentile(times, 0.95)


def _pages(home: Path, token: str, firsts: Sequence[int], table: Table) -> None:
    """Pages over HTTP with one reader, then with as many as elsewhere."""
    headers = {"Authorization": f"Bearer {token}"}
    paths = ["/liaison/ledger", "/liaison/ledger?group=SG13", "/liaison/matrix", "/liaison"]
    paths += [f"/liaison/ls-{firsts[0]}/thread"]
    with served(home) as port:
        for path in paths:
            read(port, [path] * 4, headers=headers)
            alone = read(port, [path] * TIMES, readers=1, headers=headers)
            four = read(port, [path] * (TIMES * 2), headers=headers)
            table.line(f"{path}, one reader", percentile(alone, 0.95), unit="ms", must=LEDGER_MUST_MS)
            table.line(f"{path}, {READERS} readers", percentile(four, 0.95), unit="ms")
