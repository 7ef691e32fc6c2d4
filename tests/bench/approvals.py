"""Texts under approval: closing what a week of downtime left due, and the board with many open processes."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlmodel import Session, col, func, select

from sgdocs.approval import rulings, ticking
from sgdocs.approval.models import Process, Transition, Window
from sgdocs.approval.periods import last_day
from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import end_of, geneva_day
from sgdocs.base.settings import Settings
from sgdocs.groups.models import Group
from sgdocs.recommendations.models import Text
from sgdocs.seed import cast, structure
from sgdocs.wiring import Services, services_of
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.rules import name_key
from tests.bench.importing import COMMAND, environment, ran
from tests.bench.serving import EACH, READERS, WARM, read, served
from tests.bench.table import Table, percentile

DUE, OPEN = 1000, 500
CLOSE_MUST_S, BOARD_MUST_MS = 30, 200


def measure(folder: Path, table: Table) -> None:
    table.head(f"Texts under approval: {DUE} windows due after a week of downtime")
    _closings(folder / "one-worker", table, workers=1)
    _closings(folder / "two-workers", table, workers=2)
    _board(folder / "board", table)


def _closings(home: Path, table: Table, *, workers: int) -> None:
    """The loop of the worker, in this process; or two processes at once. Every process must be closed once."""
    with furnished(home) as services:
        fill(services, DUE, closed=True)
        started = time.perf_counter()
        if workers == 1:
            ticking.close_all(services.database, clock.now())
        else:
            code = (
                "from sgdocs.base import clock; from sgdocs.base.settings import Settings;"
                "from sgdocs.wiring import services_of; from sgdocs.approval import ticking;"
                "ticking.close_all(services_of(Settings()).database, clock.now())"
            )
            python = str(Path(COMMAND).parent / "python")
            started_ones = [subprocess.Popen([python, "-c", code], env=environment(home)) for _ in range(workers)]
            for one in started_ones:
                one.wait()
        took = time.perf_counter() - started
        with services.database.reading() as session:
            _require_once(session)
    table.line(f"closing {DUE} windows, {workers} at work", took, unit="s", must=CLOSE_MUST_S)


def _require_once(session: Session) -> None:
    """RuntimeError unless each is approved, dated by its window, by one step, with one edition."""
    steps = session.exec(select(func.count(col(Transition.id))).where(Transition.step == "pass")).one()
    texts = session.exec(select(func.count(col(Text.id)))).one()
    rows = session.exec(select(Process, Window).join(Window, col(Window.process_id) == Process.id)).all()
    right = sum(p.state == "approved" and p.ended_on == w.closes_on + timedelta(days=1) for p, w in rows)
    if (steps, texts, right) != (DUE, DUE, DUE):
        raise RuntimeError(f"{DUE} windows: {steps} steps, {texts} editions, {right} dated right")


def _board(home: Path, table: Table) -> None:
    table.head(f"The board with {OPEN} open processes over HTTP, two processes, {READERS} readers, p95")
    with furnished(home) as services:
        fill(services, OPEN, closed=False)
    paths = ["/approval", "/approval?window=last-call", "/approval?sort=-name", "/approval?page=3"]
    with served(home) as port:
        read(port, paths * (WARM // len(paths) + 1))
        for name, some in (("/approval", ["/approval"]), ("/approval, filtered, sorted, further pages", paths)):
            times = read(port, (some * (READERS * EACH))[: READERS * EACH])
            table.line(name, percentile(times, 0.95), unit="ms", must=BOARD_MUST_MS)
            table.line(f"{name}, p50", percentile(times, 0.5), unit="ms")


@contextmanager
def furnished(home: Path) -> Iterator[Services]:
    """Structure and cast."""
    home.mkdir(parents=True)
    ran(home, "db", "upgrade", "--training")
    services = services_of(Settings(home=home, demo=True, secret="x" * 40))
    with services.database.writing() as session:
        act = Act(session, Actor.operator(), clock.now())
        structure.load(act)
        cast.load(act)
    yield services
    services.database.engine.dispose()


def fill(services: Services, count: int, *, closed: bool) -> None:
    """Last calls of SG15 with their work items; closed: over for one to seven days, else at every stage of their month."""
    now = clock.now()
    today = geneva_day(now)
    with services.database.writing() as session:
        group = session.exec(select(Group).where(Group.path == "T/SG15")).one()
        question = session.exec(select(Group).where(Group.path == "T/SG15/T25/Q2")).one()
        kept = rulings.snapshot(today)
        for n in range(count):
            last = today - timedelta(days=1 + n % 7) if closed else today + timedelta(days=n % 28)
            _one(session, n, last, now, kept=kept, group=group, question=question)


def _one(
    session: Session, n: int, last: date, now: datetime, *, kept: dict[str, str], group: Group, question: Group
) -> None:
    name, first = f"G.bench-{n}", last - timedelta(days=27)
    item = WorkItem(
        number=100_000 + n, sector="T", acronym=name, acronym_key=name_key(name), sort_key=f"G.bench-{n:05d}",
        title=f"Measured text {n}", process="aap", status="consented", group_id=group.id or 0, question_id=question.id,
        registered_at=now, changed_at=now,
    )  # fmt: skip
    session.add(item)
    session.flush()
    process = Process(
        number=f"aap/{first.year}-{n + 1:03d}", procedure="aap", sector="T", group_id=group.id or 0,
        question_id=question.id, work_item_id=item.id, name=name, identifier=f"ITU-T G.{20_000 + n}",
        title=item.title, state="last-call", opened_on=first, opened_at=now, closes_on=last, closes_at=end_of(last),
        rules=kept, rules_on=first, audience="public", changed_at=now,
    )  # fmt: skip
    session.add(process)
    session.flush()
    assert last_day(first, 28) == last, "a last call of 28 days"
    session.add(
        Window(process_id=process.id or 0, kind="last-call", opens_on=first, closes_on=last, closes_at=end_of(last))
    )
