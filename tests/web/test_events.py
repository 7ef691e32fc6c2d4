"""The pages of events: drafting, programme, registration, whom to meet; what strangers and other people get."""

from collections.abc import Callable

import pytest
from icalendar import Calendar
from sqlalchemy import event as engine_event
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.events import actions
from sgdocs.events.models import Event
from sgdocs.events.schemas import AnswerForm, AskForm
from sgdocs.notices.models import Notice
from sgdocs.web.waiting import waiting
from sgdocs.wiring import Services
from tests.cast import Cast, Player
from tests.events.holding import form, held, joins, with_programme
from tests.make import Make
from tests.people.browser import content
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")
PAGE = "/event/workshop-on-slices-2026"
TAILS = ("", ".json", "/participants", "/participants.csv", "/history", "/calendar.ics", "/join", "/registration")
TYPED = {
    "title": "Side event", "place": "Geneva", "zone": "Europe/Zurich", "starts_on": "2026-12-02", "ends_on": "2026-12-02",
    "group": "SG13", "groups": "Q2/13", "readers": "public", "text": "<script>alert(1)</script> **bold**",
}  # fmt: skip


@pytest.fixture
def event(cast: Cast, act: Act) -> Event:
    """With a room on the net, a programme, and people who want to meet."""
    cast.summon("editor", "sg15")
    event = with_programme(cast, held(cast, join_link="https://rooms.example/secret"))
    joins(cast.rapporteur, event, listed=True, matching=True)
    joins(cast.editor, event, matching=True)
    act.session.commit()
    return event


@pytest.mark.parametrize("tail", TAILS)
def test_a_draft_is_not_there_for_others(cast: Cast, act: Act, client: TestClient, make: Make, tail: str) -> None:
    cast.summon("q2", "delegate_member")
    actions.draft(cast.chair.act, form())
    act.session.commit()
    for browser in (client, signed_in(client, make, cast.delegate_member.person)):
        assert browser.get(PAGE + tail, follow_redirects=False).status_code in (404, 303)
        assert "Workshop" not in browser.get("/event?when=all").text
        assert browser.get("/api/v1/events?when=all").json()["total"] == 0


def test_nobody_reads_the_programme_and_no_room_and_no_name(event: Event, client: TestClient) -> None:
    page = client.get(PAGE).text
    assert "Opening" in page
    assert "09:30" in page, "the second talk, in Seoul"
    for tail in TAILS:
        told = client.get(PAGE + tail, follow_redirects=False).text
        assert "rooms.example" not in told
        assert "Edwin" not in told
        assert "Rafael" not in told.replace("Rafael Quill", "") or tail in ("", ".json", "/calendar.ics")
    assert "Rafael" not in client.get(f"{PAGE}/participants").text
    assert client.get(f"{PAGE}/join").status_code == 404
    calendar = Calendar.from_ical(client.get(f"{PAGE}/calendar.ics").content)
    assert [str(each["summary"]) for each in calendar.walk("VEVENT")] == [
        "Workshop on slices",
        "Workshop on slices: Morning",
    ]


def test_a_participant_registers_and_joins(event: Event, client: TestClient, make: Make, cast: Cast) -> None:
    browser = signed_in(client, make, cast.outsider.person)
    assert browser.get(f"{PAGE}/join", follow_redirects=False).status_code == 404
    done = browser.post(f"{PAGE}/registration", data={"wants_matching": "true", "fields": "slices"})
    assert "You are registered." in content(done.text)
    assert browser.get(f"{PAGE}/join", follow_redirects=False).headers["location"] == "https://rooms.example/secret"
    told = browser.get(f"{PAGE}/participants").text
    assert ("Rafael" in told, "Otto" in told, "Edwin" in told) == (True, True, False)
    assert "Otto" not in signed_in(client, make, cast.delegate_member.person).get(f"{PAGE}/participants").text
    browser.post(f"{PAGE}/registration/leave")
    assert browser.get(f"{PAGE}/join", follow_redirects=False).status_code == 404


def test_two_meet(event: Event, client: TestClient, make: Make, cast: Cast) -> None:
    one, other = (signed_in(client, make, each.person) for each in (cast.rapporteur, cast.editor))
    page = one.get(f"{PAGE}/matches").text
    assert "Edwin Blotter" in page
    assert "Q2/13" in page
    one.post(f"{PAGE}/asks", data={"to": "edwin-blotter", "text": "Coffee <b>?", "proposed_at": "2026-12-02T12:30"})
    seen = other.get(f"{PAGE}/matches").text
    assert "Coffee &lt;b&gt;?" in seen
    assert "12:30" in seen
    stranger = signed_in(client, make, cast.outsider.person)
    assert stranger.post(f"{PAGE}/asks/1/answer", data={"accept": "true"}).status_code == 404
    assert "Coffee" not in stranger.get(f"{PAGE}/matches").text
    other.post(f"{PAGE}/asks/1/answer", data={"accept": "true", "answer": "Yes"})
    assert "Accepted" in one.get(f"{PAGE}/matches").text
    again = other.post(f"{PAGE}/asks/1/answer", data={"accept": "false"})
    assert again.status_code == 409
    assert one.get(f"/api/v1/events/{event.slug}/matches").json()["asks"][0]["state"] == "accepted"


def test_the_one_who_is_asked_hears_of_it_and_nobody_else(
    event: Event, cast: Cast, work: object, client: TestClient, make: Make
) -> None:
    actions.ask(cast.rapporteur.act, event, cast.rapporteur.person, AskForm(to=cast.editor.person.slug))
    cast.rapporteur.act.session.commit()
    work()  # type: ignore[operator]
    told = [signed_in(client, make, each.person).get("/my/notices").text for each in (cast.editor, cast.chair)]
    assert ["asks to meet you" in each for each in told] == [True, False]


def test_a_chair_holds_an_event(cast: Cast, act: Act, client: TestClient, make: Make) -> None:
    cast.summon("q2", "delegate_member")
    act.session.commit()
    browser = signed_in(client, make, cast.chair.person)
    wrong = browser.post("/event/new", data={**TYPED, "ends_on": "2026-12-01"})
    assert wrong.status_code == 422
    assert "Side event" in wrong.text
    browser.post("/event/new", data=TYPED)
    page = "/event/side-event-2026"
    browser.post(
        f"{page}/sessions", data={"title": "All of it", "on": "2026-12-02", "begins": "09:00", "until": "10:00"}
    )
    late = browser.post(
        f"{page}/sessions", data={"title": "Late", "on": "2026-12-03", "begins": "09:00", "until": "10:00"}
    )
    assert "2026-12-02" in late.text or "day of the event" in late.text
    browser.post(f"{page}/sessions/1/talks", data={"title": "Talk <i>", "minutes": "40"})
    assert browser.post(f"{page}/sessions/1/talks", data={"title": "More", "minutes": "40"}).status_code == 422
    browser.post(f"{page}/sessions/1/talks/1", data={"title": "Talk two", "minutes": "30"})
    for tail in ("/edit", "/announcement", "/sessions/new", "/sessions/1", "/sessions/1/edit", "/sessions/1/talks/1"):
        assert browser.get(page + tail).status_code == 200, tail
    browser.post(f"{page}/announcement")
    shown = client.get(page).text
    assert "Talk two" in shown
    assert "<strong>bold</strong>" in shown
    assert "<script>alert" not in shown
    assert browser.get(f"{page}/cancellation").status_code == 200
    assert browser.post(f"{page}/cancellation", data={"reason": ""}).status_code == 422
    browser.post(f"{page}/cancellation", data={"reason": "No hall"})
    assert "No hall" in client.get(page).text
    stranger = signed_in(client, make, cast.delegate_member.person)
    assert stranger.get("/event/new").status_code == 403
    assert stranger.post("/event/new", data=TYPED).status_code == 403


def test_lists_answer_as_files_and_by_the_api(event: Event, client: TestClient, make: Make, cast: Cast) -> None:
    assert client.get("/event.json?group=Q2/13").json()["items"][0]["slug"] == event.slug
    assert client.get("/event.json?when=past").json()["total"] == 0
    assert client.get("/event.csv").text.startswith("\ufeffEvent,Title")
    assert len(Calendar.from_ical(client.get("/event.ics").content).walk("VEVENT")) == 1
    assert client.get("/event?when=never").status_code == 422
    told = client.get(f"/api/v1/events/{event.slug}").json()
    assert [each["title"] for each in told["programme"][0]["talks"]] == ["Opening", "Slices"]
    browser = signed_in(client, make, cast.guest.person)
    made = browser.put(f"/api/v1/events/{event.slug}/registration", json={"is_listed": True})
    assert made.json() == {"status": "registered", "is_listed": True, "wants_matching": False}
    assert client.put(f"/api/v1/events/{event.slug}/registration", json={}).status_code in (401, 403, 404)


def test_events_stand_in_the_calendar_and_are_found(
    event: Event, client: TestClient, make: Make, cast: Cast, work: object, act: Act
) -> None:
    def titles(browser: TestClient, query: str = "") -> list[str]:
        told = browser.get(f"/calendar.json?on=2026-12-01&what=event{query}").json()["items"]
        return [each["title"] for each in told]

    browser = signed_in(client, make, cast.outsider.person)
    assert titles(client) == titles(client, "&group=Q2/13") == titles(client, "&sector=T") == ["Workshop on slices"]
    assert titles(client, "&sector=R") == titles(client, "&group=SG15") == titles(browser, "&mine=1") == []
    joins(cast.outsider, event)
    actions.draft(cast.chair.act, form(title="Workshop of secrets"))
    hidden = actions.announce(
        cast.chair.act, actions.draft(cast.chair.act, form(title="Workshop inside", readers="group"))
    )
    act.session.commit()
    assert titles(browser, "&mine=1") == ["Workshop on slices"]
    work()  # type: ignore[operator]

    def found(browser: TestClient, words: str) -> list[str]:
        return [
            each["address"].rpartition("/")[2]
            for each in browser.get(f"/api/v1/search?q={words}&kind=event").json()["items"]
        ]

    assert found(client, "workshop") == [event.slug]
    assert found(client, "Rafael+Quill") == [event.slug], "who speaks"
    assert set(found(signed_in(client, make, cast.delegate_member.person), "workshop")) == {event.slug, hidden.slug}


def test_list_costs_at_most_twelve_queries(
    event: Event, client: TestClient, make: Make, cast: Cast, services: Services
) -> None:
    browser = signed_in(client, make, cast.delegate_member.person)
    browser.get("/event")
    seen: list[str] = []
    engine_event.listen(services.database.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))

    browser.get("/event?group=Q2/13")

    selects = [each for each in seen if each.startswith(("SELECT", "WITH"))]
    assert 0 < len(selects) <= 12, selects


def test_a_wish_to_meet_waits_for_its_answer_and_for_nobody_else(
    event: Event, cast: Cast, act: Act, client: TestClient, make: Make
) -> None:
    row = actions.ask(cast.editor.act, event, cast.editor.person, AskForm(to=cast.rapporteur.person.slug, text="Tea?"))
    act.session.commit()
    mine, theirs = (signed_in(client, make, each.person) for each in (cast.rapporteur, cast.editor))
    title = f"{cast.editor.person.name}: {event.title}"

    def wishes(player: Player) -> list[tuple[str, str]]:
        return [(each.title, each.address) for each in waiting(player.act) if each.kind == "wish"]

    assert (wishes(cast.rapporteur), wishes(cast.editor)) == ([(title, f"{PAGE}/matches")], [])
    assert [title in content(each.get("/my").text) for each in (mine, theirs)] == [True, False]
    actions.answer(cast.rapporteur.act, event, row, AnswerForm(accept=True))
    assert wishes(cast.rapporteur) == []


def test_who_follows_an_event_hears_of_its_changes_without_taking_part(
    event: Event, cast: Cast, act: Act, client: TestClient, make: Make, work: Callable[[], None]
) -> None:
    browser = signed_in(client, make, cast.delegate_state.person)
    work()
    assert f'value="event:{event.id}"' in browser.get(PAGE).text
    assert browser.post("/my/follow", data={"scope": f"event:{event.id}"}).status_code == 200
    actions.edit(cast.chair.act, event, form(place="Busan"))
    act.session.commit()
    work()

    heard = select(Notice.person_id).where(Notice.topic == "meetings")
    assert sorted(act.session.exec(heard).all()) == sorted(
        each.person.id or 0 for each in (cast.delegate_state, cast.rapporteur, cast.editor)
    )
