"""The listener that hears of documents and drafts, and tells the allotment what they answer. Told twice, it does the same."""

from collections.abc import Sequence
from typing import Final, Protocol

from sqlmodel import col, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.documents.models import Document
from sgdocs.journal.models import Entry
from sgdocs.liaison.actions.pointing import point_out_answer
from sgdocs.liaison.models import Statement, StatementPaper

LISTENER: Final = "liaison-answers"
OF_DOCUMENTS: Final = (
    "documents.submitted",
    "documents.posted",
    "documents.filed",
    "documents.revised",
    "documents.released",
    "documents.restored",
)
OF_STATEMENTS: Final = ("liaison.paper-added", "liaison.edited")
VERBS: Final = (*OF_DOCUMENTS, *OF_STATEMENTS)


class Furnished(Protocol):
    """What is needed of the services."""

    @property
    def database(self) -> Database: ...


def hear(services: Furnished, entries: Sequence[Entry]) -> None:
    """One transaction for each document that came, or that goes with a draft that changed."""
    documents = {e.subject_id for e in entries if e.verb in OF_DOCUMENTS}
    drafts = {e.subject_id for e in entries if e.verb in OF_STATEMENTS and e.subject_kind == Statement.__tablename__}
    if drafts:
        with services.database.reading() as session:
            held = select(StatementPaper.document_id).where(col(StatementPaper.statement_id).in_(drafts))
            documents |= {id for id in session.exec(held) if id is not None}
    for id in sorted(documents):
        with services.database.writing() as session:
            point_out_answer(Act(session, Actor.clock(), clock.now()), session.get_one(Document, id))
