"""The engine that the settings name, imported and opened when it is first asked: NumPy and Whoosh take their time."""

from collections.abc import Callable, Iterable, Sequence, Set
from functools import cached_property
from pathlib import Path

from sqlalchemy import Engine

from sgdocs.search.engine import IndexStatus, Progress, Query, Record, Results, SearchEngine, Suggestion


def whoosh(folder: Path) -> SearchEngine:
    """The embedded engine over a folder."""

    def made() -> SearchEngine:
        from sgdocs.search.whoosh_engine import WhooshEngine

        return WhooshEngine(folder)

    return _Late(made)


def postgres(database: Engine) -> SearchEngine:
    """The engine inside a PostgreSQL database."""

    def made() -> SearchEngine:
        from sgdocs.search.postgres_engine import PostgresEngine

        return PostgresEngine(database)

    return _Late(made)


class _Late:
    """A search engine that comes into being with its first use; nothing to close when there was none."""

    def __init__(self, make: Callable[[], SearchEngine]) -> None:
        self._make = make

    @cached_property
    def engine(self) -> SearchEngine:
        return self._make()

    def upsert(self, records: Iterable[Record]) -> int:
        return self.engine.upsert(records)

    def replace(self, families: Iterable[str], records: Iterable[Record]) -> int:
        return self.engine.replace(families, records)

    def delete(self, keys: Iterable[str]) -> int:
        return self.engine.delete(keys)

    def search(self, query: Query, audiences: Set[str]) -> Results:
        return self.engine.search(query, audiences)

    def suggest(self, prefix: str, audiences: Set[str], *, limit: int = 8) -> tuple[Suggestion, ...]:
        return self.engine.suggest(prefix, audiences, limit=limit)

    def rebuild(self, records: Iterable[Record], progress: Progress | None = None) -> int:
        return self.engine.rebuild(records, progress)

    def tidy(self, is_quiet: Callable[[], bool]) -> bool:
        return self.engine.tidy(is_quiet)

    def check(self) -> Sequence[str]:
        return self.engine.check()

    def keys(self) -> Set[str]:
        return self.engine.keys()

    def status(self) -> IndexStatus:
        return self.engine.status()

    def close(self) -> None:
        if "engine" in self.__dict__:
            self.engine.close()
