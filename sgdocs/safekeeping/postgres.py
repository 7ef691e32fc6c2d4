"""PostgreSQL: every table by COPY, in one snapshot that sees no later writer; no program of the server is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, inspect, text

from sgdocs import migrations
from sgdocs.base.db import Database
from sgdocs.wiring import tables

CHUNK_BYTES = 1 << 20
MADE_WITH_THE_TABLES = ("instance", "alembic_version")
"""Tables that have a row as soon as the database is made."""


@contextmanager
def snapshot(database: Database, folder: Path) -> Iterator[Connection]:
    """Write every table into the folder, and give the connection that still reads the same snapshot."""
    with database.engine.connect().execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    ) as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        for table in tables.sorted_tables:
            _dump(connection, table, folder / f"{table.name}.copy")
        yield connection


def why_not_empty(database: Database) -> str:
    """Why nothing may be restored there; "" when no table of ours has rows."""
    with database.engine.connect() as connection:
        known = set(inspect(connection).get_table_names())
        for name in sorted(known & {*tables.tables} - {*MADE_WITH_THE_TABLES}):
            if connection.execute(text(f'SELECT EXISTS (SELECT 1 FROM "{name}")')).scalar():  # noqa: S608 our own names
                return f"the database is not empty: “{name}” has rows"
    return ""


def load(database: Database, folder: Path) -> None:
    """Make the tables and fill them, in one transaction."""
    migrations.upgrade(database)
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        names = ", ".join(f'"{table.name}"' for table in tables.sorted_tables)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        for table in tables.sorted_tables:
            _fill(connection, table, folder / f"{table.name}.copy")
            _count_on(connection, table)


def _dump(connection: Connection, table: Table, file: Path) -> None:
    with (
        file.open("wb") as out,
        _driver(connection).cursor() as cursor,
        cursor.copy(f"COPY {_named(table)} TO STDOUT") as copy,
    ):
        for chunk in copy:
            out.write(chunk)


def _fill(connection: Connection, table: Table, file: Path) -> None:
    with (
        file.open("rb") as rows,
        _driver(connection).cursor() as cursor,
        cursor.copy(f"COPY {_named(table)} FROM STDIN") as copy,
    ):
        while chunk := rows.read(CHUNK_BYTES):
            copy.write(chunk)


def _count_on(connection: Connection, table: Table) -> None:
    """Numbers that the database gives go on after the highest."""
    for column in table.primary_key.columns:
        sequence = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": f'"{table.name}"', "column": column.name}
        ).scalar()
        if sequence:
            highest = f'SELECT max("{column.name}") FROM "{table.name}"'  # noqa: S608 our own names
            connection.execute(
                text(f"SELECT setval(:sequence, coalesce(({highest}), 0) + 1, false)"), {"sequence": sequence}
            )


def _named(table: Table) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    return f'"{table.name}" ({columns})'


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
