"""Notices of the service: `/api/v1/announcements`."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.announcements import actions, queries
from sgdocs.announcements.models import ServiceNotice
from sgdocs.announcements.queries import NoticeFilter
from sgdocs.announcements.schemas import NoticeForm, NoticeOut
from sgdocs.web.announcement_words import out
from sgdocs.web.announcing import forget
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.pages.announcements import InState, OfKind

api = APIRouter(prefix="/api/v1/announcements", tags=["announcements"])
Tongue = Annotated[str, Query(max_length=2, description="en, fr, es, ru, ar or zh; as the browser likes without it")]


@api.get("", response_model=list[NoticeOut], summary="Notices of the service")
def announcements(
    request: Request, act: Reading, asked: Paging, *, kind: OfKind = None, state: InState = None, language: Tongue = ""
) -> Response:
    """Maintenance, releases and news, the latest first; what is planned is for the secretariat."""
    rows, total = queries.after(act, NoticeFilter(kind, state), skip=asked.skip, limit=asked.limit + 1)

    def item(row: ServiceNotice) -> NoticeOut:
        return out(request, row, language)

    return listing(request, asked, rows, total=total, item=item, cursor=lambda _: (asked.skip + asked.limit,))


@api.get("/{id}", response_model=NoticeOut, summary="One notice")
def show(request: Request, act: Reading, id: int, language: Tongue = "") -> Response:
    return one(request, out(request, queries.by_id(act, id), language))


@api.post("", status_code=201, summary="Post a notice")
def post(request: Request, act: Writing, form: NoticeForm) -> NoticeOut:
    """For the secretariat. An instant without a zone is the time in Geneva."""
    return _kept(request, actions.post(act, form))


@api.put("/{id}", summary="Change a notice")
def edit(request: Request, act: Writing, id: int, form: NoticeForm) -> NoticeOut:
    """The notice as it shall be. 409 when it has changed since `version`, or has ended."""
    return _kept(request, actions.edit(act, queries.by_id(act, id), form))


@api.post("/{id}/end", summary="End a notice before its time")
def end(request: Request, act: Writing, id: int) -> NoticeOut:
    return _kept(request, actions.end(act, queries.by_id(act, id)))


def _kept(request: Request, row: ServiceNotice) -> NoticeOut:
    forget(request)
    return out(request, row)
