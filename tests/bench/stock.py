"""Old stock: 200 documents of 40 clauses from a table and a folder, to be found; memory of all processes together."""

import json
import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.search.queries import Asked, find
from tests.bench.house import House, opened
from tests.bench.importing import COMMAND, environment
from tests.bench.papers import contribution, marker, title
from tests.bench.table import Table

DOCUMENTS, FIRST = 200, 5001
LOOK_EVERY_S = 0.2


def old_stock(place: House, folder: Path, table: Table) -> None:
    """From the command to the last word found by the worker's index."""
    listed, files = _stock(folder)
    watch = Watch(place.home)
    started = time.perf_counter()
    watch.run("import", "documents", str(listed), str(files), "--meeting", place.meetings["stock"])
    words = [marker(number, 40) for number in range(FIRST, FIRST + DOCUMENTS, 20)]
    working = threading.Thread(target=watch.run, args=("worker", "--once"))
    working.start()
    while working.is_alive() and _missing(place, words[-1:]):
        working.join(LOOK_EVERY_S * 5)
    taken = time.perf_counter() - started
    _require_found(place, words)
    working.join()
    whole = time.perf_counter() - started
    table.head(f"{DOCUMENTS} documents of 40 clauses through `import documents`")
    table.line("to be found", taken, unit="s", must=60)
    table.line("with every preview made", whole, unit="s")
    table.line("all processes together, greatest", watch.peak_mb, unit="MB", must=400)


def _stock(folder: Path) -> tuple[Path, Path]:
    files = folder / "stock"
    files.mkdir()
    rows = []
    for number in range(FIRST, FIRST + DOCUMENTS):
        name = f"T25-SG15-C-{number:04}!!MSW-E.docx"
        (files / name).write_bytes(contribution(number))
        source = "Imaginary Networks Ltd"
        rows.append({"number": f"SG15-C{number}", "title": title(number), "source": source, "file": name})
    listed = folder / "stock.jsonl"
    listed.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return listed, files


class Watch:
    """Commands run one after the other, and the greatest memory that one with all its children held."""

    def __init__(self, home: Path) -> None:
        self.home, self.peak_mb = home, 0.0

    def run(self, *words: str) -> None:
        process = subprocess.Popen(
            [COMMAND, *words], env=environment(self.home), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        looking = threading.Thread(target=self._look, args=(process,))
        looking.start()
        said = process.communicate()[1]
        looking.join()
        if process.returncode not in (0, 1):
            raise RuntimeError(f"sgdocs {' '.join(words)}: {said[-2000:]}")

    def _look(self, process: "subprocess.Popen[str]") -> None:
        while process.poll() is None:
            self.peak_mb = max(self.peak_mb, sum(map(_proportional_mb, _family(process.pid))))
            time.sleep(LOOK_EVERY_S)


def _family(pid: int) -> list[int]:
    """The process and all that it started."""
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _family(int(child))
    return found


def _proportional_mb(pid: int) -> float:
    """Memory of a process, what is shared counted in parts."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def _missing(place: House, words: list[str]) -> list[str]:
    with opened(place.home) as services, services.database.reading() as session:
        act = Act(session, Actor.operator(), clock.now())
        return [word for word in words if not find(act, services.search, Asked(word)).hits]


def _require_found(place: House, words: list[str]) -> None:
    if missing := _missing(place, words):
        raise RuntimeError(f"not found after the import: {missing}")
