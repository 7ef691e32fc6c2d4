"""The first page: what is mine and my desk, the meetings on now and to come, the newest texts, what changed lately, the series."""

from collections.abc import Sequence
from itertools import groupby

from fastapi import APIRouter, Request, Response

from sgdocs.documents.telling import tellable
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.journal.queries import latest
from sgdocs.meetings.listing import COMING, CURRENT, MeetingFilter, listing
from sgdocs.recommendations.listing import Asked, page_of, series
from sgdocs.web import meeting_words, words
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.desks import plans
from sgdocs.web.history import lines
from sgdocs.web.render import SECTORS, page, sector_of
from sgdocs.web.roles import WORDS, word_of
from sgdocs.work_programme.practice import Practice

pages = APIRouter()
NEWEST = 8
CHANGES = 12
MEETINGS = 6
LOOKED_AT = 200
IN_A_ROW = 3


@pages.get("/")
def home(request: Request, act: Reading, services: Svc, sector: str = "") -> Response:
    shown = sector if sector in SECTORS else sector_of(request)
    newest = Asked(sector=shown, spaces=("rec",), sort="approved", descending=True)
    changes = _mixed(latest(act.session, audiences(act), tellable(act), limit=LOOKED_AT))
    response = page(
        request,
        "home.html",
        sector=shown,
        newest=page_of(act, newest, size=NEWEST).rows,
        changes=lines(request, act, changes[:CHANGES]),
        series=series(act, shown),
        meetings=listing(act, MeetingFilter(sectors=(shown,), when=(CURRENT, COMING)), size=MEETINGS),
        says=meeting_words,
        appointments=[(word_of(each.role), each.group) for each in act.actor.appointments],
        words=words,
        desks=plans(act, Practice.of(services.settings)) if act.actor.person_id is not None else [],
        role_words=WORDS,
    )
    if sector in SECTORS:
        response.set_cookie("sector", sector, path="/", httponly=True, samesite="lax")
    return response


def _mixed(entries: Sequence[Entry]) -> list[Entry]:
    """At most three of one verb in a row: an import does not drown what people did."""
    return [each for _, run in groupby(entries, key=lambda entry: entry.verb) for each in list(run)[:IN_A_ROW]]
