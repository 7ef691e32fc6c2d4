"""The page where the office carries open work into a new study period."""

from datetime import date

import pytest
from sqlmodel import select
from starlette.testclient import TestClient

from sgdocs.groups.models import Continuation, Succession
from sgdocs.work_programme.models import WorkItem
from tests.cast import Cast, Player
from tests.make import Make
from tests.people.browser import another, sign_in, tree
from tests.work_programme.items import registered

pytestmark = pytest.mark.databases("sqlite")
AT = "/office/carry-over"


@pytest.fixture
def old(make: Make, cast: Cast) -> None:
    """Two items of Questions of SG16, one of which SG21 continues."""
    going, lone = make.group("T/SG16/T22/Q6", title="Coding"), make.group("T/SG16/T22/Q9", title="Alone")
    new, _ = make.group("T/SG21/T25/Q4", title="Coding"), make.group("T/SG21/T25/Q5", title="Other")
    before, after = make.group("T/SG16"), make.group("T/SG21")
    make.add(Succession(from_id=before.id or 0, to_id=after.id or 0, on=date(2025, 1, 1)))
    make.add(Continuation(question_id=new.id or 0, continues_id=going.id or 0))
    registered(cast, question=going.path, acronym="H.going")
    registered(cast, question=lone.path, acronym="H.lone")
    make.session.commit()


def signed_in(client: TestClient, make: Make, player: Player) -> TestClient:
    make.account(player.person)
    make.session.commit()
    browser = another(client)
    sign_in(browser, player.person)
    return browser


def places(make: Make) -> dict[str, int | None]:
    make.session.expire_all()
    found = {row.acronym: row.question_id for row in make.session.exec(select(WorkItem))}
    make.session.commit()
    return found


def test_office_carries_over_what_is_decided_and_what_it_chose(
    client: TestClient, make: Make, cast: Cast, old: None
) -> None:
    browser = signed_in(client, make, cast.tsb)
    shown = tree(browser.get(f"{AT}?period=T25").text)
    goes = [" ".join(cell.text_content().split()) for cell in shown.xpath('//td[@data-label="goes on in"]')]
    assert goes[0] == "Q4/21"
    offered = shown.xpath('//select[@name="choices"]/option/@value')
    assert offered == ["", "2 T/SG21/T25/Q4", "2 T/SG21/T25/Q5", "2 T/SG21"]

    first = browser.post(AT, data={"period": "T25", "choices": [""]})
    assert "Work items that go on: 1. Left where they are: 1." in first.text
    browser.post(AT, data={"period": "T25", "choices": ["2 T/SG21", "nonsense", "x y"]})

    assert places(make) == {"H.going": make.group("T/SG21/T25/Q4").id, "H.lone": None}
    assert "No open work item stands in an earlier period." in browser.get(f"{AT}?period=T25").text


def test_choice_that_is_no_place_changes_nothing(client: TestClient, make: Make, cast: Cast, old: None) -> None:
    browser = signed_in(client, make, cast.tsb)
    before = places(make)

    answer = browser.post(AT, data={"period": "T25", "choices": ["2 T/SG99"]})

    assert "T/SG99" in answer.text
    assert places(make) == before


def test_page_is_for_the_office(client: TestClient, make: Make, cast: Cast, old: None) -> None:
    chair = signed_in(client, make, cast.chair)

    assert [chair.get(AT).status_code, chair.post(AT, data={"period": "T25"}).status_code] == [403, 403]
    assert set(places(make).values()) == {make.group("T/SG16/T22/Q6").id, make.group("T/SG16/T22/Q9").id}
