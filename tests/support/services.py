"""The put-together house of a test: settings, services, worker, application, client."""

from collections.abc import Callable, Iterator
from copy import copy
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from sgdocs.base.clock import now
from sgdocs.base.db import Database
from sgdocs.base.settings import Settings
from sgdocs.mail.memory import MemoryInbox, MemoryMailer
from sgdocs.storage.local import LocalStore
from sgdocs.text.children import Readers
from tests.support.databases import Clock

if TYPE_CHECKING:
    from sgdocs.wiring import Services

ADDRESS = "https://sgdocs.test"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A home of its own, nothing from the environment of whoever runs the tests."""
    return Settings(home=tmp_path, secret="s" * 32, public_url=ADDRESS)


@pytest.fixture
def mailer() -> MemoryMailer:
    return MemoryMailer()


@pytest.fixture
def inbox() -> MemoryInbox:
    return MemoryInbox()


@pytest.fixture(scope="session")
def readers() -> Iterator[Readers]:
    """One small pool for all tests of a process; nothing is started before a test reads a file."""
    pool = Readers(1)
    yield pool
    pool.close()


@pytest.fixture
def guides_indexed() -> bool:
    """Whether the guides go into the index with the rest; what is about them says so, to all else they only take time."""
    return False


@pytest.fixture
def services(
    settings: Settings,
    database: Database,
    mailer: MemoryMailer,
    inbox: MemoryInbox,
    readers: Readers,
    tmp_path: Path,
    guides_indexed: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator["Services"]:
    """Real services: the test's database, files and a Whoosh index in its folder, mail kept in memory."""
    from sgdocs.search import guide_records
    from sgdocs.search.whoosh_engine import WhooshEngine
    from sgdocs.wiring import Services

    if not guides_indexed:
        monkeypatch.setattr(guide_records, "of_guides", lambda: iter(()))
    search = WhooshEngine(tmp_path / "search_index")
    yield Services(settings, database, LocalStore(tmp_path / "storage"), search, mailer, readers=readers, inbox=inbox)
    search.close()


@pytest.fixture
def work(services: "Services", clock: Clock) -> Callable[[], None]:
    """Run the worker until nothing is due: journal sealed, index fed, letters sent."""
    from sgdocs.worker import drain

    return lambda: drain(services, clock.now)


@cache
def _addresses() -> FastAPI:
    from sgdocs.web.app import routed

    return routed()


def app_over(services: "Services", clock: Callable[[], datetime] = now) -> FastAPI:
    """The application over services. Its addresses are laid once in a process: half a second of work. A test may add some."""
    from sgdocs.web.app import furnished

    app = copy(_addresses())
    app.router = copy(app.router)
    app.router.routes = [*app.router.routes]
    app.router.middleware_stack = app.router.app
    return furnished(app, services, clock)


@pytest.fixture
def app(services: "Services", clock: Clock) -> FastAPI:
    return app_over(services, clock)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """Speaks HTTPS, so that secure cookies are kept; follows redirects unless told otherwise."""
    with TestClient(app, base_url=ADDRESS) as client:
        yield client
