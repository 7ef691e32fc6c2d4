"""The meetings of a group and its parts: a tab of the group's page."""

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.groups.records import record_of
from sgdocs.meetings.listing import MeetingFilter, group_labels, listing, reach_of
from sgdocs.meetings.outgoing import MeetingOut
from sgdocs.policy import Permission, Scope, may
from sgdocs.web import meeting_words, urls
from sgdocs.web.deps import Reading, visitor_of
from sgdocs.web.exports import Export, export
from sgdocs.web.pages.group_places import Seen, moved, seen, today_of
from sgdocs.web.pages.groups import GroupPage, framed
from sgdocs.web.pages.meetings import COLUMNS, MOST, SIZE, Number, parts_of

pages = APIRouter()


@pages.get("/group/{path:path}/meetings")
def meetings(request: Request, act: Reading, path: str, number: Number = 1) -> Response:
    """In a period that the address names, its meetings alone."""
    asked = seen(act.session, path, today_of(request))
    there = moved(request, asked, path, "/meetings")
    if there is not None:
        return there
    period = asked.period
    found = listing(act, _filter(act, asked), number=number, size=SIZE)
    record = record_of(act.session, asked.group, today_of(request), period=period)
    return framed(
        request,
        "meetings/group.html",
        GroupPage(asked, record),
        found=found,
        parts=parts_of(found.rows),
        others=group_labels(act.session, [row.meeting for row in found.rows]),
        says=meeting_words,
        may_convene=may(visitor_of(request).actor, Permission.CONVENE_MEETING, Scope(asked.group.path)),
        page_address=lambda number: urls.with_query(f"{asked.address}/meetings", page=number if number > 1 else None),
    )


def _filter(act: Act, asked: Seen) -> MeetingFilter:
    ids, period = reach_of(act.session, asked.group), asked.period
    if period is None:
        return MeetingFilter(group_ids=ids)
    return MeetingFilter(group_ids=ids, since=period.starts_on, until=period.ends_on)


@pages.get("/group/{path:path}/meetings.{form}")
def meetings_as(request: Request, act: Reading, path: str, form: Export) -> Response:
    asked = seen(act.session, path, today_of(request))
    found = listing(act, _filter(act, asked), size=MOST)
    rows = [MeetingOut.of(row) for row in found.rows]
    return export(form, f"{asked.group.label} meetings", rows, COLUMNS, total=found.total)
