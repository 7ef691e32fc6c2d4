"""What if: dates of consent for up to ten texts, and every date that follows, as chart, table, calendar and lists."""

from collections.abc import Iterator, Sequence
from typing import Final

from fastapi import APIRouter, Request, Response

from sgdocs.approval.procedures import ALL
from sgdocs.approval.whatif import MOST, PROCEDURES, Answer
from sgdocs.base.clock import geneva_day
from sgdocs.i18n import N_
from sgdocs.meetings.calendar import Happening, calendar_of
from sgdocs.web.calendar_files import TYPE
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export
from sgdocs.web.render import language_of, page
from sgdocs.web.what_ifs import DAYS, Asking, Row
from sgdocs.web.whatif_chart import chart_of

pages = APIRouter(prefix="/approval/what-if")
COLUMNS: Final = {
    "item": "Text",
    "procedure": "Procedure",
    "what": "What",
    "on": "On",
    "until": "Until",
    "branch": "When",
    "detail": "Meeting",
    "clause": "Clause",
}
BRANCHES: Final = {"": "", "clean": N_("without comments"), "comments": N_("with comments")}


@pages.get("")
def what_if(request: Request, act: Reading, asked: Asking) -> Response:
    """The form, with room for one text more, and what follows."""
    more = [Row(on=str(geneva_day(act.now)))] if len(asked.rows) < MOST else []
    return page(
        request,
        "procedures/what_if.html",
        rows=[*asked.rows, *more],
        asked=asked,
        chart=chart_of(asked.answers) if asked.answers else None,
        procedures=[(id, ALL[id].title) for id in PROCEDURES],
        groups=asked.groups,
        branches=BRANCHES,
        asked_query=request.url.query,
        most=MOST,
        days=DAYS,
    )


@pages.get(".ics")
def as_calendar(request: Request, act: Reading, asked: Asking) -> Response:
    """The dates as entries of a calendar; tentative, since nothing of it is decided."""
    say = language_of(request).say
    found = [
        Happening(
            f"what-if-{number}-{place}-{told.question.procedure}-{event.on}",
            f"{told.question.label}: {say(event.what)}",
            event.on,
            event.until or event.on,
            act.now,
            is_certain=False,
            text=event.clause,
        )
        for number, told in enumerate(asked.answers)
        for place, event in enumerate(told.events)
        if event.kind != "none"
    ]
    return Response(
        calendar_of(say(N_("What if")), found),
        media_type=TYPE,
        headers={"Content-Disposition": 'attachment; filename="what-if.ics"'},
    )


@pages.get(".{form}")
def as_list(form: Export, asked: Asking) -> Response:
    return export(form, "what-if", _lines(asked.answers), COLUMNS)


def _lines(told: Sequence[Answer]) -> Iterator[dict[str, object]]:
    for each in told:
        for event in each.events:
            yield {
                "item": each.question.label,
                "procedure": each.question.procedure,
                "what": event.what,
                "on": event.on,
                "until": event.until,
                "branch": BRANCHES[event.branch],
                "detail": event.detail,
                "clause": event.clause,
            }
