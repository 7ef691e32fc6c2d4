"""Which documents are a liaison statement: as sent, and as each addressed group filed it. They are one family with it.

Each record keeps its own audience and text; what differs in a document is found, and shown as a hit of the statement.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, or_, union_all
from sqlalchemy import select as columns
from sqlmodel import Session, col

from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.rules import OUT
from sgdocs.search.shown import Other

MOST_NAMED: Final = 4


def was_out() -> ColumnElement[bool]:
    """Statements that the index holds: drafts are not found."""
    return or_(col(Statement.status).in_(OUT), col(Statement.sent_at).is_not(None))


def statements_of(session: Session, document_ids: Collection[int | None]) -> dict[int, int]:
    """Id of the document -> of the statement that it is; the first when there are several. One query."""
    pairs = _pairs().subquery()
    rows = session.execute(
        columns(pairs.c.document_id, pairs.c.statement_id)
        .where(pairs.c.document_id.in_(sorted(id for id in document_ids if id is not None)))
        .order_by(pairs.c.statement_id.desc())
    )
    return {row.document_id: row.statement_id for row in rows}


def documents_of(session: Session, statement_ids: Collection[int]) -> dict[int, list[int]]:
    """Id of the statement -> of the documents that it is. One query, or none."""
    found: dict[int, list[int]] = {}
    if statement_ids:
        pairs = _pairs().subquery()
        rows = session.execute(
            columns(pairs.c.statement_id, pairs.c.document_id).where(pairs.c.statement_id.in_(sorted(statement_ids)))
        )
        for row in rows:
            found.setdefault(row.statement_id, []).append(row.document_id)
    return found


def _pairs() -> Any:
    sent: Any = columns(col(Statement.id).label("statement_id"), col(Statement.document_id).label("document_id"))
    filed: Any = columns(col(Addressee.statement_id), col(Addressee.document_id))
    filed = filed.join(Statement, col(Statement.id) == col(Addressee.statement_id))
    return union_all(
        sent.where(was_out(), col(Statement.document_id).is_not(None)),
        filed.where(was_out(), col(Addressee.document_id).is_not(None)),
    )


def named_of(session: Session, statement_ids: Collection[int], audiences: Collection[str]) -> dict[int, list[Other]]:
    """Id of the statement -> its documents as they are named beside it, as far as these audiences read them. Two queries."""
    theirs = documents_of(session, statement_ids)
    ids = {id for some in theirs.values() for id in some}
    rows: Sequence[Row[Any]] = ()
    if ids:
        found = columns(*map(col, (Document.id, Document.label, Document.name, Document.status, Document.posted_at)))
        rows = session.execute(
            found.where(col(Document.id).in_(ids), col(Document.audience).in_(audiences), documents.is_listed())
        ).all()
    told = {
        row.id: Other(row.label, f"/doc/{row.name}", row.status, str(row.posted_at.date()) if row.posted_at else "")
        for row in rows
    }
    return {
        id: [told[each] for each in dict.fromkeys(some) if each in told][:MOST_NAMED] for id, some in theirs.items()
    }
