"""The directory in the browser: who sees whom, contact details, what the office does."""

import csv
import io
from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import Session, select
from starlette.testclient import TestClient

from sgdocs.mail.models import Letter
from sgdocs.people.accounts import GuestPass, UserSession
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import by_email
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, fault_of, last_letter, read, sign_in, tree

pytestmark = pytest.mark.databases("sqlite")
PHONE = "+41 22 730 51 11"


@pytest.fixture
def house(make: Make, cast: Cast) -> Cast:
    """The whole cast, with telephones; some can sign in."""
    for player in cast.every().values():
        player.person.phone = PHONE
        make.session.add(player.person)
    for player in (cast.tsb, cast.focal_point, cast.delegate_member, cast.outsider, cast.counsellor, cast.guest):
        make.account(player.person)
    make.session.commit()
    return cast


def names_in(text: str) -> list[str]:
    return [cell.text_content() for cell in tree(text).xpath("//tbody//td[1]//bdi")]


def test_everybody_sees_officers_and_members_see_all(client: TestClient, house: Cast) -> None:
    officers = [house.counsellor, house.wp_chair, house.chair, house.associate_rapporteur, house.rapporteur]

    public = names_in(client.get("/person").text)
    sign_in(client, house.delegate_member.person)
    member = names_in(client.get("/person").text)

    assert {each.person.name for each in officers} <= set(public)
    assert house.delegate_state.person.name not in public
    assert house.outsider.person.name not in public
    assert len(member) == 16
    assert [name.split()[-1].lower() for name in member] == sorted(name.split()[-1].lower() for name in member)


def test_contact_details_are_for_members(client: TestClient, house: Cast) -> None:
    chair = house.chair.person
    addresses = ("/person/clara-gavel", "/person", "/person.json", "/person.csv", f"/organisation/{house.state.slug}")

    public = [client.get(path) for path in addresses]
    sign_in(client, house.outsider.person)
    outsider = [client.get(path) for path in addresses]
    sign_in(client, house.delegate_member.person)
    member = client.get("/person/clara-gavel")

    for answer in (*public, *outsider):
        assert answer.status_code == 200
        assert str(chair.email) not in answer.text
        assert PHONE not in answer.text
        assert answer.headers["x-robots-tag"] == "noindex, nofollow"
    assert str(chair.email) in member.text
    assert PHONE in member.text


def test_person_who_holds_no_office_is_not_found_by_the_public(client: TestClient, house: Cast) -> None:
    address = "/person/dora-envoy"

    statuses = [client.get(address).status_code]
    for player in (house.outsider, house.guest, house.delegate_member):
        sign_in(client, player.person)
        statuses.append(client.get(address).status_code)

    assert statuses == [404, 404, 404, 200]
    sign_in(client, house.outsider.person)
    assert client.get("/person/otto-fence").status_code == 200


def test_person_page_shows_roles(client: TestClient, house: Cast) -> None:
    page = client.get("/person/clara-gavel").text

    assert "Chair" in content(page)
    assert 'href="/group/SG13"' in page
    assert 'name="robots" content="noindex"' in page


def test_list_is_searched_and_filtered(client: TestClient, house: Cast) -> None:
    sign_in(client, house.delegate_member.person)

    def found(query: str) -> list[str]:
        return names_in(client.get(f"/person?{query}").text)

    assert found("q=gavel") == ["Clara Gavel"]
    assert found("q=imaginary+quill") == ["Rafael Quill"]
    assert found("category=associate") == ["Alba Single"]
    assert found(f"organisation={house.university.slug}") == ["Edwin Blotter", "Una Scholar"]
    assert found("q=%25") == []
    assert client.get("/person?organisation=nobody").status_code == 404
    assert client.get("/person?page=0").status_code == 422
    assert found("category=nonsense") == found("")


def test_exports_hold_the_list_and_no_formula(client: TestClient, house: Cast, make: Make) -> None:
    make.person("=HYPERLINK(1)")
    make.session.commit()
    sign_in(client, house.delegate_member.person)

    told = client.get("/person.json?q=gavel").json()
    rows = list(csv.reader(io.StringIO(client.get("/person.csv").text.lstrip("\ufeff"))))
    book = client.get("/person.xlsx")

    assert (told["total"], told["items"][0]["name"], told["items"][0]["phone"]) == (1, "Clara Gavel", PHONE)
    assert rows[0][:3] == ["Address", "Name", "Organisation"]
    assert len(rows) == 18
    assert "'=HYPERLINK(1)" in [row[1] for row in rows]
    assert book.content[:2] == b"PK"


def test_list_costs_at_most_twelve_queries(client: TestClient, house: Cast, services: Services) -> None:
    sign_in(client, house.delegate_member.person)
    client.get("/person")
    seen: list[str] = []
    event.listen(services.database.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))

    client.get("/person")

    assert 0 < len([each for each in seen if each.startswith("SELECT")]) <= 12


def test_office_enters_and_corrects_a_person(client: TestClient, house: Cast, services: Services) -> None:
    sign_in(client, house.tsb.person)
    form = {"name": "Nora New", "email": "nora@new.test", "organisation": "Unknown Ltd", "language": "en"}

    bad = client.post("/people/new", data=form)
    good = client.post("/people/new", data=form | {"organisation": house.company.name})
    double = client.post("/people/new", data=form | {"organisation": ""})
    moved = client.post("/person/nora-new/edit", data=form | {"organisation": ""})
    edited = client.post(
        "/person/nora-new/edit", data=form | {"organisation": house.company.name, "name": "Nora Newer"}
    )

    assert bad.status_code == 422
    assert fault_of(bad.text, "organisation")
    assert good.url.path == "/person/nora-new"
    assert double.status_code == 422
    assert "exists already" in content(double.text)
    assert "Nora Newer" in edited.text
    nora = read(services.database, lambda s: by_email(s, "nora@new.test"))
    assert nora is not None
    assert nora.organisation_id == house.company.id
    assert moved.status_code == 422
    assert fault_of(moved.text, "organisation")


def test_office_enters_an_organisation(client: TestClient, house: Cast) -> None:
    sign_in(client, house.tsb.person)

    made = client.post(
        "/organisations/new", data={"name": "Tin Can Telephony", "acronym": "TCT", "category": "associate"}
    )
    edit = client.get("/organisation/tct/edit").text
    saved = client.post("/organisation/tct/edit", data={"name": "Tin Can", "category": "academia"})

    assert made.url.path == "/organisation/tct"
    assert 'value="associate" selected' in edit
    assert "Academia" in content(saved.text)
    assert "Tin Can" in content(client.get("/organisation?q=tin").text)


OFFICE = (
    ("GET", "/people/new"),
    ("POST", "/people/new"),
    ("GET", "/person/clara-gavel/edit"),
    ("POST", "/person/clara-gavel/edit"),
    ("POST", "/person/clara-gavel/invitation"),
    ("POST", "/person/clara-gavel/departure"),
    ("POST", "/person/clara-gavel/second-factor/reset"),
    ("GET", "/organisations/new"),
    ("POST", "/organisations/new"),
    ("GET", "/organisation/placeholderoptics/edit"),
    ("POST", "/organisation/placeholderoptics/edit"),
)
FORM = {"name": "Hacker Was Here", "email": "h@h.test", "category": "associate", "language": "en"}


@pytest.mark.parametrize(("method", "path"), OFFICE)
def test_nobody_else_does_what_the_office_does(
    client: TestClient, house: Cast, services: Services, method: str, path: str
) -> None:
    path = path.replace("placeholderoptics", house.associate.slug)

    def asked(browser: TestClient) -> int:
        return browser.request(
            method, path, data=FORM if method == "POST" else None, follow_redirects=False
        ).status_code

    def state(session: Session) -> list[object]:
        rows = [*session.exec(select(Person)), *session.exec(select(Organisation)), *session.exec(select(Letter))]
        return [row.model_dump() for row in rows]

    before = read(services.database, state)
    anonymous = asked(client)
    refused = []
    for player in (house.delegate_member, house.focal_point, house.counsellor, house.outsider):
        browser = another(client)
        sign_in(browser, player.person)
        refused.append(asked(browser))

    assert anonymous == (303 if method == "GET" else 403)
    assert refused == [403] * 4
    assert read(services.database, state) == before


def test_focal_point_lets_somebody_go_and_their_session_ends_at_once(
    client: TestClient, house: Cast, services: Services
) -> None:
    gone = another(client)
    sign_in(gone, house.delegate_member.person)
    sign_in(client, house.focal_point.person)
    assert gone.get("/my").url.path == "/my"

    answer = client.post("/person/selim-courier/departure", data={"reason": "New job"})

    assert "Has left" in answer.text
    assert gone.get("/my", follow_redirects=False).status_code == 303
    people = read(services.database, lambda s: {row.person_id for row in s.exec(select(UserSession))})
    assert house.delegate_member.person.id not in people
    assert "Selim Courier" not in names_in(client.get("/person").text)


def test_counsellor_admits_a_guest(client: TestClient, house: Cast, services: Services) -> None:
    sign_in(client, house.counsellor.person)
    form = {
        "name": "Greta Guest",
        "email": "greta@x.test",
        "place": "T/SG13",
        "ends_on": "2026-06-30",
        "language": "en",
    }

    bad = client.post("/people/guest", data=form | {"ends_on": "2026-03-01"})
    other = client.post("/people/guest", data=form | {"place": "T/SG15"})
    good = client.post("/people/guest", data=form)

    sign_in(client, house.tsb.person)
    nowhere = client.post("/people/guest", data=form | {"place": "T/SG99"})
    assert fault_of(bad.text, "ends_on")
    assert fault_of(nowhere.text, "place")
    assert (bad.status_code, other.status_code, good.url.path) == (422, 403, "/person")
    assert last_letter(services.database).kind == "people.invitation"
    places = read(services.database, lambda s: sorted(s.exec(select(GuestPass.place))))
    assert places == ["T/SG13", "T/SG13"]


def test_organisation_page_shows_where_it_takes_part(client: TestClient, house: Cast) -> None:
    associate = content(client.get(f"/organisation/{house.associate.slug}").text)
    company = content(client.get(f"/organisation/{house.company.slug}").text)

    assert "Associate" in associate
    assert "SG13" in associate
    assert "ITU-T" in company
    assert "Rafael Quill" in company
    assert "Selim Courier" not in company


def test_names_are_text_not_markup(client: TestClient, house: Cast, make: Make) -> None:
    make.add(Person(slug="img", name="<img src=x>", sort_name="img", position="<b>chief</b>", created_at=make.act.now))
    make.session.commit()
    sign_in(client, house.tsb.person)

    for path in ("/person", "/person/img", "/person/img/edit"):
        page = client.get(path).text
        assert "<img src=x>" not in page
        assert "&lt;img src=x&gt;" in page


@pytest.mark.parametrize("address", ["edit", "second-factor/reset", "departure"])
def test_secretariat_does_not_take_over_an_administrator(client: TestClient, house: Cast, address: str) -> None:
    sign_in(client, house.tsb.person)
    form = {"name": "Ada Taken", "email": "mine@example.test", "reason": "so"}

    answer = client.post(f"/person/{house.admin.person.slug}/{address}", data=form)

    assert (answer.status_code, "service.administer" in answer.text) == (403, True)


def test_roles_that_are_no_office_are_for_members(client: TestClient, house: Cast, make: Make) -> None:
    make.appointment(house.rapporteur.person, "delegate", house.sg15)
    make.session.commit()
    address = f"/person/{house.rapporteur.person.slug}"

    public = content(client.get(address).text)
    sign_in(client, house.delegate_member.person)
    for_members = content(client.get(address).text)

    assert ("Rapporteur" in public, "Delegate" in public) == (True, False)
    assert "Delegate" in for_members


def test_office_is_public_from_its_first_day_to_its_last(client: TestClient, make: Make, cast: Cast) -> None:
    """Clock: 2 March 2026."""
    spans = {"now": (2025, 2028), "past": (2024, 2025), "later": (2027, 2028)}
    for name, (first, last) in spans.items():
        person = make.person(f"Olga {name}", organisation=cast.company)
        make.appointment(person, "editor", cast.sg13, starts_on=date(first, 1, 1), ends_on=date(last, 12, 31))
    make.session.commit()

    assert names_in(client.get("/person").text) == ["Olga now"]
    assert [client.get(f"/person/olga-{name}").status_code for name in spans] == [200, 404, 404]
