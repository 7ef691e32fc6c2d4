"""The demonstration, really served: one process for a run of the tests, with the worker in it."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx2

from tests.support import run

ROOT = Path(__file__).parents[2]
PATIENCE_S = 180
UNHURRIED = {f"SGDOCS_{name}_LIMIT": "100000" for name in ("LOGIN", "SEARCH", "SUGGEST", "API", "BUNDLE")}
"""A crawler reads faster than the limits allow a person."""
_LOGIN = re.compile(r"^ {2}(?P<role>\S.*?) +(?P<email>\S+@\S+) +(?P<password>\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Login:
    """One of the demonstration's people, as `sgdocs demo` prints them."""

    role: str
    email: str
    password: str


@dataclass(frozen=True)
class Site:
    """address: `http://127.0.0.1:PORT`; home: its folder."""

    address: str
    home: str
    logins: tuple[Login, ...]

    def login(self, word: str) -> Login:
        """The first whose role has the word in it."""
        return next(login for login in self.logins if word.lower() in login.role.lower())


def the_site() -> Site:
    """The site of this run, started by whoever asks first. Raises with the server's words when it will not start."""
    note = run.folder() / "site.json"
    with run.alone("site"):
        if not note.exists():
            site = start(run.folder() / "site")
            note.write_text(json.dumps(asdict(site)))
        told = json.loads(note.read_text())
    return Site(told["address"], told["home"], tuple(Login(**login) for login in told["logins"]))


def start(home: Path, environment: Mapping[str, str] | None = None, *, now: str = "") -> Site:
    """Serve the demonstration from that folder and wait until all of it can be found. now: go on from that instant."""
    home.mkdir(exist_ok=True)
    said, port = home / "said.txt", free_port()
    demo = [sys.executable, "-c", "from sgdocs.cli import main; main()", "demo", "--port", str(port)]
    demo += ["--now", now] if now else []
    with said.open("w") as out:
        subprocess.run(
            ["sh", "-c", '"$@" & echo $! >site.pid', "sh", *demo],
            cwd=home,
            env={**os.environ, **UNHURRIED, "PYTHONPATH": str(ROOT), "SGDOCS_HOME": str(home), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            check=True,
        )
    address = f"http://127.0.0.1:{port}"
    _wait(int((home / "site.pid").read_text()), address, said)
    return Site(address, str(home), tuple(Login(*found) for found in _LOGIN.findall(said.read_text())))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(pid: int, address: str, said: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    health = "nothing yet"
    while time.monotonic() < until:
        if not run.is_alive(pid):
            raise RuntimeError(f"the demonstration has ended:\n{said.read_text()}")
        try:
            answer = httpx2.get(f"{address}/healthz", timeout=5)
            health = answer.text
            if answer.status_code == 200 and answer.json()["journal_lag_seconds"] == 0:
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"the demonstration is not ready after {PATIENCE_S} s; health: {health}\n{said.read_text()}")
