"""A real server, a real browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.site import Login, Site, the_site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NODE = Path(__file__).parent / "node_modules"


@pytest.fixture(scope="session")
def site() -> Site:
    """The demonstration, served for this run."""
    return the_site()


def program() -> str | None:
    """The Chromium that there is."""
    return os.environ.get("SGDOCS_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one that SGDOCS_TEST_CHROMIUM names."""
    found = program()
    if found is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


Open = Callable[..., BrowserContext]


@pytest.fixture
def browse(chromium: Browser, site: Site) -> Iterator[Open]:
    """Open a fresh profile: `browse(width=360, dark=True, language="ar", login=…, javascript=False)`."""
    with ExitStack() as opened:

        def open_(
            *,
            width: int = 1440,
            dark: bool = False,
            language: str = "en",
            login: Login | None = None,
            **options: Any,
        ) -> BrowserContext:
            context = chromium.new_context(
                base_url=site.address,
                viewport={"width": width, "height": 900 if width > 800 else 740},
                color_scheme="dark" if dark else "light",
                locale=language,
                reduced_motion="reduce",
                **options,
            )
            opened.callback(context.close)
            context.set_default_timeout(15_000)
            context.add_cookies([{"name": "lang", "value": language, "url": site.address}])
            if login is not None:
                sign_in(context.new_page(), login)
            return context

        yield open_


def sign_in(page: Page, login: Login) -> None:
    """As a person does: fill the form, press the button."""
    page.goto("/login")
    form = page.locator("form", has=page.locator("input[type=password]"))
    form.locator("input[type=email], input[type=text]").first.fill(login.email)
    form.locator("input[type=password]").fill(login.password)
    form.locator("button").first.click()
    page.wait_for_url(lambda address: "/login" not in address)
    page.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core; injected past the page's own policy."""
    return _node("axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    """The command of the HTML validator."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("Java is not installed (Debian: apt-get install default-jre-headless)")
    return [java, "-Xmx512m", "-jar", str(_node("vnu-jar/build/dist/vnu.jar"))]


def _node(file: str) -> Path:
    if not (NODE / file).exists():
        pytest.skip(f"{file} is not installed (npm --prefix tests/browser ci)")
    return NODE / file
