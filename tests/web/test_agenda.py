"""Pages of agendas and timetables: what is shown to whom, forms without JavaScript, files."""

import io
import json

import icalendar
import pytest
from docx import Document as WordDocument
from starlette.testclient import TestClient

from sgdocs.discussions import actions as discussions
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.models import Thread
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import about
from sgdocs.documents.actions.allocation import allot
from sgdocs.meetings import actions as meetings
from sgdocs.meetings import agenda as agendas
from sgdocs.meetings.actions import agenda
from sgdocs.meetings.agenda_rules import ItemKind as K
from sgdocs.meetings.agenda_schemas import ItemForm
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.schemas import SittingForm
from tests.cast import Cast, Player
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.proceedings.places import brought, filled, item, study_group_meeting

pytestmark = pytest.mark.databases("sqlite")
Q2 = "T/SG13/T25/Q2"
TITLE = "{{ 7*7 }} <b>Slices</b> & more"


@pytest.fixture
def meeting(make: Make, cast: Cast) -> Meeting:
    row = study_group_meeting(cast)
    filled(cast, row, cast.q2)
    brought(make, row, 1, cast.q2, title=TITLE)
    brought(make, row, 2, cast.q2, title="Open to all", audience="public")
    brought(make, row, 3, cast.q2, title="For the office", audience="secretariat")
    allot(cast.tsb.act, row)
    for player in (cast.rapporteur, cast.delegate_member, cast.tsb):
        make.account(player.person)
    make.session.commit()
    return row


def as_(client: TestClient, player: Player) -> TestClient:
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def at(meeting: Meeting, tail: str = "/agenda") -> str:
    return f"/meeting/{meeting.code}{tail}"


def test_agenda_shows_each_reader_what_is_theirs(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    address = at(meeting, f"/agenda?group={Q2}")

    seen = {
        name: [words in browser.get(address).text for words in ("Open to all", "Slices", "For the office")]
        for name, browser in (
            ("nobody", client),
            ("delegate", as_(client, cast.delegate_member)),
            ("tsb", as_(client, cast.tsb)),
        )
    }

    assert seen == {"nobody": [True, False, False], "delegate": [True, True, False], "tsb": [True, True, True]}


def test_titles_come_out_as_text_with_their_reason(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    page = as_(client, cast.delegate_member).get(at(meeting, f"/agenda?group={Q2}"))

    assert TITLE in content(page.text)
    assert "Q2/13 stands on the cover; a contribution" in content(page.text)
    assert not tree(page.text).xpath("//b[text()='Slices']")


def test_code_and_group_in_any_case_lead_there(client: TestClient, meeting: Meeting) -> None:
    found = client.get(f"/meeting/{meeting.code.lower()}/agenda?group={Q2}", follow_redirects=False)

    assert (found.status_code, found.headers["location"]) == (301, at(meeting, f"/agenda?group={Q2}"))
    assert client.get(at(meeting, "/agenda?group=t/sg13/t25/q2")).status_code == 200
    assert client.get(at(meeting, "/agenda?group=T/SG15")).status_code == 404


def test_reader_has_no_forms_and_may_not_post(client: TestClient, cast: Cast, make: Make, meeting: Meeting) -> None:
    browser = as_(client, cast.delegate_member)
    row = item(make, meeting, cast.q2, K.CONTRIBUTIONS)
    make.session.commit()

    assert (
        tree(browser.get(at(meeting, f"/agenda?group={Q2}")).text).xpath(
            "//main//form[@method='post' and not(starts-with(@action, '/my/'))]"
        )
        == []
    )
    answers = {
        tail: browser.post(at(meeting, tail), data={"group": Q2, **data}).status_code
        for tail, data in {
            "/agenda/items": {"title": "Mine"},
            "/agenda/template": {"template": "plain"},
            f"/agenda/items/{row.id}": {"title": "Mine"},
            f"/agenda/items/{row.id}/steps": {"step": "up"},
            f"/agenda/items/{row.id}/place": {"position": "0"},
            f"/agenda/items/{row.id}/deletion": {},
            "/agenda/allotment": {},
            "/dispositions": {"document": "T25-SG13-C1", "outcome": "noted"},
            "/dispositions/bulk": {"documents": "T25-SG13-C1", "outcome": "noted"},
            "/decisions": {"text": "Mine"},
            "/actions": {"text": "Yours"},
            "/report": {"section": "summary", "text": "Mine"},
            "/report/document": {},
        }.items()
    }
    assert set(answers.values()) <= {403, 422}, answers
    assert [tail for tail, status in answers.items() if status == 422] == ["/dispositions"]
    assert "SG13-C1" in content(browser.get(at(meeting, "/dispositions")).text)
    assert browser.get(at(meeting, "/dispositions.json")).json()["total"] == 0


def test_agenda_is_written_with_forms_alone(client: TestClient, cast: Cast, make: Make, meeting: Meeting) -> None:
    browser = as_(client, cast.rapporteur)
    address = at(meeting, f"/agenda?group={Q2}")

    browser.post(at(meeting, "/agenda/items"), data={"group": Q2, "title": "Joint session", "kind": "other-documents"})
    page = tree(browser.get(address).text)
    (form,) = page.xpath("//tbody[.//bdi[text()='Joint session']]//form[contains(@class, 'steps-of-item')]")
    moved = browser.post(form.action, data={**dict(form.form_values()), "step": "up"})

    assert "17 Joint session" in content(moved.text)
    stale = browser.post(form.action, data={"sequence": form.fields["sequence"], "step": "up"})
    assert "Somebody was faster" in content(stale.text)
    assert "17 Joint session" in content(stale.text)


def test_item_is_changed_deleted_and_restored(client: TestClient, cast: Cast, make: Make, meeting: Meeting) -> None:
    browser = as_(client, cast.rapporteur)
    row = item(make, meeting, cast.q2, K.AOB)
    make.session.commit()
    address = at(meeting, f"/agenda/items/{row.id}")

    wrong = browser.post(address, data={"title": " ", "kind": K.AOB})
    assert wrong.status_code == 422
    right = browser.post(address, data={"title": "Other matters", "note": "Lunch", "question": Q2})
    assert "Other matters" in content(right.text)
    assert browser.post(address, data={"title": "X", "question": "T/SG99"}).status_code == 422

    gone = browser.post(f"{address}/deletion")
    assert browser.get(address).status_code == 404
    assert "Deleted, can be restored for 30 days Other matters" in content(gone.text)
    back = browser.post(f"{address}/restoration")
    assert "16 Other matters" in content(back.text)


def test_document_is_moved_by_hand_and_its_rule_listed(
    client: TestClient, cast: Cast, make: Make, meeting: Meeting
) -> None:
    browser = as_(client, cast.rapporteur)
    address = at(meeting, "/agenda/documents/T25-SG13-C2")
    target = item(make, meeting, cast.q2, K.WORK_PROGRAMME)
    make.session.commit()
    keep = "source Imaginary Networks"
    assert keep in tree(browser.get(address).text).xpath("//select[@id='keep']/option/@value")

    moved = browser.post(address, data={"item": target.id, "is_primary": "true", "keep": keep})
    assert "Review of the work programme put there by hand" in content(moved.text)
    rules = browser.get(at(meeting, "/agenda/rules"))
    assert "sourceImaginary Networks Work programme" in content(rules.text)
    (form,) = tree(rules.text).xpath("//form[contains(@action, '/agenda/rules/')]")
    assert "No correction is kept." in content(browser.post(form.action).text)

    (back,) = tree(browser.get(address).text).xpath("//form[contains(@action, '/agenda/allocations/')]")
    assert "stands under no item" in content(browser.post(back.action).text)
    assert browser.post(address, data={"item": "999999"}).status_code == 404


def test_document_that_one_may_not_read_has_no_page(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    delegate, office = as_(client, cast.delegate_member), as_(client, cast.tsb)

    answers = [b.get(at(meeting, "/agenda/documents/T25-SG13-C3")).status_code for b in (delegate, office)]

    assert answers == [404, 200]


def test_agenda_as_json_has_a_reason_for_every_document(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    body = as_(client, cast.tsb).get(at(meeting, f"/agenda.json?group={Q2}")).json()

    papers = [paper for each in body["items"] for paper in each["documents"]]
    assert [paper["label"] for paper in papers] == ["SG13-C1", "SG13-C2", "SG13-C3"]
    assert {paper["because"] for paper in papers} == {"Q2/13 stands on the cover; a contribution"}
    assert body["items"][4] | {"id": 0, "parent": 0, "documents": []} == {
        "id": 0,
        "number": "4.1",
        "depth": 1,
        "parent": 0,
        "kind": "contributions",
        "title": "Contributions",
        "note": "",
        "question": "",
        "sitting": None,
        "documents": [],
        "texts": [],
    }


def test_agenda_as_word_file_names_readable_documents_alone(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    answer = as_(client, cast.delegate_member).get(at(meeting, f"/agenda.docx?group={Q2}"))

    table = WordDocument(io.BytesIO(answer.content)).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert ["4.1", "Contributions", "SG13-C1\nSG13-C2"] in rows
    assert answer.headers["content-disposition"] == f'attachment; filename="{meeting.code}-Q2-agenda.docx"'


def test_agenda_as_calendar_has_the_items_of_each_sitting(
    client: TestClient, cast: Cast, make: Make, meeting: Meeting
) -> None:
    form = {"title": "Q2 one", "on": "2026-03-03", "begins": "09:30", "until": "12:30", "room": "Popov", "group": Q2}
    link = {"remote_link": "https://remote.example/secret"}
    sitting = meetings.hold_sitting(cast.tsb.act, meeting, SittingForm.model_validate(form | link))
    row = item(make, meeting, cast.q2, K.CONTRIBUTIONS)
    agenda.edit(cast.tsb.act, meeting, row, ItemForm(title=row.title, kind=K.CONTRIBUTIONS, sitting=sitting.id))
    make.session.commit()

    def event() -> dict[str, str]:
        body = client.get(at(meeting, f"/agenda.ics?group={Q2}")).content
        assert b"remote.example" not in body
        (found,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
        return {name: str(found[name]) for name in ("uid", "summary", "description", "sequence")}

    before = event()
    assert before["summary"] == "Q2/13: Q2 one"
    assert "4.1 Contributions" in before["description"]
    agenda.edit(cast.tsb.act, meeting, row, ItemForm(title="Inputs", kind=K.CONTRIBUTIONS, sitting=sitting.id))
    make.session.commit()
    after = event()
    assert (after["uid"], int(after["sequence"]) > int(before["sequence"])) == (before["uid"], True)
    assert "4.1 Inputs" in after["description"]


def test_timetable_names_its_conflicts(client: TestClient, cast: Cast, make: Make, meeting: Meeting) -> None:
    for title, begins, until, group in (("Plenary", "09:30", "12:30", ""), ("Q2", "11:00", "13:00", Q2)):
        form = {"title": title, "on": "2026-03-03", "begins": begins, "until": until, "room": "Popov", "group": group}
        meetings.hold_sitting(cast.tsb.act, meeting, SittingForm.model_validate(form))
    make.session.commit()

    page = content(as_(client, cast.rapporteur).get(at(meeting, "/timetable")).text)

    assert "The same room: Popov" in page
    assert "A group and the one it belongs to: Q2" in page
    assert "Conflicts" not in content(client.get(at(meeting, "/timetable")).text)
    rows = client.get(at(meeting, "/timetable.json")).json()["items"]
    assert [(row["day"], row["hours"], row["title"]) for row in rows] == [
        ("2026-03-03", "09:30–12:30", "Plenary"),
        ("2026-03-03", "11:00–13:00", "Q2"),
    ]


def test_a_row_tells_how_much_was_said_to_those_who_read_it(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    first, *_ = agendas.agenda_of(cast.tsb.act.session, meeting, cast.q2).rows
    subject = about(cast.tsb.act, Kind.AGENDA_ITEM, f"{meeting.code}/{first.item.id}")
    rows = [discussions.say(cast.rapporteur.act, subject, Wanted(words)) for words in ("One", "Two", "Rude")]
    thread = cast.tsb.act.session.get_one(Thread, rows[0].thread_id)
    discussions.hide(cast.tsb.act, thread, rows[2], "Off the subject")
    cast.tsb.act.session.commit()
    address, told = at(meeting, f"/agenda?group={Q2}"), f"a[href='/discussion/{thread.id}']"

    seen = [tree(browser.get(address).text).cssselect(told) for browser in (as_(client, cast.delegate_member), client)]

    assert [[each.text for each in links] for links in seen] == [["2 messages"], []]


def test_agenda_costs_few_queries(client: TestClient, cast: Cast, meeting: Meeting) -> None:
    from sqlalchemy import event as events

    browser = as_(client, cast.rapporteur)
    address = at(meeting, f"/agenda.json?group={Q2}")
    browser.get(address)
    engine = client.app.state.services.database.engine  # type: ignore[attr-defined]
    told: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        told.append(statement)

    events.listen(engine, "before_cursor_execute", note)
    browser.get(address)
    events.remove(engine, "before_cursor_execute", note)

    asked = [each for each in told if each.startswith("SELECT")]
    assert len(asked) <= 12, json.dumps(asked, indent=1)
