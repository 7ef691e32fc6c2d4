"""What became of the documents of a meeting: the list, entered from the row or in bulk, and as a file."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.documents import queries as documents
from sgdocs.documents.models import Document
from sgdocs.documents.rules import SHOWN
from sgdocs.i18n import N_
from sgdocs.policy import Permission, Scope, require
from sgdocs.proceedings import queries
from sgdocs.proceedings.actions import dispositions
from sgdocs.proceedings.outgoing import DispositionOut
from sgdocs.proceedings.schemas import BulkForm, DispositionForm
from sgdocs.web.agenda_places import Place, done, place_of, shown
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import language_of, see, wants_fragment

pages = APIRouter()
GroupPath = Annotated[str, Query(alias="group", max_length=120)]
DISPOSITIONS = {
    "document": "Document",
    "title": "Title",
    "source": "Source",
    "group": "Group",
    "outcome": "Disposition",
    "other": "Other document",
    "note": "Note",
    "version": "Version",
    "sha256": "SHA-256 of the original",
    "entered_at": "Entered",
}


@pages.get("/meeting/{code}/dispositions")
def disposition_list(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    there = place.moved(request, code, "/dispositions")
    return there or disposition_page(request, act, place)


def disposition_page(request: Request, act: Act, place: Place, *, status: int = 200, wrong: str = "") -> Response:
    rows = [row for row in documents.for_meeting(act, place.meeting) if row.status in SHOWN]
    results = {row.document.id: row for row in queries.dispositions(act, place.meeting, place.chosen)}
    return shown(
        request,
        "proceedings/dispositions.html",
        place,
        tail="/dispositions",
        status=status,
        rows=rows,
        results=results,
        wrong=wrong,
    )


@pages.get("/meeting/{code}/dispositions.{form}")
def dispositions_as(act: Reading, code: str, form: Export) -> Response:
    place = place_of(act, code)
    rows = [DispositionOut.of(row) for row in queries.dispositions(act, place.meeting)]
    return export(form, f"{place.meeting.code} dispositions", rows, DISPOSITIONS)


@pages.post("/meeting/{code}/dispositions")
def dispose(request: Request, act: Writing, code: str, given: Annotated[DispositionForm, Form()]) -> Response:
    """One document, from its row: htmx gets the cell anew, a browser the page it came from."""
    place = place_of(act, code, given.group)
    document = documents.by_name(act, given.document)
    wrong = _refused(request, act, lambda: dispositions.dispose(act, place.meeting, place.chosen, document, given))
    if not wants_fragment(request):
        if wrong:
            return disposition_page(request, act, place, status=422, wrong=f"{document.label}: {wrong}")
        return see(
            f"{place.at('/dispositions')}#{document.name}", notice=told(request, N_("The disposition is entered."))
        )
    return _cell(request, act, place, document, given=given, wrong=wrong)


def _refused(request: Request, act: Act, verb: Callable[[], object]) -> str:
    """Do it; what stands against it in the reader's language, "" when it is done."""
    try:
        with act.session.begin_nested():
            verb()
    except Refused as refused:
        return language_of(request).refusal(refused)
    return ""


def _cell(
    request: Request, act: Act, place: Place, document: Document, *, given: DispositionForm, wrong: str
) -> Response:
    result = next(
        (row for row in queries.dispositions(act, place.meeting, place.chosen) if row.document.id == document.id), None
    )
    typed = {"outcome": given.outcome.value, "other": given.other} if wrong else None
    return shown(
        request,
        "proceedings/_result.html",
        place,
        status=422 if wrong else 200,
        document=document,
        result=result,
        wrong=wrong,
        typed=typed,
    )


@pages.post("/meeting/{code}/dispositions/bulk")
def dispose_many(request: Request, act: Writing, code: str, filled: Filled[BulkForm]) -> Response:
    """One outcome for all that are marked; all or none."""
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    if not filled.ok or not tried(filled, act, lambda: _dispose_all(act, place, filled.value)):
        wrong = filled.errors.get("", "") or told(
            request, N_("Mark at least one document and choose what became of it.")
        )
        return disposition_page(request, act, place, status=422, wrong=next(iter(filled.errors.values()), wrong))
    return see(place.at("/dispositions"), notice=told(request, N_("The dispositions are entered.")))


def _dispose_all(act: Act, place: Place, form: BulkForm) -> None:
    for name in form.documents:
        document = documents.by_name(act, name)
        each = DispositionForm(document=name, outcome=form.outcome)
        dispositions.dispose(act, place.meeting, place.chosen, document, each)


@pages.post("/meeting/{code}/dispositions/{name}/removal")
def undo(
    request: Request, act: Writing, code: str, name: str, group: Annotated[str, Form(max_length=120)] = ""
) -> Response:
    place, document = place_of(act, code, group), documents.by_name(act, name)
    return done(
        request,
        act,
        lambda: dispositions.take_back(act, place.meeting, place.chosen, document),
        f"{place.at('/dispositions')}#{document.name}",
        N_("The disposition is taken back."),
    )
