"""What the worker does for approval because time has passed: close, announce, remind; each batch in its own transaction.

A look on a reading session comes first, so that a quiet minute takes no lock.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sgdocs.approval import queries
from sgdocs.approval.actions import announcing, close_due, follow_meeting, remind, reminding
from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting

LISTENER = "approval"
VERBS = ("meetings.edited", "meetings.cancelled")
"""Of meetings, which a decision may wait for."""


class House(Protocol):
    """What is needed of the services."""

    @property
    def database(self) -> Database: ...


def tick(database: Database, now: datetime, *, site: str = "", announces: bool = True) -> int:
    """Everything that is due at that instant, with links to the pages of the site in letters; returns how many closings, openings and letters there were."""
    done = close_all(database, now, site=site)
    if announces:
        done += _announce(database, now, site)
    return done + _remind(database, now, site)


def close_all(database: Database, now: datetime, *, site: str = "") -> int:
    """Close until nothing is due, batch by batch."""
    total = 0
    with database.reading() as session:
        is_due = bool(queries.due(session, now))
    while is_due:
        with database.writing() as session:
            closed = close_due(Act(session, Actor.clock(), now, site=site))
        total += closed
        is_due = closed > 0
    return total


def _announce(database: Database, now: datetime, site: str) -> int:
    """On a day of announcements: what is queued, and what changed; once, and again for what became ready that day."""
    with database.reading() as session:
        if not announcing.is_due(Act(session, Actor.clock(), now)):
            return 0
    with database.writing() as session:
        found = announcing.announce(Act(session, Actor.clock(), now, site=site))
    return len(found.opened) + (found.announcement is not None and found.announcement.published_at == now)


def _remind(database: Database, now: datetime, site: str) -> int:
    with database.reading() as session:
        if not reminding.is_due(Act(session, Actor.clock(), now)):
            return 0
    with database.writing() as session:
        return remind(Act(session, Actor.clock(), now), site=site)


def hear(services: House, entries: Sequence[Entry]) -> None:
    """A meeting was moved or cancelled: look at the texts that wait for it. Told twice, it does it once."""
    with services.database.writing() as session:
        act = Act(session, Actor.clock(), clock.now())
        for id in dict.fromkeys(entry.subject_id for entry in entries if entry.verb in VERBS):
            meeting = session.get(Meeting, id)
            if meeting is not None:
                follow_meeting(act, meeting)
