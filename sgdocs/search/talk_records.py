"""Messages of discussions as records of the index: each is a family of its own, so that a new one touches no other.

What an officer hid is not there. Who wrote is found by the page of the person, not here. Talk on a liaison statement is read
on the side of each group that it was sent to: it has a record for each of these audiences, all of one family.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.base.clock import geneva_day
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.rules import Kind
from sgdocs.groups.models import Group
from sgdocs.liaison.models import Addressee
from sgdocs.policy import PUBLIC
from sgdocs.search.engine import Record, Standing
from sgdocs.text.language import language_of
from sgdocs.text.markdown import to_text

MESSAGE: Final = "discussion_message"
KIND: Final = "message"
SIDE: Final = f"{MESSAGE}@"
"""Begins the key of what is read on the side of an addressee: `discussion_message@<addressee>:<message>`."""
CHUNK: Final = 500
Ids = Collection[int] | None


def of_messages(session: Session, ids: Ids = None) -> Iterator[Record]:
    """These messages, or all that are not hidden: found by their words and by what the thread is about."""
    found = select(Message.id).where(col(Message.hidden_at).is_(None)).order_by(col(Message.id))
    if ids is not None:
        found = found.where(col(Message.id).in_(sorted(ids)))
    wanted = [id for id in session.exec(found).all() if id is not None]
    for start in range(0, len(wanted), CHUNK):
        yield from _records(session, wanted[start : start + CHUNK])


def _records(session: Session, ids: list[int]) -> Iterator[Record]:
    found = (
        select(Message, Thread, Group.code, Group.sector)
        .join(Thread, col(Thread.id) == Message.thread_id)
        .outerjoin(Group, col(Group.id) == Thread.group_id)
        .where(col(Message.id).in_(ids))
        .order_by(col(Message.id))
    )
    rows = session.exec(found).all()
    addressed = _addressed(session, {thread.subject_id for _, thread, *_ in rows if thread.kind == Kind.STATEMENT})
    for row, thread, code, sector in rows:
        words, day = to_text(row.markdown), geneva_day(row.at)
        language = language_of([words]) or "en"
        record = Record(
            key=f"{MESSAGE}:{row.id}",
            family=f"{MESSAGE}:{row.id}",
            kind=KIND,
            identifier=f"#{row.number}",
            audience=thread.audience,
            titles={"en": title_of(thread)},
            bodies={language: words},
            facets={
                "sector": (sector,) if sector else (),
                "kind": (KIND,),
                "group": (code,) if code else (),
                "year": (str(day.year),),
                "language": (language,),
            },
            standing=Standing.CURRENT,
            day=day,
        )
        yield record
        sides = addressed[thread.subject_id] if thread.kind == Kind.STATEMENT else {}
        for audience, addressee_id in sides.items():
            if audience != thread.audience:
                yield replace(record, key=f"{SIDE}{addressee_id}:{row.id}", audience=audience)


def _addressed(session: Session, statement_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """By id of the statement: the audiences that it was sent to, each with the first addressee. One query, or none."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    if statement_ids:
        rows = select(Addressee.statement_id, Addressee.audience, Addressee.id).where(
            col(Addressee.statement_id).in_(sorted(statement_ids)), col(Addressee.audience).not_in(("", PUBLIC))
        )
        for statement_id, audience, id in session.exec(rows.order_by(col(Addressee.id))):
            found[statement_id].setdefault(audience, id or 0)
    return found


def on_statements(session: Session, statement_ids: Iterable[int]) -> set[int]:
    """Ids of the messages on these statements: who reads them follows the addressees. One query."""
    found = select(Message.id).join(Thread, col(Thread.id) == Message.thread_id)
    about = (Thread.kind == Kind.STATEMENT, col(Thread.subject_id).in_(sorted(statement_ids)))
    return {id for id in session.exec(found.where(*about)) if id is not None}


def title_of(thread: Thread) -> str:
    return f"{thread.subject}: {thread.title}" if thread.title else thread.subject
