"""A copy of the demonstration whose clock is moved."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in
from tests.support import run
from tests.support.site import ROOT, Site, start

PATIENCE_S = 30


@dataclass
class Moving:
    """A copy of the demonstration that is served anew from each instant to which its clock is moved."""

    home: Path
    chromium: Browser
    site: Site
    environment: Mapping[str, str] = field(default_factory=dict)
    opened: ExitStack = field(default_factory=ExitStack)

    def goes_on(self, day: date) -> None:
        """Serve it from the morning of that day on; who was signed in is no more."""
        self.stop()
        self.site = start(self.home, self.environment, now=f"{day}T10:00:00Z")

    def works(self, day: date) -> None:
        """What the worker does on that day, while nothing is served."""
        self.stop()
        command = [sys.executable, "-c", "from sgdocs.cli import main; main()", "worker", "--once"]
        named = {**self.environment, "SGDOCS_HOME": str(self.home), "SGDOCS_DEMO": "1", "PYTHONPATH": str(ROOT)}
        at = ["--now", f"{day}T09:00:00Z"]
        subprocess.run([*command, *at], cwd=self.home, env={**os.environ, **named}, check=True, timeout=120)

    def stop(self) -> None:
        self.opened.close()
        run.stop(self.home)

    def as_(self, role: str = "") -> Page:
        """A page for one of the cast, or for nobody."""
        context = self.chromium.new_context(
            base_url=self.site.address, viewport={"width": 1440, "height": 900}, locale="en", reduced_motion="reduce"
        )
        self.opened.callback(context.close)
        context.set_default_timeout(15_000)
        if role:
            sign_in(context.new_page(), self.site.login(role))
        return context.new_page()


@contextmanager
def copy_of(
    site: Site, chromium: Browser, home: Path, environment: Mapping[str, str] | None = None
) -> Iterator[Moving]:
    """Served from now until the end of the block. home: a folder that is not there yet."""
    copied(Path(site.home), home)
    held = Moving(home, chromium, start(home, environment), environment or {})
    try:
        yield held
    finally:
        held.stop()
        run.end(home)


def copied(was: Path, home: Path) -> None:
    """The database as it is at one instant, then the files, of which none is ever changed."""
    home.mkdir()
    with closing(sqlite3.connect(was / "sgdocs.db")) as old, closing(sqlite3.connect(home / "sgdocs.db")) as new:
        old.backup(new)
    for folder in ("storage", "search_index"):
        shutil.copytree(was / folder, home / folder)


def until(page: Page, address: str, seen: str) -> None:
    """Look again until the worker has done it."""
    late = time.monotonic() + PATIENCE_S
    page.goto(address)
    while not page.locator("main").get_by_text(seen).count() and time.monotonic() < late:
        time.sleep(0.3)
        page.goto(address)
    expect(page.locator("main").get_by_text(seen).first).to_be_visible()
