"""Who may listen to what: decided before the answer begins, on a thread of its own, with one short transaction."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from fastapi import Request
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed, invalid, missing
from sgdocs.discussions import following
from sgdocs.journal import tail
from sgdocs.journal.tail import Cursor
from sgdocs.people import holding
from sgdocs.people.queries import presence
from sgdocs.web.deps import VIEW_ONLY, now_of, services_of, visitor_of
from sgdocs.web.live import telling
from sgdocs.web.live.connection import Connection, Holder
from sgdocs.web.live.hub import Hub
from sgdocs.web.live.reader import Reader
from sgdocs.web.render import language_of
from sgdocs.web.security import bearer_of, session_cookie

MOST_THREADS: Final = 20


@dataclass(frozen=True)
class Asked:
    """Threads, and after which cursor each was read; None: nothing is sent of what was said before."""

    threads: dict[int, Cursor | None]

    @classmethod
    def read(cls, id: int, after: str, also: list[str], last_event_id: str) -> "Asked":
        """also: `<thread>` or `<thread>.<cursor>`; what a browser had last (Last-Event-ID) holds for all. Invalid for nonsense."""
        if len(also) >= MOST_THREADS:
            invalid("also", len(also), f"At most {MOST_THREADS - 1} more.")
        resumed = Cursor.read(last_event_id)
        threads = {id: resumed or _cursor("after", after)}
        for told in also:
            thread, _, place = told.partition(".")
            if not (thread.isascii() and thread.isdecimal() and len(thread) < 16):
                invalid("also", told[:40], "The number of a discussion, a full stop, a place in the journal.")
            threads[int(thread)] = resumed or _cursor("also", place)
        return cls(threads)


def _cursor(field: str, told: str) -> Cursor | None:
    if not told:
        return None
    return Cursor.read(told) or invalid(field, told[:40], "A place in the journal, as a page or an event gave it.")


def admit(
    request: Request, asked: Asked, reader: Reader, hub: Hub, loop: asyncio.AbstractEventLoop
) -> tuple[Connection, bytes]:
    """A connection that hears all that is said from now on, and what its reader missed before.

    NotFound for a thread that may not be read, NotAllowed for strangers, TooMany above the limits.
    """
    services, now = services_of(request), now_of(request)
    with services.database.reading() as session:
        holder, actor = _holder(request, session, now)
        act = Act(session, actor, now)
        _require(act, asked)
        reader_of = visitor_of(request).reader
        zone = reader_of.zone if reader_of else ""
        connection = Connection(holder, frozenset(asked.threads), language_of(request).code, zone, loop)
    hub.admit(connection)
    try:
        reader.ensure()
        with services.database.reading() as session:
            return connection, _first(Act(session, actor, now), connection, asked)
    except BaseException:
        hub.leave(connection)
        raise


def _holder(request: Request, session: Session, now: datetime) -> tuple[Holder, Actor]:
    visitor = visitor_of(request, session)
    if visitor.view is not None:
        raise NotAllowed(VIEW_ONLY)
    if visitor.person is None or visitor.person.id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    token, cookie = bearer_of(request), session_cookie(request)
    if token is not None:
        return Holder(visitor.person.id, token_id=holding.token_id(session, token)), visitor.actor
    present = getattr(request.state, "present", None) or (presence(session, cookie, now) if cookie else None)
    if present is None:
        raise NotAllowed(NOT_SIGNED_IN)
    return Holder(visitor.person.id, session_id=present.session.id), visitor.actor


def _require(act: Act, asked: Asked) -> None:
    """All of them must be readable: what is not is not found, whether or not it exists."""
    may_read = following.readable(act, asked.threads)
    for id in asked.threads:
        if id not in may_read:
            missing("discussion", id)


def _first(act: Act, connection: Connection, asked: Asked) -> bytes:
    """What was missed, then where the reader stands. The place is taken first: what is said meanwhile comes by the reader."""
    behind = connection.begins = tail.cursor(act.session, act.now)
    _require(act, asked)
    found = {
        id: following.missed(act.session, id, cursor) for id, cursor in asked.threads.items() if cursor is not None
    }
    told = b"".join(telling.missed_too_much(id) for id, heard in found.items() if heard is None)
    heard = [each for some in found.values() for each in some or ()]
    return told + telling.Wording().piece(heard, connection.language, connection.zone, behind)
