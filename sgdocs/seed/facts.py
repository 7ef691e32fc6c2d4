"""Reads the tables of facts in `data/`: tab separated, a heading first, an empty cell for what is not known."""

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>.tsv`, by heading."""
    table = (files("sgdocs.seed") / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    return csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
