"""Where a file of a document stands in a folder on disk: short names that every system accepts. Pure.

One plan for the bundle, the manifest and WebDAV: `C/T25-SG15-C123R1-E.docx`, `TD-GEN/T25-SG15-TD45-GEN-E.docx`.
A path never changes once it was given, so that a copy can be kept up to date. Source: domain 5.5; the names that
Windows reserves and the signs it refuses: “Naming Files, Paths, and Namespaces”.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_NAME = 80
LONGEST_FOLDER = 24
LONGEST_ENDING = 10
FOLDERS = {
    "contribution": "C",
    "temporary-document": "TD",
    "report": "R",
    "liaison-statement": "LS",
    "circular": "CIRC",
    "collective-letter": "COL",
    "administrative-document": "ADM",
    "information-document": "INFO",
    "rapporteur-group-document": "DOC",
    "final-draft": "BL",
}
"""Kind of document -> folder. A kind that is not here has its own name in capitals."""
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|COM\d|LPT\d)", re.IGNORECASE)
_REFUSED = re.compile(r"[^A-Za-z0-9._-]+")
_SAFE_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(?<!\.)", re.ASCII)


@dataclass(frozen=True)
class Wanted:
    """A file that needs a place. id: of its row, unique; above: folder over it (a meeting's code), "" for none."""

    id: int
    name: str
    kind: str
    stream: str = ""
    sector: str = "T"
    above: str = ""


def plan(files: Iterable[Wanted]) -> dict[int, str]:
    """Each file's relative path with `/`, by its id. No two are the same in any case of letters.

    Of two that would meet, the older one (lower id) keeps the name, the other gets its id into it.
    """
    taken: set[str] = set()
    paths: dict[int, str] = {}
    for wanted in sorted(files, key=lambda each: each.id):
        place = "/".join(part for part in (wanted.above and component(wanted.above), folder_of(wanted)) if part)
        name = component(wanted.name)
        while (path := f"{place}/{name}").casefold() in taken:
            name = _numbered(name, wanted.id)
        taken.add(path.casefold())
        paths[wanted.id] = path
    return paths


def folder_of(wanted: Wanted) -> str:
    """`C`, `TD-GEN`, `TEMP`: by kind and stream."""
    kind = FOLDERS.get(wanted.kind, wanted.kind.upper())
    if wanted.sector == "R" and wanted.kind == "temporary-document":
        kind = "TEMP"
    return component("-".join(part for part in (kind, wanted.stream) if part), longest=LONGEST_FOLDER)


def component(name: str, *, longest: int = LONGEST_NAME) -> str:
    """A name as every system takes it: plain letters, digits, `._-`; not reserved, not hidden, not too long.

    A name made so stays as it is: what is cut off can leave another ending, so the last form is what holds.
    """
    while (made := _shortened(name, longest)) != name:
        name = made
    return made


def _shortened(name: str, longest: int) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = _REFUSED.sub("-", plain).strip(".-_ ") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem, ending = plain, ""
    tail = f".{ending}" if ending else ""
    stem = stem[: longest - len(tail)].rstrip(".-_") or "file"
    if _RESERVED.fullmatch(stem.split(".")[0]):
        stem = f"{stem[: longest - len(tail) - 1]}_" if "." not in stem else f"x-{stem}"[: longest - len(tail)]
    return stem + tail


def is_safe(path: str) -> bool:
    """Whether a relative path from elsewhere may be written to: what `plan` could have made, and nothing else."""
    parts = path.split("/")
    return 1 <= len(parts) <= 4 and all(
        len(part) <= LONGEST_NAME + 12 and _SAFE_PART.fullmatch(part) and not _RESERVED.fullmatch(part.split(".")[0])
        for part in parts
    )


def _numbered(name: str, id: int) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem or ending}-{id}{dot}{ending if stem else ''}" if dot else f"{name}-{id}"
