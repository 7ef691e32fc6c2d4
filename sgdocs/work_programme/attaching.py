"""The listener that brings documents and work items together: hears of both. Told twice, it does the same."""

from collections.abc import Sequence
from typing import Final, Protocol

from sqlmodel import Session, col, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.documents.models import Document
from sgdocs.journal.models import Entry
from sgdocs.work_programme.actions.finding import find_papers, papers_named_like, point_out
from sgdocs.work_programme.models import ItemName, ItemPaper, WorkItem
from sgdocs.work_programme.queries import names_of_active

LISTENER: Final = "item-papers"
OF_DOCUMENTS: Final = (
    "documents.submitted",
    "documents.posted",
    "documents.filed",
    "documents.entered",
    "documents.revised",
    "documents.released",
    "documents.restored",
)
NAMING: Final = ("work.proposed", "work.registered", "work.edited", "work.imported", "work.completed")
"""After these an item may have a name that titles had before; after all others on items its papers are looked at alone."""


class Furnished(Protocol):
    """What is needed of the services."""

    @property
    def database(self) -> Database: ...


def hear(services: Furnished, entries: Sequence[Entry]) -> None:
    """Look at the titles of documents that came, and for the papers of items that changed: one transaction a thing."""
    documents = {e.subject_id for e in entries if e.verb in OF_DOCUMENTS}
    items = {e.subject_id for e in entries if e.subject_kind == WorkItem.__tablename__}
    named = {e.subject_id for e in entries if e.subject_id in items and e.verb in NAMING}
    with services.database.reading() as session:
        names = names_of_active(session) if documents or named else []
        documents |= {id for item_id in named for id in _likely(session, item_id)}
        papers = set(_papers_of(session, items)) - documents
    for id in sorted(documents):
        with services.database.writing() as session:
            find_papers(_act(session), session.get_one(Document, id), names)
    if papers:
        with services.database.writing() as session:
            rows = session.exec(select(Document).where(col(Document.id).in_(papers)).order_by(col(Document.id)))
            point_out(_act(session), list(rows))


def _act(session: Session) -> Act:
    return Act(session, Actor.clock(), clock.now())


def _likely(session: Session, item_id: int) -> list[int]:
    """Ids of documents that may name the item."""
    item = session.get(WorkItem, item_id)
    if item is None:
        return []
    names = session.exec(select(ItemName.name).where(ItemName.work_item_id == item_id)).all()
    return [row.id or 0 for row in papers_named_like(session, item, names)]


def _papers_of(session: Session, items: set[int]) -> list[int]:
    found = select(ItemPaper.document_id).where(col(ItemPaper.work_item_id).in_(items))
    return list(session.exec(found)) if items else []
