"""A discussion as it goes on: 200 browsers listen at two server processes while pages are read and people write. Over HTTP."""

import selectors
import socket
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlencode

from sqlmodel import Session, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.discussions import actions
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import about
from sgdocs.groups.queries import actor_for
from sgdocs.meetings.models import Meeting
from sgdocs.people.accounts import Account
from sgdocs.people.actions.sessions import Browser, open_session
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email
from sgdocs.people.rules import Stage
from sgdocs.wiring import Services
from tests.bench.house import MEMBER, furnish, opened
from tests.bench.importing import ran
from tests.bench.serving import read, served
from tests.bench.table import Table, percentile

LISTENERS, MESSAGES, PAUSE_S, WRITERS = 200, 40, 0.5, 20
MUST_REACH_MS, MUST_PAGE_MS = 1000, 300


@dataclass
class Arrivals:
    """When each message was sent, and when it came to each connection. Seconds."""

    sent: dict[int, float] = field(default_factory=dict)
    came: dict[int, list[float]] = field(default_factory=dict)


def measure(home: Path, table: Table) -> None:
    home.mkdir(parents=True, exist_ok=True)
    ran(home, "db", "upgrade", "--training")
    furnish(home)
    ran(home, "worker", "--once")
    with opened(home) as services:
        thread, cookies, pages = _people(services)
    table.head(f"Live: {LISTENERS} connections at two processes, {MESSAGES} messages, while 4 readers read pages")
    with served(home) as port:
        read(port, pages[:40], headers={"Cookie": cookies[0]})
        quiet = _run(port, thread, cookies, None)[0]
        table.line("a message reaches all, nobody reads pages, p95", percentile(quiet, 0.95) * 1000, unit="ms")
        reached, times = _run(port, thread, cookies, pages)
        table.line("a message reaches each, p95", percentile(reached, 0.95) * 1000, unit="ms", must=MUST_REACH_MS)
        table.line("a message reaches each, p50", percentile(reached, 0.5) * 1000, unit="ms")
        table.line("a message reaches each, the last of all", max(reached) * 1000, unit="ms")
        table.line("pages meanwhile, p95", percentile(times, 0.95), unit="ms", must=MUST_PAGE_MS)
        table.line("pages meanwhile, p50", percentile(times, 0.5), unit="ms")


def _people(services: Services) -> tuple[int, list[str], list[str]]:
    """The thread of SG15, cookies of delegates of one entity, and pages that delegates read."""
    with services.database.writing() as session:
        model = by_email(session, MEMBER)
        assert model is not None, "the cast has a delegate of a Sector Member"
        act = Act(session, actor_for(session, model, clock.now()), clock.now())
        thread = actions.own_thread(act, about(act, Kind.GROUP, "T/SG15"))
        cookies = [_cookie(act, services, _person(session, act, model, n)) for n in range(LISTENERS)]
        codes = session.exec(select(Meeting.code).where(Meeting.sector == "T").limit(5)).all()
    pages = ["/meeting", "/group/SG15", "/rec/T/G", *(f"/meeting/{code}" for code in codes)]
    return thread.id or 0, cookies, pages * 50


def _person(session: Session, act: Act, model: Person, n: int) -> Person:
    person = Person(
        **model.model_dump(exclude={"id", "slug", "name", "sort_name", "email"}), slug=f"listener-{n}", name=f"Listener {n}",
        sort_name=f"listener {n:03d}", email=f"listener-{n}@example.org",
    )  # fmt: skip
    session.add(person)
    session.flush()
    session.add(Account(person_id=person.id or 0, created_at=act.now))
    session.flush()
    return person


def _cookie(act: Act, services: Services, person: Person) -> str:
    return f"sgdocs={open_session(act, person, services.settings, stage=Stage.FULL, browser=Browser())}"


def _run(
    port: int, thread: int, cookies: Sequence[str], pages: Sequence[str] | None
) -> tuple[list[float], list[float]]:
    """Seconds from the click to each connection; milliseconds of each page read meanwhile."""
    told = Arrivals()
    sockets = [_listen(port, thread, cookie) for cookie in cookies]
    stop = threading.Event()
    watching = threading.Thread(target=_watch, args=(sockets, told, stop))
    watching.start()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        reading = other.submit(_read_for, port, pages, cookies[0]) if pages else None
        for n in range(MESSAGES):
            _write(port, thread, cookies[n % WRITERS], told)
            time.sleep(PAUSE_S)
        times = reading.result() if reading else []
    time.sleep(3)
    stop.set()
    watching.join()
    reached = [at - told.sent[number] for number, came in told.came.items() if number in told.sent for at in came]
    if len(reached) != MESSAGES * len(cookies):
        raise RuntimeError(f"{len(reached)} arrivals of {MESSAGES * len(cookies)}")
    return reached, times


def _read_for(port: int, pages: Sequence[str], cookie: str) -> list[float]:
    """Pages as long as people write."""
    times: list[float] = []
    until = time.monotonic() + MESSAGES * PAUSE_S
    while time.monotonic() < until:
        times += read(port, pages[:80], headers={"Cookie": cookie})
    return times


def _listen(port: int, thread: int, cookie: str) -> socket.socket:
    """A connection on which the answer has begun."""
    opened = socket.create_connection(("127.0.0.1", port))
    head = f"GET /discussion/{thread}/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n"
    opened.sendall(head.encode())
    begun = b""
    while b"id: " not in begun:
        begun += opened.recv(65536)
        if not begun.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(begun.decode(errors="replace")[:300])
    return opened


def _watch(sockets: Sequence[socket.socket], told: Arrivals, stop: threading.Event) -> None:
    """Note when each message comes on each socket."""
    mark = b'"number":'
    with selectors.DefaultSelector() as ready:
        for each in sockets:
            ready.register(each, selectors.EVENT_READ)
        while not stop.is_set():
            for key, _ in ready.select(0.1):
                data = key.fileobj.recv(262144)  # type: ignore[union-attr]
                now = time.perf_counter()
                for part in data.split(mark)[1:]:
                    told.came.setdefault(int(part.split(b",", 1)[0]), []).append(now)
    for each in sockets:
        each.close()


def _write(port: int, thread: int, cookie: str, told: Arrivals) -> None:
    """As htmx posts the form. The clock starts before."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    started = time.perf_counter()
    form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie, "Sec-Fetch-Site": "same-origin"}
    connection.request("POST", f"/discussion/{thread}", urlencode({"text": f"Words at {started}"}), form)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 303:
        raise RuntimeError(f"{answer.status} for a message")
    told.sent[int(answer.headers["Location"].rpartition("m")[2])] = started


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder) / "home", Table())
