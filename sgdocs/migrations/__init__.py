"""Upgrade a database to the tables of this version.

Whether there is something to do is told without Alembic, which takes its time to be imported.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import inspect, text

from sgdocs.base.db import Database

FOLDER = Path(__file__).parent


def upgrade(database: Database, *, training: bool = False) -> bool:
    """Bring the tables to the newest version; whether anything was to be done.

    training: marks a database that is created now; an existing one keeps its mark.
    """
    if is_current(database):
        return False
    from sgdocs.migrations import running

    running.upgrade(database, training=training)
    return True


def is_current(database: Database) -> bool:
    """Whether the database has the tables of this version."""
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [newest()]


def differences(database: Database) -> Sequence[Any]:
    """Where tables and models differ; empty in a database that `upgrade` has made."""
    from sgdocs.migrations import running

    return running.differences(database)


def revise(database: Database, message: str) -> None:
    """Write a new version from what differs between an upgraded database and the models."""
    from sgdocs.migrations import running

    running.revise(database, message)


def included(_object: object, name: str | None, kind: str, _reflected: bool, _to: object) -> bool:
    """Whether a table is ours: a search engine keeps its own beside them."""
    return not (kind in ("table", "index") and (name or "").startswith("search_"))


def newest() -> str:
    """The number of the newest version; versions are numbered in their order."""
    return max(file.name[:4] for file in (FOLDER / "versions").glob("[0-9]*.py"))
