"""The second factor of my account; and the same at `/login/second-factor` for whoever must have one first."""

from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup
from sqlmodel import Session

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.errors import Closed, Conflict, Invalid
from sgdocs.groups.queries import actor_for
from sgdocs.i18n import N_
from sgdocs.people import actions as people
from sgdocs.people.actions.second_factor import address_of
from sgdocs.people.models import Person
from sgdocs.people.queries import Presence, account_of
from sgdocs.people.rules import Stage, must_have_second_factor
from sgdocs.people.schemas import CodeForm, ConfirmForm
from sgdocs.web.deps import Reading, Svc, Writing, now_of, services_of
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import limited
from sgdocs.web.pages.my_account import me
from sgdocs.web.pages.sign_in import SIGN_IN_AGAIN
from sgdocs.web.presence import pending_session
from sgdocs.web.render import language_of, page, see
from sgdocs.web.security import is_shared, safe_next, set_session

pages = APIRouter()
MINE, FIRST = "/my/second-factor", "/login/second-factor"


@pages.get(MINE)
def mine(request: Request, act: Reading) -> Response:
    return _page(request, act, me(request, act), MINE, blank())


@pages.post(MINE)
def begin(request: Request, act: Writing) -> Response:
    people.begin_second_factor(act, me(request, act))
    return see(MINE)


@pages.post(MINE + "/confirmation")
def confirm(request: Request, services: Svc, filled: Filled[CodeForm], act: Writing) -> Response:
    """Ten recovery codes are in this answer and nowhere else."""
    person = me(request, act)
    if not filled.ok:
        return _page(request, act, person, MINE, filled, status=422)
    try:
        codes, _ = people.confirm_second_factor(act, person, filled.value.code, services.settings)
    except Invalid as refused:
        return _page(request, act, person, MINE, filled.refused(refused), status=422)
    return _codes(request, codes, "/my")


@pages.post(MINE + "/codes", dependencies=[limited("login")])
def new_codes(request: Request, filled: Filled[ConfirmForm], act: Writing) -> Response:
    person = me(request, act)
    if not filled.ok:
        return _page(request, act, person, MINE, filled, status=422)
    try:
        codes = people.new_recovery_codes(act, person, filled.value.password)
    except Invalid as refused:
        return _page(request, act, person, MINE, filled.refused(refused), status=422)
    return _codes(request, codes, "/my")


@pages.post(MINE + "/removal", dependencies=[limited("login")])
def remove(request: Request, services: Svc, filled: Filled[ConfirmForm], act: Writing) -> Response:
    person = me(request, act)
    if not filled.ok:
        return _page(request, act, person, MINE, filled, status=422)
    must = _must_have(request, act.session, person)
    try:
        people.remove_second_factor(act, person, filled.value.password, services.settings, must_have=must)
    except (Invalid, Conflict) as refused:
        return _page(request, act, person, MINE, filled.refused(refused), status=status_of(refused))
    return see("/my", notice=language_of(request).say(N_("The second factor is removed.")))


@pages.get(FIRST)
def first(request: Request, act: Reading) -> Response:
    found = pending_session(request, act.session)
    if found is None or found.session.stage != Stage.SET_UP:
        return see("/login")
    return _page(request, act, found.person, FIRST, blank())


@pages.post(FIRST)
def begin_first(request: Request, services: Svc) -> Response:
    with services.database.writing() as session:
        found = _setting_up(request, session)
        people.begin_second_factor(_nobody(request, session), found.person, pending=found.session)
    return see(FIRST)


@pages.post(FIRST + "/confirmation")
def confirm_first(request: Request, services: Svc, filled: Filled[CodeForm]) -> Response:
    """The session is full after this, with a new id."""
    with services.database.writing() as session:
        act = _nobody(request, session)
        found = _setting_up(request, session)
        if not filled.ok:
            return _page(request, act, found.person, FIRST, filled, status=422)
        try:
            codes, key = people.confirm_second_factor(
                act, found.person, filled.value.code, services.settings, pending=found.session
            )
        except Invalid as refused:
            return _page(request, act, found.person, FIRST, filled.refused(refused), status=422)
    response = _codes(request, codes, safe_next(found.session.next))
    if key:
        set_session(response, services.settings, key, shared=is_shared(request))
    return response


def _setting_up(request: Request, session: Session) -> Presence:
    found = pending_session(request, session)
    if found is None or found.session.stage != Stage.SET_UP:
        raise Closed(SIGN_IN_AGAIN)
    return found


def _nobody(request: Request, session: Session) -> Act:
    return Act(session, Actor.anonymous(), now_of(request))


def _must_have(request: Request, session: Session, person: Person) -> bool:
    roles = {held.role for held in actor_for(session, person, now_of(request)).appointments}
    return must_have_second_factor(roles, services_of(request).settings.second_factor_roles)


def _page(
    request: Request, act: Act, person: Person, address: str, filled: Filled[Any], *, status: int = 200
) -> Response:
    account = account_of(act.session, person.id or 0)
    secret = account.totp_secret if account and account.totp_confirmed_at is None else None
    response = page(
        request,
        "account/second_factor.html",
        filled=filled,
        address=address,
        confirmed_at=account.totp_confirmed_at if account else None,
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)) if secret else "",
        picture=_picture(request, secret, person) if secret else "",
        must_have=_must_have(request, act.session, person),
        status=status,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _picture(request: Request, secret: str, person: Person) -> Markup:
    """The QR code as inline SVG, without a style attribute."""
    import segno

    code = segno.make(address_of(secret, person, "sgdocs"), error="m")
    title = language_of(request).say(N_("The key as a QR code"))
    svg = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, title=title)
    return Markup(svg)  # noqa: S704 segno escapes the title, the rest is numbers


def _codes(request: Request, codes: list[str], onward: str) -> Response:
    response = page(request, "account/recovery_codes.html", codes=codes, onward=onward)
    response.headers["Cache-Control"] = "no-store"
    return response
