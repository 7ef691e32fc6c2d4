"""Sign in and out: password, then the second factor where there is one."""

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Closed, Conflict, Invalid, TooMany
from sgdocs.base.rulebook import rule
from sgdocs.base.settings import Settings
from sgdocs.groups.queries import actor_for
from sgdocs.people import actions as people
from sgdocs.people.accounts import Account
from sgdocs.people.keys import is_password
from sgdocs.people.models import Person
from sgdocs.people.queries import account_of, live_account, presence
from sgdocs.people.rules import Stage, must_have_second_factor, stage_after_password
from sgdocs.people.schemas import CodeForm, SignInForm
from sgdocs.web import attempts
from sgdocs.web.deps import ANONYMOUS, Reading, Svc, now_of, services_of
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.openid import provider_of
from sgdocs.web.presence import STEPS, pending_session
from sgdocs.web.render import page, see
from sgdocs.web.security import (
    WIPE,
    clear_session,
    client_address,
    is_shared,
    safe_next,
    session_cookie,
    set_session,
    set_shared,
)

pages = APIRouter()
FAILED = rule(
    "people.sign-in-failed",
    "Address and password do not belong together, or the account has ended.",
    settings=("login_limit",),
)
SIGN_IN_AGAIN = rule("people.sign-in-again", "The sign-in took too long or was ended. Begin again with your password.")


@pages.get("/login")
def ask(request: Request, next: str = "") -> Response:
    return _page(request, blank({"next": safe_next(next, "")}))


@pages.post("/login")
def sign_in(request: Request, services: Svc, filled: Filled[SignInForm]) -> Response:
    """Count, check, open. The password is checked outside any transaction; unknown addresses take as long."""
    if not filled.ok:
        return _page(request, filled, status=422)
    keys = attempts.keys_of(request, "login", filled.value.email)
    try:
        attempts.count(request, keys)
    except TooMany as refused:
        response = _page(request, filled.refused(refused), status=status_of(refused))
        response.headers["Retry-After"] = str(refused.facts["retry_after_s"])
        return response
    with services.database.reading() as reader:
        found = live_account(reader, filled.value.email, now_of(request))
    if not is_password(filled.value.password, found[1].password_hash if found else None) or found is None:
        return _page(request, filled.refused(Invalid(FAILED)), status=422)
    with services.database.writing() as session:
        account = account_of(session, found[1].person_id)
        if account is None or account.ended_at or account.password_hash != found[1].password_hash:
            return _page(request, filled.refused(Invalid(FAILED)), status=422)
        response = open_for(request, session, found[0], account, next=filled.value.next, shared=filled.value.shared)
    attempts.forgive(request, keys)
    return response


def open_for(
    request: Request,
    session: Session,
    person: Person,
    account: Account,
    *,
    next: str,
    id_token: str = "",
    shared: bool = False,
) -> Response:
    """A new session for whoever has shown who they are; the answer leads on, or to the step that is missing."""
    settings = services_of(request).settings
    actor = actor_for(session, person, now_of(request))
    stage = stage_after_password(
        has_second_factor=account.totp_confirmed_at is not None,
        must_have=must_have_second_factor({a.role for a in actor.appointments}, settings.second_factor_roles),
    )
    onward = safe_next(next)
    key = people.open_session(
        Act(session, Actor.anonymous(), now_of(request)),
        person,
        settings,
        stage=stage,
        browser=people.Browser(client_address(request, settings), request.headers.get("user-agent", "")),
        replacing=session_cookie(request),
        next=onward,
        id_token=id_token,
    )
    response = see(STEPS.get(stage, onward))
    set_session(response, settings, key, shared=shared)
    set_shared(request, response, shared=shared)
    return response


@pages.get("/login/code")
def ask_code(request: Request, act: Reading) -> Response:
    found = pending_session(request, act.session)
    if found is None or found.session.stage != Stage.SECOND_FACTOR:
        return see("/login")
    return page(request, "account/code.html", filled=blank(), email=found.person.email)


@pages.post("/login/code")
def give_code(request: Request, services: Svc, filled: Filled[CodeForm]) -> Response:
    """The second factor of a sign-in. Wrong codes count like wrong passwords; too many end the sign-in."""
    with services.database.reading() as reader:
        found = pending_session(request, reader)
    if found is None or found.session.stage != Stage.SECOND_FACTOR:
        raise Closed(SIGN_IN_AGAIN)
    if not filled.ok:
        return page(request, "account/code.html", filled=filled, email=found.person.email, status=422)
    keys = attempts.keys_of(request, "code", found.person.email or "")
    attempts.count(request, keys)
    try:
        with services.database.writing() as session:
            pending = pending_session(request, session)
            if pending is None:
                raise Closed(SIGN_IN_AGAIN)
            act = Act(session, Actor.anonymous(), now_of(request))
            key = people.pass_second_factor(act, pending.session, filled.value.code, services.settings)
    except (Invalid, Conflict) as refused:
        status = status_of(refused)
        return page(
            request, "account/code.html", filled=filled.refused(refused), email=found.person.email, status=status
        )
    attempts.forgive(request, keys)
    response = see(safe_next(found.session.next))
    set_session(response, services.settings, key, shared=is_shared(request))
    return response


@pages.post("/logout")
def sign_out(request: Request, services: Svc) -> Response:
    """End this session. When an OpenID Connect provider signed in, the page leads there to sign out too."""
    cookie = session_cookie(request)
    id_token = ""
    if cookie:
        with services.database.writing() as session:
            found = presence(session, cookie, now_of(request))
            id_token = found.session.id_token if found else ""
            people.sign_out(Act(session, Actor.anonymous(), now_of(request)), cookie)
    request.state.visitor = ANONYMOUS
    onward = _end_at_provider(services.settings, id_token) if id_token else None
    response = page(request, "account/signed_out.html", onward=onward) if onward else see("/")
    clear_session(response, services.settings)
    set_shared(request, response, shared=False)
    response.headers.update(WIPE)
    return response


def _end_at_provider(settings: Settings, id_token: str) -> str | None:
    """A link, not a redirect: the Content-Security-Policy lets forms lead to ourselves only."""
    try:
        return provider_of(settings).sign_out(id_token) if settings.oidc_issuer else None
    except Conflict:
        return None


def _page(request: Request, filled: Filled[Any], *, status: int = 200) -> Response:
    openid = bool(services_of(request).settings.oidc_issuer)
    return page(request, "account/sign_in.html", filled=filled, openid=openid, status=status)
