"""The first steps on my page: those of one's role, ticked by what was done, gone when all are or when they are skipped."""

import pytest
from starlette.testclient import TestClient

from sgdocs.base.actor import Actor, Appointment, Kind
from sgdocs.guides.pages import ROLES
from sgdocs.journal.record import record
from sgdocs.notices.models import Subscription
from sgdocs.web.first_steps import STEPS
from sgdocs.web.first_visit import OF_ROLES, guide_of
from sgdocs.web.verbs import SAYS
from sgdocs.workspace.models import Kept, SavedSearch
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import tree
from tests.support.databases import Clock
from tests.web.test_my_page import as_

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture(autouse=True)
def people(make: Make, cast: Cast) -> None:
    for player in (cast.delegate_member, cast.outsider, cast.chair):
        make.account(player.person)


@pytest.fixture
def delegate(client: TestClient, cast: Cast, make: Make) -> TestClient:
    make.session.commit()
    return as_(client, cast.delegate_member)


def steps(browser: TestClient) -> dict[str, bool]:
    """Address of each step -> whether it is done; nothing without the card."""
    rows = tree(browser.get("/my").text).xpath("//section[@id='card-first']//ol/li")
    return {row.xpath("string(.//a/@href)"): "is-force" in row.xpath("string(.//span/@class)") for row in rows}


def test_steps_tick_themselves_off_by_what_was_done(delegate: TestClient, cast: Cast) -> None:
    assert not any(steps(delegate).values())
    delegate.post(
        "/my/profile", data={"name": cast.delegate_member.person.name, "position": "Engineer", "language": "en"}
    )
    delegate.post("/my/calendars", data={"feed": "waiting"})

    assert [address for address, done in steps(delegate).items() if done] == ["/my/profile", "/my/calendars"]


def test_card_goes_when_all_is_done(client: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    player = cast.outsider
    me = player.person.id or 0
    make.add(SavedSearch(person_id=me, name="Fibre", path="/search", query="q=fibre", created_at=clock.now))
    make.add(Subscription(person_id=me, scope="all", created_at=clock.now))
    record(player.act, "people.edited", player.person, audience="members")
    record(player.act, "notices.preferred", player.person, audience="secretariat")
    make.session.commit()
    browser = as_(client, player)
    assert [address for address, done in steps(browser).items() if not done] == ["/doc"]

    make.add(Kept(person_id=me, kind="document", thing_id=1, created_at=clock.now, changed_at=clock.now))
    make.session.commit()

    assert steps(browser) == {}


def test_steps_are_skipped_for_good_without_a_script(delegate: TestClient, client: TestClient, cast: Cast) -> None:
    [form] = tree(delegate.get("/my").text).xpath("//section[@id='card-first']//form")
    fields = {field.get("name"): field.get("value") for field in form.xpath(".//input | .//button")}

    answer = delegate.post(form.get("action"), data=fields, follow_redirects=False)

    assert answer.headers["location"] == "/my"
    assert steps(delegate) == {}
    assert "hidden" not in tree(delegate.get("/my").text).xpath("string(//main)")
    delegate.post("/my/cards", data={"move": "usual"})
    assert steps(delegate) == {}, "as usual does not bring them back"
    assert steps(as_(client, cast.chair)) != {}, "others keep theirs"
    delegate.post("/my/cards", data={"card": "first", "move": "show"})
    assert steps(delegate) != {}


def test_steps_of_others_tick_nothing_of_mine(delegate: TestClient, cast: Cast, make: Make, clock: Clock) -> None:
    make.add(Subscription(person_id=cast.chair.person.id or 0, scope="all", created_at=clock.now))
    make.session.commit()

    assert not any(steps(delegate).values())


def test_api_tells_the_same(delegate: TestClient) -> None:
    told = {each["address"]: each["is_done"] for each in delegate.get("/api/v1/me/page").json()["items"][0]["items"]}

    assert told == steps(delegate)


@pytest.mark.parametrize(("name", "roles"), OF_ROLES)
def test_who_holds_an_office_gets_its_guide(name: str, roles: tuple[str, ...]) -> None:
    for role in roles:
        actor = Actor(Kind.PERSON, 1, category="sector-member", appointments=(Appointment(role, "T/SG13"),))
        assert guide_of(actor).name == name
    state = Actor(Kind.PERSON, 1, category="member-state", appointments=(Appointment("delegate", "T/SG13"),))
    assert guide_of(state).name == "administration"
    assert guide_of(Actor(Kind.PERSON, 1)).name == "reader"


def test_every_role_has_four_to_six_steps_known_by_real_verbs() -> None:
    assert set(STEPS) == {guide.name for guide in ROLES}
    assert all(4 <= len(several) <= 6 for several in STEPS.values())
    assert {verb for several in STEPS.values() for step in several for verb in step.verbs} - set(SAYS) == set()
