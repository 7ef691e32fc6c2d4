"""Programs that act for the cast: each with a token of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx2
from starlette.testclient import TestClient

from sgdocs.wiring import Services
from tests.cast import Player
from tests.disk.tokens import token_of
from tests.people.browser import another
from tests.web.paper_browser import WORD


@dataclass(frozen=True)
class Program:
    """What speaks to `/api/v1` in somebody's name. token: its key."""

    line: TestClient
    token: str

    def get(self, address: str, **query: str) -> Any:
        return self._told(self.line.get(f"/api/v1{address}", params=query, headers=self.headers))

    def post(self, address: str, told: dict[str, Any] | None = None) -> Any:
        return self._told(self.line.post(f"/api/v1{address}", json=told or {}, headers=self.headers))

    def put(self, address: str, told: dict[str, Any]) -> Any:
        return self._told(self.line.put(f"/api/v1{address}", json=told, headers=self.headers))

    def bring(self, address: str, data: bytes, **fields: str) -> Any:
        file = {"file": ("draft.docx", data, WORD)}
        return self._told(self.line.post(f"/api/v1{address}", data=fields, files=file, headers=self.headers))

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _told(self, answer: httpx2.Response) -> Any:
        assert answer.is_success, answer.text
        return answer.json()


def program_of(client: TestClient, services: Services) -> Callable[[Player], Program]:
    """Makes a program with a token that reads and writes."""
    return lambda player: Program(another(client), token_of(services, player, "read", "write"))
