"""The engine for several processes and machines: tables of PostgreSQL in the schema `search`."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Final

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from sgdocs.search import postgres_search
from sgdocs.search.engine import IndexBusy, IndexStatus, IndexUnavailable, Progress, Query, Record, Results, Suggestion
from sgdocs.search.postgres_schema import SCHEMA, VERSION, inline, insert, tables

REBUILD: Final = "Run `sgdocs index rebuild`."
TOGETHER: Final = 200
_LOCK: Final = 0x5647_D0C5


class PostgresEngine:
    """`SearchEngine` over a database; the connection pool is the caller's."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(self, query: Query, audiences: Set[str]) -> Results:
        with self._reading() as connection:
            return postgres_search.answer(connection, query, audiences)

    def suggest(self, prefix: str, audiences: Set[str], *, limit: int = 8) -> tuple[Suggestion, ...]:
        with self._reading() as connection:
            return postgres_search.suggestions(connection, prefix, audiences, limit=limit)

    def upsert(self, records: Iterable[Record]) -> int:
        return self.replace((), records)

    def replace(self, families: Iterable[str], records: Iterable[Record]) -> int:
        by_key = {record.key: record for record in records}
        with self._writing() as connection:
            _require(connection)
            _drop(connection, families, column="family")
            _drop(connection, by_key)
            for some in _batches(by_key.values()):
                insert(connection, some)
            _touched(connection)
        return len(by_key)

    def delete(self, keys: Iterable[str]) -> int:
        with self._writing() as connection:
            _require(connection)
            gone = _drop(connection, set(keys))
            _touched(connection)
        return gone

    def rebuild(self, records: Iterable[Record], progress: Progress | None = None) -> int:
        """In one transaction: readers see the old tables until the new ones are complete."""
        suffix = f"_{secrets.token_hex(4)}"
        with self._writing() as connection:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
            for table in tables(suffix):
                table.create(connection)
            connection.execute(text(inline(suffix)))
            count = _filled(connection, records, suffix, progress)
            _swapped(connection, suffix)
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"ANALYZE {SCHEMA}.record"))
        return count

    def tidy(self, is_quiet: Callable[[], bool]) -> bool:
        """The database tidies up by itself."""
        return False

    def check(self) -> Sequence[str]:
        try:
            with self._reading() as connection:
                empty = connection.scalar(text(f"SELECT count(*) FROM {SCHEMA}.record WHERE length(vector) = 0"))  # noqa: S608
        except IndexUnavailable as error:
            return [str(error)]
        return [f"{empty} records have no words. {REBUILD}"] if empty else []

    def keys(self) -> Set[str]:
        with self._reading() as connection:
            return frozenset(connection.scalars(text(f"SELECT key FROM {SCHEMA}.record")))  # noqa: S608

    def status(self) -> IndexStatus:
        with self._reading() as connection:
            about = connection.execute(text(f"SELECT generation, built_at FROM {SCHEMA}.about")).one()  # noqa: S608
            records = connection.scalar(text(f"SELECT count(*) FROM {SCHEMA}.record")) or 0  # noqa: S608
            size = connection.scalar(text(f"SELECT pg_total_relation_size('{SCHEMA}.record')")) or 0
        return IndexStatus("postgres", int(records), str(about.generation), int(size), about.built_at)

    def close(self) -> None:
        """Nothing is held between calls."""

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _worded(), self._engine.connect() as connection:
            _require(connection)
            # The planner takes a look into a word vector for free and would read the whole table.
            connection.execute(text("SET LOCAL enable_seqscan = off"))
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One writer of all processes, one transaction."""
        with _worded(), self._engine.begin() as connection:
            if not connection.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _LOCK}):
                raise IndexBusy("Another process is writing the search index.")
            yield connection


def _filled(connection: Connection, records: Iterable[Record], suffix: str, progress: Progress | None) -> int:
    seen: set[str] = set()
    for some in _batches(records):
        for record in some:
            if record.key in seen:
                raise ValueError(f"two records have the key {record.key}")
            seen.add(record.key)
        insert(connection, some, suffix)
        if progress:
            progress(len(seen))
    return len(seen)


def _swapped(connection: Connection, suffix: str) -> None:
    """The new tables under the names of the old; what had them goes.

    Readers take `about` first, so it is locked first: no deadlock, and no swap in the middle of a search.
    """
    if connection.scalar(text(f"SELECT to_regclass('{SCHEMA}.about')")) is not None:
        connection.execute(text(f"LOCK TABLE {SCHEMA}.about IN ACCESS EXCLUSIVE MODE"))
    for table in ("record", "word"):
        connection.execute(text(f"DROP TABLE IF EXISTS {SCHEMA}.{table}"))
        connection.execute(text(f"ALTER TABLE {SCHEMA}.{table}{suffix} RENAME TO {table}"))
    connection.execute(text(f"DROP TABLE IF EXISTS {SCHEMA}.about"))
    connection.execute(
        text(f"CREATE TABLE {SCHEMA}.about (version text, generation text, built_at timestamptz NOT NULL)")
    )
    connection.execute(
        text(f"INSERT INTO {SCHEMA}.about VALUES (:version, :generation, :at)"),  # noqa: S608
        {"version": VERSION, "generation": secrets.token_hex(8), "at": datetime.now(UTC)},
    )


def _require(connection: Connection) -> None:
    """There is an index, and it is of this version."""
    if connection.scalar(text(f"SELECT to_regclass('{SCHEMA}.about')")) is None:
        raise IndexUnavailable(f"There is no search index yet. {REBUILD}")
    if connection.scalar(text(f"SELECT version FROM {SCHEMA}.about")) != VERSION:  # noqa: S608
        raise IndexUnavailable(f"The search index was built by another version of sgdocs. {REBUILD}")


def _drop(connection: Connection, keys: Iterable[str], *, column: str = "key") -> int:
    drop = text(f"DELETE FROM {SCHEMA}.record WHERE {column} = ANY(:keys)")  # noqa: S608
    return connection.execute(drop, {"keys": list(keys)}).rowcount


def _touched(connection: Connection) -> None:
    connection.execute(text(f"UPDATE {SCHEMA}.about SET generation = :new"), {"new": secrets.token_hex(8)})  # noqa: S608


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    left = iter(records)
    while some := list(islice(left, TOGETHER)):
        yield some


_DAMAGED: Final = frozenset({"42P01", "3F000", "42703"})  # no such table, schema, column


@contextmanager
def _worded() -> Iterator[None]:
    """A server that cannot be reached and tables that are not as they should be, in words."""
    try:
        yield
    except OperationalError as error:
        raise IndexUnavailable("The database of the search index does not answer.") from error
    except ProgrammingError as error:
        if getattr(error.orig, "sqlstate", None) not in _DAMAGED:
            raise
        raise IndexUnavailable(f"The search index is damaged. {REBUILD}") from error
