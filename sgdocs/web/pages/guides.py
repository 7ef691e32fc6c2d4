"""Guides for each role and frequent questions. Anybody may read them."""

from fastapi import APIRouter, Request, Response

from sgdocs.base.errors import missing
from sgdocs.guides.pages import FAQ, ROLES, Guide, by_name
from sgdocs.i18n import language
from sgdocs.web.guide_parts import shown
from sgdocs.web.render import language_of, page

pages = APIRouter(prefix="/help")


@pages.get("/guide/{role}")
def guide(request: Request, role: str) -> Response:
    """What the service does for one role."""
    return _page(request, next((each for each in ROLES if each.name == role), None) or missing("guide", role))


@pages.get("/faq")
def faq(request: Request) -> Response:
    return _page(request, by_name(FAQ) or missing("guide", FAQ))


def _page(request: Request, found: Guide) -> Response:
    wished = language_of(request).code
    told = shown(found, wished)
    others = [shown(each, wished) for each in ROLES if each is not found]
    return page(request, "guides/show.html", told=told, others=others, written_in=language(told.language))
