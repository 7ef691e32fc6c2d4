"""Two texts from consent to the edition in force, as their people see it in the browser while the clock is moved."""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zipfile import ZipFile

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from sgdocs.approval import rulings
from sgdocs.approval.periods import announcing_days
from sgdocs.base.clock import geneva_day
from tests.browser.moving import Moving, copy_of, until
from tests.support import run
from tests.support.site import Site

pytestmark = pytest.mark.browser

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REVISION, NEW = "G.9804.1rev", "G.cold-start"
"""One is ready for consent, of the other the edited text is awaited."""


@pytest.fixture
def moving(site: Site, chromium: Browser) -> Iterator[Moving]:
    with copy_of(site, chromium, run.folder() / "moving") as held:
        yield held


def approval_of(page: Page, name: str) -> str:
    """The address of the approval of a work item, by the link of its page."""
    page.goto(f"/wi?q={name}")
    page.locator("tbody th a", has_text=name).first.click()
    page.get_by_role("link", name="Look at the approval").click()
    page.wait_for_url("**/approval/aap/*")
    return page.url.removeprefix(f"{page.url.split('/approval')[0]}")


def takes(page: Page, address: str, step: str, *says: str) -> None:
    """Press the step on the page of the approval; its panel says that first; confirm."""
    page.goto(address)
    page.get_by_role("link", name=step, exact=True).click()
    panel = page.locator("form.will-happen")
    for words in says:
        expect(panel).to_contain_text(words)
    panel.get_by_role("button", name=step, exact=True).click()
    page.wait_for_url(f"**{address}")


def brings(page: Page, address: str, line: str) -> None:
    """The editor takes the text that is bound, adds a line, and brings it as the next revision."""
    page.goto(address)
    text = page.locator("dl.facts div", has=page.get_by_text("Text", exact=True)).locator("a").first
    page.goto(re.sub(r"/r\d+$", "", text.get_attribute("href") or ""))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="original", exact=True).first.click()
    paper, out = Document(str(waiting.value.path())), io.BytesIO()
    paper.add_paragraph(line)
    paper.save(out)
    page.goto(address)
    page.get_by_role("link", name="Bring the text").click()
    page.locator("#file").set_input_files({"name": "edited.docx", "mimeType": WORD, "buffer": out.getvalue()})
    page.get_by_role("button", name="Bring the text").click()
    page.wait_for_url(f"**{address}")


def comments(page: Page, address: str, kind: str, clause: str, text: str, proposed: str = "") -> None:
    page.goto(address)
    page.get_by_role("link", name="Comment on the text").first.click()
    page.locator(f"input[name=kind][value={kind}]").check()
    page.locator("#clause").fill(clause)
    page.locator("#text").fill(text)
    page.locator("#proposed").fill(proposed)
    page.get_by_role("button", name="Send the comment").click()
    page.wait_for_url("**/comments/1")


def announcement_for(asked: date) -> date:
    """The first announcement that takes what is asked for on that day."""
    cutoff = rulings.number(rulings.snapshot(asked, []), "aap_cutoff_days", asked)
    return next(day for day in announcing_days(asked) if day > asked and day >= asked + timedelta(days=cutoff))


def said(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def on_the_board(page: Page, name: str) -> Locator:
    page.goto("/approval")
    return page.locator("tbody tr", has=page.get_by_text(name, exact=True)).first


def test_two_texts_from_consent_to_the_edition_in_force(moving: Moving) -> None:
    today = geneva_day(datetime.now(UTC))
    announced = announcement_for(today)
    last_day = announced + timedelta(days=27)

    # Somebody follows the Recommendation. The chair consents to what is ready, at the meeting that is in session.
    subscriber = moving.as_("Delegate of an Associate")
    subscriber.goto("/rec/T/G.9804.1")
    subscriber.get_by_role("button", name="Follow").click()
    chair = moving.as_("Chair of SG15")
    chair.goto("/approval/ready?group=SG15")
    chair.locator("tr", has_text=REVISION).get_by_role("link", name="Consent").click()
    panel = chair.locator("form.will-happen")
    for words in ("The approval begins", "It is entered as a decision of T25-SG15", "all met", "A letter goes to"):
        expect(panel).to_contain_text(words)
    panel.get_by_role("button", name="Consent", exact=True).click()
    chair.wait_for_url("**/approval/aap/*")
    first, second = approval_of(chair, REVISION), approval_of(chair, NEW)

    # The editor brings both texts, the secretariat gives the new one its number, the chair asks for the last call.
    editor = moving.as_("Editor in Q2/15")
    for address in (first, second):
        brings(editor, address, "The editor has put the references in order.")
        expect(editor.locator("#state")).to_contain_text("the edited text is here")
    office = moving.as_("Secretariat (TSB)")
    office.goto(f"{second}/hold")
    office.locator("#identifier").fill("G.9896")
    office.get_by_role("button", name="Give the number").click()
    office.wait_for_url(f"**{second}")
    for address in (first, second):
        takes(chair, address, "Ask for the last call")
        expect(chair.locator("#state")).to_contain_text(f"Waits for the announcement of {said(announced)}")

    # On the day they are announced, and both are in last call; a member comments.
    moving.goes_on(announced)
    member = moving.as_("Delegate of a Sector Member")
    until(member, first, "Last call")
    until(member, second, "Last call")
    expect(on_the_board(member, "G.9804.1")).to_contain_text(f"{last_day.day} {last_day:%b}, 23:59")
    comments(member, first, "typographical", "3", "Read “the” for “teh”.")
    comments(member, second, "substantive", "7.1", "Ten seconds are too long.", "Say five.")

    # The windows close by themselves; the worker is two days late, the day of approval is not.
    moving.goes_on(last_day + timedelta(days=3))
    member = moving.as_("Delegate of a Sector Member")
    until(member, first, "Approved with typographical corrections")
    expect(member.locator("#state")).to_contain_text(f"Ended on {said(last_day + timedelta(days=1))}")
    in_force(moving, last_day + timedelta(days=1))
    told(moving)
    verifies(moving, first)

    # Of the other text the chair judges: the comment is resolved, and no review may be asked for before.
    chair, editor = moving.as_("Chair of SG15"), moving.as_("Editor in Q2/15")
    until(chair, second, "Last call judgement")
    takes(chair, second, "Resolve the comments")
    chair.goto(f"{second}/steps/request-review")
    expect(chair.get_by_role("button", name="Ask for the additional review", exact=True)).to_be_disabled()
    editor.goto(f"{second}/comments/1")
    editor.locator("#disposition").select_option("accepted")
    editor.locator("#reason").fill("Five seconds are enough for every class.")
    editor.get_by_role("button", name="Record the disposition").click()
    expect(editor.locator("article .banner").first).to_contain_text("Five seconds are enough")
    member.goto(f"{second}/comments/1")
    member.get_by_role("button", name="We are satisfied").click()
    expect(member.locator("article .banner").first).to_contain_text("The member is satisfied")
    brings(editor, second, "The time is five seconds.")
    takes(chair, second, "Ask for the additional review", "all met")

    # Announced again by the worker alone, reviewed, and approved by itself on the day after three weeks.
    reviewed = announcement_for(last_day + timedelta(days=3))
    moving.works(reviewed)
    moving.goes_on(reviewed + timedelta(days=22))
    anybody = moving.as_()
    until(anybody, second, "Approved after additional review")
    expect(anybody.locator("#state")).to_contain_text(f"Ended on {said(reviewed + timedelta(days=21))}")
    until(anybody, "/rec/T/G.9896", "In force, pre-published")


def in_force(moving: Moving, approved: date) -> None:
    """The page of the Recommendation, the search and the work item say the same, to anybody."""
    anybody, edition = moving.as_(), f"G.9804.1 ({approved:%m/%Y})"
    anybody.goto("/rec/T/G.9804.1")
    expect(anybody.locator(".banner.is-force")).to_contain_text("In force, pre-published")
    rows = anybody.locator("section[aria-labelledby=editions] tbody tr")
    expect(rows.filter(has_text=edition)).to_contain_text(said(approved))
    for was in ("G.9804.1 (11/2019)", "G.9804.1 (2019) Amd. 3 (05/2025)"):
        expect(rows.filter(has_text=was)).to_contain_text("Superseded")
    until(anybody, "/search?q=G.9804.1&full=1", edition)
    anybody.goto(f"/wi/{REVISION}")
    expect(anybody.locator("main")).to_contain_text("Approved")
    anybody.goto(f"/search?q={REVISION}")
    expect(anybody.locator("main")).to_contain_text("G.9804.1")


def told(moving: Moving) -> None:
    subscriber = moving.as_("Delegate of an Associate")
    until(subscriber, "/my/notices", "G.9804.1")


def verifies(moving: Moving, address: str) -> None:
    """The dossier, with the script that lies in it and nothing else."""
    page = moving.as_("Chair of SG15")
    page.goto(address)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Dossier", exact=True).click()
    packed, script = moving.home / "dossier.zip", moving.home / "verify_dossier.py"
    waiting.value.save_as(packed)
    with ZipFile(packed) as archive:
        script.write_bytes(archive.read("verify_dossier.py"))
    ran = subprocess.run([sys.executable, "-I", script, packed], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (0, "Everything holds.\n")
