"""The page of a document, pinned versions, its history, its files. Catch-all routes: join it after the others of /doc."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import NotFound, missing
from sgdocs.documents import queries
from sgdocs.documents.models import Document, File
from sgdocs.proceedings.of_document import dealings
from sgdocs.web import history as histories
from sgdocs.web import liaison_panels, paper_records, paper_words
from sgdocs.web.caching import with_etag
from sgdocs.web.deps import Reading, ReadingFiles, Svc
from sgdocs.web.downloads import Kept, send
from sgdocs.web.own_marks import OwnMarks, own_marks
from sgdocs.web.paper_form import LANGUAGES
from sgdocs.web.paper_records import PART, Paper
from sgdocs.web.proceeding_words import OUTCOMES
from sgdocs.web.render import page

pages = APIRouter()

Original = Annotated[bool, Query(description="the file as it was uploaded, without the number on its cover")]


@pages.get("/doc/{name}/file/{file}")
def download(
    request: Request, act: ReadingFiles, services: Svc, name: str, file: str, *, original: Original = False
) -> Response:
    """The stamped copy where there is one, attached; `?original=1` the original."""
    return send(request, services.blobs, kept(_file(act, name, file), original=original))


@pages.get("/doc/{name}/view/{file}")
def view(request: Request, act: Reading, services: Svc, name: str, file: str) -> Response:
    """A PDF in the browser's window; anything else is attached."""
    return send(request, services.blobs, kept(_file(act, name, file)), shown=True)


def _file(act: Act, name: str, file: str) -> File:
    return queries.file_named(act, queries.by_name(act, name), file)


def kept(row: File, *, original: bool = False) -> Kept:
    """The copy that is served: stamped where there is one."""
    if row.stamped_sha256 and not original:
        return Kept(row.stamped_sha256, row.stamped_size_bytes, row.media_type, row.name)
    return Kept(row.sha256, row.size_bytes, row.media_type, row.name)


@pages.get("/doc/{name}/history")
def history(request: Request, act: Reading, name: str) -> Response:
    found = paper_records.found(act, request, name, "/history")
    if isinstance(found, Response):
        return found
    it = paper_records.paper(act, found.document, found=found)
    it.lines = histories.lines(request, act, queries.history_of(act, found.document))
    return _page(request, "documents/history.html", it)


@pages.get("/doc/{name}.json")
def show_as_json(request: Request, act: Reading, services: Svc, name: str) -> Response:
    found = paper_records.found(act, request, name, ".json")
    if isinstance(found, Response):
        return found
    record = paper_records.out(act, paper_records.paper(act, found.document), services.settings.public_url)
    return with_etag(request, JSONResponse(record.model_dump(mode="json")))


@pages.get("/doc/{name}/{part}")
def pinned(request: Request, act: Reading, name: str, part: str) -> Response:
    """`/doc/T25-SG15-C123/r2`, `…/a1`: the document with one version of its."""
    if not PART.fullmatch(part):
        return _several(request, act, f"{name}/{part}")
    found = paper_records.found(act, request, name, f"/{part}")
    if isinstance(found, Response):
        return found
    return _shown(request, act, paper_records.paper(act, found.document, found=found, part=part))


@pages.get("/doc/{name}")
def show(request: Request, act: Reading, name: str) -> Response:
    deleted = _deleted(act, name)
    if deleted is not None:
        return _shown(request, act, paper_records.paper(act, deleted))
    found = paper_records.found(act, request, name)
    if isinstance(found, Response):
        return found
    return _shown(request, act, paper_records.paper(act, found.document, found=found))


@pages.get("/doc/{words:path}")
def sloppy(request: Request, act: Reading, words: str) -> Response:
    """Numbers with a stroke, as people write them: `/doc/5D/123`, `/doc/TD45/GEN`."""
    return _several(request, act, words)


def _several(request: Request, act: Act, words: str) -> Response:
    found = paper_records.found(act, request, re.sub(r"[\s_]+", " ", words))
    return found if isinstance(found, Response) else missing("document", words[:100])


def _deleted(act: Act, name: str) -> Document | None:
    """A deleted document, for those who may restore it."""
    try:
        document = queries.by_name(act, name, deleted=True)
    except NotFound:
        return None
    return document if document.name == name else None


def _shown(request: Request, act: Act, it: Paper) -> Response:
    return _page(
        request,
        "documents/show.html",
        it,
        dealings=dealings(act, it.document),
        outcomes=OUTCOMES,
        own=_own(act, it),
        liaisons=liaison_panels.of_document(act, it.document),
    )


def _own(act: Act, it: Paper) -> OwnMarks | None:
    """What changed since the reader looked at this document."""
    return own_marks(act, "document", [it.document.id], f"document:{it.document.id}")


def _page(request: Request, template: str, it: Paper, **more: Any) -> Response:
    return page(
        request,
        template,
        it=it,
        document=it.document,
        paper=paper_words,
        languages=LANGUAGES,
        **more,
    )
