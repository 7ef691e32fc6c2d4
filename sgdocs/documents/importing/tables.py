"""A table into raw rows with their line: JSON Lines, CSV or XLSX. Hostile content is expected."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_LINE = 1_000_000  # characters
MOST_COLUMNS = 100
Raw = Mapping[str, Any]


class Unreadable(ValueError):
    """The table as a whole cannot be read; the message says why and what would be right."""


@dataclass(frozen=True)
class Line:
    """A raw row by its column names, or why it is none. number: line or row of the file, from 1."""

    number: int
    raw: Raw | None = None
    wrong: str = ""


def read_table(path: Path) -> Iterator[Line]:
    """The rows of a file, by its ending: `.jsonl`, `.csv`, `.xlsx`. Unreadable when it cannot be read at all."""
    name = path.name.lower()
    if not path.is_file():
        raise Unreadable(f"{path}: there is no such file")
    try:
        if name.endswith((".jsonl", ".ndjson")):
            yield from _json_lines(path)
        elif name.endswith((".csv", ".tsv", ".txt")):
            yield from _csv(path)
        elif name.endswith(".xlsx"):
            yield from _sheet(path)
        else:
            raise Unreadable(f"{path.name}: give JSON Lines (.jsonl), CSV (.csv) or a spreadsheet (.xlsx)")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name} is not UTF-8 ({error.reason}); save it as UTF-8") from error
    except OSError as error:
        raise Unreadable(f"{path.name}: {error}") from error


def _json_lines(path: Path) -> Iterator[Line]:
    with path.open(encoding="utf-8-sig") as file:
        for number, text in enumerate(_short_lines(file), 1):
            if not text.strip():
                continue
            try:
                raw = json.loads(text)
            except (ValueError, RecursionError) as error:
                yield Line(number, wrong=f"this is no JSON: {error}")
                continue
            is_object = isinstance(raw, dict)
            yield Line(number, raw) if is_object else Line(number, wrong="a line must be an object in braces")


def _short_lines(file: Iterable[str]) -> Iterator[str]:
    """Lines; what is longer than any row counts as broken."""
    for text in file:
        yield text if len(text) <= LONGEST_LINE else "{"


def _csv(path: Path) -> Iterator[Line]:
    """Parted by comma, semicolon or tab, whichever the header has most of."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = file.readline()
        delimiter = max(",;\t", key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        rows = csv.reader(file, delimiter=delimiter)
        numbered: list[tuple[int, list[Any]]] = []
        try:
            for cells in rows:
                numbered.append((rows.line_num + 1, cells))
        except csv.Error as error:
            raise Unreadable(f"{path.name}, line {rows.line_num + 1}: {error}") from error
    yield from _named(path, names, numbered)


def _sheet(path: Path) -> Iterator[Line]:
    """The first sheet; the library is imported when a spreadsheet is read. Values only, no formula is calculated."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # the library raises whatever the file makes it stumble over
        raise Unreadable(f"{path.name} cannot be read as a spreadsheet: {error}") from error
    try:
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
        names = [str(cell or "") for cell in next(rows, ())]
        yield from _named(path, names, enumerate((list(cells) for cells in rows), 2))
    finally:
        book.close()


def _named(path: Path, given: list[str], rows: Iterable[tuple[int, list[Any]]]) -> Iterator[Line]:
    names = [name.strip().lower().replace(" ", "_") for name in given]
    while names and not names[-1]:
        names.pop()
    if not {"id", "number"} & set(names) or len(set(names)) != len(names):
        raise Unreadable(f"{path.name}: the first row must name its columns, each once, “id” or “number” among them")
    for number, cells in rows:
        if not any(cell not in (None, "") for cell in cells):
            continue
        if len(cells) > len(names) and any(cell not in (None, "") for cell in cells[len(names) :]):
            yield Line(number, wrong=f"this row has {len(cells)} cells, the header {len(names)}")
        else:
            yield Line(number, dict(zip(names, cells, strict=False)))
