"""The documents of a meeting in one dense table, those of a group a page at a time."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.act import Act
from sgdocs.documents import listing
from sgdocs.documents.actions.issuing import may_bring
from sgdocs.groups.models import Group
from sgdocs.groups.records import record_of
from sgdocs.meetings import queries as meetings
from sgdocs.web import paper_words, urls
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.own_marks import own_marks
from sgdocs.web.pages.group_places import Seen, moved, seen, today_of
from sgdocs.web.paper_form import LANGUAGES
from sgdocs.web.paper_lists import (
    EXPORTED,
    HEADINGS,
    OF_ALL,
    OF_MEETING,
    Filtered,
    Wanted,
    around,
    lines,
    table,
)
from sgdocs.web.render import page

pages = APIRouter()

SIZE = 100
MOST = 5000
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@pages.get("/meeting/{code}/documents")
def of_meeting(request: Request, act: Reading, code: str, filters: Filtered) -> Response:
    """All documents of the meeting, a thousand at once."""
    meeting = meetings.by_code(act, code)
    if meeting.code != code:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{urls.meeting(meeting.code)}/documents{query}", 301)
    shown = table(request, OF_MEETING, filters.asked)
    rows = listing.for_meeting(act, meeting, filters.filter(act))
    return page(
        request,
        "documents/meeting.html",
        fragment="rows",
        meeting=meeting,
        rows=lines(shown.sorted(rows), around(act, rows, meeting, with_groups=False)),
        asked=filters,
        table=shown,
        headings=HEADINGS,
        paper=paper_words,
        languages=LANGUAGES,
        may_bring=may_bring(act, meeting),
        own=own_marks(
            act, "document", [row.id for row in rows], f"meeting:{meeting.id}", around=[("meeting", meeting.id or 0)]
        ),
        files=urls.with_query("", **filters.asked).removeprefix("?"),
    )


@pages.get("/meeting/{code}/documents.{form}")
def of_meeting_as(act: Reading, services: Svc, code: str, form: Export, filters: Filtered) -> Response:
    meeting = meetings.by_code(act, code)
    rows = listing.for_meeting(act, meeting, filters.filter(act))
    about = around(act, rows, meeting)
    told = [about.out(row, services.settings.public_url) for row in rows]
    return export(form, f"{meeting.code} documents", told, EXPORTED)


@pages.get("/group/{path:path}/documents")
def of_group(request: Request, act: Reading, path: str, filters: Filtered, number: Number = 1) -> Response:
    """What the group counts, or is addressed to a Question: in the period of the address, or ever."""
    asked = seen(act.session, path, today_of(request))
    there = moved(request, asked, path, "/documents")
    if there is not None:
        return there
    found = listing.found(act, _in_group(act, asked, filters), number=number, size=SIZE)
    shown = table(request, OF_ALL, filters.asked, sorts=())

    def address_of(number: int) -> str:
        return urls.with_query(request.url.path, **shown.asked, page=number if number > 1 else None)

    return page(
        request,
        "documents/group.html",
        fragment="rows",
        asked=asked,
        record=record_of(act.session, asked.group, today_of(request), period=asked.period),
        found=found,
        rows=lines(found.rows, around(act, found.rows, with_groups=False)),
        table=shown,
        headings=HEADINGS,
        paper=paper_words,
        address_of=address_of,
        files=urls.with_query("", **filters.asked).removeprefix("?"),
    )


@pages.get("/group/{path:path}/documents.{form}")
def of_group_as(
    request: Request, act: Reading, services: Svc, path: str, form: Export, *, filters: Filtered
) -> Response:
    asked = seen(act.session, path, today_of(request))
    found = listing.found(act, _in_group(act, asked, filters), size=MOST)
    about = around(act, found.rows)
    told = [about.out(row, services.settings.public_url) for row in found.rows]
    return export(form, f"{asked.group.label} documents", told, EXPORTED, total=found.total)


def _in_group(act: Act, asked: Seen, filters: Wanted) -> listing.DocumentFilter:
    """The documents a group has numbered; those of a part are those addressed to it."""
    group = asked.group
    period = {"period_id": asked.period.id} if asked.period else {}
    if _has_numbers(group):
        return filters.filter(act, **{"group_id": group.id, **period})
    return Wanted(**{**vars(filters), "question": group.path}).filter(act, **period)


def _has_numbers(group: Group) -> bool:
    return group.kind not in ("question", "working-party") or (group.sector != "T" and group.kind == "working-party")
