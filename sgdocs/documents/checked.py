"""What `sgdocs check --json` and `POST /api/v1/checks` print of a file: one object, whatever the file. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any, Final

from sgdocs.text.model import Cover, Reading

KEYS: Final = ("id", "severity", "place", "found", "expected", "mend", "clause")


def checked(name: str, reading: Reading, findings: Iterable[object]) -> dict[str, Any]:
    """`{"file", "cover", "findings", "text"}`; cover: every field, "" where nothing stands."""
    return {
        "file": name,
        "format": reading.format,
        "cover": cover(reading.cover),
        "findings": [finding(each) for each in findings],
        "text": {"clauses": len(reading.units), "characters": reading.characters, "language": reading.language},
    }


def cover(read: Cover) -> dict[str, Any]:
    """The cover with `question` as people write them, and without what only forms need."""
    told = asdict(read)
    placeholders, origins = told.pop("placeholders"), told.pop("origins")
    told |= {"question": ", ".join(read.questions), "questions": list(read.questions)}
    return told | {"origins": origins, "placeholders": list(placeholders)}


def finding(each: object) -> dict[str, Any]:
    """A finding of the preflight or a row of the database as a plain object; what it does not have is ""."""
    told: Mapping[str, Any] = each if isinstance(each, Mapping) else {}
    if is_dataclass(each) and not isinstance(each, type):
        told = asdict(each)
    return {key: str(told.get(key) or "") for key in KEYS}


def errors(findings: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """The ids of those that stop a document."""
    return tuple(dict.fromkeys(str(each["id"]) for each in findings if each["severity"] == "error"))
