"""Calendar feeds over HTTP: public facts for all, links and deadlines by a key, which opens one feed of one person."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar, Event
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.groups import actions as group_actions
from sgdocs.groups.models import Appointment
from sgdocs.journal.models import Entry
from sgdocs.meetings import actions
from sgdocs.meetings.models import CalendarToken, Meeting, Sitting
from sgdocs.meetings.schemas import MeetingForm, RegistrationForm, SittingForm
from sgdocs.people.models import Person
from tests.cast import Cast
from tests.make import Make, all_rows
from tests.people.browser import another, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")

CODE = "T25-SG13-261109"
LINK = "https://remote.example/room-7?pwd=sesame"
Browser = Callable[[Person], TestClient]


@pytest.fixture(autouse=True)
def meeting(make: Make, cast: Cast) -> Meeting:
    cast.summon("chair", "rapporteur", "sg15", "focal_point", "delegate_member", "outsider")
    row = held(cast, "T/SG13", date(2026, 11, 9), kind="study-group", format="hybrid")
    actions.hold_sitting(cast.tsb.act, row, sitting())
    held(cast, "T/SG13/T25/Q2", date(2026, 5, 4), kind="rapporteur-group")
    held(cast, "T/SG15", date(2026, 6, 1), kind="study-group")
    make.session.commit()
    return row


def held(cast: Cast, group: str, on: date, **facts: object) -> Meeting:
    form = {"group": group, "starts_on": on, "ends_on": on + timedelta(days=4), "place": "Genève", **facts}
    return actions.announce(cast.tsb.act, actions.convene(cast.tsb.act, MeetingForm.model_validate(form)), accept=True)


def sitting(**facts: object) -> SittingForm:
    usual = {"title": "Opening plenary", "on": "2026-11-09", "begins": "09:30", "until": "12:30", "remote_link": LINK}
    return SittingForm.model_validate(usual | facts)


@pytest.fixture
def signed_in(client: TestClient, make: Make) -> Browser:
    def browser(person: Person) -> TestClient:
        make.account(person)
        make.session.commit()
        new = another(client)
        sign_in(new, person)
        return new

    return browser


def events(client: TestClient, address: str) -> dict[str, Event]:
    """uid -> event, of a feed that must be there."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text[:300])
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(each["uid"]).removesuffix("@sgdocs"): each for each in found}


def key_of(browser: TestClient, feed: str) -> str:
    """The address of a new calendar, without the site."""
    answer = browser.post("/my/calendars", data={"feed": feed})
    assert answer.status_code == 200, answer.text
    (fresh,) = (code.text for code in tree(answer.text).iterfind(".//code") if "token=" in (code.text or ""))
    parts = urlsplit(fresh)
    return f"{parts.path}?{parts.query}"


def approve(cast: Cast, make: Make, meeting: Meeting) -> None:
    asked = actions.register(
        cast.delegate_member.act, meeting, cast.delegate_member.person, RegistrationForm(mode="remote")
    )
    actions.decide_registration(cast.focal_point.act, meeting, asked, approve=True)
    make.session.commit()


@pytest.mark.parametrize(
    ("address", "meetings"),
    [
        ("/calendar.ics", {"T25-SG13-Q2-260504", "T25-SG15-260601", CODE}),
        ("/calendar.ics?kind=rapporteur-group", {"T25-SG13-Q2-260504"}),
        ("/calendar.ics?sector=R", set()),
        ("/calendar.ics?group=SG13", {"T25-SG13-Q2-260504", CODE}),
        ("/group/SG13/calendar.ics", {"T25-SG13-Q2-260504", CODE}),
        ("/group/SG13/T25/Q2/calendar.ics", {"T25-SG13-Q2-260504", CODE}),
        ("/group/SG15/calendar.ics", {"T25-SG15-260601"}),
        (f"/meeting/{CODE}/calendar.ics", {CODE}),
    ],
)
def test_public_feeds_need_no_key_and_bear_no_link(client: TestClient, address: str, meetings: set[str]) -> None:
    found = events(client, address)

    assert {uid.removeprefix("meeting.") for uid in found if uid.startswith("meeting.")} == meetings
    assert b"remote.example" not in client.get(address).content


def test_feed_of_a_meeting_has_its_sittings_and_deadlines(client: TestClient) -> None:
    found = events(client, f"/meeting/{CODE}/calendar.ics")

    assert sorted(uid.split(".")[0] for uid in found) == ["deadline", "deadline", "meeting", "sitting"]
    closes = found[f"deadline.{CODE}.contribution"]
    assert closes.start.isoformat() == "2026-10-28T23:59:59+01:00"
    assert (found[f"meeting.{CODE}"].start, found[f"meeting.{CODE}"].end) == (date(2026, 11, 9), date(2026, 11, 14))
    assert str(found[f"meeting.{CODE}"]["location"]) == "Genève"


def test_changes_raise_the_sequence_and_keep_the_uid(
    client: TestClient, cast: Cast, make: Make, meeting: Meeting
) -> None:
    address = f"/meeting/{CODE}/calendar.ics"
    first = events(client, address)
    row = make.session.exec(select(Sitting)).one()
    actions.edit_sitting(cast.chair.act, meeting, row, sitting(begins="10:00"))
    make.session.commit()
    second = events(client, address)
    actions.cancel(cast.chair.act, meeting, reason="Nobody comes")
    make.session.commit()
    third = events(client, address)

    assert set(first) == set(second) == set(third)
    uid = next(each for each in first if each.startswith("sitting."))
    assert first[uid]["sequence"] < second[uid]["sequence"] < third[uid]["sequence"]
    assert {str(event["status"]) for event in third.values()} == {"CANCELLED"}
    assert str(third[f"meeting.{CODE}"]["description"]) == "Nobody comes"


def test_feed_is_not_sent_again_when_nothing_changed(client: TestClient) -> None:
    first = client.get("/group/SG13/calendar.ics")

    again = client.get("/group/SG13/calendar.ics", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


# Keys


def test_key_shows_links_to_whom_they_are_for(
    cast: Cast, make: Make, meeting: Meeting, signed_in: Browser, client: TestClient
) -> None:
    approve(cast, make, meeting)
    member, outsider = signed_in(cast.delegate_member.person), signed_in(cast.outsider.person)

    for feed in (f"meeting:{CODE}", "group:T/SG13", "all"):
        with_link, without = key_of(member, feed), key_of(outsider, feed)
        assert b"remote.example" in client.get(with_link).content, feed
        assert b"remote.example" not in client.get(without).content, feed


def test_my_calendar_has_what_i_registered_for_with_links_and_deadlines(
    cast: Cast, make: Make, meeting: Meeting, signed_in: Browser, client: TestClient
) -> None:
    approve(cast, make, meeting)
    address = key_of(signed_in(cast.delegate_member.person), "my")

    found = events(client, address)

    assert {uid.split(".")[1] for uid in found} == {CODE}
    assert {uid.split(".")[0] for uid in found} == {"meeting", "sitting", "deadline"}
    assert b"remote.example" in client.get(address).content


def test_my_calendar_of_a_rapporteur_has_the_meetings_they_lead(
    cast: Cast, signed_in: Browser, client: TestClient
) -> None:
    found = events(client, key_of(signed_in(cast.rapporteur.person), "my"))

    assert {uid.split(".")[1] for uid in found} == {"T25-SG13-Q2-260504", CODE}


def test_asked_but_not_approved_is_tentative_and_without_link(
    cast: Cast, make: Make, meeting: Meeting, signed_in: Browser, client: TestClient
) -> None:
    actions.register(cast.delegate_member.act, meeting, cast.delegate_member.person, RegistrationForm(mode="remote"))
    make.session.commit()
    address = key_of(signed_in(cast.delegate_member.person), "my")

    assert str(events(client, address)[f"meeting.{CODE}"]["status"]) == "TENTATIVE"
    assert b"remote.example" not in client.get(address).content


def test_key_opens_its_own_feed_and_nothing_else(cast: Cast, signed_in: Browser, client: TestClient) -> None:
    key = key_of(signed_in(cast.chair.person), f"meeting:{CODE}").split("token=")[1]

    for address in (
        "/my/calendar.ics",
        "/calendar.ics",
        "/group/SG13/calendar.ics",
        "/meeting/T25-SG15-260601/calendar.ics",
    ):
        assert client.get(f"{address}?token={key}").status_code == 404, address
    for address in ("/my", "/api/v1/me", f"/meeting/{CODE}/edit"):
        assert client.get(f"{address}?token={key}", follow_redirects=False).status_code != 200, address
        assert (
            client.get(address, headers={"Authorization": f"Bearer {key}"}, follow_redirects=False).status_code != 200
        )
    assert b"remote.example" not in client.get(f"/meeting/{CODE}?token={key}").content


@pytest.mark.parametrize("key", ["x", "A" * 43, "%00", "é", "a" * 201])
def test_wrong_key_is_refused(client: TestClient, key: str) -> None:
    assert client.get(f"/meeting/{CODE}/calendar.ics?token={key}").status_code in (404, 422)
    assert client.get(f"/my/calendar.ics?token={key}").status_code in (404, 422)


def test_my_calendar_without_a_key_is_not_there_even_when_signed_in(cast: Cast, signed_in: Browser) -> None:
    assert signed_in(cast.chair.person).get("/my/calendar.ics").status_code == 404


def test_session_does_not_bring_links_into_a_feed_without_key(cast: Cast, signed_in: Browser) -> None:
    """An address without a key is the public feed, for whoever opens it."""
    assert b"remote.example" not in signed_in(cast.chair.person).get(f"/meeting/{CODE}/calendar.ics").content


def test_key_is_listed_and_ended_by_its_owner(
    cast: Cast, signed_in: Browser, client: TestClient, database: Database, clock: Clock
) -> None:
    chair, other = signed_in(cast.chair.person), signed_in(cast.rapporteur.person)
    address = key_of(chair, f"meeting:{CODE}")
    assert b"remote.example" in client.get(address).content
    with database.reading() as session:
        row = session.exec(select(CalendarToken)).one()
    page = chair.get("/my/calendars").text

    assert row.used_at == clock.now
    assert f"/meeting/{CODE}/calendar.ics" in page
    assert address.split("token=")[1] not in page
    assert other.post(f"/my/calendars/{row.id}/end").status_code == 404
    assert chair.post(f"/my/calendars/{row.id}/end").status_code == 200
    assert client.get(address).status_code == 404


def test_key_dies_with_the_person(cast: Cast, make: Make, signed_in: Browser, client: TestClient) -> None:
    address = key_of(signed_in(cast.chair.person), "my")
    assert client.get(address).status_code == 200

    group_actions.leave_organisation(cast.tsb.act, cast.chair.person)
    make.session.commit()

    assert client.get(address).status_code == 404


def test_key_loses_its_links_with_the_office(cast: Cast, make: Make, signed_in: Browser, client: TestClient) -> None:
    address = key_of(signed_in(cast.chair.person), f"meeting:{CODE}")
    held_ = make.session.exec(select(Appointment).where(Appointment.person_id == cast.chair.person.id)).one()
    group_actions.end_appointment(cast.tsb.act, held_)
    make.session.commit()

    assert b"remote.example" not in client.get(address).content


def test_key_stands_in_no_log_no_journal_and_no_referrer(
    cast: Cast, make: Make, signed_in: Browser, client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="sgdocs")
    address = key_of(signed_in(cast.chair.person), "my")
    key = address.split("token=")[1]

    answer = client.get(address)
    client.get(address.replace("token=", "token=x"))

    assert all(key not in record.getMessage() for record in caplog.records if record.name.startswith("sgdocs"))
    make.session.expire_all()
    assert all(key not in str(entry.model_dump()) for entry in all_rows(make.session, Entry))
    assert all(key not in str(row.model_dump()) for row in all_rows(make.session, CalendarToken))
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "private" in answer.headers["cache-control"]


def test_feed_that_is_none_is_refused(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.chair.person)

    for feed in ("yours", "meeting:", "meeting:T25-SG99-990101", "group:T/SG99", "group:../x", "my "):
        assert browser.post("/my/calendars", data={"feed": feed}).status_code in (404, 422), feed
    assert browser.get("/my/calendars").status_code == 200


def test_strangers_have_no_keys(client: TestClient) -> None:
    assert client.get("/my/calendars", follow_redirects=False).status_code in (302, 303, 401, 403)
    assert client.post("/my/calendars", data={"feed": "my"}, follow_redirects=False).status_code in (302, 303, 401, 403)
