"""Comment sheets at the doors: a file that comes in, read cell by cell in the confined reader; a file that goes out."""

from collections.abc import Sequence
from enum import StrEnum

from fastapi.responses import Response
from starlette.datastructures import UploadFile

from sgdocs.approval import comment_listing, sheet_files
from sgdocs.approval.comment_rules import IN_QUARANTINE
from sgdocs.approval.models import Process
from sgdocs.approval.revisions import about, revisions_of
from sgdocs.approval.sheet_files import DOCX, XLSX, Front
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid
from sgdocs.base.rulebook import rule
from sgdocs.text.tables import Grid
from sgdocs.web import uploads
from sgdocs.wiring import Services

UNREADABLE = rule("sheets.unreadable", "“{name}” cannot be read as a comment sheet: {why}.")
NONE = rule("sheets.no-file", "Choose the comment sheet, a .docx or .xlsx file.")


class SheetForm(StrEnum):
    XLSX = "xlsx"
    DOCX = "docx"


def sheet(act: Act, process: Process, form: SheetForm) -> Response:
    """The comments that the reader may see, as a sheet; without any, an empty one to be filled."""
    comments = [row.comment for row in comment_listing.commented(act, process)]
    revision = about(revisions_of(act, process), process.document_part, process.sha256).revision
    front = Front.of(process, revision.label if revision else "")
    write = sheet_files.xlsx if form is SheetForm.XLSX else sheet_files.docx
    name = sheet_files.file_name(process, form)
    return Response(
        write(front, comments),
        media_type=XLSX if form is SheetForm.XLSX else DOCX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def grids_of(services: Services, given: UploadFile | str | None) -> Sequence[Grid]:
    """The tables of the file, scanned and through the gate; it is not kept. Invalid (field `file`): it is no sheet."""
    file = uploads.given(given)
    if file is None:
        raise Invalid(NONE, field="file")
    name = file.filename or "sheet"
    data = _content(services, file)
    brought = uploads.take(services, file, is_kept=False)
    if not brought.is_scanned:
        raise Invalid(IN_QUARANTINE, field="file")
    read = services.readers.tables(data, name)
    if read.refused is not None:
        raise Invalid(UNREADABLE, field="file", name=name[:80], why=read.refused.says)
    return read.grids


def _content(services: Services, file: UploadFile) -> bytes:
    """Everything in it, or the beginning of what is too large, which `take` refuses then."""
    data = file.file.read(services.settings.file_limit_mb * uploads.MEGABYTE_BYTES)
    file.file.seek(0)
    return data
