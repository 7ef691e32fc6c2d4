"""Discussions as notices see them: where an entry belongs, who is named in a message, what can be followed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.discussions.models import Mention, Message, Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.seeing import visible
from sgdocs.journal.models import Entry

SAID: Final = "discussions.said"
FOLLOWED_BY: Final[Mapping[str, str]] = {
    Kind.DOCUMENT: "document",
    Kind.CLAUSE: "document",
    Kind.WORK_ITEM: "item",
    Kind.STATEMENT: "statement",
}
"""Who follows one of these hears what is said on it. A group or a meeting has a chat: whoever wants all of it follows that."""


def scopes_of(session: Session, entry: Entry) -> tuple[str, ...]:
    """Of what was said: the thread, then what it is about. Changes and hiding are for those whom they concern."""
    row = session.get(Message, entry.subject_id) if entry.verb == SAID else None
    thread = session.get(Thread, row.thread_id) if row is not None else None
    if thread is None:
        return ()
    wider = FOLLOWED_BY.get(thread.kind)
    return (f"thread:{thread.id}", *((f"{wider}:{thread.subject_id}",) if wider else ()))


def author_of(session: Session, entry: Entry) -> int | None:
    row = session.get(Message, entry.subject_id)
    return row.person_id if row is not None else None


def mentioned(session: Session, entry: Entry, place: object, on: date) -> set[int]:
    """Whom this very text names first: who was named before was told before."""
    told = entry.facts.get("text", 1)
    found = select(Mention.person_id).where(Mention.message_id == entry.subject_id, Mention.told == told)
    return set(session.exec(found))


def author(session: Session, entry: Entry, place: object, on: date) -> set[int]:
    id = author_of(session, entry)
    return {id} if id is not None else set()


Line = tuple[str, str, str]
"""Label, title, address."""


def threads(act: Act, ids: Iterable[int]) -> dict[int, Line]:
    rows = act.session.exec(select(Thread).where(col(Thread.id).in_(ids), visible(act)))
    return {row.id or 0: (row.subject, row.title, f"/discussion/{row.id}") for row in rows}


def messages(act: Act, ids: Iterable[int]) -> dict[int, Line]:
    found = (
        select(Message.id, Message.number, Thread)
        .join(Thread, col(Thread.id) == Message.thread_id)
        .where(col(Message.id).in_(ids), visible(act))
    )
    return {
        id or 0: (row.subject, row.title, f"/discussion/{row.id}?at={number}#m{number}")
        for id, number, row in act.session.exec(found)
    }
