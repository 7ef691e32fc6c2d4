"""Threads followed as they go on: what the journal's new lines say about them, or what somebody missed since a cursor."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.rows import Shown
from sgdocs.discussions.seeing import visible
from sgdocs.discussions.showing import shown
from sgdocs.journal.models import Entry
from sgdocs.journal.tail import Cursor, Line

MOST_MISSED: Final = 200
"""Messages that are sent afterwards; who missed more is told to load the page again."""
OF_MESSAGE, OF_THREAD = str(Message.__tablename__), str(Thread.__tablename__)
PREFIX: Final = "discussions."


@dataclass(frozen=True)
class Heard:
    """What happened in a thread. message: as it looks now; None when something happened to the thread itself.

    entry_id: of the latest line of the journal that says so, 0 for what was missed.
    """

    thread: Thread
    message: Shown | None = None
    entry_id: int = 0


def readable(act: Act, thread_ids: Collection[int]) -> frozenset[int]:
    """Which of these threads the actor may read at this moment. One query."""
    found = select(Thread.id).where(col(Thread.id).in_(list(thread_ids)), visible(act))
    return frozenset(id for id in act.session.exec(found) if id is not None)


def heard(session: Session, lines: Iterable[Line], thread_ids: Collection[int]) -> list[Heard]:
    """What these lines say of these threads, each message once, in the order of their numbers. No query for other lines."""
    told = [line for line in lines if line.verb.startswith(PREFIX)]
    messages = {line.subject_id: line.id for line in told if line.subject_kind == OF_MESSAGE}
    threads = {line.subject_id: line.id for line in told if line.subject_kind == OF_THREAD}
    return _heard(session, messages, {id: at for id, at in threads.items() if id in thread_ids}, thread_ids)


def missed(session: Session, thread_id: int, at: Cursor) -> list[Heard] | None:
    """What happened in a thread since the cursor; None when it is too much to be sent. Up to seven queries."""
    later = or_(col(Entry.id) > at.last, col(Entry.id).in_(at.missing))
    said = (
        select(Entry.subject_id)
        .join(Message, col(Message.id) == Entry.subject_id)
        .where(Entry.subject_kind == OF_MESSAGE, Message.thread_id == thread_id, later)
        .group_by(col(Entry.subject_id))
    )
    messages = dict.fromkeys(session.exec(said.limit(MOST_MISSED + 1)), 0)
    if len(messages) > MOST_MISSED:
        return None
    turned = select(func.count()).select_from(Entry)
    turned = turned.where(Entry.subject_kind == OF_THREAD, Entry.subject_id == thread_id, later)
    threads = {thread_id: 0} if session.exec(turned).one() else {}
    return _heard(session, messages, threads, {thread_id})


def _heard(
    session: Session, said: Mapping[int, int], turned: Mapping[int, int], thread_ids: Collection[int]
) -> list[Heard]:
    """said, turned: ids of messages and threads, with the line that says so."""
    if not said and not turned:
        return []
    rows = select(Message).where(col(Message.id).in_(list(said)), col(Message.thread_id).in_(list(thread_ids)))
    messages = session.exec(rows.order_by(col(Message.thread_id), col(Message.number))).all() if said else ()
    wanted = {row.thread_id for row in messages} | set(turned)
    threads = session.exec(select(Thread).where(col(Thread.id).in_(wanted)).order_by(col(Thread.id))).all()
    found: list[Heard] = []
    for thread in threads:
        own = [row for row in messages if row.thread_id == thread.id]
        found += [Heard(thread, each, said[each.id]) for each in shown(session, thread, own)] if own else ()
        found += [Heard(thread, None, turned[thread.id or 0])] if thread.id in turned else ()
    return found
