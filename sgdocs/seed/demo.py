"""The demonstration: structure, cast, meetings, Recommendations. Loading it again changes nothing."""

from dataclasses import dataclass
from typing import Protocol

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.settings import Settings
from sgdocs.meetings.models import Meeting
from sgdocs.seed import (
    announcements,
    approval,
    bodies,
    cast,
    changes,
    discussions,
    documents,
    events,
    liaison,
    mailing_lists,
    meetings,
    notices,
    proceedings,
    recommendations,
    structure,
    tasks,
    work_programme,
    workspace,
)
from sgdocs.storage.store import BlobStore

PASSWORD = "try-me-in-the-demo"  # noqa: S105 known on purpose; given to accounts of the demonstration alone


class Furnished(Protocol):
    """What is needed of the services."""

    @property
    def settings(self) -> Settings: ...
    @property
    def database(self) -> Database: ...
    @property
    def blobs(self) -> BlobStore: ...


@dataclass(frozen=True)
class Login:
    """How to sign in as one of the cast."""

    role: str
    email: str
    password: str


def load(services: Furnished) -> list[Login]:
    """Furnish a house: structure and cast in one transaction, then Recommendations; returns the logins, none outside a demonstration."""
    demo, convened = services.settings.demo, dict[str, Meeting]()
    with services.database.writing() as session:
        act = Act(session, Actor.operator(), clock.now())
        structure.load(act)
        cast.load(act, password=PASSWORD if demo else "")
        bodies.load(act)
        if demo:
            convened = meetings.load(act)
            documents.load(act, services.blobs, convened)
            proceedings.load(act, convened)
            notices.load(act)
            announcements.load(act)
            mailing_lists.load(act)
            discussions.load(act, convened)
            tasks.load(act)
            events.load(act, convened)
            changes.load(act, services.blobs, convened)
    recommendations.load(services.database, clock.now, patents=demo)
    recommendations.load(services.database, clock.now)
    if demo:
        with services.database.writing() as session:
            work_programme.load(Act(session, Actor.operator(), clock.now()), convened)
            approval.load(Act(session, Actor.operator(), clock.now()), services.blobs, convened)
            act, site = Act(session, Actor.operator(), clock.now()), services.settings.public_url
            liaison.load(act, services.blobs, convened, site=site)
            discussions.load_later(act)
            workspace.load(act)
    return [Login(player.role, player.email, PASSWORD) for player in cast.CAST] if demo else []
