"""The folder of the index: dated folders inside, and the file CURRENT that names the one in use.

Opening a Whoosh index runs what is in it (it unpickles), so the folder must belong to this user
and nobody else may enter it. It is never restored from an upload or a backup, only rebuilt.
"""

import fcntl
import json
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from whoosh import index
from whoosh.filedb.filestore import FileStorage

from sgdocs.search.engine import IndexBusy, IndexUnavailable
from sgdocs.search.whoosh_schema import VERSION, schema

REBUILD = "Run `sgdocs index rebuild`."
_CURRENT, _LOCK, _ABOUT = "CURRENT", "LOCK", "ABOUT.json"


@dataclass(frozen=True)
class About:
    """What a dated folder says of itself."""

    version: str
    built_at: datetime


class IndexFolder:
    """Where the index lies; every method that opens something checks first that it is private."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> str:
        """The name of the dated folder in use. One small read."""
        try:
            name = (self.path / _CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            raise IndexUnavailable(f"There is no search index yet. {REBUILD}") from None
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"The search index cannot be read ({error}). {REBUILD}") from error
        if not name or Path(name).name != name:
            raise IndexUnavailable(f"The file {_CURRENT} of the search index is damaged. {REBUILD}")
        return name

    def open(self, name: str) -> index.FileIndex:
        """The Whoosh index in a dated folder, once it is known to be private and of this version."""
        folder = self.path / name
        for each in (self.path, folder):
            _require_private(each)
        about = self.about(name)
        if about.version != VERSION:
            raise IndexUnavailable(f"The search index was built by another version of sgdocs. {REBUILD}")
        try:
            return FileStorage(str(folder)).open_index()
        except Exception as error:  # unpickling a damaged file can raise anything
            raise IndexUnavailable(f"The search index is damaged ({type(error).__name__}). {REBUILD}") from error

    def about(self, name: str) -> About:
        try:
            said = json.loads((self.path / name / _ABOUT).read_text(encoding="utf-8"))
            return About(str(said["version"]), datetime.fromisoformat(said["built_at"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexUnavailable(f"The search index is incomplete. {REBUILD}") from error

    def create(self) -> tuple[str, index.FileIndex]:
        """A fresh dated folder with an empty index; not yet in use."""
        at = datetime.now(UTC)
        name = f"{at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
        folder = self.path / name
        folder.mkdir(mode=0o700)
        made = FileStorage(str(folder)).create_index(schema())
        _write(folder / _ABOUT, json.dumps({"version": VERSION, "built_at": at.isoformat()}))
        return name, made

    def use(self, name: str) -> None:
        """Swap to a dated folder in one step; what was there before stays valid until then."""
        for file in (self.path / name).iterdir():
            _sync(file)
        _sync(self.path / name)
        _write(self.path / _CURRENT, name + "\n")
        _sync(self.path)

    def clear_up(self) -> None:
        """Remove dated folders that are not in use: left by a rebuild that was killed, or replaced."""
        used = self.current()
        for folder in self.path.iterdir():
            if folder.is_dir() and folder.name != used and (folder.name[:8].isdigit()):
                shutil.rmtree(folder, ignore_errors=True)

    def make_private(self) -> None:
        """Make the folder when it is missing, and close it to everybody else."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            self.path.chmod(0o700)
        except OSError as error:
            raise IndexUnavailable(f"The folder {self.path} cannot be made private ({error}).") from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The one writer of all processes; the lock goes with the process that holds it."""
        with (self.path / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise IndexBusy("Another process is writing the search index.") from None
            yield

    def size_bytes(self, name: str) -> int:
        return sum(f.stat().st_size for f in (self.path / name).iterdir() if f.is_file())


def _require_private(folder: Path) -> None:
    try:
        about = folder.stat()
    except OSError as error:
        raise IndexUnavailable(f"The search index is incomplete. {REBUILD}") from error
    if about.st_uid != os.geteuid() or stat.S_IMODE(about.st_mode) & 0o077:
        raise IndexUnavailable(
            f"The folder {folder} is not private (mode {stat.S_IMODE(about.st_mode):o}), so it is not opened: "
            f"whoever can write there could run code here. {REBUILD}"
        )


def _write(path: Path, text: str) -> None:
    """Whole or not at all, and on the disk when this returns."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(text, encoding="utf-8")
    _sync(beside)
    beside.replace(path)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
