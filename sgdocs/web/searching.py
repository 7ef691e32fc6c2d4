"""Between an address and a search: the query string read, hits placed, rows for export."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from fastapi import Request

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid
from sgdocs.search import queries, records
from sgdocs.search.dates import days_of
from sgdocs.search.document_records import DOCUMENT
from sgdocs.search.engine import BIGGEST_PAGE, FACETS, Extract, SearchEngine, Sort
from sgdocs.search.finding import Target
from sgdocs.search.queries import Asked, Found
from sgdocs.search.rules import QUERY
from sgdocs.search.shown import Shown
from sgdocs.web import urls
from sgdocs.web.render import SECTORS

LAST_PAGE = 500
SHOWN_FACETS = ("kind", "status", "sector", "series", "group", "question", "meeting", "year", "language")
MOST_VALUES = 50


def asked_of(request: Request, typed: str, *, size: int = 20) -> Asked:
    """The query string as a search. Invalid names the field that cannot be taken, and what would be right."""
    given = request.query_params
    return Asked(
        typed=typed,
        facets={facet: tuple(given.getlist(facet)[:MOST_VALUES]) for facet in FACETS if any(given.getlist(facet))},
        since=_day(given.get("since", ""), "since"),
        until=_day(given.get("until", ""), "until", last=True),
        sort=_sort(given.get("sort", "")),
        exact=given.get("exact", "") in ("1", "true"),
        page=_number(given.get("page", ""), "page", LAST_PAGE) or 1,
        size=_number(given.get("size", ""), "size", BIGGEST_PAGE) or size,
        sector=_sector(request),
    )


def address_of(request: Request) -> Callable[..., str]:
    """A function that gives this search's address with other values: `address(page=2)`, `address(drop=("kind", "x"))`."""

    def address(*, drop: tuple[str, str] | None = None, **changed: object) -> str:
        kept = [
            (name, value)
            for name, value in request.query_params.multi_items()
            if name not in changed and value and (name, value) != drop and (name != "page" or not (drop or changed))
        ]
        added = [(name, str(value)) for name, value in changed.items() if value not in (None, "")]
        return "/search?" + urlencode(kept + added)

    return address


def place_of(found: Shown | Target) -> str:
    """The address of the page of a hit, a suggestion or a target."""
    if found.what == records.GROUP:
        return urls.group(found.address)
    if found.what == records.PERSON:
        return urls.person(found.address)
    return urls.path("organisation", found.address) if found.what == records.ORGANISATION else found.address


def documents_among(act: Act, engine: SearchEngine, asked: Asked, *, most: int) -> tuple[str, ...]:
    """The names of the documents among the first hits, the best first. most: how many hits are looked at."""
    names: list[str] = []
    for page in range(1, most // asked.size + 1):
        found = queries.find(act, engine, replace(asked, page=page))
        names += [hit.address.removeprefix("/doc/") for hit in found.hits if hit.what == DOCUMENT]
        if found.results.total <= page * asked.size:
            break
    return tuple(dict.fromkeys(names))


def rows_of(found: Found, public_url: str) -> Iterator[dict[str, object]]:
    """The hits as plain rows."""
    for hit in found.hits:
        yield {
            "key": hit.key,
            "kind": hit.kind,
            "identifier": hit.identifier,
            "title": text_of(hit.title),
            "status": hit.status,
            "approved": hit.approved,
            "group": hit.group,
            "sector": hit.sector,
            "address": public_url.rstrip("/") + place_of(hit),
            "extracts": [text_of(each) for each in hit.extracts],
            "others": [other.identifier for other in hit.others],
            "places": [{"name": each.name, "address": public_url.rstrip("/") + each.address} for each in hit.places],
            "meeting": hit.meeting,
            "score": round(hit.score, 4),
        }


def text_of(extract: Extract | None) -> str:
    return "".join(piece.text for piece in extract.pieces) if extract else ""


def _day(given: str, field: str, *, last: bool = False) -> date | None:
    if not given.strip():
        return None
    span = days_of(given.strip())
    if span is None:
        raise _wrong(field, given, "Write 2019, 2019-11 or 2019-11-22.")
    return span.until if last else span.since


def _number(given: str, field: str, most: int) -> int:
    if not given.strip():
        return 0
    if not given.isascii() or not given.isdigit() or len(given) > 9 or not 1 <= int(given) <= most:
        raise _wrong(field, given, f"A number from 1 to {most}.")
    return int(given)


def _sort(given: str) -> Sort | None:
    if not given:
        return None
    if given not in set(Sort):
        raise _wrong("sort", given, ", ".join(Sort))
    return Sort(given)


def _sector(request: Request) -> str | None:
    """The Sector in view, so that its readings of a number come first."""
    sector = request.cookies.get("sector")
    return sector if sector in SECTORS else None


def _wrong(field: str, value: str, right: str) -> Invalid:
    return Invalid(QUERY, field=field, **{"value": value[:200], "right": right})
