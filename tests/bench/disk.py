"""A meeting on a delegate's disk: sync with nothing changed, a large bundle."""

import http.client
import io
import os
import random
import subprocess
import threading
import time
from pathlib import Path

from sqlmodel import select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.documents.actions import enter_old, open_shelf
from sgdocs.documents.rules import DocumentKind
from sgdocs.documents.schemas import OldDocument, Upload
from sgdocs.meetings.models import Meeting
from tests.bench.house import House, opened
from tests.bench.importing import COMMAND, environment
from tests.bench.table import Table

LARGE, LARGE_BYTES = 50, 10_000_000
CHUNK = 1 << 16


def sync(port: int, place: House, code: str, folder: Path, table: Table) -> None:
    target = folder / "synced"
    words = [COMMAND, "sync", code, str(target), "--server", f"http://127.0.0.1:{port}"]
    variables = {**environment(place.home), "SGDOCS_TOKEN": place.token}
    times = []
    for _ in range(4):
        started = time.perf_counter()
        done = subprocess.run(words, env=variables, capture_output=True, text=True, check=False)
        times.append(time.perf_counter() - started)
        if done.returncode:
            raise RuntimeError(f"sync: {done.stdout[-500:]} {done.stderr[-1500:]}")
    files = sum(len(names) for _, _, names in os.walk(target))
    table.head(f"Sync of a meeting, {files} files")
    table.line("first", times[0], unit="s")
    table.line("nothing changed, command and all", min(times[1:]), unit="s", must=1)


def bundle(port: int, place: House, code: str, table: Table) -> None:
    """A bundle of 500 MB, read at full speed; memory of the two server processes meanwhile."""
    _large(place, code)
    peaks: list[float] = [0.0]
    ended = threading.Event()
    watching = threading.Thread(target=_watch, args=(port, peaks, ended))
    watching.start()
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", f"/meeting/{code}/bundle.zip", headers={"Authorization": f"Bearer {place.token}"})
    answer = connection.getresponse()
    first, size = 0.0, 0
    while data := answer.read(CHUNK):
        first = first or time.perf_counter() - started
        size += len(data)
    taken = time.perf_counter() - started
    ended.set()
    watching.join()
    if answer.status != 200 or size < LARGE * LARGE_BYTES:
        raise RuntimeError(f"bundle: {answer.status}, {size} bytes")
    table.head(f"bundle.zip of {size / 1e6:.0f} MB")
    table.line("first bytes", first * 1000, unit="ms")
    table.line("all of it", taken, unit="s")
    table.line("memory of the larger server process", peaks[0], unit="MB", must=200)


def _large(place: House, code: str) -> None:
    rng = random.Random(5)
    with opened(place.home) as services, services.database.writing() as session:
        act = Act(session, Actor.operator(), clock.now())
        meeting = session.exec(select(Meeting).where(Meeting.code == code)).one()
        shelf = open_shelf(act, meeting)
        for number in range(7001, 7001 + LARGE):
            blob = services.blobs.put(io.BytesIO(rng.randbytes(LARGE_BYTES)))
            upload = Upload(blob, f"C{number}.zip", "application/zip", "zip", language="en")
            old = OldDocument(DocumentKind.CONTRIBUTION, number, title=f"Large {number}", posted_at=act.now)
            enter_old(act, meeting, old, [upload], shelf=shelf)


def _watch(port: int, peaks: list[float], ended: threading.Event) -> None:
    """The greatest memory of the processes that listen there."""
    while not ended.wait(0.1):
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if f"--port\0{port}\0".encode() in (folder / "cmdline").read_bytes() + b"\0" or _spawned(folder, port):
                    peaks[0] = max(peaks[0], _rss_mb(folder))
            except OSError:
                continue


def _spawned(folder: Path, port: int) -> bool:
    """Whether its parent is the server."""
    parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
    return f"--port\0{port}\0".encode() in Path(f"/proc/{parent}/cmdline").read_bytes() + b"\0"


def _rss_mb(folder: Path) -> float:
    lines = (folder / "status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
