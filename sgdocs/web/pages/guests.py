"""Guest passes in the secretariat's room: who is a guest where, until when; ended here."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs import policy
from sgdocs.base.clock import geneva_day
from sgdocs.i18n import N_
from sgdocs.people import actions as people
from sgdocs.people.queries import guests as passes
from sgdocs.policy import Permission
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/office/guests")
PageNumber = Annotated[int, Query(ge=1, le=100_000)]


@pages.get("")
def guests(request: Request, act: Reading, number: Annotated[PageNumber, Query(alias="page")] = 1) -> Response:
    """For the secretariat: counsellors know the guests that they admit."""
    policy.require(act.actor, Permission.APPOINT)
    return page(
        request,
        "office/guests.html",
        found=passes(act, geneva_day(act.now), number=number),
        address_of=lambda n: urls.with_query("/office/guests", page=n if n > 1 else None),
    )


@pages.post("/{id}/end")
def end(request: Request, id: int, act: Writing) -> Response:
    """From this moment on; the place's permission is asked by the action."""
    policy.require(act.actor, Permission.APPOINT)
    people.end_guest(act, id)
    return see("/office/guests", notice=language_of(request).say(N_("The pass has ended.")))
