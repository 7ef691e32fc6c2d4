"""One import from beginning to end: lock, read, compare, refuse what would shrink the catalogue, write in batches.

Each batch of families is one transaction that holds rows, digests and journal entries together: whatever the
moment at which the process is killed, the same command then goes on where the last batch ended.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Conflict
from sgdocs.base.rulebook import rule
from sgdocs.policy import Permission, require
from sgdocs.recommendations.importing import lock
from sgdocs.recommendations.importing.incoming import (
    Incoming,
    IncomingSummary,
    Rejected,
    brings_summary_only,
    digest_of,
    key_of,
    read,
    read_summary,
)
from sgdocs.recommendations.importing.plan import FamilyPlan, plans
from sgdocs.recommendations.importing.readers import Line, read_file, source_name
from sgdocs.recommendations.importing.shrinking import gone_from, withdraw_gone, withdrawing
from sgdocs.recommendations.importing.store import write, write_summaries
from sgdocs.recommendations.importing.twins import flag_shared_numbers
from sgdocs.recommendations.tables import IMPORTED, TEXT

FAMILIES_A_BATCH = 200
SUMMARIES_A_BATCH = 500
MOST_WITHDRAWN = 0.02
SHRINKS = rule(
    "recommendations.import-shrinks",
    "“{source}” covers {covered} texts; this would withdraw {count} of them, more than 2 %: {examples}. "
    "Check the file. If it is right, say --allow-withdrawals; if it is only a part, say --partial.",
)
Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]
Item = TypeVar("Item")


@dataclass(frozen=True)
class Options:
    """dry_run: say what would be done. partial: the file is not the whole of its source, nothing is withdrawn."""

    dry_run: bool = False
    partial: bool = False
    allow_withdrawals: bool = False
    source: str = ""


@dataclass(frozen=True)
class Reject:
    """A record that was not taken."""

    file: str
    line: int
    field: str
    value: str
    right: str


@dataclass
class Outcome:
    """What one file brought. unchanged: known, word for word; summaries: of texts known before."""

    source: str
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    summaries: int = 0
    rejects: list[Reject] = field(default_factory=list)

    @property
    def wrote_nothing(self) -> bool:
        return not (self.added or self.changed or self.withdrawn or self.summaries)


@dataclass(frozen=True)
class Import:
    """How to reach the database, who acts, what time it is, and whom to tell how far it is."""

    database: Database
    actor: Actor
    clock: Clock
    options: Options = Options()
    progress: Progress = lambda source, done, total: None


def import_files(job: Import, paths: Sequence[Path]) -> list[Outcome]:
    """Import the files, texts before summaries; Conflict when another import runs or a source would shrink.

    Raises Unreadable for a file that cannot be read at all.
    """
    require(job.actor, Permission.IMPORT_RECOMMENDATIONS)
    if job.options.dry_run:
        return [_import(job, path, None) for path in _ordered(paths)]
    with job.database.writing() as session:
        held = lock.take(session, job.clock())
    try:
        outcomes = [_import(job, path, held) for path in _ordered(paths)]
        with job.database.writing() as session:
            lock.beat(session, held, job.clock())
            flag_shared_numbers(session)
        return outcomes
    finally:
        with job.database.writing() as session:
            lock.release(session, held)


def _ordered(paths: Sequence[Path]) -> list[Path]:
    """Files whose first record brings a summary only come last."""
    return sorted(paths, key=lambda path: any(_is_summary(line) for line in islice(read_file(path), 1)))


def _is_summary(line: Line) -> bool:
    return line.raw is not None and brings_summary_only(line.raw)


def _import(job: Import, path: Path, held: lock.Held | None) -> Outcome:
    """One file, that is one source."""
    source = job.options.source or source_name(path)
    outcome = Outcome(source)
    with job.database.reading() as session:
        known = _known(session, source)
    records, summaries, present = _read(path, known, outcome)
    _check_shrinking(job, source, known, present, records)
    _write_texts(job, source, records, outcome, held)
    _write_all_summaries(job, source, summaries, outcome, held)
    if not job.options.partial:
        _withdraw(job, source, gone_from(known, present), outcome, held)
    return outcome


def _known(session: Session, source: str) -> dict[str, str]:
    """Digest by key, of all that this source brought before."""
    rows = session.execute(select(IMPORTED.c.key, IMPORTED.c.digest).where(IMPORTED.c.source == source))
    return {row.key: row.digest for row in rows}


def _read(
    path: Path, known: Mapping[str, str], outcome: Outcome
) -> tuple[dict[str, list[Incoming]], list[IncomingSummary], set[str]]:
    """The records that are new or changed: texts by family, summaries; and the keys of all that are there."""
    families: dict[str, list[Incoming]] = {}
    summaries: list[IncomingSummary] = []
    present: dict[str, int] = {}
    for line in read_file(path):
        outcome.read += 1
        try:
            record = _record(line, known, present)
        except Rejected as wrong:
            name = line.name or path.name
            outcome.rejects.append(Reject(name, line.number, wrong.field, wrong.value, wrong.right))
            continue
        if record is None:
            outcome.unchanged += 1
        elif isinstance(record, Incoming):
            families.setdefault(record.place.key, []).append(record)
        else:
            summaries.append(record)
    return families, summaries, set(present)


def _record(line: Line, known: Mapping[str, str], present: dict[str, int]) -> Incoming | IncomingSummary | None:
    """The checked record; None when its digest says that nothing changed."""
    if line.wrong is not None or line.raw is None:
        raise line.wrong or Rejected("line", "", "This is no record.")
    key = key_of(line.raw)
    if key in present:
        raise Rejected("id", key, f"Line {present[key]} has the same identifier; only that one was taken.")
    present[key] = line.number
    if known.get(key) == digest_of(line.raw):
        return None
    return read_summary(line.raw, line.number) if brings_summary_only(line.raw) else read(line.raw, line.number)


def _check_shrinking(
    job: Import,
    source: str,
    known: Mapping[str, str],
    present: set[str],
    records: Mapping[str, Sequence[Incoming]],
) -> None:
    """Refuse the file when it would take out of force more than 2 % of what its source covers."""
    if job.options.allow_withdrawals or not known:
        return
    gone = [] if job.options.partial else gone_from(known, present)
    changing = [record for group in records.values() for record in group if record.key in known]
    with job.database.reading() as session:
        names = withdrawing(session, source, gone, changing)
    if len(names) > MOST_WITHDRAWN * len(known):
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        raise Conflict(SHRINKS, source=source, covered=len(known), count=len(names), examples=shown)


def _write_texts(
    job: Import, source: str, records: Mapping[str, list[Incoming]], outcome: Outcome, held: lock.Held | None
) -> None:
    total, done = sum(map(len, records.values())), 0
    for keys in _pieces(sorted(records), FAMILIES_A_BATCH):
        batch = {key: records[key] for key in keys}
        planned = _batch(job, source, batch, held)
        outcome.added += sum(len(plan.added) for plan in planned)
        outcome.changed += sum(len(plan.changed) for plan in planned)
        still = sum(1 for p in planned for s in p.touched if not s.new and not s.changes)
        outcome.unchanged += still
        done += sum(map(len, batch.values()))
        job.progress(source, done, total)


def _batch(job: Import, source: str, batch: Mapping[str, list[Incoming]], held: lock.Held | None) -> list[FamilyPlan]:
    if held is None:
        with job.database.reading() as session:
            return plans(session, batch, job.clock())
    with job.database.writing() as session:
        act = Act(session, job.actor, job.clock())
        lock.beat(session, held, act.now)
        planned = plans(session, batch, act.now)
        write(act, source, planned)
    return planned


def _write_all_summaries(
    job: Import, source: str, records: Sequence[IncomingSummary], outcome: Outcome, held: lock.Held | None
) -> None:
    for done, piece in enumerate(_pieces(records, SUMMARIES_A_BATCH)):
        with job.database.reading() if held is None else job.database.writing() as session:
            act = Act(session, job.actor, job.clock())
            found = _targets(session, piece)
            for record in piece:
                if record.key not in found:
                    right = "There is no such text. Import its record first."
                    outcome.rejects.append(Reject(source, record.line, "id", record.key, right))
            matched = [(record, *found[record.key]) for record in piece if record.key in found]
            if held is None:
                outcome.summaries += len(matched)
                continue
            lock.beat(session, held, act.now)
            outcome.summaries += write_summaries(act, source, matched)
        job.progress(source, min((done + 1) * SUMMARIES_A_BATCH, len(records)), len(records))


def _targets(session: Session, records: Sequence[IncomingSummary]) -> dict[str, tuple[int, int]]:
    """Text id and family id, by the name that the record uses."""
    keys = [record.key for record in records]
    wanted = TEXT.c.catalogue_id.in_(keys) | TEXT.c.identifier.in_(keys)
    rows = session.execute(select(TEXT.c.catalogue_id, TEXT.c.identifier, TEXT.c.id, TEXT.c.family_id).where(wanted))
    found: dict[str, tuple[int, int]] = {}
    for catalogue_id, identifier, id, family_id in rows:
        found.setdefault(identifier, (id, family_id))
        if catalogue_id:
            found[catalogue_id] = (id, family_id)
    return found


def _withdraw(job: Import, source: str, gone: Sequence[str], outcome: Outcome, held: lock.Held | None) -> None:
    """What a source no longer has is withdrawn, unless another source has it."""
    for piece in _pieces(gone, FAMILIES_A_BATCH):
        if held is None:
            with job.database.reading() as session:
                outcome.withdrawn += len(withdrawing(session, source, piece, []))
            continue
        with job.database.writing() as session:
            act = Act(session, job.actor, job.clock())
            lock.beat(session, held, act.now)
            outcome.withdrawn += withdraw_gone(act, source, piece)


def _pieces(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece
