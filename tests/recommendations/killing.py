"""Kills imports at counted points: run as a program that forks a child for each job; the child dies by `_exit(9)`.

python -m tests.recommendations.killing FILE… reads jobs `URL POINT` from stdin, one a line, and prints for each
how it ended (9 or 0) and how many points it reached. A point is the moment before a statement or before a commit;
point 0 is never reached.
"""

import os
import sys
from itertools import count
from pathlib import Path

from sqlalchemy import event

from sgdocs.base.actor import Actor
from sgdocs.base.clock import now
from sgdocs.base.db import open_database
from sgdocs.recommendations.importing import run
from sgdocs.recommendations.importing.run import Import, import_files

run.FAMILIES_A_BATCH = 3  # so that a small catalogue has many batches
run.SUMMARIES_A_BATCH = 2


def import_until(url: str, files: list[Path], point: int) -> int:
    """Import; die before the point-th statement or commit. The number of points, for those who live."""
    database = open_database(url)
    numbers = count(1)
    last = 0

    def reached(*_: object, **__: object) -> None:
        nonlocal last
        last = next(numbers)
        if last == point:
            os._exit(9)

    event.listen(database.engine, "before_cursor_execute", reached)
    event.listen(database.engine, "commit", reached)
    import_files(Import(database, Actor.operator(), now), files)
    return last


def main(files: list[Path]) -> None:
    for line in sys.stdin:
        url, point = line.split()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(write, str(import_until(url, files, int(point))).encode())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.close(write)
        print(os.waitstatus_to_exitcode(status), os.read(read, 20).decode() or 0, flush=True)
        os.close(read)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
