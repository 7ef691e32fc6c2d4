"""What saved searches of documents, work items, Recommendations and approvals find now."""

from datetime import timedelta
from typing import Any, Final

from sgdocs.approval.listing import BoardFilter, board
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.documents import listing as documents
from sgdocs.meetings import queries as meetings
from sgdocs.people.queries import organisation_named
from sgdocs.recommendations import listing as recommendations
from sgdocs.work_programme import listing as work
from sgdocs.work_programme.filtering import ItemFilter
from sgdocs.workspace.asking import Query
from sgdocs.workspace.hits import MOST_HITS, Hit, Searching, path_of, places_of


def of_documents(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
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
    return [
        Hit(f"document:{row.id}", row.label, row.title, path_of("doc", row.name)) for row in found.rows
    ], found.total


ITEM_WORDS: Final = ("q", "acronym", "title", "summary", "base", "editor", "supporter", "liaison", "sector", "period")
ITEM_DAYS: Final = (
    "registered_since", "timing_from", "timing_to", "consented_from", "consented_to", "approved_from", "approved_to",
)  # fmt: skip
ITEM_SEVERAL: Final = {
    "kind": "kinds", "version": "versions", "process": "processes", "stage": "stages", "priority": "priorities",
}  # fmt: skip


def of_items(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
    """As the page of the work programme asks: without a status, what is at work; `any` is whatever the status."""
    status = asked.words("status")
    told: dict[str, Any] = {name: asked.word(name) for name in ITEM_WORDS}
    told |= {name: asked.day(name) for name in ITEM_DAYS}
    told |= {plural: asked.words(name) for name, plural in ITEM_SEVERAL.items()}
    told |= {"statuses": tuple(each for each in status if each != "any"), "is_active": None if status else True}
    found = work.listing(act, ItemFilter(**told, **places_of(act, asked)), size=MOST_HITS)
    rows = [
        Hit(f"item:{row.id}", row.acronym, row.title, path_of("wi", f"{row.number}-{row.acronym}"))
        for row in found.rows
    ]
    return rows, found.total


def of_families(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
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


def of_processes(act: Act, services: Searching, asked: Query) -> tuple[list[Hit], int]:
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
        **places_of(act, asked),
    )
    found = board(act, wanted, size=MOST_HITS)
    rows = [
        Hit(
            f"process:{row.process.id}",
            row.process.name,
            row.process.title,
            path_of("approval", *row.process.number.split("/")),
        )
        for row in found.rows
    ]
    return rows, found.total
