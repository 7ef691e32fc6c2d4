"""Lists whose search can be saved: one row of `LISTS` for each, with its fields, and what it finds for somebody now."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, Protocol
from urllib.parse import quote

from sgdocs.approval.listing import BoardFilter, board
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Refused
from sgdocs.documents import listing as documents
from sgdocs.groups.models import Group
from sgdocs.groups.rules import GroupKind
from sgdocs.i18n import N_
from sgdocs.liaison import listing as statements
from sgdocs.liaison.filtering import StatementFilter
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.listing import reach_of
from sgdocs.people.queries import organisation_named
from sgdocs.recommendations import listing as recommendations
from sgdocs.search import queries as searches
from sgdocs.search import records
from sgdocs.search.dates import days_of
from sgdocs.search.engine import BIGGEST_PAGE, FACETS, Extract, SearchEngine, Sort
from sgdocs.search.shown import Shown
from sgdocs.work_programme import listing as work
from sgdocs.work_programme.filtering import ItemFilter
from sgdocs.workspace.asking import Query, read

MOST_HITS: Final = 1000


class Searching(Protocol):
    """What running a saved search needs of the services."""

    @property
    def search(self) -> SearchEngine: ...


@dataclass(frozen=True)
class Hit:
    """key: kind and id, as `kinds.KINDS` names them where it can be kept."""

    key: str
    label: str
    title: str
    path: str

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


@dataclass(frozen=True)
class Hits:
    """rows: the first of them; total: how many there are; query: with what could not be read in it; unavailable: why there
    was no answer."""

    rows: tuple[Hit, ...]
    total: int
    query: Query
    unavailable: str = ""


Run = Callable[[Act, Searching, Query], tuple[list[Hit], int]]


@dataclass(frozen=True)
class ListOf:
    """title: as people call the list; fields: of its query string."""

    title: str
    fields: frozenset[str]
    run: Run


class Unavailable(Exception):
    """There is no answer just now; the message says why."""


def hits_of(act: Act, services: Searching, path: str, query: str) -> Hits:
    """What the list at that address finds for the actor. KeyError for an address that is no list; never fails for words."""
    of = LISTS[path]
    asked = read(query, of.fields)
    try:
        rows, total = of.run(act, services, asked)
    except Unavailable as error:
        return Hits((), 0, asked, str(error))
    except Refused as refused:
        return Hits((), 0, asked, refused.message)
    return Hits(tuple(rows), total, asked)


def _path(*parts: object) -> str:
    return "/" + "/".join(quote(str(part), safe=":@!$&'()*+,;=") for part in parts)


def _places(act: Act, asked: Query) -> dict[str, Any]:
    """Ids of groups and Questions: a Question or working party means its Questions."""
    found: dict[str, Any] = {}
    for name in ("group", "question"):
        group = asked.group(act, name)
        if group is not None:
            found |= _reach(act, group)
    return found


def _reach(act: Act, group: Group) -> dict[str, tuple[int, ...]]:
    is_part = group.kind in (GroupKind.QUESTION, GroupKind.WORKING_PARTY) and group.sector == "T"
    return {"question_ids" if is_part else "group_ids": reach_of(act.session, group)}


def _documents(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
    told: dict[str, Any] = {
        name: asked.word(name) for name in ("q", "sector", "kind", "stream", "status", "language", "question")
    }
    group = asked.group(act, "group")
    told["group_id"] = group.id if group else None
    if code := asked.word("meeting"):
        told["meeting_id"] = meetings.by_code(act, code).id
    if name := asked.word("source"):
        source = organisation_named(act.session, name)
        told["source_id"] = source.id if source else -1
    late = asked.word("late", ("yes", "no"))
    found = documents.found(
        act, documents.DocumentFilter(**told, is_late=(late == "yes") if late else None), size=MOST_HITS
    )
    return [Hit(f"document:{row.id}", row.label, row.title, _path("doc", row.name)) for row in found.rows], found.total


_ITEM_WORDS: Final = ("q", "acronym", "title", "summary", "base", "editor", "supporter", "liaison", "sector", "period")
_ITEM_DAYS: Final = (
    "registered_since", "timing_from", "timing_to", "consented_from", "consented_to", "approved_from", "approved_to",
)  # fmt: skip
_ITEM_SEVERAL: Final = {
    "kind": "kinds", "version": "versions", "process": "processes", "stage": "stages", "priority": "priorities",
}  # fmt: skip


def _items(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
    """As the page of the work programme asks: without a status, what is at work; `any` is whatever the status."""
    status = asked.words("status")
    told: dict[str, Any] = {name: asked.word(name) for name in _ITEM_WORDS}
    told |= {name: asked.day(name) for name in _ITEM_DAYS}
    told |= {plural: asked.words(name) for name, plural in _ITEM_SEVERAL.items()}
    told |= {"statuses": tuple(each for each in status if each != "any"), "is_active": None if status else True}
    found = work.listing(act, ItemFilter(**told, **_places(act, asked)), size=MOST_HITS)
    rows = [
        Hit(f"item:{row.id}", row.acronym, row.title, _path("wi", f"{row.number}-{row.acronym}")) for row in found.rows
    ]
    return rows, found.total


def _families(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
    wanted = recommendations.Asked(
        sector=asked.word("sector"),
        spaces=("rec",),
        series=asked.word("series"),
        status=asked.word("status"),
        kind=asked.word("kind"),
        group=asked.word("group").upper(),
        year=asked.number("year"),
        language=asked.word("language"),
        words=asked.word("q"),
    )
    found = recommendations.page_of(act, wanted, size=recommendations.BIGGEST_PAGE)
    rows = list(found.rows)
    while len(rows) < min(found.total, MOST_HITS):
        more = recommendations.page_of(
            act, wanted, number=len(rows) // recommendations.BIGGEST_PAGE + 1, size=recommendations.BIGGEST_PAGE
        )
        rows += more.rows
        if not more.rows:
            break
    return [Hit(f"family:{row.id}", row.number, row.title, "/" + row.address.lstrip("/")) for row in rows], found.total


def _processes(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
    closing = asked.number("closing", 400)
    wanted = BoardFilter(
        closes_until=None if closing is None else geneva_day(act.now) + timedelta(days=closing),
        which=asked.word("which", ("open", "ended", "all")) or "open",
        sectors=asked.words("sector"),
        procedures=asked.words("procedure"),
        states=asked.words("state"),
        holders=asked.words("holder"),
        windows=asked.words("window"),
        words=asked.word("q"),
        opened_since=asked.day("since"),
        opened_until=asked.day("until"),
        **_places(act, asked),
    )
    found = board(act, wanted, size=MOST_HITS)
    rows = [
        Hit(
            f"process:{row.process.id}",
            row.process.name,
            row.process.title,
            _path("approval", *row.process.number.split("/")),
        )
        for row in found.rows
    ]
    return rows, found.total


def _statements(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
    group = asked.group(act, "group")
    wanted = StatementFilter(
        words=asked.word("q"),
        direction=asked.word("direction", ("in", "out")),
        group_ids=reach_of(act.session, group) if group else None,
        states=asked.words("state"),
        purposes=asked.words("purpose"),
        period=asked.word("period"),
        year=asked.number("year"),
        since=asked.day("since"),
        until=asked.day("until"),
    )
    found = statements.listing(act, wanted, size=MOST_HITS)
    return [
        Hit(f"statement:{row.id}", row.label, row.title, _path("liaison", row.name)) for row in found.rows
    ], found.total


def _everything(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
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
    return _path("group", *canonical.removeprefix("T/").split("/"))


def _person_path(slug: str) -> str:
    return _path("person", slug)


def _organisation_path(slug: str) -> str:
    return _path("organisation", slug)


def _of(*names: Iterable[str] | str) -> frozenset[str]:
    return frozenset(each for some in names for each in ([some] if isinstance(some, str) else some))


LISTS: Final[Mapping[str, ListOf]] = {
    "/search": ListOf(N_("Search"), _of("q", FACETS, "since", "until", "exact"), _everything),
    "/doc": ListOf(
        N_("Documents"),
        _of("q", "sector", "group", "kind", "meeting", "question", "source", "status", "language", "late", "stream"),
        _documents,
    ),
    "/wi": ListOf(
        N_("Work programme"), _of(_ITEM_WORDS, _ITEM_DAYS, _ITEM_SEVERAL, "group", "question", "status"), _items
    ),
    "/rec": ListOf(
        N_("Recommendations"), _of("q", "sector", "series", "status", "kind", "group", "year", "language"), _families
    ),
    "/approval": ListOf(
        N_("Approvals"),
        _of("q", "which", "sector", "procedure", "state", "holder", "window", "group", "closing", "since", "until"),
        _processes,
    ),
    "/liaison": ListOf(
        N_("Liaison statements"),
        _of("q", "direction", "group", "state", "purpose", "period", "year", "since", "until"),
        _statements,
    ),
}
