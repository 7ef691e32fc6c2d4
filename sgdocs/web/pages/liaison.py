"""The register of liaison statements as a list, and as files. Join it before the catch-all routes of /liaison."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups import queries as groups
from sgdocs.liaison.listing import listing
from sgdocs.liaison.outgoing import COLUMNS, StatementOut
from sgdocs.policy import Permission, Scope, may
from sgdocs.web import liaison_words, urls
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.liaison_filters import DIRECTIONS, NEWEST, STANDINGS, WHICH, Filtered
from sgdocs.web.own_marks import own_marks
from sgdocs.web.render import page

pages = APIRouter()

SIZE: Final = 100
MOST: Final = 5000
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@pages.get("/liaison")
def index(request: Request, act: Reading, asked: Filtered, number: Number = 1) -> Response:
    found = listing(act, asked.filter(act), sort=asked.sort or NEWEST, number=number, size=SIZE)
    return page(
        request,
        "liaison/index.html",
        fragment="rows",
        found=found,
        asked=asked,
        says=liaison_words,
        directions=DIRECTIONS,
        standings=STANDINGS,
        kinds=WHICH,
        today=geneva_day(act.now),
        periods=groups.periods(act.session),
        may_write=may_write(act),
        address_of=lambda number: asked.address("/liaison", page=number if number > 1 else None),
        files=urls.with_query("", **asked.query).removeprefix("?"),
        own=own_marks(act, "statement", [row.id for row in found.rows], "statements"),
    )


def may_write(act: Act) -> bool:
    """Whether the actor may draft or enter a statement anywhere; the form names the place."""
    actor = act.actor
    places = {"", *(each.group for each in actor.appointments), *actor.groups, *actor.sectors}
    either = (Permission.DRAFT_STATEMENT, Permission.RECEIVE_STATEMENT)
    return any(may(actor, each, Scope(place)) for each in either for place in places)


@pages.get("/liaison.{form}")
def index_as(act: Reading, services: Svc, form: Export, asked: Filtered) -> Response:
    """The same list as a file."""
    found = listing(act, asked.filter(act), sort=asked.sort or NEWEST, size=MOST)
    rows = [StatementOut.of(row, services.settings.public_url) for row in found.rows]
    return export(form, "liaison statements", rows, COLUMNS, total=found.total)
