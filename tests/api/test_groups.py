"""Groups over the API: pages of a list, one group, and the verbs of the office by token."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.groups import queries
from sgdocs.people.accounts import Token
from sgdocs.people.keys import hash_of, new_token
from sgdocs.people.models import Person
from tests.cast import Cast
from tests.make import Make

pytestmark = pytest.mark.databases("sqlite")
Bearer = Callable[..., dict[str, str]]


@pytest.fixture(autouse=True)
def structure(make: Make, cast: Cast) -> None:
    cast.summon("chair", "rapporteur", "sg15", "delegate_state")
    for n in (5, 6, 7):
        make.group(f"R/SG{n}", title=f"Subject {9 - n}")
    make.group("R/WP5D", title="IMT systems")
    make.group("T/SG13/T22/Q2", title="Older services")
    make.session.commit()


@pytest.fixture
def bearer(make: Make) -> Bearer:
    """The headers of a token of somebody, with its scopes."""

    def headers(person: Person, *scopes: str) -> dict[str, str]:
        make.account(person)
        key = new_token()
        later = datetime(2030, 1, 1, tzinfo=UTC)
        row = Token(
            hash=hash_of(key),
            person_id=person.id or 0,
            name="test",
            hint=key[-4:],
            scopes=list(scopes),
            created_at=make.act.now,
            expires_at=later,
        )
        make.add(row)
        make.session.commit()
        return {"Authorization": f"Bearer {key}"}

    return headers


def get(client: TestClient, address: str, **headers: str) -> Any:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def reading(database: Database, path: str) -> Any:
    with database.reading() as session:
        return _title(session, path)


def _title(session: Session, path: str) -> str:
    [term] = queries.terms_of(session, queries.by_path(session, path))
    return term.term.title


def test_list_has_total_items_and_next(client: TestClient) -> None:
    told = get(client, "/api/v1/groups?limit=3&sector=R")

    assert [item["path"] for item in told["items"]] == ["R/SG5", "R/SG6", "R/SG7"]
    assert told["total"] == 4
    assert get(client, f"/api/v1/groups?limit=3&sector=R&cursor={told['next']}") == {
        "items": [
            {
                "path": "R/WP5D",
                "label": "WP 5D",
                "code": "WP5D",
                "sector": "R",
                "kind": "working-party",
                "title": "IMT systems",
                "title_confirmed": True,
                "period": "R23",
                "parent": "R/SG5",
                "starts_on": None,
                "ends_on": None,
            }
        ],
        "total": 4,
        "next": None,
    }


@pytest.mark.parametrize("sort", ["kind", "code", "-code", "title", "-title"])
def test_pages_hold_every_group_once_also_when_one_is_added_between(client: TestClient, make: Make, sort: str) -> None:
    seen: list[str] = []
    following: str | None = ""
    while following is not None:
        told = get(client, f"/api/v1/groups?limit=2&sort={sort}&fields=path&cursor={following}")
        seen += [item["path"] for item in told["items"]]
        following = told["next"]
        if len(seen) == 2:
            make.group("T/AAG", title="Aaa", kind="advisory-group")
            make.session.commit()

    assert len(seen) == len(set(seen))
    assert {"T/SG13", "T/SG15", "R/SG5", "R/SG6", "R/SG7", "R/WP5D", "T/SG13/T25/Q2"} <= set(seen)


def test_sort_by_title_turns_round(client: TestClient) -> None:
    def titles(sort: str) -> list[str]:
        told = get(client, f"/api/v1/groups?sector=R&kind=study-group&sort={sort}&fields=title")
        return [item["title"] for item in told["items"]]

    assert titles("title") == ["Subject 2", "Subject 3", "Subject 4"]
    assert titles("-title") == ["Subject 4", "Subject 3", "Subject 2"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("sort=weight", "sort"),
        ("fields=path,colour", "fields"),
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("cursor=nonsense", "cursor"),
        ("cursor=WyJUL05vdGhpbmciXQ", "cursor"),
        ("sector=Z", "sector"),
        ("kind=choir", "kind"),
        ("period=T99", "period"),
    ],
)
def test_wish_that_cannot_be_met_is_named(client: TestClient, query: str, field: str) -> None:
    answer = client.get(f"/api/v1/groups?{query}")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["field"] == field


def test_unchanged_list_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/v1/groups")

    again = client.get("/api/v1/groups", headers={"If-None-Match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("named", ["T/SG13/T25/Q2", "t/sg13/t25/q2", "SG13/T25/Q2", "SG13/Q2", "Q2/13"])
def test_group_is_found_by_path_or_as_people_write_it(client: TestClient, named: str) -> None:
    told = get(client, f"/api/v1/groups/{named}")

    assert told["path"] == "T/SG13/T25/Q2"
    assert told["parents"] == ["T/SG13"]
    assert [(each["role"], each["name"]) for each in told["officers"]] == [("rapporteur", "Rafael Quill")]


def test_group_that_is_not_there_is_a_problem(client: TestClient) -> None:
    answer = client.get("/api/v1/groups/T/SG99")

    assert (answer.status_code, answer.json()["rule"]) == (404, "base.not-found")


def test_fields_of_one_group_may_be_chosen(client: TestClient) -> None:
    assert get(client, "/api/v1/groups/SG13?fields=path,label") == {"path": "T/SG13", "label": "ITU-T SG13"}


def test_periods_are_listed(client: TestClient) -> None:
    told = get(client, "/api/v1/periods?sector=T")

    assert [(each["code"], each["number"]) for each in told["items"]] == [("T25", 18), ("T22", 17)]


def test_people_of_a_group_by_token(client: TestClient, bearer: Bearer, make: Make, cast: Cast) -> None:
    make.appointment(cast.delegate_state.person, "delegate", cast.sg13)
    member = bearer(cast.chair.person, "read")

    assert [each["name"] for each in get(client, "/api/v1/groups/T/SG13/people")["items"]] == ["Clara Gavel"]
    assert [each["name"] for each in get(client, "/api/v1/groups/T/SG13/people", **member)["items"]] == [
        "Clara Gavel",
        "Dora Envoy",
    ]


# Verbs

QUESTION = {"sector": "T", "kind": "question", "code": "Q7", "parent": "T/SG13", "period": "T25", "title": "Slices"}


def test_office_establishes_by_token(client: TestClient, bearer: Bearer, cast: Cast, database: Database) -> None:
    answer = client.post("/api/v1/groups", json=QUESTION, headers=bearer(cast.tsb.person, "read", "write"))

    assert answer.status_code == 201
    assert answer.headers["location"] == "/api/v1/groups/T/SG13/T25/Q7"
    assert answer.json() == {"path": "T/SG13/T25/Q7", "address": "/group/SG13/T25/Q7"}
    assert reading(database, "T/SG13/T25/Q7") == "Slices"


@pytest.mark.parametrize(
    ("who", "scopes", "status"),
    [(None, (), 403), ("tsb", ("read",), 403), ("chair", ("read", "write"), 403), ("tsb", ("write",), 201)],
)
def test_verbs_need_role_and_scope(
    client: TestClient, bearer: Bearer, cast: Cast, who: str | None, scopes: tuple[str, ...], status: int
) -> None:
    headers = bearer(getattr(cast, who).person, *scopes) if who else {}

    assert client.post("/api/v1/groups", json=QUESTION, headers=headers).status_code == status


@pytest.mark.parametrize(
    ("changed", "status", "rule", "field"),
    [
        ({"code": "Q2"}, 409, "groups.taken", "code"),
        ({"code": "seven"}, 422, "groups.code", "code"),
        ({"parent": "T/SG99"}, 422, "base.field", "parent"),
        ({"kind": "choir"}, 422, "base.field", "kind"),
        ({"starts_on": "soon"}, 422, "base.field", "starts_on"),
        ({"title": "x" * 301}, 422, "base.field", "title"),
        ({"title": 7}, 422, "base.field", "title"),
    ],
)
def test_refusal_carries_its_rule_and_field(
    client: TestClient, bearer: Bearer, cast: Cast, changed: dict[str, object], status: int, rule: str, field: str
) -> None:
    headers = bearer(cast.tsb.person, "read", "write")

    answer = client.post("/api/v1/groups", json=QUESTION | changed, headers=headers)

    told = answer.json()
    assert (answer.status_code, told["rule"], told["field"]) == (status, rule, field)


def test_title_is_written_only_over_what_was_seen(
    client: TestClient, bearer: Bearer, cast: Cast, database: Database
) -> None:
    headers = bearer(cast.tsb.person, "read", "write")
    seen = client.get("/api/v1/groups/T/SG15").headers["etag"]
    form = {"period": "T25", "title": "Transport anew"}

    done = client.put("/api/v1/groups/T/SG15/terms", json=form, headers={**headers, "If-Match": seen})
    late = client.put(
        "/api/v1/groups/T/SG15/terms", json=form | {"title": "Older"}, headers={**headers, "If-Match": seen}
    )

    assert (done.status_code, late.status_code) == (200, 412)
    assert reading(database, "T/SG15") == "Transport anew"


def test_appointment_by_token(client: TestClient, bearer: Bearer, cast: Cast) -> None:
    headers = bearer(cast.tsb.person, "read", "write")
    form = {"person": "dora-envoy", "role": "sg-vice-chair", "starts_on": "2026-03-02"}

    done = client.post("/api/v1/groups/T/SG13/people", json=form, headers=headers)
    again = client.post("/api/v1/groups/T/SG13/people", json=form, headers=headers)

    assert (done.status_code, done.json()["starts_on"]) == (201, date(2026, 3, 2).isoformat())
    assert (again.status_code, again.json()["rule"]) == (422, "groups.role-held")
