"""Attempts that are limited whether they succeed or not: sign-in, second factor, letters that anybody can cause."""

from collections.abc import Sequence

from fastapi import Request

from sgdocs.people.limits import give_back, hit
from sgdocs.people.rules import normal_email
from sgdocs.web.deps import now_of, services_of
from sgdocs.web.security import client_address, network_of

WINDOW_S = 15 * 60


def keys_of(request: Request, what: str, account: str) -> tuple[str, str]:
    """Under which an attempt counts: the address it comes from, then the account.

    In this order: an address that is refused counts on no account more, so that it cannot lock out whom it likes.
    """
    address = network_of(client_address(request, services_of(request).settings))
    return f"{what}|address|{address}", f"{what}|account|{normal_email(account)}"


def count(request: Request, keys: Sequence[str]) -> None:
    """Count an attempt under each key, before it is tried: attempts made at once all count. TooMany above the limit."""
    services = services_of(request)
    for key in keys:
        with services.database.writing() as session:
            hit(session, key, services.settings.login_limit, WINDOW_S, now_of(request))


def forgive(request: Request, keys: Sequence[str]) -> None:
    """The attempt was right: it does not count."""
    with services_of(request).database.writing() as session:
        for key in keys:
            give_back(session, key, WINDOW_S, now_of(request))
