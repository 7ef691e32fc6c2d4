"""Every kind of page in Chromium: accessible, quiet, within its window, and asking nobody else."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

from tests.browser.conftest import Open
from tests.browser.examples import Example, examples
from tests.support.site import Login, Site

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

LOOKS = {"light at 1440": {"width": 1440, "dark": False}, "dark at 360": {"width": 360, "dark": True}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "async (tags) => (await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}))"
NAMED = (
    "(found) => found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')"
    " + ' [' + n.any.concat(n.all, n.none).map(c => c.message).slice(0, 1) + ']').join(' | '))"
)


# Each look once, the small screen from right to left; strings of further languages change words alone.
SEEN = [("en", "light at 1440"), ("ar", "dark at 360")]


@pytest.mark.parametrize(("language", "look"), SEEN)
def test_pages_are_accessible_and_quiet(site: Site, browse: Open, axe: str, language: str, look: str) -> None:
    complaints: list[str] = []
    contexts: dict[Login | None, BrowserContext] = {}
    for example in examples(site, thorough=False):
        if example.login not in contexts:
            contexts[example.login] = browse(**LOOKS[look], language=language, login=example.login)
            contexts[example.login].add_init_script(axe)
        complaints += look_at(contexts[example.login], example, site)

    assert complaints == [], "\n".join(complaints)


def look_at(context: BrowserContext, example: Example, site: Site) -> list[str]:
    """Open one page in a fresh tab; what there is to complain about."""
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: complaints.extend(_loud(message, example)))
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on(
        "request",
        lambda r: None if _is_ours(r.url, site) else complaints.append(f"asked {r.url}"),
    )
    page.goto(example.address)
    complaints += page.evaluate(f"async (tags) => ({NAMED})(await ({RUN})(tags))", RULES)
    complaints += _overflowing(page)
    page.close()
    return [f"{example}: {complaint}" for complaint in complaints]


def _loud(message: ConsoleMessage, example: Example) -> list[str]:
    """Errors on the console; that a missing page is missing is no news."""
    if message.type != "error" or "status of 404" in message.text:
        return []
    return [f"console: {message.text}"]


def _is_ours(address: str, site: Site) -> bool:
    return address.startswith((site.address + "/", "data:")) or urlsplit(address).scheme == "blob"


def _overflowing(page: Page) -> list[str]:
    """No page is wider than its window."""
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [f"is {wide[0]} px wide in a window of {wide[1]} px"] if wide[0] > wide[1] else []
