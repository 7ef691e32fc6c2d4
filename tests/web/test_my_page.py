"""My page: everything that waits stands there once, with its day and the one place where it is done, and for nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from sgdocs.approval.models import Comment, Obligation, Window
from sgdocs.base.clock import geneva_day
from sgdocs.journal import outbox
from sgdocs.liaison.actions import approving
from sgdocs.liaison.models import Arrival
from sgdocs.liaison.queries import senders_of
from sgdocs.mailing_lists.models import ListMessage, MailingList
from sgdocs.meetings.models import Registration, Sitting
from sgdocs.notices.models import Subscription
from sgdocs.people.accounts import AccountRequest
from sgdocs.proceedings.models import ActionItem
from tests.cast import Cast, Player
from tests.documents.papers import paper
from tests.liaison.desk import body, received
from tests.make import Make
from tests.people.browser import another, content, sign_in, tree
from tests.proceedings.places import study_group_meeting
from tests.support.databases import Clock
from tests.web.test_desks import process
from tests.web.test_desks_liaison import agreed
from tests.work_programme.base_item import item_row


@pytest.fixture(autouse=True)
def people(make: Make, cast: Cast) -> None:
    names = ("chair", "rapporteur", "tsb", "delegate_member", "delegate_state", "focal_point", "outsider", "counsellor")
    for name in names:
        make.account(getattr(cast, name).person)
    cast.summon("sg13", "sg15", "q2", *names)


def as_(client: TestClient, player: Player) -> TestClient:
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def waits(browser: TestClient) -> list[tuple[str, str, str, str | None]]:
    """Kind, identifier, address of the button, last day, in the order of the page; the page says the same as the API."""
    told = browser.get("/api/v1/me/waiting").json()["items"]
    page = tree(browser.get("/my").text)
    assert page.xpath('//section[@id="card-waiting"]//li/a/@href') == [row["address"] for row in told]
    assert int(page.xpath('//h2[@id="card-waiting-name"]/span')[0].text) == len(told)
    assert browser.get("/my/waiting.json").json()["total"] == len(told)
    for row in told:
        assert browser.get(row["address"].partition("#")[0]).status_code == 200, row
    return [(row["kind"], row["id"], row["address"], row["due"]) for row in told]


@contextmanager
def counted(make: Make) -> Iterator[list[str]]:
    engine, asked = make.session.get_bind(), list[str]()

    def note(conn: object, cursor: object, sql: str, *rest: object) -> None:
        asked.append(sql)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def everything(cast: Cast, make: Make, clock: Clock) -> None:
    """Something of each kind."""
    today = geneva_day(clock.now)
    meeting = study_group_meeting(cast, starts_on=today + timedelta(10), ends_on=today + timedelta(20))
    make.add(Registration(meeting_id=meeting.id or 0, person_id=cast.outsider.person.id or 0, asked_at=clock.now))
    judged = process(make, clock, cast.sg13, "aap/2026-001", "judgement", question_id=cast.q2.id)
    make.add(
        Obligation(
            process_id=judged.id or 0, kind="judgement", role="chair", group_id=cast.sg13.id, due_on=today - timedelta(1),
            created_at=clock.now,
        )
    )  # fmt: skip
    resolved = process(make, clock, cast.sg13, "aap/2026-002", "resolution", question_id=cast.q2.id)
    window = make.add(
        Window(
            process_id=resolved.id or 0, kind="last-call", opens_on=today - timedelta(40), closes_on=today - timedelta(8),
            closes_at=clock.now - timedelta(8), closed_at=clock.now - timedelta(8),
        )
    )  # fmt: skip
    for n in (1, 2):
        make.add(
            Comment(
                uid=f"u{n}", process_id=resolved.id or 0, window_id=window.id, number=n, entity="Imaginary", kind="substantive",
                organisation_id=cast.company.id, person_id=cast.delegate_member.person.id, text="Too tight",
                sent_at=clock.now - timedelta(9), disposition="accepted" if n == 2 else "",
            )
        )  # fmt: skip
    process(make, clock, cast.sg13, "tap/2026-003", "consultation", closes=5)
    body(make)
    agreed(cast, make)
    asked = {"name": "T/SG13", "purpose": "action", "deadline": "2026-12-01", "questions": ["Q2/13"]}
    received(cast.tsb.act, "LS on slices", to=[asked])
    lists = MailingList(
        local="t25sg13q2x", kind="group", group_id=cast.q2.id or 0, title="Q2", audience="T", opened_at=clock.now
    )
    make.add(lists)
    make.add(
        ListMessage(
            list_id=lists.id or 0, number=1, thread=1, state="held", message_id="<1@x>", subject="Hello", text="x",
            from_name="A", from_address="a@example.org", at=clock.now,
        )
    )  # fmt: skip
    make.add(AccountRequest(name="New", email="new@example.org", organisation_id=cast.company.id, created_at=clock.now))
    make.add(
        Arrival(message_id="<2@x>", sha256="0" * 64, from_address="b@example.org", subject="LS", received_at=clock.now)
    )
    make.add(
        ActionItem(
            meeting_id=meeting.id or 0, group_id=cast.q2.id or 0, number=1, text="To write",
            owner_id=cast.rapporteur.person.id, due_on=today + timedelta(3), entered_at=clock.now,
        )
    )  # fmt: skip
    make.session.commit()


def test_each_role_sees_what_waits_for_it(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    everything(cast, make, clock)

    chair = waits(as_(client, cast.chair))
    assert chair[0][:2] == ("approval", "Y.001"), "what is late comes first"
    assert [row[0] for row in chair].count("liaison") == 1, "the statement to approve"
    assert "mail" in [row[0] for row in chair]
    rapporteur = waits(as_(client, cast.rapporteur))
    assert {row[0] for row in rapporteur} >= {"comment", "liaison", "mail", "action"}
    assert [row[3] for row in rapporteur if row[0] == "action"] == [(geneva_day(clock.now) + timedelta(3)).isoformat()]
    assert {row[0] for row in waits(as_(client, cast.tsb))} >= {"registration", "request", "arrival", "mail"}
    assert [row[0] for row in waits(as_(client, cast.focal_point))] == ["request"]
    assert [row[:3] for row in waits(as_(client, cast.delegate_member))] == [
        ("comment", "Y.002", "/approval/aap/2026-002/comments/2")
    ]
    assert [row[2] for row in waits(as_(client, cast.delegate_state))] == ["/approval/tap/2026-003/replies"]
    assert waits(as_(client, cast.outsider)) == []
    assert waits(as_(client, cast.counsellor))[0][0] in ("registration", "approval", "liaison", "mail")


def test_nobody_sees_anothers_page(client: TestClient, cast: Cast, make: Make) -> None:
    assert client.get("/api/v1/me/waiting").status_code == 403
    assert client.get("/api/v1/me/page").status_code == 403
    assert client.get("/my", follow_redirects=False).status_code == 303
    assert client.get("/my/waiting.ics").status_code == 404
    assert client.get("/my/waiting.ics?token=guess").status_code == 404


def test_what_is_done_waits_no_more(client: TestClient, cast: Cast, make: Make) -> None:
    body(make)
    row = agreed(cast, make)
    make.session.commit()
    chair = as_(client, cast.chair)
    assert [each[0] for each in waits(chair)] == ["liaison"]

    approving.approve(cast.chair.act, row, senders_of(make.session, row)[0])
    make.session.commit()

    assert waits(chair) == []
    assert [each[2] for each in waits(as_(client, cast.tsb)) if each[0] == "liaison"] == [
        f"/liaison/{row.name}/sending"
    ]


def test_cards_are_moved_hidden_and_set_back(client: TestClient, cast: Cast, make: Make) -> None:
    make.session.commit()
    browser = as_(client, cast.delegate_member)

    def order(address: str = "/my") -> list[str]:
        return [
            id.removeprefix("card-") for id in tree(browser.get(address).text).xpath("//section/@id") if "card-" in id
        ]

    browser.post("/my/cards", data={"card": "first", "move": "hide", "back": "page"})
    usual = order()
    assert usual[:3] == ["waiting", "meetings", "changes"]
    browser.post("/my/cards", data={"card": "documents", "move": "up"})
    browser.post("/my/cards", data={"card": "waiting", "move": "hide"})
    browser.post("/my/cards", data={"card": "meetings", "move": "up"})
    assert order()[:3] == ["meetings", "documents", "changes"]
    assert order("/my?arrange=1")[0] == "waiting" or "waiting" in order("/my?arrange=1")
    assert "1 card is hidden" in content(browser.get("/my").text)
    assert browser.post("/my/cards", data={"card": "nothing", "move": "up"}).status_code == 422
    assert browser.post("/my/cards", data={"card": "items", "move": "sideways"}).status_code == 422
    assert order() != usual
    assert as_(client, cast.chair).get("/my").text.index('id="card-waiting"') > 0, "others have theirs as usual"
    browser.post("/my/cards", data={"move": "usual"})
    assert order() == usual


def test_link_is_for_those_who_take_part(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    today = geneva_day(clock.now)
    meeting = study_group_meeting(cast, starts_on=today, ends_on=today + timedelta(5))
    make.add(
        Sitting(
            meeting_id=meeting.id or 0, title="Opening plenary", zone="Europe/Zurich", remote_link="https://remote.example/1",
            starts_at=clock.now - timedelta(minutes=5), ends_at=clock.now + timedelta(hours=2),
        )
    )  # fmt: skip
    for player, status in ((cast.delegate_member, "approved"), (cast.delegate_state, "asked")):
        make.add(
            Registration(
                meeting_id=meeting.id or 0, person_id=player.person.id or 0, status=status, asked_at=clock.now
            )
        )  # fmt: skip
    make.session.commit()

    approved, asked = (as_(client, each).get("/my").text for each in (cast.delegate_member, cast.delegate_state))

    assert "https://remote.example/1" in approved
    assert "https://remote.example/1" not in asked
    assert "Opening plenary" in asked
    assert "registration asked for" in content(asked)
    assert meeting.code not in as_(client, cast.outsider).get("/my").text
    told = as_(client, cast.delegate_state).get("/api/v1/me/page").json()["items"]
    assert [row["link"] for card in told if card["id"] == "meetings" for row in card["items"]] == [""]


def test_bar_counts_and_forgets_when_i_write(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    body(make)
    row = agreed(cast, make)
    make.session.commit()
    chair, outsider = as_(client, cast.chair), as_(client, cast.outsider)

    def bar() -> str:
        found = tree(chair.get("/group").text).xpath('//*[@id="waits-bar"]')
        return " ".join(found[0].text_content().split()) if found else ""

    assert tree(chair.get("/group").text).xpath('//*[@id="waits-bar"]/@data-hx-get') == ["/my/bar"]
    assert "waits for you" in chair.get("/my/bar", headers={"HX-Request": "true"}).text
    with counted(make) as asked:
        assert bar().startswith("1 waits for you")
    warm = len(asked)
    assert 'id="waits-bar"' not in outsider.get("/group").text
    chair.post(f"/liaison/{row.name}/approval", data={"sender": "1", "position": "0"})
    with counted(make) as asked:
        assert bar() == "Waiting for you", "not known any more"
    assert len(asked) == warm, "the bar costs a page no query, known or not"
    chair.get("/my")
    clock.now += timedelta(seconds=61)
    assert bar() == "Waiting for you", "after a minute it is asked anew"


def test_calendar_has_what_has_a_day(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    everything(cast, make, clock)
    browser = as_(client, cast.rapporteur)
    page = tree(browser.post("/my/calendars", data={"feed": "waiting"}).text)
    (address,) = {found for found in page.xpath("//*/@value | //*/@href | //code/text()") if "token=" in found}

    told = client.get("/my/waiting.ics?" + address.partition("?")[2])

    assert told.status_code == 200
    assert told.text.count("BEGIN:VEVENT") == sum(1 for row in waits(browser) if row[3])
    assert "To write" in told.text
    other = client.get("/my/calendar.ics?" + address.partition("?")[2])
    assert other.status_code == 404, "a key opens one feed"


def test_changes_of_my_groups_are_told_and_marked_as_read(
    client: TestClient, cast: Cast, make: Make, clock: Clock
) -> None:
    make.add(
        Subscription(person_id=cast.delegate_member.person.id or 0, scope=f"group:{cast.sg13.id}", created_at=clock.now)
    )
    paper(make, 1)
    study_group_meeting(cast)
    make.session.commit()
    outbox.seal(make.session, lambda verb: (), clock.now)
    make.session.commit()
    browser = as_(client, cast.delegate_member)

    page = tree(browser.get("/my").text)

    card = page.get_element_by_id("card-changes")
    assert "SG13" in card.text_content()
    (form,) = card.forms if hasattr(card, "forms") else card.xpath(".//form")
    browser.post("/my/looked", data={each.get("name"): each.get("value") for each in form.xpath(".//input")})
    assert "Nothing new." in content(browser.get("/my").text)


@pytest.mark.databases("sqlite", "postgres")
def test_page_costs_few_queries(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    """As somebody who is everything at once."""
    everything(cast, make, clock)
    for role in ("sg-chair", "rapporteur", "counsellor", "secretariat", "editor"):
        make.appointment(cast.focal_point.person, role, None if role == "secretariat" else cast.sg13)
    for n in range(8):
        item_row(make, cast.sg13, f"Y.{n}", number=n + 1, question=cast.q2)
    make.session.commit()
    browser = as_(client, cast.focal_point)
    browser.get("/my")

    with counted(make) as asked:
        assert browser.get("/my").status_code == 200

    assert len(asked) <= 25, "\n".join(asked)
