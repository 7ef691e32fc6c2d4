"""What people take along: the manifest of a meeting, and documents as one zip file, sent while it is written."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid
from sgdocs.base.rulebook import rule
from sgdocs.documents import listing, packing, paths
from sgdocs.documents.packing import Packed
from sgdocs.groups.rules import GroupKind
from sgdocs.meetings import agenda
from sgdocs.meetings import queries as meetings
from sgdocs.policy import READ_SCOPE, WRITE_SCOPE
from sgdocs.search.engine import BIGGEST_PAGE
from sgdocs.web import urls
from sgdocs.web.bundle_index import Bundle, pages_of
from sgdocs.web.caching import with_etag
from sgdocs.web.deps import ReadingFiles, Svc, now_of, visitor_of
from sgdocs.web.limits import limited
from sgdocs.web.manifests import manifest
from sgdocs.web.pages.discussion_records import annex_of
from sgdocs.web.pages.group_places import seen, today_of
from sgdocs.web.paper_lists import Filtered
from sgdocs.web.render import language_of
from sgdocs.web.searching import asked_of, documents_among
from sgdocs.web.zipping import Page, Stored, zipped

pages = APIRouter()

MOST = 1000
MOST_HITS = 500
Words = Annotated[str, Query(max_length=40_000)]
TOO_MANY = rule(
    "documents.bundle-size",
    "{found} documents are more than one bundle takes ({most}); narrow the list, or take a whole meeting.",
)
ZIP = "application/zip"


@pages.get("/meeting/{code}/manifest.json", dependencies=[limited("api")])
def manifest_of(request: Request, act: ReadingFiles, code: str) -> Response:
    """Every file of the meeting that the reader may read: path, size, SHA-256. 304 when nothing has changed."""
    meeting = meetings.by_code(act, code)
    told = manifest(meeting, packing.of_meeting(act, meeting), packing.withdrawn_of(act, meeting))
    return with_etag(request, Response(told, media_type="application/json"))


@pages.get("/meeting/{code}/bundle.zip", dependencies=[limited("bundle")])
def of_meeting(request: Request, act: ReadingFiles, services: Svc, code: str, filters: Filtered) -> Response:
    """All documents of a meeting, or those that its list shows with these filters (`?question=Q2/15`).

    All of them come with what was said there; a token for files opens files alone.
    """
    meeting = meetings.by_code(act, code)
    files = packing.of_meeting(act, meeting)
    if filters.asked:
        names = {row.name for row in listing.for_meeting(act, meeting, filters.filter(act))}
        files = [file for file in files if file.document in names]
    what = "-".join((meeting.code, *(value for _, value in sorted(filters.asked.items()))))
    about = Bundle(what, f"{meeting.code} {meeting.title}", f"{urls.meeting(meeting.code)}/documents")
    scopes = visitor_of(request).actor.scopes
    is_whole = not filters.asked and (scopes is None or not scopes.isdisjoint((READ_SCOPE, WRITE_SCOPE)))
    site = services.settings.public_url.rstrip("/")
    more = annex_of(act, meeting.id or 0, about.title, site) if is_whole else []
    return _sent(request, services, about, files, more)


@pages.get("/meeting/{code}/agenda/items/{item_id:int}/bundle.zip", dependencies=[limited("bundle")])
def of_item(request: Request, act: ReadingFiles, services: Svc, code: str, item_id: int) -> Response:
    """The documents under an agenda item and under what is below it."""
    meeting = meetings.by_code(act, code)
    item = agenda.item_of(act.session, meeting, item_id)
    files = packing.of_item(act, meeting, item)
    about = Bundle(
        f"{meeting.code}-item-{item.id}", f"{meeting.code}: {item.title}", f"{urls.meeting(meeting.code)}/agenda"
    )
    return _sent(request, services, about, files)


@pages.get("/group/{path:path}/bundle.zip", dependencies=[limited("bundle")])
def of_group(request: Request, act: ReadingFiles, services: Svc, path: str, filters: Filtered) -> Response:
    """The documents addressed to a Question or working party in its period; of another group, those it has numbered."""
    asked = seen(act.session, path, today_of(request))
    period = {"period_id": asked.period.id} if asked.period else {}
    if asked.group.kind in (GroupKind.QUESTION, GroupKind.WORKING_PARTY):
        wanted = replace(filters, question=asked.group.path).filter(act, **period)
    else:
        wanted = filters.filter(act, group_id=asked.group.id, **period)
    address = urls.group(asked.group.path)
    about = Bundle(asked.group.path.replace("/", "-"), asked.group.label, f"{address}/documents")
    return _sent(request, services, about, _listed(act, wanted))


@pages.get("/doc/bundle.zip", dependencies=[limited("bundle")])
def of_list(request: Request, act: ReadingFiles, services: Svc, filters: Filtered) -> Response:
    """The documents that the list shows with these filters, words searched for among them."""
    told = ", ".join(filters.asked.values()) or "sgdocs"
    about = Bundle("documents", told, urls.with_query("/doc", **filters.asked))
    return _sent(request, services, about, _listed(act, filters.filter(act)))


@pages.get("/search/bundle.zip", dependencies=[limited("bundle")])
def of_search(request: Request, act: ReadingFiles, services: Svc, q: Words = "") -> Response:
    """The documents among the first hits of a search (500), with the filters of its address."""
    names = documents_among(act, services.search, asked_of(request, q, size=BIGGEST_PAGE), most=MOST_HITS)
    rows = listing.found(act, listing.DocumentFilter(names=names), size=len(names)).rows if names else []
    about = Bundle("search", q[:200], "/search?" + request.url.query)
    return _sent(request, services, about, packing.of_documents(act, [row.id for row in rows]))


def _listed(act: Act, wanted: listing.DocumentFilter) -> list[Packed]:
    found = listing.found(act, wanted, size=MOST)
    if found.total > MOST:
        raise Invalid(TOO_MANY, found=found.total, most=MOST)
    return packing.of_documents(act, [row.id for row in found.rows])


def _sent(
    request: Request, services: Svc, about: Bundle, files: Sequence[Packed], more: Sequence[Page] = ()
) -> StreamingResponse:
    """The zip file of what is not overtaken; with `?earlier=yes` of all versions. No session is open while it is sent."""
    chosen = list(files) if request.query_params.get("earlier") == "yes" else packing.current(files)
    name, root = paths.component(about.name), services.settings.public_url.rstrip("/")
    made = pages_of(replace(about, address=root + about.address), chosen, language_of(request), now_of(request))
    stored = [Stored(file.path, file.sha256, file.posted_at) for file in chosen]
    return StreamingResponse(
        zipped(name, [*made, *more], stored, services.blobs, now_of(request)),
        media_type=ZIP,
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"'},
    )
