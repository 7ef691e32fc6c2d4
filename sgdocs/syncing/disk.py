"""The folder: nothing is written outside it, and nothing that a person changed is deleted or overwritten."""

import hashlib
import os
from datetime import datetime
from pathlib import Path

from sgdocs.syncing.entries import Entry
from sgdocs.syncing.state import HIDDEN, Known

PARTS, WITHDRAWN = "parts", "withdrawn"
CHUNK_BYTES = 1 << 20
NO_FILE = "no file"
"""Stands for the digest of what is no plain file (a folder, a link): no file has it, so it counts as a person's."""


class Refused(OSError):
    """It cannot be written there; the message says why."""


class Folder:
    """root: made when it is not there. All paths are relative to it and were found safe."""

    def __init__(self, root: Path) -> None:
        root.mkdir(parents=True, exist_ok=True)
        self.root = root.resolve()
        hidden = self._folder_for(f"{HIDDEN}/{PARTS}/x")
        self.parts = hidden

    def digest(self, path: str, known: Known | None, *, read: bool) -> str | None:
        """SHA-256 of what stands there, None for nothing; not read again when it looks as it was placed."""
        place = self.root / path
        if not os.path.lexists(place):
            return None
        if place.is_symlink() or not place.is_file():
            return NO_FILE
        if known is not None and not read and known_of(place, known.sha256) == known:
            return known.sha256
        return digest_of(place)

    def part(self, entry: Entry) -> Path:
        """Where the content is gathered until it is whole; found again after a kill."""
        place = hashlib.sha256(entry.path.encode()).hexdigest()
        return self.parts / f"{entry.sha256[:32]}-{place[:16]}.part"

    def place(self, entry: Entry, part: Path, expected: str | None) -> Known:
        """Move the whole content to its path, if there is still what was seen there (None: nothing). Else Refused."""
        place = self._folder_for(entry.path) / Path(entry.path).name
        os.utime(part, (entry.posted_at, entry.posted_at))
        if expected is None:
            _move_where_nothing_is(part, place)
        else:
            if self.digest(entry.path, None, read=True) != expected:
                raise Refused(f"{entry.path} was changed at this moment; run it again")
            part.replace(place)
        return known_of(place, entry.sha256)

    def put_aside(self, path: str, now: datetime) -> str:
        """Rename what a person changed to a clear name beside; the new path."""
        place = self._folder_for(path) / Path(path).name
        for number in range(1, 1000):
            mark = f"mine-{now:%Y%m%d-%H%M%S}" + (f"-{number}" if number > 1 else "")
            beside = place.with_name(f"{place.stem}.{mark}{place.suffix}")
            if not os.path.lexists(beside):
                place.rename(beside)
                return str(beside.relative_to(self.root).as_posix())
        raise Refused(f"{path}: too many copies of yours lie beside it")

    def put_away(self, path: str) -> str:
        """Move a file that the server withdrew, unchanged here, below `withdrawn/`; the new path."""
        here = self._folder_for(path) / Path(path).name
        target = f"{WITHDRAWN}/{path}"
        place = self._folder_for(target) / Path(path).name
        number = 1
        while os.path.lexists(place):
            number += 1
            place = place.with_name(f"{Path(path).stem}-{number}{Path(path).suffix}")
        here.rename(place)
        return str(place.relative_to(self.root).as_posix())

    def clear_parts(self) -> None:
        """Forget what was gathered and is not needed."""
        for part in self.parts.glob("*.part"):
            part.unlink(missing_ok=True)

    def _folder_for(self, path: str) -> Path:
        """The folder of a path, made step by step; Refused where a link or a file stands in the way."""
        place = self.root
        for name in path.split("/")[:-1]:
            place = place / name
            if place.is_symlink() or (place.exists() and not place.is_dir()):
                raise Refused(f"{place.relative_to(self.root)} is a link or a file, not a folder")
            place.mkdir(exist_ok=True)
        return place


def known_of(place: Path, sha256: str) -> Known:
    told = place.stat()
    return Known(sha256, told.st_size, told.st_mtime_ns)


def digest_of(place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def _move_where_nothing_is(part: Path, place: Path) -> None:
    """A link fails when somebody was faster; file systems without links are asked first."""
    try:
        os.link(part, place)
    except FileExistsError:
        raise Refused(f"{place.name} appeared at this moment; run it again") from None
    except OSError:
        if os.path.lexists(place):
            raise Refused(f"{place.name} appeared at this moment; run it again") from None
        part.replace(place)
        return
    part.unlink()
