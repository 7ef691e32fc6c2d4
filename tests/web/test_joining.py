"""Who is led into the room of a sitting, as what, and where its address is never found."""

import http.server
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from starlette.testclient import TestClient

from sgdocs.base.errors import Conflict
from sgdocs.base.settings import Settings
from sgdocs.events import actions as holding
from sgdocs.events.schemas import SessionForm
from sgdocs.meetings import actions
from sgdocs.meetings.models import Meeting, Sitting
from sgdocs.meetings.rooms import House, Room, RoomKind
from sgdocs.meetings.schemas import MeetingForm, RegistrationForm, SittingForm
from sgdocs.people.models import Person
from sgdocs.web.rooms import prepare
from tests.cast import Cast
from tests.events import holding as events
from tests.make import Make
from tests.people.browser import another, sign_in
from tests.support.databases import NOW, Clock

pytestmark = pytest.mark.databases("sqlite")
SECRET = "a secret of thirty-two characters!"
CODE = "T25-SG13-260302"
SIT = {"title": "Opening plenary", "on": "2026-03-02", "begins": "10:00", "until": "12:30", "zone": "Europe/Zurich"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    room = {"room": "jitsi:https://meet.example", "room_secret": SECRET, "room_app": "sgdocs"}
    return settings.model_copy(update=room)


@pytest.fixture
def sitting(cast: Cast, make: Make) -> Sitting:
    """Of a hybrid meeting of SG13, at the very hour; the member's registration is approved, the state's is asked for."""
    cast.summon("chair", "tsb", "delegate_member", "delegate_state", "focal_point", "outsider", "rapporteur")
    form = {"kind": "study-group", "group": "T/SG13", "place": "Geneva", "format": "hybrid"}
    meeting = actions.convene(
        cast.tsb.act, MeetingForm.model_validate({**form, "starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 6)})
    )
    actions.announce(cast.tsb.act, meeting, accept=True)
    row = actions.hold_sitting(cast.tsb.act, meeting, SittingForm.model_validate(SIT))
    asked = RegistrationForm(mode="remote", is_listed=True)
    approved = actions.register(cast.delegate_member.act, meeting, cast.delegate_member.person, asked)
    actions.decide_registration(cast.focal_point.act, meeting, approved, approve=True)
    actions.register(cast.delegate_state.act, meeting, cast.delegate_state.person, asked)
    make.session.commit()
    return row


@pytest.fixture
def at(sitting: Sitting) -> str:
    return f"/meeting/{CODE}/sitting/{sitting.id}/join"


def browser(client: TestClient, make: Make, person: Person) -> TestClient:
    make.account(person)
    make.session.commit()
    new = another(client)
    sign_in(new, person)
    return new


def claims(address: str) -> dict[str, object]:
    token = parse_qs(urlsplit(address).query)["jwt"][0]
    options = {"verify_exp": False, "verify_nbf": False}
    told: dict[str, object] = jwt.decode(token, SECRET, algorithms=["HS256"], audience="jitsi", options=options)
    return told


def user(address: str) -> dict[str, object]:
    found = claims(address)["context"]
    assert isinstance(found, dict)
    return dict(found["user"])


def test_chair_enters_as_moderator_and_delegate_as_member(client: TestClient, cast: Cast, make: Make, at: str) -> None:
    players = (cast.chair, cast.delegate_member)

    led = [browser(client, make, each.person).get(at, follow_redirects=False) for each in players]
    chair, member = (each.headers["location"] for each in led)

    assert [each.status_code for each in led] == [303, 303]
    assert led[0].headers["cache-control"] == "no-store"
    assert led[0].headers["referrer-policy"] == "no-referrer"
    assert [user(each)["moderator"] for each in (chair, member)] == [True, False]
    assert [user(each)["name"] for each in (chair, member)] == [each.person.name for each in players]
    assert claims(chair)["room"] == claims(member)["room"] == urlsplit(chair).path.removeprefix("/")
    assert user(chair)["id"] != user(member)["id"]


def test_room_is_for_those_who_take_part(client: TestClient, cast: Cast, make: Make, at: str) -> None:
    readers = {n: browser(client, make, getattr(cast, n).person) for n in ("delegate_state", "outsider", "rapporteur")}

    answers = {name: each.get(at, follow_redirects=False) for name, each in readers.items()}
    stranger = client.get(at, follow_redirects=False)

    assert {name: each.status_code for name, each in answers.items()} == dict.fromkeys(readers, 403)
    assert "Register for" in answers["delegate_state"].text
    assert (stranger.status_code, stranger.headers["location"].startswith("/login")) == (303, True)


def test_way_in_is_shown_to_those_alone_who_may_have_it_and_the_room_to_nobody(
    client: TestClient, cast: Cast, make: Make, sitting: Sitting, at: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    readers = {
        n: browser(client, make, getattr(cast, n).person) for n in ("chair", "delegate_member", "delegate_state")
    }
    readers["nobody"] = client
    pages = [f"/meeting/{CODE}{tail}" for tail in ("", "/timetable", "/agenda")]

    seeing = {page: {n for n, each in readers.items() if at in each.get(page).text} for page in pages[:2]}
    mine = readers["delegate_member"].get("/my").text
    everything = [
        each.get(page).text
        for each in readers.values()
        for page in (
            *pages,
            "/my",
            f"/meeting/{CODE}.json",
            f"/meeting/{CODE}/calendar.ics",
            f"/api/v1/meetings/{CODE}",
        )
    ]
    readers["chair"].get(at, follow_redirects=False)

    assert seeing == {key: {"chair", "delegate_member"} for key in pages[:2]}
    assert at in mine
    assert not any("meet.example" in text or "jwt=" in text for text in everything)
    assert not any("jwt=" in record.getMessage() for record in caplog.records)
    assert at not in client.get(f"/meeting/{CODE}/calendar.ics").text


def test_own_link_of_a_sitting_goes_before(
    client: TestClient, cast: Cast, make: Make, sitting: Sitting, at: str
) -> None:
    sitting.remote_link = "https://other.example/9"
    make.session.commit()

    led = browser(client, make, cast.delegate_member.person).get(at, follow_redirects=False)

    assert led.headers["location"] == "https://other.example/9"


@pytest.mark.parametrize(("minutes", "words"), [(-60, "opens 30 minutes before"), (300, "sitting is over")])
def test_room_is_closed_before_and_after(
    client: TestClient, cast: Cast, make: Make, clock: Clock, at: str, minutes: int, words: str
) -> None:
    there = browser(client, make, cast.delegate_member.person)
    clock.now = NOW + timedelta(minutes=minutes)

    answer = there.get(at, follow_redirects=False)

    assert (answer.status_code, words in answer.text) == (409, True)


def test_meeting_in_one_place_has_no_room(
    client: TestClient, cast: Cast, make: Make, sitting: Sitting, at: str
) -> None:
    make.session.get_one(Meeting, sitting.meeting_id).format = "physical"
    make.session.commit()
    there = browser(client, make, cast.delegate_member.person)

    assert there.get(at).status_code == 404
    assert at not in there.get(f"/meeting/{CODE}").text


# BigBlueButton is asked for the room first


@contextmanager
def service(body: bytes, status: int = 200) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/api", asked
    server.shutdown()
    thread.join()
    server.server_close()


ROOM = Room("room-1", "Opening", CODE, "Opening", NOW)


def test_room_of_bigbluebutton_is_made_before_anybody_joins() -> None:
    with service(b"<response><returncode>SUCCESS</returncode></response>") as (address, asked):
        prepare(House(RoomKind.BIGBLUEBUTTON, address, "salt", secret=SECRET), ROOM)

    assert [each.partition("&checksum=")[0] for each in asked] == ["/api/create?name=Opening&meetingID=room-1"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<response><returncode>FAILED</returncode></response>", 200), (b"{}", 200), (b"", 200),
        (b"<response><returncode>SUCCESS</returncode></response>", 500), (b"<a>" * 100_000, 200),
    ],
)  # fmt: skip
def test_service_that_lies_or_dies_is_told_as_a_refusal(body: bytes, status: int) -> None:
    with service(body, status) as (address, _), pytest.raises(Conflict):
        prepare(House(RoomKind.BIGBLUEBUTTON, address, "salt", secret=SECRET), ROOM)
    with pytest.raises(Conflict):
        prepare(House(RoomKind.BIGBLUEBUTTON, "http://127.0.0.1:9/api", "salt", secret=SECRET), ROOM)


def test_event_has_a_room_of_the_service_with_the_same_tokens(
    client: TestClient, cast: Cast, make: Make, clock: Clock
) -> None:
    """The chair who manages it moderates; who gave up, looks on or comes when it is over does not enter."""
    days = {"starts_on": date(2026, 3, 2), "ends_on": date(2026, 3, 2), "place": ""}
    event = events.held(cast, **days, has_room=True)
    part = holding.add_session(
        cast.chair.act, event, SessionForm(title="Evening", on=date(2026, 3, 2), begins=time(18), until=time(19, 30))
    )
    events.joins(cast.outsider, event)
    make.session.commit()
    chair, guest, other = (browser(client, make, each.person) for each in (cast.chair, cast.outsider, cast.rapporteur))
    page = f"/event/{event.slug}"
    at = [f"{page}/join", f"{page}/join/{part.id}"]

    led = [each.get(where, follow_redirects=False) for where in at for each in (chair, guest)]

    places = [each.headers["location"] for each in led]
    assert [user(each)["moderator"] for each in places] == [True, False, True, False]
    assert len({claims(each)["room"] for each in places}) == 1
    assert [claims(each)["exp"] for each in places[1::2]] == [
        int(datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC).timestamp()),
        int(datetime(2026, 3, 2, 11, 30, tzinfo=UTC).timestamp()),
    ], "an hour after the last day in Seoul, and after the session"
    assert led[1].headers["referrer-policy"] == "no-referrer"
    assert {other.get(where, follow_redirects=False).status_code for where in at} == {404}
    assert [at[0] in each.get(page).text for each in (guest, other, client)] == [True, False, False]
    assert "join" in guest.get(f"{page}/calendar.ics").text
    clock.now = datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert guest.get(at[0], follow_redirects=False).status_code == 409
