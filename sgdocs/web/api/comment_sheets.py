"""Comment sheets over the API: out as .xlsx and .docx, and in again."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import Response

from sgdocs.approval import comment_listing, queries
from sgdocs.approval.actions.sheets import bring
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.web.deps import Reading, now_of, services_of, visitor_of
from sgdocs.web.limits import uploading
from sgdocs.web.sheet_files import SheetForm, grids_of, sheet

api = APIRouter(prefix="/api/v1/approval/{procedure}/{number}/comments", tags=["approval"])


@api.get("/sheet.{form}")
def sheet_as(act: Reading, procedure: str, number: str, form: SheetForm) -> Response:
    """Every comment in the column layout of ISO, with its disposition."""
    return sheet(act, queries.by_number(act, f"{procedure}/{number}"), form)


@api.post("/sheet", dependencies=[uploading()])
def take(
    request: Request, act: Reading, procedure: str, number: str, file: Annotated[UploadFile, File()]
) -> dict[str, Any]:
    """Take a filled sheet, whole or not at all. Brought twice, it changes nothing the second time."""
    process, services = queries.by_number(act, f"{procedure}/{number}"), services_of(request)
    if not comment_listing.may_read(act, process):
        missing("comments", process.number)
    grids = grids_of(services, file)
    with services.database.writing() as session:
        writing = Act(session, visitor_of(request).actor, now_of(request))
        done = bring(writing, queries.by_number(writing, process.number), grids)
    told = {"new": done.new, "changed": done.changed, "disposed": done.disposed}
    return {**told, "unchanged": done.unchanged}
