"""Files that are refused, or only checked, take no room in the store: nobody would ever drop them."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from sgdocs.people.models import Person
from sgdocs.wiring import Services
from tests.api.test_documents import POST, bearer, structure, writes
from tests.web.paper_browser import a_file

__all__ = ["bearer", "structure", "writes"]
pytestmark = pytest.mark.databases("sqlite")
Bearer = Callable[[Person], dict[str, str]]
BAD: tuple[dict[str, Any], ...] = (
    a_file(b""),
    a_file(b"PK\x03\x04 cut off"),
    a_file(b"%PDF-1.7 not what its name says"),
)


@pytest.mark.parametrize("address", [POST, "/api/v1/checks"])
def test_refused_file_is_not_kept(client: TestClient, writes: dict[str, str], services: Services, address: str) -> None:
    for bad in BAD:
        client.post(address, headers=writes, files=bad)

    assert list(services.blobs.names()) == []


def test_file_that_is_only_checked_is_not_kept(client: TestClient, writes: dict[str, str], services: Services) -> None:
    """Large enough to be put aside on disk by the form, and so small that it is not."""
    for padding in (b"", b" " * 1_500_000):
        words = b"Words that can be read. " + padding
        answer = client.post("/api/v1/checks", headers=writes, files=a_file(words, "words.txt", "text/plain"))
        assert answer.status_code == 200
        assert answer.json()["text"]["characters"] > 20

    assert list(services.blobs.names()) == []
    assert client.post(POST, headers=writes, files=a_file()).status_code == 201
    assert list(services.blobs.names())
