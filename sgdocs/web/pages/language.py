"""The language switch and the Sector switch."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.errors import missing
from sgdocs.i18n import offered
from sgdocs.web.deps import Svc
from sgdocs.web.render import LANGUAGE_COOKIE
from sgdocs.web.security import DAY_S, is_secure, safe_next

pages = APIRouter()


@pages.get("/language/{code}")
@pages.post("/language/{code}")
def switch(code: str, request: Request, services: Svc, next: str = "/") -> Response:
    """Keep the language in a cookie and go back to the page."""
    if code not in {each.code for each in offered(services.settings.languages)}:
        missing("Language", code)
    response = RedirectResponse(safe_next(next), 303)
    response.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=365 * DAY_S,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request, services.settings),
    )
    return response
