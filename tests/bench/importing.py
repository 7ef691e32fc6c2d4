"""How long the import takes until everything can be searched, and how much memory."""

import gzip
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench import generated
from tests.bench.corpus import DATA
from tests.bench.table import Table

NAMES = ("itu-t-recommendations.jsonl.gz", "itu-r-publications.jsonl.gz", "itu-t-abstracts.jsonl.gz")
COMMAND = str(Path(sys.executable).with_name("sgdocs"))
HOME = {
    "SGDOCS_SECRET": "x" * 40,
    "SGDOCS_SEARCH_LIMIT": "100000000",
    "SGDOCS_API_LIMIT": "100000000",
    "SGDOCS_SUGGEST_LIMIT": "100000000",
}


@dataclass(frozen=True)
class Run:
    seconds: float
    peak_mb: float


def files(folder: Path) -> list[Path]:
    """The shared catalogue, or a generated one of the same size."""
    shared = [DATA / name for name in NAMES]
    return shared if all(file.exists() for file in shared) else generated.write(folder)


def measure(home: Path, sources: list[Path], table: Table) -> None:
    table.head(f"Import of {sum(map(_lines, sources[:2]))} records and {_lines(sources[2])} summaries")
    ran(home, "db", "upgrade")
    first = ran(home, "import", "recommendations", *map(str, sources))
    indexed = ran(home, "worker", "--once")
    table.line("import, first", first.seconds, unit="s")
    table.line("then searchable (rebuild and swap)", indexed.seconds, unit="s")
    table.line("import, searchable at the end", first.seconds + indexed.seconds, unit="s", must=90)
    table.line("its greatest memory of a process", max(first.peak_mb, indexed.peak_mb), unit="MB", must=600)
    table.line(
        "the same import again", ran(home, "import", "recommendations", *map(str, sources)).seconds, unit="s", must=30
    )


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, **HOME, "SGDOCS_HOME": str(home)}


def ran(home: Path, *words: str) -> Run:
    """One command, to its end. RuntimeError with its words when it fails."""
    started = time.perf_counter()
    with subprocess.Popen(
        [COMMAND, *words], env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"sgdocs {' '.join(words)}: {said[-2000:]}")
    return Run(time.perf_counter() - started, used.ru_maxrss / 1024)


def _lines(file: Path) -> int:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return sum(1 for line in lines if json.loads(line))
