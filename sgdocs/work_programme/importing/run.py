"""Import a work programme: each row found, compared with what the source said before, written. A second run does nothing."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Refused
from sgdocs.policy import Permission, require
from sgdocs.work_programme import rules
from sgdocs.work_programme.importing.entering import Outcome, Reject, Task, enter
from sgdocs.work_programme.importing.incoming import Incoming, Rejected, incoming
from sgdocs.work_programme.importing.places import Places
from sgdocs.work_programme.importing.tables import Table, read

__all__ = ["Import", "Outcome", "Reject", "import_items"]
ROWS_A_BATCH: Final = 200
SOURCE: Final = "work-programme"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Import:
    """source: name under which it is remembered what was said."""

    database: Database
    actor: Actor
    clock: Callable[[], datetime]
    source: str = SOURCE
    dry_run: bool = False


class _Undone(Exception):
    """A dry run takes back what it did."""


def import_items(job: Import, path: Path, progress: Progress = lambda done, total: None) -> Outcome:
    """Enter the items of an export. Unreadable for a file that is none; what one row says wrong rejects that row alone."""
    table, outcome, places = read(path), Outcome(), Places()
    outcome.read = len(table.lines)
    if table.announced is not None and table.announced != outcome.read:
        right = f"The file speaks of {table.announced} items; it may be cut off."
        outcome.rejects.append(Reject(0, "file", str(outcome.read), right))
    rows = _rows(table, outcome)
    done = 0
    while batch := list(islice(rows, ROWS_A_BATCH)):
        _file(job, batch, places, outcome)
        done += len(batch)
        progress(done, outcome.read)
    return outcome


def _rows(table: Table, outcome: Outcome) -> Iterator[Incoming]:
    """The rows that mean something, each item once."""
    seen: dict[str, int] = {}
    for line in table.lines:
        if line.raw is None:
            outcome.rejects.append(Reject(line.number, "row", "", line.wrong))
            continue
        try:
            row = incoming(line.number, line.raw, table.said)
        except Rejected as wrong:
            outcome.rejects.append(Reject(line.number, wrong.field, wrong.value, wrong.right))
            continue
        key = f"{row.group.casefold()} {rules.name_key(row.name)}"
        if key in seen:
            outcome.rejects.append(
                Reject(line.number, "work item", row.name, f"It stands in line {seen[key]} already.")
            )
            continue
        seen[key] = line.number
        yield row


def _file(job: Import, batch: Sequence[Incoming], places: Places, outcome: Outcome) -> None:
    """One batch in one transaction; a dry run takes it back."""
    try:
        with job.database.writing() as session:
            act = Act(session, job.actor, job.clock())
            require(act.actor, Permission.IMPORT_ITEMS)
            for row in batch:
                _enter(job, act, row, places, outcome)
            if job.dry_run:
                raise _Undone
    except _Undone:
        places.known.clear()


def _enter(job: Import, act: Act, row: Incoming, places: Places, outcome: Outcome) -> None:
    try:
        with act.session.begin_nested():
            spot = places.of(act, row)
            enter(Task(act, job.source, row, spot), outcome)
    except Rejected as wrong:
        outcome.rejects.append(Reject(row.line, wrong.field, wrong.value, wrong.right))
    except Refused as refused:
        outcome.rejects.append(Reject(row.line, refused.field or "row", row.name, refused.message))
