"""What the journal tells of documents: to whom may know of them today, and of a tombstone no more than its number."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.documents.listing import known
from sgdocs.documents.models import Document
from sgdocs.documents.queries import sees_drafts
from sgdocs.documents.rules import Status
from sgdocs.journal.models import Entry

OF_ITS_TEXT: Final = ("title", "titles", "source", "note")
"""Facts that say what a document is about."""


def tellable(act: Act) -> ColumnElement[bool]:
    """The condition on entries besides their audience: a document that was narrowed takes its past with it.

    An entry keeps the audience of its day, since the chain binds it.
    """
    there = exists().where(col(Document.id) == col(Entry.subject_id), known(act))
    return or_(col(Entry.subject_kind) != Document.__tablename__, there)


def facts_told(act: Act, entries: Sequence[Entry]) -> list[Mapping[str, Any]]:
    """The facts of each entry, in their order; of a withdrawn document those alone that a tombstone tells. One query."""
    ids = {entry.subject_id for entry in entries if entry.subject_kind == Document.__tablename__}
    gone = select(Document).where(col(Document.id).in_(ids), Document.status == Status.WITHDRAWN)
    silent = {each.id for each in act.session.exec(gone) if not sees_drafts(act, each)} if ids else set()
    return [
        {name: fact for name, fact in entry.facts.items() if name not in OF_ITS_TEXT}
        if entry.subject_kind == Document.__tablename__ and entry.subject_id in silent
        else entry.facts
        for entry in entries
    ]
