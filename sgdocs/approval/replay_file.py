"""Reads the file of announced approvals: JSON Lines, also gzip. What cannot be read is told by its line."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sgdocs.approval.replay import Announced

GZIP = b"\x1f\x8b"
LONGEST_LINE = 100_000
KEPT = ("approved_month", "catalogue_id", "announcement", "ob_date")


@dataclass(frozen=True)
class Unread:
    """A line that is no approval, and why."""

    line: int
    why: str


def read(path: Path) -> Iterator[Announced | Unread]:
    """Each line of the file. OSError, EOFError and UnicodeDecodeError for a file that is none or is cut off."""
    with path.open("rb") as file:
        opening = gzip.open if file.read(2) == GZIP else open
    with opening(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _read(number, line)


def _read(number: int, line: str) -> Announced | Unread:
    if len(line) > LONGEST_LINE:
        return Unread(number, "the line is too long")
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return Unread(number, "no JSON")
    if not isinstance(given, dict):
        return Unread(number, "no object")
    lacking = [name for name in ("procedure", "code") if not isinstance(given.get(name), str)]
    if lacking:
        return Unread(number, f"without {', '.join(lacking)}")
    words = {name: str(given.get(name) or "") for name in KEPT}
    return Announced(
        given["procedure"],
        given["code"],
        words["approved_month"],
        words["catalogue_id"],
        words["announcement"],
        words["ob_date"],
    )
