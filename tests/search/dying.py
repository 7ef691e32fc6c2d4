"""A worker in a process of its own that dies at its n-th commit or file operation."""

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event

from sgdocs import worker
from sgdocs.base.settings import Settings
from sgdocs.search import guide_records
from sgdocs.wiring import services_of

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.search.dying"])


def drained(home: str, point: int) -> int | None:
    """Run the worker until nothing is due, or until it dies; its exit code, 9 when it died."""
    process = CONTEXT.Process(target=_drain, args=(home, point))
    process.start()
    process.join(60)
    return process.exitcode


def _drain(home: str, point: int) -> None:
    left = [point]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os._exit(9)

    def counted(call: Callable[..., Any]) -> Callable[..., Any]:
        def made(*args: Any, **named: Any) -> Any:
            count()
            return call(*args, **named)

        return made

    services = services_of(Settings(home=Path(home), secret="s" * 32))
    setattr(guide_records, "of_guides", lambda: iter(()))  # noqa: B010  as in the tests' own process
    event.listen(services.database.engine, "commit", count)
    for name in ("replace", "rename", "fsync", "unlink"):
        setattr(os, name, counted(getattr(os, name)))
    worker.drain(services)
    services.search.close()
