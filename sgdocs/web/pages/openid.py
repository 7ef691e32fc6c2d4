"""Sign in by OpenID Connect; off unless `oidc_issuer` is set."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Conflict, NotAllowed, missing
from sgdocs.people import actions as people
from sgdocs.people.actions.openid import NOT_BOUND
from sgdocs.people.queries import account_of, person_of_identity
from sgdocs.web.deps import Svc, now_of
from sgdocs.web.limits import limited
from sgdocs.web.openid import PROVIDER, provider_of
from sgdocs.web.pages.sign_in import open_for
from sgdocs.web.security import CROSS_SITE, is_secure, safe_next
from sgdocs.wiring import Services

pages = APIRouter(prefix="/login/openid")
COOKIE = "sgdocs-openid"
LIFE_S = 600


@pages.get("", dependencies=[limited("api")])
def begin(request: Request, services: Svc, next: str = "", link: str = "") -> Response:
    """To the provider. link: the key of an invitation, which binds on return.

    Another site may not send a browser here with a link: it would bind the reader's identity to a stranger's account.
    """
    _require_on(services)
    if link and request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise NotAllowed(CROSS_SITE, origin=request.headers["sec-fetch-site"])
    provider = provider_of(services.settings)
    with services.database.writing() as session:
        act = Act(session, Actor.anonymous(), now_of(request))
        attempt = people.begin_openid(act, link=link, next=safe_next(next, ""))
    address = provider.address(state=attempt.state, nonce=attempt.nonce, verifier=attempt.verifier)
    response = RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE,
        attempt.browser_key,
        max_age=LIFE_S,
        path="/login/openid",
        httponly=True,
        samesite="lax",
        secure=is_secure(request, services.settings),
    )
    return response


@pages.get("/back")
def back(
    request: Request, services: Svc, *, state: str = "", code: str = "", error: str = "", iss: str = ""
) -> Response:
    """Back from the provider: the attempt is used up first, then the code exchanged outside any transaction."""
    _require_on(services)
    settings, now = services.settings, now_of(request)
    with services.database.writing() as session:
        act = Act(session, Actor.anonymous(), now)
        attempt = people.take_attempt(act, state=state, browser_key=request.cookies.get(COOKIE, ""))
    if error or not code or iss not in ("", settings.oidc_issuer):
        raise Conflict(PROVIDER, reason=error[:80] or "code, iss")
    who = provider_of(settings).identify(code=code, verifier=attempt.verifier, nonce=attempt.nonce, now=now)
    with services.database.writing() as session:
        act = Act(session, Actor.anonymous(), now)
        if attempt.link_hash:
            people.bind_identity(act, link_hash=attempt.link_hash, issuer=settings.oidc_issuer, subject=who.subject)
        person = person_of_identity(session, settings.oidc_issuer, who.subject, now)
        account = account_of(session, person.id or 0) if person else None
        if person is None or account is None:
            raise Conflict(NOT_BOUND)
        response = open_for(request, session, person, account, next=attempt.next, id_token=who.id_token)
    response.delete_cookie(COOKIE, path="/login/openid", httponly=True, samesite="lax")
    return response


def _require_on(services: Services) -> None:
    if not services.settings.oidc_issuer:
        missing("Page", "/login/openid")
