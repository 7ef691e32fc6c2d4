"""What goes with a draft: registered documents and files of its own, added and taken away."""

from typing import Annotated, Any

from fastapi import APIRouter, File, Request, Response, UploadFile
from pydantic import BaseModel, Field

from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed, Refused
from sgdocs.i18n import N_
from sgdocs.liaison.actions import papers
from sgdocs.liaison.models import Statement
from sgdocs.liaison.records import record_of
from sgdocs.liaison.schemas import PaperForm
from sgdocs.policy import Permission, require
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing, services_of
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.liaison_deeds import PAPERS, may_write
from sgdocs.web.liaison_desk import in_writing
from sgdocs.web.liaison_files import came
from sgdocs.web.liaison_frame import moved, statement_of
from sgdocs.web.limits import uploading
from sgdocs.web.pages.group_forms import told
from sgdocs.web.render import page, see

pages = APIRouter()

Upload = Annotated[UploadFile | str | None, File()]


@pages.get("/liaison/{name}/papers")
def show(request: Request, act: Reading, name: str) -> Response:
    statement = statement_of(act, name)
    there = moved(request, name, statement, "/papers")
    return there or _page(request, act, statement, blank())


def _page(request: Request, act: Act, statement: Statement, filled: Filled[Any], *, status: int = 200) -> Response:
    if not may_write(act, statement):
        require(act.actor, Permission.DRAFT_STATEMENT)
    return page(
        request,
        "liaison/papers.html",
        status=status,
        statement=statement,
        record=record_of(act, statement),
        deed=PAPERS,
        filled=filled,
        most_mb=services_of(request).settings.file_limit_mb,
    )


class AddForm(BaseModel):
    """document: name or number of a registered one, part: its version; or a file."""

    document: str = Field("", max_length=200)
    part: str = Field("", max_length=20)


@pages.post("/liaison/{name}/papers", dependencies=[uploading()])
def add(request: Request, act: Reading, name: str, filled: Filled[AddForm], *, file: Upload = None) -> Response:
    """A document by its number, else the file that came with the form."""
    statement = statement_of(act, name)
    if not may_write(act, statement):
        require(act.actor, Permission.DRAFT_STATEMENT)
    words = filled.first("document").strip()
    taken = came(request, act, filled, file) if not words else None
    if not words and taken and taken.brought is None and not filled.errors:
        filled.errors["document"] = told(request, N_("Name a document, or choose a file."))
    if not filled.ok:
        return _page(request, act, statement, filled, status=422)

    def do(writing: Act) -> None:
        there = statement_of(writing, name)
        if taken is not None:
            papers.attach_file(writing, there, taken.uploads()[0])
        else:
            form = filled.value
            papers.attach(writing, there, PaperForm(document=form.document, part=form.part.upper()))

    try:
        in_writing(request, do)
    except NotAllowed:
        raise
    except Refused as refused:
        if refused.field not in ("document", "part", "file"):
            refused.field = None
        return _page(request, act, statement, filled.refused(refused), status=status_of(refused))
    return see(urls.statement(statement.name, "papers"), notice=told(request, N_("It goes with the statement.")))


@pages.post("/liaison/{name}/papers/{number}/removal")
def remove(request: Request, act: Writing, name: str, number: int) -> Response:
    """The file does not go with it any more; the document itself stays what it is."""
    statement = statement_of(act, name)
    papers.detach(act, statement, number)
    notice = told(request, N_("It does not go with the statement any more."))
    return see(urls.statement(statement.name, "papers"), notice=notice)
