"""What was written since: every committed entry once, sealed or not, in whatever order the transactions commit.

Ids are given when a row is written, and seen when its transaction commits: PostgreSQL may show 8 before 7. A cursor therefore
names the newest id that was seen and the ids below it that were not, until no transaction can bring them any more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from sgdocs.journal.models import Entry

OPEN_FOR: Final = timedelta(minutes=3)
"""No transaction writes for longer: statements end after one minute, idle ones after two."""
LOOKED_BACK: Final = 500
MOST_MISSING: Final = 40
BATCH: Final = 2000


@dataclass(frozen=True)
class Cursor:
    """How far somebody has read. last: the newest id; missing: ids below it that may still be committed."""

    last: int = 0
    missing: tuple[int, ...] = ()

    def __str__(self) -> str:
        return "-".join(str(id) for id in (self.last, *self.missing))

    @classmethod
    def read(cls, told: str) -> "Cursor | None":
        """The cursor that was written so; None for anything else."""
        parts = told.split("-", MOST_MISSING + 1)
        if len(parts) > MOST_MISSING + 1 or not all(p.isascii() and p.isdecimal() and len(p) < 19 for p in parts):
            return None
        last, *missing = (int(part) for part in parts)
        return cls(last, tuple(missing))

    def has(self, id: int) -> bool:
        """Whether whoever stands here has seen that entry."""
        return id <= self.last and id not in self.missing


@dataclass(frozen=True)
class Line:
    """One entry, as little of it as a listener needs to know whether it concerns it."""

    id: int
    at: datetime
    verb: str
    subject_kind: str
    subject_id: int


def cursor(session: Session, now: datetime) -> Cursor:
    """The end of the journal as this session sees it: take it before you read what it is the end of. Two short queries."""
    return Tail(session, now).cursor


def since(session: Session, at: Cursor, *, limit: int = BATCH) -> list[Line]:
    """What was committed after that cursor, in the order of the ids."""
    wanted = columns(col(Entry.id), col(Entry.at), col(Entry.verb), col(Entry.subject_kind), col(Entry.subject_id))
    news = col(Entry.id) > at.last
    found = wanted.where(or_(news, col(Entry.id).in_(at.missing)) if at.missing else news)
    return [Line(*row) for row in session.execute(found.order_by(col(Entry.id)).limit(limit))]


class Tail:
    """One reader that stands at the end of the journal and moves on with it. No entry twice, none passed over."""

    def __init__(self, session: Session, now: datetime) -> None:
        last = session.exec(select(func.max(Entry.id))).one() or 0
        self._last = max(0, last - LOOKED_BACK)
        self._missing: dict[int, datetime] = {}
        self.read(session, now)

    @property
    def cursor(self) -> Cursor:
        return Cursor(self._last, tuple(sorted(self._missing)[-MOST_MISSING:]))

    def read(self, session: Session, now: datetime) -> list[Line]:
        """What was committed since the last call, at most `BATCH` entries. One query by the primary key."""
        self._missing = {id: at for id, at in self._missing.items() if at > now - OPEN_FOR}
        lines = since(session, Cursor(self._last, tuple(self._missing)))
        for line in lines:
            self._missing.pop(line.id, None)
            if line.at > now - OPEN_FOR:
                gap = range(max(self._last + 1, line.id - MOST_MISSING), line.id)
                self._missing.update(dict.fromkeys(gap, now))
            self._last = max(self._last, line.id)
        return lines
