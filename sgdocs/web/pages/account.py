"""Ways to an account: ask for one, ask for a new password, use a mailed link."""

from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid
from sgdocs.base.rulebook import rule
from sgdocs.i18n import N_, offered
from sgdocs.people import actions as people
from sgdocs.people.actions.links import person_behind
from sgdocs.people.keys import hash_of
from sgdocs.people.queries import organisations
from sgdocs.people.rules import SHORTEST, LinkKind
from sgdocs.people.schemas import EmailForm, NewPasswordForm, RequestForm
from sgdocs.web import attempts
from sgdocs.web.deps import Reading, Svc, Writing, services_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.render import language_of, page, see

pages = APIRouter()
SIX = ("ar", "zh", "en", "fr", "ru", "es")
NOT_TWICE = rule("people.password-twice", "The two passwords are not the same.")


@pages.get("/account/request")
def ask(request: Request, act: Reading) -> Response:
    return _request_page(request, act, blank({"language": language_of(request).code}))


@pages.post("/account/request")
def request_account(request: Request, services: Svc, filled: Filled[RequestForm], act: Writing) -> Response:
    """The answer is the same whether there is an account under the address or not."""
    if not filled.ok:
        return _request_page(request, act, filled, status=422)
    attempts.count(request, attempts.keys_of(request, "letter", filled.value.email))
    people.request_account(act, filled.value, services.settings)
    return see("/account/requested")


@pages.get("/account/requests")
def requests() -> Response:
    """Where the secretariat's room leads to."""
    return see("/my/requests")


@pages.get("/account/requested")
def requested(request: Request) -> Response:
    return page(request, "account/told.html", kind="requested")


def _request_page(request: Request, act: Act, filled: Filled[Any], *, status: int = 200) -> Response:
    return page(
        request,
        "account/request.html",
        filled=filled,
        entities=[each.name for each in organisations(act)],
        languages_offered=languages_of(request),
        status=status,
    )


@pages.get("/login/forgotten")
def forgotten(request: Request) -> Response:
    return page(request, "account/forgotten.html", filled=blank())


@pages.post("/login/forgotten")
def ask_for_reset(request: Request, services: Svc, filled: Filled[EmailForm], act: Writing) -> Response:
    """The answer is the same whether there is an account under the address or not."""
    if not filled.ok:
        return page(request, "account/forgotten.html", filled=filled, status=422)
    attempts.count(request, attempts.keys_of(request, "letter", filled.value.email))
    people.ask_for_reset(act, filled.value.email, services.settings)
    return see("/login/sent")


@pages.get("/login/sent")
def sent(request: Request, services: Svc) -> Response:
    return page(request, "account/told.html", kind="sent", minutes=services.settings.link_minutes)


@pages.get("/link/{key}")
def open_link(request: Request, key: str, act: Reading) -> Response:
    """What the link is for. Looking uses nothing up: mail programs look first."""
    return _link_page(request, act, key, blank())


@pages.post("/link/{key}")
def use_link(request: Request, key: str, filled: Filled[NewPasswordForm], act: Writing) -> Response:
    if filled.ok and filled.value.password != filled.value.again:
        filled.refused(Invalid(NOT_TWICE, field="again"))
    if not filled.ok:
        return _link_page(request, act, key, filled, status=422)
    try:
        people.use_link(act, key, filled.value.password)
    except Invalid as refused:
        return _link_page(request, act, key, filled.refused(refused), status=422)
    return see("/login", notice=language_of(request).say(N_("The password is set. Sign in with it.")))


def _link_page(request: Request, act: Act, key: str, filled: Filled[Any], *, status: int = 200) -> Response:
    link, person = person_behind(act, hash_of(key))
    is_invitation = link.kind == LinkKind.INVITATION
    response = page(
        request,
        "account/link.html",
        filled=filled,
        invited=is_invitation,
        called=person.name,
        email=person.email,
        openid=f"/login/openid?link={key}" if is_invitation and services_of(request).settings.oidc_issuer else "",
        shortest=SHORTEST,
        status=status,
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def languages_of(request: Request) -> list[tuple[str, str]]:
    """Interface languages as (code, name)."""
    return [(each.code, each.name) for each in offered(services_of(request).settings.languages)]


def working_languages(request: Request) -> list[tuple[str, str]]:
    """The six languages of the Union as (code, name)."""
    return [(code, str(language_of(request).locale.languages.get(code, code))) for code in SIX]
