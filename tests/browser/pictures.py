"""The pictures of the guides, made of the demonstration: `python -m tests.browser.pictures`.

Each is the upper part of a page as somebody sees it, in every language that guides are written in, as WebP in
`web/static/help`. Beside them `pictures.json` keeps the size and a digest of what the page is made of (headings of tables,
labels, tabs), by which the tests know which pictures show what is no more.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from sgdocs.web.help_pictures import FOLDER, NOTES
from tests.browser.conftest import FLAGS, program, sign_in
from tests.support import run
from tests.support.site import Site, the_site

LANGUAGES = ("en", "fr")
WIDTH, HEIGHT = 1040, 620
MADE_OF = (
    "() => [...new Set([...document.querySelectorAll('main :is(th, dt, label, legend, nav a)')]"
    ".map(e => e.textContent.replace(/[\\d\\s]+/g, ' ').trim()))].sort().join('\\n')"
)
AS_WEBP = (
    "async (png) => { const image = new Image(); image.src = 'data:image/png;base64,' + png; await image.decode();"
    " const canvas = document.createElement('canvas'); canvas.width = image.width; canvas.height = image.height;"
    " canvas.getContext('2d').drawImage(image, 0, 0); return canvas.toDataURL('image/webp', 0.5).split(',')[1]; }"
)


@dataclass(frozen=True)
class Shot:
    """name: as in the guides; role: a word of the login, "" for nobody; follow: links to go along from the address."""

    name: str
    address: str
    role: str = ""
    follow: Sequence[str] = ()


MEETING = 'main a[href^="/meeting/T25-SG15-"]'
SHOTS = (
    Shot("search", "/search?q=optical+fibre"),
    Shot("meeting", "/meeting", "delegate of a sector", (MEETING,)),
    Shot("contribution", "/meeting", "delegate of a sector", (MEETING, 'a[href$="/contributions/new"]')),
    Shot("work-item", "/wi?group=SG15", "", ('main td a[href^="/wi/"]',)),
    Shot("desk", "/desk", "chair of sg15"),
    Shot("approval", "/approval/aap/2026-002", "chair of sg15", ('main a[href*="/steps/"]',)),
    Shot("clock", "/approval/aap/2026-001"),
    Shot("my-page", "/my", "focal point"),
    Shot("office", "/office", "tsb"),
)


def opened(context: BrowserContext, shot: Shot) -> Page:
    """The page of a picture."""
    page = context.new_page()
    page.goto(shot.address)
    for link in shot.follow:
        page.goto(page.locator(link).first.get_attribute("href") or "")
    return page


def says(page: Page) -> str:
    """A digest of what the page is made of, whatever data stands in it."""
    return hashlib.sha256(str(page.evaluate(MADE_OF)).encode()).hexdigest()[:16]


@contextmanager
def contexts(browser: Browser, site: Site) -> Iterator[dict[tuple[str, str], BrowserContext]]:
    """A signed-in profile for each role and language, each person signing in once."""
    with ExitStack() as stack:
        found: dict[tuple[str, str], BrowserContext] = {}
        for role in dict.fromkeys(shot.role for shot in SHOTS):
            state = None
            for code in LANGUAGES:
                context = browser.new_context(
                    base_url=site.address,
                    viewport={"width": WIDTH, "height": HEIGHT},
                    color_scheme="light",
                    locale=code,
                    reduced_motion="reduce",
                    storage_state=state,
                )
                stack.callback(context.close)
                context.set_default_timeout(60_000)
                if role and state is None:
                    sign_in(context.new_page(), site.login(role))
                    state = context.storage_state()
                context.add_cookies([{"name": "lang", "value": code, "url": site.address}])
                found[role, code] = context
        yield found


def make(browser: Browser, site: Site) -> dict[str, dict[str, str | int]]:
    """Every picture anew; what is known of each."""
    FOLDER.mkdir(exist_ok=True)
    notes: dict[str, dict[str, str | int]] = {}
    painter = browser.new_page()
    with contexts(browser, site) as found:
        for shot in SHOTS:
            for code in LANGUAGES:
                page = opened(found[shot.role, code], shot)
                png = base64.b64encode(page.screenshot(animations="disabled", caret="hide")).decode()
                (FOLDER / f"{shot.name}.{code}.webp").write_bytes(base64.b64decode(painter.evaluate(AS_WEBP, png)))
                notes[f"{shot.name}.{code}"] = {"width": WIDTH, "height": HEIGHT, "says": says(page)}
                page.close()
    NOTES.write_text(json.dumps(notes, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return notes


def main() -> None:
    folder = run.new_folder()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program(), args=FLAGS)
            made = make(browser, the_site())
            browser.close()
    finally:
        run.end(folder)
    print(f"{len(made)} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
