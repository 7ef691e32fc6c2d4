"""Import a register: every row that can be read is entered once, every reference is resolved or named."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.documents.importing.tables import read_table
from sgdocs.groups.models import Group
from sgdocs.liaison.actions.answering import answer_all
from sgdocs.liaison.actions.relating import called, why_not
from sgdocs.liaison.importing.entering import Known, enter
from sgdocs.liaison.importing.rows import Row, Wrong, family_of, read_row
from sgdocs.liaison.models import Relation, Statement
from sgdocs.liaison.naming import key_of, names_of, read_reference, split_references
from sgdocs.liaison.rules import Kind
from sgdocs.policy import Permission, require

ROWS_A_BATCH: Final = 200
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Reject:
    """What could not be taken: a row (field of it), or the reference of a row that was taken (`in_reply_to`)."""

    line: int
    field: str
    value: str
    right: str


@dataclass
class Outcome:
    """imported: statements entered now; unchanged: known from an import before. references: of all rows; resolved: to a
    statement here; outside: to numbers of somebody who keeps no register here (`named`); rejects: all else."""

    read: int = 0
    imported: int = 0
    unchanged: int = 0
    references: int = 0
    resolved: int = 0
    outside: int = 0
    rejects: list[Reject] = field(default_factory=list)
    named: list[Reject] = field(default_factory=list)

    @property
    def told(self) -> dict[str, int]:
        """As `--json` prints it. rejected: rows and references that were not taken, each named in the report."""
        return {
            "imported": self.imported,
            "references": self.references,
            "resolved": self.resolved,
            "outside": self.outside,
            "rejected": len(self.rejects),
        }

    @property
    def report(self) -> Iterator[dict[str, Any]]:
        """Every reject and every reference to the outside, as plain objects."""
        yield from (asdict(each) for each in (*self.rejects, *self.named))


@dataclass(frozen=True)
class Import:
    database: Database
    actor: Actor
    clock: Callable[[], datetime]


@dataclass
class _Book:
    """The rows of the file with their statements. ids: by line; keys: of every number -> rows that bear it; before: what
    an earlier import entered."""

    before: dict[str, int]
    known: Known = field(default_factory=Known)
    rows: list[Row] = field(default_factory=list)
    ids: dict[int, int] = field(default_factory=dict)
    keys: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    families: set[str] = field(default_factory=set)

    def add(self, row: Row) -> None:
        self.rows.append(row)
        self.families |= {family_of(name) for name in row.names}
        for key in {key_of(each) for name in row.names for each in names_of(name)}:
            self.keys[key].append(row)

    def named(self, words: str, by: Row) -> Row | None:
        """The row that bears the number: of the same register rather, the latest that is no later than the answer."""
        for part in (words, *split_references(words)):
            for key in read_reference(part).keys:
                found = [each for each in self.keys.get(key, ()) if each.line != by.line]
                if found:
                    return max(found, key=lambda each: _likeliness(each, by))
        return None


def _likeliness(other: Row, by: Row) -> tuple[bool, bool, str]:
    is_before = other.dated_on is None or by.dated_on is None or other.dated_on <= by.dated_on
    return (other.register == by.register, is_before, str(other.dated_on or ""))


def import_statements(job: Import, path: Path, progress: Progress = lambda done, total: None) -> Outcome:
    """Enter the statements of a register. Unreadable for a file that is none; what one row says wrong rejects that row.

    A second run enters nothing; what was written here meanwhile stays.
    """
    outcome, book = Outcome(), _Book(_known(job))
    for row in _rows(path, outcome):
        book.add(row)
    done = 0
    for batch in _batches(book.rows):
        _enter(job, batch, book, outcome)
        done += len(batch)
        progress(done, len(book.rows))
    for batch in _batches([row for row in book.rows if row.in_reply_to]):
        _relate(job, batch, book, outcome)
    return outcome


def _rows(path: Path, outcome: Outcome) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for line in read_table(path):
        outcome.read += 1
        if line.raw is None:
            outcome.rejects.append(Reject(line.number, "row", "", line.wrong))
            continue
        try:
            row = read_row(line.number, line.raw)
        except Wrong as wrong:
            outcome.rejects.append(Reject(line.number, wrong.field, wrong.value, wrong.right))
            continue
        if row.fingerprint in seen:
            right = f"It stands in line {seen[row.fingerprint]} already."
            outcome.rejects.append(Reject(line.number, "number", row.label or row.title, right))
            continue
        seen[row.fingerprint] = line.number
        yield row


def _batches(rows: Sequence[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, ROWS_A_BATCH)):
        yield batch


def _origin(row: Row) -> str:
    """What is kept with the statement, by which a second run knows it."""
    return f"{row.register}#{row.fingerprint}"


def _known(job: Import) -> dict[str, int]:
    with job.database.reading() as session:
        held = select(Statement.imported_from, Statement.id).where(Statement.imported_from != "")
        return {origin: id or 0 for origin, id in session.exec(held)}


def _enter(job: Import, batch: Sequence[Row], book: _Book, outcome: Outcome) -> None:
    with job.database.writing() as session:
        session.expire_on_commit = False
        act = Act(session, job.actor, job.clock())
        require(act.actor, Permission.IMPORT_STATEMENTS)
        for row in batch:
            held = book.before.get(_origin(row))
            if held is None:
                book.ids[row.line] = enter(act, row, book.known, _origin(row)).id or 0
                outcome.imported += 1
            else:
                book.ids[row.line] = held
                outcome.unchanged += 1


# References


def _relate(job: Import, batch: Sequence[Row], book: _Book, outcome: Outcome) -> None:
    with job.database.writing() as session:
        act = Act(session, job.actor, job.clock())
        for row in batch:
            outcome.references += 1
            _relate_one(act, row, book, outcome)


def _relate_one(act: Act, row: Row, book: _Book, outcome: Outcome) -> None:
    statement = act.session.get_one(Statement, book.ids[row.line])
    other = _other(act, row, book, statement)
    refusal = why_not(act.session, statement, other, Kind.REPLIES_TO) if other else None
    if other is not None and refusal is not None and refusal.rule.id != "liaison.reply-withdrawn":
        right = "It leads back to this statement."
        outcome.rejects.append(Reject(row.line, "in_reply_to", row.in_reply_to, right))
        return
    is_broken = other is None and _is_broken(act, row, book)
    relation = _relation(act, statement, row.in_reply_to)
    is_new = relation.other_id is None and other is not None
    relation.other_id = other.id if other else None
    relation.is_outside = other is None and not is_broken
    act.session.add(relation)
    act.session.flush()
    _count(row, other, outcome, is_broken=is_broken)
    if is_new:
        answer_all(act, statement)


def _other(act: Act, row: Row, book: _Book, statement: Statement) -> Statement | None:
    named = book.named(row.in_reply_to, row)
    found = act.session.get(Statement, book.ids[named.line]) if named else called(act.session, row.in_reply_to)
    return found if found is None or found.id != statement.id or named else None


def _relation(act: Act, statement: Statement, words: str) -> Relation:
    said = words[:300]
    held = select(Relation).where(
        Relation.statement_id == statement.id, Relation.kind == Kind.REPLIES_TO, Relation.words == said
    )
    keys = read_reference(said).keys
    return act.session.exec(held).first() or Relation(
        statement_id=statement.id or 0, kind=Kind.REPLIES_TO, words=said, key=keys[-1] if keys else "", at=act.now
    )


def _is_broken(act: Act, row: Row, book: _Book) -> bool:
    """Whether the number is of a series that is kept here, in this file or by the group itself, and is not in it."""
    if family_of(row.in_reply_to) in book.families:
        return True
    read = read_reference(row.in_reply_to)
    if read.kind != "statement" or read.number is None:
        return False
    later = (
        select(Statement.id)
        .join(Group, col(Group.id) == col(Statement.group_id))
        .where(Group.code == read.group, col(Statement.number) >= read.number)
    )
    return act.session.exec(later).first() is not None


def _count(row: Row, other: Statement | None, outcome: Outcome, *, is_broken: bool) -> None:
    if other is not None:
        outcome.resolved += 1
    elif is_broken:
        right = "No statement of that number is here, though its series is."
        outcome.rejects.append(Reject(row.line, "in_reply_to", row.in_reply_to, right))
    else:
        outcome.outside += 1
        right = "A number of somebody who keeps no register here."
        outcome.named.append(Reject(row.line, "in_reply_to", row.in_reply_to, right))
