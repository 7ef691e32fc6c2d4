"""The calendar: month, week and list; what stands in it, for whom, in which zone; the same for calendar programs."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from icalendar import Calendar
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.meetings import actions
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.schemas import DeadlineForm, MeetingForm, RegistrationForm, SittingForm
from sgdocs.people.models import Person
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
CODE, LINK = "T25-SG13-261109", "https://remote.example/room-7?pwd=sesame"
Browser = Callable[[Person], TestClient]


@pytest.fixture(autouse=True)
def november(make: Make, cast: Cast, clock: Clock) -> Meeting:
    """A meeting of SG13 from the 9th to the 13th, one of Q2/13, one of SG15 and of ITU-R."""
    clock.now = datetime(2026, 11, 3, 9, tzinfo=UTC)
    cast.summon("chair", "rapporteur", "sg15", "delegate_member", "outsider", "tsb")
    make.group("R/SG5", title="Terrestrial services")
    row = held(cast, "T/SG13", date(2026, 11, 9), kind="study-group", format="hybrid")
    told = {"title": "Opening plenary", "on": "2026-11-09", "begins": "09:30", "until": "12:30", "remote_link": LINK}
    actions.hold_sitting(cast.tsb.act, row, SittingForm.model_validate(told))
    held(cast, "T/SG13/T25/Q2", date(2026, 11, 16), kind="rapporteur-group", zone="Asia/Tokyo")
    held(cast, "T/SG15", date(2026, 11, 23), kind="study-group")
    held(cast, "R/SG5", date(2026, 11, 18), kind="study-group")
    make.session.commit()
    return row


def held(cast: Cast, group: str, on: date, **facts: object) -> Meeting:
    form = {"group": group, "starts_on": on, "ends_on": on + timedelta(days=4), "place": "Genève", **facts}
    return actions.announce(cast.tsb.act, actions.convene(cast.tsb.act, MeetingForm.model_validate(form)), accept=True)


@pytest.fixture
def signed_in(client: TestClient, make: Make) -> Browser:
    def browser(person: Person) -> TestClient:
        make.account(person)
        make.session.commit()
        new = another(client)
        sign_in(new, person)
        return new

    return browser


@pytest.fixture
def statement(make: Make, cast: Cast) -> Statement:
    """SG15 asks SG13 for an answer by 20 November; members of ITU-T read it."""
    row = make.add(
        Statement(
            name="T25-SG15-LS7",
            label="SG15-LS7",
            sector="T",
            origin="ours",
            status="sent",
            title="On the timing of slices",
            audience="T/SG15",
            created_at=make.act.now,
            changed_at=make.act.now,
        )
    )
    make.add(Sender(statement_id=row.id, position=1, name="ITU-T SG15", group_id=cast.sg15.id))
    make.add(
        Addressee(
            statement_id=row.id,
            position=1,
            name="ITU-T SG13",
            group_id=cast.sg13.id,
            purpose="action",
            deadline=date(2026, 11, 20),
            is_answer_expected=True,
            state="received",
            audience="T/SG13",
        )
    )
    make.session.commit()
    return row  # type: ignore[no-any-return]


def rows(client: TestClient, query: str = "") -> list[tuple[str, str]]:
    """(kind, title or code) of what the view holds."""
    told = client.get(f"/calendar.json?on=2026-11-03&{query}").json()["items"]
    return [(each["what"], each["address"].rpartition("/")[2]) for each in told]


def test_month_shows_each_day_with_what_stands_on_it(client: TestClient) -> None:
    page = tree(client.get("/calendar?what=meeting&group=SG13").text)

    cells = page.xpath("//table[@class='month']//td")
    links = [c.xpath(".//a[contains(@class,'number')]/@href")[0] for c in cells]
    days = {parse_qs(urlsplit(a).query)["on"][0]: c.xpath(".//bdi/text()") for a, c in zip(links, cells, strict=True)}
    assert len(cells) == 42
    assert page.xpath("//td[contains(@class,'is-today')]//a/@aria-current") == ["date"]
    assert [day for day, found in days.items() if CODE in found] == [f"2026-11-{n:02}" for n in range(9, 14)]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("what=meeting", {CODE, "T25-SG13-Q2-261116", "T25-SG15-261123", "R23-SG5-261118"}),
        ("what=meeting&sector=R", {"R23-SG5-261118"}),
        ("what=meeting&level=question", {"T25-SG13-Q2-261116"}),
        ("what=meeting&level=study-group&level=question&sector=T&group=SG13", {CODE, "T25-SG13-Q2-261116"}),
        ("what=meeting&group=Q2/13", {CODE, "T25-SG13-Q2-261116"}),
        ("what=sitting", {CODE}),
        ("what=meeting&level=other", set()),
    ],
)
def test_filters_combine(client: TestClient, query: str, codes: set[str]) -> None:
    assert {name for _, name in rows(client, query)} == codes


@pytest.mark.parametrize("query", ["view=year", "on=tomorrow", "on=0001-01-01", "what=lunch", "level=9", "group=SG999"])
def test_words_that_mean_nothing_are_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/calendar?{query}").status_code == 422
    assert client.get(f"/calendar/feed.ics?{query}").status_code in (200, 422)


def test_deadline_stands_on_its_day_though_its_meeting_is_later(client: TestClient, cast: Cast, make: Make) -> None:
    meeting = held(cast, "T/SG13", date(2027, 1, 11), kind="study-group")
    due = DeadlineForm.model_validate({"due_at": "2026-11-24T23:59:59+01:00", "reason": "Holidays"})
    make.session.commit()
    before = rows(client, "what=deadline&group=SG13")
    actions.override_deadline(cast.tsb.act, meeting, "contribution", due)
    make.session.commit()

    after = rows(client, "what=deadline&group=SG13")

    assert ("deadline", meeting.code) not in before
    assert ("deadline", meeting.code) in after
    page = content(client.get("/calendar?view=list&on=2026-11-24&what=deadline").text)
    assert "23:59 Geneva" in page


def test_answers_are_for_those_who_read_the_statement(
    client: TestClient, cast: Cast, signed_in: Browser, statement: Statement
) -> None:
    assert rows(client, "what=answer") == []
    assert rows(signed_in(cast.outsider.person), "what=answer") == []
    member = signed_in(cast.delegate_member.person)

    assert rows(member, "what=answer") == [("answer", statement.name)]
    assert rows(member, "what=answer&group=SG13") == rows(member, "what=answer&group=SG15") != []
    assert rows(member, "what=answer&group=R/SG5") == []
    assert "Answer due: SG15-LS7 (ITU-T SG13)" in content(member.get("/calendar?view=week&on=2026-11-20").text)


def test_mine_are_my_groups_and_what_i_registered_for(
    cast: Cast, make: Make, signed_in: Browser, november: Meeting
) -> None:
    rapporteur, delegate = signed_in(cast.rapporteur.person), signed_in(cast.delegate_member.person)
    nothing = rows(delegate, "mine=1")
    actions.register(cast.delegate_member.act, november, cast.delegate_member.person, RegistrationForm())
    make.session.commit()

    assert nothing == []
    assert {name for what, name in rows(rapporteur, "mine=1") if what == "meeting"} == {CODE, "T25-SG13-Q2-261116"}
    assert {name for what, name in rows(delegate, "mine=1") if what == "meeting"} == {CODE}
    assert rows(delegate, "mine=1&group=SG15") == []


def test_sitting_is_told_in_its_zone_and_the_readers(client: TestClient, cast: Cast, signed_in: Browser) -> None:
    public = content(client.get("/calendar?view=week&on=2026-11-09&what=sitting").text)
    browser = signed_in(cast.delegate_member.person)
    browser.post("/my/preferences", data={"language": "en", "zone": "Asia/Seoul"})

    own = content(browser.get("/calendar?view=week&on=2026-11-09&what=sitting").text)

    assert "09:30–12:30 Geneva" in public
    assert "09:30–12:30 Geneva (17:30 Seoul)" in own
    assert LINK not in public + own


def test_feed_keeps_filters_and_its_key_opens_it_alone(
    client: TestClient, cast: Cast, signed_in: Browser, statement: Statement
) -> None:
    query = "group=SG13&what=answer"
    browser = signed_in(cast.delegate_member.person)
    made = browser.post("/my/calendars", data={"feed": f"calendar:{query}"})
    address = tree(made.text).xpath("//code[@class='id']/text()")[0].partition("/calendar/")[2]

    def uids(path: str) -> set[str]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        return {str(each["uid"]) for each in Calendar.from_ical(answer.content).walk("VEVENT")}

    assert address.startswith(f"feed.ics?{query}&token=")
    assert uids(f"/calendar/{address}") == {"answer.T25-SG15-LS7.1@sgdocs"}
    assert uids(f"/calendar/feed.ics?{query}") == set()
    assert client.get(f"/calendar/{address}&sector=T").status_code == 404
    assert "meeting.T25-SG13-261109@sgdocs" in uids("/calendar/feed.ics?group=SG13")


def test_api_gives_the_same_between_two_days(client: TestClient) -> None:
    told = client.get("/api/v1/calendar?since=2026-11-09&until=2026-11-15&sector=T").json()

    assert [(each["what"], each["on"]) for each in told["items"] if each["what"] != "deadline"] == [
        ("meeting", "2026-11-09"),
        ("sitting", "2026-11-09"),
    ]
    assert {each["zone"] for each in told["items"]} == {"Europe/Zurich"}
    assert {each["address"].rpartition("/meeting/")[2] for each in told["items"] if each["what"] == "sitting"} == {CODE}
    for query in (
        "since=2026-11-09&until=2026-11-08",
        "since=2026-01-01&until=2028-01-01",
        "since=soon",
        "since=9999-12-31",
    ):
        assert client.get(f"/api/v1/calendar?{query}").status_code == 422


def test_page_costs_at_most_twelve_queries(
    cast: Cast, signed_in: Browser, services: Services, statement: Statement
) -> None:
    browser = signed_in(cast.delegate_member.person)
    browser.get("/calendar")
    seen: list[str] = []
    event.listen(services.database.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))

    browser.get("/calendar")

    selects = [each for each in seen if each.startswith(("SELECT", "WITH"))]
    assert 0 < len(selects) <= 12, selects
