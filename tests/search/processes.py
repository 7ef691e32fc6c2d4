"""Other processes at the index: writers that are killed, readers that go on reading."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.pool import AsyncResult
from pathlib import Path

from sgdocs.search.engine import PUBLIC
from sgdocs.search.grammar import parse
from sgdocs.search.whoosh_engine import WhooshEngine
from tests.contracts.test_search_engines import ALL, RING

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.search.processes"])
TOUCHES = frozenset({"open", "os.rename", "os.mkdir", "os.remove", "os.chmod", "shutil.rmtree"})
EVERYBODY = frozenset({PUBLIC})


def killed_while(doing: str, folder: str, point: int) -> int | None:
    """Do it in a process that is killed when it touches the folder for the n-th time; its exit code."""
    process = CONTEXT.Process(target=_do, args=(doing, folder, point))
    process.start()
    process.join(60)
    return process.exitcode


def _do(doing: str, folder: str, point: int) -> None:
    left = [point]

    def count(event: str, args: tuple[object, ...]) -> None:
        if event in TOUCHES and folder in str(args):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    engine = WhooshEngine(Path(folder))
    sys.addaudithook(count)
    if doing == "rebuild":
        engine.rebuild(replace(record, names=("renewing",)) for record in ALL)
    else:
        engine.upsert([replace(RING, names=("renewing",))])


@contextmanager
def readers(count: int, folder: str) -> Iterator[list["AsyncResult[set[int]]"]]:
    """Processes that read until they find "finish"; each gives the totals that it saw."""
    with CONTEXT.Pool(count) as pool:
        pool.map(_total, [(folder, "ring")] * count)
        yield [pool.apply_async(_read, (folder,)) for _ in range(count)]


def _read(folder: str) -> set[int]:
    engine = WhooshEngine(Path(folder))
    seen = set()
    while not _asked(engine, "finish"):
        seen.add(_asked(engine, "twins"))
    return seen | {_asked(engine, "twins")}


def _total(asked: tuple[str, str]) -> int:
    return _asked(WhooshEngine(Path(asked[0])), asked[1])


def _asked(engine: WhooshEngine, typed: str) -> int:
    return engine.search(parse(typed).query, EVERYBODY).total
