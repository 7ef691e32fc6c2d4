"""The work programme: as a list, by target date, and what has no contributions."""

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups import queries as groups
from sgdocs.policy import Permission, Scope, may
from sgdocs.web import urls, work_words
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.own_marks import own_marks
from sgdocs.web.render import page
from sgdocs.web.work_charting import drawn, legend_of
from sgdocs.web.work_filters import Filtered, Wanted
from sgdocs.work_programme.listing import ItemRow, listing
from sgdocs.work_programme.outgoing import COLUMNS, ItemOut
from sgdocs.work_programme.practice import Practice
from sgdocs.work_programme.radar import stale

pages = APIRouter()

SIZE: Final = 100
MOST: Final = 5000
MOST_DRAWN: Final = 200
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@pages.get("/wi")
def index(request: Request, act: Reading, asked: Filtered, number: Number = 1) -> Response:
    found = listing(act, asked.filter(act), sort=asked.sort or "name", number=number, size=SIZE)
    return page(
        request,
        "work_programme/index.html",
        fragment="rows",
        found=found,
        asked=asked,
        says=work_words,
        today=geneva_day(act.now),
        periods=groups.periods(act.session),
        may_propose=may_propose(act),
        address_of=lambda number: asked.address("/wi", page=number if number > 1 else None),
        files=urls.with_query("", **asked.query).removeprefix("?"),
        own=own_marks(act, "item", [row.id for row in found.rows], "items"),
    )


def may_propose(act: Act) -> bool:
    """Whether the actor may propose new work anywhere; the form names the place."""
    actor = act.actor
    places = {"", *(each.group for each in actor.appointments), *actor.groups, *actor.sectors}
    return any(may(actor, Permission.PROPOSE_ITEM, Scope(place)) for place in places)


@pages.get("/wi.{form}")
def index_as(act: Reading, services: Svc, form: Export, asked: Filtered) -> Response:
    """The same list as a file."""
    found = listing(act, asked.filter(act), sort=asked.sort or "name", size=MOST)
    rows = [ItemOut.of(row, services.settings.public_url) for row in found.rows]
    return export(form, "work programme", rows, COLUMNS, total=found.total)


# By target date


@pages.get("/wi/chart")
def by_target(request: Request, act: Reading, asked: Filtered) -> Response:
    wanted = asked.filter(act)
    found = listing(act, wanted, sort="question", size=MOST_DRAWN)
    rows, today = found.rows, geneva_day(act.now)
    return page(
        request,
        "work_programme/chart.html",
        fragment="rows",
        found=found,
        asked=asked,
        says=work_words,
        today=today,
        periods=groups.periods(act.session),
        chart=drawn(request, act, wanted, rows, today),
        dated=len([row for row in rows if row.timing_on]),
        legend=legend_of(request, rows, today),
        quarters=_by_quarter(rows),
        files=urls.with_query("", **{**asked.query, "sort": asked.sort or "timing"}).removeprefix("?"),
    )


def _by_quarter(rows: Sequence[ItemRow]) -> list[tuple[str, list[ItemRow]]]:
    """`2027-Q2` with its items; those without a date at the end, under ""."""
    dated = sorted((row for row in rows if row.timing_on), key=lambda row: (row.timing_on, row.sort_key))
    told = [(name, list(some)) for name, some in groupby(dated, key=_quarter)]
    rest = [row for row in rows if not row.timing_on]
    return [*told, ("", rest)] if rest else told


def _quarter(row: ItemRow) -> str:
    assert row.timing_on is not None
    return f"{row.timing_on.year}-Q{(row.timing_on.month + 2) // 3}"


# The radar


@pages.get("/wi/stale")
def without_contributions(
    request: Request, act: Reading, services: Svc, group: Annotated[str, Query(max_length=120)] = ""
) -> Response:
    """What a group may consider to delete: nothing came between its last meetings. Source: Rec. ITU-T A.1 1.4.7."""
    practice = Practice.of(services.settings)
    rows = stale(act, practice=practice)
    labels = sorted({(each.row.group, each.row.group_path) for each in rows})
    chosen = _chosen(act, group, labels)
    return page(
        request,
        "work_programme/stale.html",
        rows=[each for each in rows if chosen in ("", each.row.group_path, each.row.question_path)],
        labels=labels,
        chosen=chosen,
        meetings=practice.wi_stale_meetings,
        asked=Wanted(),
        says=work_words,
    )


def _chosen(act: Act, words: str, labels: Sequence[tuple[str, str]]) -> str:
    """The path of the group that is asked for, as it stands in the list or as people write it; "" for all."""
    if not words:
        return ""
    listed = next((path for label, path in labels if words.casefold() in (label.casefold(), path.casefold())), None)
    if listed:
        return listed
    found = groups.resolve(act.session, words, geneva_day(act.now))
    return found[0].path if found else words
