"""Recommendations and other published texts: entry, lists, and which page an address below them is."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.errors import missing
from sgdocs.recommendations import listing
from sgdocs.recommendations.exporting import FORMATS
from sgdocs.recommendations.exporting.rows import FAMILY_COLUMNS
from sgdocs.recommendations.listing import Asked, Count
from sgdocs.recommendations.outgoing import RecommendationRow
from sgdocs.recommendations.reading import shown_texts
from sgdocs.recommendations.series import R_SERIES, T_SERIES, title_of
from sgdocs.web import catalogue_words as terms
from sgdocs.web.catalogue_filters import Filtered
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.own_marks import own_marks
from sgdocs.web.pages import recommendation_forms, recommendation_records
from sgdocs.web.recommending import SPACES
from sgdocs.web.render import page

pages = APIRouter()
pages.include_router(recommendation_forms.pages)

SECTORS = ("T", "R")
MOST_EXPORTED = 20_000
MOST_CITED = 2_000
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
PageSize = Annotated[int, Query(ge=1, le=listing.BIGGEST_PAGE)]
LISTS = ("csv", "xlsx", "json", *FORMATS)


@pages.get("/rec")
def entry(request: Request, act: Reading, filters: Filtered) -> Response:
    """Sectors, series, and how many texts of which kind there are; with a Sector asked for, on to its list."""
    if filters.asked.sector:
        return RedirectResponse(filters.address(f"/rec/{filters.asked.sector}", sector=""), 301)
    sectors = [(sector, listing.series(act, sector), _others(act, sector)) for sector in SECTORS]
    return page(request, "recommendations/entry.html", terms=terms, sectors=sectors)


def _others(act: Reading, sector: str) -> list[Count]:
    return [count for count in listing.spaces(act, sector) if count.value != "rec"]


@pages.get("/rec.{form:path}")
def export_all(act: Reading, services: Svc, form: str, filters: Filtered) -> Response:
    """Every family that fits, of both Sectors."""
    return _export(act, services, form, filters.within(), "recommendations")


def listed(
    request: Request,
    act: Reading,
    services: Svc,
    *,
    filters: Filtered,
    below: str,
    number: PageNumber = 1,
    size: PageSize = 50,
) -> Response:
    """A list (`/rec/T`, `/rec/T/G`, `/rec/T/G.csv`), or a record below it."""
    space = request.url.path.split("/")[1]
    sector, _, name = below.strip("/").partition("/")
    sector, _, form = sector.partition(".") if not name else (sector, "", "")
    if sector.upper() not in SECTORS:
        missing("list", request.url.path)
    series, _, ending = name.partition(".")
    if name and not (series in _known(sector) and (ending == "" or ending in LISTS)):
        return recommendation_records.record(request, act, services, space=space, sector=sector, name=name)
    asked = filters.within(space=space, sector=sector.upper(), series=series)
    if form or ending:
        return _export(act, services, form or ending, asked, f"ITU-{sector}-{series or space}")
    return _list_page(request, act, filters, asked, Wanted(number, size))


for _space in SPACES:
    pages.add_api_route(f"/{_space}/{{below:path}}", listed, methods=["GET"])


@dataclass(frozen=True)
class Wanted:
    """Which page of a list, and how long it is."""

    number: int
    size: int


def _known(sector: str) -> dict[str, str]:
    return T_SERIES if sector == "T" else R_SERIES


def _list_page(request: Request, act: Reading, filters: Filtered, asked: Asked, wanted: Wanted) -> Response:
    """One page of a list: two queries for the rows, three for the filters."""
    path = request.url.path
    found = listing.page_of(act, asked, number=wanted.number, size=wanted.size)
    is_saved = asked.spaces == ("rec",)
    place = {"sector": asked.sector, "series": asked.series}
    return page(
        request,
        "recommendations/index.html",
        terms=terms,
        fragment="rows",
        asked=asked,
        space=asked.spaces[0],
        series_title=title_of(asked.sector, asked.series),
        series=listing.series(act, asked.sector) if not asked.series and asked.spaces == ("rec",) else [],
        choices=listing.choices(act, asked),
        filters=filters,
        found=found,
        own=own_marks(act, "family", [row.id for row in found.rows], "families"),
        to_save=filters.address("", **place).removeprefix("?") if is_saved else "",
        address=lambda n: filters.address(
            path, number=n if n > 1 else "", size=wanted.size if wanted.size != 50 else ""
        ),
        address_with=lambda **changes: filters.address(path, **changes),
    )


def _export(act: Reading, services: Svc, form: str, asked: Asked, name: str) -> Response:
    """The whole list as a file; formats of citation give the edition shown of each family."""
    root = services.settings.public_url
    if form in FORMATS:
        texts = shown_texts(act, listing.ids_of(act, asked, most=MOST_CITED))
        chosen = FORMATS[form]
        headers = {"Content-Disposition": f'attachment; filename="{name}.{chosen.ending}"'}
        return Response(chosen.write(texts, root), media_type=chosen.media_type, headers=headers)
    if form not in set(Export):
        missing("format", form)
    rows = [RecommendationRow.of(row, root) for row in listing.all_rows(act, asked, most=MOST_EXPORTED)]
    return export(Export(form), name, rows, FAMILY_COLUMNS)
