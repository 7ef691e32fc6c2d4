"""Where readers come from: the one process that forks them, started when it is first needed, and again when it has died."""

import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from sgdocs.text import wire
from sgdocs.text.limits import Limits

START_S = 30
END_S = 5
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH")
"""All that a reader learns of the server's environment: no setting, no secret."""


class NotStarted(Exception):
    """The process that forks could not be started."""


class Child:
    """One reader. files: how many it was given; is_idle: it has answered the last one."""

    def __init__(self, pid: int, sock: socket.socket) -> None:
        self.pid = pid
        self.files = 0
        self.is_idle = True
        self._sock = sock

    def ask(self, asked: dict[str, Any], body: bytes, file: int, until: float) -> None:
        self.files += 1
        self.is_idle = False
        self._sock.settimeout(max(until - time.monotonic(), 0.001))
        wire.send(self._sock, asked, body, [file])

    def receive(self, until: float, limit_bytes: int) -> tuple[dict[str, Any], bytes, list[int]]:
        return wire.receive(self._sock, until=until, limit_bytes=limit_bytes)

    def has_died(self) -> bool:
        """Whether it closed its end while nobody asked it anything."""
        looking = select.poll()
        looking.register(self._sock, select.POLLIN)
        return bool(looking.poll(0))

    def close(self) -> None:
        self._sock.close()


class Nursery:
    """Forks readers and ends them. Safe to use from many threads."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._close: weakref.finalize[Any, Any] | None = None

    def child(self, until: float) -> Child:
        """A new reader. Raises NotStarted, TimeoutError."""
        with self._lock:
            try:
                return self._fork(until)
            except (wire.Gone, OSError):
                self._stop()
            try:
                return self._fork(until)
            except (wire.Gone, OSError) as error:
                self._stop()
                raise NotStarted from error

    def end(self, child: Child) -> int:
        """Kill it and what it started, remove its folder; its wait status, 0 when that is not known."""
        child.close()
        with self._lock:
            if self._control is None:
                return 0
            try:
                self._control.settimeout(END_S)
                wire.send(self._control, {"do": "end", "pid": child.pid})
                told, _, _ = wire.receive(self._control, until=time.monotonic() + END_S)
                return int(told["status"])
            except (wire.Gone, OSError):
                self._stop()
                return 0

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _fork(self, until: float) -> Child:
        control = self._started(until)
        until = max(until, time.monotonic() + END_S)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                control.settimeout(max(until - time.monotonic(), 0.001))
                wire.send(control, {"do": "fork"}, files=[theirs.fileno()])
            told, _, _ = wire.receive(control, until=until)
        except BaseException:
            ours.close()
            self._stop()
            raise
        return Child(int(told["pid"]), ours)

    def _started(self, until: float) -> socket.socket:
        if self._control is None:
            self._control, self._process = _start(self._limits)
            self._close = weakref.finalize(self, _stop, self._control, self._process)
            wire.receive(self._control, until=max(until, time.monotonic() + START_S))
        return self._control

    def _stop(self) -> None:
        if self._close is not None:
            self._close()
        self._control = self._process = self._close = None


def _start(limits: Limits) -> tuple[socket.socket, "subprocess.Popen[bytes]"]:
    ours, theirs = socket.socketpair()
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(os.path.abspath(path) for path in sys.path)  # noqa: PTH100
    with theirs:
        process = subprocess.Popen(  # noqa: S603 our own program
            [sys.executable, "-m", "sgdocs.text.zygote", str(theirs.fileno()), json.dumps(asdict(limits))],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
            env=environment,
            start_new_session=True,
        )
    return ours, process


def _stop(control: socket.socket, process: "subprocess.Popen[bytes]") -> None:
    """Closing the socket tells it to end its readers and itself; if it does not, it is killed."""
    control.close()
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_S)
