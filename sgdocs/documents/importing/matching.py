"""Which files of a folder belong to which row: by the names the row gives, else by the number in a file's name."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from sgdocs.documents.importing.incoming import CLASSES, Incoming, Rejected
from sgdocs.identifiers.model import Identifier
from sgdocs.identifiers.papers import loose_paper, paper

LETTERS = {"E": "en", "F": "fr", "S": "es", "R": "ru", "C": "zh", "A": "ar"}
"""Language letters of file names. Source: domain 4.2."""


@dataclass(frozen=True)
class Found:
    """A file of the folder. language: of its name, "" when it does not tell."""

    path: Path
    language: str = ""


Key = tuple[str, str, int, int]
LONGEST_NAME = 200
_GROUPED = re.compile(r"(?:[TR]\d\d-)?(?P<group>SG\d{1,2}|TSAG|WP\d[A-D])[-_ ](?P<rest>.+)", re.ASCII | re.IGNORECASE)


class Shelf:
    """The files below a folder, by their names and by the numbers in them. Links that lead out are left out."""

    def __init__(self, folder: Path) -> None:
        self._by_name: dict[str, list[Found]] = {}
        self._by_key: dict[Key, list[tuple[Identifier, Found]]] = {}
        root = folder.resolve()
        for path in _files(root):
            named = _read(path.stem) or _read(path.name)
            found = Found(path, LETTERS.get(named.language or "", "") if named else "")
            for name in {path.name.lower(), path.stem.lower(), path.relative_to(root).as_posix().lower()}:
                self._by_name.setdefault(name, []).append(found)
            if named is not None and (key := _key(named)) is not None:
                self._by_key.setdefault(key, []).append((named, found))

    def of(self, row: Incoming) -> list[Found]:
        """The files of a row, [] when there are none. Rejected: a name that it gives is not there, or there twice."""
        if row.files:
            return [self._named(name) for name in row.files]
        for name in (row.document.old_number, str(row.raw.get("label_as_printed") or "")):
            found = self._by_name.get(name.lower(), []) if name else []
            if found:
                return found
        old = row.document
        key = (old.kind.value, old.stream, old.number, old.revision)
        told = _read(row.document.old_number)
        return [found for named, found in self._by_key.get(key, []) if _may_be(named, told, row.meeting)]

    def _named(self, name: str) -> Found:
        found = self._by_name.get(name.replace("\\", "/").lower(), [])
        if len(found) != 1:
            right = "There is no such file in the folder." if not found else "Several files have this name."
            raise Rejected("file", name, right)
        return found[0]


def _files(root: Path) -> Iterator[Path]:
    """Every file below the folder, in the order of names; hidden ones are not looked at."""
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            if not name.startswith((".", "~$")) and path.is_file() and path.resolve().is_relative_to(root):
                yield path


def _read(name: str) -> Identifier | None:
    """What a name says, also with its group before a short number: `SG13-TD5R1-GEN`."""
    if not 0 < len(name) <= LONGEST_NAME:
        return None
    found = paper(name) or loose_paper(name)
    parted = _GROUPED.fullmatch(name)
    if found is None and parted is not None:
        short = paper(parted["rest"]) or loose_paper(parted["rest"])
        found = replace(short, group=parted["group"].upper()) if short else None
    return found


def _key(named: Identifier) -> Key | None:
    kind = CLASSES.get(str(named.kind).replace("-", " "))
    if kind is None or named.number is None or named.piece:
        return None
    return kind.value, named.stream or "", named.number, named.revision or 0


def _may_be(named: Identifier, told: Identifier | None, meeting: str) -> bool:
    """What the file's name says besides its number must be what the row says: another group's C12 is another."""
    group = told.group if told else None
    parts = meeting.split("-")
    expected = group or (parts[1] if len(parts) > 1 else "")
    day = f"20{parts[-1][:2]}-{parts[-1][2:4]}-{parts[-1][4:6]}" if parts[-1][:6].isdigit() else None
    return (named.group in (None, expected) or not expected) and (named.meeting in (None, day) or day is None)
