"""Enter a statement that came in: the file is read into the form, the form is confirmed, then it is filed."""

import io
from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, File, Query, Request, Response, UploadFile

from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed, Refused
from sgdocs.i18n import N_
from sgdocs.liaison.actions import receiving
from sgdocs.liaison.reading import form_of
from sgdocs.liaison.schemas import ReceiveForm
from sgdocs.policy import Permission
from sgdocs.web import urls
from sgdocs.web.deps import Reading, services_of
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled
from sgdocs.web.liaison_desk import Desk, desk_page, require_somewhere
from sgdocs.web.liaison_files import Came, came, filed
from sgdocs.web.liaison_form import StatementFields, shaped, start_of
from sgdocs.web.liaison_rows import raw_of
from sgdocs.web.limits import uploading
from sgdocs.web.pages.group_forms import told
from sgdocs.web.render import language_of, see

pages = APIRouter()

Upload = Annotated[UploadFile | str | None, File()]
Word = Annotated[str, Query(max_length=200)]
DESK: Final = Desk(
    "receive",
    N_("Enter a statement that came in"),
    N_("File the statement"),
    "/liaison/receive",
    "/liaison",
    (
        N_(
            "It is filed as a document of each group of ours that it is addressed to: a TD in ITU-T, a contribution in ITU-R."
        ),
        N_("It goes to the Questions that are named, to all where none is, and onto the agenda of the next meeting."),
        N_("What it answers is closed on both sides when the answer is taken up."),
        N_("A number of the same sender that is here already is joined, not filed twice."),
    ),
    takes_file=True,
)


@pages.get("/liaison/receive")
def enter(request: Request, act: Reading, *, to: Word = "") -> Response:
    require_somewhere(act, Permission.RECEIVE_STATEMENT)
    start = raw_of("to", [{"name": to, "purpose": "action"}] if to else [])
    return desk_page(request, act, _desk(request, Came()), Filled(start))


def _desk(request: Request, file: Came) -> Desk:
    most_mb = services_of(request).settings.file_limit_mb
    return replace(DESK, most_mb=most_mb, read=file.shown(request), findings=file.findings)


@pages.post("/liaison/receive", dependencies=[uploading()])
def receive(
    request: Request, act: Reading, filled: Filled[StatementFields], *, read: Word = "", file: Upload = None
) -> Response:
    """Filed; or the form again: with another row, with what the file says, or with what stands against it."""
    require_somewhere(act, Permission.RECEIVE_STATEMENT)
    if read or filled.first("more"):
        filled.errors.clear()
    taken = came(request, act, filled, file)
    if read or filled.first("more"):
        return _again(request, act, filled, taken, is_read=bool(read))
    form = shaped(language_of(request), filled, ReceiveForm)
    if form is None or filled.errors:
        return _again(request, act, filled, taken, status=422)
    try:
        blobs = services_of(request).blobs
        name = filed(
            request,
            lambda writing: receiving.receive(
                writing, form, taken.uploads(), put=lambda data: blobs.put(io.BytesIO(data))
            ),
            brought=taken.brought,
        )
    except NotAllowed:
        raise
    except Refused as refused:
        return _again(request, act, filled.refused(refused), taken, status=status_of(refused))
    return see(urls.statement(name), notice=told(request, N_("The statement is filed.")))


def _again(
    request: Request,
    act: Act,
    filled: Filled[StatementFields],
    taken: Came,
    *,
    is_read: bool = False,
    status: int = 0,
) -> Response:
    if is_read and taken.brought is None and not filled.errors:
        filled.errors["file"] = language_of(request).say(N_("Choose a file."))
    if is_read and taken.brought is not None:
        filled.raw = {**start_of(form_of(taken.brought.reading)), **_typed(filled)}
    return desk_page(request, act, _desk(request, taken), filled, status=status or (422 if filled.errors else 200))


def _typed(filled: Filled[StatementFields]) -> dict[str, list[str]]:
    """What somebody typed stays; the file fills what is empty. Purpose alone is no row, and the language nobody's word."""
    rows = {
        name for name in filled.raw if name.endswith("-purpose") and not filled.first(name.replace("-purpose", "-name"))
    }
    return {
        name: list(words)
        for name, words in filled.raw.items()
        if any(word.strip() for word in words) and name not in rows | {"language", "receipt"}
    }
