"""The editor brings the edited text, or that after the resolution of comments: a file with a note. Source: A.8 3.2, 4.4.3."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Request, Response, UploadFile
from pydantic import BaseModel, Field

from sgdocs.approval import queries
from sgdocs.approval.actions import planning, providing
from sgdocs.approval.models import Process
from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, NotAllowed, NotFound, Refused
from sgdocs.base.rulebook import rule
from sgdocs.documents.models import Document
from sgdocs.i18n import N_
from sgdocs.web import uploads, urls
from sgdocs.web.approval_frame import frame_for, framed, is_mirrored
from sgdocs.web.approval_panels import conditions_of
from sgdocs.web.approval_stays import state_of
from sgdocs.web.deps import Reading, services_of
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import uploading
from sgdocs.web.render import language_of, see
from sgdocs.web.taking import perform

pages = APIRouter(prefix="/approval/{procedure}/{number}/text")
NO_FILE = rule("approval.no-text-file", "Choose the file of the text.", "A.8 3.2")


class BringForm(BaseModel):
    """note: what changed; from_state: as the page showed it."""

    note: str = Field("", max_length=300)
    from_state: str = Field("", max_length=40)


@pages.get("")
def ask(request: Request, act: Reading, procedure: str, number: str) -> Response:
    return _page(request, act, _process(act, procedure, number), blank())


def _process(act: Act, procedure: str, number: str) -> Process:
    """The approval, or NotAllowed for those who bring no text there."""
    process = queries.by_number(act, f"{procedure}/{number}")
    providing.require_bringer(act, process)
    return process


def _page(request: Request, act: Act, process: Process, filled: Filled[Any], *, status: int = 200) -> Response:
    """What bringing will do from here; where no text is taken in, why not."""
    frame = frame_for(act, process, is_mirrored=is_mirrored(request))
    step = providing.binding_step(act, frame.target) if frame.may_bring else None
    told = planning.preview(act, frame.target, step.id) if step is not None else None
    return framed(
        request,
        "approval/bring.html",
        frame,
        status=status,
        filled=filled,
        document=providing.text_to_revise(act, frame.target),
        step=step,
        next=state_of(frame.procedure, step.end) if step is not None else None,
        conditions=[each for each in conditions_of(told) if not each.is_met] if told is not None else [],
    )


@pages.post("", dependencies=[uploading()])
def bring(
    request: Request,
    act: Reading,
    procedure: str,
    number: str,
    filled: Filled[BringForm],
    *,
    file: Annotated[UploadFile | str | None, File()] = None,
) -> Response:
    """Scanned and read outside the writer's lock; then one act, whole or not at all."""
    process = _process(act, procedure, number)
    if not filled.ok:
        return _page(request, act, process, filled, status=422)
    try:
        given = uploads.given(file)
        if given is None:
            raise Invalid(NO_FILE, field="file")
        brought = uploads.take(services_of(request), given)

        def do(writing: Act) -> Document:
            row = queries.by_number(writing, process.number)
            form = filled.value
            version = providing.bring_text(writing, row, [brought.upload()], note=form.note, from_state=form.from_state)
            return writing.session.get_one(Document, version.document_id)

        document = perform(request, do, brought=brought)
    except (NotAllowed, NotFound):
        raise
    except Refused as refused:
        act.session.expire_all()
        return _page(request, act, process, filled.refused(refused), status=status_of(refused))
    spoken = language_of(request)
    notice = spoken.sentence(N_("The text is there: {label}."), {"label": document.label})
    return see(urls.approval(process.number), notice=notice)
