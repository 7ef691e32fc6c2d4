"""The listener that allots: hears of documents and agendas, and puts each document where the reasons lead."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, Protocol

from sqlmodel import Session, col, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.documents.actions.allocation import allot
from sgdocs.documents.models import Document
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting

LISTENER: Final = "allotment"
OF_MEETINGS: Final = ("allocations.rule-kept", "allocations.rule-ended")
OF_DOCUMENTS: Final = (
    "allocations.removed",
    "documents.submitted",
    "documents.posted",
    "documents.filed",
    "documents.pointed",
    "documents.entered",
    "documents.joined-meeting",
    "documents.revised",
    "documents.released",
    "documents.admitted",
    "documents.admission-decided",
    "documents.deleted",
    "documents.restored",
    "documents.withdrawn",
)
"""Besides all verbs on agendas: an agenda that changed settles its whole meeting anew, a document only itself."""


class Furnished(Protocol):
    """What is needed of the services."""

    @property
    def database(self) -> Database: ...


def hear(services: Furnished, entries: Sequence[Entry]) -> None:
    """Allot what the entries speak of, one transaction for each meeting. Hearing twice changes nothing."""
    told = [entry for entry in entries if _concerns(entry)]
    with services.database.reading() as session:
        wanted = _meetings_of(session, told) if told else {}
    for meeting_id, only in wanted.items():
        with services.database.writing() as session:
            act = Act(session, Actor.clock(), clock.now())
            allot(act, session.get_one(Meeting, meeting_id), only)


def _concerns(entry: Entry) -> bool:
    return entry.verb.startswith("agenda.") or entry.verb in OF_MEETINGS or entry.verb in OF_DOCUMENTS


def _meetings_of(session: Session, entries: Sequence[Entry]) -> dict[int, set[int] | None]:
    """Meeting id -> ids of its documents to settle, None for all."""
    wanted: dict[int, set[int] | None] = {}
    codes = {str(e.facts.get("meeting", "")) for e in entries if e.subject_kind != Document.__tablename__}
    for id in session.exec(select(Meeting.id).where(col(Meeting.code).in_(codes - {""}))):
        wanted[id or 0] = None
    ids = {e.subject_id for e in entries if e.subject_kind == Document.__tablename__}
    some: defaultdict[int, set[int]] = defaultdict(set)
    found = select(Document.id, Document.meeting_id).where(col(Document.id).in_(ids))
    for id, meeting_id in session.exec(found):
        if meeting_id is not None:
            some[meeting_id].add(id or 0)
    return {**some, **wanted}
