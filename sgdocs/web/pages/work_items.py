"""The pages of one work item: what it is, its texts, its documents, its history; the form as Word file."""

import re
from itertools import groupby
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from sgdocs.base.act import Act
from sgdocs.policy import audiences
from sgdocs.proceedings.of_work_item import decisions
from sgdocs.text.formats import MEDIA
from sgdocs.web import history as histories
from sgdocs.web import liaison_panels, paper_words
from sgdocs.web.approval_of_item import approval_of
from sgdocs.web.caching import with_etag
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.work_frame import framed, item_of, moved
from sgdocs.web.work_records import record_out
from sgdocs.work_programme import form_docx, queries
from sgdocs.work_programme.form_of_item import words_of
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import PaperRow
from sgdocs.work_programme.rules import PaperRole

pages = APIRouter()

ORDER: Final = tuple(PaperRole)
_NOT_IN_NAME: Final = re.compile(r"[^A-Za-z0-9._-]+")


@pages.get("/wi/{name}.json")
def show_as_json(request: Request, act: Reading, services: Svc, name: str) -> Response:
    """One item, with the schema of the API."""
    item = item_of(act, name)
    there = moved(request, name, item, ".json")
    if there is not None:
        return there
    told = record_out(act, item, services.settings.public_url).model_dump(mode="json")
    return with_etag(request, JSONResponse(told))


@pages.get("/wi/{name}/texts")
def texts(request: Request, act: Reading, name: str) -> Response:
    item = item_of(act, name)
    there = moved(request, name, item, "/texts")
    return there or framed(
        request,
        act,
        "work_programme/texts.html",
        item,
        bases=queries.bases_of(act, item),
        justifications=queries.papers_of(act, item, PaperRole.JUSTIFICATION),
        paper=paper_words,
    )


@pages.get("/wi/{name}/documents")
def documents(request: Request, act: Reading, name: str) -> Response:
    item = item_of(act, name)
    there = moved(request, name, item, "/documents")
    return there or framed(
        request,
        act,
        "work_programme/documents.html",
        item,
        papers=_by_role(act, item),
        decisions=decisions(act, item),
        paper=paper_words,
    )


def _by_role(act: Act, item: WorkItem) -> list[tuple[str, list[PaperRow]]]:
    rows = sorted(queries.papers_of(act, item), key=lambda row: ORDER.index(PaperRole(row.paper.role)))
    return [(role, list(some)) for role, some in groupby(rows, key=lambda row: row.paper.role)]


@pages.get("/wi/{name}/history")
def history(request: Request, act: Reading, name: str) -> Response:
    item = item_of(act, name)
    there = moved(request, name, item, "/history")
    return there or framed(
        request,
        act,
        "work_programme/history.html",
        item,
        lines=histories.lines(request, act, queries.history_of(act, item)),
        steps=queries.steps_of(act, item),
    )


@pages.get("/wi/{name}/form.docx")
def form(request: Request, act: Reading, name: str) -> Response:
    """The form A.1 or A.13 of the item as it stands."""
    item = item_of(act, name)
    there = moved(request, name, item, "/form.docx")
    if there is not None:
        return there
    words = words_of(act, item)
    return as_word(form_docx.write([words]), f"{words.sheet}-{queries.handle(item)}.docx")


def as_word(data: bytes, name: str) -> Response:
    """A Word file for download; its name in letters that every header bears."""
    plain = _NOT_IN_NAME.sub("-", name)
    headers = {"Content-Disposition": f'attachment; filename="{plain}"', "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type=MEDIA["docx"], headers=headers)


@pages.get("/wi/{name}")
def show(request: Request, act: Reading, name: str) -> Response:
    item = item_of(act, name)
    there = moved(request, name, item)
    return there or framed(
        request,
        act,
        "work_programme/show.html",
        item,
        supporters=queries.supporters_of(act.session, item),
        waiting=queries.waiting_for(act, item),
        asked_at=queries.meetings_by_id(act, [item.ipr_asked_meeting_id]).get(item.ipr_asked_meeting_id or 0),
        sees_contacts="members" in audiences(act.actor),
        approval=approval_of(act, item),
        liaisons=liaison_panels.of_item(act, item),
    )
