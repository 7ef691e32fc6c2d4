"""SQLite: the whole database as one file, by its online backup; writers go on meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from sgdocs.base.db import Database, open_database

FILE = "sgdocs.db"


@contextmanager
def snapshot(database: Database, folder: Path) -> Iterator[Connection]:
    """Write the snapshot into the folder, and give a connection that reads it."""
    copy = folder / FILE
    with database.engine.connect() as connection, closing(sqlite3.connect(copy)) as target:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    reader = open_database(f"sqlite:///{copy}")
    try:
        with reader.engine.connect() as connection:
            yield connection
    finally:
        reader.engine.dispose()
        _make_single(copy)


def why_not_empty(database: Database) -> str:
    """Why nothing may be restored there; "" when the file does not exist."""
    file = _file_of(database)
    there = [str(each) for each in (file, Path(f"{file}-wal")) if each.exists()]
    return f"there is a database already: {there[0]}" if there else ""


def load(database: Database, folder: Path) -> None:
    """Put the snapshot in place, whole or not at all."""
    file = _file_of(database)
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}-restoring")
    aside.unlink(missing_ok=True)
    database.engine.dispose()
    with closing(sqlite3.connect(folder / FILE)) as source, closing(sqlite3.connect(aside)) as target:
        source.backup(target)
        wrong = target.execute("PRAGMA integrity_check").fetchone()[0]
        if wrong != "ok":
            raise ValueError(f"{folder / FILE}: {wrong}")
    aside.replace(file)


def _make_single(copy: Path) -> None:
    """One file without a journal beside it."""
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _file_of(database: Database) -> Path:
    name = make_url(str(database.engine.url)).database
    if not name:
        raise ValueError("a database in memory is neither backed up nor restored")
    return Path(name)
