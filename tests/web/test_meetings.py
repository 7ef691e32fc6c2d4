"""Pages of meetings: what is shown to whom, the forms of officers, the list of participants."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import Session, select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.meetings import actions, queries
from sgdocs.meetings.models import Meeting, Registration, Sitting
from sgdocs.meetings.schemas import MeetingForm, RegistrationForm, SittingForm
from sgdocs.people.models import Person
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree

pytestmark = pytest.mark.databases("sqlite")

CODE = "T25-SG13-261109"
LINK = "https://remote.example/room-7?pwd=sesame"
Browser = Callable[[Person], TestClient]
ASKED = RegistrationForm(mode="in-person", is_listed=True)


@pytest.fixture(autouse=True)
def meeting(make: Make, cast: Cast) -> Meeting:
    """The meeting of SG13 in November, announced, with a sitting; one of Q2/13 in May; one of the past. Committed."""
    cast.summon(
        "chair", "wp_chair", "rapporteur", "sg15", "focal_point", "delegate_member", "outsider", "delegate_state"
    )
    row = _held(cast, "T/SG13", date(2026, 11, 9), date(2026, 11, 20), place="Geneva", format="hybrid")
    sitting = SittingForm.model_validate(
        {"title": "Opening plenary", "on": "2026-11-09", "begins": "09:30", "until": "12:30", "room": "Popov",
         "remote_link": LINK, "zone": "Asia/Seoul"}
    )  # fmt: skip
    actions.hold_sitting(cast.tsb.act, row, sitting)
    _held(cast, "T/SG13/T25/Q2", date(2026, 5, 4), date(2026, 5, 8), place="Kyoto", kind="rapporteur-group")
    _held(cast, "T/SG13", date(2025, 3, 3), date(2025, 3, 7), place="Turin")
    make.session.commit()
    return row


def _held(cast: Cast, group: str, starts_on: date, ends_on: date, **facts: object) -> Meeting:
    form = {"kind": "study-group", "group": group, "starts_on": starts_on, "ends_on": ends_on, **facts}
    row = actions.convene(cast.tsb.act, MeetingForm.model_validate(form))
    return actions.announce(cast.tsb.act, row, accept=True)


@pytest.fixture
def signed_in(client: TestClient, make: Make) -> Browser:
    """A browser of its own for each person."""

    def browser(person: Person) -> TestClient:
        make.account(person)
        make.session.commit()
        new = another(client)
        sign_in(new, person)
        return new

    return browser


def main_words(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.text[:500])
    return content(answer.text)


# The list


def test_list_tells_what_comes_and_what_is_past(client: TestClient) -> None:
    page = tree(client.get("/meeting").text).get_element_by_id("rows")

    codes = [link.text_content() for link in page.iterfind(".//th/a")]
    assert codes == ["T25-SG13-Q2-260504", CODE, "T25-SG13-250303"]
    assert [h.text_content() for h in page.iterfind(".//h2")] == ["Coming", "Past"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("when=past", ["T25-SG13-250303"]),
        ("kind=rapporteur-group", ["T25-SG13-Q2-260504"]),
        ("group=Q2/13", ["T25-SG13-250303", "T25-SG13-Q2-260504", CODE]),
        ("group=SG13&when=coming&q=geneva", [CODE]),
        ("sector=R", []),
        ("group=T/SG15", []),
        ("status=announced&status=open&q=t25-sg13-26", [CODE]),
        ("q=%25", []),
    ],
)
def test_list_is_filtered_alike_on_the_page_in_files_and_over_the_api(
    client: TestClient, query: str, codes: list[str]
) -> None:
    page = tree(client.get(f"/meeting?{query}").text).get_element_by_id("rows")
    told = [
        json.loads(client.get(address).text)["items"]
        for address in (f"/meeting.json?{query}", f"/api/v1/meetings?{query}")
    ]

    assert sorted(link.text_content() for link in page.iterfind(".//th/a")) == sorted(codes)
    assert [sorted(row["code"] for row in rows) for rows in told] == [sorted(codes)] * 2


@pytest.mark.parametrize("query", ["kind=picnic", "when=never", "status=late", "sector=X", "group=T/SG99"])
def test_filter_that_cannot_be_read_names_its_field(client: TestClient, query: str) -> None:
    assert client.get(f"/meeting?{query}").status_code == 422
    assert client.get(f"/api/v1/meetings?{query}").json()["field"] == query.split("=", maxsplit=1)[0]


def test_group_has_its_meetings_as_a_tab(client: TestClient) -> None:
    assert CODE in main_words(client, "/group/SG13/meetings")
    assert "T25-SG13-Q2-260504" in main_words(client, "/group/SG13/meetings")
    assert "T25-SG13-Q2-260504" in main_words(client, "/group/SG13/T25/Q2/meetings")
    assert CODE not in main_words(client, "/group/SG15/meetings")
    assert client.get("/group/SG13/meetings.csv").text.count("\n") == 4
    assert client.get("/group/sg13/meetings", follow_redirects=False).headers["location"] == "/group/SG13/meetings"


def test_lists_cost_few_queries(client: TestClient, database: Database) -> None:
    for address, most in (("/meeting", 12), ("/group/SG13/meetings", 22), (f"/meeting/{CODE}", 20)):
        seen: list[str] = []

        def count(*told: object, seen: list[str] = seen) -> None:
            if str(told[2]).startswith("SELECT"):
                seen.append(str(told[2]))

        event.listen(database.engine, "before_cursor_execute", count)
        assert client.get(address).status_code == 200
        event.remove(database.engine, "before_cursor_execute", count)
        assert len(seen) <= most, (address, len(seen))


# The record


def test_meeting_tells_its_facts_and_deadlines(client: TestClient) -> None:
    words = main_words(client, f"/meeting/{CODE}")

    assert "Meeting of ITU-T SG13" in words
    assert "28 Oct 2026, 23:59 Geneva (22:59 UTC)" in words
    assert "T-C2" in words
    assert "Popov" in words
    assert "9 Nov 2026, 09:30 Asia/Seoul" in words


def test_code_is_read_without_regard_to_case(client: TestClient) -> None:
    for tail in ("", "/participants", "/history", "/letter"):
        answer = client.get(f"/meeting/{CODE.lower()}{tail}?x=1", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (301, f"/meeting/{CODE}{tail}?x=1")


@pytest.mark.parametrize("typed", [CODE, CODE.lower()])
def test_code_leads_to_the_meeting_from_the_resolver_and_the_search_box(client: TestClient, typed: str) -> None:
    resolved = client.get(f"/r/{typed}", follow_redirects=False)
    searched = client.get("/search", params={"q": typed}, follow_redirects=False)

    assert (resolved.status_code, resolved.headers["location"]) == (302, f"/meeting/{CODE}")
    assert (searched.status_code, searched.headers["location"]) == (302, f"/meeting/{CODE}?searched={typed}")
    assert client.get("/r/T25-SG13-991109", follow_redirects=False).status_code == 404


@pytest.mark.parametrize(
    "address", ["/meeting/T25-SG13-990101", "/meeting/x.json", "/meeting/%00", "/meeting/'/participants"]
)
def test_meeting_that_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_letter_convenes_with_everything_one_needs(client: TestClient) -> None:
    words = main_words(client, f"/meeting/{CODE}/letter")

    for told in ("Collective letter", "ITU-T SG13 meets in Geneva", "Q2/13, WP1/13", "Register at", "28 October 2026"):
        assert told in words


def test_history_of_a_meeting_is_public_and_names_nobody(
    client: TestClient, cast: Cast, make: Make, meeting: Meeting
) -> None:
    actions.register(cast.delegate_member.act, meeting, cast.delegate_member.person, ASKED)
    make.session.commit()

    words = main_words(client, f"/meeting/{CODE}/history")

    assert "Announced" in words
    assert "Registration" not in words.split("History", 2)[-1]


# Remote links


def test_remote_link_is_shown_to_those_alone_who_may_have_it(
    client: TestClient, cast: Cast, make: Make, meeting: Meeting, signed_in: Browser
) -> None:
    approved = actions.register(cast.delegate_member.act, meeting, cast.delegate_member.person, ASKED)
    actions.decide_registration(cast.focal_point.act, meeting, approved, approve=True)
    actions.register(cast.delegate_state.act, meeting, cast.delegate_state.person, ASKED)
    make.session.commit()
    readers = {
        name: signed_in(getattr(cast, name).person)
        for name in ("delegate_member", "chair", "tsb", "delegate_state", "rapporteur", "outsider")
    } | {"nobody": client}

    for tail in ("", ".json", "/letter", "/history", "/participants", "/calendar.ics"):
        seeing = {
            name for name, browser in readers.items() if "remote.example" in browser.get(f"/meeting/{CODE}{tail}").text
        }
        may = {"delegate_member", "chair", "tsb"}
        assert seeing == (set() if tail == "/calendar.ics" else may), tail
    api = f"/api/v1/meetings/{CODE}"
    assert {name for name, browser in readers.items() if "remote.example" in browser.get(api).text} == may
    assert all("remote.example" not in b.get("/meeting.json").text for b in readers.values())


# Forms


FORM = {
    "group": "T/SG13/T25/Q2",
    "kind": "rapporteur-group",
    "starts_on": "2026-06-15",
    "ends_on": "2026-06-17",
    "format": "hybrid",
    "place": "Kyoto",
    "zone": "Asia/Tokyo",
    "is_in_timetable": "true",
}


def test_rapporteur_convenes_announces_and_holds_a_sitting(cast: Cast, database: Database, signed_in: Browser) -> None:
    browser = signed_in(cast.rapporteur.person)
    assert browser.get("/meeting/new?group=T/SG13/T25/Q2").status_code == 200

    made = browser.post("/meeting/new", data=FORM, follow_redirects=False)
    address = made.headers["location"]
    moved = browser.post(f"{address}/move", data={"to": "announced"}, follow_redirects=False)
    sitting = {
        "title": "Session 1",
        "on": "2026-06-15",
        "begins": "09:00",
        "until": "12:00",
        "zone": "Asia/Tokyo",
        "remote_link": LINK,
    }
    held = browser.post(f"{address}/sittings/new", data=sitting, follow_redirects=False)

    assert address == "/meeting/T25-SG13-Q2-260615"
    assert [made.status_code, moved.status_code, held.status_code] == [303, 303, 303]
    words = main_words(browser, address)
    assert "Announced" in words
    assert "15 Jun 2026, 09:00 Asia/Tokyo" in words
    row = _row(database, "T25-SG13-Q2-260615")
    assert (row.status, row.zone, row.title) == ("announced", "Asia/Tokyo", "Rapporteur group meeting of Q2/13")


def test_warning_is_shown_and_confirmed(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.rapporteur.person)
    address = browser.post(
        "/meeting/new", data={**FORM, "starts_on": "2026-04-01", "ends_on": "2026-04-02"}, follow_redirects=False
    ).headers["location"]

    assert "should have gone out by 1 Feb 2026" in main_words(browser, address) or "2026-02-01" in main_words(
        browser, address
    )
    refused = browser.post(f"{address}/move", data={"to": "announced"})
    taken = browser.post(f"{address}/move", data={"to": "announced", "accept": "true"}, follow_redirects=False)

    assert (refused.status_code, taken.status_code) == (422, 303)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": "2026-06-14"}, "ends_on"),
        ({"kind": "study-group"}, "kind"),
        ({"zone": "Kyoto"}, "zone"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"group": "T/SG99"}, "group"),
    ],
)
def test_form_that_cannot_be_taken_comes_back_with_what_was_typed(
    cast: Cast, signed_in: Browser, wrong: dict[str, str], field: str
) -> None:
    browser = signed_in(cast.tsb.person)

    answer = browser.post("/meeting/new", data={**FORM, **wrong})

    assert answer.status_code == 422
    assert tree(answer.text).get_element_by_id(f"{field}-error") is not None
    assert "Kyoto" in answer.text


def test_forms_are_refused_to_those_who_may_not(
    client: TestClient, cast: Cast, meeting: Meeting, signed_in: Browser
) -> None:
    rapporteur, delegate = signed_in(cast.rapporteur.person), signed_in(cast.delegate_member.person)

    for browser, status in ((rapporteur, 403), (delegate, 403)):
        for tail in ("edit", "move", "sittings/new", "deadlines/contribution"):
            assert browser.get(f"/meeting/{CODE}/{tail}").status_code == status, tail
        assert browser.post(f"/meeting/{CODE}/move", data={"to": "cancelled", "reason": "x"}).status_code == status
        assert browser.post("/meeting/new", data={**FORM, "group": "T/SG13", "kind": "study-group"}).status_code in (
            403,
            422,
        )
    assert client.get(f"/meeting/{CODE}/edit", follow_redirects=False).status_code in (302, 303, 401, 403)
    assert rapporteur.get("/meeting/T25-SG13-Q2-260504/edit").status_code == 200


def test_secretariat_edits_every_field_and_the_code_stays(cast: Cast, database: Database, signed_in: Browser) -> None:
    browser = signed_in(cast.tsb.person)
    page = tree(browser.get(f"/meeting/{CODE}/edit").text)
    form = {
        field.get("name"): field.get("value") or "" for field in page.iterfind(".//main//input") if field.get("name")
    }
    form = {name: value for name, value in form.items() if name not in ("groups", "has_captioning", "announces_tap")}

    answer = browser.post(
        f"/meeting/{CODE}/edit",
        data={
            **form,
            "format": "virtual",
            "starts_on": "2026-11-16",
            "groups": ["T/SG13/T25/Q2"],
            "note": "Bring a coat.",
        },
        follow_redirects=False,
    )

    assert answer.status_code == 303, answer.text
    row = _row(database, CODE)
    assert (row.format, row.starts_on, row.note, row.place) == (
        "virtual",
        date(2026, 11, 16),
        "Bring a coat.",
        "Geneva",
    )
    with database.reading() as session:
        assert [each.label for each in queries.groups_of(session, row)] == ["ITU-T SG13", "Q2/13"]


def test_deadline_is_set_in_its_own_zone_until_the_last_second(
    cast: Cast, database: Database, signed_in: Browser
) -> None:
    browser = signed_in(cast.tsb.person)

    answer = browser.post(
        f"/meeting/{CODE}/deadlines/contribution",
        data={"due_at": "2026-11-02T23:59", "reason": "Strike"},
        follow_redirects=False,
    )

    assert answer.status_code == 303, answer.text
    with database.reading() as session:
        found = queries.deadline(session, _row(database, CODE), "contribution")
    assert found is not None
    assert found.due_at.isoformat() == "2026-11-02T22:59:59+00:00"
    words = main_words(browser, f"/meeting/{CODE}")
    assert "2 Nov 2026, 23:59 Geneva (22:59 UTC)" in words
    assert "By the rule: 28 Oct 2026, 23:59 Geneva" in words
    assert browser.post(f"/meeting/{CODE}/deadlines/contribution/lift", follow_redirects=False).status_code == 303
    assert browser.get(f"/meeting/{CODE}/deadlines/lunch").status_code == 404


def test_sitting_is_changed_and_cancelled(cast: Cast, database: Database, signed_in: Browser) -> None:
    browser = signed_in(cast.chair.person)
    with database.reading() as session:
        sitting = session.exec(select(Sitting.id)).one()
    address = f"/meeting/{CODE}/sittings/{sitting}"
    page = tree(browser.get(address).text)
    form = {field.get("name"): field.get("value") or "" for field in page.iterfind(".//main//input")}

    changed = browser.post(address, data={**form, "begins": "10:00"}, follow_redirects=False)
    cancelled = browser.post(f"{address}/cancel", follow_redirects=False)

    assert (form["begins"], form["remote_link"]) == ("09:30", LINK)
    assert (changed.status_code, cancelled.status_code) == (303, 303)
    with database.reading() as session:
        row = session.get_one(Sitting, sitting)
    assert (row.starts_at.isoformat(), row.sequence) == ("2026-11-09T01:00:00+00:00", 2)
    assert "cancelled" in main_words(browser, f"/meeting/{CODE}")


# Registration


def test_delegate_registers_and_the_focal_point_approves(cast: Cast, database: Database, signed_in: Browser) -> None:
    delegate, focal = signed_in(cast.delegate_member.person), signed_in(cast.focal_point.person)
    form = {"mode": "remote", "role": "delegate", "is_listed": "true"}

    asked = delegate.post(f"/meeting/{CODE}/registration", data=form, follow_redirects=False)
    assert asked.status_code == 303, asked.text
    assert "Waits for approval" in main_words(delegate, f"/meeting/{CODE}")
    assert "Selim Courier" not in main_words(delegate, f"/meeting/{CODE}/participants")
    assert "Waits for you" in main_words(focal, f"/meeting/{CODE}/participants")
    id = _registration(database)
    assert delegate.get(f"/meeting/{CODE}/participants/{id}").status_code == 404
    refused = focal.post(f"/meeting/{CODE}/participants/{id}", data={"approve": "false"})
    assert refused.status_code == 422
    taken = focal.post(f"/meeting/{CODE}/participants/{id}", data={"approve": "true"}, follow_redirects=False)

    assert taken.status_code == 303
    assert "Selim Courier" in main_words(delegate, f"/meeting/{CODE}/participants")
    assert "Registered" in main_words(delegate, f"/meeting/{CODE}")
    assert delegate.post(f"/meeting/{CODE}/registration/cancel", follow_redirects=False).status_code == 303
    assert "Selim Courier" not in main_words(delegate, f"/meeting/{CODE}/participants")


def test_list_of_participants_is_for_members_and_says_who_agreed(
    client: TestClient,
    cast: Cast,
    make: Make,
    meeting: Meeting,
    signed_in: Browser,
) -> None:
    for player, listed in ((cast.delegate_member, True), (cast.delegate_state, False), (cast.outsider, True)):
        actions.register(cast.tsb.act, meeting, player.person, RegistrationForm(is_listed=listed))
    make.session.commit()
    member, outsider, tsb = (signed_in(player.person) for player in (cast.rapporteur, cast.outsider, cast.tsb))

    assert "for members" in main_words(client, f"/meeting/{CODE}/participants")
    assert client.get(f"/meeting/{CODE}/participants.csv", follow_redirects=False).status_code in (303, 401, 403)
    names = {who: [row["name"] for row in b.get(f"/meeting/{CODE}/participants.json").json()["items"]]
             for who, b in (("member", member), ("outsider", outsider), ("tsb", tsb))}  # fmt: skip
    assert names["member"] == ["Otto Fence", "Selim Courier"]
    assert names["outsider"] == ["Otto Fence", "Selim Courier"]
    assert names["tsb"] == ["Otto Fence", "Dora Envoy", "Selim Courier"]
    rows = outsider.get(f"/meeting/{CODE}/participants.json").json()["items"]
    assert {row["email"] for row in rows} == {""}
    assert "selimcourier@example.test" in member.get(f"/meeting/{CODE}/participants.csv").text
    assert member.get(f"/meeting/{CODE}/participants.xlsx").content[:2] == b"PK"


def test_secretariat_enters_a_guest_by_address(cast: Cast, database: Database, signed_in: Browser) -> None:
    browser, delegate = signed_in(cast.tsb.person), signed_in(cast.delegate_member.person)
    form = {"mode": "in-person", "role": "guest", "person": cast.outsider.person.email}

    assert delegate.post(f"/meeting/{CODE}/registration", data=form).status_code in (403, 422)
    assert browser.post(f"/meeting/{CODE}/registration", data=form, follow_redirects=False).status_code == 303
    with database.reading() as session:
        row = session.exec(select(Registration)).one()
    assert (row.person_id, row.status, row.role) == (cast.outsider.person.id, "approved", "guest")


def _row(database: Database, code: str) -> Meeting:
    with database.reading() as session:
        return session.exec(select(Meeting).where(Meeting.code == code)).one()


def _registration(database: Database) -> int:
    with database.reading() as session:
        return _only(session)


def _only(session: Session) -> int:
    return session.exec(select(Registration.id)).one() or 0
