"""From a document to the one before or after it in the list of its meeting. Join it before the catch-all routes of /doc."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from sgdocs.base.act import Act
from sgdocs.documents.models import Document
from sgdocs.documents.neighbours import neighbour
from sgdocs.groups.models import Group
from sgdocs.meetings.models import Meeting
from sgdocs.web import paper_records, urls
from sgdocs.web.deps import Reading

pages = APIRouter()


@pages.get("/doc/{name}/previous")
def previous(request: Request, act: Reading, name: str) -> Response:
    """The document before; from the first one, the list."""
    return _beside(request, act, name, "/previous", after=False)


@pages.get("/doc/{name}/next")
def following(request: Request, act: Reading, name: str) -> Response:
    """The document after; from the last one, the list."""
    return _beside(request, act, name, "/next", after=True)


def _beside(request: Request, act: Act, name: str, tail: str, *, after: bool) -> Response:
    found = paper_records.found(act, request, name, tail)
    if isinstance(found, Response):
        return found
    other = neighbour(act, found.document, after=after)
    return RedirectResponse(urls.document(other.name) if other else _list_of(act, found.document), 303)


def _list_of(act: Act, document: Document) -> str:
    if document.meeting_id is not None:
        return urls.meeting(act.session.get_one(Meeting, document.meeting_id).code) + "/documents"
    return urls.group(act.session.get_one(Group, document.group_id).path) + "/documents"
