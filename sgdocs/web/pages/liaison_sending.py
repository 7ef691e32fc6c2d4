"""Preview what goes out, send it, send a letter again, withdraw; two texts that are alike side by side."""

import io

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed, Refused, missing
from sgdocs.documents import stamping
from sgdocs.i18n import N_
from sgdocs.liaison import queries, rights
from sgdocs.liaison.actions import previewing, sending, sending_again, withdrawing
from sgdocs.liaison.models import Statement
from sgdocs.liaison.practice import Practice
from sgdocs.liaison.preview_rows import Preview
from sgdocs.liaison.schemas import ReasonForm
from sgdocs.liaison.twins import jaccard, shingles_of
from sgdocs.text.compare import compare
from sgdocs.text.comparison import GONE, NEW
from sgdocs.text.model import Unit
from sgdocs.web import liaison_deeds as deeds
from sgdocs.web import liaison_words, urls
from sgdocs.web.deps import Reading, Writing, services_of
from sgdocs.web.downloads import UNKNOWN
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.liaison_deed_page import done, pages_of, place_of
from sgdocs.web.liaison_desk import in_writing
from sgdocs.web.liaison_files import documents_of
from sgdocs.web.liaison_frame import moved, statement_of
from sgdocs.web.pages.group_forms import told
from sgdocs.web.render import language_of, page, see
from sgdocs.wiring import Services

pages = APIRouter()
pages_of(pages, deeds.WITHDRAW)


class GoForm(BaseModel):
    """version, digest: of what the preview showed; accept: ids of the findings that were read."""

    version: int = Field(ge=0)
    digest: str = Field("", max_length=64)
    accept: list[str] = Field(default_factory=list, max_length=200)


@pages.get("/liaison/{name}/sending")
def preview(request: Request, act: Reading, name: str) -> Response:
    """The very documents and letters that sending will make, and what was found."""
    statement = statement_of(act, name)
    there = moved(request, name, statement, "/sending")
    return there or _page(request, act, statement, blank())


def _page(request: Request, act: Act, statement: Statement, filled: Filled[GoForm], *, status: int = 200) -> Response:
    made = previewing.preview(act, statement, practice=_practice(request))
    addressees = {each.id: each for each in queries.addressees_of(act.session, statement)}
    return page(
        request,
        "liaison/sending.html",
        status=status,
        statement=statement,
        preview=made,
        addressees=addressees,
        filled=filled,
        may_send=rights.may_send(act, statement),
        may_edit=deeds.may_write(act, statement),
        says=liaison_words,
    )


def _practice(request: Request) -> Practice:
    return Practice.of(services_of(request).settings)


@pages.get("/liaison/{name}/sending/statement.docx")
def own_file(request: Request, act: Reading, name: str) -> Response:
    """The statement as it will go out; its number may still change."""
    made: Preview = previewing.preview(act, statement_of(act, name), practice=_practice(request))
    headers = {"Content-Disposition": f'attachment; filename="{made.file.name}"'}
    return Response(made.content, media_type=made.file.media_type or UNKNOWN, headers=headers)


@pages.post("/liaison/{name}/sending")
def send(request: Request, act: Reading, name: str, filled: Filled[GoForm]) -> Response:
    """Numbered, filed and written; or the preview again with what stands against it."""
    statement = statement_of(act, name)
    rights.require_send(act, statement)
    if not filled.ok:
        return _page(request, act, statement, filled, status=422)
    services, form, practice = services_of(request), filled.value, _practice(request)

    def do(writing: Act) -> tuple[str, list[int]]:
        sent = sending.send(
            writing,
            statement_of(writing, name),
            form.version,
            lambda content: services.blobs.put(io.BytesIO(content)),
            accept=form.accept,
            digest=form.digest,
            practice=practice,
        )
        writing.session.flush()
        return sent.name, [document.id or 0 for document in documents_of(writing, sent)]

    try:
        sent, ids = in_writing(request, do)
    except NotAllowed:
        raise
    except Refused as refused:
        act.session.expire_all()
        return _page(request, act, statement_of(act, name), filled.refused(refused), status=status_of(refused))
    _stamp(services, ids)
    return see(urls.statement(sent), notice=told(request, N_("The statement is sent.")))


def _stamp(services: Services, ids: list[int]) -> None:
    """The copies with the numbers of the groups that filed it, outside of the transaction."""
    stamping.make(services, ids)


@pages.post("/liaison/{name}/withdrawal")
def withdraw(request: Request, act: Writing, name: str, filled: Filled[ReasonForm]) -> Response:
    place = place_of(act, name)

    def do() -> object:
        return withdrawing.withdraw(act, place.statement, filled.value.reason)

    return done(request, act, place, deeds.WITHDRAW, filled, do=do)


class AgainForm(BaseModel):
    """address, name: of another contact; empty for the same."""

    address: str = Field("", max_length=254)
    name: str = Field("", max_length=200)


@pages.post("/liaison/{name}/delivery/{number}/again")
def again(request: Request, act: Writing, name: str, number: int, filled: Filled[AgainForm]) -> Response:
    """The same letter once more, with a new link; the link before works no more."""
    statement = statement_of(act, name)
    back = urls.statement(statement.name, "delivery")
    form = filled.given or AgainForm(address="", name="")
    try:
        with act.session.begin_nested():
            sending_again.send_again(
                act, statement, number, address=form.address, name=form.name, practice=_practice(request)
            )
    except NotAllowed:
        raise
    except Refused as refused:
        return see(back, notice=language_of(request).refusal(refused))
    return see(back, notice=told(request, N_("The letter is sent again.")))


# Two texts


@pages.get("/liaison/{name}/twins/{other}")
def twins(request: Request, act: Reading, name: str, other: str) -> Response:
    """Both texts side by side, with what only the one says marked."""
    statement, beside = statement_of(act, name), statement_of(act, other)
    if statement.id == beside.id:
        missing("comparison", other)
    there = moved(request, name, statement, f"/twins/{other}")
    if there is not None:
        return there
    found = compare(_units(beside), _units(statement))
    share = jaccard(*(shingles_of(f"{each.title}\n{each.body}") for each in (statement, beside)))
    return page(
        request,
        "liaison/twins.html",
        statement=statement,
        beside=beside,
        share=round(share * 100),
        lines=[line for clause in found.clauses for line in clause.lines],
        NEW=NEW,
        GONE=GONE,
    )


def _units(statement: Statement) -> list[Unit]:
    return [Unit(text=f"{statement.title}\n{statement.body}".strip(), anchor="start", kind="text")]
