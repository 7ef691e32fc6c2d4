"""Saved searches that are due are looked through, as the person who saved them; new hits are told. Source: C85, feature H 79."""

import logging
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final, Protocol

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import GENEVA
from sgdocs.base.db import Database
from sgdocs.base.settings import Settings
from sgdocs.groups.queries import actor_for
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.people.models import Person
from sgdocs.people.queries import is_shut
from sgdocs.policy import Permission
from sgdocs.search.engine import SearchEngine
from sgdocs.workspace.asking import read
from sgdocs.workspace.lists import LISTS, Hits, hits_of
from sgdocs.workspace.models import SavedSearch
from sgdocs.workspace.rules import Alert

log = logging.getLogger(__name__)
MOST_AT_ONCE: Final = 20
"""Searches of one round; the worker has other things to do in between."""
PAUSE: Final = timedelta(minutes=1)
LAG: Final = timedelta(minutes=10)
"""As long as the index may need for what happened."""
MOST_SEEN: Final = 5000


class Alerting(Protocol):
    """What looking through needs of the services."""

    @property
    def settings(self) -> Settings: ...

    @property
    def database(self) -> Database: ...

    @property
    def search(self) -> SearchEngine: ...


def look_through(services: Alerting, now: datetime) -> int:
    """Look through the searches that are due, each in a short transaction of its own; how many there were."""
    with services.database.reading() as session:
        ids = due(session, services.settings, now)
    for id in ids:
        with services.database.reading() as session:
            row = session.get(SavedSearch, id)
            person = session.get(Person, row.person_id) if row is not None else None
            found = _tried(services, session, row, person, now) if row is not None and person is not None else None
        with services.database.writing() as session:
            _note(Act(session, Actor.clock(), now), id, found)
    return len(ids)


def _tried(services: Alerting, session: Session, row: SavedSearch, person: Person, now: datetime) -> Hits | None:
    """What is found; a search that breaks whatever runs it says so, and the next one is looked through."""
    try:
        return _hits(services, session, row, person, now)
    except Exception:
        log.exception("saved search %s", row.id)
        return Hits((), 0, read("", frozenset()), "The search could not be run.")


def due(session: Session, settings: Settings, now: datetime) -> list[int]:
    """Those never looked through first. One that is looked through at once waits until something happened."""
    often, at = col(SavedSearch.often), col(SavedSearch.checked_at)
    newest = session.exec(select(func.max(Entry.at)).where(col(Entry.position).is_not(None))).one()
    ways = [
        (often == Alert.DAILY) & (at <= moment(now, settings.digest_hour)),
        (often == Alert.WEEKLY) & (at <= moment(now, settings.digest_hour, settings.digest_weekday)),
    ]
    ways.append((col(SavedSearch.problem) != "") & (at <= now - PAUSE))
    if newest is not None:
        ways.append((often == Alert.NOW) & (at <= now - PAUSE) & (at <= newest + LAG))
    is_due = (often != Alert.OFF) & or_(at.is_(None), *ways)
    held = select(SavedSearch.id).where(is_due).order_by(at.is_not(None), at, col(SavedSearch.id))
    return [id for id in session.exec(held.limit(MOST_AT_ONCE)) if id is not None]


def moment(now: datetime, hour: int, weekday: int | None = None) -> datetime:
    """The last moment before now at that hour in Geneva, of the day or of that day of the week (1: Monday)."""
    here = now.astimezone(GENEVA)
    day = here.date() if here.time() >= time(hour) else here.date() - timedelta(days=1)
    if weekday is not None:
        day -= timedelta(days=(day.isoweekday() - weekday) % 7)
    return datetime.combine(day, time(hour), tzinfo=GENEVA)


def _hits(services: Alerting, session: Session, row: SavedSearch, person: Person, now: datetime) -> Hits | None:
    """What the person would find now; None for one whose account is shut, and for a list that no longer exists."""
    if is_shut(session, person, now) or row.path not in LISTS:
        return None
    return hits_of(Act(session, actor_for(session, person, now), now), services, row.path, row.query)


def _note(act: Act, search_id: int, found: Hits | None) -> None:
    policy.require(act.actor, Permission.MIND_WORKSPACES)
    row = act.session.get(SavedSearch, search_id)
    if row is None:
        return
    is_first = row.checked_at is None or bool(row.problem and not row.seen)
    row.checked_at = act.now
    row.problem = found.unavailable[:500] if found is not None else ""
    act.session.add(row)
    if found is None or found.unavailable:
        return
    keys = [hit.key for hit in found.rows]
    fresh = [] if is_first else _fresh(row, keys)
    row.seen = list(dict.fromkeys([*keys, *row.seen]))[:MOST_SEEN]
    if fresh:
        row.new = list(dict.fromkeys([*fresh, *row.new]))[:MOST_SEEN]
        record(act, "workspace.search-found", row, audience=f"person:{row.person_id}", number=len(fresh))


def _fresh(row: SavedSearch, keys: Sequence[str]) -> list[str]:
    known = set(row.seen)
    return [key for key in keys if key not in known]
