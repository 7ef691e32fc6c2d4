"""A day of four roles in their own workspaces, as they see it in the browser: on a wide screen, on a phone, without a network."""

import re
import secrets
import time
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.conftest import Open
from tests.browser.test_flows import a_file, a_word, coming_meeting
from tests.files.proposals import clauses, proposal
from tests.support.site import Site

pytestmark = pytest.mark.browser

PATIENCE_S = 25
SOURCE = "Administration of Inventia"
LIST = "/mailing-list/t25sg15q2"


@dataclass
class Day:
    """The pages of those who meet, at one width; `note` is a word that no other text has."""

    site: Site
    browse: Open
    width: int
    note: str

    def as_(self, role: str) -> Page:
        return self.browse(login=self.site.login(role), width=self.width).new_page()

    def opens(self, page: Page, address: str) -> None:
        """Nothing runs out of the screen."""
        answer = page.goto(address)
        assert answer is not None
        assert answer.ok, (address, answer.status)
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width, address

    def until(self, page: Page, address: str, seen: str) -> None:
        """Look again until the worker has done it."""
        late = time.monotonic() + PATIENCE_S
        self.opens(page, address)
        while not page.locator("main").get_by_text(seen).count() and time.monotonic() < late:
            time.sleep(0.3)
            page.goto(address)
        expect(page.locator("main").get_by_text(seen).first).to_be_visible()


def fill_in(page: Page, word: str, title: str, proposed: str, note: str = "") -> None:
    page.locator("#file").set_input_files(a_file(proposal(title, clauses(word, proposed), source=SOURCE)))
    expect(page.locator("input[name=receipt]")).to_be_attached()
    if note:
        page.locator("#note").fill(note)
    page.locator("form.paper button.is-main").click()
    page.wait_for_url(re.compile(r"/doc/T25-SG15-C\d+$"))


@pytest.mark.parametrize("width", [1440, 360])
def test_a_day(site: Site, browse: Open, width: int) -> None:
    day = Day(site, browse, width, a_word())
    author, delegate = day.as_("Delegate of a Member State"), day.as_("Delegate of a Sector Member")

    # A member submits a paper; the delegate keeps it, and has seen everything of the meeting.
    word, title = a_word(), f"Proposal on the {secrets.token_hex(4)} class"
    meeting = coming_meeting(author)
    author.get_by_role("link", name="Submit a document").click()
    fill_in(author, word, title, "To add a class of 35 dB.")
    document = author.url.removeprefix(site.address)
    keeps(day, delegate, document, meeting)

    # The member revises it; the stance is marked with the clause, and the list says what is new.
    author.get_by_role("link", name=re.compile("[Rr]evision")).first.click()
    fill_in(author, word, title, "To add a class of 34 dB.", "34 dB")
    goes_on(day, delegate, document, meeting)

    # The rapporteur is of the same entity: what is shared is seen there, and nowhere else.
    rapporteur = day.as_("Rapporteur of Q2/15")
    shares(day, delegate, rapporteur, author, document, meeting)
    writes_to_the_list(day, delegate, rapporteur)

    # The chair has a page of what waits, and the meeting in the calendar; the secretariat looks as the delegate.
    chair, office = day.as_("Chair of SG15"), day.as_("Secretariat (TSB)")
    plans(day, chair, meeting)
    looks_as(day, office, document)


def keeps(day: Day, page: Page, document: str, meeting: str) -> None:
    day.opens(page, document)
    page.get_by_role("link", name="Bookmark, stance and note").or_(
        page.get_by_role("link", name="Stance and note")
    ).first.click()
    page.get_by_label("Object", exact=True).check()
    page.get_by_label("My note").fill(f"{day.note}: it costs us a chip")
    page.get_by_label("Favourite", exact=True).check()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.wait_for_url(f"**{document}*")
    day.opens(page, "/my/kept")
    expect(page.locator("tbody tr", has_text=day.note)).to_contain_text("Object")
    day.opens(page, f"{meeting}/documents")
    if page.get_by_role("button", name="Mark as read").count():
        page.get_by_role("button", name="Mark as read").click()
    expect(page.get_by_text("Nothing new since you looked on")).to_be_visible()

    day.opens(page, f"/doc?q={day.note}")
    page.get_by_role("link", name="Save this search").click()
    page.get_by_label("Name").fill(day.note)
    page.get_by_role("button", name="Save the search").click()
    expect(page.get_by_text("0 hits")).to_be_visible()


def goes_on(day: Day, page: Page, document: str, meeting: str) -> None:
    day.until(page, f"/my/kept?only=stale&q={day.note}", "clause 3 changed")
    expect(page.locator("tbody tr", has_text=day.note)).to_contain_text("written on r0, now R1: clause 3 changed")
    day.until(page, f"{meeting}/documents", "Since you looked on")
    expect(page.locator("tbody tr", has_text=document.rsplit("-", 1)[1]).first).to_contain_text(
        re.compile("revised|new")
    )
    page.keyboard.press("m")
    expect(page.get_by_text("Nothing new since you looked on")).to_be_visible()
    day.opens(page, f"/my/kept?q={day.note}")
    page.get_by_role("link", name=re.compile("^Change what I keep")).click()
    page.get_by_role("link", name="Compare the two").click()
    expect(page.locator(".changes ins").first).to_contain_text("34")
    page.go_back()
    page.get_by_role("button", name="My stance still holds").click()
    page.wait_for_url(f"**{document}*")
    day.opens(page, f"/my/kept?only=stale&q={day.note}")
    expect(page.get_by_text("Nothing is kept here")).to_be_visible()


def shares(day: Day, page: Page, colleague: Page, stranger: Page, document: str, meeting: str) -> None:
    told = f"/my/delegation?meeting={meeting.rsplit('/', 1)[1]}"
    day.opens(colleague, told)
    expect(colleague.get_by_text(day.note)).to_have_count(0)
    day.opens(page, f"/my/kept?q={day.note}")
    page.get_by_role("link", name=re.compile("^Change what I keep")).click()
    page.get_by_label("Show stance and note to my delegation").check()
    page.get_by_label("I cover it for my delegation").check()
    page.get_by_role("button", name="Keep", exact=True).click()
    page.wait_for_url(f"**{document}*")
    day.opens(colleague, told)
    expect(colleague.locator("tbody tr", has_text=day.note)).to_contain_text("Selim Courier")
    for address in (document, f"{document}/history", told, "/my", f"/search?q={day.note}"):
        day.opens(stranger, address)
        assert f"{day.note}: it costs" not in stranger.content(), address


def writes_to_the_list(day: Day, page: Page, answering: Page) -> None:
    day.opens(page, LIST)
    page.locator("#subject").fill(f"About {day.note}")
    page.locator("#text").fill("Shall we splice on Monday?")
    page.get_by_role("button", name="Send", exact=False).first.click()
    page.wait_for_url(re.compile(rf"{LIST}/\d+"))
    day.opens(answering, LIST)
    answering.get_by_role("link", name=f"About {day.note}").click()
    answering.locator("#text").fill("On Tuesday.")
    answering.get_by_role("button", name="Send", exact=False).first.click()
    page.reload()
    expect(page.get_by_text("On Tuesday.")).to_be_visible()


def plans(day: Day, page: Page, meeting: str) -> None:
    day.opens(page, "/my")
    expect(page.get_by_role("heading", name="Waiting for you")).to_be_visible()
    expect(page.locator(".wait").first.get_by_role("link").first).to_be_visible()
    day.opens(page, meeting)
    day.opens(page, "/calendar?mine=1&group=SG15")
    day.opens(page, "/person?role=rapporteur&group=Q2/15")
    page.get_by_role("link", name="Rafael Quill").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rafael Quill")


def looks_as(day: Day, page: Page, document: str) -> None:
    """Read only, with a banner on every page, without what is private; it ends by a button."""
    day.opens(page, "/office/view-as")
    page.locator("input[name=person]").fill("selim-courier")
    page.locator("form", has=page.locator("input[name=person]")).get_by_role("button").first.click()
    for address in ("/", document):
        day.opens(page, address)
        expect(page.locator(".viewing")).to_contain_text("You look as Selim Courier")
        assert f"{day.note}: it costs" not in page.content()
    page.locator(".viewing").get_by_role("button").click()
    page.wait_for_url("**/office")
    expect(page.locator(".viewing")).to_have_count(0)


def test_a_day_without_a_network(site: Site, browse: Open) -> None:
    """The delegate keeps the meeting on the phone; without a network the papers are read, and nothing typed is lost."""
    context = browse(login=site.login("Delegate of a Sector Member"), width=360)
    page = context.new_page()
    meeting = coming_meeting(page).removeprefix(site.address)
    document = kept_meeting(page, meeting)
    without(context, page)
    for address in (meeting, f"{meeting}/documents", f"{meeting}/agenda", document):
        page.goto(address)
        expect(page.get_by_text("Without a network: this page is as it was on")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, address
    page.goto("/my/kept")
    expect(page.get_by_role("heading", level=1)).to_have_text("No network")
    expect(page.locator("[data-kept] tbody a")).to_contain_text([meeting.rsplit("/", 1)[1]])

    # Once there is a network again the page is of now, and signing out leaves nothing behind.
    context.set_offline(False)
    page.goto(document)
    expect(page.get_by_text("Without a network: this page is as it was on")).to_have_count(0)
    page.goto("/my/account")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(site.address + "/")
    page.wait_for_function("async () => !(await caches.keys()).some((each) => each.startsWith('kept:'))")
    without(context, page)
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(document)


def kept_meeting(page: Page, meeting: str) -> str:
    """Keep it with the restricted ones; the address of a document of it."""
    page.goto(meeting)
    page.evaluate("navigator.serviceWorker.ready")
    page.get_by_role("button", name="Keep for reading without a network").click()
    page.get_by_role("button", name="Keep restricted ones too").click()
    expect(page.locator("[data-say]")).to_have_text("Kept. It can be read without a network.", timeout=60_000)
    told = page.evaluate(f"fetch('{meeting}/offline.json').then((answer) => answer.json())")
    return str(next(each["address"] for each in told["keep"] if re.fullmatch(r"/doc/[^/]+", each["address"])))


def without(context: BrowserContext, page: Page) -> None:
    context.set_offline(True)
    assert not page.evaluate("navigator.onLine")
