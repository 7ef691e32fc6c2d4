"""What a saved full-text search finds now."""

from dataclasses import replace

from sgdocs.base.act import Act
from sgdocs.search import queries as searches
from sgdocs.search import records
from sgdocs.search.dates import days_of
from sgdocs.search.engine import BIGGEST_PAGE, FACETS, Extract, Sort
from sgdocs.search.shown import Shown
from sgdocs.workspace.asking import Query
from sgdocs.workspace.hits import MOST_HITS, Hit, Searching, Unavailable, path_of


def of_texts(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
    """Full text, the newest first, so that what is new is among the hits that are looked at."""
    since, until = (days_of(asked.word(name)) if asked.word(name) else None for name in ("since", "until"))
    wanted = searches.Asked(
        typed=asked.word("q"),
        facets={facet: values for facet in FACETS if (values := asked.words(facet))},
        since=since.since if since else None,
        until=until.until if until else None,
        sort=Sort.NEWEST,
        exact=asked.word("exact") in ("1", "true"),
        size=BIGGEST_PAGE,
    )
    rows: list[Hit] = []
    total = 0
    for number in range(1, MOST_HITS // BIGGEST_PAGE + 1):
        found = searches.find(act, services.search, replace(wanted, page=number))
        if found.unavailable:
            raise Unavailable(found.unavailable)
        rows += [_hit(hit) for hit in found.hits]
        total = found.results.total
        if total <= number * BIGGEST_PAGE:
            break
    return list({row.key: row for row in rows}.values()), total


def _hit(found: Shown) -> Hit:
    title = "".join(piece.text for piece in found.title.pieces) if isinstance(found.title, Extract) else ""
    places = {records.GROUP: _group_path, records.PERSON: _person_path, records.ORGANISATION: _organisation_path}
    place = places.get(found.what)
    return Hit(found.key, found.identifier, title, place(found.address) if place else found.address)


def _group_path(canonical: str) -> str:
    return path_of("group", *canonical.removeprefix("T/").split("/"))


def _person_path(slug: str) -> str:
    return path_of("person", slug)


def _organisation_path(slug: str) -> str:
    return path_of("organisation", slug)
