"""The folder of one run of the tests, shared by all its processes, and what runs in it.

Whoever needs a server starts it under the folder's lock and leaves a `*.pid` file; the process that
made the folder stops them all at the end. What killed runs left behind is swept by the next run.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAMED = "SGDOCS_TEST_FOLDER"
PREFIX = "sgdocs-test-"


def new_folder() -> Path:
    """Make the folder and name it in the environment, where the other processes of the run find it."""
    temporary = Path(tempfile.gettempdir())
    for left in temporary.glob(f"{PREFIX}*-*"):
        maker = left.name.removeprefix(PREFIX).split("-")[0]
        if maker.isdecimal() and not is_alive(int(maker)) and os.access(left, os.W_OK):
            end(left)
    made = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=temporary))
    made.chmod(0o755)
    os.environ[NAMED] = str(made)
    return made


def keep_bytecode(made: Path) -> None:
    """Where Python is told to write none, in the folder: a run starts some fifty programs, and each would compile anew."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = str(made / "bytecode")


def folder() -> Path:
    return Path(os.environ[NAMED])


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process of the run at a time."""
    with (folder() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def end(place: Path) -> None:
    """Stop what was started in the folder, and remove it."""
    stop(place)
    shutil.rmtree(place, ignore_errors=True)


def stop(place: Path) -> None:
    """Stop what was started in the folder."""
    for file in place.glob("**/*.pid"):
        with contextlib.suppress(ValueError, IndexError, ProcessLookupError):
            _stop(int(file.read_text().splitlines()[0]), place)


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits to be reaped does not."""
    state = Path(f"/proc/{pid}/stat")
    try:
        os.kill(pid, 0)
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except OSError:
        return True


def _stop(pid: int, place: Path) -> None:
    """Ask a process to end, then make it. Only one that works in the folder: numbers are used again."""
    if not _works_in(pid, place):
        return
    for how, patience_s in ((signal.SIGINT, 5), (signal.SIGTERM, 5), (signal.SIGKILL, 1)):
        os.kill(pid, how)
        until = time.monotonic() + patience_s
        while time.monotonic() < until:
            if not _works_in(pid, place):
                return
            time.sleep(0.05)


def _works_in(pid: int, place: Path) -> bool:
    if not Path("/proc/self").exists():
        return is_alive(pid)
    try:
        return Path(f"/proc/{pid}/cwd").readlink().is_relative_to(place)
    except OSError:
        return False
