"""My delegation at a meeting: who of us covers which document, and what we share of it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.meetings.listing import COMING, CURRENT, MeetingFilter
from sgdocs.meetings.listing import listing as meeting_listing
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Organisation
from sgdocs.web import urls
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import page
from sgdocs.web.workspace_rows import COVER_COLUMNS, cover_row
from sgdocs.workspace.delegation import coverage

pages = APIRouter(prefix="/my")
Code = Annotated[str, Query(max_length=80)]
Word = Annotated[str, Query(max_length=20)]


@pages.get("/delegation")
def delegation(request: Request, act: Reading, meeting: Code = "", only: Word = "") -> Response:
    """One meeting; without a code the one that is on, else the next one."""
    me(request, act)
    coming = _coming(act)
    code = meeting or (coming[0].code if coming else "")
    entity = act.session.get(Organisation, act.actor.organisation_id) if act.actor.organisation_id else None
    return page(
        request,
        "workspace/delegation.html",
        fragment="rows",
        told=coverage(act, code, only=only) if code and entity else None,
        entity=entity,
        coming=coming,
        code=code,
        only=only,
        today=geneva_day(act.now),
        files=urls.with_query("", meeting=code, only=only).removeprefix("?"),
    )


@pages.get("/delegation.{form}")
def delegation_as(request: Request, act: Reading, form: Export, meeting: Code, only: Word = "") -> Response:
    me(request, act)
    told = coverage(act, meeting, only=only)
    return export(form, f"delegation {told.meeting.code}", [cover_row(act, each) for each in told.lines], COVER_COLUMNS)


def _coming(act: Act) -> list[Meeting]:
    """Meetings that are on or announced, the next first."""
    return [row.meeting for row in meeting_listing(act, MeetingFilter(when=(CURRENT, COMING)), size=50).rows]
