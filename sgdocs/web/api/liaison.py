"""Liaison over the API, for reading: the register, one statement, its thread, the ledger, the matrix, deadlines."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.errors import invalid
from sgdocs.base.paging import Page
from sgdocs.liaison import queries
from sgdocs.liaison.ledger import SORTS as LEDGER_SORTS
from sgdocs.liaison.ledger import rows
from sgdocs.liaison.ledger_outgoing import LedgerOut, SummaryOut
from sgdocs.liaison.ledger_summary import summary
from sgdocs.liaison.listing import SORTS
from sgdocs.liaison.listing import listing as listed
from sgdocs.liaison.matrix import matrix
from sgdocs.liaison.outgoing import RecordOut, StatementOut
from sgdocs.liaison.records import record_of
from sgdocs.liaison.threads import thread_of
from sgdocs.web.api._conventions import Asked, Paging, listing, one
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.liaison_filters import NEWEST, Filtered
from sgdocs.web.liaison_ledger import NEAREST, LedgerFiltered
from sgdocs.web.liaison_matrix_out import CellOut
from sgdocs.web.liaison_thread_out import thread_out

api = APIRouter(prefix="/api/v1", tags=["liaison"])
Fields = Annotated[str, Query(max_length=500)]


@api.get("/liaison-statements")
def statements(request: Request, act: Reading, services: Svc, asked: Paging, *, filters: Filtered) -> Response:
    """Statements, the newest first; the filters are those of `/liaison`. sort: dated, number, title, status, deadline,
    changed, a minus before it turns the order."""
    sort, place = _sort(asked, SORTS, NEWEST), _place(asked)
    found = listed(act, filters.filter(act), sort=sort, size=asked.limit + 1, offset=place)
    root = services.settings.public_url
    return _page(request, asked, found, place, lambda row: StatementOut.of(row, root))


@api.get("/liaison-statements/{name}")
def statement(request: Request, act: Reading, services: Svc, name: str, fields: Fields = "") -> Response:
    """One statement by its name or any of its numbers, with all that belongs to it."""
    found = record_of(act, queries.by_name(act, name))
    return one(request, RecordOut.of(found, services.settings.public_url), fields)


@api.get("/liaison-statements/{name}/thread")
def thread(request: Request, act: Reading, services: Svc, name: str) -> Response:
    """What hangs together with it, as the lines of a tree."""
    found = thread_of(act, queries.by_name(act, name))
    return one(request, thread_out(found, services.settings.public_url))


@api.get("/liaison-ledger")
def ledger(request: Request, act: Reading, services: Svc, asked: Paging, *, filters: LedgerFiltered) -> Response:
    """Open matters, the nearest deadline first: one row for one addressee. The filters are those of `/liaison/ledger`."""
    sort, place = _sort(asked, LEDGER_SORTS, NEAREST), _place(asked)
    wanted = filters.filter(act, filters.of_group(act))
    found = rows(act, wanted, sort=sort, size=asked.limit + 1, offset=place)
    root = services.settings.public_url
    return _page(request, asked, found, place, lambda row: LedgerOut.of(row, root))


@api.get("/liaison-ledger/summary")
def ledger_summary(request: Request, act: Reading, filters: LedgerFiltered) -> Response:
    """How many wait in each queue, how old they are, and the median of days to answer."""
    return one(request, SummaryOut.of(summary(act, filters.filter(act, filters.of_group(act)))))


@api.get("/liaison-matrix")
def pairs(request: Request, act: Reading, filters: Filtered) -> Response:
    """Who writes to whom: one item for each pair, with counts and the median of days to answer."""
    found = matrix(act, filters.filter(act))
    told = [CellOut.of(cell).model_dump(mode="json") for cell in found.cells.values()]
    return one(request, {"items": told, "total": len(told)})


def _sort(asked: Asked, known: Any, usual: str) -> str:
    if not asked.sort:
        return usual
    asked.require_sort(tuple(known), usual)
    return f"-{asked.sort}" if asked.descending else asked.sort


def _place(asked: Asked) -> int:
    """How many rows came before; the cursor of these lists counts them, since they are sorted by what changes."""
    if not asked.after:
        return 0
    place = asked.after[0]
    if len(asked.after) != 1 or type(place) is not int or not 0 <= place <= 1_000_000:
        invalid("cursor", str(asked.after)[:80], "Take it from “next” of the page before.")
    return place


def _page(request: Request, asked: Asked, found: Page[Any], place: int, item: Any) -> Response:
    numbered = [(place + n, row) for n, row in enumerate(found.rows, start=1)]
    return listing(
        request, asked, numbered, total=found.total, item=lambda pair: item(pair[1]), cursor=lambda pair: (pair[0],)
    )
