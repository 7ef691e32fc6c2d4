"""Upgrade a database to the tables of this version."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlmodel import Session

from sgdocs.base.clock import now
from sgdocs.base.db import Database
from sgdocs.base.instance import Instance, instance_of
from sgdocs.wiring import tables

FOLDER = Path(__file__).parent
ONE_AT_A_TIME = 7301
"""Number of the lock by which a second upgrade waits; SQLite needs none, its writers queue."""


def upgrade(database: Database, *, training: bool = False) -> bool:
    """Bring the tables to the newest version; whether anything was to be done.

    training: marks a database that is created now; an existing one keeps its mark.
    """
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    if set(current) == set(_scripts().get_heads()):
        return False
    with database.engine.execution_options(sgdocs_writing=True).begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        command.upgrade(_config(connection), "head")
        with Session(connection) as session:
            if instance_of(session) is None:
                session.add(Instance(id=1, training=training, created_at=now()))
            session.commit()
    return True


def is_current(database: Database) -> bool:
    """Whether the database has the tables of this version."""
    with database.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_heads()
    return set(current) == set(_scripts().get_heads())


def differences(database: Database) -> Sequence[Any]:
    """Where tables and models differ; empty in a database that `upgrade` has made."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": included})
        return list(compare_metadata(context, tables))


def revise(database: Database, message: str) -> None:
    """Write a new version from what differs between an upgraded database and the models."""
    with database.engine.connect() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=_next())


def included(_object: object, name: str | None, kind: str, _reflected: bool, _to: object) -> bool:
    """Whether a table is ours: a search engine keeps its own beside them."""
    return not (kind in ("table", "index") and (name or "").startswith("search_"))


def _next() -> str:
    return f"{len(list(_scripts().walk_revisions())) + 1:04}"


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
