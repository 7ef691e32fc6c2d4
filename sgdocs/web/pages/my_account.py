"""My account: profile, password, sessions, tokens. Each form has its own address."""

from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import NOT_SIGNED_IN, Invalid, NotAllowed
from sgdocs.base.rulebook import rule
from sgdocs.groups.queries import roles_of
from sgdocs.i18n import N_
from sgdocs.people import actions as people
from sgdocs.people.accounts import UserSession
from sgdocs.people.directory import interests_known, interests_of
from sgdocs.people.keys import hash_of
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import account_of, identities_of, sessions_of, tokens_of
from sgdocs.people.rules import SHORTEST, TokenScope
from sgdocs.people.schemas import (
    MOST_INTERESTS,
    ChangePasswordForm,
    Density,
    EndSessionsForm,
    OwnProfileForm,
    PreferencesForm,
    ProfileForm,
    Scheme,
    TokenForm,
)
from sgdocs.web.deps import Reading, Svc, Writing, now_of, services_of, visitor_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import limited
from sgdocs.web.pages.account import NOT_TWICE, languages_of, working_languages
from sgdocs.web.render import LANGUAGE_COOKIE, language_of, page, see
from sgdocs.web.roles import word_of
from sgdocs.web.security import session_cookie

pages = APIRouter(prefix="/my")
SCHEMES = {Scheme.SYSTEM: N_("As the device has it"), Scheme.LIGHT: N_("Light"), Scheme.DARK: N_("Dark")}
DENSITIES = {Density.USUAL: N_("As usual"), Density.COMPACT: N_("Compact")}
VIEW_PRIVATE = rule(
    "web.view-private",
    "What is a person's own, as account, notices and notes, is shown to nobody else. End the view first.",
)


def me(request: Request, act: Act) -> Person:
    """The person of a full session; NotAllowed (sign in first) for anybody else, also for a token and through other eyes."""
    visitor = visitor_of(request)
    if visitor.view is not None:
        raise NotAllowed(VIEW_PRIVATE)
    if visitor.person is None or visitor.person.id is None or visitor.by_token:
        raise NotAllowed(NOT_SIGNED_IN)
    return act.session.get_one(Person, visitor.person.id)


@pages.get("/account")
def overview(request: Request, act: Reading) -> Response:
    """What I am, and the way to everything that belongs to my account."""
    person = me(request, act)
    organisation = act.session.get(Organisation, person.organisation_id) if person.organisation_id else None
    account = account_of(act.session, person.id or 0)
    return page(
        request,
        "my/account.html",
        who=person,
        organisation=organisation,
        seats=[(word_of(seat.appointment.role), seat) for seat in roles_of(act.session, person)],
        account=account,
        sessions=len(sessions_of(act.session, person.id or 0, act.now)),
        tokens=len(tokens_of(act.session, person.id or 0)),
    )


@pages.get("/profile")
def profile(request: Request, act: Reading) -> Response:
    person = me(request, act)
    start = ProfileForm.model_validate(person, from_attributes=True).model_dump(mode="json")
    named = interests_of(act.session, [person.id or 0]).get(person.id or 0, [])
    return _profile(request, act, blank({**start, "interests": "\n".join(named)}))


@pages.post("/profile")
def save_profile(request: Request, filled: Filled[OwnProfileForm], act: Writing) -> Response:
    person = me(request, act)
    if not filled.ok:
        return _profile(request, act, filled, status=422)
    people.edit_profile(act, person, filled.value)
    return see("/my", notice=language_of(request).say(N_("Your profile is saved.")))


def _profile(request: Request, act: Act, filled: Filled[Any], *, status: int = 200) -> Response:
    return page(
        request,
        "account/profile.html",
        filled=filled,
        interests=interests_known(act.session, limit=40),
        most=MOST_INTERESTS,
        languages_offered=languages_of(request),
        languages_worked=working_languages(request),
        status=status,
    )


@pages.get("/preferences")
def preferences(request: Request, act: Reading) -> Response:
    """How pages look to me: language, zone, light or dark, density."""
    return _preferences(request, blank(PreferencesForm.model_validate(me(request, act), from_attributes=True)))


@pages.post("/preferences")
def save_preferences(request: Request, filled: Filled[PreferencesForm], act: Writing) -> Response:
    person = me(request, act)
    if not filled.ok:
        return _preferences(request, filled, status=422)
    people.set_preferences(act, person, filled.value)
    response = see("/my/preferences", notice=language_of(request).say(N_("Your preferences are saved.")))
    response.delete_cookie(LANGUAGE_COOKIE, path="/")
    return response


def _preferences(request: Request, filled: Filled[Any], *, status: int = 200) -> Response:
    say = language_of(request).say
    return page(
        request,
        "account/preferences.html",
        filled=filled,
        languages_offered=languages_of(request),
        zones=sorted(available_timezones()),
        schemes=[(each.value, say(SCHEMES[each])) for each in Scheme],
        densities=[(each.value, say(DENSITIES[each])) for each in Density],
        status=status,
    )


@pages.get("/password")
def password(request: Request, act: Reading) -> Response:
    me(request, act)
    return page(request, "account/password.html", filled=blank(), shortest=SHORTEST)


@pages.post("/password", dependencies=[limited("login")])
def change_password(request: Request, services: Svc, filled: Filled[ChangePasswordForm], act: Writing) -> Response:
    """Change it; the other sessions end, this one stays. Limited: who found a browser open shall not guess."""
    person = me(request, act)
    if filled.ok and filled.value.password != filled.value.again:
        filled.refused(Invalid(NOT_TWICE, field="again"))
    if filled.ok:
        form = filled.value
        try:
            keep = _own(request, act, person)
            people.change_password(
                act, person, services.settings, current=form.current, password=form.password, keep=keep
            )
        except Invalid as refused:
            filled.refused(refused)
    if not filled.ok:
        return page(request, "account/password.html", filled=filled, shortest=SHORTEST, status=422)
    return see("/my", notice=language_of(request).say(N_("The password is changed; other sessions have ended.")))


@pages.get("/sessions")
def sessions(request: Request, act: Reading) -> Response:
    return _sessions(request, act, me(request, act), blank())


@pages.post("/sessions/{id}/end")
def end_session(request: Request, id: int, act: Writing) -> Response:
    me(request, act)
    people.end_session(act, id)
    return see("/my/sessions", notice=language_of(request).say(N_("The session has ended.")))


@pages.post("/sessions/end")
def end_sessions(request: Request, filled: Filled[EndSessionsForm], act: Writing) -> Response:
    """Sign out everywhere else, and end the API tokens when that is ticked."""
    person = me(request, act)
    if not filled.ok:
        return _sessions(request, act, person, filled, status=422)
    with_tokens = filled.value.with_tokens
    people.end_all_sessions(act, person, keep=_own(request, act, person), with_tokens=with_tokens)
    told = N_("All other sessions and all tokens have ended.") if with_tokens else N_("All other sessions have ended.")
    return see("/my/sessions", notice=language_of(request).say(told))


def _sessions(request: Request, act: Act, person: Person, filled: Filled[Any], *, status: int = 200) -> Response:
    return page(
        request,
        "account/sessions.html",
        rows=sessions_of(act.session, person.id or 0, act.now),
        own=_own(request, act, person),
        tokens=len(tokens_of(act.session, person.id or 0)),
        filled=filled,
        status=status,
    )


def _own(request: Request, act: Act, person: Person) -> int | None:
    """The session of this very browser."""
    digest = hash_of(session_cookie(request) or "")
    rows: list[UserSession] = sessions_of(act.session, person.id or 0, act.now)
    return next((row.id for row in rows if digest in (row.hash, row.previous_hash)), None)


@pages.get("/tokens")
def tokens(request: Request, act: Reading) -> Response:
    last = geneva_day(now_of(request)) + timedelta(days=min(90, services_of(request).settings.token_days))
    return _tokens(request, act, me(request, act), blank({"scopes": ["read"], "expires_on": last.isoformat()}))


@pages.post("/tokens")
def make_token(request: Request, services: Svc, filled: Filled[TokenForm], act: Writing) -> Response:
    """The token is in this answer and nowhere else."""
    person = me(request, act)
    if not filled.ok:
        return _tokens(request, act, person, filled, status=422)
    try:
        _, words = people.make_token(act, person, filled.value, services.settings)
    except Invalid as refused:
        return _tokens(request, act, person, filled.refused(refused), status=422)
    response = _tokens(request, act, person, blank({"scopes": ["read"]}), fresh=words)
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.post("/tokens/{id}/end")
def end_token(request: Request, id: int, act: Writing) -> Response:
    me(request, act)
    people.end_token(act, id)
    return see("/my/tokens", notice=language_of(request).say(N_("The token has ended.")))


def _tokens(
    request: Request, act: Act, person: Person, filled: Filled[Any], *, fresh: str = "", status: int = 200
) -> Response:
    return page(
        request,
        "account/tokens.html",
        rows=tokens_of(act.session, person.id or 0),
        filled=filled,
        fresh=fresh,
        scopes=[scope.value for scope in TokenScope],
        status=status,
    )


@pages.get("/identities")
def identities(request: Request, act: Reading) -> Response:
    return page(request, "account/identities.html", rows=identities_of(act.session, me(request, act).id or 0))


@pages.post("/identities/{id}/end")
def unbind(request: Request, id: int, act: Writing) -> Response:
    me(request, act)
    people.unbind_identity(act, id)
    return see("/my/identities", notice=language_of(request).say(N_("The binding is removed.")))
