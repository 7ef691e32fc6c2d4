"""Keep the index as the database is: refreshed from the journal, or rebuilt beside and swapped."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol
from weakref import WeakKeyDictionary

from sqlmodel import Session

from sgdocs.base.db import Database
from sgdocs.journal import outbox
from sgdocs.journal.models import Entry
from sgdocs.search import (
    document_records,
    event_records,
    guide_records,
    liaison_records,
    records,
    talk_records,
    work_records,
)
from sgdocs.search.engine import IndexBusy, IndexUnavailable, Progress, Record, SearchEngine
from sgdocs.search.statement_papers import documents_of, statements_of

log = logging.getLogger(__name__)
LISTENER = "search"
REBUILD_ABOVE = 1000
CLAUSES_OF_AN_ENTRY = 20
REPAIR_EVERY_S = 300
NOTHING_NEW = frozenset({"documents.stamped", "documents.pattern-set"})
"""Verbs that change nothing that is found."""
OF_KIND: dict[str, Callable[[Session, Iterable[int]], Iterator[Record]]] = {
    records.FAMILY: lambda session, ids: records.of_texts(session, list(ids)),
    records.GROUP: lambda session, ids: records.of_groups(session, list(ids)),
    records.PERSON: lambda session, ids: records.of_people(session, list(ids)),
    records.ORGANISATION: lambda session, ids: records.of_organisations(session, list(ids)),
    document_records.DOCUMENT: lambda session, ids: document_records.of_documents(session, list(ids)),
    work_records.WORK_ITEM: lambda session, ids: work_records.of_items(session, list(ids)),
    liaison_records.STATEMENT: lambda session, ids: liaison_records.of_statements(session, list(ids)),
    liaison_records.BODY: lambda session, ids: liaison_records.of_bodies(session, list(ids)),
    event_records.EVENT: lambda session, ids: event_records.of_events(session, list(ids)),
    talk_records.MESSAGE: lambda session, ids: talk_records.of_messages(session, list(ids)),
}


def everything(session: Session) -> Iterator[Record]:
    """Every record there should be. Reads in pieces: memory stays small."""
    yield from records.everything(session)
    yield from document_records.of_documents(session)
    yield from work_records.of_items(session)
    yield from liaison_records.of_statements(session)
    yield from liaison_records.of_bodies(session)
    yield from event_records.of_events(session)
    yield from talk_records.of_messages(session)
    yield from guide_records.of_guides()


class Indexed(Protocol):
    """What indexing needs of the services."""

    @property
    def database(self) -> Database: ...

    @property
    def search(self) -> SearchEngine: ...


def refresh(services: Indexed, entries: Sequence[Entry]) -> None:
    """Index anew what the entries are about, in one commit; told twice, it does the same."""
    touched = _touched(entries)
    with services.database.reading() as session:
        _with_companions(session, touched)
        found = [record for kind, ids in touched.items() for record in OF_KIND[kind](session, sorted(ids))]
    families = [f"{kind}:{id}" for kind, ids in touched.items() for id in sorted(ids)]
    if families:
        services.search.replace(families, found)


def _with_companions(session: Session, touched: dict[str, set[int]]) -> None:
    """A statement and the documents that it is are one family: who touches one touches all, and what was said on it."""
    told, papers = liaison_records.STATEMENT, document_records.DOCUMENT
    statements = touched.get(told, set()) | set(statements_of(session, touched.get(papers, ())).values())
    if statements:
        touched[told] = statements
        said = talk_records.on_statements(session, statements)
        if said:
            touched[talk_records.MESSAGE] = touched.get(talk_records.MESSAGE, set()) | said
        theirs = {id for some in documents_of(session, statements).values() for id in some}
        touched[papers] = touched.get(papers, set()) | theirs


def refresh_guides(services: Indexed) -> None:
    """The guides as this version of the program has them. No entry tells of them: the worker does it when it starts."""
    try:
        services.search.status()
        services.search.replace(guide_records.families(), guide_records.of_guides())
    except (IndexBusy, IndexUnavailable) as error:
        log.info("the guides come with the next rebuild of the index: %s", error)


def _touched(entries: Sequence[Entry]) -> dict[str, set[int]]:
    """The subjects of entries; an entry about many things names them in the fact `<kind>_ids`."""
    touched: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        if entry.verb in NOTHING_NEW:
            continue
        for kind in OF_KIND:
            touched[kind].update(entry.facts.get(f"{kind}_ids", ()))
        if entry.subject_kind in OF_KIND:
            touched[entry.subject_kind].add(entry.subject_id)
    return {kind: ids for kind, ids in touched.items() if ids}


def catch_up(services: Indexed) -> bool:
    """Rebuild when too much waits, or when there is no index that can be read; whether it was done."""
    with services.database.reading() as session:
        waiting = outbox.waiting(session, LISTENER)
    if not (waiting > REBUILD_ABOVE and _pays(services, waiting)) and not _REPAIR.due(services):
        return False
    log.info("rebuilding the index: %s entries wait", waiting)
    rebuild(services)
    return True


def _pays(services: Indexed, waiting: int) -> bool:
    """Whether a rebuild costs less than hearing all that waits: an entry on a document renews all its clauses."""
    try:
        return waiting > services.search.status().records // CLAUSES_OF_AN_ENTRY
    except IndexUnavailable:
        return True


def rebuild(services: Indexed, progress: Progress | None = None) -> int:
    """A fresh index beside the live one, then swapped; what waited until now counts as heard."""
    with services.database.reading() as session:
        last = outbox.last_id(session)
        total = services.search.rebuild(everything(session), progress)
    with services.database.writing() as session:
        outbox.done_before(session, LISTENER, last)
    return total


def differences(services: Indexed) -> list[str]:
    """What is wrong with the index, and where it differs from the database, in words."""
    wrong = list(services.search.check())
    with services.database.reading() as session:
        wanted = {record.key for record in everything(session)}
    have = set(services.search.keys())
    wrong += [f"not in the index: {key}" for key in sorted(wanted - have)]
    return wrong + [f"no longer in the database: {key}" for key in sorted(have - wanted)]


class _Repair:
    """Whether a missing or broken index is to be rebuilt now: at once, then every few minutes."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.tried: WeakKeyDictionary[SearchEngine, float] = WeakKeyDictionary()

    def due(self, services: Indexed) -> bool:
        try:
            services.search.status()
        except IndexUnavailable as error:
            return self._now(services.search, str(error))
        return False

    def _now(self, engine: SearchEngine, why: str) -> bool:
        with self.lock:
            last = self.tried.get(engine)
            if last is not None and time.monotonic() - last < REPAIR_EVERY_S:
                return False
            self.tried[engine] = time.monotonic()
        log.warning("the index cannot be read (%s); rebuilding it", why)
        return True


_REPAIR = _Repair()
