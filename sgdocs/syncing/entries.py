"""The manifest of a server as plain entries. What a hostile or broken one names is refused, entry by entry. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sgdocs.documents.paths import is_safe

FORMAT = 1
LARGEST_BYTES = 1 << 32
LATEST_S = 1 << 33
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"/(?!/)[!-~]{1,500}")


class Unreadable(ValueError):
    """The answer is no manifest that this version reads."""


@dataclass(frozen=True)
class Entry:
    """One file on the server. address: on that server, beginning with `/`; posted_at: seconds since 1970."""

    path: str
    size: int
    sha256: str
    address: str
    posted_at: float


@dataclass(frozen=True)
class Listing:
    """entries by path; refused: what the manifest named and why it is not taken; withdrawn: document -> reason."""

    entries: dict[str, Entry]
    refused: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[tuple[str, str], ...] = ()


def read(told: object) -> Listing:
    """The listing of a manifest; Unreadable when it is none."""
    if not isinstance(told, Mapping) or told.get("format") != FORMAT or not isinstance(told.get("files"), list):
        raise Unreadable("the server's answer is no manifest that this version reads")
    entries: dict[str, Entry] = {}
    refused: list[tuple[str, str]] = []
    taken: set[str] = set()
    for each in told["files"]:
        why, entry = _entry(each)
        if entry is None or entry.path.casefold() in taken:
            refused.append((_shown(each), why or "the server names it twice"))
            continue
        taken.add(entry.path.casefold())
        entries[entry.path] = entry
    return Listing(entries, tuple(refused), tuple(_withdrawn(told.get("withdrawn"))))


def kept(rows: Iterable[Mapping[str, Any]]) -> dict[str, Entry]:
    """Entries as `as_json` wrote them, read with the same care."""
    return read({"format": FORMAT, "files": list(rows)}).entries


def as_json(entries: Mapping[str, Entry]) -> list[dict[str, Any]]:
    return [asdict(each) for each in entries.values()]


def _entry(told: object) -> tuple[str, Entry | None]:
    """The entry, or why it is not taken."""
    if not isinstance(told, Mapping):
        return "it is no entry", None
    path, size, sha256, address = (told.get(name) for name in ("path", "size", "sha256", "address"))
    if not isinstance(path, str) or not is_safe(path):
        return "its path is not safe on every system", None
    if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= LARGEST_BYTES:
        return "its size cannot be", None
    if not isinstance(sha256, str) or not _DIGEST.fullmatch(sha256):
        return "it has no SHA-256", None
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address) or "\\" in address:
        return "its address is not on this server", None
    return "", Entry(path, size, sha256, address, _instant(told.get("posted_at")))


def _instant(told: object) -> float:
    """Seconds since 1970; 0 for what no file system could keep."""
    try:
        found = float(told) if isinstance(told, int | float) else datetime.fromisoformat(str(told)).timestamp()
    except (ValueError, OverflowError):
        return 0.0
    return found if 0 <= found < LATEST_S else 0.0


def _withdrawn(told: object) -> Iterable[tuple[str, str]]:
    for each in told if isinstance(told, list) else []:
        if isinstance(each, Mapping):
            yield str(each.get("document", ""))[:120], str(each.get("reason", ""))[:300]


def _shown(told: object) -> str:
    """What the entry calls itself."""
    return printable(told.get("path", "?") if isinstance(told, Mapping) else told, 120)


def printable(told: object, longest: int) -> str:
    """Words of a server as a terminal may show them: no control characters, not too long."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(told)[:longest])
