"""Requests that bring a file: the form filled from the cover, checked, done once, answered with the number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile

from sgdocs.base.act import Act
from sgdocs.documents import stamping
from sgdocs.documents.actions.texts import keep_brought
from sgdocs.documents.models import Document
from sgdocs.documents.schemas import Upload
from sgdocs.journal.repeats import Answer
from sgdocs.web import uploads, urls
from sgdocs.web.deps import services_of
from sgdocs.web.once import once, told_before
from sgdocs.web.paper_form import PaperForm, told_by
from sgdocs.web.preflighting import findings_of
from sgdocs.web.submitting import Place


class Fields(BaseModel):
    """What a multipart request says of its file. What is left empty is read from the cover.

    questions: `2/15`, several times or with commas; sources: organisations by name or acronym, several times;
    overrule: why errors may stand, for the secretariat; contacts are read from the cover alone.
    """

    model_config = ConfigDict(extra="ignore")

    kind: str = Field("", max_length=40)
    stream: str = Field("", max_length=40)
    title: str = Field("", max_length=500)
    questions: list[str] = Field(default_factory=list, max_length=60)
    sources: list[str] = Field(default_factory=list, max_length=60)
    purpose: str = Field("", max_length=40)
    abstract: str = Field("", max_length=20_000)
    keywords: str = Field("", max_length=500)
    language: str = Field("", max_length=3)
    audience: str = Field("", max_length=200)
    audience_reason: str = Field("", max_length=500)
    td_reason: str = Field("", max_length=40)
    note: str = Field("", max_length=500)
    overrule: str = Field("", max_length=500)


def fields_of(form: Fields) -> dict[str, str]:
    """The words of the paper form that are said."""
    told = form.model_dump(exclude={"questions", "sources"})
    told |= {"questions": ", ".join(form.questions), "sources": "\n".join(form.sources)}
    return {name: words for name, words in told.items() if words}


@dataclass(frozen=True)
class Taken:
    """form: of the request and the cover together; findings: of the checks, [] where none were asked."""

    form: PaperForm
    brought: uploads.Brought
    findings: Sequence[dict[str, Any]]

    @property
    def uploads(self) -> list[Upload]:
        return [self.brought.upload(self.findings)]

    def files(self, language: str) -> list[Upload]:
        return [self.brought.upload(language=language)]


def bring(
    request: Request,
    act: Act,
    place: Place,
    form: Fields,
    *,
    file: UploadFile,
    do: Callable[[Act, Taken], Document],
    is_checked: bool = True,
    more: Mapping[str, str] | None = None,
) -> Response:
    """Scan, keep, read and check outside the lock; act once; stamp; answer with the number and what was found.

    more: what the request says besides its form, by which it is another one.
    """
    services = services_of(request)
    brought = uploads.take(services, file)
    said = {**form.model_dump(), **(more or {}), "file": brought.blob.sha256, "name": brought.given_name}
    before = told_before(request, said)
    if before is not None:
        return _response(before)
    taken = read_form(act, place, form, brought, request=request, is_checked=is_checked)
    ids: list[int] = []
    texts = brought.texts

    def perform(writing: Act) -> Answer:
        document = do(writing, taken)
        writing.session.flush()
        keep_brought(writing, document, texts)
        ids.append(document.id or 0)
        return finish(request, document, taken.findings)

    answer = once(request, said, lambda writing: _spoken(lambda: perform(writing)))
    stamping.make(services, ids)
    return _response(answer)


def read_form(
    act: Act, place: Place | None, form: Fields, brought: uploads.Brought, *, request: Request, is_checked: bool = True
) -> Taken:
    """The request's words over those of the cover. A RequestValidationError names the field that cannot be taken."""
    words = {"kind": place.kind, "stream": place.stream} if place else {}
    told = told_by(brought.reading.cover)
    filled = {name: word for name, word in {**words, **told, **fields_of(form)}.items() if word}
    paper = _spoken(lambda: PaperForm.model_validate(filled))
    settings = services_of(request).settings
    asked = _spoken(paper.submission if paper.title else paper.reservation)
    return Taken(paper, brought, findings_of(act, settings, brought, place, asked) if is_checked else [])


def finish(request: Request, document: Document, findings: Sequence[dict[str, Any]] = ()) -> Answer:
    """What is answered to whoever brought or reserved: 201, the number, its address, the findings."""
    root = services_of(request).settings.public_url.rstrip("/")
    body = {
        "name": document.name,
        "label": document.label,
        "status": document.status,
        "late": document.late,
        "revision": document.revision,
        "title": document.title,
        "expires_at": document.expires_at.isoformat() if document.expires_at else None,
        "url": root + urls.document(document.name),
        "findings": list(findings),
    }
    return Answer(201, body, f"/api/v1/documents/{document.name}")


def _spoken(make: Callable[[], Any]) -> Any:
    """What pydantic refuses becomes a problem that names the fields."""
    try:
        return make()
    except ValidationError as error:
        found = [{**each, "loc": ("body", *each["loc"])} for each in error.errors()]
        raise RequestValidationError(found) from error


def _response(answer: Answer) -> Response:
    return JSONResponse(dict(answer.body), answer.status, headers={"Location": answer.location})
