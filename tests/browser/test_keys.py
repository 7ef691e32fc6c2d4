"""`?` shows the keys that work on the page at hand."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.support.site import Site

pytestmark = pytest.mark.browser

ANYWHERE = ["/", "?", "g r", "g w", "g v", "g l", "g g", "g e", "g n", "g c", "g d", "g p", "g h"]
IN_A_LIST = ["j", "k", "o"]


def shown(dialog: Locator) -> list[str]:
    """The keys of the rows that are seen."""
    rows = dialog.locator("[data-of]:visible dt")
    return [" ".join(text.split()) for text in rows.all_inner_texts()]


def opened(page: Page) -> Locator:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    return dialog


def test_keys_of_a_page_without_a_list(browse: Open) -> None:
    page = browse().new_page()
    page.goto("/help")

    assert shown(opened(page)) == ANYWHERE


def test_keys_of_a_list(browse: Open) -> None:
    page = browse().new_page()
    page.goto("/rec?q=optical")

    assert shown(opened(page)) == ANYWHERE + IN_A_LIST


def test_keys_of_the_secretariat(site: Site, browse: Open) -> None:
    page = browse(login=site.login("secretariat")).new_page()
    page.goto("/help")

    assert shown(opened(page)) == [*ANYWHERE, "g m", "g o"]


@pytest.mark.parametrize("end", ["Escape", "Enter"])
def test_dialog_gives_the_focus_back(browse: Open, end: str) -> None:
    """Enter presses its button; the link in the footer had the focus, and has it again."""
    page = browse(width=360).new_page()
    page.goto("/rec")
    link = page.locator("footer a[href='/help/keys']")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()

    if end == "Enter":
        dialog.get_by_role("button").focus()
    page.keyboard.press(end)

    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()


def test_keys_sleep_while_the_dialog_is_open(browse: Open) -> None:
    page = browse().new_page()
    page.goto("/help")
    opened(page)

    for key in ("g", "r", "j", "/"):
        page.keyboard.press(key)

    assert page.url.endswith("/help")
    assert page.evaluate("document.activeElement.closest('dialog') !== null")


def test_dialog_passes_axe(browse: Open, axe: str) -> None:
    page = browse(width=360, dark=True).new_page()
    page.goto("/rec")
    opened(page)
    page.evaluate(axe)

    found = page.evaluate("axe.run('dialog').then(found => found.violations.map(each => each.id))")

    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_keys_without_javascript_are_a_page(browse: Open) -> None:
    page = browse(java_script_enabled=False).new_page()
    page.goto("/rec")

    page.locator("footer a[href='/help/keys']").click()

    page.wait_for_url("**/help/keys")
    assert shown(page.locator("main")) == [
        *ANYWHERE,
        "g m",
        "g o",
        *IN_A_LIST,
        "x",
        "g a",
        "[",
        "]",
        "m",
        "s",
        "n",
        "d",
    ]
