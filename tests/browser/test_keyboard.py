"""By keyboard alone, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.support.site import Site

pytestmark = pytest.mark.browser

MOST_TABS = 60


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until that is focused; every stop on the way must be visible."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} is not reached by {MOST_TABS} times Tab on {page.url}")


def test_first_tab_is_the_skip_link(browse: Open) -> None:
    page = browse().new_page()
    page.goto("/rec")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_sign_in_by_keyboard(site: Site, browse: Open) -> None:
    page, login = browse().new_page(), site.login("rapporteur")
    page.goto("/login")

    tab_to(page, "main input[type=email], main input[type=text]")
    page.keyboard.type(login.email)
    tab_to(page, "main input[type=password]")
    page.keyboard.type(login.password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login" not in address)

    page.goto("/my")
    assert page.url == f"{site.address}/my"


def test_search_by_keyboard(browse: Open) -> None:
    page = browse().new_page()
    page.goto("/")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('input[name=q]')")
    page.keyboard.type("passive optical")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    tab_to(page, 'main a[href^="/rec/"]')
    page.keyboard.press("Enter")

    page.wait_for_url("**/rec/**")
    expect(page.locator("h1")).to_be_visible()


def test_number_typed_leads_to_the_recommendation(browse: Open) -> None:
    page = browse().new_page()
    page.goto("/")

    page.keyboard.press("/")
    page.keyboard.type("g 709")
    page.keyboard.press("Enter")

    page.wait_for_url("**/rec/T/G.709*")


def test_focus_is_seen(browse: Open) -> None:
    """Every stop of Tab on the first page is drawn with an outline."""
    page = browse().new_page()
    page.goto("/")
    unseen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        unseen += page.evaluate(
            "(() => { const e = document.activeElement, s = getComputedStyle(e);"
            " return e === document.body || s.outlineStyle !== 'none' || s.boxShadow !== 'none' ? [] : [e.outerHTML] })()"
        )

    assert unseen == []


def test_sign_in_and_search_without_javascript(site: Site, browse: Open) -> None:
    page = browse(java_script_enabled=False, login=site.login("delegate")).new_page()

    page.goto("/")
    page.locator("input[name=q]").first.fill("optical")
    page.locator("input[name=q]").first.press("Enter")

    page.wait_for_url("**/search?**")
    page.locator("main a[href^='/rec/']").first.click()
    page.wait_for_url("**/rec/**")
    expect(page.locator("h1")).to_be_visible()


def test_language_is_switched_without_javascript(browse: Open) -> None:
    page = browse(java_script_enabled=False).new_page()
    page.goto("/rec")

    for code, direction in (("zh", "ltr"), ("ar", "rtl")):
        page.goto(f"/language/{code}?next=/rec")

        assert page.locator("html").get_attribute("lang") == code
        assert (page.locator("html").get_attribute("dir") or "ltr") == direction
        assert page.url.endswith("/rec")
