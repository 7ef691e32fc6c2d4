"""One import at a time, on one machine or several: a row with its owner and a heartbeat."""

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from sgdocs.base.errors import Conflict
from sgdocs.base.rulebook import rule
from sgdocs.recommendations.tables import LOCK

NAME = "recommendations"
LIFETIME = timedelta(minutes=2)
RUNNING = rule(
    "recommendations.import-running",
    "Another import runs since {since} (process {pid} on {host}). Wait until it has ended, then start again.",
)
LOST = rule("recommendations.import-lost", "Another process has taken over this import; nothing more was written.")


@dataclass(frozen=True)
class Held:
    """The proof of holding the lock."""

    token: str


def take(session: Session, now: datetime) -> Held:
    """Take the lock in this transaction; Conflict says who holds it.

    A lock is free when its process on this machine is gone, or when its heartbeat is older than two minutes.
    """
    row = session.execute(select(LOCK).where(LOCK.c.name == NAME).with_for_update()).mappings().first()
    if row is not None and _alive(row["owner"], row["heartbeat_at"], now):
        raise Conflict(RUNNING, **row["owner"])
    token = secrets.token_hex(16)
    owner = {"pid": os.getpid(), "host": socket.gethostname(), "since": now.strftime("%Y-%m-%d %H:%M UTC")}
    session.execute(delete(LOCK).where(LOCK.c.name == NAME))
    session.execute(insert(LOCK).values(name=NAME, token=token, owner=owner, heartbeat_at=now))
    return Held(token)


def beat(session: Session, held: Held, now: datetime) -> None:
    """Renew the heartbeat within a batch; Conflict when the lock was lost, so that the batch is rolled back."""
    mine = (LOCK.c.name == NAME) & (LOCK.c.token == held.token)
    if session.connection().execute(update(LOCK).where(mine).values(heartbeat_at=now)).rowcount != 1:
        raise Conflict(LOST)


def release(session: Session, held: Held) -> None:
    session.execute(delete(LOCK).where((LOCK.c.name == NAME) & (LOCK.c.token == held.token)))


def _alive(owner: dict[str, Any], heartbeat_at: datetime, now: datetime) -> bool:
    if now - heartbeat_at > LIFETIME:
        return False
    if owner.get("host") != socket.gethostname():
        return True
    return _runs(int(owner.get("pid", 0)))


def _runs(pid: int) -> bool:
    """Whether a process of that id runs on this machine; one that has ended and waits for its parent does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
