"""The comment sheet of a text under approval: out as .xlsx and .docx, and in again."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Request, Response, UploadFile

from sgdocs.approval import comment_listing, queries
from sgdocs.approval.actions.sheets import bring
from sgdocs.approval.models import Process
from sgdocs.approval.sheets import HEADINGS
from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, Refused, missing
from sgdocs.i18n import N_
from sgdocs.web import urls
from sgdocs.web.approval_frame import frame_for, framed, is_mirrored
from sgdocs.web.deps import Reading, now_of, services_of, visitor_of
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import uploading
from sgdocs.web.render import language_of, see
from sgdocs.web.sheet_files import SheetForm, grids_of, sheet

pages = APIRouter(prefix="/approval/{procedure}/{number}/comments")


def _process(act: Act, procedure: str, number: str) -> Process:
    process = queries.by_number(act, f"{procedure}/{number}")
    if not comment_listing.may_read(act, process):
        missing("comments", process.number)
    return process


@pages.get("/sheet.{form}")
def sheet_as(act: Reading, procedure: str, number: str, form: SheetForm) -> Response:
    return sheet(act, _process(act, procedure, number), form)


@pages.get("/sheet")
def ask(request: Request, act: Reading, procedure: str, number: str) -> Response:
    return _page(request, act, _process(act, procedure, number))


def _page(request: Request, act: Act, process: Process, refused: Refused | None = None) -> Response:
    filled: Filled[Any] = blank({})
    if refused is not None:
        filled.refused(refused)
    frame = frame_for(act, process, is_mirrored=is_mirrored(request))
    status = status_of(refused) if refused is not None else 200
    return framed(request, "approval/sheet.html", frame, status=status, filled=filled, headings=HEADINGS.values())


@pages.post("/sheet", dependencies=[uploading()])
def take(
    request: Request,
    act: Reading,
    procedure: str,
    number: str,
    *,
    file: Annotated[UploadFile | str | None, File()] = None,
) -> Response:
    """Read outside the writer's lock; then one act, whole or not at all."""
    process, services = _process(act, procedure, number), services_of(request)
    try:
        grids = grids_of(services, file)
        with services.database.writing() as session:
            writing = Act(session, visitor_of(request).actor, now_of(request))
            done = bring(writing, queries.by_number(writing, process.number), grids)
    except NotFound:
        raise
    except Refused as refused:
        return _page(request, act, process, refused)
    counts = {"new": len(done.new), "changed": len(done.changed), "disposed": len(done.disposed)}
    words = N_("Nothing in the sheet is new.")
    if not done.is_nothing:
        words = N_("From the sheet: {new} sent, {changed} changed, {disposed} disposed of.")
    notice = language_of(request).sentence(words, counts)
    return see(urls.approval(process.number, "comments"), notice=notice)
