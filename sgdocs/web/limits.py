"""Rate limits of a door, counted in the database: `dependencies=[limited("search")]` on a route or router."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import Depends, Request
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from sgdocs.people.limits import hit
from sgdocs.web.at_once import at_work
from sgdocs.web.deps import now_of, services_of, visitor_of
from sgdocs.web.security import client_address, network_of

WINDOW_S = 60
PATIENCE_MS = 250
log = logging.getLogger("sgdocs.web")


def limited(what: str) -> Any:
    """A dependency that counts one `what` of this visitor in this minute against the setting `<what>_limit`."""

    def count(request: Request) -> None:
        limit = getattr(services_of(request).settings, f"{what}_limit")
        hit_in_passing(request, f"{what}|{_who(request)}", limit)

    return Depends(count)


def uploading() -> Any:
    """A dependency of doors that take a file: counted like any other, and only so many at work at once."""

    def hold(request: Request) -> Iterator[None]:
        with uploads_held(request):
            yield

    return Depends(hold, scope="function")


@contextmanager
def uploads_held(request: Request) -> Iterator[None]:
    """The same for a door that takes a file only now and then."""
    settings, who = services_of(request).settings, _who(request)
    hit_in_passing(request, f"upload|{who}", settings.upload_limit)
    with at_work(who, settings.uploads_at_once):
        yield


def hit_in_passing(request: Request, key: str, limit: int) -> None:
    """Count in a transaction of its own. TooMany above the limit.

    While another writer holds SQLite's lock for long (an import), readers are let through uncounted.
    """
    database = services_of(request).database
    with database.engine.execution_options(sgdocs_writing=True).connect() as connection:
        if database.is_sqlite:
            _wait_at_most(connection, PATIENCE_MS)
        try:
            with Session(connection) as session:
                hit(session, key, limit, WINDOW_S, now_of(request))
                session.commit()
        except OperationalError as error:
            log.warning("a hit was not counted: %s", error.orig)
        finally:
            if database.is_sqlite:
                _wait_at_most(connection, 10_000)


def _who(request: Request) -> str:
    person = visitor_of(request).actor.person_id
    if person is not None:
        return f"person {person}"
    return network_of(client_address(request, services_of(request).settings))


def _wait_at_most(connection: Connection, milliseconds: int) -> None:
    """SQLite's patience on this connection; set beside the transaction, which has not begun or is over."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(f"PRAGMA busy_timeout={milliseconds}")
