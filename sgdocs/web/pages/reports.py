"""The report of a group at a meeting: read, written section by section, taken as a Word file, posted; outputs moved."""

import io
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.i18n import N_
from sgdocs.meetings import queries as meetings
from sgdocs.policy import Permission, Scope, require
from sgdocs.proceedings import queries
from sgdocs.proceedings.actions import outputs, reports
from sgdocs.proceedings.facts import is_rapporteur_meeting
from sgdocs.proceedings.rules import REPORT_CHANGED, digest_of
from sgdocs.proceedings.schemas import OutputForm, SectionId, WritingForm, Written
from sgdocs.storage.store import Blob, BlobStore
from sgdocs.web import urls
from sgdocs.web.agenda_places import Place, place_of, shown
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.agenda import file_answer
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import language_of, see

pages = APIRouter()
GroupPath = Annotated[str, Query(alias="group", max_length=120)]


class SectionForm(BaseModel):
    """One section as it was written. seen: digest of its text when the form was opened."""

    group: Annotated[str, Query(max_length=120)] = ""
    section: SectionId
    text: Written = ""
    seen: Annotated[str, Query(max_length=64)] = ""


@pages.get("/meeting/{code}/report")
def show(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    there = place.moved(request, code, "/report")
    return there or report_page(request, act, place)


def report_page(
    request: Request,
    act: Act,
    place: Place,
    *,
    status: int = 200,
    filled: Filled[Any] | None = None,
    clash: dict[str, str] | None = None,
) -> Response:
    """clash: section -> what somebody typed while another text came in; both are shown."""
    queries.require_readable(act, place.meeting)
    row = reports.begun(act, place.meeting, place.chosen)
    posted = queries.documents_of(act, [row.document_id]).get(row.document_id or 0)
    papers = _outputs(act, place)
    return shown(
        request,
        "proceedings/report.html",
        place,
        tail="/report",
        status=status,
        report=row,
        title=reports.title_of(place.chosen, row),
        sections=reports.sections_of(act, place.meeting, place.chosen, row),
        digest=digest_of,
        clash=clash or {},
        posted=posted,
        papers=papers,
        moved=outputs.moved_to(act, [paper.id for paper in papers]),
        parent=meetings.parent_of(act, place.meeting),
        filled=filled or blank(),
    )


def _outputs(act: Act, place: Place) -> list[documents.DocumentRow]:
    """Documents of a rapporteur meeting that may be moved to the meeting above."""
    if not (place.may_keep and is_rapporteur_meeting(place.meeting)):
        return []
    return [row for row in documents.for_meeting(act, place.meeting) if row.status == "posted"]


@pages.get("/meeting/{code}/report.docx")
def download(act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    queries.require_readable(act, place.meeting)
    row = reports.begun(act, place.meeting, place.chosen)
    data = reports.file_of(act, place.meeting, place.chosen, row)
    return file_answer(data, f"{place.meeting.code}-{place.chosen.code}-report.docx")


@pages.post("/meeting/{code}/report")
def write(request: Request, act: Writing, code: str, filled: Filled[SectionForm]) -> Response:
    """Keep one section; 409 with both texts when somebody else wrote in it meanwhile."""
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    if not filled.ok:
        clash = {filled.first("section"): filled.first("text")}
        return report_page(request, act, place, status=422, filled=filled, clash=clash)
    given = filled.value
    form = WritingForm(sections={given.section: given.text}, version=0, seen={given.section: given.seen})
    try:
        reports.write(act, place.meeting, place.chosen, form)
    except Conflict as refused:
        if refused.rule is not REPORT_CHANGED:
            raise
        filled.refused(refused)
        return report_page(request, act, place, status=409, filled=filled, clash={given.section: given.text})
    back = f"{place.at('/report')}#{given.section}"
    return see(back, notice=told(request, N_("The section is kept.")))


@pages.post("/meeting/{code}/report/document")
def post(
    request: Request, act: Writing, services: Svc, code: str, group: Annotated[str, Form(max_length=120)] = ""
) -> Response:
    """File the report as a document of the meeting."""
    place = place_of(act, code, group)
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    filled: Filled[Any] = Filled(request=request)
    made: list[Document] = []
    put = putting(services.blobs)
    if not tried(filled, act, lambda: made.append(reports.post(act, place.meeting, place.chosen, put))):
        return report_page(request, act, place, status=422, filled=filled)
    words = language_of(request).sentence(N_("The report is posted as {label}."), {"label": made[0].label})
    return see(urls.document(made[0].name), notice=words)


def putting(blobs: BlobStore) -> reports.Put:
    """What keeps bytes in the blob store."""

    def put(data: bytes) -> Blob:
        return blobs.put(io.BytesIO(data))

    return put


@pages.post("/meeting/{code}/outputs")
def move(request: Request, act: Writing, code: str, filled: Filled[OutputForm]) -> Response:
    """Move an output of a rapporteur meeting to the meeting above as a TD."""
    place = place_of(act, code)
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.own.path))
    made: list[Document] = []
    if not filled.ok or not tried(filled, act, lambda: made.append(moved(act, place, filled.value))):
        return report_page(request, act, place, status=422, filled=filled)
    words = language_of(request).sentence(N_("It stands at the meeting above as {label}."), {"label": made[0].label})
    return see(urls.document(made[0].name), notice=words)


def moved(act: Act, place: Place, form: OutputForm) -> Document:
    document = documents.by_name(act, form.document)
    parent = meetings.by_code(act, form.parent) if form.parent else None
    return outputs.move_output(act, place.meeting, document, parent)
