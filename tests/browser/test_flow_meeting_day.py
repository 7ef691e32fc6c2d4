"""A meeting day of six people in four languages: they talk in open pages, share the work and meet; on wide screens and on phones."""

import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from sgdocs.i18n import language
from tests.browser.conftest import Open
from tests.browser.test_flows import a_word
from tests.browser.test_keyboard import tab_to
from tests.support.site import Site

pytestmark = pytest.mark.browser

PATIENCE_S: Final = 25
PEOPLE: Final = {
    "delegate": ("Delegate of a Sector Member", "en"),
    "tsb": ("Secretariat (TSB)", "en"),
    "chair": ("Chair of SG15", "fr"),
    "rapporteur": ("Rapporteur of Q2/15", "fr"),
    "vice-chair": ("Vice-chair of SG15", "zh"),
    "editor": ("Editor in Q2/15", "ar"),
}
"""Role in the demonstration, language of the pages."""
STREAMS: Final = "/stream?"
HIDE: Final = """hidden => {
  Object.defineProperty(document, "hidden", { get: () => hidden, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
"""What a browser does when its tab goes behind another one, or comes back: no window is in front without a screen."""


def said(code: str, words: str, **facts: object) -> str:
    """As a page in that language words it."""
    return language(code).say(words) % facts if facts else language(code).say(words)


@dataclass
class Day:
    """The open pages of the six at one width; tongues: the language of each."""

    site: Site
    browse: Open
    width: int
    pages: dict[str, Page] = field(default_factory=dict)
    tongues: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for who, (role, code) in PEOPLE.items():
            context = self.browse(login=self.site.login(role), width=self.width, language=code)
            self.pages[who], self.tongues[who] = context.new_page(), code

    def opens(self, who: str, address: str) -> Page:
        """In the language of its reader, and nothing runs out of the screen."""
        page, code = self.pages[who], self.tongues[who]
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, (who, address, answer.status)
        told = page.evaluate("[document.documentElement.lang, document.documentElement.dir || 'ltr']")
        assert told == [code, "rtl" if code == "ar" else "ltr"], (who, address)
        self.fits(who)
        return page

    def fits(self, who: str) -> None:
        page = self.pages[who]
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width, (who, page.url)

    def until(self, who: str, address: str, seen: str) -> None:
        """Look again until the worker has done it."""
        page, late = self.opens(who, address), time.monotonic() + PATIENCE_S
        while not page.locator(seen).count() and time.monotonic() < late:
            time.sleep(0.3)
            page.goto(address)
        expect(page.locator(seen).first).to_be_attached()


@pytest.mark.parametrize("width", [1440, 360])
def test_a_meeting_day(site: Site, browse: Open, width: int) -> None:
    day = Day(site, browse, width)
    thread = begins(day)
    goes_on(day)
    comes_back(day, thread)
    by_keyboard_alone(day, thread)
    corrected_and_hidden(day, thread)
    shared_out(day, thread)
    meets(day)
    kept(day, thread)


def begins(day: Day) -> str:
    """The chair begins a discussion at the meeting that is on; the others come to it by the meeting's page. Its address."""
    page = day.opens("chair", "/meeting?kind=study-group&group=SG15&status=open")
    page.locator("tbody th a").first.click()
    page.wait_for_url("**/meeting/T25-SG15-*")
    meeting = page.url.removeprefix(day.site.address)
    day.opens("chair", f"{meeting}/discussion")
    title = f"Splices {secrets.token_hex(4)}"
    page.locator("details", has=page.locator("#title")).locator("summary").click()
    page.locator("#title").fill(title)
    page.locator("#first").fill("Bonjour. Qui a mesuré les **épissures** ?")
    page.locator("form", has=page.locator("#title")).get_by_role("button").click()
    page.wait_for_url(re.compile(r"/discussion/\d+\?at=1#m1"))
    thread = page.url.removeprefix(day.site.address).partition("?")[0]
    for who in day.pages:
        if who == "chair":
            day.opens(who, thread)
        else:
            day.opens(who, f"{meeting}/discussion").get_by_role("link", name=title).click()
            day.pages[who].wait_for_url(f"**{thread}")
        expect(day.pages[who].locator("#m1 strong")).to_have_text("épissures")
        assert day.pages[who].locator("aside.announced").count(), "the announcement of the house"
        day.fits(who)
        day.pages[who].evaluate("window.isTheSame = true")
    return thread


def says(page: Page, text: str) -> None:
    page.locator("#say").fill(text)
    page.locator("#composer button.is-main").click()
    expect(page.locator("#say")).to_have_value("")


def goes_on(day: Day) -> None:
    """What two say comes to the open pages of all six, once, in order, without a page being loaded again."""
    says(day.pages["delegate"], "We have: *two* figures.")
    says(day.pages["editor"], "صباح الخير، وأنا أيضا.")
    for who, page in day.pages.items():
        expect(page.locator("#m3 .message-text")).to_have_text("صباح الخير، وأنا أيضا.")
        expect(page.locator("#m2 em")).to_have_text("two")
        assert page.locator("#messages > li").evaluate_all("all => all.map(each => each.id)") == ["m1", "m2", "m3"], who
        assert page.locator("#m2 .message-deeds a").first.inner_text() == said(day.tongues[who], "Answer")
        assert page.evaluate("window.isTheSame"), who
        day.fits(who)


def comes_back(day: Day, thread: str) -> None:
    """A tab behind another one hears nothing and holds no stream; shown again it has what it missed."""
    page, told = day.pages["rapporteur"], "While nobody looked."
    page.evaluate(HIDE, True)
    page.wait_for_timeout(300)
    says(day.pages["tsb"], told)
    expect(day.pages["chair"].locator("#m4 .message-text")).to_have_text(told)
    assert page.locator("#m4").count() == 0
    with page.expect_request(lambda asked: f"{thread}{STREAMS}" in asked.url):
        page.evaluate(HIDE, False)
    expect(page.locator("#m4 .message-text")).to_have_text(told)
    assert page.evaluate("window.isTheSame")


def by_keyboard_alone(day: Day, thread: str) -> None:
    """The vice-chair answers with Tab and Enter, names the delegate from the list; the delegate is told at once."""
    page = day.pages["vice-chair"]
    page.locator("#m4 .message-who").focus()
    tab_to(page, "#say")
    page.keyboard.type("@selim")
    expect(page.locator(".mention-list [data-slug]").first).to_be_visible()
    day.fits("vice-chair")
    page.keyboard.press("Enter")
    expect(page.locator("#say")).to_have_value("@selim-courier ")
    page.keyboard.type("请看第三点。")
    tab_to(page, "#composer button.is-main")
    page.keyboard.press("Enter")
    for who, other in day.pages.items():
        expect(other.locator("#m5 .message-text a"), who).to_have_attribute("href", "/person/selim-courier")
    other = day.pages["delegate"].context.new_page()
    late = time.monotonic() + PATIENCE_S
    while not (found := other.locator(f'main a[href="{thread}?at=5#m5"]').count()) and time.monotonic() < late:
        other.goto("/my/notices")
    assert found
    other.close()


def corrected_and_hidden(day: Day, thread: str) -> None:
    """Texts that change and messages that an officer hides are so at once in every open page, worded for its reader."""
    author = day.pages["delegate"].context.new_page()
    author.goto(f"{thread}/message/2")
    author.locator("#text").fill("We have *three* figures.")
    author.get_by_role("button", name="Save", exact=True).click()
    author.wait_for_url("**#m2")
    author.close()
    word = a_word()
    says(day.pages["editor"], f"{word}: who buys a phone?")
    expect(day.pages["chair"].locator("#m6")).to_contain_text(word)
    officer = day.pages["chair"].context.new_page()
    officer.goto(f"{thread}/message/6")
    officer.locator("#reason").fill("Hors sujet")
    officer.get_by_role("button", name=said("fr", "Hide the message"), exact=True).click()
    officer.wait_for_url("**#m6")
    officer.close()
    for who, page in day.pages.items():
        code = day.tongues[who]
        expect(page.locator("#m2 em")).to_have_text("three")
        expect(page.locator("#m2 .message-head")).to_contain_text(said(code, "edited"))
        expect(page.locator("#m6")).to_contain_text(said(code, "Hidden by an officer: %(reason)s", reason="Hors sujet"))
        assert word not in page.content(), who
        assert page.evaluate("window.isTheSame"), who
        day.fits(who)


def shared_out(day: Day, thread: str) -> None:
    """The chair makes a task of a message; its owner moves it on the board, the editor reads it from right to left."""
    chair = day.opens("chair", f"{thread}/message/2")
    chair.get_by_role("link", name=said("fr", "Make a task of it")).click()
    expect(chair.locator("#text")).to_have_value("We have three figures.")
    day.fits("chair")
    chair.locator("#owner").fill("selim-courier")
    chair.locator("#content form button.is-main").click()
    chair.wait_for_url(re.compile(r"/group/SG15/tasks(\?.*)?#task-\d+$"))
    day.fits("chair")
    card = chair.locator(f"#{chair.url.rpartition('#')[2]}")
    task = str(card.locator("h3 a").get_attribute("href"))
    expect(day.opens("chair", task).locator(f'main a[href^="{thread}"]').first).to_be_visible()

    owner = day.opens("delegate", "/group/SG15/tasks?owner=me")
    card = owner.locator("article.task", has=owner.locator(f'h3 a[href="{task}"]'))
    expect(owner.locator("section.task-column").first.locator(f'h3 a[href="{task}"]')).to_be_visible()
    card.locator("button[value=doing]").click()
    expect(owner.locator("section.task-column").nth(1).locator(f'h3 a[href="{task}"]')).to_be_visible()
    day.fits("delegate")
    reader = day.opens("editor", "/group/SG15/tasks")
    expect(reader.locator(f'h3 a[href="{task}"]')).to_be_visible()
    moves = reader.locator("article.task", has=reader.locator(f'h3 a[href="{task}"]')).locator("button")
    assert moves.count() == 0, "who neither owns nor keeps it does not move it"


def meets(day: Day) -> None:
    """The editor registers for the workshop and asks to be suggested; those who share a field see each other, then no more."""
    page = day.opens("editor", "/event")
    page.locator('main a[href^="/event/workshop-on-power-saving"]').first.click()
    page.wait_for_url("**/event/workshop-on-power-saving*")
    event = page.url.removeprefix(day.site.address).partition("?")[0]
    day.opens("editor", f"{event}/registration")
    page.locator("#fields").fill("power saving")
    page.locator("input[name=wants_matching]").check()
    page.locator("#content form button.is-main").click()
    page.wait_for_url(re.compile(re.escape(event) + r"(\?.*)?$"))
    day.opens("editor", f"{event}/matches")
    expect(page.locator("#person-rafael-quill")).to_be_visible()
    expect(day.opens("rapporteur", f"{event}/matches").locator("#person-edwin-blotter")).to_be_visible()
    assert day.opens("chair", f"{event}/matches").locator("[id^=person-]").count() == 0, "who did not ask for it"
    day.opens("vice-chair", event)

    day.opens("editor", f"{event}/registration")
    page.locator(f'form[action="{event}/registration/leave"] button').click()
    page.wait_for_url(re.compile(re.escape(event) + r"(\?.*)?$"))
    assert day.opens("rapporteur", f"{event}/matches").locator("#person-edwin-blotter").count() == 0


def kept(day: Day, thread: str) -> None:
    """It is found by its words, and taken along without what was hidden."""
    page = day.opens("vice-chair", thread)
    with page.expect_download() as waiting:
        page.locator(f'a[href="{thread}.md"]').click()
    record = waiting.value.path().read_text(encoding="utf-8")
    assert ["épissures" in record, "three" in record, "请看第三点" in record] == [True] * 3
    assert ["*two*" in record, "phone" in record] == [False, False]
    day.until("vice-chair", "/search?q=figures+three&kind=message", f'main a[href^="{thread}"]')
