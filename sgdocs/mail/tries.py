"""Messages of the inbox that could not be taken: how often it was tried, and when it is tried again."""

from datetime import datetime, timedelta
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.base.text import one_line
from sgdocs.mail.models import InboxTry

PAUSES_S: Final = (60, 300, 1800, 7200)
"""Between the tries; after the last a message is set aside."""


def key_of(key: str) -> str:
    """As it is kept: names of files may bear what no database takes."""
    return one_line(key)[:300]


def failed(session: Session) -> dict[str, datetime]:
    """`key_of` the message -> when it is tried again."""
    return {row.key: row.due_at for row in session.exec(select(InboxTry).order_by(col(InboxTry.key)))}


def note_failure(session: Session, key: str, why: str, now: datetime) -> bool:
    """One more try failed; whether it was the last."""
    row = session.get(InboxTry, key_of(key)) or InboxTry(key=key_of(key), due_at=now)
    row.tries += 1
    row.error = one_line(why)[:500]
    is_last = row.tries > len(PAUSES_S)
    row.due_at = now + timedelta(seconds=PAUSES_S[min(row.tries, len(PAUSES_S)) - 1])
    session.add(row)
    session.flush()
    return is_last


def forget(session: Session, key: str) -> None:
    """It is taken, or set aside."""
    row = session.get(InboxTry, key_of(key))
    if row is not None:
        session.delete(row)
        session.flush()
