"""My page over the API: the same as the page, for the owner alone; cards are ordered and hidden."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from sgdocs.base.settings import Settings
from sgdocs.people import actions as people
from sgdocs.people.rules import TokenScope
from sgdocs.people.schemas import TokenForm
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import another, sign_in

pytestmark = pytest.mark.databases("sqlite")
ME = "/api/v1/me"


@pytest.fixture
def mine(client: TestClient, cast: Cast, make: Make) -> TestClient:
    cast.summon("sg13", "delegate_member")
    make.account(cast.delegate_member.person)
    make.session.commit()
    new = another(client)
    sign_in(new, cast.delegate_member.person)
    return new


def test_cards_are_ordered_and_hidden(mine: TestClient) -> None:
    usual = [card["id"] for card in mine.get(f"{ME}/page").json()["items"]]

    moved = mine.post(f"{ME}/page/{usual[1]}", json={"move": "up"})
    mine.post(f"{ME}/page/kept", json={"move": "hide"})

    assert moved.status_code == 200
    assert [row["id"] for row in moved.json()["items"]] == [usual[1], usual[0], *usual[2:]]
    told = mine.get(f"{ME}/page").json()["items"]
    assert [card["id"] for card in told] == [usual[1], usual[0], *usual[2:]]
    assert [card["id"] for card in told if card["is_hidden"]] == ["kept"]
    assert mine.post(f"{ME}/page/kept", json={"move": "away"}).status_code == 422
    assert mine.post(f"{ME}/page/nothing", json={"move": "up"}).status_code == 422


def test_token_for_files_reads_no_page(
    mine: TestClient, client: TestClient, cast: Cast, make: Make, settings: Settings
) -> None:
    act = cast.delegate_member.act
    answers = {}
    for scope in (TokenScope.READ, TokenScope.FILES_READ):
        form = TokenForm(name=scope.value, scopes=[scope], expires_on=act.now.date() + timedelta(days=2))
        _, words = people.make_token(act, cast.delegate_member.person, form, settings)
        make.session.commit()
        headers = {"Authorization": f"Bearer {words}"}
        answers[scope] = [
            another(client).get(f"{ME}/{each}", headers=headers).status_code for each in ("waiting", "page")
        ]

    assert answers == {TokenScope.READ: [200, 200], TokenScope.FILES_READ: [403, 403]}
