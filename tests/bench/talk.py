"""A discussion of 2,000 messages: opened at its end, in its middle, in a page of another thing, taken along. CPU time, in one process."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlmodel import Session
from starlette.testclient import TestClient

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.discussions import actions
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind, Limits
from sgdocs.discussions.subjects import about
from sgdocs.groups.queries import actor_for
from sgdocs.people.actions import open_account
from sgdocs.people.keys import hash_password
from sgdocs.people.queries import by_email
from sgdocs.seed.cast import DOMAIN
from sgdocs.web.app import create_app
from tests.bench.approvals import furnished
from tests.bench.house import MEMBER
from tests.bench.table import Table, percentile

MESSAGES, TIMES, MUST_MS = 2000, 30, 200
PASSWORD = "words-of-a-bench-42"
WORDS = (
    "We looked at **SG15-C12** again: the margin of [G.984.2](/rec/T/G.984.2) holds up to 32 dB.\n\n"
    "1. splitters of 1:64,\n2. connectors, see G.671,\n\n> what was said before\n\n`loss = 0.21` and so on."
)
WRITERS = ("chair", "rapporteur", "delegate-member", "delegate-state")


def measure(folder: Path, table: Table) -> None:
    table.head(f"Talk: a thread of {MESSAGES} messages, CPU time, p95")
    with furnished(folder) as services:
        with services.database.writing() as session:
            started = time.process_time()
            thread = _fill(session)
            table.line("one message written", (time.process_time() - started) * 1000 / MESSAGES, unit="ms")
        at = f"/discussion/{thread}"
        with TestClient(create_app(services)) as client:
            client.post("/login", data={"email": MEMBER, "password": PASSWORD})
            for name, address in (
                ("the thread opens, its last 100", at),
                ("a message in its middle", f"{at}?at=1000"),
                ("the tab of the group", "/group/SG15/discussion"),
                ("the list of discussions", "/discussion?all=true"),
            ):
                table.line(name, _p95(lambda address=address: _get(client, address)), unit="ms", must=MUST_MS)
            table.line("all of it as Markdown", _p95(lambda: _get(client, f"{at}.md")), unit="ms")


def _fill(session: Session) -> int:
    now = clock.now()
    operator = Act(session, Actor.operator(), now)
    people = [by_email(session, f"{key}@{DOMAIN}") for key in WRITERS]
    acts = [Act(session, actor_for(session, each, now), now) for each in people if each is not None]
    member = by_email(session, MEMBER)
    assert member is not None, "the cast has a delegate"
    account = open_account(operator, member)
    account.password_hash, account.password_at = hash_password(PASSWORD), now
    session.add(account)
    subject = about(operator, Kind.GROUP, "T/SG15")
    thread = 0
    for n in range(MESSAGES):
        act = acts[n % len(acts)]
        act.now = now - timedelta(seconds=MESSAGES - n)
        thread = actions.say(act, subject, Wanted(f"{n}. {WORDS}"), Limits(per_minute=MESSAGES)).thread_id
    assert session.get_one(Thread, thread).count >= MESSAGES
    return thread


def _p95(call: Callable[[], object]) -> float:
    """Milliseconds of CPU, after one call to warm up."""
    call()
    times = []
    for _ in range(TIMES):
        started = time.process_time()
        call()
        times.append((time.process_time() - started) * 1000)
    return percentile(times, 0.95)


def _get(client: TestClient, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
