"""One run: ask what has changed, decide for each file, fetch what is needed, remember."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sgdocs.syncing import state
from sgdocs.syncing.deciding import Do, decide
from sgdocs.syncing.disk import Folder
from sgdocs.syncing.entries import Entry
from sgdocs.syncing.remote import NotFetched, Remote
from sgdocs.syncing.state import State

AT_ONCE = 4
REMEMBER_EVERY_S = 2.0
Progress = Callable[[int, int], None]
Bar = Callable[[], AbstractContextManager[Progress]]


@dataclass
class Report:
    """What one run did. left: changed here, left alone; aside: changed here and on the server, path -> name beside;

    withdrawn: path -> where it lies now; refused: path and why.
    """

    listed: int = 0
    kept: int = 0
    fetched: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    aside: dict[str, str] = field(default_factory=dict)
    withdrawn: dict[str, str] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)
    is_unchanged: bool = False


@dataclass(frozen=True)
class Wanted:
    """One file to fetch. seen: digest of what stood in its place, None for nothing; aside: it is a person's."""

    entry: Entry
    seen: str | None
    aside: bool = False


def _no_bar() -> AbstractContextManager[Progress]:
    return nullcontext(lambda done, total: None)


class Sync:
    """remote: the server; root: the folder; verify: read every file here again."""

    def __init__(self, remote: Remote, meeting: str, root: Path, now: datetime, *, verify: bool = False) -> None:
        self.remote = remote
        self.folder = Folder(root)
        self.state: State = state.load(self.folder.root, remote.url, meeting)
        self.now = now
        self.verify = verify
        self.report = Report()

    def run(self, bar: Bar = _no_bar) -> Report:
        """Bring the folder up to date; NotDone when the server cannot be asked. bar: entered when something is fetched."""
        answer = self.remote.manifest(self.state.meeting, self.state.etag if self.state.listed else "")
        self.report.is_unchanged = answer is None
        entries, etag = self.state.listed, self.state.etag
        if answer is not None:
            etag, listing = answer
            entries = listing.entries
            self.report.refused += listing.refused
        self.report.listed = len(entries)
        self._put_away(entries.keys())
        wanted = self._wanted(entries.values())
        if wanted:
            with bar() as progress:
                self._fetch(wanted, progress)
        self.state.listed, self.state.etag = entries, "" if self.report.refused else etag
        self.state.save(self.folder.root)
        if not self.report.refused:
            self.folder.clear_parts()
        return self.report

    def _wanted(self, entries: Iterable[Entry]) -> list[Wanted]:
        wanted: list[Wanted] = []
        for entry in entries:
            known = self.state.files.get(entry.path)
            here = self.folder.digest(entry.path, known, read=self.verify)
            match decide(entry.sha256, known.sha256 if known else None, here):
                case Do.KEEP:
                    self.report.kept += 1
                    self._remember(entry)
                case Do.LEAVE:
                    self.report.left.append(entry.path)
                case Do.FETCH | Do.REPLACE:
                    wanted.append(Wanted(entry, here))
                case Do.ASIDE:
                    wanted.append(Wanted(entry, here, aside=True))
        return wanted

    def _remember(self, entry: Entry) -> None:
        known = self.state.files.get(entry.path)
        if known is None or known.sha256 != entry.sha256 or self.verify:
            self.state.files[entry.path] = state.Known(entry.sha256, *_stat(self.folder.root / entry.path))

    def _fetch(self, wanted: list[Wanted], progress: Progress) -> None:
        """Several at once; what has come is placed at once, and remembered every two seconds."""
        total, done, remembered = sum(each.entry.size for each in wanted), 0, time.monotonic()
        progress(0, total)
        waiting = iter(wanted)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            running: dict[Future[int], Wanted] = {}
            try:
                while True:
                    for each in waiting:
                        running[pool.submit(self.remote.fetch, each.entry, self.folder.part(each.entry))] = each
                        if len(running) >= AT_ONCE:
                            break
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        each = running.pop(future)
                        self._place(each, future)
                        done += each.entry.size
                        progress(done, total)
                    if time.monotonic() - remembered > REMEMBER_EVERY_S:
                        self.state.save(self.folder.root)
                        remembered = time.monotonic()
            finally:
                for future in running:
                    future.cancel()

    def _place(self, wanted: Wanted, future: "Future[int]") -> None:
        entry = wanted.entry
        try:
            future.result()
            seen = wanted.seen
            if wanted.aside:
                self.report.aside[entry.path] = self.folder.put_aside(entry.path, self.now)
                seen = None
            self.state.files[entry.path] = self.folder.place(entry, self.folder.part(entry), seen)
            self.report.fetched.append(entry.path)
        except (NotFetched, OSError) as error:
            self.report.refused.append((entry.path, str(error)))

    def _put_away(self, listed: Iterable[str]) -> None:
        """What the server no longer lists: ours goes below `withdrawn/`, a person's stays where it is."""
        for path in sorted(self.state.files.keys() - set(listed)):
            known = self.state.files.pop(path)
            here = self.folder.digest(path, known, read=self.verify)
            if here is None:
                continue
            if here != known.sha256:
                self.report.left.append(path)
                continue
            try:
                self.report.withdrawn[path] = self.folder.put_away(path)
            except OSError as error:
                self.report.refused.append((path, str(error)))


def _stat(place: Path) -> tuple[int, int]:
    told = place.stat()
    return told.st_size, told.st_mtime_ns
