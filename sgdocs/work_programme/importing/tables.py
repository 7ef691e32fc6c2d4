"""An export of a work programme into raw rows with their line: CSV, XLSX, JSON or JSON Lines. Hostile content is expected.

As people really have it: any encoding, any delimiter, bare carriage returns, a preamble that says period and group.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sgdocs.documents.importing.tables import Line, Unreadable, read_table

MOST_BYTES: Final = 50_000_000
MOST_COLUMNS: Final = 100
MOST_PREAMBLE: Final = 60
COLUMNS: Final[Mapping[str, str]] = {
    "workitem": "name", "acronym": "name", "question": "question", "titlesubject": "title", "subjecttitle": "title",
    "title": "title", "subject": "title", "timing": "timing", "timingwords": "timing", "studygroup": "group",
    "group": "group", "studyperiod": "period", "period": "period", "periodtitle": "period", "version": "version",
    "versionwords": "version", "versionpart": "version_part", "status": "status", "statuswords": "status",
    "statusdate": "status_on", "statuson": "status_on", "statussince": "status_on", "approvalprocess": "process",
    "process": "process", "equivnum": "equivalents", "equivalentnumber": "equivalents", "equivalents": "equivalents",
    "liaisonrelationship": "liaison", "liaison": "liaison", "liaisonto": "liaison", "priority": "priority",
    "type": "kind", "typeofworkitem": "kind", "kind": "kind", "isn": "isn", "summary": "summary", "comment": "comment",
    "editors": "editors", "editor": "editors", "formercode": "former", "formernames": "former",
    "numbergiven": "identifier", "identifier": "identifier", "reportgenerated": "generated",
    "firstregistrationinthewputc": "registered", "firstregistrationinthewp": "registered", "registeredat": "registered",
}  # fmt: skip
"""Headings as they are written (letters alone) -> what they mean; the first that a row has counts."""
_COUNT: Final = re.compile(r"(\d{1,6}) work item\(s\)")
_SAID: Final = {"studyperiod": "period", "studygroup": "group", "reportgeneratedon": "generated"}


@dataclass
class Table:
    """lines: the rows; said: period, group and day that the preamble gives for all; announced: rows it speaks of."""

    lines: list[Line] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    announced: int | None = None


def read(path: Path) -> Table:
    """The rows of a file. Unreadable when it is no such export at all."""
    if not path.is_file():
        raise Unreadable(f"{path}: there is no such file")
    if path.stat().st_size > MOST_BYTES:
        raise Unreadable(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB")
    name = path.name.lower()
    if name.endswith((".jsonl", ".ndjson")):
        return Table([_meant(line) for line in read_table(path)])
    if name.endswith(".json"):
        return Table(list(_items(path)))
    if name.endswith(".xlsx"):
        return _table(path, _sheet(path))
    if name.endswith((".csv", ".tsv", ".txt")):
        return _table(path, _cells(path))
    raise Unreadable(f"{path.name}: give CSV (.csv), a spreadsheet (.xlsx), JSON (.json) or JSON Lines (.jsonl)")


def _items(path: Path) -> Iterator[Line]:
    """A list of objects, or what the list of this house gives: `{"items": […]}`."""
    try:
        told = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{path.name} is no JSON: {error}") from error
    items = told.get("items") if isinstance(told, dict) else told
    if not isinstance(items, list):
        raise Unreadable(f"{path.name}: a list of items is wanted, or an object with “items”")
    for number, item in enumerate(items, 1):
        yield (
            _meant(Line(number, item))
            if isinstance(item, dict)
            else Line(number, wrong="an item is an object in braces")
        )


def _meant(line: Line) -> Line:
    """With names of fields in the place of headings."""
    if line.raw is None:
        return line
    row: dict[str, Any] = {}
    for heading, value in line.raw.items():
        meant = COLUMNS.get(_letters(str(heading)))
        if meant is not None and meant not in row:
            row[meant] = value
    return Line(line.number, row)


def _letters(heading: str) -> str:
    return re.sub(r"[^a-z]+", "", heading.lower())


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows of text cells, parted by what the heading has most of: semicolon, tab or comma."""
    text = _decoded(path)
    lines = text.splitlines()
    heading = next((line for line in lines[:MOST_PREAMBLE] if _is_heading(re.split(r"[;\t,]", line))), None)
    if heading is None:
        raise Unreadable(_no_heading(path))
    delimiter = max(";\t,", key=heading.count)
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter)
    try:
        for cells in rows:
            yield rows.line_num, cells
    except csv.Error as error:
        raise Unreadable(f"{path.name}, line {rows.line_num + 1}: {error}") from error


def _decoded(path: Path) -> str:
    """UTF-8 or UTF-16, else what wrote the ends of lines so: an old Macintosh bare returns, Windows the others."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(path, data, "utf-16")
    if b"\0" in data:
        raise Unreadable(f"{path.name} is no text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        is_mac = data.count(b"\r") > 2 * data.count(b"\n")
        return _strict(path, data, "mac_roman" if is_mac else "cp1252")


def _strict(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name} is neither UTF-8 nor {encoding}; save it as UTF-8") from error


def _sheet(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """The first sheet, values only; the library is imported when a spreadsheet is read."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # the library raises whatever the file makes it stumble over
        raise Unreadable(f"{path.name} cannot be read as a spreadsheet: {error}") from error
    try:
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
            yield number, list(cells)
    finally:
        book.close()


def _table(path: Path, rows: Iterable[tuple[int, list[Any]]]) -> Table:
    """What stands above the heading speaks for all rows; the heading names the columns."""
    table = Table()
    names: list[str] = []
    for number, cells in rows:
        if not names:
            names = [str(cell or "") for cell in cells] if _is_heading(cells) else []
            if not names:
                _listen(table, cells)
            if number > MOST_PREAMBLE and not names:
                break
        elif any(cell not in (None, "") for cell in cells):
            table.lines.append(_row(number, names, cells))
    if not names:
        raise Unreadable(_no_heading(path))
    return table


def _row(number: int, names: list[str], cells: list[Any]) -> Line:
    if len(cells) > len(names) and any(cell not in (None, "") for cell in cells[len(names) :]):
        return Line(number, wrong=f"this row has {len(cells)} cells, the heading {len(names)}")
    return _meant(Line(number, dict(zip(names, cells, strict=False))))


def _is_heading(cells: Iterable[Any]) -> bool:
    meant = [COLUMNS.get(_letters(str(cell or ""))) for cell in cells]
    return "name" in meant and "title" in meant


def _listen(table: Table, cells: list[Any]) -> None:
    """`Study Period: | 2025-2028`, `25 work item(s) match the following criteria:`."""
    told = [str(cell).strip() for cell in cells if cell not in (None, "")]
    count = _COUNT.match(told[0]) if told else None
    if count:
        table.announced = int(count[1])
    if len(told) > 1 and (meant := _SAID.get(_letters(told[0]))):
        table.said.setdefault(meant, told[1])


def _no_heading(path: Path) -> str:
    return f"{path.name}: no row names the columns; a work programme has “Work Item” and “Title/Subject” among them"
