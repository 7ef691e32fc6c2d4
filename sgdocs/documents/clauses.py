"""The kept text of a file: its clauses as units, in their order."""

from sqlmodel import Session, col, select

from sgdocs.documents.models import Clause, File
from sgdocs.text.model import Unit


def clauses_of(session: Session, file: File) -> list[Clause]:
    return list(session.exec(select(Clause).where(Clause.file_id == file.id).order_by(col(Clause.position))))


def units_of(session: Session, file: File) -> list[Unit]:
    """As the reader gave them."""
    return [
        Unit(row.number, row.title, row.text, row.level, row.anchor, row.kind, row.page)
        for row in clauses_of(session, file)
    ]
