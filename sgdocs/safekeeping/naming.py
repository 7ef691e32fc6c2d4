"""Which blobs the database names: those it promises to have, and all that any row so much as mentions."""

import re
from collections.abc import Iterator

from sqlalchemy import JSON, Column, Connection, String, cast, select

from sgdocs.wiring import tables

PROMISED = (
    ("document_file", "sha256"),
    ("document_file", "stamped_sha256"),
    ("document_file", "preview_sha256"),
    ("process_comment", "file_sha256"),
    ("statement_paper", "sha256"),
    ("statement_arrival", "sha256"),
    ("translation_job", "sha256"),
)
"""Columns that name a blob which must be there; "" names none."""
ELSEWHERE = (
    ("recommendation_file", "sha256"),
    ("disposition", "sha256"),
    ("decision", "document_sha256"),
    ("work_item", "base_sha256"),
    ("work_item_base_text", "sha256"),
    ("work_item_change", "sha256"),
    ("process", "sha256"),
    ("process_transition", "sha256"),
    ("process_window", "sha256"),
    ("process_comment", "sha256"),
)
"""Columns with the digest of something that need not be kept here, or is promised by another row."""
_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def promised(connection: Connection) -> set[str]:
    """The digests of all blobs that must be there."""
    return {digest for table, column in PROMISED for digest in _digests(connection, tables.tables[table].c[column])}


def mentioned(connection: Connection) -> Iterator[str]:
    """Every digest that stands in a column of digests or anywhere in a column of JSON. Reads all such columns."""
    for table in tables.sorted_tables:
        for column in table.c:
            if "sha256" in column.name:
                yield from _digests(connection, column)
            elif isinstance(column.type, JSON):
                for (told,) in connection.execute(select(cast(column, String))):
                    yield from _DIGEST.findall(told or "")


def _digests(connection: Connection, column: "Column[str]") -> Iterator[str]:
    yield from connection.execute(select(column).where(column != "").distinct()).scalars()
