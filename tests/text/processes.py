"""What the system tells of the readers below this process."""

import os
from pathlib import Path


def below(pid: int) -> list[int]:
    """Processes started by that one, and by those."""
    parents: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(place.name))
    found: list[int] = []
    left = [pid]
    while left:
        children = parents.get(left.pop(), [])
        found += children
        left += children
    return found


def readers() -> list[int]:
    """Process ids of the readers of this process: what forks them stands between."""
    return [
        pid
        for zygote in below(os.getpid())
        if "sgdocs.text.zygote" in _command(zygote) and "sgdocs.text.zygote" not in _command(_parent(zygote))
        for pid in below(zygote)
    ]


def largest_memory_bytes() -> int:
    """The most that any living reader has ever held."""
    return max((_most(pid) for pid in readers()), default=0)


def _most(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
