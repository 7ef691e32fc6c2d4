"""Pages of dispositions, decisions, action items and reports."""

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.documents.actions.allocation import allot
from sgdocs.documents.models import Document
from sgdocs.meetings.models import Meeting
from sgdocs.wiring import Services
from sgdocs.worker import drain
from tests.cast import Cast, Player
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.proceedings.places import brought, filled, study_group_meeting
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
Q2 = "T/SG13/T25/Q2"
HX = {"HX-Request": "true"}


@pytest.fixture
def meeting(make: Make, cast: Cast) -> Meeting:
    row = study_group_meeting(cast)
    filled(cast, row, cast.q2)
    for n in (1, 2, 3):
        brought(make, row, n, cast.q2, title=f"=SUM({n})" if n == 1 else f"Paper {n}")
    allot(cast.tsb.act, row)
    for player in (cast.rapporteur, cast.delegate_member, cast.chair):
        make.account(player.person)
    make.session.commit()
    return row


def as_(client: TestClient, player: Player) -> TestClient:
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def test_disposition_is_entered_from_the_row(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    browser, at = as_(client, cast.rapporteur), f"/meeting/{meeting.code}"
    form = {"group": Q2, "document": "T25-SG13-C2", "outcome": "agreed"}

    cell = browser.post(f"{at}/dispositions", data=form, headers=HX)
    assert (cell.status_code, tree(cell.text).get("class")) == (200, "result")
    assert "Text agreed" in tree(cell.text).text_content()

    wrong = browser.post(f"{at}/dispositions", data=form | {"outcome": "merged-into"}, headers=HX)
    assert wrong.status_code == 422
    assert "Name the document that it was merged into" in tree(wrong.text).text_content()
    plain = browser.post(f"{at}/dispositions", data=form | {"outcome": "merged-into"})
    assert (plain.status_code, "Name the document" in content(plain.text)) == (422, True)

    done = browser.post(f"{at}/dispositions", data=form | {"outcome": "merged-into", "other": "t25-sg13-c3"})
    assert "Merged into SG13-C3" in content(done.text)
    assert "Merged into SG13-C3" in content(browser.get(f"{at}/agenda?group={Q2}").text)
    undone = browser.post(f"{at}/dispositions/T25-SG13-C2/removal", data={"group": Q2})
    assert "SG13-C3 " not in content(undone.text).split("SG13-C2", 1)[1].split("SG13-C3", 1)[0]
    assert browser.get(f"{at}/dispositions.json").json()["total"] == 0


def test_rows_of_dispositions_name_the_revision_that_is_shown(
    client: TestClient, cast: Cast, make: Make, meeting: Meeting
) -> None:
    document = make.session.exec(select(Document).where(Document.name == "T25-SG13-C2")).one()
    document.revision = 1
    make.session.commit()

    page = as_(client, cast.chair).get(f"/meeting/{meeting.code}/dispositions")
    rows = tree(page.text).xpath('//tr[@id]//a[@class="id"]')
    assert (page.status_code, [row.text_content() for row in rows]) == (200, ["SG13-C1", "SG13-C2R1", "SG13-C3"])


def test_dispositions_in_bulk_are_all_or_none(client: TestClient, cast: Cast, make: Make, meeting: Meeting) -> None:
    brought(make, meeting, 4, cast.q2, title="Without a file", files=())
    make.session.commit()
    browser, at = as_(client, cast.rapporteur), f"/meeting/{meeting.code}"
    form = {"group": Q2, "documents": ["T25-SG13-C1", "T25-SG13-C4"], "outcome": "agreed"}

    refused = browser.post(f"{at}/dispositions/bulk", data=form)
    assert (refused.status_code, "SG13-C4 has no file" in content(refused.text)) == (422, True)
    assert browser.get(f"{at}/dispositions.json").json()["total"] == 0
    assert browser.post(f"{at}/dispositions/bulk", data={"group": Q2, "outcome": "noted"}).status_code == 422

    browser.post(f"{at}/dispositions/bulk", data=form | {"outcome": "noted"})
    rows = browser.get(f"{at}/dispositions.json").json()["items"]
    assert [(row["label"], row["outcome"]) for row in rows] == [("SG13-C1", "noted"), ("SG13-C4", "noted")]
    assert "'=SUM(1)" in browser.get(f"{at}/dispositions.csv").text
    assert client.get(f"{at}/dispositions.json").json()["total"] == 0


def test_decisions_are_entered_corrected_and_withdrawn(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    browser, at = as_(client, cast.rapporteur), f"/meeting/{meeting.code}"

    wrong = browser.post(f"{at}/decisions", data={"group": Q2, "text": "To start", "document": "T25-SG13-C99"})
    assert wrong.status_code == 404 or "T25-SG13-C99" in content(wrong.text)
    entered = browser.post(
        f"{at}/decisions", data={"group": Q2, "text": "To start", "kind": "agreed", "document": "T25-SG13-C2"}
    )
    assert "Q2/13 1 Agreed To start SG13-C2" in content(entered.text)
    edited = browser.post(f"{at}/decisions/1/edit", data={"group": Q2, "text": "To begin", "kind": "noted"})
    assert "Q2/13 1 Noted To begin" in content(edited.text)
    unsaid = browser.post(f"{at}/decisions/1/withdrawal", data={"group": Q2, "reason": ""})
    assert "Say why it is withdrawn" in content(unsaid.text)
    browser.post(f"{at}/decisions/1/withdrawal", data={"group": Q2, "reason": "In error"})

    rows = as_(client, cast.delegate_member).get(f"{at}/decisions.json").json()["items"]
    assert [(r["number"], r["text"], r["withdrawn_reason"], bool(r["withdrawn_at"])) for r in rows] == [
        (1, "To begin", "In error", True)
    ]
    assert [
        client.get(f"{at}/{page}").status_code
        for page in ("decisions", "decisions.csv", "actions", "report", "report.docx")
    ] == [404] * 5


def test_action_items_are_done_by_their_owner(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    browser, at = as_(client, cast.rapporteur), f"/meeting/{meeting.code}"
    owner = as_(client, cast.delegate_member)
    form = {"group": Q2, "text": "Write clause 6", "owner": cast.delegate_member.person.slug, "due_on": "2026-02-01"}

    assert "Overdue Write clause 6 Selim Courier" in content(browser.post(f"{at}/actions", data=form).text)
    page = tree(owner.get(f"{at}/actions").text)
    (form_of,) = page.xpath("//form[contains(@action, '/completion')]")
    done = owner.post(form_of.action, data=dict(form_of.form_values()))

    assert "Done Write clause 6" in content(done.text)
    again = browser.post(form_of.action, data={"group": Q2, "is_done": "true"})
    assert "is done since" in content(again.text)
    assert as_(client, cast.chair).post(form_of.action, data={"group": Q2, "is_done": "false"}).status_code == 200
    assert owner.get(f"{at}/actions.json").json()["items"][0]["done_at"] is None


def test_two_editors_of_one_section_both_see_both_texts(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    one, two = as_(client, cast.rapporteur), as_(client, cast.chair)
    address = f"/meeting/{meeting.code}/report"

    def form_of(browser: TestClient) -> dict[str, str]:
        page = tree(browser.get(f"{address}?group={Q2}").text)
        (form,) = page.xpath("//form[input[@name='section' and @value='summary']]")
        return dict(form.form_values())

    mine, theirs = form_of(one), form_of(two)
    assert one.post(address, data=mine | {"text": "The first text"}).status_code == 200
    clash = two.post(address, data=theirs | {"text": "The second text"})

    assert clash.status_code == 409
    assert tree(clash.text).xpath("//pre/text()") == ["The first text", "The second text"]
    (form,) = tree(clash.text).xpath("//form[input[@name='section' and @value='summary']]")
    assert form.fields["text"] == "The second text"
    kept = two.post(address, data={**dict(form.form_values()), "text": "Both texts"})
    assert (kept.status_code, "Both texts" in content(kept.text)) == (200, True)


def test_report_is_posted_and_found(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    browser, at = as_(client, cast.rapporteur), f"/meeting/{meeting.code}"

    posted = browser.post(f"{at}/report/document", data={"group": Q2})

    assert posted.url.path == "/doc/T25-SG13-TD1-WP1"
    assert "Posted as TD1/" in content(browser.get(f"{at}/report?group={Q2}").text)
    assert as_(client, cast.delegate_member).get("/doc/T25-SG13-TD1-WP1").status_code == 200
    assert client.get("/doc/T25-SG13-TD1-WP1").status_code == 404


def test_page_of_a_document_tells_what_each_meeting_did_with_it(
    client: TestClient, cast: Cast, meeting: Meeting
) -> None:
    browser, at = as_(client, cast.rapporteur), f"/meeting/{meeting.code}"
    before = content(browser.get("/doc/T25-SG13-C2").text)
    assert "nothing entered yet" in before
    form = {"group": Q2, "document": "T25-SG13-C2", "outcome": "merged-into", "other": "T25-SG13-C3"}
    browser.post(f"{at}/dispositions", data=form | {"note": "with Annex A"})

    told = content(as_(client, cast.delegate_member).get("/doc/T25-SG13-C2").text)

    assert "Merged into SG13-C3 with Annex A" in told
    row = tree(browser.get("/doc/T25-SG13-C2").text).xpath("//section[@aria-labelledby='dealings']//tbody/tr")
    assert len(row) == 1
    assert "Contributions" in row[0].text_content()
    assert client.get("/doc/T25-SG13-C2").status_code == 404


@pytest.mark.parametrize(
    ("tail", "tab", "part"),
    [
        ("", "Meeting", ""),
        ("/documents", "Documents", ""),
        ("/agenda", "Agenda", "Agenda"),
        ("/timetable", "Agenda", "Timetable"),
        ("/dispositions", "Proceedings", "Dispositions"),
        ("/decisions", "Proceedings", "Decisions"),
        ("/actions", "Proceedings", "Actions"),
        ("/report", "Proceedings", "Report"),
        ("/participants", "Participants", ""),
        ("/history", "History", ""),
    ],
)
def test_every_page_of_a_meeting_has_the_same_tabs(
    client: TestClient, cast: Cast, meeting: Meeting, tail: str, tab: str, part: str
) -> None:
    bars = tree(as_(client, cast.rapporteur).get(f"/meeting/{meeting.code}{tail}").text).xpath("//nav[@class='tabs']")

    names = [[" ".join(each.text.split()) for each in bar.xpath(".//a")] for bar in bars]
    current = [each.text.strip() for bar in bars for each in bar.xpath(".//a[@aria-current]")]
    assert names[0] == ["Meeting", "Documents", "Agenda", "Proceedings", "Participants", "Discussion", "History"]
    assert current == [tab, *([part] if part else [])]


def test_lines_of_the_journal_lead_to_papers_and_proceedings(
    client: TestClient, cast: Cast, meeting: Meeting, services: Services, clock: Clock
) -> None:
    browser, at = as_(client, cast.rapporteur), f"/meeting/{meeting.code}"
    browser.post(f"{at}/dispositions", data={"group": Q2, "document": "T25-SG13-C2", "outcome": "noted"})
    browser.post(f"{at}/decisions", data={"group": Q2, "text": "Agreed to go on", "kind": "agreed"})
    drain(services, clock.now)

    links = tree(browser.get("/").text).xpath("//section[@aria-labelledby='changed']//tbody//a/@href")

    assert "/doc/T25-SG13-C2" in links
    assert f"{at}/decisions?group=T%2FSG13%2FT25%2FQ2" in links
    nobody = tree(client.get("/").text).xpath("//section[@aria-labelledby='changed']//a/@href")
    assert not [each for each in nobody if each.startswith(("/doc/", f"{at}/decisions"))]
