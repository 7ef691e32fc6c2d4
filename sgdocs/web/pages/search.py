"""Search: the page, the type-ahead, the resolver."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.errors import missing
from sgdocs.base.paging import Page
from sgdocs.search import queries
from sgdocs.search.engine import DEEPEST_HIT
from sgdocs.search.finding import resolve
from sgdocs.search.queries import Found
from sgdocs.search.shown import Shown
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.limits import limited
from sgdocs.web.render import page
from sgdocs.web.searching import SHOWN_FACETS, address_of, asked_of, place_of, rows_of, text_of

pages = APIRouter()
LONGEST = 10_000
Words = Annotated[str, Query(max_length=LONGEST * 4)]


@pages.get("/search", dependencies=[limited("search")])
def search(request: Request, act: Reading, services: Svc, q: Words = "", full: bool = False) -> Response:
    """What the words name, and full text. One certain target is shown at once, unless `full` asks for the list."""
    asked = asked_of(request, q)
    found = queries.find(act, services.search, asked)
    address = address_of(request)
    target = queries.jump(found)
    if target is not None and not full and not asked.facets and asked.page == 1:
        return RedirectResponse(urls.with_query(place_of(target), searched=q), 302)
    return page(
        request,
        "search/index.html",
        fragment="results",
        found=found,
        query=q,
        pages=_paged(found),
        address=address,
        address_page=lambda number: address(page=number),
        place_of=place_of,
        text_of=text_of,
        facets=SHOWN_FACETS,
    )


@pages.get("/search.{form}", dependencies=[limited("search")])
def export_hits(request: Request, act: Reading, services: Svc, form: Export, q: Words = "") -> Response:
    """The first hundred hits as a file."""
    found = queries.find(act, services.search, asked_of(request, q, size=100))
    columns = {
        "identifier": "Number", "title": "Title", "kind": "Kind", "status": "Status",
        "approved": "Approved", "group": "Group", "address": "Address",
    }  # fmt: skip
    return export(form, "search", rows_of(found, services.settings.public_url), columns, total=found.results.total)


@pages.get("/search/suggest", dependencies=[limited("suggest")])
def suggest(request: Request, act: Reading, services: Svc, q: Words = "") -> Response:
    """The list under the search box."""
    lines = queries.suggest(act, services.search, q)
    return page(request, "search/suggest.html", lines=lines, place_of=place_of, text_of=text_of)


@pages.get("/r/{anything:path}")
def resolver(request: Request, act: Reading, anything: str) -> Response:
    """`/r/G.652` goes to the record; several are a choice (300), none is not found."""
    found = resolve(act, anything)
    if found.certain:
        return RedirectResponse(place_of(found.targets[0]), 302)
    if not found.targets:
        missing("record", anything[:200])
    return page(request, "search/choice.html", status=300, resolution=found, place_of=place_of)


def _paged(found: Found) -> Page[Shown]:
    results = found.results
    return Page(found.hits, min(results.total, DEEPEST_HIT), results.page, results.size)
