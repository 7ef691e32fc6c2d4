"""The secretariat looks as somebody else: what is shown is theirs, nothing is sent, nothing private, and it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from sgdocs.journal.models import Entry
from sgdocs.people.accounts import UserSession
from sgdocs.people.models import Person
from sgdocs.wiring import Services
from sgdocs.workspace import actions as workspace
from sgdocs.workspace import queries as kept_by
from sgdocs.workspace.schemas import KeepForm
from tests.cast import Cast
from tests.documents.papers import paper
from tests.make import Make
from tests.people.browser import COOKIE, another, content, fault_of, read, sign_in, tree
from tests.support.databases import Clock

pytestmark = pytest.mark.databases("sqlite")
SECRET = "object when nobody looks"


@pytest.fixture
def house(make: Make, cast: Cast) -> Cast:
    for player in cast.every().values():
        player.person.phone = "+41 22 730 51 11"
        make.account(player.person)
    make.session.commit()
    return cast


def looked(client: TestClient, as_whom: Person | None = None, **form: str) -> int:
    told = {"person": as_whom.slug} if as_whom else form
    return client.post("/office/view-as", data=told, follow_redirects=False).status_code


def banner(text: str) -> str:
    found = tree(text).xpath("//div[contains(@class, 'viewing')]")
    return " ".join(found[0].text_content().split()) if found else ""


def verbs(services: Services) -> list[tuple[str, str]]:
    wanted = select(Entry.verb, Entry.audience).where(col(Entry.verb).startswith("people.view")).order_by(col(Entry.id))
    return [(verb, audience) for verb, audience in read(services.database, lambda s: s.exec(wanted).all())]


def test_pages_are_those_of_the_person(client: TestClient, house: Cast) -> None:
    hidden = "/person/dora-envoy"
    sign_in(client, house.tsb.person)
    own = (client.get(hidden).status_code, client.get("/office").status_code, banner(client.get("/person").text))

    status = looked(client, house.outsider.person)
    seen = client.get("/person")
    statuses = [client.get(path).status_code for path in (hidden, "/office", "/nowhere", "/")]

    assert own == (200, 200, "")
    assert (status, statuses) == (303, [404, 403, 404, 200])
    assert banner(seen.text).startswith("Read only You look as Otto Fence until ")
    assert banner(client.get("/nowhere").text) == banner(seen.text)
    assert seen.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("form", "dora", "office"),
    [
        ({"role": "public"}, 404, 403),
        ({"role": "delegate", "category": "sector-member"}, 200, 403),
        ({"role": "rapporteur", "group": "Q2/13", "category": "academia"}, 200, 403),
        ({"role": "delegate", "group": "SG13", "category": "associate"}, 200, 403),
        ({"role": "guest", "group": "T/SG13", "category": "invited-expert"}, 404, 403),
    ],
)
def test_pages_are_those_of_the_role(
    client: TestClient, house: Cast, form: dict[str, str], dora: int, office: int
) -> None:
    sign_in(client, house.tsb.person)

    status = looked(client, None, **form)

    assert status == 303
    assert [client.get(path).status_code for path in ("/person/dora-envoy", "/office", "/rec")] == [dora, office, 200]
    assert banner(client.get("/person").text)


def test_nothing_is_sent_through_other_eyes(client: TestClient, house: Cast, services: Services) -> None:
    sign_in(client, house.tsb.person)
    looked(client, house.delegate_member.person)

    answers = [
        client.post("/my/profile", data={"name": "Changed", "language": "en"}),
        client.post("/my/follow", data={"scope": "group:1"}),
        client.post("/office/view-as", data={"person": "clara-gavel"}),
        client.post("/people/new", data={"name": "Nora New", "language": "en"}),
        client.put("/api/v1/groups/T/SG13/term", json={}),
        client.delete("/api/v1/webhooks/1"),
    ]

    assert [each.status_code for each in answers[:4]] == [403] * 4
    assert {each.status_code for each in answers[4:]} <= {403, 404, 405}
    assert answers[0].json()["rule"] == "web.view-only" if "json" in answers[0].headers["content-type"] else True
    names = read(services.database, lambda s: s.exec(select(Person.name)).all())
    assert {"Changed", "Nora New"}.isdisjoint(names)


def test_what_is_the_persons_own_is_not_shown(client: TestClient, house: Cast, make: Make) -> None:
    document = paper(make)
    owner = house.delegate_member
    workspace.keep(owner.act, "document", document.id or 0, KeepForm(note=SECRET, is_shared=True, covers=True))
    make.session.commit()
    names = ("kept", "searches", "lists", "delegation", "profile", "tokens", "sessions", "notices", "calendars", "data")
    pages = [f"/my/{name}" for name in names]
    pages += ["/api/v1/me", "/api/v1/me/kept", "/api/v1/me/tokens", f"/doc/{document.name}", "/search?q=nobody+looks"]
    sign_in(client, owner.person)
    assert SECRET in client.get("/my/kept").text

    client.post("/logout")
    sign_in(client, house.tsb.person)
    for whom in (owner.person, house.focal_point.person):
        assert looked(client, whom) == 303
        answers = [client.get(path) for path in pages]
        client.post("/office/view-as/end")

        assert [each.url.path for each in answers if SECRET in each.text] == []
        assert {each.status_code for each in answers if each.url.path.startswith(("/my/", "/api/v1/me"))} <= {403, 404}
    viewed = make.act_as(replace(owner.actor, is_viewed=True))
    assert kept_by.kept_among(viewed, "document", [document.id]) == {}


def test_view_ends_by_itself_by_hand_and_with_the_right(
    client: TestClient, house: Cast, clock: Clock, services: Services
) -> None:
    sign_in(client, house.tsb.person)
    looked(client, house.outsider.person)
    clock.now += timedelta(minutes=services.settings.view_as_minutes, seconds=-1)
    last = banner(client.get("/rec").text)
    clock.now += timedelta(seconds=1)
    over = banner(client.get("/rec").text)
    looked(client, house.outsider.person)
    again = banner(client.get("/rec").text)

    ended = client.post("/office/view-as/end", follow_redirects=False)

    assert (bool(last), over, bool(again)) == (True, "", True)
    assert (ended.status_code, ended.headers["location"], banner(client.get("/rec").text)) == (303, "/office", "")
    assert verbs(services) == [
        ("people.viewed", "secretariat"),
        ("people.viewed", "secretariat"),
        ("people.view-ended", "secretariat"),
    ]


def test_only_the_secretariat_looks_and_only_at_whom_it_may(
    client: TestClient, house: Cast, services: Services
) -> None:
    for player in (house.delegate_member, house.chair, house.counsellor, house.focal_point, house.outsider):
        sign_in(client, player.person)
        assert (client.get("/office/view-as").status_code, looked(client, house.guest.person)) == (403, 403)
    sign_in(client, house.tsb.person)

    tried = [looked(client, whom) for whom in (house.admin.person, house.tsb.person)]
    roles = [
        looked(client, role="admin", category="secretariat"),
        looked(client, role="sg-chair", group="Q2/13"),
        looked(client, role="guest"),
        looked(client, role="king", group="SG13"),
        looked(client, role="delegate", group="SG999"),
    ]
    wrong = client.post("/office/view-as", data={"person": "tessa-ledger"})

    assert (tried, roles) == ([403, 422], [403, 422, 422, 422, 422])
    assert "You are Tessa Ledger" in fault_of(wrong.text, "person")
    assert verbs(services) == []


def test_other_browsers_of_the_viewer_and_the_person_see_as_before(client: TestClient, house: Cast) -> None:
    theirs, second = another(client), another(client)
    sign_in(theirs, house.delegate_member.person)
    sign_in(second, house.tsb.person)
    sign_in(client, house.tsb.person)

    looked(client, house.delegate_member.person)

    assert banner(client.get("/rec").text)
    assert (banner(theirs.get("/rec").text), banner(second.get("/rec").text)) == ("", "")
    assert second.get("/office").status_code == 200
    assert theirs.post("/my/profile", data={"name": "Selim Courier", "language": "en"}).status_code == 200


def test_sign_out_through_other_eyes_signs_the_viewer_out(client: TestClient, house: Cast, services: Services) -> None:
    sign_in(client, house.tsb.person)
    looked(client, house.delegate_member.person)

    client.post("/logout")

    assert read(services.database, lambda s: s.exec(select(UserSession)).all()) == []
    assert COOKIE not in client.cookies
    assert "Sign in" in content(client.get("/login").text)
