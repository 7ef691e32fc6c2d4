"""Other engines on the same records, to measure ours against: SQLite FTS5, PostgreSQL, Tantivy.

Each is used as its manual suggests, with the title and number above the summary: all words first,
any of them when that finds fewer than ten. A family counts once.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import psycopg
import tantivy

from sgdocs.search.engine import Record

WANTED = 10
READ = 200
_WORD = re.compile(r"\w+")


class Yardstick(Protocol):
    name: str

    def build(self, records: Iterable[Record]) -> None:
        """Index everything, ready to be searched."""

    def search(self, query: str) -> list[str]:
        """Families, best first."""


def texts(record: Record) -> tuple[str, str, str, str]:
    """family, numbers, titles, bodies."""
    numbers = " ".join((record.identifier, *record.numbers, *record.names))
    return record.family, numbers, " ".join(record.titles.values()), " ".join(record.bodies.values())


def _first_of(answers: Iterator[Sequence[str]]) -> list[str]:
    """The families of the first answer and, where it is short, those of the next."""
    families: dict[str, None] = {}
    for answer in answers:
        families.update(dict.fromkeys(answer))
        if len(families) >= WANTED:
            break
    return list(families)[:WANTED]


class Fts5:
    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "yardstick.db")

    def build(self, records: Iterable[Record]) -> None:
        self.db.execute("DROP TABLE IF EXISTS found")
        self.db.execute(
            "CREATE VIRTUAL TABLE found USING fts5"
            "(family UNINDEXED, numbers, titles, bodies, tokenize='porter unicode61 remove_diacritics 2')"
        )
        self.db.executemany("INSERT INTO found VALUES (?, ?, ?, ?)", map(texts, records))
        self.db.commit()

    def search(self, query: str) -> list[str]:
        words = [f'"{word}"' for word in _WORD.findall(query)]
        return _first_of(self._ask(joint.join(words)) for joint in (" AND ", " OR ")) if words else []

    def _ask(self, asked: str) -> list[str]:
        ranked = "SELECT family FROM found WHERE found MATCH ? ORDER BY bm25(found, 0, 8, 4, 1) LIMIT ?"
        return [family for (family,) in self.db.execute(ranked, (asked, READ))]


class Postgres:
    name = "PostgreSQL"

    def __init__(self, url: str) -> None:
        self.db = psycopg.connect(url, autocommit=True)

    def build(self, records: Iterable[Record]) -> None:
        self.db.execute("DROP TABLE IF EXISTS yardstick")
        self.db.execute("CREATE TABLE yardstick (family text, words tsvector)")
        vector = (
            "setweight(to_tsvector('english', %s), 'A') || setweight(to_tsvector('english', %s), 'B')"
            " || setweight(to_tsvector('english', %s), 'D')"
        )
        with self.db.transaction(), self.db.cursor() as cursor:
            cursor.executemany(f"INSERT INTO yardstick VALUES (%s, {vector})", [texts(record) for record in records])
        self.db.execute("CREATE INDEX ON yardstick USING gin (words)")
        self.db.execute("ANALYZE yardstick")

    def search(self, query: str) -> list[str]:
        words = " ".join(_WORD.findall(query))
        return _first_of(self._ask(words, joint) for joint in ("&", "|"))

    def _ask(self, words: str, joint: str) -> list[str]:
        ranked = (
            "SELECT family FROM yardstick,"
            " CAST(replace(CAST(plainto_tsquery('english', %s) AS text), '&', %s) AS tsquery) AS asked"
            " WHERE words @@ asked ORDER BY ts_rank('{0.1, 0.2, 0.6, 1.0}', words, asked, 1) DESC LIMIT %s"
        )
        return [family for (family,) in self.db.execute(ranked, (words, joint, READ))]


class Tantivy:
    name = "Tantivy"

    def __init__(self, folder: Path) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("family", stored=True, tokenizer_name="raw")
        for field in ("numbers", "titles", "bodies"):
            schema.add_text_field(field, tokenizer_name="en_stem")
        self.index: Any = tantivy.Index(schema.build(), path=str(folder))

    def build(self, records: Iterable[Record]) -> None:
        writer = self.index.writer()
        for family, numbers, titles, bodies in map(texts, records):
            writer.add_document(tantivy.Document(family=family, numbers=numbers, titles=titles, bodies=bodies))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def search(self, query: str) -> list[str]:
        words = _WORD.findall(query)
        return _first_of(self._ask(words, every) for every in (True, False)) if words else []

    def _ask(self, words: list[str], every: bool) -> list[str]:
        fields = ["numbers", "titles", "bodies"]
        boosts = {"numbers": 8.0, "titles": 4.0, "bodies": 1.0}
        asked = self.index.parse_query(" ".join(words), fields, field_boosts=boosts, conjunction_by_default=every)
        searcher = self.index.searcher()
        return [searcher.doc(address)["family"][0] for _, address in searcher.search(asked, READ).hits]
