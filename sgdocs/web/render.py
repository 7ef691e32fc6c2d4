"""Pages and fragments. One Jinja environment for each language, with the macros of `_macros/` at hand as `ui`.

A fragment is a `{% block %}` of a page's template, rendered alone. What stands outside the blocks
(`{% set %}`, `{% import %}`) is not run for it: macros are reached by `ui.name(...)`, values come from the context.
"""

from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sgdocs import __version__
from sgdocs.documents.labels import version_label
from sgdocs.i18n import Language, accepted, choose, language, offered
from sgdocs.policy import NOWHERE, Permission, Scope, may
from sgdocs.translation.practice import Practice
from sgdocs.web import urls, words, workspace_words
from sgdocs.web.announcing import banners_of
from sgdocs.web.assets import asset
from sgdocs.web.compiled import Compiled
from sgdocs.web.deps import now_of, services_of, visitor_of
from sgdocs.web.filters import OWN_ZONE, functions
from sgdocs.web.places import TEMPLATES
from sgdocs.web.security import is_shared
from sgdocs.web.waiting_bar import bar_of

LANGUAGE_COOKIE = "lang"
NOTICE_COOKIE = "notice"
SECTORS = ("T", "R", "D")
COMPILED = Compiled()


def page(
    request: Request, template: str, *, fragment: str | None = None, status: int = 200, **context: Any
) -> HTMLResponse:
    """The whole page; to htmx the block named `fragment` alone. Names in the context are the template's."""
    environment = environment_of(language_of(request).code)
    found = environment.get_template(template)
    frame = _frame(request)
    names = {**frame, **context, "frame": SimpleNamespace(**frame)}
    reader = visitor_of(request).reader
    zone = OWN_ZONE.set(reader.zone if reader else "")
    try:
        if fragment is not None and wants_fragment(request):
            told = environment.concat(found.blocks[fragment](found.new_context(names)))
        else:
            told = found.render(names)
    finally:
        OWN_ZONE.reset(zone)
    response = HTMLResponse(told, status)
    response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    response.headers["Content-Language"] = language_of(request).code
    response.headers.setdefault("Cache-Control", "no-cache, private" if frame["view"] is None else "no-store")
    if frame["notice"]:
        response.delete_cookie(NOTICE_COOKIE, path="/", httponly=True, samesite="lax")
    return response


def see(address: str, *, notice: str = "") -> Response:
    """Go and read there (303), after a form was taken. notice: one sentence for the next page, translated already."""
    response = RedirectResponse(address, 303)
    if notice:
        response.set_cookie(NOTICE_COOKIE, quote(notice[:500]), max_age=60, path="/", httponly=True, samesite="lax")
    return response


def wants_fragment(request: Request) -> bool:
    """Whether htmx asks for a part: not for a boosted link, nor to restore its history."""
    told = request.headers
    return "hx-request" in told and "hx-boosted" not in told and "hx-history-restore-request" not in told


def language_of(request: Request) -> Language:
    """The cookie's language (the switch), else the person's, else what the browser accepts. Looked up once."""
    known = getattr(request.state, "language", None)
    if isinstance(known, Language):
        return known
    person = visitor_of(request).reader
    wishes = (
        request.cookies.get(LANGUAGE_COOKIE),
        person.language if person else None,
        *accepted(request.headers.get("accept-language", "")),
    )
    found = choose(wishes, offered(services_of(request).settings.languages))
    request.state.language = found
    return found


def _frame(request: Request) -> dict[str, Any]:
    """What every page may use; a page that gives one of these names itself does not change the frame's (`frame.…`)."""
    visitor = visitor_of(request)
    spoken = language_of(request)
    settings = services_of(request).settings

    def may_do(permission: str, scope: Scope = NOWHERE) -> bool:
        return may(visitor.actor, Permission(permission), scope)

    return {
        "request": request,
        "path": request.url.path,
        "here": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        "actor": visitor.actor,
        "person": visitor.person,
        "reader": visitor.reader,
        "view": visitor.view,
        "language": spoken,
        "languages": offered(settings.languages),
        "sector": sector_of(request),
        "sectors": SECTORS,
        "demo": settings.demo,
        "is_shared": is_shared(request),
        "now": now_of(request),
        "notice": unquote(request.cookies.get(NOTICE_COOKIE, "")),
        "may": may_do,
        "bar": bar_of(request),
        "announced": banners_of(request, spoken),
        "translating": Practice.of(settings, services_of(request).translator),
    }


def sector_of(request: Request) -> str:
    """The Sector in view: of the address, of the query, of the cookie, else T."""
    parts = request.url.path.split("/")
    told = (parts[2] if len(parts) > 2 else "", request.query_params.get("sector"), request.cookies.get("sector"))
    return next((each for each in told if each in SECTORS), SECTORS[0])


@lru_cache
def environment_of(code: str) -> Environment:
    """Templates in one language: autoescape everywhere, a name that is missing raises."""
    spoken = language(code)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED,
    )
    environment.install_gettext_translations(spoken.words, newstyle=True)  # type: ignore[attr-defined]
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {
        **functions(spoken),
        "urls": urls,
        "words": words,
        "own_words": workspace_words,
        "asset": asset,
        "version": __version__,
        "lang": code,
        "version_label": version_label,
    }
    environment.globals["say"] = spoken.sentence
    environment.globals["ui"] = _macros(environment)
    return environment


def _macros(environment: Environment) -> SimpleNamespace:
    """Every macro of `_macros/`, under its own name; macros may call each other by `ui.`."""
    ui = SimpleNamespace()
    environment.globals["ui"] = ui
    for file in sorted((TEMPLATES / "_macros").glob("*.html")):
        module = environment.get_template(f"_macros/{file.name}").module
        vars(ui).update({name: value for name, value in vars(module).items() if not name.startswith("_")})
    return ui
