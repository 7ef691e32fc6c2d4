"""The search page, the type-ahead, the resolver: whatever is typed is answered."""

import json
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from sgdocs.base.act import Act
from sgdocs.recommendations import actions
from sgdocs.recommendations.schemas import TextForm

Work = Callable[[], None]

TEXTS = (
    ("ITU-T G.652 (06/2005)", "Characteristics of a single-mode optical fibre", "2005-06-29", "superseded"),
    ("ITU-T G.652 (11/2016)", "Characteristics of a single-mode optical fibre and cable", "2016-11-13", "in-force"),
    ("ITU-T P.341 (03/2011)", "Transmission of wideband telephony <b>terminals</b>", "2011-03-16", "in-force"),
    ("ITU-R P.341-7", "The concept of transmission loss", "2019-08", "in-force"),
)


@pytest.fixture(autouse=True)
def catalogue(act: Act, work: Work) -> None:
    for identifier, title, approved, status in TEXTS:
        form = {"identifier": identifier, "title": title, "approved": approved, "status": status}
        actions.add(act, TextForm.model_validate(form))
    act.session.commit()
    work()


def test_number_goes_to_the_record_with_a_way_back(client: TestClient) -> None:
    answer = client.get("/search?q=g+652", follow_redirects=False)

    assert (answer.status_code, answer.headers["location"]) == (302, "/rec/T/G.652?searched=g+652")
    page = client.get(answer.headers["location"])
    assert page.status_code == 200
    assert "/search?q=g+652&amp;full=1" in page.text


def test_words_give_hits_with_marks_facets_and_the_other_editions(client: TestClient) -> None:
    page = client.get("/search?q=optical+fibre").text

    assert "<mark>optical</mark> <mark>fibre</mark>" in page
    assert 'href="/rec/T/G.652/2016-11"' in page
    assert 'href="/rec/T/G.652/2005-06"' in page
    assert 'name="status" value="in-force"' in page


def test_titles_are_text_not_markup(client: TestClient) -> None:
    page = client.get("/search?q=wideband").text

    assert "<b>" not in page.split("<main", 1)[1]
    assert "&lt;b&gt;" in page


def test_htmx_gets_the_results_alone(client: TestClient) -> None:
    part = client.get("/search?q=optical", headers={"HX-Request": "true"}).text

    assert "<html" not in part
    assert "G.652" in part


def test_ambiguous_number_is_shown_with_its_meanings(client: TestClient) -> None:
    page = client.get("/search?q=P.341").text

    assert 'href="/rec/T/P.341"' in page
    assert 'href="/rec/R/P.341"' in page


def test_resolver_redirects_offers_a_choice_or_is_not_found(client: TestClient) -> None:
    assert client.get("/r/G.652", follow_redirects=False).headers["location"] == "/rec/T/G.652"
    choice = client.get("/r/P.341", follow_redirects=False)
    assert choice.status_code == 300
    assert client.get("/r/nothing-of-the-kind").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 10_000,
        "q=" + "+".join(f"w{n}" for n in range(1_000)),
        "q=*",
        "q=a*",
        "q=%00",
        "q=%22",
        "q=-",
        "q=(((((",
        "q=series:",
        "q=status:nonsense",
        "q=after:yesterday",
        "q=year:9..1",
        "q=%F0%9F%98%80",
        "q=OR+OR+OR",
        "q=optical&kind=nonsense",
        "q=optical&page=400",
        "q='%20OR%201=1--",
        "q=%25_",
        "q=optical&kind=a&kind=b&series=%00",
    ],
)
@pytest.mark.databases("sqlite")
def test_whatever_is_typed_is_answered(client: TestClient, query: str) -> None:
    assert client.get(f"/search?{query}&full=1").status_code == 200
    assert client.get(f"/search/suggest?{query}").status_code == 200
    assert client.get(f"/api/v1/search?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"),
        ("page=x", "page"),
        ("since=soon", "since"),
        ("until=2026-13", "until"),
        ("sort=up", "sort"),
        ("size=9999", "size"),
        ("page=501", "page"),
    ],
)
@pytest.mark.databases("sqlite")
def test_wrong_filter_names_field_value_and_what_is_right(client: TestClient, query: str, field: str) -> None:
    answer = client.get(f"/api/v1/search?q=optical&{query}")

    assert answer.status_code == 422
    problem = answer.json()
    assert problem["rule"] == "search.query"
    assert field in json.dumps(problem)
    assert client.get(f"/search?q=optical&{query}").status_code == 422


def test_api_gives_true_totals_facets_and_addresses(client: TestClient) -> None:
    found = client.get("/api/v1/search?q=transmission").json()

    assert found["total"] == 2
    assert {item["address"] for item in found["items"]} == {
        "https://sgdocs.test/rec/T/P.341/2011-03",
        "https://sgdocs.test/rec/R/P.341/7",
    }
    assert {value["value"]: value["count"] for value in found["facets"]["sector"]} == {"T": 1, "R": 1}


def test_api_resolves(client: TestClient) -> None:
    found = client.get("/api/v1/resolve?text=g+652").json()

    assert found["certain"]
    assert [target["address"] for target in found["targets"]] == ["https://sgdocs.test/rec/T/G.652"]


def test_changes_come_in_one_order_and_go_on(client: TestClient) -> None:
    first = client.get("/api/v1/changes?limit=2").json()
    rest = client.get(f"/api/v1/changes?since={first['last']}").json()

    assert [item["verb"] for item in first["items"] + rest["items"]] == ["recommendations.added"] * 4
    assert [item["position"] for item in first["items"] + rest["items"]] == [1, 2, 3, 4]


@pytest.mark.databases("sqlite")
def test_hits_as_files_start_no_formula(client: TestClient, act: Act, work: Work) -> None:
    form = {"identifier": "ITU-T G.653 (01/2026)", "title": "=cmd()", "approved": "2026-01", "status": "in-force"}
    actions.add(act, TextForm.model_validate(form))
    act.session.commit()
    work()

    assert "'=cmd()" in client.get("/search.csv?q=cmd").text
    assert client.get("/search.xlsx?q=cmd").status_code == 200


@pytest.mark.databases("sqlite")
def test_search_is_limited(client: TestClient) -> None:
    codes = [client.get("/search?q=optical").status_code for _ in range(121)]

    assert codes[:120] == [200] * 120
    assert codes[120] == 429
    assert int(client.get("/search?q=optical").headers["retry-after"]) > 0


@pytest.mark.databases("sqlite")
def test_rooms_of_the_secretariat_are_closed_to_visitors(client: TestClient) -> None:
    for path in ("/office", "/office/letters", "/office/words"):
        assert client.get(path, follow_redirects=False).status_code in (303, 403)
