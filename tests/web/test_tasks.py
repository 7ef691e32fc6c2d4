"""The pages of tasks: board, list, files, calendar, one task; what strangers get."""

import pytest
from icalendar import Calendar
from sqlalchemy import event as engine_event
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.discussions import actions as discussions
from sgdocs.discussions.actions import Wanted
from sgdocs.discussions.rules import Kind
from sgdocs.discussions.subjects import about
from sgdocs.proceedings.actions import decisions
from sgdocs.proceedings.schemas import ActionForm
from sgdocs.tasks import actions
from sgdocs.tasks.schemas import TaskForm
from sgdocs.wiring import Services
from sgdocs.worker import drain, tidy
from tests.cast import Cast
from tests.documents.papers import paper
from tests.make import Make
from tests.people.browser import content, tree
from tests.proceedings.places import rapporteur_meeting
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")
BOARD = "/group/SG13/T25/Q2/tasks"


@pytest.fixture
def board(make: Make, cast: Cast, act: Act) -> str:
    cast.summon("rapporteur", "delegate_member", "outsider", "tsb")
    owner = cast.delegate_member.person.email or ""
    actions.enter(cast.rapporteur.act, cast.q2, TaskForm(text="Collect <b>", owner=owner, due_on="2026-01-31"))
    meeting = rapporteur_meeting(cast)
    decisions.assign(cast.rapporteur.act, meeting, cast.q2, ActionForm(text="Write to SG15", owner=owner))
    act.session.commit()
    return BOARD


@pytest.mark.parametrize("tail", ["", "?view=list", ".csv", ".json"])
def test_a_stranger_sees_no_task(board: str, client: TestClient, make: Make, cast: Cast, tail: str) -> None:
    for browser in (client, signed_in(client, make, cast.outsider.person)):
        answer = browser.get(board + tail)
        assert answer.status_code == 200
        assert "Collect" not in answer.text
        assert "Selim" not in answer.text
        for more in ("/1", "/1/edit"):
            assert browser.get(board + more).status_code == 404
    assert client.get("/api/v1/tasks").json()["total"] == 0


def test_an_owner_moves_cards(board: str, client: TestClient, make: Make, cast: Cast) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)
    page = browser.get(f"{BOARD}?q=collect").text
    assert "Collect &lt;b&gt;" in page
    assert "Write to SG15" not in page
    columns = tree(browser.get(BOARD).text).findall(".//section[@class='task-column']")
    assert [len(each.findall(".//article")) for each in columns] == [2, 0, 0]
    moved = browser.post(f"{BOARD}/1/move", data={"to": "doing", "seen": "todo", "back": BOARD}, follow_redirects=False)
    assert moved.headers["location"].startswith(f"{BOARD}#task-")
    card = tree(browser.get(BOARD).text).find(".//form[@action='/my/tasks/action/1/move']")
    assert card is not None
    browser.post("/my/tasks/action/1/move", data={"to": "done", "seen": "todo", "back": "/my/tasks?state=any"})
    again = browser.post(f"{BOARD}/1/move", data={"to": "done", "seen": "todo", "back": "https://evil.example/tasks"})
    assert "Somebody was faster" in content(again.text)
    rows = {(row["kind"], row["state"]) for row in browser.get(f"{BOARD}.json").json()["items"]}
    assert rows == {("task", "doing"), ("action", "done")}
    assert "Collect" in browser.get("/my/tasks").text
    assert "SG13" in browser.get("/my").text


def test_a_rapporteur_enters_and_edits(board: str, client: TestClient, make: Make, cast: Cast) -> None:
    browser = signed_in(client, make, cast.rapporteur.person)
    assert 'value="/discussion/3#m7"' in browser.get(f"{BOARD}/new?text=Look&came_from=/discussion/3%23m7").text
    wrong = browser.post(BOARD, data={"text": "kept words", "owner": "nobody@example.test"})
    assert wrong.status_code == 422
    assert "kept words" in wrong.text
    browser.post(BOARD, data={"text": "Read the draft", "owner": "Editors of Y.slice"})
    browser.post(f"{BOARD}/2/edit", data={"text": "Read all of it", "version": "1"})
    late = browser.post(f"{BOARD}/2/edit", data={"text": "Mine", "version": "1"})
    assert late.status_code == 422
    assert "Read all of it" in content(browser.get(f"{BOARD}/2").text)
    browser.post(f"{BOARD}/2/move", data={"to": "withdrawn", "reason": "Not needed"})
    assert "Not needed" in browser.get(f"{BOARD}?state=withdrawn").text


def test_the_calendar_has_the_days_and_asks_for_a_key(board: str, client: TestClient, make: Make, cast: Cast) -> None:
    assert client.get(f"{BOARD}.ics").status_code == 404
    browser = signed_in(client, make, cast.delegate_member.person)
    page = browser.post("/my/calendars", data={"feed": "tasks:T/SG13/T25/Q2"}).text
    address = next(word for word in page.replace('"', " ").replace("<", " ").split() if "tasks.ics?token=" in word)
    answer = client.get(address.partition("sgdocs.test")[2].split(">")[-1])
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(each["summary"]) for each in events] == ["Q2/13 1: Collect <b>"]
    assert client.get(f"/group/SG13/tasks.ics?{address.partition('?')[2]}").status_code == 404, "a key opens one feed"


def test_the_api_keeps_tasks(board: str, client: TestClient, make: Make, cast: Cast) -> None:
    browser = signed_in(client, make, cast.rapporteur.person)
    first = browser.get("/api/v1/tasks?limit=1&group=T/SG13").json()
    second = browser.get(f"/api/v1/tasks?limit=1&cursor={first['next']}").json()
    assert (first["total"], first["items"][0]["text"], second["items"][0]["text"]) == (
        2,
        "Collect <b>",
        "Write to SG15",
    )
    made = browser.post("/api/v1/tasks", json={"group": "T/SG13/T25/Q2", "text": "By machine"})
    assert (made.status_code, made.json()["address"]) == (201, "https://sgdocs.test/group/SG13/T25/Q2/tasks/2")
    assert browser.post("/api/v1/tasks", json={"group": "T/SG13", "text": "Not mine"}).status_code == 403
    moved = browser.post("/api/v1/tasks/1/move?group=T/SG13/T25/Q2", json={"to": "done", "seen": "doing"})
    assert moved.status_code == 409


@pytest.mark.parametrize("address", [BOARD, f"{BOARD}?view=list", "/my/tasks"])
def test_page_costs_at_most_twelve_queries(
    board: str, client: TestClient, make: Make, cast: Cast, services: Services, address: str
) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)
    browser.get(address)
    seen: list[str] = []
    engine_event.listen(services.database.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))

    browser.get(address)

    selects = [each for each in seen if each.startswith(("SELECT", "WITH"))]
    assert 0 < len(selects) <= 12, selects


def test_a_task_comes_from_a_message(cast: Cast, act: Act, client: TestClient, make: Make) -> None:
    cast.summon("chair", "delegate_member")
    said = discussions.say(cast.chair.act, about(cast.chair.act, Kind.GROUP, "T/SG13"), Wanted("Who **asks** SG15?"))
    act.session.commit()
    browser, place = signed_in(client, make, cast.chair.person), f"/discussion/{said.thread_id}/message/1"
    link = tree(browser.get(place).text).cssselect("a[href^='/group/SG13/tasks/new']")[0].get("href")
    fields = tree(browser.get(link).text).cssselect("form[action='/group/SG13/tasks'] [name]")
    browser.post("/group/SG13/tasks", data={each.get("name"): each.get("value") or each.text or "" for each in fields})
    shown = browser.get("/group/SG13/tasks/1").text
    assert "Who asks SG15?" in shown
    assert f'href="/discussion/{said.thread_id}?at=1#m1"' in shown
    assert "tasks/new" not in signed_in(client, make, cast.delegate_member.person).get(place).text


def test_tasks_on_a_document_are_told_to_its_readers(
    board: str, cast: Cast, act: Act, client: TestClient, make: Make
) -> None:
    open_to_members, hidden = paper(make, 1), paper(make, 2, audience="secretariat")
    for each in (open_to_members, hidden):
        actions.enter(cast.tsb.act, cast.q2, TaskForm(text=f"Read {each.name}", document=each.name))
    act.session.commit()
    browser = signed_in(client, make, cast.delegate_member.person)
    told = browser.get(f"{BOARD}.json?document={open_to_members.name}").json()["items"]
    assert [each["document"] for each in told] == [open_to_members.name]
    assert browser.get(f"{BOARD}?document={hidden.name}").status_code == 404
    rows = {
        each["number"]: each["document"]
        for each in browser.get(f"{BOARD}.json").json()["items"]
        if each["kind"] == "task"
    }
    assert rows[3] == ""


def test_the_worker_reminds_the_owner_alone(
    board: str, cast: Cast, act: Act, client: TestClient, make: Make, services: Services
) -> None:
    drain(services, act.now)
    tidy(services, act.now)
    drain(services, act.now)
    told = [signed_in(client, make, each.person).get("/my/notices").text for each in (cast.delegate_member, cast.tsb)]
    assert ["was due 31 January 2026" in content(each) for each in told] == [True, False]
