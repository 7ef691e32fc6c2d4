"""The listener that puts what waits before a meeting: hears of meetings, and of files that the scanner released."""

from collections.abc import Sequence
from typing import Final, Protocol

from sqlmodel import col, select

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.documents.models import Document
from sgdocs.journal.models import Entry
from sgdocs.liaison.actions.placing import place_waiting, show_released
from sgdocs.meetings.models import Meeting

LISTENER: Final = "liaison"
RELEASED: Final = "documents.released"
VERBS: Final = (
    "meetings.convened", "meetings.announced", "meetings.edited", "meetings.cancelled", "meetings.opened", "meetings.closed",
    RELEASED,
)  # fmt: skip


class Furnished(Protocol):
    """What is needed of the services."""

    @property
    def database(self) -> Database: ...


def hear(services: Furnished, entries: Sequence[Entry]) -> None:
    """One transaction for each meeting and document. Hearing twice changes nothing."""
    of_meetings = {e.subject_id for e in entries if e.verb in VERBS and e.subject_kind == Meeting.__tablename__}
    released = {e.subject_id for e in entries if e.verb == RELEASED and e.subject_kind == Document.__tablename__}
    for id in sorted(of_meetings):
        with services.database.writing() as session:
            place_waiting(Act(session, Actor.clock(), clock.now()), session.get_one(Meeting, id))
    if released:
        with services.database.writing() as session:
            act = Act(session, Actor.clock(), clock.now())
            for document in session.exec(select(Document).where(col(Document.id).in_(released))).all():
                show_released(act, document)
