"""The ledger: what we owe, what we wait for, what is overdue, how old it is. For all groups, or as one of them sees it."""

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.liaison.ledger import LedgerFilter, first_rows, rows
from sgdocs.liaison.ledger_outgoing import COLUMNS, LedgerOut
from sgdocs.liaison.ledger_summary import summary
from sgdocs.liaison.queues import Queue
from sgdocs.web import liaison_words, urls
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.liaison_ledger import AGES, NEAREST, QUEUES, LedgerFiltered, LedgerWanted
from sgdocs.web.pages.liaison import may_write
from sgdocs.web.render import page

pages = APIRouter()

SIZE: Final = 100
FEW: Final = 15
MOST: Final = 5000
SHOWN: Final = (Queue.OWE, Queue.WAIT)
"""The lists of the overview; the others are a click away."""


@pages.get("/liaison/ledger")
def ledger(
    request: Request,
    act: Reading,
    asked: LedgerFiltered,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    group = asked.of_group(act)
    wanted = asked.filter(act, group)
    found = rows(act, wanted, sort=asked.sort or NEAREST, number=number, size=SIZE) if asked.is_narrow else None
    return page(
        request,
        "liaison/ledger.html",
        found=found,
        may_write=may_write(act),
        address_of=lambda number: asked.address(page=number if number > 1 else None),
        **ledger_of(act, asked, group, wanted, few=FEW),
    )


def ledger_of(act: Act, asked: LedgerWanted, group: Group | None, wanted: LedgerFilter, *, few: int) -> dict[str, Any]:
    """What every page with a ledger shows: the counts, and the first rows of what is owed and waited for."""
    told = summary(act, replace(wanted, queue="", age=""))
    lists = () if asked.is_narrow else tuple(each for each in SHOWN if told.counts.get(each))
    return {
        "asked": asked,
        "of_group": group,
        "told": told,
        "lists": [(each, first_rows(act, replace(wanted, queue=each), told.counts[each], size=few)) for each in lists],
        "queues": QUEUES,
        "ages": AGES,
        "says": liaison_words,
        "today": geneva_day(act.now),
        "files": urls.with_query("", **asked.query).removeprefix("?"),
    }


@pages.get("/liaison/ledger.{form}")
def ledger_as(act: Reading, services: Svc, form: Export, asked: LedgerFiltered) -> Response:
    """The same matters as a file: every open one, or those of the queue that is asked for."""
    found = rows(act, asked.filter(act, asked.of_group(act)), sort=asked.sort or NEAREST, size=MOST)
    told = [LedgerOut.of(row, services.settings.public_url) for row in found.rows]
    return export(form, "liaison ledger", told, COLUMNS, total=found.total)
