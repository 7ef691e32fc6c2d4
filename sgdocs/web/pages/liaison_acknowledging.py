"""The link in a letter to another body: it shows which statement, and a button says that it arrived. No signing in."""

from typing import Final

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, Refused
from sgdocs.liaison.actions.delivering import acknowledge, receipt_of
from sgdocs.liaison.schemas import AcknowledgeForm
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import limited
from sgdocs.web.render import page

pages = APIRouter(prefix="/liaison/ack", dependencies=[limited("acknowledgement")])

HEADERS: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}


@pages.get("/{token}")
def show(request: Request, act: Reading, token: str) -> Response:
    """Number, title and date, nothing else; looking changes nothing: programs that scan mail open every link."""
    return _page(request, act, token, blank())


@pages.post("/{token}")
def confirm(request: Request, act: Writing, token: str, filled: Filled[AcknowledgeForm]) -> Response:
    """It has arrived: once."""
    if not filled.ok:
        return _page(request, act, token, filled, status=422)
    try:
        with act.session.begin_nested():
            acknowledge(act, token, filled.value)
    except NotFound:
        raise
    except Refused as refused:
        return _page(request, act, token, filled.refused(refused), status=status_of(refused))
    return _page(request, act, token, blank())


def _page(request: Request, act: Act, token: str, filled: Filled[AcknowledgeForm], *, status: int = 200) -> Response:
    response = page(request, "liaison/acknowledge.html", status=status, receipt=receipt_of(act, token), filled=filled)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
