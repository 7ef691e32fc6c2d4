"""The list of all documents, with filters, and as files."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.documents import listing
from sgdocs.web import paper_words, urls
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.own_marks import own_marks
from sgdocs.web.paper_form import LANGUAGES
from sgdocs.web.paper_lists import EXPORTED, HEADINGS, OF_ALL, Filtered, around, lines, table
from sgdocs.web.render import page

pages = APIRouter()

SIZE = 100
MOST = 5000
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@pages.get("/doc")
def index(request: Request, act: Reading, filters: Filtered, number: Number = 1) -> Response:
    shown = table(request, OF_ALL, filters.asked, sorts=())
    found = listing.found(act, filters.filter(act), number=number, size=SIZE)
    about = around(act, found.rows, with_groups=False)

    def address_of(number: int) -> str:
        return urls.with_query("/doc", **shown.asked, page=number if number > 1 else None)

    return page(
        request,
        "documents/index.html",
        fragment="rows",
        found=found,
        rows=lines(found.rows, about),
        asked=filters,
        table=shown,
        headings=HEADINGS,
        paper=paper_words,
        languages=LANGUAGES,
        address_of=address_of,
        files=urls.with_query("", **filters.asked).removeprefix("?"),
        own=own_marks(act, "document", [row.id for row in found.rows], "documents"),
    )


@pages.get("/doc.{form}")
def index_as(act: Reading, services: Svc, form: Export, filters: Filtered) -> Response:
    """The same list as a file."""
    found = listing.found(act, filters.filter(act), size=MOST)
    about = around(act, found.rows)
    rows = [about.out(row, services.settings.public_url) for row in found.rows]
    return export(form, "documents", rows, EXPORTED, total=found.total)
