"""The process from which readers are forked: one thread, the libraries imported, no network, none of the server's secrets.

It is started by `children.py` as a program of its own and speaks over one socket: `fork` (a socket comes along) answers with
a process id; `end` kills a reader with all that it started, and answers with its wait status.
"""

import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from sgdocs.text import child, confine, wire
from sgdocs.text.limits import Limits

PREFIX = "sgdocs-readers-"
PARENT_LOOK_MS = 5_000
LEFT_OVER_S = 3_600


def main() -> None:
    """Serve until the socket closes. Arguments: descriptor of the socket, limits in JSON."""
    control = socket.socket(fileno=int(sys.argv[1]))
    limits = Limits(**json.loads(sys.argv[2]))
    parent = os.getppid()
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    confine.without_network()
    confine.without_privileges()
    gc.collect()
    gc.freeze()
    wire.send(control, {"ready": os.getpid()})
    try:
        _serve(control, limits, folder, parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve(control: socket.socket, limits: Limits, folder: Path, parent: int) -> None:
    alive: set[int] = set()
    coming = select.poll()
    coming.register(control, select.POLLIN)
    try:
        while os.getppid() == parent:
            if coming.poll(PARENT_LOOK_MS):
                asked, _, files = wire.receive(control)
                if asked["do"] == "fork":
                    wire.send(control, {"pid": _fork(control, files[0], limits, folder, alive)})
                else:
                    wire.send(control, {"status": _end(int(asked["pid"]), folder, alive)})
    except wire.Gone:
        pass
    finally:
        for pid in tuple(alive):
            _end(pid, folder, alive)


def _fork(control: socket.socket, given: int, limits: Limits, folder: Path, alive: set[int]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            os.setpgid(0, 0)
            confine.dies_with_parent()
            control.close()
            own = folder / str(os.getpid())
            own.mkdir(mode=0o700)
            child.serve(socket.socket(fileno=given), limits, own)
        finally:
            os._exit(0)
    os.close(given)
    with suppress(OSError):
        os.setpgid(pid, pid)
    alive.add(pid)
    return pid


def _end(pid: int, folder: Path, alive: set[int]) -> int:
    """Kill it and its programs, remove its folder. Only processes that were forked here."""
    if pid not in alive:
        return 0
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    alive.discard(pid)
    shutil.rmtree(folder / str(pid), ignore_errors=True)
    return status


def _sweep() -> None:
    """Remove folders of those that were killed before they could."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        whose = left.name.removeprefix(PREFIX).split("-")[0]
        is_old = time.time() - left.stat().st_mtime > LEFT_OVER_S
        if is_old and whose.isdigit() and not Path(f"/proc/{whose}").exists():
            shutil.rmtree(left, ignore_errors=True)


if __name__ == "__main__":
    main()
