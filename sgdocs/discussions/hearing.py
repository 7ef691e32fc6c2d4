"""The listener by which threads follow what they are about: who reads a document now reads what was said on it.

Who may read is asked of the subject itself each time; what this keeps right are the labels of the index and of new entries.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.errors import NotFound
from sgdocs.discussions.actions.following import follow_subject
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import about_thread
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import AgendaItem

LISTENER: Final = "discussions"
VERBS: Final = (
    "documents.posted",
    "documents.submitted",
    "documents.released",
    "documents.reclassified",
    "documents.restored",
    "meetings.edited",
    "meetings.announced",
    "work.edited",
    "work.moved",
    "work.registered",
    "work.carried-over",
    "liaison.sent",
    "liaison.edited",
    "liaison.received",
    "groups.moved",
)
"""After which a thing may have other readers, another name, or another group."""
KINDS: Final = {
    "document": (Kind.DOCUMENT, Kind.CLAUSE),
    "meeting": (Kind.MEETING,),
    "work_item": (Kind.WORK_ITEM,),
    "statement": (Kind.STATEMENT,),
    "group": (Kind.GROUP,),
}


class Furnished(Protocol):
    @property
    def database(self) -> Database: ...


def hear(services: Furnished, entries: Sequence[Entry]) -> None:
    """One short transaction for each thing that is talked about, none for others. Told twice, it does the same."""
    for kind, id in dict.fromkeys((entry.subject_kind, entry.subject_id) for entry in entries):
        with services.database.reading() as session:
            ids = _threads(session, kind, id)
        if ids:
            with services.database.writing() as session:
                _follow(Act(session, Actor.clock(), clock.now()), ids)


def _threads(session: Session, kind: str, id: int) -> list[int]:
    kinds = [each.value for each in KINDS.get(kind, ())]
    about = and_(col(Thread.kind).in_(kinds), col(Thread.subject_id) == id)
    if kind == "meeting":
        items = select(AgendaItem.id).where(AgendaItem.meeting_id == id)
        about = or_(about, and_(col(Thread.kind) == Kind.AGENDA_ITEM, col(Thread.subject_id).in_(items)))
    return [each for each in session.exec(select(Thread.id).where(about)) if each is not None]


def _follow(act: Act, ids: Sequence[int]) -> None:
    """What is deleted keeps the label it had; nobody finds its thread while it is away."""
    for thread in act.session.exec(select(Thread).where(col(Thread.id).in_(ids))).all():
        try:
            follow_subject(act, thread, about_thread(act, thread))
        except NotFound:
            continue
