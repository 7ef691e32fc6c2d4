"""The page of the glossary: who opens it, entering, refusals with their reason, a megabyte."""

import pytest
from starlette.testclient import TestClient

from tests.cast import Cast
from tests.make import Make
from tests.people.browser import sign_in

pytestmark = pytest.mark.databases("sqlite")
AT = "/office/glossary"


@pytest.fixture
def office(client: TestClient, make: Make, cast: Cast) -> TestClient:
    make.account(cast.tsb.person)
    make.session.commit()
    sign_in(client, cast.tsb.person)
    return client


def test_glossary_is_closed_to_visitors(client: TestClient) -> None:
    for answer in (
        client.get(AT, follow_redirects=False),
        client.post(AT, data={"series": "P"}, follow_redirects=False),
    ):
        assert answer.status_code in (303, 403)


def test_page_shows_terms_by_any_word_and_fills_the_form(office: TestClient) -> None:
    assert AT in office.get("/office").text
    found = office.get(f"{AT}?word=радиошум").text
    assert "radio noise" in found
    assert "optical transport network" not in found
    form = office.get(f"{AT}?term=radio noise").text
    assert "bruit radioélectrique</textarea>" in form
    assert office.get(f"{AT}?term=nothing of the kind").status_code == 404


def test_term_is_entered_taken_out_and_restored(office: TestClient) -> None:
    given = {"series": "P", "en": "radio noise\nRadio noise", "fr": "vacarme hertzien", "es": ""}
    assert office.post(AT, data=given, follow_redirects=False).status_code == 303
    assert "vacarme hertzien" in office.get(f"{AT}?word=vacarme").text

    office.post(f"{AT}/removal", data={"key": "radio noise"})
    assert "taken out" in office.get(f"{AT}?word=vacarme").text

    office.post(f"{AT}/restoration", data={"key": "radio noise"})
    assert "bruit radioélectrique" in office.get(f"{AT}?word=radio noise").text
    assert "vacarme" not in office.get(f"{AT}?word=radio noise").text


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"en": "din\nradio noise", "fr": "vacarme"}, "stands under “radio noise” already"),
        ({"en": "din", "fr": "bruit radioélectrique", "ru": "радиошум"}, "lead to each other"),
        ({"en": "din"}, "those of another language"),
        ({"en": "din", "fr": "x" * 1_000_000}, ""),
    ],
)
def test_refusal_says_why_and_keeps_what_was_typed(office: TestClient, given: dict[str, str], reason: str) -> None:
    answer = office.post(AT, data={"series": "P"} | given)

    assert answer.status_code in (413, 422)
    assert reason in answer.text
    assert not reason or "din" in answer.text
    assert "vacarme" not in office.get(f"{AT}?word=din").text
