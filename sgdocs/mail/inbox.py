"""The mail-in port: messages that wait, and what becomes of them. A folder of .eml files, or nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class InboxUnreachable(Exception):
    """Nothing is known of what waits; the text says why."""


@dataclass(frozen=True)
class Waiting:
    """A message that waits. key: by which the inbox knows it; raw: "" when it is larger than is taken."""

    key: str
    raw: bytes
    size_bytes: int = 0


class Inbox(Protocol):
    def waiting(self, limit_bytes: int, most: int = 20) -> Iterator[Waiting]:
        """What waits, the oldest first; raises InboxUnreachable. Of what is larger than limit_bytes, raw stays empty."""

    def done(self, key: str) -> None:
        """It is taken, and waits no more."""


class NullInbox:
    """No inbox is configured."""

    def waiting(self, limit_bytes: int, most: int = 20) -> Iterator[Waiting]:
        return iter(())

    def done(self, key: str) -> None:
        return None


class FolderInbox:
    """Files `*.eml` in a folder; what is done goes into its subfolder `done`. Links are not followed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def waiting(self, limit_bytes: int, most: int = 20) -> Iterator[Waiting]:
        try:
            found = [p for p in self.folder.glob("*.eml") if p.is_file() and not p.is_symlink()]
            files = sorted(found, key=lambda path: (path.stat().st_mtime, path.name))
            for path in files[:most]:
                size = path.stat().st_size
                yield Waiting(path.name, path.read_bytes() if size <= limit_bytes else b"", size)
        except OSError as error:
            raise InboxUnreachable(str(error)) from error

    def done(self, key: str) -> None:
        aside = self.folder / "done"
        try:
            aside.mkdir(exist_ok=True)
            (self.folder / Path(key).name).replace(aside / Path(key).name)
        except OSError as error:
            raise InboxUnreachable(str(error)) from error
