"""Readers: a small pool of confined processes that read other people's files, so that a bad file hurts nobody."""

import os
import queue
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from sgdocs.text import passing, wire
from sgdocs.text.limits import Limits
from sgdocs.text.model import Label, Problem, Reading, Stamp, Unit
from sgdocs.text.nursery import Child, NotStarted, Nursery
from sgdocs.text.problems import problem
from sgdocs.text.tables import Grids

Source = bytes | Path | BinaryIO
FILES_PER_CHILD = 50
WAIT_SHARE = 0.5
"""Of its time a file may wait so much for a free reader."""


class _Failure(Exception):
    """Why there is no answer, and what the reader had told before."""

    def __init__(self, problem: Problem, so_far: Reading | None = None) -> None:
        super().__init__(problem.says)
        self.problem = problem
        self.so_far = so_far


class Readers:
    """At most `size` readers, started when they are first needed; safe to use from many threads.

    A reader is replaced after 50 files, when it takes too long, when it dies, and when it has grown. No method raises
    for a bad file: there is a `Problem` in the reading, or None, or "".
    """

    def __init__(self, size: int = 2, limits: Limits | None = None, *, files_per_child: int = FILES_PER_CHILD) -> None:
        self.size = size
        self.limits = limits or Limits()
        self._files_per_child = files_per_child
        self._nursery = Nursery(self.limits)
        self._free: queue.LifoQueue[Child | None] = queue.LifoQueue()
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._fill()

    def read(self, source: Source, name: str, *, tracked: str = "accepted") -> Reading:
        """Cover, text, what was noticed. name: as given by the person; tracked: `accepted`, `original`, `marks`."""
        try:
            answer = self._ask({"do": "read", "name": name, "tracked": tracked}, source)
            return passing.reading_of(answer or b"")
        except _Failure as failure:
            known = failure.so_far or Reading("", "application/octet-stream")
            return replace(known, problems=(*known.problems, failure.problem))
        except passing.NotUnderstood:
            told = problem("text.killed", why="it answered in no known form")
            return Reading("", "application/octet-stream", problems=(told,))

    def stamp(self, data: Source, stamp: Stamp) -> bytes | None:
        """A copy of the .docx with the number on its cover; None when it cannot be stamped."""
        try:
            return self._ask({"do": "stamp"}, data, passing.stamp_to_bytes(stamp))
        except _Failure:
            return None

    def put_terms(self, data: Source, words: Mapping[str, str]) -> bytes | None:
        """A copy of the .docx with these terms put in, or None. words: a term -> what stands there afterwards."""
        try:
            return self._ask({"do": "terms"}, data, passing.words_to_bytes(words))
        except _Failure:
            return None

    def label(self, data: Source, label: Label) -> bytes | None:
        """A copy of the .docx that says at its head and on every page what it is; None when that cannot be written."""
        try:
            return self._ask({"do": "label"}, data, passing.label_to_bytes(label))
        except _Failure:
            return None

    def preview(self, data: Source, format: str, units: Sequence[Unit]) -> str:
        """Clean HTML with the anchors of these units; "" when none can be made."""
        try:
            answer = self._ask({"do": "preview", "format": format}, data, passing.units_to_bytes(tuple(units)))
        except _Failure:
            return ""
        return (answer or b"").decode("utf-8", "replace")

    def tables(self, source: Source, name: str) -> Grids:
        """The cells of the tables of a .docx or .xlsx. name: as given by the person."""
        try:
            return passing.grids_of(self._ask({"do": "tables", "name": name}, source) or b"")
        except _Failure as failure:
            return Grids("", problems=(failure.problem,))
        except passing.NotUnderstood:
            return Grids("", problems=(problem("text.killed", why="it answered in no known form"),))

    def warm(self) -> bool:
        """Start what the first file would wait for; whether a reader answers now."""
        return bool(self.read(b"Ready.", "ready.txt").units)

    def close(self) -> None:
        """End all readers. Asked again, new ones are started."""
        with self._lock:
            free = self._free
            self._fill()
        while not free.empty():
            child = free.get_nowait()
            if child is not None:
                child.close()
        self._nursery.close()

    def _fill(self) -> None:
        """A fresh queue with a place for each reader: whoever still works puts back into the old one."""
        self._free = queue.LifoQueue()
        for _ in range(self.size):
            self._free.put(None)

    def _ask(self, asked: dict[str, Any], source: Source, body: bytes = b"") -> bytes | None:
        """The answer of a reader, within the time for one file. Raises _Failure."""
        until = time.monotonic() + self.limits.seconds
        free = self._of_this_process()
        try:
            child = free.get(timeout=self.limits.seconds * WAIT_SHARE)
        except queue.Empty:
            raise _Failure(problem("text.busy")) from None
        kept: Child | None = None
        try:
            kept = self._living(child, until)
            until = max(until, time.monotonic() + self.limits.seconds * WAIT_SHARE)
            try:
                answer, is_tired = self._exchange(kept, asked, source, body, until)
            except _Failure as failure:
                if not _died_before_it_began(kept, failure):
                    raise
                kept = self._living(None, until)
                answer, is_tired = self._exchange(kept, asked, source, body, until)
            if is_tired or kept.files >= self._files_per_child:
                old, kept = kept, None
                self._nursery.end(old)
            return answer
        except _Failure:
            kept = kept if kept and kept.is_idle else None
            raise
        except BaseException:
            if kept and not kept.is_idle:
                self._nursery.end(kept)
                kept = None
            raise
        finally:
            free.put(kept)

    def _of_this_process(self) -> "queue.LifoQueue[Child | None]":
        """The free readers; after a fork the readers belong to the parent, and this process begins anew."""
        with self._lock:
            if self._owner != os.getpid():
                self._owner = os.getpid()
                self._nursery = Nursery(self.limits)
                self._fill()
            return self._free

    def _living(self, child: Child | None, until: float) -> Child:
        """That reader, or a new one when there is none or it has died while it waited."""
        if child is not None and not child.has_died():
            return child
        if child is not None:
            self._nursery.end(child)
        try:
            return self._nursery.child(until)
        except (NotStarted, TimeoutError) as error:
            raise _Failure(problem("text.away")) from error

    def _exchange(
        self, child: Child, asked: dict[str, Any], source: Source, body: bytes, until: float
    ) -> tuple[bytes | None, bool]:
        """Answer and whether the reader should be replaced. A reader that fails is ended before _Failure is raised."""
        so_far: Reading | None = None
        try:
            with _descriptor(source) as file:
                child.ask(asked, body, file, until)
            while True:
                header, answer, _ = child.receive(until, self.limits.output_bytes + self.limits.size_bytes)
                if not header.get("so far"):
                    break
                so_far = passing.reading_of(answer)
        except (TimeoutError, wire.Gone, wire.TooLong, passing.NotUnderstood, ValueError) as error:
            raise _Failure(self._why(error, self._nursery.end(child)), so_far) from error
        child.is_idle = True
        if "failed" in header:
            if header.get("tired"):
                child.is_idle = False
                self._nursery.end(child)
            raise _Failure(problem(header["failed"], **header["facts"]), so_far)
        return (None if header.get("none") else answer), bool(header.get("tired"))

    def _why(self, error: Exception, status: int) -> Problem:
        """In words. status: of the process when it ended, as the system gives it."""
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if isinstance(error, TimeoutError) or ended_by == signal.SIGXCPU:
            return problem("text.slow", limit=f"{self.limits.seconds:g}")
        if isinstance(error, wire.TooLong):
            return problem("text.output")
        why = signal.Signals(ended_by).name if ended_by else "it closed"
        return problem("text.killed", why=why)


def _died_before_it_began(child: Child, failure: _Failure) -> bool:
    """A reader that was ended while it waited, by the system or an operator: the file is not to blame and is read again."""
    return child.files > 1 and not child.is_idle and failure.problem.id == "text.killed" and failure.so_far is None


@contextmanager
def _descriptor(source: Source) -> Iterator[int]:
    """An open file with the content, for the reader to read from its start."""
    if isinstance(source, Path):
        file = os.open(source, os.O_RDONLY | os.O_CLOEXEC)
        try:
            yield file
        finally:
            os.close(file)
    elif isinstance(source, bytes):
        with tempfile.TemporaryFile() if not hasattr(os, "memfd_create") else _in_memory() as kept:
            kept.write(source)
            kept.flush()
            yield kept.fileno()
    else:
        try:
            file = source.fileno()  # of an upload in memory, this writes it to a file
            source.flush()  # and what was written a moment ago may still be in this process
        except (OSError, AttributeError):
            file = -1
        if file >= 0:
            yield file
            return
        source.seek(0)
        with _descriptor(source.read()) as kept_file:
            yield kept_file


def _in_memory() -> BinaryIO:
    return os.fdopen(os.memfd_create("file", os.MFD_CLOEXEC), "wb")
