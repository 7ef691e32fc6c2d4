"""The link in each letter by which its reader stops it, without signing in: signed words that say who, and of what."""

from dataclasses import dataclass
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from sgdocs.base.errors import NotFound
from sgdocs.base.rulebook import rule

SALT: Final = "sgdocs.notices.stop"
BAD = rule(
    "notices.stop-link", "This link cannot be read. Copy all of it from the letter, or sign in and choose there."
)


@dataclass(frozen=True)
class Stop:
    """topic: "" for a summary; scope: what is followed, "" when a role told."""

    person_id: int
    topic: str = ""
    scope: str = ""


def written(secret: str, stop: Stop) -> str:
    """The words for the address."""
    return _signer(secret).dumps([stop.person_id, stop.topic, stop.scope])


def read(secret: str, words: str) -> Stop:
    """NotFound when it was not written here."""
    try:
        person_id, topic, scope = _signer(secret).loads(words)
        return Stop(int(person_id), str(topic), str(scope))
    except (BadData, TypeError, ValueError):
        raise NotFound(BAD) from None


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT)
