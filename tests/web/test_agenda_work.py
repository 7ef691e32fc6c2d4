"""What an agenda has to decide: texts due, texts that wait for the meeting, proposed items; as page, JSON and Word file."""

import io
from datetime import date

import pytest
from docx import Document as Word
from starlette.testclient import TestClient

from sgdocs.meetings.agenda_rules import ItemKind
from sgdocs.meetings.agenda_templates import Template
from sgdocs.meetings.models import Meeting
from tests.approval.windows import process
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, sign_in
from tests.proceedings.places import filled, study_group_meeting
from tests.proceedings.test_report_work import item

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def meeting(make: Make, cast: Cast) -> Meeting:
    row = study_group_meeting(cast)
    filled(cast, row, cast.q2, Template.QUESTION)
    item(make, cast, 1, "Y.due", timing_on=row.ends_on)
    item(make, cast, 2, "Y.later", timing_on=date(2027, 1, 1))
    item(make, cast, 3, "Y.wish", status="pending-confirmation")
    item(make, cast, 4, "Y.quiet", status="pending-confirmation", audience="secretariat")
    process(cast, state="sg-decision", decision_meeting_id=row.id, name="Y.asked", identifier="")
    make.account(cast.rapporteur.person)
    make.session.commit()
    return row


def test_agenda_names_what_is_to_be_decided(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    browser = another(client)
    sign_in(browser, cast.rapporteur.person)
    address, path = f"/meeting/{meeting.code}/agenda", "group=T/SG13/T25/Q2"

    told = browser.get(f"{address}.json?{path}").json()["items"]
    texts = {each["kind"]: [text["name"] for text in each["texts"]] for each in told if each["texts"]}
    assert texts == {
        ItemKind.CONSENT: ["Y.due"],
        ItemKind.APPROVAL: ["Y.asked"],
        ItemKind.NEW_WORK: ["Y.wish"],
    }
    page = content(browser.get(f"{address}?{path}").text)
    printed = Word(io.BytesIO(browser.get(f"{address}.docx?{path}").content))
    cells = "\n".join(cell.text for table in printed.tables for row in table.rows for cell in row.cells)
    for name in ("Y.due", "Y.asked", "Y.wish"):
        assert name in page
        assert name in cells
    for name in ("Y.later", "Y.quiet"):
        assert name not in page + cells
    assert "Waits for the decision of this meeting" in page
