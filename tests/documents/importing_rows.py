"""Rows and files for the tests of the import, in the form of the secretariats' lists."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sgdocs.base.actor import Actor
from sgdocs.documents.importing.run import Import, Outcome, import_documents
from sgdocs.wiring import Services
from tests.support.databases import Clock

CODE = "T25-SG13-250408"
Row = Mapping[str, Any]


def td(number: int, stream: str = "GEN", **more: Any) -> dict[str, Any]:
    """A row as the lists have it."""
    return {
        "id": f"{CODE}-TD-{stream}-{number:04}",
        "meeting": CODE,
        "class": "temporary document",
        "stream": stream,
        "number": number,
        "revision": 0,
        "title": f"Title of TD {number}",
        "source": "Rapporteur Q2/13",
        "questions": ["Q2/13"],
        "received": "2025-04-01",
        **more,
    }


def write(folder: Path, rows: Sequence[Row], name: str = "list.jsonl") -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


def bring(services: Services, table: Path, folder: Path, **options: Any) -> Outcome:
    """Import as the operator does."""
    job = Import(services.database, services.blobs, services.scanner, Actor.operator(), Clock(), **options)
    return import_documents(job, table, folder)
