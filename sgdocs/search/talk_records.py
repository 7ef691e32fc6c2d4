"""Messages of discussions as records of the index: each is a family of its own, so that a new one touches no other.

What an officer hid is not there. Who wrote is found by the page of the person, not here.
"""

from collections.abc import Collection, Iterator
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.base.clock import geneva_day
from sgdocs.discussions.models import Message, Thread
from sgdocs.groups.models import Group
from sgdocs.search.engine import Record, Standing
from sgdocs.text.language import language_of
from sgdocs.text.markdown import to_text

MESSAGE: Final = "discussion_message"
KIND: Final = "message"
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
    for row, thread, code, sector in session.exec(found).all():
        words, day = to_text(row.markdown), geneva_day(row.at)
        language = language_of([words]) or "en"
        yield Record(
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


def title_of(thread: Thread) -> str:
    return f"{thread.subject}: {thread.title}" if thread.title else thread.subject
