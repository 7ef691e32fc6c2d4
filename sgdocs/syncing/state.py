"""What is remembered of a folder between two runs: in `.sgdocs/state.json`, whole or as it was before."""

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sgdocs.base.command import NotDone
from sgdocs.syncing import entries
from sgdocs.syncing.entries import Entry

HIDDEN = ".sgdocs"
FORMAT = 1


@dataclass(frozen=True)
class Known:
    """A file as it was placed: its digest, and by what it is recognised without reading it."""

    sha256: str
    size: int
    mtime_ns: int


@dataclass
class State:
    """etag, listed: of the last manifest; files: what was placed, by path."""

    server: str
    meeting: str
    etag: str = ""
    listed: dict[str, Entry] = field(default_factory=dict)
    files: dict[str, Known] = field(default_factory=dict)

    def save(self, folder: Path) -> None:
        told = {
            "format": FORMAT,
            "server": self.server,
            "meeting": self.meeting,
            "etag": self.etag,
            "listed": entries.as_json(self.listed),
            "files": {path: asdict(known) for path, known in self.files.items()},
        }
        aside = folder / HIDDEN / "state.new"
        with aside.open("w", encoding="utf-8") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(folder / HIDDEN / "state.json")


def load(folder: Path, server: str, meeting: str) -> State:
    """The state of the folder, or a new one. NotDone when the folder is of another meeting or server.

    A state that cannot be read is begun anew: files are then known by their content.
    """
    try:
        told = json.loads((folder / HIDDEN / "state.json").read_text(encoding="utf-8"))
        found = State(
            told["server"],
            told["meeting"],
            told["etag"],
            entries.kept(told["listed"]),
            {path: Known(**known) for path, known in told["files"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State(server, meeting)
    if (found.server, found.meeting) != (server, meeting):
        raise NotDone(f"{folder} is kept up to date with {found.meeting} of {found.server}; give another folder")
    return found
