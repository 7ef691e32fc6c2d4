"""The calendar as data: `/api/v1/calendar`, with the filters of the page."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.web.api._conventions import one
from sgdocs.web.calendar_entries import Asking, entries
from sgdocs.web.deps import Reading, services_of
from sgdocs.web.pages.calendar_views import row_of
from sgdocs.web.render import language_of

api = APIRouter(prefix="/api/v1/calendar", tags=["calendar"])
MOST_DAYS = 400


class EntryOut(BaseModel):
    """what: meeting, sitting, deadline, event, window, answer; on, until: days in `zone`; at: the instant, null for whole days."""

    what: str
    on: date
    until: date
    at: datetime | None
    zone: str
    title: str
    group: str
    is_cancelled: bool
    address: str


class CalendarOut(BaseModel):
    items: list[EntryOut]
    total: int


@api.get("", response_model=CalendarOut, summary="What stands between two days")
def calendar(
    request: Request,
    act: Reading,
    asked: Asking,
    since: Annotated[date | None, Query(description="first day, today unless told")] = None,
    until: Annotated[date | None, Query(description="last day, a month later unless told")] = None,
) -> Response:
    """By time; at most 400 days at once. `view` and `on` are of the page and not asked here."""
    first = since or geneva_day(act.now)
    if not 1950 <= first.year <= 2150:
        invalid("since", first.isoformat(), "A day such as 2026-11-14.")
    last = until or date.fromordinal(first.toordinal() + 31)
    if not 0 <= (last - first).days <= MOST_DAYS:
        invalid("until", last.isoformat(), f"A day from {first.isoformat()} on, at most {MOST_DAYS} days later.")
    site = services_of(request).settings.public_url.rstrip("/")
    found = entries(act, asked, first, last, site=site, say=language_of(request).say)
    items = [EntryOut.model_validate(row_of(each)) for each in found]
    return one(request, CalendarOut(items=items, total=len(items)))
