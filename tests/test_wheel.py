"""The wheel carries everything: installed elsewhere, without the checkout, it serves its pages."""

import os
import re
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from sgdocs.migrations import FOLDER as MIGRATIONS
from tests.support.databases import ROOT
from tests.support.site import free_port

PATIENCE_S = 30


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT), cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment that has the wheel and borrows what it depends on from ours."""
    place = tmp_path_factory.mktemp("elsewhere")
    venv.create(place, with_pip=False, symlinks=True)
    ours = next(path for path in sys.path if path.endswith("site-packages") and Path(path).is_relative_to(sys.prefix))
    theirs = next(place.glob("lib/python*/site-packages"))
    python = str(place / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index"]
    run(*pip, str(wheel), cwd=place)
    (theirs / "borrowed.pth").write_text(f"{ours}\n")
    return place / "bin"


@pytest.fixture(scope="module")
def address(elsewhere: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`sgdocs serve` out of the wheel."""
    home, port = tmp_path_factory.mktemp("home"), free_port()
    environment = {**os.environ, "SGDOCS_HOME": str(home), "SGDOCS_SECRET": "k" * 40}
    sgdocs = str(elsewhere / "sgdocs")
    run(sgdocs, "db", "upgrade", cwd=home, env=environment)
    process = subprocess.Popen([sgdocs, "serve", "--port", str(port)], cwd=home, env=environment)
    try:
        yield wait_for(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_wheel_holds_every_template_and_static_file(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    web = {f"sgdocs/_web/{f.relative_to(ROOT / 'web')}" for f in (ROOT / "web").rglob("*") if f.is_file()}
    versions = {f"sgdocs/migrations/versions/{f.name}" for f in MIGRATIONS.glob("versions/*.py")}
    words = {f"sgdocs/{f.relative_to(ROOT / 'sgdocs')}" for f in (ROOT / "sgdocs/locale").rglob("*.po")}

    assert (web | versions | words) - inside == set()
    assert all((web, versions, words))


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    strange = [n for n in zipfile.ZipFile(wheel).namelist() if not re.match(r"sgdocs(/|-[\d.]+\.dist-info/)", n)]

    assert strange == []
    assert not [n for n in zipfile.ZipFile(wheel).namelist() if n.endswith((".pyc", ".db"))]


def test_code_comes_from_the_wheel(elsewhere: Path) -> None:
    said = run(str(elsewhere / "python"), "-c", "import sgdocs; print(sgdocs.__file__)", cwd=elsewhere)

    assert Path(said.strip()).is_relative_to(elsewhere.parent)


def test_pages_are_served_from_the_wheel(address: str) -> None:
    first = httpx2.get(f"{address}/", follow_redirects=True)
    sheets = re.findall(r'href="(/static/[^"]+\.css)"', first.text)

    assert first.status_code == 200
    assert [httpx2.get(address + sheet).status_code for sheet in sheets] == [200] * len(sheets)
    assert sheets


def test_page_for_what_is_missing_is_served_from_the_wheel(address: str) -> None:
    answer = httpx2.get(f"{address}/no-such-page")

    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (404, "text/html")


def run(*command: str, cwd: Path, env: dict[str, str] | None = None) -> str:
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wait_for(address: str, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            httpx2.get(f"{address}/robots.txt", timeout=2)
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError(f"no answer from {address} in {PATIENCE_S} s")
