"""What the commands share: services, an act of the operator, words on stderr."""

from collections.abc import Iterator
from contextlib import contextmanager

from sgdocs.base import clock
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.command import NotDone, say
from sgdocs.base.settings import Settings
from sgdocs.migrations import is_current
from sgdocs.wiring import Services, services_of

__all__ = ["NotDone", "acting", "open_services", "reading", "say"]


def open_services(*, current: bool = True) -> Services:
    """Services from the environment; refuses a database of another version."""
    try:
        services = services_of(Settings())
    except ValueError as error:
        raise NotDone(str(error)) from error
    if current and not is_current(services.database):
        raise NotDone("the database is missing or of another version; run `sgdocs db upgrade`")
    return services


@contextmanager
def acting(services: Services) -> Iterator[Act]:
    """One act of the operator, committed at its end."""
    with services.database.writing() as session:
        yield Act(session, Actor.operator(), clock.now())


@contextmanager
def reading(services: Services) -> Iterator[Act]:
    with services.database.reading() as session:
        yield Act(session, Actor.operator(), clock.now())
