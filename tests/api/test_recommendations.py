"""Recommendations over the API: pages of a list, one record, a day, corrections, the whole catalogue."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.people.accounts import Token
from sgdocs.people.keys import hash_of, new_token
from sgdocs.people.models import Person
from tests.cast import Cast
from tests.make import Make
from tests.recommendations.catalogue import SOME, bring, write

pytestmark = pytest.mark.databases("sqlite")
ROOT = "/api/v1/recommendations"
EDITION = f"{ROOT}/T/G.709/texts/2020-06"
FORM = {"title": "Interfaces", "status": "in-force", "approved": "2020-06-06", "study_group": "SG15", "edition": "6"}
Bearer = Callable[..., dict[str, str]]


@pytest.fixture(autouse=True)
def catalogue(database: Database, tmp_path: Path) -> None:
    bring(database, write(tmp_path, SOME))


@pytest.fixture
def bearer(make: Make) -> Bearer:
    """The headers of a token of somebody, with its scopes."""

    def headers(person: Person, *scopes: str) -> dict[str, str]:
        make.account(person)
        key = new_token()
        make.add(
            Token(
                hash=hash_of(key), person_id=person.id or 0, name="test", hint=key[-4:], scopes=list(scopes),
                created_at=make.act.now, expires_at=datetime(2030, 1, 1, tzinfo=UTC),
            )
        )  # fmt: skip
        make.session.commit()
        return {"Authorization": f"Bearer {key}"}

    return headers


def body(client: TestClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.json()  # type: ignore[no-any-return]


def test_list_walks_by_cursor_to_the_total(client: TestClient) -> None:
    seen: list[str] = []
    address = f"{ROOT}?limit=4&space=rec"
    while address:
        page = body(client, address)
        seen += [item["address"] for item in page["items"]]
        address = f"{ROOT}?limit=4&space=rec&cursor={page['next']}" if page["next"] else ""

    assert len(seen) == len(set(seen)) == page["total"] == 11


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("series=G&status=withdrawn", ["ITU-T G.10"]),
        ("group=sg20", ["ITU-T Y.4461"]),
        ("space=report", ["Report ITU-R M.2134"]),
        ("kind=amendment&year=2020", ["ITU-T G.709/Y.1331"]),
        ("series=G&status=in-force&sort=-approved&limit=2", ["ITU-T G.709/Y.1331", "ITU-T G Suppl. 66"]),
        ("q=prediction", ["ITU-R P.1546"]),
    ],
)
def test_filters_are_those_of_the_pages(client: TestClient, query: str, expected: list[str]) -> None:
    assert [item["identifier"] for item in body(client, f"{ROOT}?{query}")["items"]] == expected


def test_fields_and_embedded_texts(client: TestClient) -> None:
    [item] = body(client, f"{ROOT}?q=G.709&fields=number,standing")["items"]
    assert item == {"number": "G.709/Y.1331", "standing": "in-force"}

    [item] = body(client, f"{ROOT}?q=G.709&embed=texts")["items"]
    assert [text["id"] for text in item["embedded"]["texts"]] == [
        "ITU-T G.709/Y.1331 (02/2012)",
        "ITU-T G.709/Y.1331 (2012) Amd. 1 (10/2012)",
        "ITU-T G.709/Y.1331 (06/2016)",
        "ITU-T G.709/Y.1331 (06/2020)",
        "ITU-T G.709/Y.1331 (2020) Cor. 1 (01/2022)",
        "ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024)",
    ]


def test_record_has_its_texts_with_links_between_them(client: TestClient) -> None:
    record = body(client, f"{ROOT}/T/G.709")

    texts = {text["identifier"]: text for text in record["texts"]}
    assert (record["number"], record["shown"], len(texts)) == ("G.709/Y.1331", "ITU-T G.709/Y.1331 (06/2020)", 6)
    assert texts["ITU-T G.709/Y.1331 (2020) Amd. 3 (03/2024)"]["modifies"] == "ITU-T G.709/Y.1331 (06/2020)"
    assert texts["ITU-T G.709/Y.1331 (06/2016)"]["superseded_by"] == "ITU-T G.709/Y.1331 (06/2020)"
    assert record["address"] == "https://sgdocs.test/rec/T/G.709"
    assert body(client, f"{ROOT}/T/Y.1331") == record


def test_day_is_answered_with_its_reason(client: TestClient) -> None:
    answer = body(client, f"{ROOT}/T/G.709/on/2023-01-01")
    assert (answer["verdict"], answer["text"]["identifier"]) == ("yes", "ITU-T G.709/Y.1331 (06/2020)")
    assert [part["identifier"] for part in answer["parts"]] == ["ITU-T G.709/Y.1331 (2020) Cor. 1 (01/2022)"]

    doubt = body(client, f"{ROOT}/T/G.10/on/2000-01-01")
    assert (doubt["verdict"], doubt["reason"]) == ("not-known", "withdrawal-not-dated")


def test_unchanged_record_is_not_sent_again(client: TestClient) -> None:
    first = client.get(f"{ROOT}/T/G.709")

    assert client.get(f"{ROOT}/T/G.709", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "rule"),
    [
        (f"{ROOT}/T/G.9999", 404, "base.not-found"),
        (f"{ROOT}/T/G.709/texts/1850-01", 404, "base.not-found"),
        (f"{ROOT}/X/G.709", 422, "base.field"),
        (f"{ROOT}/T/G.709/on/never", 422, "base.field"),
        (f"{ROOT}?status=valid", 422, "base.field"),
        (f"{ROOT}?cursor=nonsense", 422, "base.field"),
        (f"{ROOT}?cursor=WzFd", 422, "base.field"),
        (f"{ROOT}?cursor={'W1tb' * 400}", 422, "base.field"),
        (f"{ROOT}?sort=colour", 422, "base.field"),
        (f"{ROOT}?embed=secrets", 422, "base.field"),
        (f"{ROOT}?fields=password", 422, "base.field"),
        (f"{ROOT}?limit=100000", 422, "base.field"),
    ],
)
def test_refusals_are_problems_with_a_rule(client: TestClient, address: str, status: int, rule: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer.json()["rule"]) == (status, rule)
    assert answer.headers["content-type"] == "application/problem+json"


def test_wrong_number_comes_with_suggestions(client: TestClient) -> None:
    assert ["ITU-T G.709/Y.1331", "/rec/T/G.709"] in client.get(f"{ROOT}/T/G.709.9").json()["suggestions"]


def test_dump_has_every_text_and_can_be_imported_again(client: TestClient, database: Database, tmp_path: Path) -> None:
    answer = client.get(f"{ROOT}/dump.ndjson")

    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert len(lines) == len(SOME)
    outcome = bring(database, write(tmp_path, lines, "dump.jsonl"), dry_run=True)
    assert (outcome.added, outcome.rejects) == (0, [])


def test_correction_needs_a_token_that_may_write(client: TestClient, bearer: Bearer, cast: Cast) -> None:
    assert client.put(EDITION, json=FORM).status_code == 403
    assert client.put(EDITION, json=FORM, headers=bearer(cast.tsb.person, "read")).status_code == 403
    assert client.put(EDITION, json=FORM, headers=bearer(cast.delegate_member.person, "write")).status_code == 403
    assert body(client, EDITION)["title"] == "Title of ITU-T G.709/Y.1331 (06/2020)"


def test_correction_holds_when_nobody_was_faster(client: TestClient, bearer: Bearer, cast: Cast) -> None:
    headers = bearer(cast.tsb.person, "write")
    seen = client.get(EDITION).headers["etag"]

    answer = client.put(EDITION, json=FORM, headers=headers | {"If-Match": seen})

    assert (answer.status_code, answer.json()["title"]) == (200, "Interfaces")
    assert body(client, f"{ROOT}/T/G.709/history")["items"][0]["verb"] == "recommendations.corrected"
    late = client.put(EDITION, json=FORM | {"title": "Late"}, headers=headers | {"If-Match": 'W/"another"'})
    assert (late.status_code, late.json()["rule"]) == (412, "base.changed-meanwhile")


@pytest.mark.parametrize(
    ("more", "status", "field"),
    [({"approved": "soon"}, 422, "approved"), ({"surprise": 1}, 422, "surprise"), ({"status": "valid"}, 422, "status"), ({"title": ["x"]}, 422, "title")],
)  # fmt: skip
def test_wrong_body_names_the_field(
    client: TestClient, bearer: Bearer, cast: Cast, more: dict[str, Any], status: int, field: str
) -> None:
    answer = client.put(EDITION, json=FORM | more, headers=bearer(cast.tsb.person, "write"))

    assert (answer.status_code, answer.json()["field"]) == (status, field)


def test_text_is_added(client: TestClient, bearer: Bearer, cast: Cast) -> None:
    headers = bearer(cast.tsb.person, "write")
    form = {"identifier": "ITU-T K.1 (03/2026)", "title": "Earthing", "status": "in-force"}

    answer = client.post(ROOT, json=form, headers=headers)

    assert (answer.status_code, answer.headers["location"]) == (201, "/rec/T/K.1/2026-03")
    again = client.post(ROOT, json=form, headers=headers)
    assert (again.status_code, again.json()["rule"]) == (409, "base.already-there")
