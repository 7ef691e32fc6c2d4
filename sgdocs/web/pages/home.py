"""The first page: search, what is mine, what changed lately, where to look."""

from fastapi import APIRouter, Request, Response

from sgdocs.groups.queries import audiences
from sgdocs.journal.queries import latest
from sgdocs.recommendations.listing import series
from sgdocs.web.deps import Reading
from sgdocs.web.history import lines
from sgdocs.web.render import SECTORS, page, sector_of
from sgdocs.web.roles import word_of

pages = APIRouter()
CHANGES = 15


@pages.get("/")
def home(request: Request, act: Reading, sector: str = "") -> Response:
    changes = latest(act.session, audiences(act), limit=CHANGES)
    response = page(
        request,
        "home.html",
        changes=lines(request, act, changes),
        series=series(act, sector if sector in SECTORS else sector_of(request)),
        appointments=[(word_of(each.role), each.group) for each in act.actor.appointments],
    )
    if sector in SECTORS:
        response.set_cookie("sector", sector, path="/", httponly=True, samesite="lax")
    return response
