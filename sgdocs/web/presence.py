"""A session in use: noted, rotated when roles have changed, and led to the step that it still lacks.

`keep_presence` is a dependency of every page and of the API; `PresenceCookie` hands out a rotated id.
Costs one SQL query for each request with a cookie or token, and a short write every five minutes.
"""

import logging

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.exc import OperationalError
from sqlmodel import Session
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed
from sgdocs.base.settings import Settings
from sgdocs.groups.queries import actor_for
from sgdocs.people import actions as people
from sgdocs.people.accounts import UserSession
from sgdocs.people.queries import NOTED_EVERY, Presence, account_of, presence, token_is_due
from sgdocs.people.rules import Stage, must_have_second_factor
from sgdocs.web.deps import now_of, require_own_eyes, services_of
from sgdocs.web.security import SAFE_METHODS, bearer_of, is_shared, session_cookie, set_session

STEPS = {Stage.SECOND_FACTOR: "/login/code", Stage.SET_UP: "/login/second-factor"}
OPEN = ("/login", "/logout", "/language/", "/static/", "/healthz", "/help")
ENDS_VIEW = ("/office/view-as/end", "/logout")
"""All that may be sent while the secretariat looks as somebody else."""
log = logging.getLogger("sgdocs.web")


def keep_presence(request: Request) -> None:
    """Note the use; a session that lacks a step is sent there (303) before it sees anything else."""
    token, cookie = bearer_of(request), session_cookie(request)
    try:
        if token is not None:
            _note_token(request, token)
        elif cookie is not None:
            _note_session(request, cookie)
    except OperationalError as error:
        log.warning("a use was not noted: %s", error.orig)
    if request.method not in SAFE_METHODS and request.url.path not in ENDS_VIEW:
        require_own_eyes(request)


def pending_session(request: Request, session: Session) -> Presence | None:
    """The session of this browser if a step of its sign-in is missing."""
    cookie = session_cookie(request)
    found = presence(session, cookie, now_of(request)) if cookie else None
    return found if found and found.session.stage != Stage.FULL else None


def must_have(request: Request, session: Session, found: Presence) -> bool:
    """Whether a role of the person asks for a second factor."""
    roles = {held.role for held in actor_for(session, found.person, now_of(request)).appointments}
    return must_have_second_factor(roles, services_of(request).settings.second_factor_roles)


def _note_token(request: Request, token: str) -> None:
    database = services_of(request).database
    with database.reading() as reader:
        if not token_is_due(reader, token, now_of(request)):
            return
    with database.writing() as session:
        people.mark_token_used(session, token, now_of(request))


def _note_session(request: Request, cookie: str) -> None:
    database, now = services_of(request).database, now_of(request)
    with database.reading() as reader:
        found = presence(reader, cookie, now)
        if found is None:
            return
        row = found.session
        fall_back = _stage_now(request, reader, found) if row.is_stale else None
    if row.is_stale or row.seen_at < now - NOTED_EVERY:
        with database.writing() as session:
            fresh = people.keep_alive(session, cookie, now, stage=fall_back)
        if fresh:
            request.state.fresh_cookie = fresh
    if not row.is_stale:
        request.state.present = found
    _lead(request, row, fall_back)


def _stage_now(request: Request, reader: Session, found: Presence) -> Stage | None:
    """Back to setting up, when a role that was given meanwhile asks for what the person does not have."""
    account = account_of(reader, found.session.person_id)
    lacks = account is not None and account.totp_confirmed_at is None
    return Stage.SET_UP if lacks and must_have(request, reader, found) else None


def _lead(request: Request, row: UserSession, fall_back: Stage | None) -> None:
    stage = fall_back or Stage(row.stage)
    step = STEPS.get(stage)
    if not step or request.url.path.startswith(OPEN):
        return
    raise NotAllowed(NOT_SIGNED_IN) if request.url.path.startswith("/api/") else StepMissing(step)


class StepMissing(Exception):
    """The sign-in is not complete; the text is the address of the missing step."""


def lead(_request: Request, missing: Exception) -> Response:
    """The answer to StepMissing."""
    return RedirectResponse(str(missing), 303)


class PresenceCookie:
    """ASGI middleware: gives the browser the id that its session has been rotated to."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_cookie(message: Message) -> None:
            fresh = scope.get("state", {}).get("fresh_cookie")
            if message["type"] == "http.response.start" and fresh:
                carrier = Response()
                set_session(carrier, self.settings, fresh, shared=is_shared(Request(scope)))
                headers = MutableHeaders(scope=message)
                own = carrier.headers["set-cookie"]
                if not any(each.startswith(own.split("=")[0] + "=") for each in headers.getlist("set-cookie")):
                    headers.append("set-cookie", own)
            await send(message)

        await self.app(scope, receive, with_cookie)
