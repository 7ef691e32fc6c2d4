"""Messages that were hit, loaded again for who may read what they are about."""

from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor, Kind
from sgdocs.base.clock import now
from sgdocs.discussions.models import Message, Thread
from sgdocs.discussions.seeing import visible
from sgdocs.groups.models import Group
from sgdocs.search.engine import Hit
from sgdocs.search.shown import Shown, plain, split
from sgdocs.search.talk_records import KIND, MESSAGE, SIDE, title_of

Messages = dict[int, tuple[Message, Thread, str, str]]
"""By id: with the code of the group and its Sector."""


def is_message(what: str) -> bool:
    """Of a key, whichever side reads it there."""
    return what == MESSAGE or what.startswith(SIDE)


def hit_messages(ids: Mapping[str, Collection[int]]) -> set[int]:
    """Ids of messages among what was hit, by the first part of their keys."""
    return {id for what, some in ids.items() if is_message(what) for id in some}


def messages_of(session: Session, ids: Collection[int], audiences: Collection[str]) -> Messages:
    """Those that are not hidden, in threads that a reader of these audiences may read. One query, or none."""
    if not ids:
        return {}
    act = Act(session, Actor(Kind.PERSON), now())
    act.labels = frozenset(audiences)
    found = (
        select(Message, Thread, Group.code, Group.sector)
        .join(Thread, col(Thread.id) == Message.thread_id)
        .outerjoin(Group, col(Group.id) == Thread.group_id)
        .where(col(Message.id).in_(ids), col(Message.hidden_at).is_(None), visible(act))
    )
    return {row.id or 0: (row, thread, code or "", sector or "") for row, thread, code, sector in session.exec(found)}


def shown_message(hit: Hit, messages: Messages) -> Shown | None:
    """The message at its place in the thread; None when it may not be read any more."""
    found = messages.get(split(hit.key)[1])
    if found is None:
        return None
    row, thread, code, sector = found
    return Shown(
        key=hit.key,
        what=MESSAGE,
        kind=KIND,
        identifier=f"#{row.number}",
        address=f"/discussion/{thread.id}?at={row.number}#m{row.number}",
        title=hit.title or plain(title_of(thread)),
        extracts=hit.extracts,
        sector=sector,
        group=code,
        score=hit.score,
    )
