"""Pages over HTTP: two server processes, the worker apart, four readers."""

import http.client
import random
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlmodel import select

from sgdocs.recommendations.models import Family
from sgdocs.search import records
from tests.bench.engines import askings, opened
from tests.bench.importing import COMMAND, environment
from tests.bench.table import Table, percentile

READERS, EACH, WARM = 4, 100, 25


def measure(home: Path, table: Table) -> None:
    with opened(home) as (_, act):
        words = [typed for asking in askings(list(records.everything(act.session))) for typed in asking.typed]
        addresses = list(act.session.exec(select(Family.address).where(Family.space == "rec").order_by(Family.id)))
    rng = random.Random(17)
    pages = rng.sample(addresses, min(len(addresses), READERS * EACH))
    searches = [f"/search?full=1&q={quote(typed)}" for typed in rng.choices(words, k=READERS * EACH)]
    table.head(f"Over HTTP, two processes and the worker apart, {READERS} readers, p95")
    with served(home) as port:
        read(port, searches[:WARM] + pages[:WARM])
        for name, paths in (("/search?q=…", searches), ("a Recommendation", pages), ("a list of a series", _lists())):
            times = read(port, paths)
            table.line(name, percentile(times, 0.95), unit="ms", must=150)
            table.line(f"{name}, p50", percentile(times, 0.5), unit="ms")


@contextmanager
def served(home: Path) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    commands = (["serve", "--port", str(port), "--processes", "2"], ["worker"])
    started = [subprocess.Popen([COMMAND, *words], env=environment(home)) for words in commands]
    try:
        _wait(port)
        yield port
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait(timeout=120)


def read(
    port: int, paths: Sequence[str], *, readers: int = READERS, headers: Mapping[str, str] | None = None
) -> list[float]:
    """Milliseconds of each answer, read by so many at once. RuntimeError for an answer that is none."""
    times: list[float] = []
    faults: list[str] = []

    def reader(mine: Sequence[str]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for path in mine:
            started = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "gzip", **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - started) * 1000)
            if answer.status != 200:
                faults.append(f"{answer.status} {path}")
        connection.close()

    _together([lambda at=at: reader(paths[at::readers]) for at in range(readers)])
    if faults:
        raise RuntimeError(f"{len(faults)} answers were no pages: {faults[:5]}")
    return times


def _together(calls: Sequence[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _lists() -> list[str]:
    return [f"/rec/T/{series}" for series in "GHJQXY" for _ in range(20)]


def _wait(port: int) -> None:
    for _ in range(1200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")
