"""The text of a document, its references, what it cites and what cites it. Join it before the catch-all routes of /doc."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.discussions.queries import at_clauses
from sgdocs.discussions.rows import Counted
from sgdocs.documents import citing
from sgdocs.documents.citations import Reference, references_of
from sgdocs.documents.citing import Cited, Citing
from sgdocs.documents.linking import linked_html
from sgdocs.documents.models import Document
from sgdocs.documents.text_outgoing import CitedOut, CitingOut, ReferenceOut
from sgdocs.documents.texts import Text, current_texts, text_of
from sgdocs.storage.store import BlobStore, NoSuchBlob
from sgdocs.text.limits import Limits
from sgdocs.text.plain_preview import cleaned_units
from sgdocs.web import paper_records, paper_words, text_words
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.exports import Export, export
from sgdocs.web.paper_form import LANGUAGES
from sgdocs.web.render import language_of, page

pages = APIRouter()

FileName = Annotated[str, Query(max_length=120, description="short name of a file of the document")]
Part = Annotated[str | None, Query(max_length=8, description="R1, A1 …; r0 for the original")]
Language = Annotated[str, Query(max_length=8, description="of the text, where there are several")]


@dataclass(frozen=True)
class Choice:
    """What of a document is shown."""

    file: str
    part: str | None
    language: str

    def text(self, act: Act, document: Document, *, spoken: str = "", empty: bool = False) -> Text:
        language = self.language or spoken
        return text_of(act, document, file=self.file, part=self.part, language=language, empty=empty)


def choice(file: FileName = "", part: Part = None, language: Language = "") -> Choice:
    return Choice(file, part, language)


@pages.get("/doc/{name}/text")
def text(
    request: Request,
    act: Reading,
    services: Svc,
    name: str,
    *,
    file: FileName = "",
    part: Part = None,
    language: Language = "",
) -> Response:
    """The preview with the anchors of the clauses, else the clauses themselves; or why there is no text."""
    found = _found(act, request, name, "/text")
    if isinstance(found, Response):
        return found
    shown = choice(file, part, language).text(act, found, spoken=language_of(request).code)
    html, talk = _html(act, services.blobs, shown), _talk(act, found)
    return _page(request, act, found, "text", shown=shown, html=html, talk=talk)


def _talk(act: Act, document: Document) -> dict[str, Counted] | None:
    """What was said about the clauses, by anchor; None for strangers, who have no part in it."""
    return at_clauses(act, document.id or 0) if act.actor.is_known else None


def _html(act: Act, blobs: BlobStore, shown: Text) -> Markup:
    """Made of what was cleaned when it was kept, or of plain words that are escaped here."""
    row = shown.file
    if row is not None and row.preview_sha256:
        try:
            with blobs.open(row.preview_sha256) as stream:
                return Markup(stream.read().decode())  # noqa: S704 - cleaned when it was made
        except NoSuchBlob:
            pass
    plain = cleaned_units(shown.units, Limits()) if shown.units else ""
    return Markup(linked_html(act, plain, near=shown.document.name))  # noqa: S704 - escaped by `cleaned_units`


@pages.get("/doc/{name}/references")
def references(request: Request, act: Reading, name: str, file: FileName = "", part: Part = None) -> Response:
    found = _found(act, request, name, "/references")
    if isinstance(found, Response):
        return found
    shown = choice(file, part).text(act, found)
    rows = references_of(act, shown.units, near=found.name)
    return _page(request, act, found, "references", shown=shown, rows=rows, counts=_counts(rows))


@pages.get("/doc/{name}/references.{form}")
def references_as(
    request: Request, act: Reading, services: Svc, name: str, form: Export, *, file: FileName = "", part: Part = None
) -> Response:
    found = _found(act, request, name, f"/references.{form}")
    if isinstance(found, Response):
        return found
    rows = references_of(act, choice(file, part).text(act, found).units, near=found.name)
    told = [ReferenceOut.of(row, services.settings.public_url) for row in rows]
    return _export(form, f"{name} references", told, text_words.REFERENCE_COLUMNS)


def _counts(rows: Sequence[Reference]) -> list[tuple[str, int]]:
    """How many there are of each status that occurs, in the order of the words."""
    return [(each, n) for each in text_words.STATUSES if (n := sum(row.status == each for row in rows))]


@pages.get("/doc/{name}/cites")
def cites(request: Request, act: Reading, name: str) -> Response:
    found = _found(act, request, name, "/cites")
    if isinstance(found, Response):
        return found
    return _page(request, act, found, "cites", rows=_cites(act, found))


@pages.get("/doc/{name}/cites.{form}")
def cites_as(request: Request, act: Reading, services: Svc, name: str, form: Export) -> Response:
    found = _found(act, request, name, f"/cites.{form}")
    if isinstance(found, Response):
        return found
    told = [CitedOut.of(row, services.settings.public_url) for row in _cites(act, found)]
    return _export(form, f"{name} cites", told, text_words.CITED_COLUMNS)


def _cites(act: Act, document: Document) -> list[Cited]:
    return citing.cites(act, document, current_texts(act, document))


@pages.get("/doc/{name}/citedby")
def cited_by(request: Request, act: Reading, name: str) -> Response:
    found = _found(act, request, name, "/citedby")
    if isinstance(found, Response):
        return found
    rows: list[Citing] = citing.cited_by(act, found)
    return _page(request, act, found, "citedby", rows=rows)


@pages.get("/doc/{name}/citedby.{form}")
def cited_by_as(request: Request, act: Reading, services: Svc, name: str, form: Export) -> Response:
    found = _found(act, request, name, f"/citedby.{form}")
    if isinstance(found, Response):
        return found
    told = [CitingOut.of(row, services.settings.public_url) for row in citing.cited_by(act, found)]
    return _export(form, f"{name} citedby", told, text_words.CITING_COLUMNS)


def _found(act: Act, request: Request, name: str, tail: str) -> Document | Response:
    found = paper_records.found(act, request, name, tail)
    return found if isinstance(found, Response) else found.document


def _export(form: Export, name: str, rows: Sequence[BaseModel], columns: Mapping[str, str]) -> Response:
    return export(form, name, rows, columns)


def _page(request: Request, act: Act, document: Document, template: str, **more: Any) -> Response:
    return page(
        request,
        f"document_texts/{template}.html",
        it=paper_records.paper(act, document),
        document=document,
        paper=paper_words,
        languages=LANGUAGES,
        terms=text_words,
        **more,
    )
