"""Deeds on one document: withdraw, delete, restore, admit, change who reads it, relate, bring another language."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from pydantic import Field

from sgdocs.base.act import Act
from sgdocs.base.errors import NotAllowed, NotFound, Refused, invalid
from sgdocs.documents import actions, queries
from sgdocs.documents.models import Document
from sgdocs.documents.rules import Admission, LineageKind
from sgdocs.documents.schemas import AudienceForm, ReasonForm, RelationForm
from sgdocs.i18n import N_
from sgdocs.meetings import queries as meetings
from sgdocs.policy import Permission, require
from sgdocs.web import paper_words, uploads
from sgdocs.web.deps import Reading
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import uploading
from sgdocs.web.paper_deeds import (
    ACCESS,
    ADMISSION,
    ADMIT,
    ALL,
    DELETE,
    LANGUAGES_OF,
    LINEAGE,
    RESTORE,
    SHEET,
    WITHDRAW,
    Asked,
)
from sgdocs.web.paper_form import LANGUAGES
from sgdocs.web.render import language_of, page
from sgdocs.web.taking import arrived, limits_of, perform

pages = APIRouter()

Upload = Annotated[UploadFile | str | None, File()]


def _document(act: Act, name: str, asked: Asked) -> Document:
    """The document, deleted ones for a restoration, and whether the actor may do this at all."""
    document = queries.by_name(act, name, deleted=asked is RESTORE)
    scope = queries.scope_of(act.session, document)
    try:
        require(act.actor, asked.permission, scope)
    except NotAllowed:
        if asked in (WITHDRAW, LINEAGE):
            require(act.actor, Permission.DIRECT_DOCUMENTS, scope)
        else:
            raise
    return document


def _show(
    request: Request, act: Act, document: Document, asked: Asked, filled: Filled[Any], *, status: int = 200
) -> Response:
    spoken = language_of(request)
    relations = [(kind.value, spoken.say(words[0])) for kind, words in paper_words.RELATIONS.items()]  # type: ignore[attr-defined]
    sector = document.sector
    readers = [
        ("", spoken.say(N_("The usual ones"))),
        ("public", spoken.say(N_("Everybody"))),
        (sector, spoken.say(N_("All members of the Sector"))),
        ("secretariat", spoken.say(N_("The secretariat alone"))),
    ]
    shown = {
        "kind": relations,
        "audience": readers,
        "decision": [(a.value, spoken.say(paper_words.ADMISSIONS[a])) for a in (Admission.ACCEPTED, Admission.REFUSED)],
        "language": [(code, spoken.say(word)) for code, word in LANGUAGES.items()],
    }
    lineage = queries.lineage_of(act, document) if asked is LINEAGE else []
    return page(
        request,
        "documents/deed.html",
        fragment="form",
        status=status,
        document=document,
        asked=asked,
        filled=filled,
        choices=shown,
        lineage=lineage,
        paper=paper_words,
    )


def _done(
    request: Request, act: Act, name: str, asked: Asked, filled: Filled[Any], *, do: Callable[[Act, Document], object]
) -> Response:
    """Act on the document; what is refused is shown at the form."""
    document = _document(act, name, asked)
    if not filled.ok:
        return _show(request, act, document, asked, filled, status=422)

    def perform_on(writing: Act) -> Document:
        there = queries.by_name(writing, name, deleted=asked is RESTORE)
        do(writing, there)
        return there

    try:
        changed = perform(request, perform_on)
    except NotFound:
        if asked.word == "lineage":
            filled.errors["other"] = language_of(request).say(
                N_("There is no such document, or it is not for you to see.")
            )
            return _show(request, act, document, asked, filled, status=422)
        raise
    except Refused as refused:
        filled.refused(refused)
        _gather(filled, asked)
        return _show(request, act, document, asked, filled, status=status_of(refused))
    return arrived(request, changed, language_of(request).sentence(asked.notice, {"label": changed.label}))


def _gather(filled: Filled[Any], asked: Asked) -> None:
    """Errors of fields that the page does not show go to its head; `audience_reason` is its reason."""
    if "audience_reason" in filled.errors:
        filled.errors["reason"] = filled.errors.pop("audience_reason")
    for name in [name for name in filled.errors if name and name not in asked.fields]:
        filled.errors.setdefault("", filled.errors.pop(name))


def _pages_of(asked: Asked) -> None:
    """The page that asks, for each deed."""

    def ask(request: Request, act: Reading, name: str) -> Response:
        document = _document(act, name, asked)
        start = {"language": document.language, "audience": ""}
        return _show(request, act, document, asked, blank(start))

    ask.__name__ = f"ask_{asked.word}"
    pages.get(f"/doc/{{name}}/{asked.word}")(ask)


for _each in ALL:
    _pages_of(_each)


@pages.post("/doc/{name}/withdraw")
def withdraw(request: Request, act: Reading, name: str, filled: Filled[ReasonForm]) -> Response:
    return _done(request, act, name, WITHDRAW, filled, do=lambda w, d: actions.withdraw(w, d, filled.value.reason))


@pages.post("/doc/{name}/delete")
def delete(request: Request, act: Reading, name: str, filled: Filled[ReasonForm]) -> Response:
    return _done(request, act, name, DELETE, filled, do=actions.delete)


@pages.post("/doc/{name}/restore")
def restore(request: Request, act: Reading, name: str, filled: Filled[ReasonForm]) -> Response:
    limits = limits_of(request)
    return _done(request, act, name, RESTORE, filled, do=lambda w, d: actions.restore(w, d, limits=limits))


@pages.post("/doc/{name}/admit")
def admit(request: Request, act: Reading, name: str, filled: Filled[ReasonForm]) -> Response:
    return _done(request, act, name, ADMIT, filled, do=lambda w, d: actions.admit(w, d, filled.value.reason))


class AdmissionForm(ReasonForm):
    decision: Admission


@pages.post("/doc/{name}/admission")
def admission(request: Request, act: Reading, name: str, filled: Filled[AdmissionForm]) -> Response:
    def do(writing: Act, document: Document) -> None:
        is_accepted = filled.value.decision is Admission.ACCEPTED
        actions.decide_admission(writing, document, filled.value.reason, is_accepted=is_accepted)

    return _done(request, act, name, ADMISSION, filled, do=do)


class AccessForm(AudienceForm):
    """audience: "" for the usual readers."""

    audience: str = ""


@pages.post("/doc/{name}/access")
def access(request: Request, act: Reading, name: str, filled: Filled[AccessForm]) -> Response:
    limits = limits_of(request)

    def do(writing: Act, document: Document) -> None:
        actions.set_audience(writing, document, filled.value.audience, filled.value.reason, limits=limits)

    return _done(request, act, name, ACCESS, filled, do=do)


@pages.post("/doc/{name}/lineage")
def lineage(request: Request, act: Reading, name: str, filled: Filled[RelationForm]) -> Response:
    def do(writing: Act, document: Document) -> None:
        form = filled.value
        if form.kind not in set(LineageKind):
            invalid("kind", form.kind, ", ".join(LineageKind) + ".")
        other = _named(writing, form.other)
        actions.relate(writing, document, other, LineageKind(form.kind), words=form.note)

    return _done(request, act, name, LINEAGE, filled, do=do)


@pages.post("/doc/{name}/lineage/end")
def end_relation(
    request: Request, act: Reading, name: str, *, kind: Annotated[str, Form()], other: Annotated[str, Form()]
) -> Response:
    """Take a relation back, as the list of relations offers."""
    _document(act, name, LINEAGE)

    def do(writing: Act) -> Document:
        document = queries.by_name(writing, name)
        if kind not in set(LineageKind):
            invalid("kind", kind, ", ".join(LineageKind) + ".")
        actions.unrelate(writing, document, queries.by_name(writing, other), LineageKind(kind))
        return document

    document = perform(request, do)
    says = language_of(request).sentence(N_("{label} is no longer related."), {"label": document.label})
    return arrived(request, document, says)


def _named(act: Act, words: str) -> Document:
    """A document by its name, or as people write it when that means one alone."""
    try:
        return queries.by_name(act, words)
    except NotFound:
        named = queries.alike(act, words)
        if len(named) != 1:
            raise
        return named[0]


class LanguageForm(ReasonForm):
    language: str = Field("en", pattern=r"^[a-z]{2,3}$")


@pages.post("/doc/{name}/languages", dependencies=[uploading()])
def add_language(
    request: Request, act: Reading, name: str, filled: Filled[LanguageForm], *, file: Upload = None
) -> Response:
    """A translation, or a further file of the newest version."""
    document = _document(act, name, LANGUAGES_OF)
    brought = None
    try:
        given = uploads.given(file)
        brought = uploads.take(request.app.state.services, given) if given else None
    except Refused as refused:
        return _show(request, act, document, LANGUAGES_OF, filled.refused(refused), status=422)

    def do(writing: Act, there: Document) -> None:
        version = queries.version(writing, there, queries.current_part(writing.session, there))
        language = filled.value.language
        actions.add_language(writing, there, version, [brought.upload(language=language)] if brought else [])

    return _done(request, act, name, LANGUAGES_OF, filled, do=do)


class SheetForm(ReasonForm):
    """meeting: code of the other group's."""

    meeting: str = Field(min_length=1, max_length=100)


@pages.post("/doc/{name}/sheet", dependencies=[uploading()])
def send_sheet(
    request: Request, act: Reading, name: str, filled: Filled[SheetForm], *, file: Upload = None
) -> Response:
    """A single sheet of a contribution for another group. Source: Rec. ITU-T A.1 3.2.9."""
    document = _document(act, name, SHEET)
    try:
        given = uploads.given(file)
        brought = uploads.take(request.app.state.services, given) if given else None
    except Refused as refused:
        return _show(request, act, document, SHEET, filled.refused(refused), status=422)
    if not filled.ok:
        return _show(request, act, document, SHEET, filled, status=422)

    def do(writing: Act) -> Document:
        there, at = queries.by_name(writing, name), meetings.by_code(writing, filled.value.meeting)
        return actions.also_in(writing, there, at, [brought.upload()] if brought else [], limits=limits_of(request))

    try:
        sheet = perform(request, do)
    except Refused as refused:
        filled.refused(refused)
        _gather(filled, SHEET)
        return _show(request, act, document, SHEET, filled, status=status_of(refused))
    return arrived(request, sheet, language_of(request).sentence(SHEET.notice, {"label": sheet.label}))
