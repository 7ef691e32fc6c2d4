"""Who writes to whom, and how much of it is open: a picture, and the same as a table. Every count opens its list."""

from collections.abc import Mapping
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sgdocs.groups import queries as groups
from sgdocs.liaison.matrix import Cell, matrix
from sgdocs.liaison.parties import Party
from sgdocs.web import liaison_words
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export
from sgdocs.web.liaison_chart import chart
from sgdocs.web.liaison_filters import Filtered, Wanted
from sgdocs.web.render import language_of, page
from sgdocs.web.urls import with_query

pages = APIRouter()


class CellOut(BaseModel):
    """One pair. from_path, to_path: of groups; from_body, to_body: of outside bodies; median_days: None without answers."""

    sender: str
    from_path: str
    from_body: str
    to: str
    to_path: str
    to_body: str
    statements: int
    awaited: int
    overdue: int
    answered: int
    median_days: float | None

    @classmethod
    def of(cls, cell: Cell) -> "CellOut":
        return cls(
            sender=cell.sender.name,
            from_path=cell.sender.path,
            from_body=cell.sender.slug,
            to=cell.to.name,
            to_path=cell.to.path,
            to_body=cell.to.slug,
            statements=cell.total,
            awaited=cell.awaited,
            overdue=cell.overdue,
            answered=cell.answered,
            median_days=cell.median_days,
        )


COLUMNS: Final[Mapping[str, str]] = {
    "sender": "From",
    "to": "To",
    "statements": "Statements",
    "awaited": "Answers awaited",
    "overdue": "Overdue",
    "answered": "Answered",
    "median_days": "Median days to answer",
}


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
