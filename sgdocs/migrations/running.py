"""Upgrade, compare and revise by Alembic; imported only when there is something to do."""

from collections.abc import Sequence
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
from sgdocs.migrations import FOLDER, included
from sgdocs.wiring import tables

ONE_AT_A_TIME = 7301
"""Number of the lock by which a second upgrade waits; SQLite needs none, its writers queue."""


def upgrade(database: Database, *, training: bool) -> None:
    """Bring the tables to the newest version; a second one waits for the first."""
    with database.engine.execution_options(sgdocs_writing=True).begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        command.upgrade(_config(connection), "head")
        with Session(connection) as session:
            if instance_of(session) is None:
                session.add(Instance(id=1, training=training, created_at=now()))
            session.commit()


def differences(database: Database) -> Sequence[Any]:
    """Where tables and models differ; empty in a database that `upgrade` has made."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": included})
        return list(compare_metadata(context, tables))


def revise(database: Database, message: str) -> None:
    """Write a new version from what differs between an upgraded database and the models."""
    with database.engine.connect() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=_next())


def _next() -> str:
    return f"{len(list(_scripts().walk_revisions())) + 1:04}"


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
