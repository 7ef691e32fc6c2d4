"""A statement that came by mail and one that was sent, through three groups and a body outside, as people see them."""

import io
import re
import time
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.moving import PATIENCE_S, Moving, copy_of, until
from tests.support import run
from tests.support.site import Site

pytestmark = pytest.mark.browser

RELAY, DESK, NUMBER = "mx.house.example", "liaison.gsma@demo.example", "TEST-LS-77"
CAME, ASKED = "naming of slices that cross borders", "energy of optical terminals in sleep"
SG13, SG15, WP5D = "ITU-T SG13", "ITU-T SG15", "WP 5D"


@pytest.fixture
def moving(site: Site, chromium: Browser, tmp_path: Path) -> Iterator[Moving]:
    """A mail of GSMA waits in the folder where mail comes in."""
    (tmp_path / "1.eml").write_bytes(mail())
    environment = {"SGDOCS_INBOX": f"file:{tmp_path}", "SGDOCS_INBOX_RELAYS": RELAY}
    with copy_of(site, chromium, run.folder() / "liaising", environment) as held:
        yield held


def mail() -> bytes:
    """The letter as GSMA writes it, in a Word file without a deadline."""
    paper, out = Document(), io.BytesIO()
    for line in (
        f"Title:\tLS on {CAME}",
        "Source:\tGSMA",
        "To:\tITU-T SG13, WP 5D",
        "Name:\tAda Example",
        f"E-mail Address:\t{DESK}",
        "How is a slice named that crosses the networks of two operators, in the fixed and in the radio part?",
    ):
        paper.add_paragraph(line)
    paper.save(out)
    found = EmailMessage()
    told = {
        "Message-ID": "<77@gsma.example>",
        "From": f"Ada Example <{DESK}>",
        "Subject": f"LS on {CAME}",
        "Authentication-Results": f"{RELAY}; dmarc=pass header.from=demo.example",
    }
    for name, value in told.items():
        found[name] = value
    found.set_content("Please find our statement attached.")
    found.add_attachment(out.getvalue(), maintype="application", subtype="octet-stream", filename="statement.docx")
    return found.as_bytes()


def meeting_of(page: Page, group: str) -> tuple[str, date, date]:
    """Code, first and last day of the next plenary of a group."""
    rows = page.request.get(f"/meeting.json?when=coming&group={group}").json()["items"]
    row = next(row for row in rows if row["status"] == "announced" and row["kind"] in ("study-group", "working-party"))
    return row["code"], date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])


def press(page: Page, button: str, lands: str = "**") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(lands)


def follow(page: Page, link: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()
    page.wait_for_load_state()


def of(page: Page, name: str) -> Locator:
    """What the page of a statement says of one addressee."""
    return page.locator("table.asked tbody tr", has=page.locator("th", has_text=name))


def address_of(page: Page) -> str:
    """Of the statement that is shown."""
    found = re.search(r"/liaison/[^/?#]+", page.url)
    assert found is not None, page.url
    return found[0]


def owes(page: Page, group: str, queue: str) -> Locator:
    """Rows of one queue of the ledger, reached by its tile."""
    page.goto(f"/liaison/ledger?group={group}")
    tile = page.get_by_role("navigation", name="Lists of the ledger").get_by_role("link").filter(has_text=queue)
    if tile.count():
        tile.first.click()
        page.wait_for_url("**queue=**")
        return page.locator("table.ledger tbody tr")
    return page.locator("table.none")


def agrees(page: Page, level: str, meeting: str = "") -> None:
    follow(page, "Record the agreement")
    page.get_by_label("Agreed at the level of").select_option(label=level)
    page.get_by_label("Meeting").fill(meeting)
    press(page, "Record the agreement", "**/liaison/draft-*")


def sends(office: Page, address: str, *warned: str) -> str:
    """Every warning is read and ticked; then it goes. Returns where it stands from then on."""
    office.goto(address)
    follow(office, "Preview and send")
    for words in warned:
        expect(office.locator("ul.checks")).to_contain_text(words)
    for box in office.get_by_label("I have read it; it may go out so").all():
        box.check()
    office.get_by_role("button", name="Send the statement").click()
    expect(office.get_by_text("The statement is sent.")).to_be_visible()
    expect(office.locator("main .banner").first).to_contain_text("Sent")
    return address_of(office)


def letter_to(home: Path, subject: str) -> str:
    """Address of the acknowledgement in the letter that the worker sends."""
    late = time.monotonic() + PATIENCE_S
    while time.monotonic() < late:
        for file in (home / "mail").glob("*.eml"):
            found = message_from_bytes(file.read_bytes(), policy=policy.default)
            text = found.get_body(("plain",))
            links = re.findall(r"/liaison/ack/\S+", text.get_content()) if text is not None else []
            if links and subject in str(found["Subject"]):
                return str(links[0])
        time.sleep(0.2)
    raise AssertionError(f"no letter on {subject}")


def test_statements_through_three_groups_and_a_body(moving: Moving) -> None:
    office, chair13 = moving.as_("Secretariat (TSB)"), moving.as_("Chair of SG13")
    june, wave = meeting_of(office, "SG13"), meeting_of(office, "5D")
    came = confirmed(office, june[2] + timedelta(days=10), wave[1] - timedelta(days=20))
    taken_up(chair13, came, june[0])
    told_before_the_meeting(moving.as_("Chair of WP 5D"), came)
    answered_outside(moving, chair13, office, came)
    asked = asks(chair13, office, meeting_of(office, "SG15")[2] + timedelta(days=5), wave[2] + timedelta(days=5))
    crossed(moving, office, asked)

    # The worker reminds before the meeting in time; nobody of WP 5D answers.
    moving.works(wave[1] - timedelta(days=10))
    moving.goes_on(wave[2] + timedelta(days=7))
    late(moving, asked)
    closed(moving, asked)


def confirmed(office: Page, until_13: date, until_5d: date) -> str:
    """The secretariat finds the mail among its tasks, and confirms the form that its file fills."""
    until(office, "/office/arrivals", CAME)
    office.get_by_role("link", name=f"LS on {CAME}").click()
    expect(office.get_by_text("Sender confirmed")).to_be_visible()
    expect(office.get_by_label("Title", exact=True)).to_have_value(re.compile(CAME))
    rows = office.locator("fieldset.party", has_text="Addressee")
    for row, name, purpose, day in (
        (rows.nth(0), "SG13", "For action", until_13),
        (rows.nth(1), "5D", "For comment", until_5d),
    ):
        expect(row.get_by_label("To", exact=True)).to_have_value(re.compile(name))
        row.get_by_label("Purpose").select_option(label=purpose)
        row.get_by_label("Answer until").fill(str(day))
    office.get_by_label("Number of the sender").fill(NUMBER)
    press(office, "File the statement", "**/liaison/T25-SG13-TD*")
    expect(office.get_by_text("The statement is filed.")).to_be_visible()
    for name in (SG13, WP5D):
        expect(of(office, name)).to_contain_text("Posted")
    return address_of(office)


def taken_up(chair: Page, came: str, meeting: str) -> None:
    """It waits to be taken up; the chair allots it, and it stands on the agenda that is filled later."""
    row = owes(chair, "SG13", "To take up").filter(has_text=NUMBER)
    row.get_by_role("link", name=NUMBER).click()
    chair.wait_for_url(f"**{came}**")
    expect(of(chair, SG13)).to_contain_text(meeting)
    follow(chair, "Allot to Questions")
    press(chair, "Allot it", f"**{came}")
    expect(of(chair, SG13)).to_contain_text("Allotted")
    of(chair, SG13).locator(".handled").get_by_role("link", name=meeting).click()
    chair.wait_for_url(f"**/meeting/{meeting}/agenda**")
    if not chair.get_by_text("Incoming liaison statements").count():
        chair.get_by_label("Skeleton").select_option("plenary")
        press(chair, "Fill the agenda")
    until(chair, chair.url, CAME)


def told_before_the_meeting(chair: Page, came: str) -> None:
    """WP 5D must answer before it meets: the page says how, and it is done by correspondence."""
    chair.goto(came)
    expect(chair.get_by_text("it can be agreed by correspondence and approved by the chair")).to_be_visible()
    follow(chair, "No reply is needed")
    chair.get_by_label("Reason, for the record").fill("Slices are no matter of the radio part.")
    press(chair, "Close it without a reply", f"**{came}")
    expect(of(chair, WP5D)).to_contain_text("No reply needed")


def answered_outside(moving: Moving, chair: Page, office: Page, came: str) -> None:
    """The draft of the reply is filled with what is known; GSMA says by the link that it has come."""
    chair.goto(came)
    follow(chair, "Draft a reply")
    expect(chair.get_by_label("Title", exact=True)).to_have_value(re.compile(CAME))
    expect(chair.get_by_label("Replies to")).to_have_value(NUMBER)
    chair.get_by_label("Text", exact=True).fill("By the operator that sells it.")
    press(chair, "Save the draft", "**/liaison/draft-*")
    draft = address_of(chair)
    agrees(chair, "Chair of the study group, between meetings")
    expect(chair.get_by_text("Approved").first).to_be_visible()
    sent = sends(office, draft)

    visitor = moving.as_()
    visitor.goto(letter_to(moving.home, CAME))
    expect(visitor.locator("main")).to_contain_text(CAME)
    office.goto(sent)
    expect(of(office, "GSMA")).to_contain_text("Sent")
    press(visitor, "It has reached us")
    expect(visitor.get_by_text("Acknowledged")).to_be_visible()
    office.goto(sent)
    expect(of(office, "GSMA")).to_contain_text("Acknowledged")
    chair.goto(came)
    expect(of(chair, SG13)).to_contain_text("Replied")
    expect(owes(chair, "SG13", "We owe").filter(has_text=NUMBER)).to_have_count(0)


def asks(chair: Page, office: Page, until_15: date, until_5d: date) -> str:
    """SG13 asks SG15 and WP 5D."""
    chair.goto("/liaison/ledger?group=SG13")
    follow(chair, "New statement")
    follow(chair, "Draft a statement")
    chair.locator("fieldset.party", has_text="Sender 1").get_by_label("From").fill("SG13")
    for number, (name, day) in enumerate((("SG15", until_15), ("WP 5D", until_5d))):
        row = chair.locator("fieldset.party", has_text=f"Addressee {number + 1}")
        if not row.count():
            press(chair, "One more addressee")
        row.get_by_label("To", exact=True).fill(name)
        row.get_by_label("Purpose").select_option(label="For action")
        row.get_by_label("Answer until").fill(str(day))
    chair.get_by_label("Title", exact=True).fill(ASKED)
    chair.get_by_label("Text", exact=True).fill(
        "Which power does a terminal draw in each state of sleep, and how fast does it wake?"
    )
    press(chair, "Save the draft", "**/liaison/draft-*")
    draft = address_of(chair)
    agrees(chair, "Chair of the study group, between meetings")
    asked = sends(office, draft)
    rows = owes(chair, "SG13", "We wait for").filter(has_text=ASKED)
    expect(rows).to_have_count(2)
    return asked


def crossed(moving: Moving, office: Page, asked: str) -> None:
    """SG15 writes on the same matter before it answers: who sends it is warned, and the page of both says so."""
    chair = moving.as_("Chair of SG15")
    chair.goto("/liaison/new/draft?group=SG15")
    row = chair.locator("fieldset.party", has_text="Addressee 1")
    row.get_by_label("To", exact=True).fill("SG13")
    chair.get_by_label("Title", exact=True).fill(ASKED)
    chair.get_by_label("Text", exact=True).fill(
        "For your information: a clause on the wake-up of terminals has been begun."
    )
    press(chair, "Save the draft", "**/liaison/draft-*")
    draft = address_of(chair)
    agrees(chair, "Chair of the study group, between meetings")
    sends(office, draft, "is on its way in the other direction, on the same matter")
    office.goto(asked)
    expect(office.locator("section[aria-labelledby=relations]")).to_contain_text("Crossed")


def late(moving: Moving, asked: str) -> None:
    """The chair of WP 5D was reminded; now it is late, for both sides."""
    wave, chair = moving.as_("Chair of WP 5D"), moving.as_("Chair of SG13")
    until(wave, "/my/notices", f"{ASKED}: the answer of WP 5D was due by")
    expect(wave.locator("main")).to_contain_text("is the last meeting at which it can be answered by")
    expect(owes(wave, "5D", "Overdue").filter(has_text=ASKED)).to_have_count(1)
    expect(owes(chair, "SG13", "Overdue").filter(has_text=ASKED)).to_contain_text("2 days over")
    chair.goto(asked)
    expect(of(chair, WP5D)).to_contain_text("Overdue")


def closed(moving: Moving, asked: str) -> None:
    """SG15 answers from the ledger; it is closed there and for SG13."""
    chair, asker, office = moving.as_("Chair of SG15"), moving.as_("Chair of SG13"), moving.as_("Secretariat (TSB)")
    owes(chair, "SG15", "We owe").filter(has_text=ASKED).get_by_role("link", name=re.compile(r"^SG13-LS")).click()
    chair.wait_for_url(f"**{asked}**")
    follow(chair, "Draft a reply")
    chair.get_by_label("Text", exact=True).fill(
        "Two watts in deep sleep and four in doze; a terminal wakes within ten milliseconds."
    )
    press(chair, "Save the draft", "**/liaison/draft-*")
    draft = address_of(chair)
    agrees(chair, "Chair of the study group, between meetings")
    sends(office, draft)
    for page, group, queue, left in ((chair, "SG15", "We owe", 0), (asker, "SG13", "We wait for", 1)):
        expect(owes(page, group, queue).filter(has_text=ASKED)).to_have_count(left)
        page.goto(asked)
        expect(of(page, SG15)).to_contain_text("Replied")
    asker.get_by_role("link", name="Thread", exact=True).first.click()
    expect(asker.locator("svg.tree")).to_be_visible()
    expect(asker.locator(".leaf > p").filter(has_text="answers it")).to_have_count(1)
