"""Who writes to whom, and how much of it is open: a picture, and the same as a table. Every count opens its list."""

from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs.groups import queries as groups
from sgdocs.liaison.matrix import Cell, matrix
from sgdocs.liaison.parties import Party
from sgdocs.web import liaison_words
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export
from sgdocs.web.liaison_chart import chart
from sgdocs.web.liaison_filters import Filtered, Wanted
from sgdocs.web.liaison_matrix_out import COLUMNS, CellOut
from sgdocs.web.render import language_of, page
from sgdocs.web.urls import with_query

pages = APIRouter()


@pages.get("/liaison/matrix")
def show(request: Request, act: Reading, asked: Filtered) -> Response:
    found = matrix(act, asked.filter(act))
    cells = sorted(found.cells.values(), key=lambda cell: (-cell.overdue, -cell.awaited, -cell.total, cell.sender.name))
    return page(
        request,
        "liaison/matrix.html",
        found=found,
        cells=cells,
        chart=chart(found, mirrored=language_of(request).direction == "rtl"),
        asked=asked,
        says=liaison_words,
        periods=groups.periods(act.session),
        list_of=lambda cell, standing="": list_of(asked, cell, standing),
        files=with_query("", **asked.query).removeprefix("?"),
    )


def list_of(asked: Wanted, cell: Cell, standing: str = "") -> str:
    """The list that shows the statements of a cell; standing: those awaited or overdue alone."""
    more: dict[str, Any] = {"standing": standing} if standing else {}
    return asked.address("/liaison", sender=handle(cell.sender), to=handle(cell.to), which="live", sort="", **more)


def handle(party: Party) -> str:
    """By which a filter finds this very side: the path of a group, the address of a body."""
    return party.path or party.slug


@pages.get("/liaison/matrix.{form}")
def as_file(act: Reading, form: Export, asked: Filtered) -> Response:
    found = matrix(act, asked.filter(act))
    return export(form, "liaison matrix", [CellOut.of(cell) for cell in found.cells.values()], COLUMNS)
