"""One number of several periods: a page lets choose, programs and deeds are refused, and hidden ones are no choice."""

from datetime import date

import pytest
from starlette.testclient import TestClient

from sgdocs.liaison import queries
from sgdocs.liaison.models import StatementName
from sgdocs.liaison.naming import key_of
from sgdocs.search.finding import resolve
from tests.cast import Cast
from tests.liaison.register import statement
from tests.make import Make
from tests.people.browser import another, sign_in, tree

pytestmark = pytest.mark.databases("sqlite", "postgres")
NUMBER = "SG13-LS55"


@pytest.fixture
def names(make: Make, cast: Cast) -> list[str]:
    """Three periods, the newest entered first; the oldest has no date."""
    make.account(cast.chair.person)
    made = []
    for period, on in (("T25", date(2025, 3, 1)), ("T22", date(2023, 3, 1)), ("T17", None)):
        name = f"{period}-{NUMBER}"
        row = statement(make, cast.sg13, cast.sg15, on=on, label=NUMBER, name=name, title=f"Of {period}")  # type: ignore[arg-type]
        make.add(StatementName(statement_id=row.id or 0, name=name, key=key_of(name), kind="number"))
        made.append(name)
    make.session.commit()
    return made


@pytest.fixture
def chair(client: TestClient, cast: Cast, names: list[str]) -> TestClient:
    browser = another(client)
    sign_in(browser, cast.chair.person)
    return browser


@pytest.mark.parametrize("typed", ["SG13-LS55", "sg13 – LS 55"])
@pytest.mark.parametrize("tail", ["", "/thread", "/history"])
def test_choice_has_the_newest_first_and_goes_on_to_the_page_that_was_asked_for(
    chair: TestClient, names: list[str], typed: str, tail: str
) -> None:
    answer = chair.get(f"/liaison/{typed}{tail}")

    assert answer.status_code == 300
    links = tree(answer.text).xpath("//main//ul/li/a/@href")
    assert links == [f"/liaison/{name}{tail}" for name in names]
    for name, link in zip(names, links, strict=True):
        assert chair.get(link, follow_redirects=False).status_code == 200
        assert chair.get(link.lower().replace(name.lower(), name)).status_code == 200


def test_programs_and_deeds_are_told_to_say_which(chair: TestClient, names: list[str]) -> None:
    told = chair.get(f"/api/v1/liaison-statements/{NUMBER}")
    assert (told.status_code, told.json()["rule"]) == (409, "liaison.ambiguous")
    assert all(name in told.json()["detail"] for name in names)
    assert chair.get(f"/liaison/{NUMBER}.json").status_code == 409
    assert chair.post(f"/liaison/{NUMBER}/withdrawal", data={"reason": "x"}).status_code == 409
    assert chair.get(f"/api/v1/liaison-statements/{names[1].lower()}").json()["name"] == names[1]


def test_search_offers_each_and_one_alone_is_gone_to(
    chair: TestClient, make: Make, cast: Cast, names: list[str]
) -> None:
    found = resolve(cast.chair.act, NUMBER)
    assert [target.identifier for target in found.targets] == names
    assert not found.certain
    assert chair.get(f"/r/{NUMBER}").status_code == 300
    one = resolve(cast.chair.act, names[2])
    assert [target.identifier for target in one.targets] == [NUMBER], "one is named as people write it"


def test_what_may_not_be_read_is_no_choice(client: TestClient, make: Make, cast: Cast, names: list[str]) -> None:
    for row in queries.named(cast.chair.act, NUMBER)[:2]:
        row.audience = "secretariat"
        for to in queries.addressees_of(make.session, row):
            to.audience = "secretariat"
    make.account(cast.delegate_state.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, cast.delegate_state.person)

    answer = browser.get(f"/liaison/{NUMBER}", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, f"/liaison/{names[2]}")
