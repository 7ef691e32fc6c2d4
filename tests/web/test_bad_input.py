"""Whatever is put into an address, the answer is a page, a refusal or a problem: never a fault of ours."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from sgdocs.base.db import Database
from sgdocs.web.app import API, PAGES
from tests.cast import Cast
from tests.make import Make
from tests.people.browser import sign_in

pytestmark = pytest.mark.databases("sqlite")
HUGE = "9" * 23
IN_PATH = ("-1", HUGE, "x\x00y", "2026-13-99", "' OR 1=1 -- é")
IN_QUERY = (HUGE, "x\x00y' é", "WzEsInh4Il0")
"""The last is a well-formed cursor of another list."""
PARAMETER = re.compile(r"\{(\w+)[^}]*\}")


def _routes() -> Iterator[tuple[str, list[str]]]:
    """Every address that answers GET, as written in the routers, with the names of its query parameters."""
    every = FastAPI()
    for router in (*PAGES, *API):
        every.include_router(router)
    for path, methods in every.openapi()["paths"].items():
        if "get" in methods:
            asked: list[dict[str, Any]] = methods["get"].get("parameters", [])
            yield path, [each["name"] for each in asked if each["in"] == "query"]


ROUTES = sorted(_routes())


def _addresses(path: str, names: list[str], *, whole: bool) -> Iterator[str]:
    """Each value in each place; where not `whole`, each place once, with the values by turns."""
    plain = PARAMETER.sub("T", path)
    if PARAMETER.search(path):
        values = IN_PATH if whole else (IN_PATH[len(path) % len(IN_PATH)],)
        yield from (PARAMETER.sub(quote(value, safe=""), path) for value in values)
    for place, name in enumerate(names):
        values = IN_QUERY if whole else (IN_QUERY[place % len(IN_QUERY)],)
        yield from (f"{plain}?{urlencode({name: value})}" for value in values)
    yield f"{plain}?{urlencode([(name, '') for name in names])}"


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url="https://sgdocs.test", raise_server_exceptions=False) as client:
        yield client


def test_there_are_many_addresses() -> None:
    assert len(ROUTES) > 60


@pytest.mark.databases("sqlite", "postgres")
def test_no_address_fails(client: TestClient, cast: Cast, make: Make, database: Database) -> None:
    """As the secretariat, who gets furthest. A missing index is said by 503 where nothing can be done without it."""
    strict = not database.is_sqlite
    person = cast.tsb.person
    make.account(person)
    make.session.commit()
    sign_in(client, person)

    failed = {
        address[:150]: answer.status_code
        for path, names in ROUTES
        for address in _addresses(path, names, whole=strict)
        if (answer := client.get(address, follow_redirects=False)).status_code >= 500
    }

    assert {address for address, status in failed.items() if status != 503} == set()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/rec/T/G" + "-Annex" * 9_000 + "_", 404),
        ("/rec/T/" + "9" * 60_000, 404),
        ("/rec/T/" + "G." * 30_000, 404),
        ("/group/" + "1/" * 20_000, 404),
        ("/search?q=x&page=000000001" + "9" * 5_000, 422),
        ("/search?q=x&size=0000000019", 422),
        ("/login?next=//[x", 200),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_is_far_too_long_costs_little(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status
