"""The calendar of approvals: windows and decisions, with the filters of the board. Public facts; no key is needed."""

from fastapi import APIRouter, Request, Response

from sgdocs.approval import calendar, queries
from sgdocs.approval.listing import ALL_OF_THEM, BoardFilter
from sgdocs.base.act import Act
from sgdocs.i18n import N_
from sgdocs.web import urls
from sgdocs.web.approval_filters import Asking, filter_of
from sgdocs.web.calendar_files import calendar_file
from sgdocs.web.deps import Reading, services_of
from sgdocs.web.limits import limited
from sgdocs.web.render import language_of

pages = APIRouter()
NAME = N_("Approvals")


@pages.get("/approval/calendar.ics", dependencies=[limited("api")])
def of_board(request: Request, act: Reading, asked: Asking) -> Response:
    """Every window and decision of the processes asked for."""
    return _file(request, act, filter_of(act, asked), language_of(request).say(NAME))


@pages.get("/approval/{procedure}/{number}/calendar.ics", dependencies=[limited("api")])
def of_process(request: Request, act: Reading, procedure: str, number: str) -> Response:
    """The windows of one process."""
    process = queries.by_number(act, f"{procedure}/{number}")
    asked = BoardFilter(which=ALL_OF_THEM, words=process.number)
    return _file(request, act, asked, process.number, only=urls.approval(process.number))


def _file(request: Request, act: Act, asked: BoardFilter, name: str, *, only: str = "") -> Response:
    spoken = language_of(request)
    site = services_of(request).settings.public_url.rstrip("/")
    entries = calendar.happenings(act, asked, address=lambda number: site + urls.approval(number), say=spoken.say)
    return calendar_file(
        request, name, [each for each in entries if not only or each.address == site + only], file_name="approvals"
    )
