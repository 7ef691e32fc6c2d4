"""Who writes to whom, and how much of it is open: a picture, and the same as a table. Every count opens its list."""

from collections.abc import Callable
from typing import Final, Literal
from urllib.parse import urlencode

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

PAIRS: Final = 50
"""So many pairs of the table are drawn unless all are asked for: a large house has a thousand."""


@pages.get("/liaison/matrix")
def show(request: Request, act: Reading, asked: Filtered, pairs: Literal["", "all"] = "") -> Response:
    found = matrix(act, asked.filter(act))
    cells = sorted(found.cells.values(), key=lambda cell: (-cell.overdue, -cell.awaited, -cell.total, cell.sender.name))
    return page(
        request,
        "liaison/matrix.html",
        found=found,
        cells=cells if pairs else cells[:PAIRS],
        pairs=len(cells),
        all_pairs=asked.address("/liaison/matrix", pairs="all") + "#pairs",
        chart=chart(found, mirrored=language_of(request).direction == "rtl"),
        asked=asked,
        says=liaison_words,
        periods=groups.periods(act.session),
        list_of=lists_of(asked),
        files=with_query("", **asked.query).removeprefix("?"),
    )


def lists_of(asked: Wanted) -> Callable[..., str]:
    """Makes the address of the list behind a cell; standing: its statements that are awaited or overdue alone."""
    begun = asked.address("/liaison", sender="", to="", standing="", which="live", sort="")

    def list_of(cell: Cell, standing: str = "") -> str:
        more = {"sender": handle(cell.sender), "to": handle(cell.to)} | ({"standing": standing} if standing else {})
        return f"{begun}&{urlencode(more)}"

    return list_of


def handle(party: Party) -> str:
    """By which a filter finds this very side: the path of a group, the address of a body."""
    return party.path or party.slug


@pages.get("/liaison/matrix.{form}")
def as_file(act: Reading, form: Export, asked: Filtered) -> Response:
    found = matrix(act, asked.filter(act))
    return export(form, "liaison matrix", [CellOut.of(cell) for cell in found.cells.values()], COLUMNS)
