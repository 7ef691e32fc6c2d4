"""My page, and the bar over the others: a delegate in 10 groups with 5,000 documents and 2,000 unread changes. CPU time."""

import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import geneva_day
from sgdocs.documents.models import Document, NumberSeries
from sgdocs.groups.models import Group
from sgdocs.groups.queries import actor_for
from sgdocs.journal import outbox
from sgdocs.journal.record import record
from sgdocs.meetings.models import Meeting
from sgdocs.notices.models import Subscription
from sgdocs.people.actions import open_account
from sgdocs.people.keys import hash_password
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email
from sgdocs.web.app import create_app
from sgdocs.web.my_page import cards
from sgdocs.web.waiting import waiting
from sgdocs.workspace import actions
from tests.bench.approvals import furnished
from tests.bench.house import MEMBER
from tests.bench.table import Table, percentile

GROUPS, DOCUMENTS, UNREAD, TIMES = 10, 5000, 2000, 40
PASSWORD = "words-of-a-bench-42"
MUST_MS = 250


def measure(folder: Path, table: Table) -> None:
    table.head(f"My page: {GROUPS} groups, {DOCUMENTS} documents, {UNREAD} unread changes, CPU time, p95")
    with furnished(folder) as services:
        with services.database.writing() as session:
            person = _fill(session)
        with services.database.reading() as session:
            table.line("what waits", _p95(lambda: waiting(_act(session, person))), unit="ms")
            table.line("all cards", _p95(lambda: cards(_act(session, person))), unit="ms")
        with TestClient(create_app(services)) as client:
            client.post("/login", data={"email": MEMBER, "password": PASSWORD})
            table.line("/my", _p95(lambda: _get(client, "/my")), unit="ms", must=MUST_MS)
            table.line("/group, the bar known", _p95(lambda: _get(client, "/group")), unit="ms")
            plain = _p95(lambda: _get(client, "/group", drop=True))
            table.line("/group, the bar not known", plain, unit="ms")


def _p95(call: Callable[[], object]) -> float:
    """Milliseconds of CPU, after one call to warm up."""
    call()
    times = []
    for _ in range(TIMES):
        started = time.process_time()
        call()
        times.append((time.process_time() - started) * 1000)
    return percentile(times, 0.95)


def _get(client: TestClient, address: str, *, drop: bool = False) -> None:
    if drop:
        client.app.state.waiting = {}  # type: ignore[attr-defined]
    answer = client.get(address, follow_redirects=False)
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code} {address}")


def _act(session: Session, person: Person) -> Act:
    return Act(session, actor_for(session, person, clock.now()), clock.now())


def _fill(session: Session) -> Person:
    act = Act(session, Actor.operator(), clock.now())
    person = by_email(session, MEMBER)
    assert person is not None, "the cast has a delegate of a Sector Member"
    account = open_account(act, person)
    account.password_hash, account.password_at = hash_password(PASSWORD), act.now
    kinds = ("study-group", "question")
    found = select(Group).where(Group.sector == "T", col(Group.kind).in_(kinds)).order_by(col(Group.kind).desc())
    groups = session.exec(found.limit(GROUPS)).all()
    session.add_all([
        Subscription(person_id=person.id or 0, scope=f"group:{group.id}", created_at=act.now) for group in groups
    ])  # fmt: skip
    session.add_all([_meeting(act, group, n) for n, group in enumerate(groups)])
    papers = _documents(act, groups, person)
    outbox.seal(session, lambda _: (), act.now)
    actions.look(_act(session, person), "my")
    for n in range(UNREAD):
        row = papers[n % len(papers)]
        record(act, "documents.revised", row, audience=row.audience, group_id=row.group_id)
    outbox.seal(session, lambda _: (), act.now)
    return person


def _meeting(act: Act, group: Group, n: int) -> Meeting:
    day = geneva_day(act.now) + timedelta(days=10 + n)
    return Meeting(
        code=f"T25-BENCH-{n}", sector="T", kind="study-group", group_id=group.id or 0, title=f"Meeting {n}", status="announced",
        starts_on=day, ends_on=day + timedelta(days=5), created_at=act.now, changed_at=act.now,
    )  # fmt: skip


def _documents(act: Act, groups: Sequence[Group], person: Person) -> list[Document]:
    """In the groups in turn; every tenth of the person."""
    series = []
    for group in groups:
        row = NumberSeries(
            key=f"bench-{group.id}", sector="T", kind="contribution", group_id=group.id or 0, pattern="C{n}"
        )
        act.session.add(row)
        series.append(row)
    act.session.flush()
    rows = [
        Document(
            name=f"bench-{n}", label=f"C{n}", sort_key=f"{n:05d}", sector="T", kind="contribution",
            series_id=series[n % len(groups)].id or 0, number=n, group_id=groups[n % len(groups)].id or 0,
            title=f"Proposal {n}", source="Imaginary Networks", status="posted", audience="T", posted_at=act.now,
            owner_id=person.id if n % 10 == 0 else None,
        )
        for n in range(DOCUMENTS)
    ]  # fmt: skip
    act.session.add_all(rows)
    act.session.flush()
    return rows
