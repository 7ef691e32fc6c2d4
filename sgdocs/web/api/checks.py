"""`POST /api/v1/checks`: what `sgdocs check --json` prints, without submitting anything."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile

from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed
from sgdocs.documents.checked import checked
from sgdocs.meetings import queries as meetings
from sgdocs.web import uploads
from sgdocs.web.api._brought import Fields, read_form
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.limits import uploading
from sgdocs.web.preflighting import findings_of
from sgdocs.web.submitting import Place

api = APIRouter(prefix="/api/v1", tags=["documents"])


@api.post("/checks", dependencies=[uploading()])
def check(
    request: Request,
    act: Reading,
    services: Svc,
    *,
    form: Annotated[Fields, Form()],
    file: Annotated[UploadFile, File(description="the document")],
    meeting: Annotated[str, Form(max_length=100, description="code; adds the checks against its registration")] = "",
) -> dict[str, Any]:
    """The cover, the findings of the preflight and how much text there is: one object, also for a file that cannot be
    read. Nothing is submitted; the file is not kept for anybody.
    """
    if not act.actor.is_known:
        raise NotAllowed(NOT_SIGNED_IN)
    there = meetings.by_code(act, meeting) if meeting else None
    place = Place(there, kind=form.kind, stream=form.stream) if there is not None else None
    try:
        brought = uploads.take(services, file, is_kept=False)
    except uploads.Unusable as refused:
        found = findings_of(act, services.settings, refused.brought, place)
        return checked(file.filename or "", refused.brought.reading, found)
    taken = read_form(act, place, form, brought, request=request)
    return checked(file.filename or "", brought.reading, taken.findings)
