"""Guides for each role and frequent questions. Anybody may read them."""

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.guides.pages import FAQ, ROLES, Guide, by_name
from sgdocs.i18n import language
from sgdocs.policy import Permission, may
from sgdocs.web.deps import Reading
from sgdocs.web.guide_parts import shown, without_office
from sgdocs.web.render import language_of, page

pages = APIRouter(prefix="/help")


@pages.get("/guide/{role}")
def guide(request: Request, act: Reading, role: str) -> Response:
    """What the service does for one role."""
    return _page(request, act, next((each for each in ROLES if each.name == role), None) or missing("guide", role))


@pages.get("/faq")
def faq(request: Request, act: Reading) -> Response:
    return _page(request, act, by_name(FAQ) or missing("guide", FAQ))


def _page(request: Request, act: Act, found: Guide) -> Response:
    wished = language_of(request).code
    told = shown(found, wished)
    if act.actor.is_known and not may(act.actor, Permission.READ_JOBS):
        told = without_office(told)
    others = [shown(each, wished) for each in ROLES if each is not found]
    return page(request, "guides/show.html", told=told, others=others, written_in=language(told.language))
