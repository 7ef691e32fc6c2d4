"""A request for an account waits: those who may decide it get a letter."""

from collections.abc import Sequence
from typing import Protocol

from sqlmodel import Session

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database
from sgdocs.base.settings import Settings
from sgdocs.groups.queries import holders
from sgdocs.journal.models import Entry
from sgdocs.people.accounts import AccountRequest
from sgdocs.people.actions.post import write_to
from sgdocs.people.models import Person
from sgdocs.people.rules import RequestState
from sgdocs.policy import Role

LISTENER = "requests"
VERB = "accounts.requested"


class Posting(Protocol):
    """What letters need of the services."""

    @property
    def database(self) -> Database: ...

    @property
    def settings(self) -> Settings: ...


def tell(services: Posting, entries: Sequence[Entry]) -> None:
    """Write to whoever may decide each request that still waits; told twice, it writes once."""
    with services.database.writing() as session:
        for entry in entries:
            row = session.get(AccountRequest, entry.subject_id)
            if row is not None and row.state == RequestState.WAITING:
                act = Act(session, Actor.clock(), clock.now())
                _write(act, entry, row, services.settings)


def _write(act: Act, entry: Entry, row: AccountRequest, settings: Settings) -> None:
    for person in deciders(act.session, row, entry):
        asker = {"asker": row.name, "email": row.email, "entity": row.entity}
        write_to(act, settings, "waiting", person, secret=False, entry_id=entry.id, **asker)


def deciders(session: Session, row: AccountRequest, entry: Entry) -> list[Person]:
    """The focal points of the entity on the day of the request; the secretariat when it has none that we can write to."""
    on = clock.geneva_day(entry.at)
    own = holders(session, Role.FOCAL_POINT, on, organisation_id=row.organisation_id) if row.organisation_id else []
    return own or holders(session, Role.SECRETARIAT, on)
