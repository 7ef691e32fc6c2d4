"""The secretariat notes memberships and ends guest passes in the browser; nobody else does."""

from datetime import date

import pytest
from lxml.html import HtmlElement
from sqlmodel import Session, select
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.groups.models import Membership
from sgdocs.people.accounts import GuestPass
from sgdocs.people.models import Person
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, content, fault_of, sign_in, tree

pytestmark = pytest.mark.databases("sqlite")
AT = "/organisation/placeholderoptics/memberships"


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast) -> TestClient:
    """A browser in which the secretariat is signed in; there are an Associate of SG13, a guest, SG15."""
    cast.summon("tsb", "delegate_associate", "sg15", "guest", "delegate_member")
    for player in (cast.tsb, cast.guest, cast.delegate_member, cast.delegate_associate):
        make.account(player.person)
    make.session.commit()
    sign_in(client, cast.tsb.person)
    return client


def joined(database: Database) -> list[tuple[str, int | None, date, date | None]]:
    """Memberships of the Associate, in their order."""
    with database.reading() as session:
        rows = session.exec(select(Membership).where(Membership.organisation_id == _associate(session)))
        return [(row.sector, row.group_id, row.starts_on, row.ends_on) for row in rows]


def _associate(session: Session) -> int | None:
    return session.exec(select(Person.organisation_id).where(Person.name == "Alba Single")).one()


def cells(page: HtmlElement) -> list[str]:
    return [" ".join(row.text_content().split()) for row in page.xpath("//main//tbody/tr")]


def test_membership_is_added_and_ended(office: TestClient, cast: Cast, database: Database) -> None:
    added = office.post(AT, data={"sector": "T", "group": "sg 15", "starts_on": "2026-04-01"})
    (end,) = tree(added.text).xpath("//a[@aria-label='End the membership in ITU-T SG15']/@href")
    form = office.get(end)
    ended = office.post(end, data={"ends_on": "2026-12-31"})

    assert added.url.path == "/organisation/placeholderoptics"
    assert "Alba" not in content(form.text)
    assert "ITU-T SG15 1 Apr 2026 31 Dec 2026" in cells(tree(ended.text))
    first = ("T", cast.sg13.id, date(2025, 1, 1), None)
    assert joined(database) == [first, ("T", cast.sg15.id, date(2026, 4, 1), date(2026, 12, 31))]


@pytest.mark.parametrize(
    ("changed", "field", "says"),
    [
        ({"group": "SG99"}, "group", "Give a study group of the Sector"),
        ({"group": ""}, "group", "it joins one study group of the Sector"),
        ({"group": "T/SG15", "sector": "R"}, "group", "it joins one study group of the Sector"),
        ({"group": "T/SG13"}, "starts_on", "is a member there already, since 2025-01-01"),
        ({"starts_on": "soon"}, "starts_on", ""),
        ({"sector": "X"}, "sector", ""),
    ],
)
def test_membership_that_cannot_be_is_refused_at_its_field(
    office: TestClient, database: Database, changed: dict[str, str], field: str, says: str
) -> None:
    before = joined(database)

    answer = office.post(AT, data={"sector": "T", "group": "SG15", "starts_on": "2026-04-01"} | changed)

    assert answer.status_code == 422
    assert fault_of(answer.text, field) != ""
    assert says in fault_of(answer.text, field)
    assert joined(database) == before


def test_end_before_the_first_day_is_refused_at_its_field(office: TestClient, database: Database) -> None:
    (end,) = tree(office.get("/organisation/placeholderoptics").text).xpath(
        "//main//td/a[contains(@href, '/end')]/@href"
    )

    answer = office.post(end, data={"ends_on": "2020-01-01"})

    assert answer.status_code == 422
    assert "lies before the first" in fault_of(answer.text, "ends_on")
    assert [row[3] for row in joined(database)] == [None]


def test_membership_of_another_organisation_is_not_found(office: TestClient, database: Database) -> None:
    (end,) = tree(office.get("/organisation/placeholderoptics").text).xpath(
        "//main//td/a[contains(@href, '/end')]/@href"
    )
    wrong = end.replace("placeholderoptics", "imaginarynetworks")

    answers = [
        office.post(each, data={"ends_on": "2026-12-31"}) for each in (wrong, f"{AT}/{2**40}/end", f"{AT}/0/end")
    ]

    assert [each.status_code for each in answers] == [404, 404, 404]
    assert [row[3] for row in joined(database)] == [None]


def test_others_neither_add_nor_end(office: TestClient, cast: Cast, database: Database) -> None:
    (end,) = tree(office.get("/organisation/placeholderoptics").text).xpath(
        "//main//td/a[contains(@href, '/end')]/@href"
    )
    member = another(office)
    sign_in(member, cast.delegate_associate.person)
    page = tree(member.get("/organisation/placeholderoptics").text)

    answers = [
        member.get(f"{AT}/new"),
        member.post(AT, data={"sector": "T", "group": "SG15", "starts_on": "2026-04-01"}),
        member.get(end),
        member.post(end, data={"ends_on": "2026-12-31"}),
        member.get("/office/guests"),
        member.post("/office/guests/1/end"),
    ]

    assert [each.status_code for each in answers] == [403] * 6
    assert page.xpath("//a[contains(@href, '/memberships/')]") == []
    assert len(joined(database)) == 1
    with database.reading() as session:
        assert len(session.exec(select(GuestPass)).all()) == 1


def test_guests_are_listed_and_ended(office: TestClient, make: Make, cast: Cast, database: Database) -> None:
    make.guest_pass(cast.delegate_member.person, "meeting:T25-X", ends_on=date(2026, 3, 2))
    make.guest_pass(cast.delegate_member.person, "T/SG15", ends_on=date(2026, 3, 1))
    make.session.commit()
    guest = another(office)
    sign_in(guest, cast.guest.person)

    before = tree(office.get("/office/guests").text)
    address = before.xpath("//form[.//button[contains(@aria-label, 'Gustav Visitor')]]/@action")[0]
    ended = office.post(address)

    assert cells(before) == [
        "Selim Courier meeting:T25-X 1 Jan 2026 2 Mar 2026 End",
        "Gustav Visitor T/SG13 1 Jan 2026 31 Dec 2026 End",
    ]
    assert "The pass has ended." in content(ended.text)
    assert cells(tree(ended.text)) == ["Selim Courier meeting:T25-X 1 Jan 2026 2 Mar 2026 End"]
    assert office.post(address).status_code == 404
    assert guest.get("/my", follow_redirects=False).status_code == 303
    assert "/office/guests" in tree(office.get("/office").text).xpath("//main//a/@href")
