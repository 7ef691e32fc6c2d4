"""Signing in by OpenID Connect. The client is imported when a provider is asked for: it takes its time."""

from typing import TYPE_CHECKING

from sgdocs.base.rulebook import rule
from sgdocs.base.settings import Settings

if TYPE_CHECKING:
    from sgdocs.web.openid_client import Provider

PROVIDER = rule(
    "people.openid-provider",
    "The OpenID Connect provider did not confirm who you are: {reason}.",
    "OpenID Connect Core 3.1.3.7",
    settings=("oidc_issuer", "oidc_client_id"),
)


def provider_of(settings: Settings) -> "Provider":
    """The provider of the settings, discovered at most once an hour. Conflict when it cannot be reached."""
    from sgdocs.web import openid_client

    return openid_client.provider_of(settings)
