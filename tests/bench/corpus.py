"""Records for measuring: the shared catalogue and Cranfield when they are there."""

import gzip
import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sgdocs.search.engine import Record, Standing

DATA = Path(os.environ.get("SGDOCS_SHARED", str(Path(__file__).resolve().parents[3] / "shared"))) / "data"
STANDINGS = {"in-force": Standing.IN_FORCE, "superseded": Standing.SUPERSEDED, "withdrawn": Standing.WITHDRAWN}
STANDINGS |= {"superseded-or-withdrawn": Standing.SUPERSEDED}
PARTS = {"amendment", "corrigendum", "erratum", "addendum"}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def catalogue() -> list[Record]:
    """All 17,418 records; a part without a title bears that of the text it changes."""
    abstracts = {row["id"]: row["abstract"] for row in rows(DATA / "itu-t-abstracts.jsonl.gz")}
    editions = list(rows(DATA / "itu-t-recommendations.jsonl.gz"))
    titles = {row["id"]: row["title"] for row in editions if row["title"]}
    records = [_of_t(row, titles, abstracts) for row in editions]
    return records + [_of_r(row) for row in rows(DATA / "itu-r-publications.jsonl.gz")]


def cranfield() -> list[Record]:
    return [
        Record(row["id"], row["id"], "paper", row["id"], titles={"en": row["title"]}, bodies={"en": row["text"]})
        for row in rows(DATA / "search" / "cranfield" / "documents.jsonl.gz")
    ]


def _of_t(row: dict[str, Any], titles: dict[str, str], abstracts: dict[str, str]) -> Record:
    title = row["title"] or titles.get(row.get("modifies") or "") or ""
    standing = STANDINGS.get(row["status"] or "", Standing.UNKNOWN)
    if standing is Standing.IN_FORCE and row["kind"] in PARTS:
        standing = Standing.IN_FORCE_PART
    numbers = [row["base"], row["family"], *(row.get("dual_numbers") or []), *(row.get("iso_iec") or [])]
    return Record(
        key=f"edition:{row['id']}",
        family=f"ITU-T {row['family']}",
        kind=row["kind"],
        identifier=row["id"],
        numbers=tuple(dict.fromkeys(numbers)),
        titles={"en": title} if title else {},
        bodies={"en": abstracts[row["id"]]} if row["id"] in abstracts else {},
        facets=_facets(row, row["kind"], row["approved"]),
        standing=standing,
        day=date.fromisoformat(row["approved"]) if row["approved"] else None,
    )


def _of_r(row: dict[str, Any]) -> Record:
    when = row["approved"] or row.get("posted") or ""
    day = date.fromisoformat(when if len(when) == 10 else f"{when}-01") if when else None
    prefix = {"report": "Report ITU-R ", "question": "Question ITU-R "}.get(row["doctype"], "ITU-R ")
    return Record(
        key=f"publication:{row['id']}",
        family=prefix + row["base"],
        kind=row["doctype"],
        identifier=row["id"],
        numbers=(row["base"],),
        titles={"en": row["title"]} if row["title"] else {},
        facets=_facets(row, row["doctype"], day and day.isoformat()),
        standing=STANDINGS.get(row["status"] or "", Standing.UNKNOWN),
        day=day,
    )


def _facets(row: dict[str, Any], kind: str, day: str | None) -> dict[str, tuple[str, ...]]:
    given = {
        "sector": row["sector"],
        "kind": kind,
        "series": row.get("series"),
        "status": row["status"],
        "group": str(row["study_group"]) if row.get("study_group") else None,
        "year": day[:4] if day else None,
        "language": "en",
    }
    return {facet: (value,) for facet, value in given.items() if value}
