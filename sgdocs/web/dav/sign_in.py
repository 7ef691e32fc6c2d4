"""Who stands at the door of files: a token with the scope `files:read` as password, under any name.

Only over TLS or from this machine: a password that travels in the clear is not asked for.
"""

import base64
import binascii
from collections.abc import Mapping
from datetime import datetime

from starlette.requests import Request

from sgdocs.base.actor import Actor
from sgdocs.groups.queries import actor_for
from sgdocs.people import actions as people
from sgdocs.people.limits import hit, is_spent
from sgdocs.people.queries import person_of_token, token_is_due
from sgdocs.people.rules import TokenScope, normal_email
from sgdocs.policy import for_files
from sgdocs.web.security import client_address, network_of
from sgdocs.wiring import Services

WINDOW_S = 15 * 60
FROM_ONE_PLACE = 10
"""An office behind one address may have so many times the failures of one person."""
LOOPBACK = ("127.", "::1")


def is_private(scope: Mapping[str, object], services: Services) -> bool:
    """Whether nobody on the way can read the password: TLS to us or to the proxy before us, or this machine alone."""
    request = Request(dict(scope))
    direct = request.client.host if request.client else ""
    is_here = direct.startswith(LOOPBACK)
    trusted = {each.strip() for each in services.settings.trusted_proxies.split(",")}
    if request.url.scheme == "https":
        return True
    if not is_here and direct not in trusted:
        return False
    told = request.headers.get("x-forwarded-proto", "").split(",")[-1].strip().lower()
    if told:
        return told == "https"
    if "x-forwarded-for" in request.headers or not is_here:
        return services.settings.public_url.startswith("https://")
    return True


def credentials(header: str) -> tuple[str, str]:
    """Name and password of `Authorization: Basic …`; empty when there are none."""
    kind, _, told = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(told.strip(), validate=True).decode("utf-8", "replace").partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return name, password


def keys_of(scope: Mapping[str, object], name: str, services: Services) -> tuple[tuple[str, int], tuple[str, int]]:
    """Under which a failure counts, and how many are allowed: this name from this place, and the place."""
    place = network_of(client_address(Request(dict(scope)), services.settings))
    limit = services.settings.login_limit
    return (f"dav|{place}|{normal_email(name)}", limit), (f"dav|{place}", limit * FROM_ONE_PLACE)


def is_locked_out(services: Services, keys: tuple[tuple[str, int], ...], now: datetime) -> bool:
    with services.database.reading() as session:
        return any(is_spent(session, key, limit, WINDOW_S, now) for key, limit in keys)


def count_failure(services: Services, keys: tuple[tuple[str, int], ...], now: datetime) -> None:
    """One more failure under each key; a limit that is passed shows when they come again."""
    with services.database.writing() as session:
        for key, _ in keys:
            hit(session, key, 1 << 30, WINDOW_S, now)


def actor_of(services: Services, token: str, now: datetime) -> Actor | None:
    """The reader behind a token that has the scope for files; None otherwise. Notes the use every five minutes."""
    with services.database.reading() as session:
        held = person_of_token(session, token, now)
        if held is None or TokenScope.FILES_READ not in held[1]:
            return None
        actor = for_files(actor_for(session, held[0], now, scopes=held[1]))
        is_due = token_is_due(session, token, now)
    if is_due:
        with services.database.writing() as session:
            people.mark_token_used(session, token, now)
    return actor
