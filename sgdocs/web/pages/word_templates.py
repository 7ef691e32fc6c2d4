"""The template of a document, for download: filled with the meeting, and who asks as contact."""

from fastapi import APIRouter, Response

from sgdocs.documents.blanks import template_for
from sgdocs.documents.rules import DocumentKind
from sgdocs.meetings import queries as meetings
from sgdocs.text.formats import MEDIA
from sgdocs.web.deps import Reading

pages = APIRouter()


@pages.get("/meeting/{code}/template.docx")
def template(act: Reading, code: str, kind: DocumentKind | None = None, stream: str = "") -> Response:
    """`?kind=temporary-document&stream=WP1`; without a kind the usual one of the meeting."""
    meeting = meetings.by_code(act, code)
    name, data = template_for(act, meeting, kind, stream)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type=MEDIA["docx"], headers=headers)
