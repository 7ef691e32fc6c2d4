"""Kills uploads at marked points: run as a program that forks a child for each job; the child dies by `_exit(9)`.

python -m tests.documents.killing FOLDER reads jobs `URL POINT` from stdin, one a line, and prints for each how it ended
(9 or 0), how many points it reached, and the number it gave (0 for none). A point is the moment before a statement, a
commit, or a step of writing the file; point 0 is never reached.
"""

import io
import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.db import open_database
from sgdocs.documents import actions
from sgdocs.documents.schemas import SubmissionForm, Upload
from sgdocs.groups.queries import actor_for
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Person
from sgdocs.storage import local
from sgdocs.storage.local import LocalStore

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CODE = "T25-SG13-X"


class Points:
    """Counts the points; dies before the last."""

    def __init__(self, last: int) -> None:
        self.reached, self._last, self._numbers = 0, last, count(1)

    def __call__(self, *_: object, **__: object) -> None:
        self.reached = next(self._numbers)
        if self.reached == self._last:
            os._exit(9)

    def before(self, owner: Any, name: str) -> None:
        """Every call of a function is a point."""
        given: Callable[..., Any] = getattr(owner, name)

        def marked(*args: Any, **kwargs: Any) -> Any:
            self()
            return given(*args, **kwargs)

        setattr(owner, name, marked)


def upload_until(url: str, folder: Path, point: int, content: bytes) -> tuple[int, int]:
    """Put the file, submit, commit; die before the point-th step. (points, number), for those who live."""
    reached = Points(point)
    reached.before(local.tempfile, "mkstemp")
    reached.before(local.os, "fsync")
    reached.before(Path, "replace")
    database = open_database(url)
    blob = LocalStore(folder).put(io.BytesIO(content))
    event.listen(database.engine, "before_cursor_execute", reached)
    event.listen(database.engine, "commit", reached)
    with database.writing() as session:
        person = session.exec(select(Person).where(Person.name == "Selim Courier")).one()
        meeting = session.exec(select(Meeting).where(Meeting.code == CODE)).one()
        now = clock.now()
        act = Act(session, actor_for(session, person, now), now)
        form = SubmissionForm(title="Killed", questions=["Q2/13"])
        number = actions.submit(act, meeting, form, [Upload(blob, "draft.docx", WORD, "docx")]).number
    reached()
    return reached.reached, number


def main(folder: Path) -> None:
    for n, line in enumerate(sys.stdin):
        url, point = line.split()
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            told = upload_until(url, folder, int(point), f"content of upload {n}".encode())
            os.write(write, f"{told[0]} {told[1]}".encode())
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.close(write)
        print(os.waitstatus_to_exitcode(status), os.read(read, 40).decode() or "0 0", flush=True)
        os.close(read)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
