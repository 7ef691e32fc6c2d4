"""A catalogue of the real one's size and shape, when the real one is not here. The same at every run."""

import gzip
import json
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

EDITIONS, PUBLICATIONS, SUMMARIES, WORDS = 13_057, 4_361, 7_083, 20_000
SYLLABLES = [
    "al",
    "ban",
    "cor",
    "dis",
    "en",
    "fre",
    "gra",
    "hol",
    "in",
    "ject",
    "ka",
    "lo",
    "mod",
    "net",
    "op",
    "pro",
    "qua",
    "res",
    "sig",
    "tel",
    "um",
    "ver",
    "wav",
    "xen",
    "yt",
    "zo",
]


def write(folder: Path) -> list[Path]:
    """Three files like those of the shared catalogue."""
    rng = random.Random(7)
    vocabulary = ["".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))) for _ in range(WORDS)]
    weights = [1 / (rank + 10) for rank in range(WORDS)]

    def prose(count: int) -> str:
        return " ".join(rng.choices(vocabulary, weights, k=count))

    editions = [_edition(number, prose(9)) for number in range(EDITIONS)]
    publications = [_publication(number, prose(9)) for number in range(PUBLICATIONS)]
    summaries = [{"id": row["id"], "abstract": prose(110)} for row in rng.sample(editions, SUMMARIES)]
    named = {"t": editions, "r": publications, "abstracts": summaries}
    return [_written(folder / f"{name}.jsonl.gz", rows) for name, rows in named.items()]


def _edition(number: int, title: str) -> dict[str, Any]:
    family, edition = divmod(number, 3)
    series = "GHJQXY"[family % 6]
    base, year = f"{series}.{100 + family // 6}", 1990 + 10 * edition
    return {
        "id": f"ITU-T {base} (05/{year})",
        "sector": "T",
        "kind": "recommendation",
        "series": series,
        "base": base,
        "family": base,
        "title": title,
        "approved": f"{year}-05-17",
        "month": f"{year}-05",
        "edition": str(edition + 1),
        "status": "in-force" if edition == 2 else "superseded",
        "study_group": f"SG{(2, 5, 12, 13, 15, 17)[family % 6]}",
    }


def _publication(number: int, title: str) -> dict[str, Any]:
    family, revision = divmod(number, 2)
    series = ("BT", "M", "P", "SM")[family % 4]
    return {
        "id": f"ITU-R {series}.{1000 + family}-{revision}",
        "sector": "R",
        "doctype": "recommendation",
        "series": series,
        "base": f"{series}.{1000 + family}",
        "revision": revision,
        "title": title,
        "approved": f"{2010 + 5 * revision}-03",
        "posted": None,
        "status": "in-force" if revision else "superseded",
        "sources": ["generated"],
    }


def _written(file: Path, rows: Iterable[dict[str, Any]]) -> Path:
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=1) as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
    return file
