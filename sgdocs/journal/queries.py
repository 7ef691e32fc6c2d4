"""What changed: sealed entries in their order."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from sgdocs.journal.models import Entry


def changes(
    session: Session, audiences: Collection[str], *more: ColumnElement[bool], since: int = 0, limit: int = 100
) -> list[Entry]:
    """Sealed entries after a position that these audiences may read, in order. more: conditions on entries besides."""
    found = select(Entry).where(col(Entry.position) > since, col(Entry.audience).in_(audiences), *more)
    return list(session.exec(found.order_by(col(Entry.position)).limit(limit)))


def latest(
    session: Session, audiences: Collection[str], *more: ColumnElement[bool], prefix: str = "", limit: int = 20
) -> list[Entry]:
    """The newest sealed entries, of verbs that begin with a prefix. more: conditions on entries besides."""
    found = select(Entry).where(col(Entry.position).is_not(None), col(Entry.audience).in_(audiences), *more)
    if prefix:
        found = found.where(col(Entry.verb).startswith(prefix, autoescape=True))
    return list(session.exec(found.order_by(col(Entry.position).desc()).limit(limit)))


def last_position(session: Session) -> int:
    """The position of the newest sealed entry, 0 when there is none."""
    return session.exec(select(func.max(Entry.position))).one() or 0
