"""A server's API for commands: requests with a token, refusals in the server's own words, a second try when the line breaks."""

import secrets
import time
from collections.abc import Callable
from typing import Any

import httpx2

from sgdocs import __version__
from sgdocs.base.command import NotDone

TIMEOUT_S = 120
TRIES = 3
PAUSE_S = 1.0


class Server:
    """url: of the service; token: of a person, with the scopes that the command needs. Use as a context."""

    def __init__(self, url: str, token: str, *, transport: httpx2.BaseTransport | None = None) -> None:
        if not url.startswith(("http://", "https://")):
            raise NotDone(f"“{url}” is no address of a server; it begins with https://")
        if not token:
            raise NotDone("a token is needed: --token, or SGDOCS_TOKEN in the environment; /my/tokens makes one")
        headers = {
            "Authorization": f"Bearer {token}",
            "User-Agent": f"sgdocs/{__version__}",
            "Accept": "application/json",
        }
        self.client = httpx2.Client(
            base_url=url.rstrip("/") + "/api/v1", headers=headers, timeout=TIMEOUT_S, transport=transport
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def get(self, address: str, **asked: Any) -> dict[str, Any]:
        return self._told(lambda: self.client.get(address, **asked))

    def post(self, address: str, **brought: Any) -> dict[str, Any]:
        """Send once, whatever happens on the line: a second try bears the same key, so that nothing is done twice."""
        headers = {"Idempotency-Key": secrets.token_urlsafe(18)}
        return self._told(lambda: self.client.post(address, headers=headers, **brought))

    def _told(self, ask: Callable[[], httpx2.Response]) -> dict[str, Any]:
        for attempt in range(TRIES):
            try:
                return _body(ask())
            except httpx2.TransportError as error:
                if attempt == TRIES - 1:
                    raise NotDone(f"{self.client.base_url.host} does not answer: {error}") from error
                time.sleep(PAUSE_S * (attempt + 1))
        raise AssertionError


def _body(answer: httpx2.Response) -> dict[str, Any]:
    """The JSON of an answer; NotDone with the words of a refusal."""
    try:
        told = answer.json()
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise NotDone(f"the server's answer cannot be read (status {answer.status_code})")
    if answer.is_success:
        return told
    says = str(told.get("detail") or told.get("title") or f"status {answer.status_code}")
    raise NotDone(f"{says} [{told['rule']}]" if told.get("rule") else says)
