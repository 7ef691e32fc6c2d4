"""The pictures of help: files that the browser tests make of the demonstration, and what is known of each."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from sgdocs.web.places import STATIC

FOLDER: Final = STATIC / "help"
NOTES: Final = FOLDER / "pictures.json"


@dataclass(frozen=True)
class Picture:
    """file: below the static files; width, height: in CSS pixels."""

    file: str
    width: int
    height: int


@lru_cache
def picture_of(name: str, code: str) -> Picture | None:
    """The picture of that name in that language; None when it was not made."""
    note = notes().get(f"{name}.{code}")
    file = FOLDER / f"{name}.{code}.webp"
    if note is None or not file.is_file():
        return None
    return Picture(f"help/{file.name}", int(note["width"]), int(note["height"]))


def notes(file: Path = NOTES) -> dict[str, dict[str, str | int]]:
    """What was written down when the pictures were made, by name and language: width, height, says (digest of its words)."""
    if not file.is_file():
        return {}
    told: dict[str, dict[str, str | int]] = json.loads(file.read_text(encoding="utf-8"))
    return told
