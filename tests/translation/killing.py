"""A worker that translates in a process of its own, to be killed in the middle of a step."""

import multiprocessing
from datetime import datetime
from pathlib import Path

from sgdocs.base.settings import Settings
from sgdocs.translation import working
from sgdocs.wiring import services_of

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.translation.killing"])


def begun(home: Path, translator: str, now: datetime) -> multiprocessing.process.BaseProcess:
    """Two pieces a step, until nothing is due or somebody kills it."""
    process = CONTEXT.Process(target=_work, args=(str(home), translator, now), daemon=True)
    process.start()
    return process


def _work(home: str, translator: str, now: datetime) -> None:
    setattr(working, "MOST_PIECES", 2)  # noqa: B010  as in the tests' own process
    services = services_of(Settings(home=Path(home), secret="s" * 32, translator=translator))
    while working.work_due(services, now):
        pass
