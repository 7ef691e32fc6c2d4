"""Texts, references and citations of documents as data."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from sgdocs.documents import citing, queries
from sgdocs.documents.citations import references_of
from sgdocs.documents.comparing import compared, sides
from sgdocs.documents.comparison_outgoing import ComparisonOut
from sgdocs.documents.text_outgoing import CitedOut, CitingOut, ReferenceOut, TextOut
from sgdocs.documents.texts import current_texts
from sgdocs.web.caching import with_etag
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.pages.document_comparisons import Mode, With
from sgdocs.web.pages.document_texts import Choice, choice

api = APIRouter(prefix="/api/v1/documents", tags=["texts of documents"])
Chosen = Annotated[Choice, Depends(choice)]


class References(BaseModel):
    """file: whose references they are; items in their order."""

    document: str
    file: str
    total: int
    items: list[ReferenceOut]


class Cites(BaseModel):
    document: str
    total: int
    items: list[CitedOut]


class CitedBy(BaseModel):
    document: str
    total: int
    items: list[CitingOut]


@api.get("/{name}/text", response_model=TextOut)
def text(request: Request, act: Reading, name: str, chosen: Chosen) -> Response:
    """The clauses of the text that stands now, or of a file or part; or why there is none."""
    found = chosen.text(act, queries.by_name(act, name))
    return with_etag(request, JSONResponse(TextOut.of(found).model_dump(mode="json")))


@api.get("/{name}/references")
def references(act: Reading, services: Svc, name: str, chosen: Chosen) -> References:
    """Every entry of the references clause and the bibliography, with what has become of it."""
    document = queries.by_name(act, name)
    found = chosen.text(act, document)
    rows = references_of(act, found.units, near=document.name)
    items = [ReferenceOut.of(row, services.settings.public_url) for row in rows]
    return References(document=document.name, file=found.file.name if found.file else "", total=len(items), items=items)


@api.get("/{name}/cites")
def cites(act: Reading, services: Svc, name: str) -> Cites:
    """Every text and document that the text names."""
    document = queries.by_name(act, name)
    rows = citing.cites(act, document, current_texts(act, document))
    items = [CitedOut.of(row, services.settings.public_url) for row in rows]
    return Cites(document=document.name, total=len(items), items=items)


@api.get("/{name}/citedby")
def cited_by(act: Reading, services: Svc, name: str) -> CitedBy:
    """Every document that names this one and that you may read."""
    document = queries.by_name(act, name)
    items = [CitingOut.of(row, services.settings.public_url) for row in citing.cited_by(act, document)]
    return CitedBy(document=document.name, total=len(items), items=items)


@api.get("/{name}/compare")
def compare(
    act: Reading,
    services: Svc,
    name: str,
    *,
    old: With = "",
    part: Annotated[str, Query(max_length=8, description="R1, A1 …; what stands now without it")] = "",
    tracked: Mode = "",
) -> ComparisonOut:
    """Two texts clause by clause: without `with` the version before, else what the document is a revision of."""
    asked = sides(act, queries.by_name(act, name), old=old, new=part, tracked=tracked)
    return ComparisonOut.of(asked, compared(act, services, asked))
