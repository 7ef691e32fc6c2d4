"""The client of a provider: authorisation code with PKCE, state and nonce (Authlib)."""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, cast

import httpx2
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization
from joserfc.jws import JWSRegistry

from sgdocs.base.errors import Conflict
from sgdocs.base.settings import Settings
from sgdocs.web.openid import PROVIDER

SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA"]
"""Never `none`, never a shared secret."""
TIMEOUT_S = 10
LEEWAY_S = 120
KEPT_S = 3600


@dataclass(frozen=True)
class Identified:
    """Who the provider says it is. id_token: for signing out there."""

    subject: str
    id_token: str


@dataclass(frozen=True)
class Provider:
    """metadata: as discovered at the issuer."""

    settings: Settings
    metadata: dict[str, Any]

    @property
    def back(self) -> str:
        return self.settings.public_url.rstrip("/") + "/login/openid/back"

    def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser."""
        with self._client() as client:
            url, _ = client.create_authorization_url(
                self.metadata["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
            )
        return str(url)

    def identify(self, *, code: str, verifier: str, nonce: str, now: datetime) -> Identified:
        """Exchange the code and check the ID token: signature, issuer, audience, times, nonce. Conflict if not right."""
        try:
            with self._client() as client:
                token = client.fetch_token(self.metadata["token_endpoint"], code=code, code_verifier=verifier)
                keys = client.request("GET", self.metadata["jwks_uri"], withhold_token=True).raise_for_status().json()
            claims = self._claims(token, keys, nonce)
            claims.validate(now=int(now.timestamp()), leeway=LEEWAY_S)
            return Identified(str(claims["sub"]), str(token["id_token"]))
        except (OAuthError, JoseError, httpx2.HTTPError, KeyError, TypeError, ValueError) as error:
            raise Conflict(PROVIDER, reason=_reason(error)) from error

    def _claims(self, token: dict[str, Any], keys: dict[str, Any], nonce: str) -> CodeIDToken:
        registry = JWSRegistry(algorithms=SIGNED_BY, strict_check_header=False)
        told = jwt.decode(token["id_token"], KeySet.import_key_set(cast(KeySetSerialization, keys)), registry=registry)
        options = {
            "iss": {"essential": True, "value": self.settings.oidc_issuer},
            "aud": {"essential": True, "value": self.settings.oidc_client_id},
            "sub": {"essential": True},
        }
        params = {
            "nonce": nonce,
            "client_id": self.settings.oidc_client_id,
            "access_token": token.get("access_token"),
        }
        return CodeIDToken(told.claims, told.header, options, params)

    def sign_out(self, id_token: str) -> str | None:
        """Where to end the session at the provider; None when it does not say."""
        end = self.metadata.get("end_session_endpoint")
        if not end:
            return None
        home = self.settings.public_url.rstrip("/") + "/"
        return str(add_params_to_uri(end, [("id_token_hint", id_token), ("post_logout_redirect_uri", home)]))

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.settings.oidc_client_id,
            self.settings.oidc_client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if self.settings.oidc_client_secret else "none",
            scope="openid",
            redirect_uri=self.back,
            code_challenge_method="S256",
            timeout=TIMEOUT_S,
        )


def provider_of(settings: Settings) -> Provider:
    """The provider of the settings, discovered at most once an hour. Conflict when it cannot be reached."""
    try:
        metadata = _discovered(settings.oidc_issuer, int(time.monotonic() // KEPT_S))
    except (httpx2.HTTPError, ValueError) as error:
        raise Conflict(PROVIDER, reason=_reason(error)) from error
    return Provider(settings, metadata)


@lru_cache(maxsize=4)
def _discovered(issuer: str, hour: int) -> dict[str, Any]:
    """What the issuer says of itself; it must say its own name (OpenID Connect Discovery 4.3)."""
    answer = httpx2.get(issuer.rstrip("/") + "/.well-known/openid-configuration", timeout=TIMEOUT_S)
    told = answer.raise_for_status().json()
    if not isinstance(told, dict) or told.get("issuer") != issuer:
        raise ValueError("it calls itself by another name")
    return told


def _reason(error: Exception) -> str:
    return type(error).__name__ if isinstance(error, httpx2.HTTPError) else str(error)[:200] or type(error).__name__
