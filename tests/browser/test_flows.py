"""The flows of a contribution and of a rapporteur meeting, as people go through them in the browser."""

import re
import secrets
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import Open
from tests.files.proposals import clauses, proposal
from tests.support.site import Site

pytestmark = pytest.mark.browser

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PATIENCE_S = 20
Q2 = "T/SG15/T25/Q2"


def a_word() -> str:
    """A word that no other text has."""
    return "glim" + "".join(secrets.choice("bdfklmnprstvz") + secrets.choice("aeiou") for _ in range(5))


def a_file(data: bytes, name: str = "proposal.docx") -> FilePayload:
    return {"name": name, "mimeType": WORD, "buffer": data}


def coming_meeting(page: Page) -> str:
    """The address of the last announced meeting of SG15, reached by its link."""
    page.goto("/meeting?kind=study-group&when=coming&group=SG15")
    page.locator("tbody tr", has_text="announced").locator("th a").first.click()
    page.wait_for_url("**/meeting/T25-SG15-*")
    return page.url


def downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link, exact=True).first.click()
    return waiting.value.path().read_bytes()


def words_of(data: bytes) -> str:
    paper = Document(BytesIO(data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join(cells + [paragraph.text for paragraph in paper.paragraphs])


def found(page: Page, word: str) -> None:
    """Search until the worker has read the text."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        page.goto(f"/search?q={word}")
        if page.locator("article").count():
            return
        time.sleep(0.2)
    raise AssertionError(f"{word} is not found after {PATIENCE_S} s")


def test_contribution_from_the_file_to_the_agenda(site: Site, browse: Open) -> None:
    word, title = a_word(), f"Proposal on the {secrets.token_hex(4)} class"
    page = browse(login=site.login("Delegate of a Sector Member")).new_page()
    meeting = coming_meeting(page)

    # The file fills the form from its cover, and is checked.
    page.get_by_role("link", name="Submit a document").click()
    page.locator("#file").set_input_files(a_file(proposal(title, clauses(word, "To add a class of 35 dB."))))
    expect(page.locator("input[name=receipt]")).to_be_attached()
    expect(page.locator("#title")).to_have_value(title)
    expect(page.locator("#questions")).to_have_value("2/15")
    expect(page.locator("#sources")).to_have_value("Imaginary Networks Ltd")
    expect(page.locator("#contact_email")).to_have_value("selim@networks.example")
    expect(page.locator("section[aria-labelledby=checks]")).to_contain_text("0 errors")

    # Confirmed, it has a number and an address.
    page.get_by_role("button", name="Submit", exact=False).first.click()
    page.wait_for_url("**/doc/T25-SG15-C*")
    address, label = page.url, page.url.rsplit("/", 1)[1].removeprefix("T25-")
    expect(page.locator("h1")).to_contain_text(title)

    # The copy that others read carries the number; the original does not.
    assert label in words_of(downloaded(page, "Download"))
    assert label not in words_of(downloaded(page, "original"))

    # A word of a clause leads to the clause.
    found(page, word)
    page.get_by_role("link", name=re.compile("Measurements")).first.click()
    page.wait_for_url(re.compile("/text.*#"))
    clause = page.url.rsplit("#", 1)[1]
    expect(page.locator(f"[id='{clause}']")).to_be_in_viewport()
    expect(page.locator(f"[id='{clause}']")).to_contain_text("Measurements")

    # A revision, and what has changed in it.
    page.goto(address)
    page.get_by_role("link", name=re.compile("[Rr]evision")).first.click()
    page.locator("#file").set_input_files(a_file(proposal(title, clauses(word, "To add a class of 34 dB."))))
    expect(page.locator("input[name=receipt]")).to_be_attached()
    page.locator("#note").fill("34 dB instead of 35")
    page.locator("form.paper button.is-main").click()
    page.wait_for_url(address)
    expect(page.locator("main")).to_contain_text("34 dB instead of 35")
    changed(page, address)

    # The chair finds it on the agenda, with the reason.
    chair = browse(login=site.login("Chair of SG15")).new_page()
    on_the_agenda(chair, meeting, label, title)


def changed(page: Page, address: str) -> None:
    """The comparison with the version before names the one clause and marks the words."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        page.goto(f"{address}/compare")
        if page.locator("section[aria-labelledby=summary]").count():
            break
        time.sleep(0.2)
    expect(page.locator("section[aria-labelledby=summary] li").first).to_have_text("Changed: 3")
    expect(page.locator(".changes h3")).to_have_text(re.compile("Proposal"))
    expect(page.locator(".changes ins").first).to_contain_text("34")
    expect(page.locator(".changes del").first).to_contain_text("35")


def on_the_agenda(chair: Page, meeting: str, label: str, title: str) -> None:
    chair.goto(f"{meeting}/agenda")
    chair.locator("#group").select_option(label="Q2/15")
    chair.get_by_role("button", name="Show").click()
    chair.wait_for_url("**/agenda?group=*")
    agenda = chair.url
    fill = chair.get_by_role("button", name="Fill the agenda")
    if fill.count():
        fill.click()
    row = allotted(chair, agenda, label)
    expect(row).to_contain_text(title)
    expect(row.locator(".why")).to_contain_text("Q2/15")


def allotted(page: Page, agenda: str, label: str) -> Locator:
    """The row of the document under its item, once the worker has put it there."""
    until = time.monotonic() + PATIENCE_S
    page.goto(agenda)
    row = page.locator("table.agenda tr", has=page.get_by_role("link", name=re.compile(rf"{label}(\D|$)")))
    while not row.count() and time.monotonic() < until:
        time.sleep(0.2)
        page.goto(agenda)
    return row.last


def test_contribution_without_javascript(site: Site, browse: Open) -> None:
    title = f"Proposal on the {secrets.token_hex(4)} class"
    page = browse(java_script_enabled=False, login=site.login("Delegate of a Sector Member")).new_page()
    coming_meeting(page)
    page.get_by_role("link", name="Submit a document").click()
    page.locator("#file").set_input_files(a_file(proposal(title, clauses("figure", "To add a class."))))

    page.get_by_role("button", name="Read and check the file").click()
    expect(page.locator("#title")).to_have_value(title)
    page.locator("form.paper button.is-main").click()

    page.wait_for_url("**/doc/T25-SG15-C*")
    expect(page.locator("h1")).to_contain_text(title)


def test_rapporteur_meeting_from_convening_to_the_meeting_above(site: Site, browse: Open) -> None:
    title = f"Text of clause {secrets.token_hex(4)}"
    page = browse(login=site.login("Rapporteur of Q2/15")).new_page()
    above = coming_meeting(page).rsplit("/", 1)[1]
    meeting = convened(page, above)

    # The agenda from its skeleton; DOC1, which it takes in by itself, and its revision.
    page.goto(f"{meeting}/agenda")
    page.get_by_role("button", name="Fill the agenda").click()
    page.goto(meeting)
    page.get_by_role("link", name="Submit a document").click()
    brought(page, title, "The note is deleted.")
    page.wait_for_url("**/doc/*-DOC1")
    one = page.url
    page.get_by_role("link", name=re.compile("[Rr]evision")).first.click()
    brought(page, title, "The note is kept.")
    page.wait_for_url(one)
    expect(page.locator("main")).to_contain_text("R1")

    allotted(page, f"{meeting}/agenda", "DOC1")

    # The meeting disposes and decides.
    page.goto(f"{meeting}/dispositions")
    page.locator("form.dispose select").first.select_option("agreed")
    page.locator("form.dispose button").first.click()
    expect(page.locator(".result .state").first).to_contain_text("greed")
    page.goto(f"{meeting}/decisions")
    page.locator("#text").fill("To send the text to the working party")
    page.locator("#document").fill(one.rsplit("/", 1)[1])
    page.get_by_role("button", name="Enter the decision").click()
    expect(page.locator("table")).to_contain_text("To send the text to the working party")

    # The report has it all, and what the rapporteur writes.
    page.goto(f"{meeting}/report")
    written = page.locator("article.report details").first
    written.locator("summary").click()
    written.locator("textarea").fill("The meeting was short.")
    written.get_by_role("button", name="Keep the section").click()
    expect(page.locator("article.report")).to_contain_text("The meeting was short.")
    report = words_of(downloaded(page, "Download as DOCX"))
    for words in ("The meeting was short.", "To send the text to the working party", title):
        assert words in report
    page.get_by_role("button", name="Post as a document of the meeting").click()
    page.wait_for_url("**/doc/*-DOC2")

    # Both go to the meeting above, as temporary documents.
    page.goto(f"{meeting}/report")
    page.get_by_role("button", name=re.compile("Move .*DOC1 as TD")).click()
    page.wait_for_url("**/doc/T25-SG15-TD*")
    moved = page.url.rsplit("/", 1)[1]
    expect(page.locator("h1")).to_contain_text(title)
    expect(page.locator("section[aria-labelledby=lineage]")).to_contain_text("DOC1")
    page.goto(f"/meeting/{above}/documents")
    expect(page.locator(f"#rows a[href='/doc/{moved}']").first).to_be_visible()


def convened(page: Page, above: str) -> str:
    """A meeting of Q2/15 in three months on a day of its own, announced; its address."""
    first = datetime.now(UTC).date() + timedelta(days=90 + secrets.randbelow(60))
    page.goto(f"/group/{Q2}/meetings")
    page.get_by_role("link", name="Convene a meeting").click()
    for field, words in {
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=2)).isoformat(),
        "place": "Turin, Italy",
        "parent": above,
    }.items():
        page.locator(f"#{field}").fill(words)
    page.locator("#kind").select_option("rapporteur-group")
    page.get_by_role("button", name="Plan the meeting").click()
    page.wait_for_url(f"**/meeting/T25-SG15-Q2-{first:%y%m%d}*")
    address = page.url
    page.get_by_role("link", name="Announce the meeting").click()
    accept = page.locator("#accept")
    if accept.count():
        accept.check()
    page.get_by_role("main").get_by_role("button", name="Announce").click()
    page.wait_for_url(address)
    expect(page.locator("dl.facts").first).to_contain_text("Announced")
    return address


def brought(page: Page, title: str, proposed: str) -> None:
    data = proposal(title, clauses("note", proposed), kind="DOC", number="Q2-DOCn", source="Rapporteur Q2/15")
    page.locator("#file").set_input_files(a_file(data))
    expect(page.locator("input[name=receipt]")).to_be_attached()
    page.locator("form.paper button.is-main").click()
