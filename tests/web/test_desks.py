"""The desk of each role: every card's count is that of the list it leads to."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.approval.models import Comment, Obligation, Process, Reply, Window
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.notices.models import Subscription
from sgdocs.proceedings.models import ActionItem
from tests.cast import Cast, Player
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.proceedings.places import study_group_meeting
from tests.support.databases import Clock
from tests.work_programme.base_item import item_row

pytestmark = pytest.mark.databases("sqlite")
WINDOWS = {"last-call": "last-call", "consultation": "consultation"}


@pytest.fixture(autouse=True)
def people(make: Make, cast: Cast) -> None:
    for name in (
        "chair",
        "rapporteur",
        "tsb",
        "delegate_member",
        "delegate_state",
        "focal_point",
        "outsider",
        "wp_chair",
    ):
        make.account(getattr(cast, name).person)


def process(make: Make, clock: Clock, group: Group, number: str, state: str, **facts: Any) -> Process:
    """A process in that state; with a window when the state has one. closes: in how many days."""
    today = geneva_day(clock.now)
    closes = facts.pop("closes", 20)
    assert isinstance(closes, int)
    last = today + timedelta(closes) if state in WINDOWS else None
    words: dict[str, Any] = {
        "procedure": number.split("/", maxsplit=1)[0],
        "sector": group.sector,
        "name": f"Y.{number[-3:]}",
        "title": f"Title of {number}",
        "opened_on": today,
        "opened_at": clock.now,
        "rules_on": today,
        "audience": "public",
        "changed_at": clock.now,
        "closes_on": last,
        "closes_at": clock.now + timedelta(closes) if last else None,
    } | facts
    row = make.add(Process(number=number, group_id=group.id or 0, state=state, **words))
    if last is not None:
        make.add(
            Window(
                process_id=row.id,
                kind=WINDOWS[state],
                opens_on=today,
                closes_on=last,
                closes_at=clock.now + timedelta(closes),
            )
        )
    return row  # type: ignore[no-any-return]


def as_(client: TestClient, player: Player) -> TestClient:
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def cards(browser: TestClient) -> dict[str, tuple[int, str]]:
    """Id of each card -> count and address."""
    return dict(_cards(browser.get("/desk").text))


def _cards(text: str) -> Iterator[tuple[str, tuple[int, str]]]:
    for card in tree(text).xpath('//article[@class="card"]'):
        (link,) = card.xpath("./h3/a")
        yield card.get("id").removeprefix("card-"), (int(link.xpath("./span")[-1].text), link.get("href"))


def listed(browser: TestClient, address: str) -> int:
    """How many the list of an address has, by its file."""
    path, _, query = address.partition("?")
    answer = browser.get(f"{path}.json" + (f"?{query}" if query else ""))
    assert answer.status_code == 200, address
    return int(answer.json()["total"])


def test_chair_sees_what_waits(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    today = geneva_day(clock.now)
    meeting = study_group_meeting(cast, starts_on=today + timedelta(10), ends_on=today + timedelta(20))
    item_row(make, cast.sg13, "Y.late", number=1, question=cast.q2, timing_on=today - timedelta(3))
    item_row(make, cast.sg13, "Y.next", number=2, question=cast.q2, timing_on=today + timedelta(15))
    item_row(make, cast.sg13, "Y.far", number=3, question=cast.q2, timing_on=today + timedelta(300))
    item_row(make, cast.sg15, "Y.other", number=4, timing_on=today - timedelta(3))
    process(make, clock, cast.sg13, "aap/2026-001", "judgement", question_id=cast.q2.id)
    process(make, clock, cast.sg13, "aap/2026-002", "last-call")
    process(make, clock, cast.sg15, "aap/2026-003", "judgement")
    make.session.commit()
    browser = as_(client, cast.chair)

    found = {
        id.removeprefix("sg-chair-t-sg13-"): told for id, told in cards(browser).items() if id.startswith("sg-chair")
    }

    assert {id: count for id, (count, _) in found.items()} == {
        "ready": 0,
        "judge": 1,
        "late": 1,
        "next": 1,
        "with-chair": 1,
        "liaison-approve": 0,
        "liaison-overdue": 0,
    }
    assert {id: listed(browser, found[id][1]) for id in ("judge", "late", "next", "with-chair")} == {
        "judge": 1,
        "late": 1,
        "next": 1,
        "with-chair": 1,
    }
    assert meeting.code in browser.get("/desk").text


def test_chair_of_a_working_party_sees_its_questions_alone(
    client: TestClient, cast: Cast, make: Make, clock: Clock
) -> None:
    today = geneva_day(clock.now)
    cast.summon("q2", "wp1")
    item_row(make, cast.sg13, "Y.late", number=1, question=cast.q2, timing_on=today - timedelta(3))
    item_row(make, cast.sg13, "Y.none", number=2, timing_on=today - timedelta(3))
    process(make, clock, cast.sg13, "aap/2026-001", "judgement", question_id=cast.q2.id)
    process(make, clock, cast.sg13, "aap/2026-002", "judgement")
    make.session.commit()
    browser = as_(client, cast.wp_chair)

    found = cards(browser)

    assert [found[f"wp-chair-t-sg13-t25-wp1-{id}"][0] for id in ("judge", "late")] == [1, 1]
    assert [listed(browser, found[f"wp-chair-t-sg13-t25-wp1-{id}"][1]) for id in ("judge", "late")] == [1, 1]


def test_rapporteur_sees_items_and_actions(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    today = geneva_day(clock.now)
    meetings = [_past(make, cast, clock, days) for days in (200, 100)]
    old = clock.now - timedelta(400)
    item_row(make, cast.sg13, "Y.old", number=1, question=cast.q2, registered_at=old)
    item_row(make, cast.sg13, "Y.new", number=2, question=cast.q2)
    item_row(make, cast.sg13, "Y.elsewhere", number=3, registered_at=old)
    for n, (due, owner) in enumerate(((-2, cast.rapporteur), (5, cast.rapporteur), (5, cast.chair)), 1):
        make.add(
            ActionItem(
                meeting_id=meetings[0].id or 0,
                group_id=cast.q2.id or 0,
                number=n,
                text=f"To write {n}",
                owner_id=owner.person.id,
                due_on=today + timedelta(due),
                entered_at=clock.now,
            )
        )
    make.session.commit()
    browser = as_(client, cast.rapporteur)

    found = {id.removeprefix("rapporteur-t-sg13-t25-q2-"): told for id, told in cards(browser).items()}

    assert {id: found[id][0] for id in ("items", "stale", "actions")} == {"items": 2, "stale": 1, "actions": 2}
    assert listed(browser, found["items"][1]) == 2
    assert "Y.old" in browser.get(found["stale"][1]).text
    assert "Y.elsewhere" not in content(browser.get(found["stale"][1]).text)
    rows = browser.get("/my/actions.json").json()["items"]
    assert [(row["text"], row["state"]) for row in rows] == [("To write 1", "Late"), ("To write 2", "Open")]
    assert "To write 1" in content(browser.get("/my/actions").text)
    assert "To write" not in as_(client, cast.outsider).get("/my/actions").text


def _past(make: Make, cast: Cast, clock: Clock, days: int) -> Meeting:
    day = geneva_day(clock.now) - timedelta(days)
    return make.add(  # type: ignore[no-any-return]
        Meeting(
            code=f"T25-SG13-{day:%y%m%d}",
            sector="T",
            kind="study-group",
            group_id=cast.sg13.id or 0,
            title="Past",
            starts_on=day,
            ends_on=day + timedelta(9),
            status="closed",
            created_at=clock.now,
            changed_at=clock.now,
        )
    )


def test_secretariat_sees_announcement_replies_windows_and_papers(
    client: TestClient, cast: Cast, make: Make, clock: Clock
) -> None:
    process(make, clock, cast.sg13, "aap/2026-001", "requested")
    process(make, clock, cast.sg13, "aap/2026-002", "last-call", closes=3)
    consulted = process(make, clock, cast.sg13, "tap/2026-003", "consultation", closes=40)
    for kind, role, entity in (("reply", "", cast.state), ("post-paper", "secretariat", None)):
        make.add(
            Obligation(
                process_id=consulted.id or 0,
                kind=kind,
                role=role,
                organisation_id=entity.id if entity else None,
                created_at=clock.now,
            )
        )
    make.session.commit()
    browser = as_(client, cast.tsb)

    found = {id.removeprefix("secretariat-"): told for id, told in cards(browser).items()}

    assert {id: found[id][0] for id in ("announcement", "replies", "closing", "papers")} == {
        "announcement": 1,
        "replies": 1,
        "closing": 1,
        "papers": 1,
    }
    assert [listed(browser, found[id][1]) for id in ("announcement", "replies", "closing", "papers")] == [1, 1, 1, 1]
    assert "Answers that Member States still owe: 1" in content(browser.get("/desk").text)


def test_delegate_sees_last_calls_and_own_comments(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    call = process(make, clock, cast.sg13, "aap/2026-001", "last-call", question_id=cast.q2.id)
    process(make, clock, cast.sg15, "aap/2026-002", "last-call")
    for n, entity in enumerate((cast.company, cast.state), 1):
        make.add(
            Comment(
                uid=f"C-{n}",
                process_id=call.id or 0,
                number=n,
                organisation_id=entity.id,
                entity=entity.name,
                kind="substantive",
                text=f"What {n} says",
                sent_at=clock.now,
            )
        )
    make.session.commit()
    browser = as_(client, cast.delegate_member)

    found = {id.removeprefix("delegate-"): told for id, told in cards(browser).items()}
    assert (found["calls"][0], listed(browser, found["calls"][1])) == (2, 2)
    assert (found["said"][0], listed(browser, "/my/comments")) == (1, 1)
    assert "What 2 says" not in browser.get("/my/comments").text

    person = cast.delegate_member.person.id or 0
    make.add(Subscription(person_id=person, scope=f"group:{cast.q2.id}", created_at=clock.now))
    make.session.commit()
    found = {id.removeprefix("delegate-"): told for id, told in cards(browser).items()}
    own = found[f"calls-{cast.q2.id}"]
    assert (own[0], listed(browser, own[1]), "calls" in found) == (1, 1, False)


def test_focal_point_sees_last_calls_to_comment_on(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    process(make, clock, cast.sg13, "aap/2026-001", "last-call", closes=3)
    process(make, clock, cast.sg13, "aap/2026-002", "last-call", closes=20)
    process(make, clock, cast.sg13, "tap/2026-003", "consultation")
    make.session.commit()
    browser = as_(client, cast.focal_point)

    found = cards(browser)

    assert [found[f"focal-point-{id}"][0] for id in ("to-comment", "soon")] == [2, 1]
    assert [listed(browser, found[f"focal-point-{id}"][1]) for id in ("to-comment", "soon")] == [2, 1]


def test_administration_sees_what_it_has_not_answered(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    first = process(make, clock, cast.sg13, "tap/2026-001", "consultation")
    process(make, clock, cast.sg13, "tap/2026-002", "consultation")
    process(make, clock, make.group("R/SG5"), "consultation/2026-003", "consultation")
    window = make.session.exec(select(Window).where(Window.process_id == first.id)).one()
    make.add(
        Reply(
            process_id=first.id or 0,
            window_id=window.id,
            organisation_id=cast.state.id or 0,
            position="approve",
            sent_at=clock.now,
        )
    )
    make.session.commit()
    browser = as_(client, cast.delegate_state)

    assert cards(browser)["administration-to-answer"] == (2, "/my/consultations")
    rows = browser.get("/my/consultations.json").json()["items"]
    assert sorted(row["place"] for row in rows) == ["Y.002", "Y.003"]
    assert as_(client, cast.delegate_member).get("/my/consultations.json").json()["total"] == 0


def test_desk_is_for_account_holders(client: TestClient, cast: Cast, make: Make) -> None:
    make.session.commit()

    for address in ("/desk", "/my/actions", "/my/actions.csv", "/my/comments", "/my/obligations", "/my/consultations"):
        assert client.get(address, follow_redirects=False).status_code in {303, 401, 403}, address
    browser = as_(client, cast.outsider)
    assert browser.get("/desk").status_code == 200
    assert browser.get("/my/secrets.json").status_code == 404


def test_first_page_shows_the_desk_by_role(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    process(make, clock, cast.sg13, "aap/2026-001", "judgement")
    make.session.commit()
    browser = as_(client, cast.chair)

    plain = tree(browser.get("/").text).xpath('//section[@aria-labelledby="desk"]')
    assert "Wait for judgement" in plain[0].text_content()
    counted = browser.get("/desk", headers={"HX-Request": "true"}).text
    assert "<html" not in counted
    assert '<span class="card-count is-pressing">1</span>' in counted
    assert "My desk" not in client.get("/").text


def test_desk_is_told_over_the_api(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    process(make, clock, cast.sg13, "aap/2026-001", "judgement")
    make.session.commit()
    browser = as_(client, cast.chair)

    told = {desk["id"]: desk["cards"] for desk in browser.get("/api/v1/me/desk").json()["items"]}
    judged = next(card for card in told["sg-chair-t-sg13"] if card["id"] == "judge")

    assert (judged["count"], listed(browser, judged["address"])) == (1, 1)
    assert browser.get("/api/v1/me/own/actions").json() == {"items": [], "total": 0}
    assert browser.get("/api/v1/me/own/secrets").status_code in {404, 422}
    assert client.get("/api/v1/me/desk").status_code in {401, 403}
