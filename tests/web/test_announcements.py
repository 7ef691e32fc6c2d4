"""Notices of the service as people meet them: banner, page, feed, letter, form, API."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.announcements import actions
from sgdocs.announcements.rules import Severity
from sgdocs.announcements.schemas import NoticeForm
from sgdocs.base.act import Act
from sgdocs.mail.memory import MemoryMailer
from sgdocs.notices.following import follow
from sgdocs.wiring import Services
from sgdocs.worker import tidy
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import content, tree
from tests.support.databases import Clock
from tests.web.paper_browser import signed_in

pytestmark = pytest.mark.databases("sqlite")
HOUR = timedelta(hours=1)
WORDS = {
    "en": {"title": "Down <at> noon", "text": "# When\n\nAll of *Sunday*. <script>alert(1)</script>"},
    "fr": {"title": "Arrêt à midi", "text": ""},
}
FORM = {"kind": "maintenance", "severity": "warning", "begins_at": "2026-03-01T10:00", "ends_at": "2026-03-02T10:00"}


@pytest.fixture
def office(cast: Cast, make: Make, client: TestClient) -> TestClient:
    return signed_in(client, make, cast.tsb.person)


def post(cast: Cast, clock: Clock, *, begins: timedelta = -HOUR, ends: timedelta = HOUR, **more: Any) -> int:
    at = clock.now
    given = {"kind": "maintenance", "words": WORDS, "begins_at": at + begins, "ends_at": at + ends, **more}
    row = actions.post(Act(cast.tsb.act.session, cast.tsb.actor, at), NoticeForm.model_validate(given))
    cast.tsb.act.session.commit()
    return row.id or 0


def banners(browser: TestClient, address: str = "/help", **headers: str) -> list[str]:
    found = tree(browser.get(address, headers=headers).text).findall(".//aside[@class='bound announced no-print']//bdi")
    return [each.text_content() for each in found]


def test_banner_stands_over_every_page_while_the_notice_is_current(
    client: TestClient, cast: Cast, clock: Clock
) -> None:
    post(cast, clock, begins=HOUR, ends=2 * HOUR)

    seen = {}
    for seconds in (0, 3599, 1, 3599, 1):
        clock.move(seconds=seconds)
        seen[clock.now] = (banners(client), banners(client, "/no/such/page"))

    shown = (["Down <at> noon"],) * 2
    assert list(seen.values()) == [([], []), ([], []), shown, shown, ([], [])]


def test_what_another_process_posts_is_shown_after_a_quarter_of_a_minute(
    client: TestClient, cast: Cast, clock: Clock
) -> None:
    assert banners(client) == []
    post(cast, clock)

    clock.move(seconds=14)
    assert banners(client) == []
    clock.move(seconds=1)
    assert banners(client) == ["Down <at> noon"]


def test_banner_costs_no_query(client: TestClient, cast: Cast, clock: Clock, services: Services) -> None:
    post(cast, clock)
    client.get("/help")
    seen: list[str] = []
    event.listen(services.database.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))

    assert banners(client) == ["Down <at> noon"]
    assert [each for each in seen if "service_notice" in each] == []


def test_the_loudest_stand_first_and_no_more_than_three(client: TestClient, cast: Cast, clock: Clock) -> None:
    for n, severity in enumerate((Severity.NOTICE, Severity.WARNING, Severity.NOTICE, Severity.URGENT)):
        post(cast, clock, severity=severity, words={"en": {"title": f"{severity} {n}"}})

    assert [each.split()[0] for each in banners(client)] == ["urgent", "warning", "notice"]
    assert "1 more announcement" in client.get("/help").text


def test_a_browser_puts_a_banner_away_until_the_notice_is_changed(
    client: TestClient, office: TestClient, cast: Cast, clock: Clock
) -> None:
    id = post(cast, clock)
    clock.move(seconds=20)

    back = client.post(f"/announcement/{id}/dismissal", data={"back": "/help?x=1"}, follow_redirects=False)
    away = client.post(f"/announcement/{id}/dismissal", data={"back": "//evil.example"}, follow_redirects=False)

    assert (back.headers["location"], away.headers["location"]) == ("/help?x=1", "/")
    assert banners(client) == []
    assert banners(office) == ["Down <at> noon"]
    page = tree(office.get(f"/office/announcements/{id}").text)
    form: Any = page.find(f".//form[@action='/office/announcements/{id}']")
    assert form is not None
    office.post(f"/office/announcements/{id}", data=dict(form.fields) | {"title_en": "Down at one"})
    assert banners(client) == ["Down at one"]
    assert client.post("/announcement/99/dismissal").status_code == 404


@pytest.mark.parametrize("cookie", ["", "nonsense", "1.1-2.1-x", "9" * 5000, "-.-"])
def test_any_cookie_of_put_away_banners_is_read(client: TestClient, cast: Cast, clock: Clock, cookie: str) -> None:
    id = post(cast, clock)
    answer = client.get("/help", headers={"Cookie": f"put_away={cookie}"})

    assert answer.status_code == 200
    assert ("Down &lt;at&gt; noon" in answer.text) is (f"{id}.1" not in cookie)


def test_page_says_it_in_the_language_of_the_reader_and_nothing_is_run(
    client: TestClient, cast: Cast, clock: Clock
) -> None:
    id = post(cast, clock)
    english = client.get(f"/announcement/{id}")
    french = client.get(f"/announcement/{id}", headers={"Accept-Language": "fr"})
    arabic = client.get(f"/announcement/{id}", headers={"Accept-Language": "ar"})

    assert "<h3>When</h3>" in english.text
    assert "<script>alert" not in english.text
    assert ("Arrêt à midi" in french.text, "Down" in content(french.text)) == (True, False)
    prose = tree(arabic.text).find_class("markdown")[0]
    assert (prose.get("lang"), prose.get("dir")) == ("en", "ltr")
    assert "Arrêt à midi" in client.get(f"/announcement/{id}?language=fr").text
    assert banners(client, **{"Accept-Language": "fr"}) == ["Arrêt à midi"]


def test_a_planned_notice_is_hidden_from_others_everywhere(
    client: TestClient, office: TestClient, cast: Cast, clock: Clock, make: Make
) -> None:
    id = post(cast, clock, begins=HOUR, ends=2 * HOUR)
    chair = signed_in(client, make, cast.chair.person)

    for browser in (client, chair):
        for address in (f"/announcement/{id}", f"/api/v1/announcements/{id}", f"/announcement/{10**11}"):
            assert browser.get(address).status_code == 404
        for address in (
            "/announcement",
            "/announcement.csv",
            "/announcement/feed.atom",
            "/feed.atom",
            "/announcement?state=planned",
        ):
            assert "noon" not in browser.get(address).text
        assert browser.get("/api/v1/announcements").json()["total"] == 0
        assert "noon" not in browser.get("/office/announcements").text
    assert office.get("/announcement.json?state=planned").json()["total"] == 1


def test_who_follows_is_told_in_the_own_language_when_it_begins(
    client: TestClient, cast: Cast, make: Make, clock: Clock, services: Services, mailer: MemoryMailer,
    work: Callable[[], None],
) -> None:  # fmt: skip
    person = cast.delegate_state.person
    make.account(person)
    person.language = "fr"
    follow(cast.delegate_state.act, person, "announcements")
    make.session.commit()
    post(cast, clock, begins=HOUR, ends=2 * HOUR)
    work()
    assert mailer.sent == []

    clock.move(hours=1)
    tidy(services, clock.now)
    work()

    assert ["Arrêt à midi" in str(letter) for letter in mailer.sent] == [True]
    feed = client.get("/announcement/feed.atom", headers={"Accept-Language": "fr"})
    assert "Arrêt à midi" in feed.text


def test_the_office_posts_changes_and_ends(office: TestClient, client: TestClient, clock: Clock) -> None:
    start = clock.now.strftime("%Y-%m-%dT%H:%M")
    words = {"title_en": "New release", "text_en": "See **what** is new."}
    wrong = office.post("/office/announcements", data={**FORM, **words, "begins_at": start, "ends_at": start})
    assert wrong.status_code == 422
    assert "New release" in wrong.text
    assert office.post("/office/announcements", data={**FORM, "ends_at": "soon"}).status_code == 422
    for version in ("-1", "9" * 30):
        told = {**FORM, **words, "begins_at": start, "version": version}
        assert office.post("/office/announcements", data=told).status_code == 422

    later = (clock.now + 30 * HOUR).strftime("%Y-%m-%dT%H:%M")
    posted = office.post(
        "/office/announcements", data={**FORM, **words, "begins_at": "2026-01-01T00:00", "ends_at": later}
    )
    assert "The notice is posted." in posted.text
    assert banners(client) == ["New release"], "this process knows at once"
    office.post(f"{posted.url.path.replace('/announcement/', '/office/announcements/')}/end")
    assert banners(client) == []
    assert "Ended" in content(client.get(posted.url.path).text)
    assert client.post("/office/announcements", data={**FORM, **words}).status_code == 403


def test_the_api_keeps_notices(office: TestClient, client: TestClient, clock: Clock) -> None:
    at = clock.now
    given = {"kind": "news", "words": WORDS, "begins_at": at.isoformat(), "ends_at": (at + HOUR).isoformat()}
    assert client.post("/api/v1/announcements", json=given).status_code == 403
    made = office.post("/api/v1/announcements", json=given)
    assert made.status_code == 201
    id = made.json()["id"]

    told = client.get("/api/v1/announcements?language=fr&state=current&kind=news").json()["items"]
    assert [(each["title"], each["language"], each["languages"]) for each in told] == [
        ("Arrêt à midi", "fr", ["en", "fr"])
    ]
    assert office.put(f"/api/v1/announcements/{id}", json=given | {"version": 7}).status_code == 409
    assert office.put(f"/api/v1/announcements/{id}", json=given | {"words": {"xx": {"title": "?"}}}).status_code == 422
    assert office.post(f"/api/v1/announcements/{id}/end").json()["state"] == "ended"
    assert office.post(f"/api/v1/announcements/{id}/end").status_code == 409
    assert client.get("/api/v1/announcements?cursor=WyJ4Il0").status_code == 422
