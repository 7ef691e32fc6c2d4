"""The head of the chain, published once a day in a file that others may copy: nobody can rewrite what came before it."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from sgdocs.base.clock import geneva_day
from sgdocs.journal.models import Entry, Head


@dataclass(frozen=True)
class Published:
    """A line of the file. on: Geneva day; at: ISO instant; position, hash: of the newest sealed entry then."""

    on: str
    at: str
    position: int
    hash: str


def publish(session: Session, file: Path, now: datetime) -> Published | None:
    """Add the head of today to the file; None when today's stands there already, or nothing is sealed yet.

    The file only grows. A line that was cut off by a crash is left and the next begins on a line of its own.
    """
    head = session.exec(select(Head)).first()
    today = geneva_day(now).isoformat()
    if head is None or head.position == 0 or any(line.on == today for line in published(file)):
        return None
    told = Published(today, now.isoformat(), head.position, head.hash)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+b") as stream:
        if stream.tell() and not _ends_a_line(stream.fileno(), stream.tell()):
            stream.write(b"\n")
        stream.write(json.dumps(asdict(told)).encode() + b"\n")
        stream.flush()
        os.fsync(stream.fileno())
    return told


def _ends_a_line(descriptor: int, size_bytes: int) -> bool:
    return os.pread(descriptor, 1, size_bytes - 1) == b"\n"


def published(file: Path) -> Iterator[Published]:
    """The lines of the file that can be read, the oldest first; none when there is no file."""
    if not file.exists():
        return
    for line in file.read_text("utf-8", "replace").splitlines():
        try:
            told = json.loads(line)
            yield Published(str(told["on"]), str(told["at"]), int(told["position"]), str(told["hash"]))
        except (ValueError, KeyError, TypeError):
            continue


def broken(session: Session, file: Path) -> list[Published]:
    """Published heads that the chain does not pass through."""
    found = []
    for head in published(file):
        held = session.exec(select(Entry.hash).where(col(Entry.position) == head.position)).first()
        if held != head.hash:
            found.append(head)
    return found
