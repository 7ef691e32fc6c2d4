"""The calendar: month, week and list of everything that has a day, and the same as a file for calendar programs."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.clock import geneva_day
from sgdocs.groups.rules import SECTORS
from sgdocs.web import calendar_entries as calendar
from sgdocs.web.calendar_entries import LEVELS, VIEWS, WHATS, Asking, Entry, by_day, days_of, entries, neighbours
from sgdocs.web.calendar_files import calendar_file
from sgdocs.web.deps import Reading, services_of
from sgdocs.web.exports import Export, export
from sgdocs.web.limits import limited
from sgdocs.web.pages.calendar import Key, reader
from sgdocs.web.render import language_of, page

pages = APIRouter()
PAST, AHEAD = timedelta(days=100), timedelta(days=400)
CROWD = 6
"""So many stand in a cell of the month; for the others the day is opened."""
COLUMNS = {
    "what": "Kind",
    "on": "From",
    "until": "Until",
    "at": "At (UTC)",
    "zone": "Zone",
    "title": "Title",
    "group": "Group",
    "is_cancelled": "Cancelled",
    "address": "Address",
}


@pages.get("/calendar")
def show(request: Request, act: Reading, asked: Asking) -> Response:
    today = geneva_day(act.now)
    on, first, last = days_of(asked, today)
    found = entries(act, asked, first, last, site="", say=language_of(request).say)
    before, after = neighbours(asked, on, first)
    days = by_day(found, first, last)
    return page(
        request,
        "calendar/show.html",
        fragment="days",
        asked=asked,
        on=on,
        today=today,
        first=first,
        last=last,
        days=days,
        weeks=[days[n : n + 7] for n in range(0, len(days), 7)],
        crowd=CROWD,
        total=len(found),
        before=before,
        after=after,
        views=VIEWS,
        whats=WHATS,
        levels=LEVELS,
        sector_names=SECTORS,
        is_continued=_is_continued,
    )


def _is_continued(each: Entry, day: object) -> bool:
    return each.what in (calendar.MEETING, calendar.EVENT) and each.on != day


@pages.get("/calendar.{form}")
def as_file(request: Request, act: Reading, form: Export, asked: Asking) -> Response:
    """What the page shows, as rows."""
    _, first, last = days_of(asked, geneva_day(act.now))
    site = services_of(request).settings.public_url.rstrip("/")
    found = entries(act, asked, first, last, site=site, say=language_of(request).say)
    return export(form, "calendar", [row_of(each) for each in found], COLUMNS)


def row_of(each: Entry) -> dict[str, object]:
    told = each.happening
    return {
        "what": each.what,
        "on": each.on.isoformat(),
        "until": each.until.isoformat(),
        "at": each.at.isoformat() if each.at else None,
        "zone": told.zone if each.at else "Europe/Zurich",
        "title": told.title,
        "group": each.group.path if each.group else "",
        "is_cancelled": told.is_cancelled,
        "address": told.address,
    }


@pages.get("/calendar/feed.ics", dependencies=[limited("api")])
def feed(request: Request, act: Reading, asked: Asking, key: Annotated[Key, Query(alias="token")] = "") -> Response:
    """A hundred days back and four hundred on, with these filters. Public facts without a key."""
    who = reader(request, act, key, f"calendar:{asked.query}").act
    today, spoken = geneva_day(act.now), language_of(request)
    site = services_of(request).settings.public_url.rstrip("/")
    found = entries(who, asked, today - PAST, today + AHEAD, site=site, say=spoken.say)
    return calendar_file(request, "sgdocs", [each.happening for each in found])
