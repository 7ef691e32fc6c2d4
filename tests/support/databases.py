"""Databases of tests: `database` on SQLite and PostgreSQL, made once, empty for each test."""

import os
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Dialect, Engine, create_engine, event, make_url, text
from sqlalchemy.util import LRUCache
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.db import Database, metadata, open_database
from tests.support import postgres

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When tests happen unless they say otherwise: a Monday, 10:00 in Geneva."""
ROOT = Path(__file__).parents[2]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
SWOLLEN = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' AND pg_relation_size(relid) > 262144"
"""Tables that deletions have left large."""
COMPILED: LRUCache[object, object] = LRUCache(5000)
"""Statements of all tests of a process: to compile one takes longer than to ask it."""
OpenSqlite = Callable[[str], Database]


@dataclass
class Clock:
    """A clock that stands until it is moved. `clock.now` is what an act gets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        """Forward by `days=`, `hours=`, `minutes=` …; returns the new instant."""
        self.now += timedelta(**by)
        return self.now


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses `database` on both; `@pytest.mark.databases("sqlite")` says that one is enough.

    Pages run on SQLite unless they say otherwise: what they ask is tested on both where it is written, through the
    API, and by the one test that opens every address.
    """
    if "database" not in metafunc.fixturenames:
        return
    mark = metafunc.definition.get_closest_marker("databases")
    asked = metafunc.config.getoption("--databases")
    is_page = metafunc.definition.path.parent.name == "web"
    wanted = mark.args if mark else ("sqlite",) if is_page else ("sqlite", "postgres")
    kinds = [kind for kind in wanted if asked in ("both", kind)]
    marked = [pytest.param(k, marks=pytest.mark.postgres if k == "postgres" else ()) for k in kinds]
    metafunc.parametrize("database", marked, indirect=True, ids=kinds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """All tables, no rows. A file of its own on SQLite; on PostgreSQL one database for each worker."""
    if request.param == "sqlite":
        opened: OpenSqlite = request.getfixturevalue("shared_sqlite")
        database = opened(request.getfixturevalue("sqlite_url"))
        yield database
        database.engine.dispose()
        return
    shared: Database = request.getfixturevalue("shared_postgres")
    yield Database(shared.engine.execution_options(compiled_cache=COMPILED))
    _empty(shared.engine)


@pytest.fixture
def sqlite_url(tmp_path: Path, _sqlite_template: Path) -> str:
    """URL of a SQLite file with all tables and no rows."""
    file = tmp_path / "sgdocs.db"
    shutil.copyfile(_sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """URL of a new PostgreSQL database without tables, dropped after the test."""
    with new_postgres(f"t{uuid.uuid4().hex[:12]}") as url:
        yield url


@pytest.fixture
def act(database: Database, clock: Clock) -> Iterator[Act]:
    """An act of the operator in a transaction of its own; commit `act.session` if others are to see it."""
    with Session(database.engine.execution_options(sgdocs_writing=True), expire_on_commit=False) as session:
        yield Act(session, Actor.operator(), clock.now)
        session.rollback()


@pytest.fixture(scope="session")
def shared_postgres() -> Iterator[Database]:
    """This worker's PostgreSQL database with all tables; `database` empties it after each test."""
    with new_postgres(f"sgdocs_{WORKER}") as url:
        database = open_database(url, pool_size=4)
        _create(database.engine)
        yield database
        database.engine.dispose()


@pytest.fixture(scope="session")
def shared_sqlite() -> OpenSqlite:
    """Opens a file by the engine of this worker, one file at a time: one engine, since statements are kept compiled by it."""
    shared = open_database(f"sqlite:///{os.devnull}").engine
    file = ""

    def turned(_dialect: Dialect, _record: object, arguments: list[str], _named: object) -> None:
        arguments[0] = file

    def opened(url: str) -> Database:
        nonlocal file
        shared.dispose()
        engine = shared.execution_options(compiled_cache=COMPILED)
        engine.url = make_url(url)
        file = engine.url.database or ""
        return Database(engine)

    event.listen(shared, "do_connect", turned)
    event.listen(shared, "connect", _unsafely)
    return opened


@pytest.fixture(scope="session")
def search_postgres() -> Iterator[Engine]:
    """This worker's PostgreSQL database for a search index; who uses it begins with `rebuild`."""
    with new_postgres(f"search_{WORKER}") as url:
        engine = create_engine(url)
        yield engine
        engine.dispose()


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "empty.db"
    database = open_database(f"sqlite:///{file}")
    _create(database.engine)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine.dispose()
    return file


def _unsafely(connection: sqlite3.Connection, _record: object) -> None:
    """Do not wait for the disk: no test cuts the power."""
    connection.execute("PRAGMA synchronous=OFF")


@contextmanager
def new_postgres(name: str) -> Iterator[str]:
    """A new, empty database on the server of this run; the test is skipped when there is none."""
    try:
        server = postgres.admin_url()
    except postgres.Lacking as lacking:
        pytest.skip(str(lacking))
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    admin.dispose()


@cache
def all_models() -> None:
    """Import every module that holds a table, so that the metadata knows them all."""
    for module in tables_of(ROOT):
        import_module(module)


def tables_of(root: Path) -> list[str]:
    """The modules that hold tables, found by reading them."""
    files = [f for f in sorted((root / "sgdocs").rglob("*.py")) if ", table=True" in f.read_text(encoding="utf-8")]
    return [".".join(file.relative_to(root).with_suffix("").parts) for file in files]


def _create(engine: Engine) -> None:
    all_models()
    with engine.execution_options(sgdocs_writing=True).begin() as connection:
        metadata.create_all(connection)


def _empty(engine: Engine) -> None:
    """Delete all rows and begin counting anew: cheaper than to truncate some hundred tables for a handful of rows.

    Other connections are ended first: one left open would hold us up. What deletions leave is swept once it is much.
    """
    engine.dispose()
    with engine.begin() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # neither keys nor triggers are asked
        connection.execute(text(_deletions()))
        connection.execute(  # of rows that were rolled back too
            text(
                "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)"
                " FROM pg_sequences WHERE last_value IS NOT NULL"
            )
        )
        swollen = connection.execute(text(SWOLLEN)).scalars().all()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in swollen:
            connection.execute(text(f'VACUUM "{name}"'))


@cache
def _deletions() -> str:
    """One statement that deletes the rows of all tables."""
    all_ = " ".join(f'DELETE FROM "{table.name}";' for table in metadata.sorted_tables)
    return f"DO $$ BEGIN {all_} END $$"
