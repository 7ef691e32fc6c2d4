"""Table base, column types, and the database: SQLite embedded, PostgreSQL for an organisation."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Connection, DateTime, Dialect, Engine, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata
Json = JSON().with_variant(JSONB(), "postgresql")

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "temp_store=MEMORY",
    "cache_size=-20000",
    "mmap_size=268435456",
)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in, UTC and aware out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def json_column(*, nullable: bool = False) -> Column[Any]:
    """A JSON column (jsonb on PostgreSQL). Assign a new value; a change in place is not saved."""
    return Column(Json, nullable=nullable)


def instant_column(*, nullable: bool = False, index: bool = False) -> Column[Any]:
    return Column(UtcDateTime(), nullable=nullable, index=index)


@dataclass(frozen=True)
class Database:
    """Two ways into one database: readers take no write lock, writers queue at once."""

    engine: Engine

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that is rolled back at its end; rows that were read stay readable after it."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session
            session.expunge_all()
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that commits at its end, or rolls back when something is raised."""
        with Session(self.engine.execution_options(sgdocs_writing=True), expire_on_commit=False) as session:
            yield session
            session.commit()


def open_database(url: str, *, pool_size: int = 8) -> Database:
    """`sqlite:///path`, `sqlite://` (memory) or `postgresql+psycopg://…`."""
    return Database(_sqlite(url) if url.startswith("sqlite") else _postgres(url, pool_size))


def _sqlite(url: str) -> Engine:
    path = make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"check_same_thread": False})
    else:
        engine = create_engine(url, connect_args={"check_same_thread": False}, poolclass=StaticPool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Writers take the lock at once: two that began by reading would fail whatever the timeout."""
    writing = connection.get_execution_options().get("sgdocs_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _postgres(url: str, pool_size: int) -> Engine:
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        connect_args={"options": "-c statement_timeout=60000 -c idle_in_transaction_session_timeout=120000"},
    )
