"""The listener of the workspace: a text goes on, and what was kept of it goes with it. Told twice, it does the same.

A new version is compared with the one on which note and stance were written, and the clauses that changed are noted;
what replaces a document takes over favourite, stance, note and its places on tracked lists; a Recommendation takes over what
was kept of the work item that it came of. Source: features N5, C39.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Protocol

from sqlalchemy import or_
from sqlmodel import Session, col, select, update

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import Refused
from sgdocs.documents.comparing import Readers, compared, sides
from sgdocs.documents.models import Document, Lineage
from sgdocs.documents.rules import LineageKind
from sgdocs.groups.queries import actor_for
from sgdocs.journal.models import Entry
from sgdocs.people.models import Person
from sgdocs.storage.store import BlobStore
from sgdocs.work_programme.models import WorkItem
from sgdocs.workspace import becoming
from sgdocs.workspace.kinds import ORIGINAL, base_mark, part_of, things_of
from sgdocs.workspace.models import Kept, TrackedList, TrackedThing
from sgdocs.workspace.rules import Moved

LISTENER: Final = "workspace"
VERBS: Final = ("documents.read", "documents.related", "work.base-set", becoming.VERB)
MOST_LABELS: Final = 60


class Following(Protocol):
    """What following needs of the services."""

    @property
    def database(self) -> Database: ...

    @property
    def blobs(self) -> BlobStore: ...

    @property
    def readers(self) -> Readers: ...


def hear(services: Following, entries: Sequence[Entry]) -> None:
    """Carried first, so that what was carried is compared; each comparison is made outside the writer's lock."""
    related = [each for each in entries if each.verb == "documents.related"]
    if related:
        with services.database.writing() as session:
            for each in related:
                _carry(session, each)
    for entry in entries:
        if entry.verb == becoming.VERB:
            with services.database.writing() as session:
                becoming.carry(session, entry)
        else:
            _compare(services, entry)


# Carry on


def _carry(session: Session, entry: Entry) -> None:
    """To the document that is a revision of another, for those who may read it and keep nothing of it yet."""
    of_it = (Lineage.document_id == entry.subject_id, Lineage.kind == LineageKind.REVISION_OF)
    for older_id in session.exec(select(Lineage.other_id).where(*of_it)):
        older, newer = session.get(Document, older_id), session.get(Document, entry.subject_id)
        if older is not None and newer is not None:
            _carry_kept(session, entry, older, newer)
            _carry_tracked(session, entry, older, newer)


def _carry_kept(session: Session, entry: Entry, older: Document, newer: Document) -> None:
    there = set(session.exec(select(Kept.person_id).where(Kept.kind == "document", Kept.thing_id == newer.id)))
    for row in session.exec(select(Kept).where(Kept.kind == "document", Kept.thing_id == older.id)).all():
        if row.person_id not in there and _reads(session, row.person_id, newer, entry):
            mark = row.mark if "/" in row.mark else f"{older.name}/{row.mark}"
            label = row.mark_label if "/" in row.mark else f"{older.label} {row.mark_label}"
            told = row.model_dump(
                include={"person_id", "kind", "is_favourite", "stance", "note", "is_shared", "covers"}
            )
            session.add(
                Kept(
                    **told,
                    thing_id=newer.id or 0,
                    organisation_id=row.organisation_id,
                    mark=mark,
                    mark_label=label,
                    carried_from=older.label,
                    created_at=entry.at,
                    changed_at=entry.at,
                )
            )
    session.flush()


def _carry_tracked(session: Session, entry: Entry, older: Document, newer: Document) -> None:
    """On each list where the older stands by hand, unless the newer one stands there or was taken off."""
    held = select(TrackedThing, TrackedList).join(TrackedList, col(TrackedList.id) == TrackedThing.list_id)
    of_older = (TrackedThing.kind == "document", TrackedThing.thing_id == older.id, col(TrackedThing.is_out).is_(False))
    for row, tracked in session.exec(held.where(*of_older)).all():
        known = session.get(TrackedThing, (row.list_id, "document", newer.id))
        if known is None and _reads(session, tracked.person_id, newer, entry):
            session.add(
                TrackedThing(
                    list_id=row.list_id,
                    kind="document",
                    thing_id=newer.id or 0,
                    because=older.label,
                    added_at=entry.at,
                )
            )


def _reads(session: Session, person_id: int, document: Document, entry: Entry) -> bool:
    person = session.get_one(Person, person_id)
    act = Act(session, actor_for(session, person, entry.at), entry.at)
    return ("document", document.id or 0) in things_of(act, [("document", document.id or 0)])


# Compare


@dataclass(frozen=True)
class Standing:
    """Which thing went on, and the text that it has now. mark: as `kinds.Thing`; part: of that document."""

    kind: str
    id: int
    document: Document | None
    mark: str
    part: str


def _compare(services: Following, entry: Entry) -> None:
    """Each mark that is held of the thing with what stands now; the rows in one short transaction."""
    with services.database.reading() as session:
        act = Act(session, Actor.clock(), entry.at)
        now = _standing(session, entry)
        found = {mark: _moved(act, services, now, mark) for mark in _marks(session, now)}
    if found:
        with services.database.writing() as session:
            for mark, moved in found.items():
                same = (col(Kept.kind) == now.kind, col(Kept.thing_id) == now.id, col(Kept.mark) == mark)
                session.exec(update(Kept).where(*same).values(changes=moved))


def _standing(session: Session, entry: Entry) -> Standing:
    if entry.subject_kind == WorkItem.__tablename__:
        item = session.get_one(WorkItem, entry.subject_id)
        base = session.get(Document, item.base_document_id) if item.base_document_id else None
        return Standing("item", entry.subject_id, base, base_mark(item), item.base_part)
    document = session.get(Document, entry.subject_id)
    mark, part = (part_of(document), document.part) if document is not None else ("", "")
    return Standing("document", entry.subject_id, document, mark, part)


def _marks(session: Session, now: Standing) -> list[str]:
    told = or_(col(Kept.stance) != "", col(Kept.note) != "")
    held = select(Kept.mark).where(Kept.kind == now.kind, Kept.thing_id == now.id, Kept.mark != now.mark, told)
    return list(session.exec(held.distinct()))


def _moved(act: Act, services: Following, now: Standing, mark: str) -> dict[str, Any]:
    """As JSON. A text that cannot be read, or is gone, is not compared, and that is said."""
    moved = Moved(until=now.mark, until_label=now.mark.rpartition("/")[2])
    older = _name_of(act, mark)
    if now.document is not None and older:
        with suppress(Refused):
            summary = compared(act, services, sides(act, now.document, old=older, new=now.part or ORIGINAL)).summary
            moved = replace(
                moved,
                changed=summary.changed[:MOST_LABELS],
                new=summary.new[:MOST_LABELS],
                gone=summary.gone[:MOST_LABELS],
                is_compared=True,
            )
    return asdict(moved)


def _name_of(act: Act, mark: str) -> str:
    """A mark as a comparison takes it: `R1`; `T25-SG15-C7/R1` of another document, from `123/R1` too."""
    id, slash, part = mark.partition("/")
    if not slash or not id.isdecimal():
        return mark
    document = act.session.get(Document, int(id))
    return f"{document.name}/{part}" if document is not None else ""
