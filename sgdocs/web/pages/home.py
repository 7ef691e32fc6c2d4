"""The first page: search, what is mine, what changed lately."""

from fastapi import APIRouter, Request, Response

from sgdocs.groups.queries import audiences
from sgdocs.journal.queries import latest
from sgdocs.web.deps import Reading
from sgdocs.web.render import SECTORS, page

pages = APIRouter()


@pages.get("/")
def home(request: Request, act: Reading, sector: str = "") -> Response:
    response = page(
        request,
        "home.html",
        changes=latest(act.session, audiences(act), limit=12),
        appointments=act.actor.appointments,
    )
    if sector in SECTORS:
        response.set_cookie("sector", sector, path="/", httponly=True, samesite="lax")
    return response
