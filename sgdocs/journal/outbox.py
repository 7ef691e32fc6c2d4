"""Seal entries into the chain, and hand each to its listeners: at least once, in order."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, insert
from sqlmodel import Session, col, select, update

from sgdocs.journal.chain import hash_of
from sgdocs.journal.models import DONE, OPEN, PARKED, Delivery, Entry, Head

PAUSES_S = (2, 10, 60, 300, 1800)
LEASE = timedelta(minutes=5)
SEAL_BATCH = 2000

Wanted = Callable[[str], Sequence[str]]


def seal(session: Session, listeners_of: Wanted, now: datetime, *, limit: int = SEAL_BATCH) -> int:
    """Give unsealed entries their position and hash, and one outbox row for each listener.

    One short transaction of the caller's; the row of the chain's head is the lock. An entry that
    commits late is sealed late, and is never passed over. What was written in bulk gets its salt here. Returns how many
    were sealed.
    """
    head = _lock_head(session)
    waiting = select(Entry).where(col(Entry.position).is_(None)).order_by(col(Entry.id)).limit(limit)
    entries = session.exec(waiting).all()
    rows: list[dict[str, object]] = []
    for entry in entries:
        head.position += 1
        entry.position, entry.previous_hash = head.position, head.hash
        entry.salt = entry.salt or secrets.token_hex(16)
        entry.hash = head.hash = hash_of(entry)
        rows += [
            {"entry_id": entry.id, "listener": name, "state": OPEN, "due_at": now, "attempts": 0}
            for name in listeners_of(entry.verb)
        ]
    if rows:
        session.flush()
        session.execute(insert(Delivery), rows)
    return len(entries)


def due(session: Session, now: datetime) -> set[str]:
    """The listeners for whom a delivery is due. One query."""
    found = select(Delivery.listener).where(Delivery.state == OPEN, col(Delivery.due_at) <= now)
    return set(session.exec(found.distinct()))


def claim(session: Session, listener: str, now: datetime, *, limit: int = 1) -> list[tuple[Delivery, Entry]]:
    """The oldest rows of a listener that are due, leased to the caller; empty when there are none.

    A lease of five minutes: whoever dies leaves its rows to the next. Nobody gets a row twice at once.
    """
    due = select(Delivery.id).where(Delivery.listener == listener, Delivery.state == OPEN, col(Delivery.due_at) <= now)
    ids = session.exec(due.order_by(col(Delivery.id)).limit(limit)).all()
    taken = session.scalars(
        update(Delivery)
        .where(col(Delivery.id).in_(ids), col(Delivery.state) == OPEN, col(Delivery.due_at) <= now)
        .values(due_at=now + LEASE, attempts=Delivery.attempts + 1)
        .returning(col(Delivery.id))
    ).all()
    found = select(Delivery, Entry).join(Entry, col(Entry.id) == Delivery.entry_id)
    found = found.where(col(Delivery.id).in_(taken)).order_by(col(Delivery.id))
    return [(d, e) for d, e in session.exec(found, execution_options={"populate_existing": True})]


def done_before(session: Session, listener: str, last_id: int) -> int:
    """Mark all open deliveries of a listener up to an id as heard: a rebuild has covered them."""
    heard = update(Delivery).where(
        col(Delivery.listener) == listener, col(Delivery.state) == OPEN, col(Delivery.id) <= last_id
    )
    return session.exec(heard.values(state=DONE, error=None)).rowcount


def last_id(session: Session) -> int:
    """The id of the newest delivery, 0 when there is none."""
    return session.exec(select(func.max(Delivery.id))).one() or 0


def done(session: Session, ids: Sequence[int]) -> None:
    """Mark deliveries as heard."""
    for start in range(0, len(ids), 500):
        some = ids[start : start + 500]
        session.exec(update(Delivery).where(col(Delivery.id).in_(some)).values(state=DONE, error=None))


def failed(session: Session, delivery: Delivery, error: str, now: datetime) -> None:
    """Try again with a growing pause; after the last pause park the row for the secretariat."""
    delivery.error = error[:1000]
    if delivery.attempts > len(PAUSES_S):
        delivery.state = PARKED
    else:
        delivery.due_at = now + timedelta(seconds=PAUSES_S[delivery.attempts - 1])


def waiting(session: Session, listener: str | None = None) -> int:
    """How many deliveries are open, of one listener or of all."""
    found = select(func.count()).select_from(Delivery).where(Delivery.state == OPEN)
    return session.exec(found.where(Delivery.listener == listener) if listener else found).one()


def is_quiet(session: Session, now: datetime) -> bool:
    """Whether nothing is to be sealed and nothing is due. Two short queries."""
    unsealed = session.exec(select(Entry.id).where(col(Entry.position).is_(None)).limit(1)).first()
    if unsealed is not None:
        return False
    due = select(Delivery.id).where(Delivery.state == OPEN, col(Delivery.due_at) <= now).limit(1)
    return session.exec(due).first() is None


def parked(session: Session, *, limit: int = 100) -> list[tuple[Delivery, Entry]]:
    """Deliveries that were given up, the newest first."""
    found = select(Delivery, Entry).join(Entry, col(Entry.id) == Delivery.entry_id).where(Delivery.state == PARKED)
    return [(d, e) for d, e in session.exec(found.order_by(col(Delivery.id).desc()).limit(limit))]


def wake(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Open parked deliveries again."""
    values: Mapping[str, object] = {"state": OPEN, "due_at": now, "attempts": 0}
    session.exec(update(Delivery).where(col(Delivery.id).in_(ids), col(Delivery.state) == PARKED).values(**values))


def lag_seconds(session: Session, now: datetime) -> float:
    """Age of the oldest entry that is not sealed, or of the oldest delivery that is due, in seconds."""
    unsealed = session.exec(select(func.min(Entry.at)).where(col(Entry.position).is_(None))).one()
    overdue = session.exec(
        select(func.min(Entry.at))
        .select_from(Delivery)
        .join(Entry, col(Entry.id) == Delivery.entry_id)
        .where(Delivery.state == OPEN)
    ).one()
    oldest = [at for at in (unsealed, overdue) if at is not None]
    return max(0.0, (now - min(oldest)).total_seconds()) if oldest else 0.0


def _lock_head(session: Session) -> Head:
    head = session.exec(select(Head).where(Head.id == 1).with_for_update()).first()
    if head is None:
        head = Head(id=1, position=0, hash="")
        session.add(head)
        session.flush()
    return head
