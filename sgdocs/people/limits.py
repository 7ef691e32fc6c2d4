"""How often in how long: counted in the database, so that all processes count together."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select, update

from sgdocs.base.errors import TooMany
from sgdocs.base.rulebook import rule
from sgdocs.people.accounts import RateCount
from sgdocs.people.keys import hash_of

TOO_MANY = rule(
    "people.too-often",
    "Too often: {limit} times in {window_s} seconds are allowed. Come back in {retry_after_s} seconds.",
    settings=(
        "login_limit",
        "search_limit",
        "suggest_limit",
        "api_limit",
        "upload_limit",
        "bundle_limit",
        "acknowledgement_limit",
    ),
)


@dataclass(frozen=True)
class Slot:
    """One window of one key. number: windows since 1970; ends_at: when it starts anew."""

    key: str
    number: int
    ends_at: datetime


def hit(session: Session, key: str, limit: int, window_s: int, now: datetime) -> int:
    """Count one more for the key in this window; returns the count. TooMany above the limit.

    Use a short transaction of its own, and commit it: a refusal later on must not take the count back.
    Costs one statement.
    """
    count = _add(session, _slot(key, window_s, now))
    if count > limit:
        raise _too_many(limit, window_s, now)
    return count


def give_back(session: Session, key: str, window_s: int, now: datetime) -> None:
    """Take one hit back: it was none of those that are to be limited."""
    slot = _slot(key, window_s, now)
    session.exec(
        update(RateCount)
        .where(col(RateCount.key) == slot.key, col(RateCount.slot) == slot.number, col(RateCount.count) > 0)
        .values(count=RateCount.count - 1)
    )


def is_spent(session: Session, key: str, limit: int, window_s: int, now: datetime) -> bool:
    """Whether the next hit would be one too many; counts nothing."""
    slot = _slot(key, window_s, now)
    found = select(RateCount.count).where(RateCount.key == slot.key, RateCount.slot == slot.number)
    return (session.exec(found).first() or 0) >= limit


def forget_counts(session: Session, now: datetime) -> int:
    """Remove the counts of windows that are over; returns how many."""
    return session.exec(delete(RateCount).where(col(RateCount.ends_at) < now)).rowcount


def _too_many(limit: int, window_s: int, now: datetime) -> TooMany:
    left = window_s - int(now.timestamp()) % window_s
    return TooMany(TOO_MANY, limit=limit, window_s=window_s, retry_after_s=left)


def _slot(key: str, window_s: int, now: datetime) -> Slot:
    """Keys are stored as digests: they hold addresses of people."""
    number = int(now.timestamp()) // window_s
    return Slot(hash_of(f"{window_s}|{key}"), number, datetime.fromtimestamp((number + 1) * window_s, UTC))


def _add(session: Session, slot: Slot) -> int:
    values = {"key": slot.key, "slot": slot.number, "count": 1, "ends_at": slot.ends_at}
    more = {"count": RateCount.count + 1}
    statement: Insert
    if session.get_bind().dialect.name == "postgresql":
        statement = (
            postgresql.insert(RateCount)
            .values(values)
            .on_conflict_do_update(index_elements=["key", "slot"], set_=more)
            .returning(col(RateCount.count))
        )
    else:
        statement = (
            sqlite.insert(RateCount)
            .values(values)
            .on_conflict_do_update(index_elements=["key", "slot"], set_=more)
            .returning(col(RateCount.count))
        )
    return int(session.execute(statement).scalar_one())
