"""A reader: one process that reads one file after another, until it is told to end or the system ends it."""

import os
import resource
import shutil
import socket
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sgdocs.text import confine, gate, passing, preview, reading, tables, wire, word_translated
from sgdocs.text import stamp as stamping
from sgdocs.text.limits import Limits
from sgdocs.text.model import Reading
from sgdocs.text.terms import Terms

MAXRSS_UNIT_BYTES = 1024


@dataclass(frozen=True)
class Task:
    """What is asked. tell: hands over what is known so far, in case the reader does not live to the end."""

    data: bytes
    asked: dict[str, Any]
    body: bytes
    limits: Limits
    tell: Callable[[Reading], None]


def serve(sock: socket.socket, limits: Limits, folder: Path) -> None:
    """Answer until the socket closes. folder: the reader's own, emptied after each file."""
    os.environ["TMPDIR"] = os.environ["HOME"] = tempfile.tempdir = str(folder)
    os.chdir(folder)
    confine.bounded(limits)
    while True:
        try:
            asked, body, files = wire.receive(sock)
        except wire.Gone:
            return
        confine.seconds_of_processor(limits.seconds)
        try:
            header, answer = _answer(sock, asked, body, files, limits)
        except MemoryError:
            header, answer = {"failed": "text.memory", "facts": {}, "tired": True}, b""
        _send(sock, header, answer, limits)
        _empty(folder)


def _answer(
    sock: socket.socket, asked: dict[str, Any], body: bytes, files: list[int], limits: Limits
) -> tuple[dict[str, Any], bytes]:
    try:
        size = os.fstat(files[0]).st_size if files else 0
        too_large = gate.too_large(size, limits)
        if too_large:
            refused = Reading("", "application/octet-stream", problems=(too_large,))
            return {}, passing.reading_to_bytes(refused)
        data = _content(files[0], size) if files else b""
    finally:
        for file in files:
            os.close(file)

    def tell(so_far: Reading) -> None:
        wire.send(sock, {"so far": True}, passing.reading_to_bytes(so_far))

    try:
        answer = TASKS[asked["do"]](Task(data, asked, body, limits, tell))
    except RecursionError:
        return {"failed": "text.nested", "facts": {}}, b""
    except MemoryError:
        raise
    except Exception as error:  # a library may raise anything on a hostile file; the reader says so and lives on
        return {"failed": "text.broken", "facts": {"why": f"{type(error).__name__}: {error}"[:200]}}, b""
    return {"none": answer is None, "tired": _is_tired(limits)}, answer or b""


def _read(task: Task) -> bytes:
    done = reading.read(
        task.data, task.asked["name"], tracked=task.asked["tracked"], limits=task.limits, tell=task.tell
    )
    return passing.reading_to_bytes(done)


def _stamp(task: Task) -> bytes | None:
    if gate.inspect(task.data, "", task.limits).is_refused:
        return None
    stamped = stamping.stamp(task.data, passing.stamp_of(task.body))
    return None if stamped == task.data else stamped


def _terms(task: Task) -> bytes | None:
    if gate.inspect(task.data, "", task.limits).is_refused:
        return None
    return word_translated.with_terms(task.data, Terms(passing.words_of(task.body)))


def _label(task: Task) -> bytes | None:
    if gate.inspect(task.data, "", task.limits).is_refused:
        return None
    return word_translated.labelled(task.data, passing.label_of(task.body))


def _preview(task: Task) -> bytes:
    return preview.preview(task.data, task.asked["format"], passing.units_of(task.body), task.limits).encode()


def _tables(task: Task) -> bytes:
    return passing.grids_to_bytes(tables.read(task.data, task.asked["name"], task.limits))


TASKS: dict[str, Callable[[Task], bytes | None]] = {
    "read": _read,
    "stamp": _stamp,
    "preview": _preview,
    "tables": _tables,
    "terms": _terms,
    "label": _label,
}


def _send(sock: socket.socket, header: dict[str, Any], answer: bytes, limits: Limits) -> None:
    """The answer, or word that it is longer than anybody will take."""
    if len(answer) > limits.output_bytes + limits.size_bytes:
        header, answer = {"failed": "text.output", "facts": {}}, b""
    wire.send(sock, header, answer)


def _content(file: int, size: int) -> bytes:
    """Everything in it, wherever others have read to."""
    got = bytearray()
    while len(got) < size:
        more = os.pread(file, size - len(got), len(got))
        if not more:
            break
        got += more
    return bytes(got)


def _is_tired(limits: Limits) -> bool:
    """Whether it has once held so much that a fresh reader serves better."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS_UNIT_BYTES
    return most > limits.memory_bytes // 2


def _empty(folder: Path) -> None:
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)
