"""What takes from a process what reading a file does not need. Linux; elsewhere what there is of it."""

import ctypes
import os
import resource
import signal
import socket
import sys
import time
from contextlib import suppress

from sgdocs.text.limits import Limits

_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000
_PARENT_DEATH_SIGNAL = 1
_NO_NEW_PRIVILEGES = 38
_CAPABILITIES_3 = 0x20080522
"""_LINUX_CAPABILITY_VERSION_3: three sets of two words, all empty."""
OFFICE_BYTES = 4 * 1024**3
"""Address space that LibreOffice may take: it reserves far more than it uses."""
OPEN_FILES = 256


def without_network() -> bool:
    """Leave the network for one without any address; False where the system does not allow it.

    Must run in a process with one thread. Without it nothing is fetched either: no reader opens an address.
    """
    if sys.platform != "linux":
        return False
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(_NEW_NETWORK) == 0:
        return True
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    for name, words in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        with suppress(OSError), open(f"/proc/self/{name}", "w") as file:  # noqa: PTH123 no text layer may be shared
            file.write(words)
    return True


def without_privileges() -> None:
    """Give up what a superuser may do beyond its own files; no program started from here gains rights."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.capset((ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)())


def dies_with_parent() -> None:
    """Be killed when the parent process ends, whatever this one is doing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)


def bounded(limits: Limits) -> None:
    """Memory, files and their sizes, no core dump."""
    _limit(resource.RLIMIT_CORE, 0, 0)
    _limit(resource.RLIMIT_FSIZE, limits.written_bytes, limits.written_bytes)
    _limit(resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES)
    _limit(resource.RLIMIT_AS, limits.memory_bytes, max(limits.memory_bytes, OFFICE_BYTES))


def seconds_of_processor(seconds: float) -> None:
    """From now on so many seconds of work, then the system ends the process."""
    _limit(resource.RLIMIT_CPU, int(time.process_time() + seconds) + 1, resource.RLIM_INFINITY)


def roomy() -> None:
    """Run in a new process before LibreOffice: all the address space that the reader may give away."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def has_no_network() -> bool:
    """Whether the system knows no way out: checked by tests."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return True
    return False


def _limit(kind: int, soft: int, hard: int) -> None:
    """Never above what this process was given itself."""
    _, given = resource.getrlimit(kind)
    if given != resource.RLIM_INFINITY:
        hard = given if hard == resource.RLIM_INFINITY else min(hard, given)
        soft = min(soft, hard)
    resource.setrlimit(kind, (soft, hard))
