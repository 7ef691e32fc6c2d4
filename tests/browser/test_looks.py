"""Every kind of page in Chromium: accessible, quiet, within its window, and asking nobody else."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import ConsoleMessage, Page

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


# Each look once, in the two scripts that differ most from English, which the other tests read; the small screen from right to left.
SEEN = [("zh", "light at 1440"), ("ar", "dark at 360")]


@pytest.mark.parametrize(("language", "look"), SEEN)
def test_pages_are_accessible_and_quiet(site: Site, browse: Open, axe: str, language: str, look: str) -> None:
    complaints: list[str] = []
    tabs: dict[Login | None, Tab] = {}
    for example in examples(site, thorough=False):
        if example.login not in tabs:
            context = browse(**LOOKS[look], language=language, login=example.login)
            context.add_init_script(axe)
            tabs[example.login] = Tab(context.new_page(), site)
        complaints += tabs[example.login].look_at(example)

    assert complaints == [], "\n".join(complaints)


class Tab:
    """One tab for all pages of a reader: to open a new one takes longer than to look at a page."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page, self.complaints = page, list[str]()
        page.on("console", lambda message: self.complaints.extend(_loud(message)))
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on(
            "request",
            lambda r: None if _is_ours(r.url, site) else self.complaints.append(f"asked {r.url}"),
        )

    def look_at(self, example: Example) -> list[str]:
        """Go to one page; what there is to complain about."""
        self.page.goto(example.address)
        found = self.page.evaluate(f"async (tags) => ({NAMED})(await ({RUN})(tags))", RULES)
        heard, self.complaints = [*self.complaints, *found, *_overflowing(self.page)], []
        return [f"{example}: {complaint}" for complaint in heard]


def _loud(message: ConsoleMessage) -> list[str]:
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
