"""A kept meeting is read without a network, and forgotten when it must be."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Open
from tests.support.site import Site

pytestmark = pytest.mark.browser

DAY_MS = 24 * 3600 * 1000
AGE = """async ([code, ms]) => {
  const cache = await caches.open("kept:" + code), told = await (await cache.match("/.kept")).json();
  await cache.put("/.kept", new Response(JSON.stringify({...told, checked: told.checked - ms})));
}"""
NAMES = "async () => (await caches.keys()).filter((each) => each.startsWith('kept:'))"


def meeting_with_papers(page: Page) -> str:
    """The code of a meeting that has documents; those of a study group are not public."""
    page.goto("/meeting?group=SG15")
    for link in page.locator("tbody th a").all():
        code = link.inner_text()
        manifest = page.evaluate(f"fetch('/meeting/{code}/manifest.json').then((answer) => answer.json())")
        if manifest["files"]:
            return code
    raise AssertionError("no meeting of SG15 has documents")


def keep(page: Page, code: str, answer: str) -> None:
    page.goto(f"/meeting/{code}")
    page.evaluate("navigator.serviceWorker.ready")
    page.get_by_role("button", name="Keep for reading without a network").click()
    page.get_by_role("button", name=answer).click()
    expect(page.locator("[data-say]")).to_have_text("Kept. It can be read without a network.", timeout=60_000)


def without_network(context: BrowserContext, page: Page, address: str) -> Page:
    context.set_offline(True)
    page.goto(address)
    return page


def test_a_meeting_is_read_without_a_network(browse: Open, site: Site) -> None:
    context = browse(login=site.login("rapporteur"), width=360)
    page = context.new_page()
    code = meeting_with_papers(page)
    keep(page, code, "Only public ones")
    told = page.evaluate(f"fetch('/meeting/{code}/offline.json').then((answer) => answer.json())")
    closed = next(each["address"] for each in told["keep"] if each["restricted"] and not each["sha256"])
    without_network(context, page, f"/meeting/{code}")
    expect(page.get_by_text("Without a network: this page is as it was on")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    page.goto(closed)
    expect(page.get_by_role("heading", level=1)).to_have_text("No network")
    expect(page.locator("[data-kept] tbody a")).to_have_text(code)
    context.set_offline(False)
    keep(page, code, "Keep restricted ones too")
    without_network(context, page, closed)
    expect(page.get_by_text("Without a network: this page is as it was on")).to_be_visible()


def test_what_is_too_old_or_closed_meanwhile_is_dropped(browse: Open, site: Site) -> None:
    context = browse(login=site.login("rapporteur"))
    page = context.new_page()
    code = meeting_with_papers(page)
    keep(page, code, "Only public ones")
    page.evaluate(AGE, [code, 15 * DAY_MS])
    without_network(context, page, f"/meeting/{code}")
    expect(page.get_by_role("heading", level=1)).to_have_text("No network")
    context.set_offline(False)
    page.goto("/")
    assert page.evaluate(NAMES) == []
    keep(page, code, "Only public ones")
    page.evaluate(AGE, [code, DAY_MS])
    page.route("**/offline.json", lambda route: route.fulfill(status=404, body="{}"))
    page.goto("/")
    page.wait_for_function("async () => !(await caches.keys()).some((each) => each.startsWith('kept:'))")


def test_signing_out_wipes_and_another_person_finds_nothing(browse: Open, site: Site) -> None:
    context = browse(login=site.login("rapporteur"))
    page = context.new_page()
    code = meeting_with_papers(page)
    keep(page, code, "Only public ones")
    page.goto("/my/offline")
    expect(page.locator("[data-kept] tbody a")).to_have_text(code)
    page.goto("/my/account")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(site.address + "/")
    page.wait_for_function("async () => !(await caches.keys()).some((each) => each.startsWith('kept:'))")


def test_nothing_is_kept_on_a_shared_computer(browse: Open, site: Site) -> None:
    context = browse()
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("E-mail address").fill(site.login("rapporteur").email)
    page.get_by_label("Password", exact=True).fill(site.login("rapporteur").password)
    page.get_by_label("This is a shared computer").check()
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/login" not in address)
    code = meeting_with_papers(page)
    page.goto(f"/meeting/{code}")
    expect(page.get_by_role("button", name="Keep for reading without a network")).to_be_hidden()
    assert page.goto(f"/meeting/{code}/offline.json").status == 403  # type: ignore[union-attr]
    cookie = next(each for each in context.cookies() if each["name"].endswith("sgdocs"))
    assert cookie["expires"] == -1
    page.goto("/my/offline")
    expect(page.get_by_text("Nothing is kept on it.")).to_be_visible()
