"""Patent declarations from CSV: recommendation, holder, text, option, declared."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, Refused
from sgdocs.recommendations.actions import declare_patent
from sgdocs.recommendations.importing.readers import Unreadable
from sgdocs.recommendations.importing.run import Reject
from sgdocs.recommendations.schemas import PatentForm

COLUMNS = ("recommendation", "holder", "text", "option", "declared")


def import_patents(act: Act, path: Path) -> tuple[int, int, list[Reject]]:
    """Add the declarations of a file, all in one transaction: added, known before, rejected."""
    added, known, rejects = 0, 0, []
    for line, row in _rows(path):
        try:
            form = PatentForm(**{name: (row.get(name) or "").strip() for name in COLUMNS[1:]})
            is_new = declare_patent(act, (row.get("recommendation") or "").strip(), form)
        except (Refused, ValueError) as error:
            rejects.append(_reject(path, line, row, error))
            continue
        added, known = (added + 1, known) if is_new else (added, known + 1)
    return added, known, rejects


def _reject(path: Path, line: int, row: dict[str, str], error: Exception) -> Reject:
    if isinstance(error, NotFound):
        return Reject(path.name, line, "recommendation", str(row.get("recommendation"))[:200], error.message)
    found = re.search(r"for PatentForm\n(\w+)\n {2}([^\[]+)", str(error))
    field, right = (found[1], found[2].strip()) if found else ("row", str(getattr(error, "message", error)))
    return Reject(path.name, line, field, str(row.get(field, ""))[:200], right)


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if set(reader.fieldnames or ()) != set(COLUMNS):
                raise Unreadable(f"{path.name}: the header must be {', '.join(COLUMNS)}.")
            for row in reader:
                yield reader.line_num, {str(name): str(value or "") for name, value in row.items()}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"{path.name}: {error}") from error
