"""The tables of the PostgreSQL engine, in a schema of their own, and a record as a row.

Texts are analysed here, not by the server: both engines find the same words in the six languages.
Weights in `vector`: A numbers, B names and titles, C parts of numbers, D bodies.
In `surfaces`, for prefixes: A words of numbers, names and titles, D words of bodies.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Column, Connection, Date, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

from sgdocs.search.analysis import PLAIN, surfaces, tokens, wholes
from sgdocs.search.engine import LANGUAGES, PUBLIC, Record

VERSION: Final = "2"
SCHEMA: Final = "search"
SEPARATOR: Final = "\x1f"
LAST_PLACE: Final = 16_383
MOST_PLACES: Final = 255
_GAP = 100
Places = Mapping[str, Sequence[str]]


def tables(suffix: str) -> tuple[Table, Table]:
    """record and word; each rebuild makes new ones beside those in use, which have no suffix."""
    metadata = MetaData(schema=SCHEMA)
    record = Table(
        f"record{suffix}",
        metadata,
        Column("key", Text, primary_key=True),
        Column("family", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("identifier", Text, nullable=False),
        Column("audience", Text, nullable=False),
        Column("standing", Integer, nullable=False),
        Column("day", Date),
        Column("titles", JSONB, nullable=False),
        Column("bodies", JSONB, nullable=False),
        Column("labels", ARRAY(Text), nullable=False),
        Column("folded", ARRAY(Text), nullable=False),
        Column("vector", TSVECTOR, nullable=False),
        Column("surfaces", TSVECTOR, nullable=False),
    )
    for column in ("vector", "surfaces", "folded"):
        Index(f"{column}{suffix}", record.c[column], postgresql_using="gin")
    Index(f"family{suffix}", record.c.family)
    return record, Table(f"word{suffix}", metadata, Column("word", Text, primary_key=True))


def inline(suffix: str) -> str:
    """Keep the vectors beside the row, where ranking finds them at once; long ones still move out."""
    columns = ", ".join(f"ALTER {column} SET STORAGE MAIN" for column in ("vector", "surfaces"))
    return f"ALTER TABLE {SCHEMA}.record{suffix} SET (toast_tuple_target = 8160), {columns}"


def insert(connection: Connection, records: Iterable[Record], suffix: str = "") -> None:
    """Rows for records, and the words of the public ones."""
    rows = [row(record) for record in records]
    if not rows:
        return
    connection.execute(
        text(
            f"INSERT INTO {SCHEMA}.record{suffix} VALUES (:key, :family, :kind, :identifier, :audience, :standing,"  # noqa: S608 - the suffix is ours
            " :day, CAST(:titles AS jsonb), CAST(:bodies AS jsonb), :labels, :folded,"
            " CAST(:vector AS tsvector), CAST(:surfaces AS tsvector))"
        ),
        rows,
    )
    connection.execute(
        text(
            f"INSERT INTO {SCHEMA}.word{suffix} SELECT DISTINCT w FROM unnest(CAST(:words AS text[])) w"  # noqa: S608
            " ON CONFLICT DO NOTHING"
        ),
        {"words": sorted({word for each in rows if each["audience"] == PUBLIC for word in _words(each)})},
    )


def row(record: Record) -> dict[str, object]:
    head = {word for text in _heads(record) for word in surfaces(text)}
    body = {word for text in record.bodies.values() for word in surfaces(text)} - head
    labels = [facet + SEPARATOR + value for facet, values in record.facets.items() for value in values]
    return {
        "key": record.key,
        "family": record.family,
        "kind": record.kind,
        "identifier": record.identifier,
        "audience": record.audience,
        "standing": int(record.standing),
        "day": record.day,
        "titles": json.dumps(dict(record.titles), ensure_ascii=False),
        "bodies": json.dumps(dict(record.bodies), ensure_ascii=False),
        "labels": labels,
        "folded": [label.casefold() for label in labels],
        "vector": _literal(_placed(record)),
        "surfaces": _literal({**dict.fromkeys(body, ("1D",)), **dict.fromkeys(head, ("1A",))}),
        "words": [word for word in head | body if word.isalpha()],
    }


def lexeme(term: str) -> str:
    """A term as tsvector and tsquery write it."""
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _words(row: dict[str, object]) -> list[str]:
    words = row["words"]
    return words if isinstance(words, list) else []


def _heads(record: Record) -> Iterator[str]:
    yield from (record.identifier, *record.numbers, *record.names, *record.titles.values())


def _placed(record: Record) -> Places:
    """Every term with its places; a gap between two texts, so that no phrase spans them."""
    found: dict[str, list[str]] = {}
    for number in (record.identifier, *record.numbers):
        for whole in wholes(number):
            found.setdefault(whole, []).append("1A")
        for token in tokens(number):
            found.setdefault(token.term, []).append("1C")
    start = _GAP
    named = [(PLAIN, name, "B") for name in record.names]
    titles = [(language, title, "B") for language, title in record.titles.items()]
    for language, said, weight in (*named, *titles, *((k, v, "D") for k, v in record.bodies.items())):
        start = _add(found, start, said, language if language in LANGUAGES else PLAIN, weight) + _GAP
    return found


def _add(found: dict[str, list[str]], start: int, said: str, language: str, weight: str) -> int:
    last = start
    for token in tokens(said, language):
        last = start + token.position
        found.setdefault(token.term, []).append(f"{min(last, LAST_PLACE)}{weight}")
    return last


def _literal(places: Places) -> str:
    return " ".join(f"{lexeme(term)}:{','.join(at[:MOST_PLACES])}" for term, at in places.items() if term)
