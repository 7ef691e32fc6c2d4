"""Pages of groups: what is shown to whom, where addresses lead, and the forms of the office."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO

import lxml.html
import pytest
from openpyxl import load_workbook
from sqlalchemy import event
from sqlmodel import Session, select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.groups import queries
from sgdocs.groups.models import Appointment, GroupTerm, Succession
from sgdocs.journal.models import Entry
from sgdocs.people import actions as people
from sgdocs.people.models import Person
from sgdocs.people.rules import TokenScope
from sgdocs.people.schemas import TokenForm
from sgdocs.wiring import Services
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import content, fault_of, sign_in, tree
from tests.support.databases import Clock
from tests.support.services import ADDRESS, app_over

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture(autouse=True)
def structure(make: Make, cast: Cast) -> None:
    """SG13 with WP1, Q2 and an officer each; SG15; WP 5D; SG9 that is SG21 now. Committed, so that pages see it."""
    cast.summon("chair", "wp_chair", "rapporteur", "sg15", "delegate_associate")
    make.term(cast.sg13, "T22", title="Networks as they were")
    make.group("T/SG13/T22/Q2", title="Older services")
    make.group("R/WP5D", title="IMT systems")
    old, new = make.group("T/SG9", ends_on=date(2024, 12, 31)), make.group("T/SG21", title="Multimedia")
    make.add(Succession(from_id=old.id or 0, to_id=new.id or 0, on=date(2025, 1, 1)))
    make.session.commit()


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast) -> TestClient:
    """A browser in which the secretariat is signed in."""
    return _signed_in(client, make, cast.tsb.person)


def _signed_in(client: TestClient, make: Make, person: Person) -> TestClient:
    make.account(person)
    make.session.commit()
    sign_in(client, person)
    return client


@pytest.fixture
def fresh(database: Database) -> Iterator[Session]:
    with database.reading() as session:
        yield session


def _chair(session: Session) -> int:
    """The number of the appointment of SG13's chair."""
    return session.exec(select(Appointment.id).where(Appointment.role == "sg-chair")).one() or 0


def links(text: str) -> dict[str, str]:
    """words -> address of every link of the main part."""
    return {
        " ".join(a.text_content().split()): a.get("href") for a in tree(text).get_element_by_id("content").iter("a")
    }


# Addresses


@pytest.mark.parametrize(
    ("asked", "status", "leads"),
    [
        ("/group/SG13", 200, None),
        ("/group/sg13", 301, "/group/SG13"),
        ("/group/T/SG13", 301, "/group/SG13"),
        ("/group/t/sg13/people?x=1", 301, "/group/SG13/people?x=1"),
        ("/group/SG13/T25/Q2", 200, None),
        ("/group/sg13/t25/q2", 301, "/group/SG13/T25/Q2"),
        ("/group/SG13/Q2", 302, "/group/SG13/T25/Q2"),
        ("/group/SG13/wp1/people", 302, "/group/SG13/T25/WP1/people"),
        ("/group/SG13/T22", 200, None),
        ("/group/SG13/t22", 301, "/group/SG13/T22"),
        ("/group/SG13/T17", 404, None),
        ("/group/R/WP5D", 200, None),
        ("/group/r/wp5d", 301, "/group/R/WP5D"),
        ("/group/5D", 302, "/group/R/WP5D"),
        ("/group/Q2/13", 302, "/group/SG13/T25/Q2"),
        ("/group/SG 13", 302, "/group/SG13"),
        ("/group/SG13.json", 200, None),
        ("/group/sg13.json", 301, "/group/SG13.json"),
        ("/group/SG99", 404, None),
        ("/group/SG13/Q99", 404, None),
        ("/group/T", 404, None),
        ("/group/", 404, None),
        ("/group/SG13%00", 301, "/group/SG13"),
        ("/group/" + "x" * 5000, 404, None),
    ],
)
def test_address_leads_to_the_canonical_one(client: TestClient, asked: str, status: int, leads: str | None) -> None:
    answer = client.get(asked, follow_redirects=False)

    assert (answer.status_code, answer.headers.get("location")) == (status, leads)


def test_ambiguous_code_is_not_guessed(client: TestClient, make: Make) -> None:
    make.group("T/TG7-1", title="")
    make.group("R/TG7-1", title="")
    make.session.commit()

    answer = client.get("/group/tg 7/1", follow_redirects=False)

    assert answer.status_code == 404
    addresses = [a.get("href") for a in tree(answer.text).iter("a")]
    assert [at for at in addresses if "TG7" in at] == ["/group/TG7-1", "/group/R/TG7-1"]


# Reading


def test_list_shows_todays_groups_with_their_titles(client: TestClient) -> None:
    answer = client.get("/group")

    rows = [tuple(cell.text_content().strip() for cell in row) for row in tree(answer.text).iterfind(".//tbody/tr")]
    assert [row[:2] for row in rows] == [
        ("ITU-T SG9", "Future networks"),
        ("ITU-T SG13", "Future networks"),
        ("ITU-T SG15", "Transport and access"),
        ("ITU-T SG21", "Multimedia"),
        ("WP1/13", "title not recorded"),
        ("Q2/13", "Services"),
        ("ITU-R SG5", "Future networks"),
        ("WP 5D", "IMT systems"),
    ]


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("sector=R", ["ITU-R SG5", "WP 5D"]),
        ("kind=question&kind=working-party&sector=T", ["WP1/13", "Q2/13"]),
        ("period=T22", ["ITU-T SG13", "Q2/13"]),
        ("q=multimedia", ["ITU-T SG21"]),
        ("q=%00", 8),
        ("sector=&kind=&period=&q=", 8),
        ("q=nothing+like+it", []),
    ],
)
def test_list_keeps_to_its_filters(client: TestClient, query: str, labels: list[str] | int) -> None:
    answer = client.get(f"/group?{query}")

    found = [row[0].text_content().strip() for row in tree(answer.text).iterfind(".//tbody/tr")]
    assert (found if isinstance(labels, list) else len(found)) == labels


@pytest.mark.parametrize(
    ("query", "field", "value"),
    [
        ("sector=X", "sector", "X"),
        ("kind=choir", "kind", "choir"),
        ("period=T99", "period", "T99"),
        ("q=" + "x" * 201, "q", ""),
    ],
)
def test_filter_that_cannot_be_read_is_named(client: TestClient, query: str, field: str, value: str) -> None:
    page, data = client.get(f"/group?{query}"), client.get(f"/group.json?{query}")

    assert (page.status_code, data.status_code) == (422, 422)
    assert data.json()["field"] == field
    assert value in data.json()["detail"]


def test_list_answers_as_files(client: TestClient) -> None:
    table = client.get("/group.csv?sector=R").text.lstrip("\ufeff").splitlines()
    sheet = load_workbook(BytesIO(client.get("/group.xlsx?sector=R").content)).active
    data = client.get("/group.json?sector=R").json()

    assert [line.split(",")[0] for line in table] == ["Path", "R/SG5", "R/WP5D"]
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()] == ["Path", "R/SG5", "R/WP5D"]
    assert (data["total"], [item["path"] for item in data["items"]]) == (2, ["R/SG5", "R/WP5D"])


def test_no_cell_of_the_list_starts_a_formula(client: TestClient, make: Make) -> None:
    make.group("T/SG99", title='=HYPERLINK("http://x")')
    make.session.commit()

    assert ",'=HYPERLINK" in client.get("/group.csv?q=hyperlink").text.replace('"', "")


def test_htmx_gets_the_rows_alone(client: TestClient) -> None:
    answer = client.get("/group?sector=R", headers={"HX-Request": "true"})

    assert "<html" not in answer.text
    assert "WP 5D" in answer.text


@pytest.mark.parametrize("address", ["/group", "/group.csv", "/group?period=all", "/group/SG13", "/group/SG13/people"])
def test_page_costs_few_queries(client: TestClient, office: TestClient, services: Services, address: str) -> None:
    said: list[str] = []
    engine = services.database.engine

    def note(*told: object) -> None:
        said.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert office.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    asked = [statement for statement in said if not statement.startswith(("PRAGMA", "BEGIN"))]
    assert len(asked) <= (12 if "SG13" not in address else 18), asked


def test_group_shows_what_it_is(client: TestClient) -> None:
    words, found = content(client.get("/group/SG13").text), links(client.get("/group/SG13").text)

    assert "ITU-T SG13 Future networks" in words
    assert "Chair: Clara Gavel, Administration of Fictavia" in words
    assert found["WP1/13"] == "/group/SG13/T25/WP1"
    assert found["Q2/13"] == "/group/SG13/T25/Q2"
    assert found["T22, 2022–2024"] == "/group/SG13/T22"
    assert {name: found[name] for name in ("About", "People", "Recommendations", "History")} == {
        "About": "/group/SG13",
        "People": "/group/SG13/people",
        "Recommendations": "/group/SG13/recommendations",
        "History": "/group/SG13/history",
    }


def test_group_of_another_period_is_shown_as_it_was(client: TestClient) -> None:
    answer = client.get("/group/SG13/T22")

    words, found = content(answer.text), links(answer.text)
    assert "Networks as they were" in words
    assert "This is the group as it was in 2022–2024." in words
    assert found["Q2/13"] == "/group/SG13/T22/Q2"
    assert "WP1/13" not in found
    assert found["People"] == "/group/SG13/T22/people"


def test_ended_group_names_its_successor_and_the_other_way(client: TestClient) -> None:
    before, after = client.get("/group/SG9"), client.get("/group/SG21")

    assert before.status_code == 200
    assert "EndedITU-T SG21 took over its work on 1 January 2025." in content(before.text)
    assert links(before.text)["ITU-T SG21"] == "/group/SG21"
    assert links(after.text)["ITU-T SG9"] == "/group/SG9"


def test_question_shows_its_working_party(client: TestClient) -> None:
    answer = client.get("/group/SG13/T25/Q2")

    assert links(answer.text)["WP1/13"] == "/group/SG13/T25/WP1"
    assert links(answer.text)["ITU-T SG13"] == "/group/SG13"


def test_record_as_json_has_the_schema_of_the_api(client: TestClient) -> None:
    told = client.get("/group/SG13.json").json()

    assert told == client.get("/api/v1/groups/T/SG13").json()
    assert (told["children"], told["title"]) == (["T/SG13/T25/WP1", "T/SG13/T25/Q2"], "Future networks")


def test_title_with_markup_is_text(client: TestClient, make: Make) -> None:
    make.group("T/SG98", title="<script>alert(1)</script>")
    make.session.commit()

    for address in ("/group", "/group/SG98", "/group/SG98/history"):
        assert not [s for s in tree(client.get(address).text).iter("script") if "alert" in (s.text or "")]
    assert "<script>alert(1)</script>" in content(client.get("/group/SG98").text)


def test_people_of_a_group_show_officers_now_and_before(client: TestClient, make: Make, cast: Cast) -> None:
    past = make.person("Petra Former", organisation=cast.state)
    make.appointment(past, "sg-chair", cast.sg13, starts_on=date(2022, 3, 10), ends_on=date(2024, 12, 31))
    make.session.commit()

    page = tree(client.get("/group/SG13/people").text)

    def names(section: str) -> list[str]:
        body = page.get_element_by_id(section).getparent()
        return [row[1].text_content().strip() for row in body.iterfind(".//tbody/tr")]

    assert (names("now"), names("below"), names("before")) == (
        ["Clara Gavel"],
        ["Rafael Quill", "Wilma Podium"],
        ["Petra Former"],
    )


def test_delegates_are_shown_to_members_only(client: TestClient, make: Make, cast: Cast) -> None:
    make.appointment(cast.delegate_state.person, "delegate", cast.sg13)
    make.session.commit()
    outside = client.get("/group/SG13/people").text, client.get("/group/SG13/people.csv").text

    inside = _signed_in(client, make, cast.chair.person).get("/group/SG13/people").text

    assert "Dora Envoy" in inside
    assert not [text for text in outside if "Dora Envoy" in text]


def test_history_tells_what_was_done_and_hides_who_from_strangers(office: TestClient, cast: Cast) -> None:
    cast.summon("delegate_state")
    cast.make.session.commit()
    form = {"period": "T25", "title": "Newer networks", "source": "minutes", "is_confirmed": "true"}
    office.post("/group/SG13/edit", data=form)
    office.post(
        "/group/SG13/appointments", data={"person": "dora-envoy", "role": "sg-vice-chair", "starts_on": "2026-03-02"}
    )
    inside = content(office.get("/group/SG13/history").text)
    office.cookies.clear()

    outside = content(office.get("/group/SG13/history").text)

    for told in (inside, outside):
        assert "Named “Newer networks” for the period T25; it was “Future networks”" in told
        assert "Appointed Dora Envoy vice-chair of ITU-T SG13 from 2 Mar 2026" in told
    assert "Tessa Ledger" in inside
    assert "Tessa Ledger" not in outside


# The office


@pytest.mark.parametrize(
    "address",
    [
        "/group/new",
        "/group/SG13/edit",
        "/group/SG13/end",
        "/group/SG13/appointments/new",
        "/group/SG13/appointments/1/end",
    ],
)
def test_forms_are_for_the_office(client: TestClient, make: Make, cast: Cast, address: str) -> None:
    stranger = client.get(address, follow_redirects=False)

    member = _signed_in(client, make, cast.delegate_state.person).get(address, follow_redirects=False)

    assert (stranger.status_code, stranger.headers["location"].split("?")[0]) == (303, "/login")
    assert member.status_code == 403


def test_posts_of_others_change_nothing(client: TestClient, make: Make, cast: Cast, fresh: Session) -> None:
    member = _signed_in(client, make, cast.chair.person)
    posts = {
        "/group/new": {"sector": "T", "kind": "study-group", "code": "SG77"},
        "/group/SG13/edit": {"period": "T25", "title": "Mine"},
        "/group/SG13/end": {"last_on": "2026-03-02", "reason": "so"},
        "/group/SG13/appointments": {"person": "dora-envoy", "role": "sg-chair", "starts_on": "2026-03-02"},
        f"/group/SG13/appointments/{_chair(fresh)}/end": {"last_on": "2026-03-02"},
    }
    before = len(fresh.exec(select(Entry.id).where(Entry.verb.startswith("groups."))).all())  # type: ignore[attr-defined]

    answers = [member.post(address, data=form).status_code for address, form in posts.items()]

    fresh.rollback()
    assert answers == [403] * len(posts)
    assert before == len(fresh.exec(select(Entry.id).where(Entry.verb.startswith("groups."))).all())  # type: ignore[attr-defined]


def test_office_establishes_a_group(office: TestClient, fresh: Session) -> None:
    form = {
        "sector": "T",
        "kind": "question",
        "code": "Q7",
        "parent": "T/SG13",
        "working_party": "T/SG13/T25/WP1",
        "continues": "T/SG13/T22/Q2",
        "period": "T25",
        "title": "Slices",
    }

    answer = office.post("/group/new", data=form, follow_redirects=False)
    shown = office.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, "/group/SG13/T25/Q7")
    assert "The group is established." in content(shown.text)
    assert "Slices" in content(shown.text)
    assert queries.by_path(fresh, "T/SG13/T25/Q7").starts_on == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"code": "seven"}, "code", "is not a code for a group of this kind"),
        ({"code": ""}, "code", "Fill this in."),
        ({"kind": "choir"}, "kind", "Choose one of"),
        ({"parent": "T/SG99"}, "parent", "The address of a group"),
        ({"code": "Q2"}, "code", "exists already"),
        ({"starts_on": "soon"}, "starts_on", "Give a date such as"),
    ],
)
def test_form_of_a_group_comes_back_with_what_is_wrong(
    office: TestClient, changed: dict[str, str], field: str, says: str
) -> None:
    form = {"sector": "T", "kind": "question", "code": "Q7", "parent": "T/SG13", "period": "T25", "title": "Slices"}

    answer = office.post("/group/new", data=form | changed)

    assert answer.status_code == 422
    assert says in fault_of(answer.text, field)
    assert tree(answer.text).get_element_by_id("title").get("value") == "Slices"


def test_refused_group_leaves_nothing_behind(office: TestClient, fresh: Session) -> None:
    """The row is written before the link to an earlier Question is refused: it must not be committed."""
    form = {"sector": "T", "kind": "question", "code": "Q7", "parent": "T/SG13", "period": "T25", "continues": "T/SG15"}

    answer = office.post("/group/new", data=form)

    assert answer.status_code == 422
    assert queries.find(fresh, "T/SG13/T25/Q7") is None


def test_office_edits_title_and_allocation(office: TestClient, fresh: Session) -> None:
    form = {"period": "T25", "title": "New services", "title_fr": "Services nouveaux", "mandate": "One.\n\nTwo."}

    answer = office.post("/group/SG13/T25/Q2/edit", data=form, follow_redirects=False)

    group = queries.by_path(fresh, "T/SG13/T25/Q2")
    [term] = fresh.exec(select(GroupTerm).where(GroupTerm.group_id == group.id)).all()
    assert answer.status_code == 303
    assert (term.title, term.titles, term.is_confirmed) == ("New services", {"fr": "Services nouveaux"}, False)
    assert group.working_party_id is None
    assert "One." in content(office.get("/group/SG13/T25/Q2").text)


def test_form_to_edit_begins_with_what_is_recorded(office: TestClient) -> None:
    page = tree(office.get("/group/SG13/edit?period=T22").text)

    assert page.get_element_by_id("title").get("value") == "Networks as they were"
    assert [o.get("value") for o in page.get_element_by_id("period") if o.get("selected") is not None] == ["T22"]


def test_office_ends_a_group_with_a_successor(office: TestClient, fresh: Session) -> None:
    alone = office.post("/group/SG13/end", data={"last_on": "2026-03-31", "reason": "merged"})
    form = {"last_on": "2026-03-31", "reason": "merged", "successor": "T/SG15"}

    answer = office.post("/group/SG13/end", data=form, follow_redirects=False)

    assert alone.status_code == 422
    assert "still has parts at work: Q2/13, WP1/13" in content(alone.text)
    assert answer.status_code == 303
    assert queries.by_path(fresh, "T/SG13").ends_on == date(2026, 3, 31)
    assert [g.path for g, _ in queries.relatives(fresh, queries.by_path(fresh, "T/SG13")).after] == ["T/SG15"]


def test_form_to_end_says_what_will_happen(office: TestClient) -> None:
    words = content(office.get("/group/SG13/end").text)

    assert "ITU-T SG13 ends with the last day" in words
    assert "WP1/13, Q2/13" in words
    assert "Clara Gavel is Chair no more." in words


def test_office_appoints_and_ends(office: TestClient, fresh: Session, cast: Cast, make: Make) -> None:
    cast.summon("delegate_state")
    make.session.commit()
    form = {"person": "doraenvoy@example.test", "role": "rapporteur", "starts_on": "2026-03-02", "note": "for a year"}

    given = office.post("/group/SG13/T25/Q2/appointments", data=form, follow_redirects=False)
    number = fresh.exec(select(Appointment.id).where(Appointment.note == "for a year")).one()
    fresh.rollback()
    ended = office.post(
        f"/group/SG13/T25/Q2/appointments/{number}/end", data={"last_on": "2026-12-31"}, follow_redirects=False
    )

    assert (given.status_code, given.headers["location"]) == (303, "/group/SG13/T25/Q2/people")
    assert ended.status_code == 303
    assert fresh.get_one(Appointment, number).ends_on == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"role": "rapporteur"}, "role", "is held in question"),
        ({"person": "alba-single", "role": "liaison-officer"}, "person", "comes from an Associate"),
        ({"person": "clara-gavel"}, "person", "holds this role there already"),
        ({"ends_on": "2020-01-01"}, "ends_on", "lies before the first"),
        ({"starts_on": ""}, "starts_on", "Fill this in."),
    ],
)
def test_form_of_an_appointment_comes_back_with_what_is_wrong(
    office: TestClient, make: Make, cast: Cast, changed: dict[str, str], field: str, says: str
) -> None:
    cast.summon("delegate_state")
    make.session.commit()
    form = {"person": "dora-envoy", "role": "sg-chair", "starts_on": "2026-03-02"}

    answer = office.post("/group/SG13/appointments", data=form | changed)

    assert answer.status_code == 422
    assert says in fault_of(answer.text, field)


def test_nobody_of_that_name_is_appointed(office: TestClient) -> None:
    form = {"person": "no-body", "role": "sg-chair", "starts_on": "2026-03-02"}

    answer = office.post("/group/SG13/appointments", data=form)

    assert answer.status_code == 422
    assert "no-body" in content(answer.text)


def test_third_term_asks_for_confirmation(office: TestClient, make: Make, cast: Cast) -> None:
    person = cast.delegate_state.person
    make.period("T17")
    for first, last in ((date(2017, 1, 1), date(2022, 3, 9)), (date(2022, 3, 10), date(2024, 12, 31))):
        make.appointment(person, "sg-chair", cast.sg13, starts_on=first, ends_on=last)
    make.session.commit()
    form = {"person": "dora-envoy", "role": "sg-chair", "starts_on": "2026-03-02"}

    warned = office.post("/group/SG13/appointments", data=form)
    box = tree(warned.text).get_element_by_id("accept")
    done = office.post("/group/SG13/appointments", data=form | {"accept": box.get("value")}, follow_redirects=False)

    assert warned.status_code == 422
    assert "has served 2 terms" in fault_of(warned.text, "accept")
    assert done.status_code == 303


@pytest.mark.parametrize(("most", "page", "api"), [(1, 422, 409), (2, 303, 201)])
def test_practice_of_terms_is_a_setting(
    services: Services, clock: Clock, make: Make, cast: Cast, most: int, page: int, api: int
) -> None:
    set_so = replace(services, settings=services.settings.model_copy(update={"officer_terms": most}))
    office = _signed_in(TestClient(app_over(set_so, clock=clock), base_url=ADDRESS), make, cast.tsb.person)
    make.period("T22")
    earlier = {"starts_on": date(2022, 3, 10), "ends_on": date(2024, 12, 31)}
    for player in (cast.delegate_state, cast.delegate_member):
        make.appointment(player.person, "sg-vice-chair", cast.sg13, **earlier)
    token = make.act_as(make.actor(cast.tsb.person))
    form = TokenForm(name="Script", scopes=[TokenScope.WRITE], expires_on=date(2026, 4, 1))
    key = people.make_token(token, cast.tsb.person, form, services.settings)[1]
    make.session.commit()
    form = {"person": "dora-envoy", "role": "sg-vice-chair", "starts_on": "2026-03-02"}

    by_form = office.post("/group/SG13/appointments", data=form, follow_redirects=False)
    by_script = TestClient(office.app, base_url=ADDRESS).post(
        "/api/v1/groups/T/SG13/people",
        json=form | {"person": "selim-courier"},
        headers={"Authorization": f"Bearer {key}"},
    )
    rule = content(office.get("/help/rules/groups.two-terms").text)

    assert (by_form.status_code, by_script.status_code) == (page, api)
    if most == 1:
        assert "the practice is 1 at most" in fault_of(by_form.text, "accept")
    assert f"(uncertain).{most} Words in braces" in rule


def test_counsellor_appoints_in_the_own_group(client: TestClient, make: Make, cast: Cast) -> None:
    cast.summon("delegate_state")
    browser = _signed_in(client, make, cast.counsellor.person)
    form = {"person": "dora-envoy", "role": "sg-vice-chair", "starts_on": "2026-03-02"}

    own = browser.post("/group/SG13/appointments", data=form, follow_redirects=False)
    other = browser.post("/group/SG15/appointments", data=form, follow_redirects=False)

    assert (own.status_code, other.status_code) == (303, 403)
    assert "Appoint somebody" in links(browser.get("/group/SG13").text)
    assert "Appoint somebody" not in links(browser.get("/group/SG15").text)
    assert "End the group" not in links(browser.get("/group/SG13").text)


@pytest.mark.parametrize("number", ["999999", "99999999999999999999"])
def test_appointment_that_is_not_there_is_not_found(office: TestClient, number: str) -> None:
    assert office.get(f"/group/SG15/appointments/{number}/end").status_code == 404


def test_appointment_of_another_group_is_not_found(office: TestClient, fresh: Session) -> None:
    number = _chair(fresh)

    assert office.get(f"/group/SG13/appointments/{number}/end").status_code == 200
    assert office.get(f"/group/SG15/appointments/{number}/end").status_code == 404


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_pages_hold_in_other_languages(office: TestClient, language: str) -> None:
    office.cookies.set("lang", language)

    for address in (
        "/group",
        "/group/SG13",
        "/group/SG13/people",
        "/group/SG13/history",
        "/group/new",
        "/group/SG13/end",
    ):
        page = lxml.html.fromstring(office.get(address).text)
        assert page.get("lang") == language


def test_groups_are_the_same_on_a_second_look(client: TestClient) -> None:
    first = client.get("/group/SG13.json")
    again = client.get("/group/SG13.json", headers={"If-None-Match": first.headers["etag"]})

    assert (first.status_code, again.status_code) == (200, 304)
    assert json.loads(first.text)["path"] == "T/SG13"
