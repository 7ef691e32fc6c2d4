"""Answers to requests that may come twice: the second with the same key gets the answer of the first.

The row is written in the transaction of the act, so that a key is known exactly when the act was done; a request
with the same key at the same moment waits for the first and then reads its answer.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select

from sgdocs.base.errors import Invalid
from sgdocs.base.rulebook import rule
from sgdocs.journal.models import Repeat
from sgdocs.journal.record import canonical

OTHER_REQUEST = rule(
    "api.key-of-another-request",
    "The Idempotency-Key “{key}” was used for another request. Use a new key for a new request.",
    "draft-ietf-httpapi-idempotency-key-header, 2.7",
    settings=("repeat_days",),
)
LONGEST_KEY = 255


@dataclass(frozen=True)
class Answer:
    """What was answered: status, body and address of what was made."""

    status: int
    body: Mapping[str, Any]
    location: str = ""


def digest_of(method: str, address: str, fields: Mapping[str, Any]) -> str:
    """By which the same request is known again. fields: what it says, with files by their digests."""
    return hashlib.sha256(canonical([method, address, fields]).encode()).hexdigest()


def known(session: Session, person_id: int, key: str, digest: str) -> Answer | None:
    """The answer given before, or None. Invalid when the key belongs to another request."""
    found = select(Repeat).where(Repeat.person_id == person_id, Repeat.key == key)
    row = session.exec(found.execution_options(populate_existing=True)).first()
    if row is None:
        return None
    if row.digest != digest:
        raise Invalid(OTHER_REQUEST, field="Idempotency-Key", key=key)
    return Answer(row.status, row.answer, row.location)


def claim(session: Session, person_id: int, key: str, digest: str, now: datetime) -> Answer | None:
    """Take the key for this transaction, or the answer of whoever had it first. Waits for that one to end."""
    before = known(session, person_id, key, digest)
    if before is not None:
        return before
    try:
        with session.begin_nested():
            session.add(Repeat(person_id=person_id, key=key, digest=digest, at=now))
            session.flush()
    except IntegrityError:
        return known(session, person_id, key, digest)
    return None


def keep(session: Session, person_id: int, key: str, answer: Answer) -> None:
    """Write the answer beside the key that was claimed."""
    row = session.exec(select(Repeat).where(Repeat.person_id == person_id, Repeat.key == key)).one()
    row.status, row.answer, row.location = answer.status, dict(answer.body), answer.location
    session.add(row)
    session.flush()


def forget(session: Session, now: datetime, days: int) -> int:
    """Drop what is older than so many days; how many."""
    return session.exec(delete(Repeat).where(col(Repeat.at) < now - timedelta(days=days))).rowcount
