"""Documents: the upload and how soon it is found, old stock, the page of a meeting, comparison, sync, bundle."""

import gzip
import http.client
import io
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2

from tests.bench import house
from tests.bench.disk import bundle, sync
from tests.bench.house import House
from tests.bench.importing import ran
from tests.bench.papers import contribution, marker, revised, title
from tests.bench.serving import read, served
from tests.bench.stock import old_stock
from tests.bench.table import Table, percentile

UPLOADS, SIZE = 40, 1_000_000
LISTED, EACH = 1000, 22
PATIENCE_S = 60


def measure(folder: Path, table: Table) -> None:
    home = folder / "documents"
    home.mkdir()
    ran(home, "db", "upgrade", "--training")
    place = house.furnish(home)
    ran(home, "worker", "--once")
    old_stock(place, folder, table)
    house.fill(home, place.meetings["list"], LISTED, EACH, first=10_001)
    ran(home, "index", "rebuild")
    _served(place, folder, table)
    house.fill(home, place.meetings["more"], 1750, 40, first=20_001)
    ran(home, "index", "rebuild")
    with served(home) as port:
        _uploads(port, place, table, "100,000", first=UPLOADS + 1, must=False)
    _comparison(place, table)


def _served(place: House, folder: Path, table: Table) -> None:
    with served(place.home) as port:
        _uploads(port, place, table, "30,000", first=1, must=True)
        _page(port, place, table)
        sync(port, place, place.meetings["list"], folder, table)
        bundle(port, place, place.meetings["large"], table)


def _uploads(port: int, place: House, table: Table, units: str, *, first: int, must: bool) -> None:
    """Contributions of 1 MB one after the other, each waited for until a word of its last clause finds it."""
    table.head(
        f"Contributions of {SIZE / 1e6:g} MB over the API, two processes and the worker, {units} units in the index"
    )
    answers, found = [], []
    with client_of(port, place) as client:
        for number in range(first, first + UPLOADS):
            data = contribution(number, size_bytes=SIZE, label="SG15-C")
            started = time.perf_counter()
            submit(client, place.meetings["upload"], number, data)
            answered = time.perf_counter()
            answers.append((answered - started) * 1000)
            _wait_for(client, marker(number, 40))
            found.append(time.perf_counter() - answered)
    table.line("answer with the number, p95", percentile(answers, 0.95), unit="ms", must=600 if must else None)
    table.line("answer with the number, p50", percentile(answers, 0.5), unit="ms")
    table.line("then found by a word in a clause, p95", percentile(found, 0.95), unit="s", must=3 if must else None)
    table.line("then found by a word in a clause, p50", percentile(found, 0.5), unit="s")


def submit(client: httpx2.Client, code: str, number: int, data: bytes) -> dict[str, Any]:
    form = {"title": title(number), "sources": "Imaginary Networks Ltd", "questions": "6/15"}
    answer = client.post(
        f"/meetings/{code}/documents", data=form, files={"file": (f"c{number}.docx", io.BytesIO(data))}
    )
    if answer.status_code != 201:
        raise RuntimeError(f"{answer.status_code}: {answer.text[:600]}")
    told: dict[str, Any] = answer.json()
    return told


def client_of(port: int, place: House) -> httpx2.Client:
    headers = {"Authorization": f"Bearer {place.token}"}
    return httpx2.Client(base_url=f"http://127.0.0.1:{port}/api/v1", headers=headers, timeout=60)


def _wait_for(client: httpx2.Client, word: str) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if client.get("/search", params={"q": word}).json()["total"]:
            return
        time.sleep(0.05)
    raise RuntimeError(f"“{word}” is not found after {PATIENCE_S} s")


def _page(port: int, place: House, table: Table) -> None:
    code = place.meetings["list"]
    table.head(f"The page of a meeting with {LISTED:,} documents".replace(",", " "))
    for path, name in ((f"/meeting/{code}", "its page"), (f"/meeting/{code}/documents", "its documents")):
        token = {"Authorization": f"Bearer {place.token}"}
        paths = [path] * 60
        read(port, paths[:8], headers=token)
        alone = read(port, paths[:30], readers=1, headers=token)
        four = read(port, paths, headers=token)
        table.line(f"{name}, one reader, p95", percentile(alone, 0.95), unit="ms", must=200)
        table.line(f"{name}, four readers, p95", percentile(four, 0.95), unit="ms", must=400)
        table.line(f"{name}, gzipped", _wire(port, path, token) / 1000, unit="kB", must=150)


def _wire(port: int, path: str, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={**headers, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    data = answer.read()
    return len(data) if answer.headers.get("Content-Encoding") == "gzip" else len(gzip.compress(data))


def _comparison(place: House, table: Table) -> None:
    """Two revisions of 60 pages (500 words each) in the browser's way: first made, then kept."""
    table.head("Comparison of two revisions of 60 pages")
    with served(place.home) as port, client_of(port, place) as client:
        number = 900
        told = submit(client, place.meetings["upload"], number, contribution(number, clauses=310))
        name, data = told["name"], contribution(number, clauses=310, label=told["label"])
        changed = revised(data, lambda words: words.replace("optic", "opaque") if "optic" in words[:60] else words)
        answer = client.post(f"/documents/{name}/revisions", files={"file": ("r1.docx", io.BytesIO(changed))})
        if answer.status_code != 201:
            raise RuntimeError(f"{answer.status_code}: {answer.text[:600]}")
        _wait_for(client, "opaqueal")
        path = f"/doc/{quote(name)}/r0..r1"
        token = {"Authorization": f"Bearer {place.token}"}
        first = read(port, [path], readers=1, headers=token)
        again = read(port, [path] * 20, readers=1, headers=token)
    table.line("first", first[0] / 1000, unit="s", must=1)
    table.line("repeated, p95", percentile(again, 0.95), unit="ms", must=150)
