"""Submit a document, reserve its number, upload into a reservation, bring a further version."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, Refused
from sgdocs.documents import actions, queries
from sgdocs.documents.models import Document
from sgdocs.documents.rules import DocumentKind
from sgdocs.i18n import N_
from sgdocs.meetings import queries as meetings
from sgdocs.people.models import Organisation
from sgdocs.people.queries import organisation_named
from sgdocs.policy import Role
from sgdocs.web import paper_words
from sgdocs.web.deps import Reading
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import uploading
from sgdocs.web.paper_form import PaperForm, lines, told_by
from sgdocs.web.render import language_of, page
from sgdocs.web.submitting import Place, ReadFile, new_in, of_document, place_of, submitting, with_file
from sgdocs.web.taking import Taken, arrived, limits_of, perform, shaped, take
from sgdocs.web.uploads import Brought

pages = APIRouter()

Part = Annotated[str, Query(pattern="^[RAC]$")]
Upload = Annotated[UploadFile | str | None, File()]
Word = Annotated[str, Form(max_length=200)]
TEMPLATE = "documents/submit.html"


@pages.get("/meeting/{code}/contributions/new")
@pages.get("/meeting/{code}/documents/new")
def new(request: Request, act: Reading, code: str, *, kind: str = "", stream: str = "") -> Response:
    place = new_in(act, code, kind=kind, stream=stream)
    start = {"kind": place.kind, "stream": place.stream, "language": "en", "sources": _own(act)}
    return page(request, TEMPLATE, it=submitting(request, act, place), filled=blank(start), paper=paper_words)


def _own(act: Act) -> str:
    """The entity of the person, as the usual source; the secretariat submits for others."""
    if act.actor.has_role(Role.SECRETARIAT, Role.ADMIN) or act.actor.organisation_id is None:
        return ""
    own = act.session.get(Organisation, act.actor.organisation_id)
    return own.name if own else ""


@pages.get("/doc/{name}/upload")
def upload(request: Request, act: Reading, name: str) -> Response:
    return _of(request, act, of_document(act, name))


@pages.get("/doc/{name}/revise")
def revise(request: Request, act: Reading, name: str, *, part: Part = "R") -> Response:
    return _of(request, act, of_document(act, name, part))


def _of(request: Request, act: Act, place: Place) -> Response:
    """The form with what is known of the document."""
    document = place.document
    assert document is not None
    start = {
        "title": document.title,
        "questions": ", ".join(each.label.removeprefix("Q") for each in queries.questions_of(act.session, document)),
        "sources": "\n".join(each.name for each in queries.sources_of(act.session, document)) or document.source,
        "abstract": document.abstract,
        "keywords": document.keywords,
        "language": document.language,
    }
    return page(request, TEMPLATE, it=submitting(request, act, place), filled=blank(start), paper=paper_words)


@pages.post("/my/readings", dependencies=[uploading()])
def read(
    request: Request,
    act: Reading,
    filled: Filled[PaperForm],
    *,
    place: Word = "",
    part: Word = "",
    read: Word = "",
    file: Upload = None,
) -> Response:
    """What stands in the file, beside the form; nothing is submitted yet."""
    to = place_of(act, place, part=part, kind=filled.first("kind"), stream=filled.first("stream"))
    filled.errors.clear()
    own = "" if filled.first("receipt") or to.document else _own(act)
    if own and filled.first("sources").strip() == own:
        filled.raw = {**filled.raw, "sources": []}  # the form's own default, nobody's word
    taken = take(request, act, to, filled, file=file, from_cover=True)
    if own and not filled.first("sources") and (taken.brought is None or not _tells_source(act, taken.brought, to)):
        filled.raw = {**filled.raw, "sources": [own]}
    if taken.brought is None and not filled.errors:
        filled.errors["file"] = language_of(request).say(N_("Choose a file."))
    return _shown(request, act, to, filled, taken, use_file=read == "file", status=422 if filled.errors else 200)


def _tells_source(act: Act, brought: Brought, place: Place) -> bool:
    """Whether the cover says who writes: for a contribution organisations that are known, else any words."""
    told = lines(told_by(brought.reading.cover).get("sources", ""))
    named = place.kind != DocumentKind.CONTRIBUTION or all(organisation_named(act.session, each) for each in told)
    return bool(told) and named


def _shown(
    request: Request,
    act: Act,
    place: Place,
    filled: Filled[PaperForm],
    taken: Taken,
    *,
    use_file: bool = False,
    status: int = 422,
) -> Response:
    """The form again: what was read, found, and what is wrong."""
    it = submitting(request, act, place)
    _move_to_head(filled, {name for name, _ in it.hidden})
    it.findings = taken.findings
    if taken.brought is not None:
        with_file(
            it,
            filled,
            taken.brought,
            ReadFile.of(request, act.actor.person_id or 0, taken.brought),
            use_file=use_file,
        )
    return page(request, TEMPLATE, fragment="metadata", status=status, it=it, filled=filled, paper=paper_words)


def _move_to_head(filled: Filled[PaperForm], hidden: set[str]) -> None:
    """What stands against a field that the page does not show is said at its head."""
    for name in [name for name in filled.errors if name in hidden or name not in (*PaperForm.model_fields, "file")]:
        says = filled.errors.pop(name)
        filled.errors.setdefault("", says)


@pages.post("/meeting/{code}/contributions", dependencies=[uploading()])
@pages.post("/meeting/{code}/documents", dependencies=[uploading()])
def submit(request: Request, act: Reading, code: str, filled: Filled[PaperForm], *, file: Upload = None) -> Response:
    """A number, and its document; or the form again with what stands against it."""
    place = new_in(act, code, kind=filled.first("kind"), stream=filled.first("stream"))

    def do(writing: Act, form: PaperForm, taken: Taken) -> Document:
        meeting = meetings.by_code(writing, code)
        asked = form.submission(taken.errors)
        return actions.submit(writing, meeting, asked, taken.uploads(), limits=limits_of(request))

    return _bring(request, act, place, filled, file=file, do=do)


@pages.post("/doc/{name}/upload", dependencies=[uploading()])
def fill(request: Request, act: Reading, name: str, filled: Filled[PaperForm], *, file: Upload = None) -> Response:
    """The document of a reserved number."""
    place = of_document(act, name)

    def do(writing: Act, form: PaperForm, taken: Taken) -> Document:
        document = queries.by_name(writing, name)
        asked = form.submission(taken.errors)
        return actions.fill(writing, document, asked, taken.uploads(), limits=limits_of(request))

    return _bring(request, act, place, filled, file=file, do=do)


@pages.post("/doc/{name}/revise", dependencies=[uploading()])
def revised(
    request: Request, act: Reading, name: str, filled: Filled[PaperForm], *, part: Word = "R", file: Upload = None
) -> Response:
    """A revision, an addendum, a corrigendum."""
    place = of_document(act, name, part if part in paper_words.PARTS else "R")

    def do(writing: Act, form: PaperForm, taken: Taken) -> Document:
        document = queries.by_name(writing, name)
        actions.revise(writing, document, form.revision(taken.errors), taken.uploads(), part=place.part)
        return document

    return _bring(request, act, place, filled, file=file, do=do)


def _bring(
    request: Request,
    act: Act,
    place: Place,
    filled: Filled[PaperForm],
    *,
    file: UploadFile | str | None,
    do: Callable[[Act, PaperForm, Taken], Document],
) -> Response:
    """Read and check outside the lock, then act; what is refused is shown in the form."""
    taken = take(request, act, place, filled, file=file)
    if not filled.ok:
        return _shown(request, act, place, filled, taken)
    form = filled.value
    checked = form.revision if place.part else form.submission
    if shaped(request, filled, lambda: checked(taken.errors)) is None:
        return _shown(request, act, place, filled, taken)
    try:
        document = perform(request, lambda writing: do(writing, form, taken), brought=taken.brought)
    except NotFound:
        raise
    except Refused as refused:
        return _shown(request, act, place, filled.refused(refused), taken, status=status_of(refused))
    says = language_of(request).sentence(N_("{label} is received."), {"label": document.label})
    return arrived(request, document, says)


@pages.post("/meeting/{code}/reservations")
def reserve(request: Request, act: Reading, code: str, filled: Filled[PaperForm]) -> Response:
    """A number alone; the document is uploaded later, at the page of the number."""
    place = new_in(act, code, kind=filled.first("kind"), stream=filled.first("stream"))
    if not filled.ok:
        return _shown(request, act, place, filled, Taken())
    asked = shaped(request, filled, filled.value.reservation)
    if asked is None:
        return _shown(request, act, place, filled, Taken())
    try:
        document = perform(
            request,
            lambda writing: actions.reserve(writing, meetings.by_code(writing, code), asked, limits=limits_of(request)),
        )
    except NotFound:
        raise
    except Refused as refused:
        return _shown(request, act, place, filled.refused(refused), Taken(), status=status_of(refused))
    says = language_of(request).sentence(N_("{label} is reserved."), {"label": document.label})
    return arrived(request, document, says)
