"""Every refusal as an answer: its status, its rule, page or fragment or problem."""

import logging
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from sgdocs.base import errors as base
from sgdocs.base.errors import FIELD, NOT_PERMITTED, NOT_SIGNED_IN, Refused
from sgdocs.base.rulebook import all_rules, rule_of
from sgdocs.web import errors
from sgdocs.web.caching import Outdated

pytestmark = pytest.mark.databases("sqlite")
JSON = {"Accept": "application/json"}
STATUS = {
    base.NotFound: 404,
    base.NotAllowed: 403,
    base.Invalid: 422,
    base.Conflict: 409,
    base.Closed: 409,
    base.TooMany: 429,
    Outdated: 412,
    errors.TooLarge: 413,
    errors.WrongMethod: 405,
    errors.Busy: 503,
    errors.Unexpected: 500,
}


def _kinds(kind: type[Refused] = Refused) -> set[type[Refused]]:
    found = {below for each in kind.__subclasses__() for below in {each, *_kinds(each)}}
    return {each for each in found if each.__module__ == kind.__module__}


@pytest.fixture
def trial(app: FastAPI) -> FastAPI:
    """Addresses that refuse: /trial/<class>, /trial/<class>.json."""

    @app.get("/trial/{name}")
    @app.post("/trial/{name}")
    def refuse(name: str) -> None:
        kind = next(each for each in _kinds() if each.__name__ == name.removesuffix(".json"))
        raise kind(FIELD, field="year", value="<last>", right="Give a year.", retry_after_s=30)

    @app.get("/fault")
    def fault() -> None:
        raise ZeroDivisionError("a secret detail")

    @app.get("/number/{n}")
    def number(n: int, page: int = 1) -> int:
        return n + page

    return app


@pytest.mark.parametrize("kind", sorted(_kinds(), key=lambda each: each.__name__), ids=lambda each: each.__name__)
def test_every_refusal_has_its_status_its_rule_and_a_page(
    trial: FastAPI, client: TestClient, kind: type[Refused]
) -> None:
    told = client.get(f"/trial/{kind.__name__}.json")
    shown = client.get(f"/trial/{kind.__name__}")

    assert told.status_code == shown.status_code == errors.STATUS[next(k for k in kind.__mro__ if k in STATUS)]
    assert told.headers["Content-Type"] == "application/problem+json"
    assert told.json()["rule"] == "base.field"
    assert told.json()["detail"] == "year: “<last>” will not do. Give a year."
    assert "&lt;last&gt;" in shown.text
    assert 'href="/help/rules/base.field"' in shown.text


def test_statuses_are_these() -> None:
    assert dict(errors.STATUS) == STATUS


def test_every_rule_has_a_page(client: TestClient) -> None:
    listed = client.get("/help/rules").text

    assert len(all_rules()) > 20
    for rule in all_rules():
        answer = client.get(f"/help/rules/{rule.id}")
        assert answer.status_code == 200, rule.id
        assert rule.id in answer.text
        assert f'href="/help/rules/{rule.id}"' in listed


def test_rule_page_shows_source_and_values(client: TestClient, settings: Any) -> None:
    shown = client.get("/help/rules/web.request-size").text

    assert "body_limit_mb" in shown
    assert f'<td class="end">{settings.body_limit_mb}</td>' in shown


def test_rule_page_shows_the_dated_setting_of_today(client: TestClient) -> None:
    shown = client.get("/help/rules/procedures.announcing-day").text

    assert '<a href="/help/rulings#aap_days"><code>aap_days</code></a>' in shown
    assert "<code>1,16</code>" in shown


def test_every_setting_of_a_rule_exists() -> None:
    from sgdocs.approval.rulings import USUAL
    from sgdocs.base.settings import Settings

    known = {*Settings.model_fields, *USUAL}
    assert [r.id for r in all_rules() if not set(r.settings) <= known] == []


def test_problem_follows_the_standard(trial: FastAPI, client: TestClient) -> None:
    told = client.get("/trial/Invalid.json").json()

    assert told == {
        "type": "https://sgdocs.test/help/rules/base.field",
        "title": "base.field",
        "status": 422,
        "detail": "year: “<last>” will not do. Give a year.",
        "instance": "/trial/Invalid.json",
        "rule": "base.field",
        "source": "sgdocs",
        "field": "year",
    }


def test_too_many_says_when_to_come_back(trial: FastAPI, client: TestClient) -> None:
    assert client.get("/trial/TooMany").headers["Retry-After"] == "30"


def test_anonymous_reader_is_sent_to_sign_in_and_back(app: FastAPI, client: TestClient) -> None:
    @app.get("/private")
    def private() -> None:
        raise base.NotAllowed(NOT_SIGNED_IN)

    page = client.get("/private?a=1", follow_redirects=False)
    program = client.get("/private?a=1", headers=JSON, follow_redirects=False)

    assert (page.status_code, page.headers["Location"]) == (303, "/login?next=%2Fprivate%3Fa%3D1")
    assert (program.status_code, program.json()["rule"]) == (403, "policy.sign-in-first")


def test_known_reader_is_refused_not_sent_away(app: FastAPI, client: TestClient) -> None:
    @app.get("/trial-office")
    def office() -> None:
        raise base.NotAllowed(NOT_PERMITTED, permission="people.manage")

    assert client.get("/trial-office").status_code == 403


def test_fault_gives_a_number_that_the_log_has(trial: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    with TestClient(trial, raise_server_exceptions=False) as client, caplog.at_level(logging.ERROR, "sgdocs.web"):
        page, told = client.get("/fault"), client.get("/fault", headers=JSON)

    reference = told.json()["detail"].removesuffix(".").split()[-1]
    assert page.status_code == told.status_code == 500
    assert "a secret detail" not in page.text + told.text
    assert any(reference in record.getMessage() and record.exc_info for record in caplog.records)
    assert "Content-Security-Policy" in page.headers


def test_page_is_drawn_even_when_the_database_is_gone(app: FastAPI, services: Any) -> None:
    services.database.engine.dispose()
    with TestClient(app, raise_server_exceptions=False) as client:
        client.cookies.set("__Host-sgdocs", "x" * 43)
        with services.database.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE journal_delivery")
            connection.exec_driver_sql("DROP TABLE journal_personal_facts")
            connection.exec_driver_sql("DROP TABLE journal_entry")
        answer = client.get("/")

    assert answer.status_code == 500
    assert "A fault of ours" in answer.text


@pytest.mark.parametrize(
    ("address", "field", "value"),
    [
        ("/number/ten", "n", "ten"),
        ("/number/1?page=last", "page", "last"),
        ("/number/1?page=", "page", ""),
        ("/number/99999999999999999999999x", "n", "99999999999999999999999x"),
    ],
)
def test_malformed_value_is_named_with_what_is_right(
    trial: FastAPI, client: TestClient, address: str, field: str, value: str
) -> None:
    told = client.get(address, headers=JSON)

    assert told.status_code == 422
    assert told.json()["errors"] == [{"field": field, "value": value, "right": "Give a whole number."}]
    assert field in client.get(address).text


def test_broken_json_is_named(app: FastAPI, client: TestClient) -> None:
    @app.post("/json")
    def take(body: dict[str, int]) -> None: ...

    told = client.post("/json", content=b'{"a": ', headers=JSON | {"Content-Type": "application/json"})

    assert told.status_code == 422
    assert told.json()["errors"][0]["right"].startswith("Send JSON that can be read")


@pytest.mark.parametrize(("method", "status"), [("DELETE", 405), ("PUT", 405), ("PROPFIND", 405)])
def test_wrong_method_says_so(client: TestClient, method: str, status: int) -> None:
    answer = client.request(method, "/help")

    assert answer.status_code == status
    assert answer.headers["Allow"] == "GET"


@pytest.mark.parametrize(
    "address", ["/%00", "/%ff%fe", "/" + "a" * 8000, "/a%0d%0aSet-Cookie:x=1", "/r/%22%3E%3Cscript%3E"]
)
def test_strange_addresses_are_not_found(client: TestClient, address: str) -> None:
    answer = client.get(address, follow_redirects=False)

    assert answer.status_code in (404, 422)
    assert "<script>" not in answer.text
    assert "Set-Cookie" not in answer.headers


def test_not_found_offers_a_search_and_suggestions(app: FastAPI, client: TestClient) -> None:
    @app.get("/rec-trial")
    def lost() -> None:
        raise base.NotFound(
            base.NOT_FOUND, what="Recommendation", name="G.98O4", suggestions=[("G.9804", "/rec/T/G.9804")]
        )

    shown = client.get("/rec-trial").text

    assert '<a href="/rec/T/G.9804">G.9804</a>' in shown
    assert 'name="q" type="search" value="G.98O4"' in shown


def test_unknown_rule_is_not_found(client: TestClient) -> None:
    assert rule_of("no.such") is None
    assert client.get("/help/rules/no.such").status_code == 404


def test_number_beyond_every_column_is_refused(app: FastAPI, client: TestClient, services: Any) -> None:
    from sgdocs.journal.models import Head

    @app.get("/head/{id}")
    def head(id: int) -> str:
        with services.database.reading() as session:
            return str(session.get(Head, id))

    told = client.get("/head/99999999999999999999999", headers=JSON)

    assert (told.status_code, told.json()["rule"]) == (422, "web.out-of-range")


def test_half_a_pair_in_json_is_refused_and_cited(client: TestClient) -> None:
    """JSON can bring in what UTF-8 cannot take out again."""
    told = client.post(
        "/api/v1/discussions",
        content=b'{"kind": "group", "ref": "\\ud800x", "text": "y"}',
        headers={"Content-Type": "application/json", **JSON},
    )
    assert (told.status_code, told.json()["errors"][0]["value"]) == (422, "?x")
