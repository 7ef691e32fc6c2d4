"""Pages of agendas: one group's at a time, as page, JSON, Word file and calendar; an item; the allotment of a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from sgdocs.base.act import Act
from sgdocs.discussions.queries import at_items
from sgdocs.documents import allocations
from sgdocs.documents import queries as documents
from sgdocs.documents.allocations import Placed
from sgdocs.documents.models import AllotmentRule, Document
from sgdocs.documents.rules import shown_title
from sgdocs.groups.models import Group
from sgdocs.meetings import agenda as agendas
from sgdocs.meetings import entering
from sgdocs.meetings import queries as meetings
from sgdocs.meetings.agenda import GroupAgenda, Row
from sgdocs.meetings.agenda_templates import NAMES, default_for
from sgdocs.meetings.models import AgendaItem
from sgdocs.policy import Permission, Scope, may, require
from sgdocs.proceedings import docx, queries
from sgdocs.proceedings.agenda_work import Line, lines_of
from sgdocs.proceedings.facts import is_rapporteur_meeting
from sgdocs.proceedings.queries import DispositionRow
from sgdocs.web import urls
from sgdocs.web.agenda_feed import feed_of
from sgdocs.web.agenda_outgoing import agenda_out
from sgdocs.web.agenda_places import Place, place_of, shown
from sgdocs.web.approval_of_item import texts_under
from sgdocs.web.caching import with_etag
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.forms import Filled, blank
from sgdocs.web.own_marks import OwnMarks, own_marks
from sgdocs.web.proceeding_words import ITEM_KINDS
from sgdocs.workspace.queries import kept_among

pages = APIRouter()
GroupPath = Annotated[str, Query(alias="group", max_length=120)]


@dataclass(frozen=True)
class AgendaPage:
    """under: documents by id of their item; results: dispositions by id of the document; work: what is to be decided, by
    the kind of item."""

    agenda: GroupAgenda
    under: dict[int, list[Placed]]
    results: dict[int, DispositionRow]
    work: Mapping[str, Sequence[Line]]

    def papers(self, row: Row) -> list[Placed]:
        return self.under.get(row.item.id or 0, [])

    def lines(self, row: Row) -> Sequence[Line]:
        """Texts and items to be decided under the item: under the first of its kind alone."""
        first = next((each for each in self.agenda.rows if each.item.kind == row.item.kind), None)
        return self.work.get(row.item.kind, ()) if first is row else ()


def agenda_page(act: Act, place: Place) -> AgendaPage:
    """The agenda of the chosen group with its documents. Costs up to ten queries."""
    results = queries.dispositions(act, place.meeting, place.chosen)
    return AgendaPage(
        agendas.agenda_of(act.session, place.meeting, place.chosen),
        allocations.placed(act, place.meeting),
        {row.document.id or 0: row for row in results},
        lines_of(act, place.meeting, place.chosen),
    )


@pages.get("/meeting/{code}/agenda")
def show(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    there = place.moved(request, code, "/agenda")
    return there or agenda_shown(request, act, place)


def agenda_shown(
    request: Request, act: Act, place: Place, *, status: int = 200, filled: Filled[Any] | None = None
) -> Response:
    """The page of an agenda; filled: the form of a new item as it was typed."""
    told = agenda_page(act, place)
    template = default_for(
        place.chosen.kind, place.meeting.sector, is_rapporteur_meeting=is_rapporteur_meeting(place.meeting)
    )
    return shown(
        request,
        "agenda/show.html",
        place,
        ways=entering.ways_in(act, place.meeting),
        status=status,
        told=told,
        filled=filled or blank({"sequence": told.agenda.sequence}),
        templates=NAMES,
        usual=template,
        unplaced=allocations.unplaced(act, place.meeting) if place.may_allot else [],
        silent=allocations.questions_without_papers(act, place.meeting) if place.may_edit else [],
        gone=agendas.restorable(act.session, place.meeting, place.chosen, act.now) if place.may_edit else [],
        kinds=ITEM_KINDS,
        said=at_items(act, [row.item.id or 0 for row in told.agenda.rows]) if act.actor.is_known else {},
        title_of=lambda document: shown_title(document.status, document.title),
        own=_own(act, place, told),
        own_items=kept_among(act, "agenda", [row.item.id for row in told.agenda.rows]),
    )


def _own(act: Act, place: Place, told: AgendaPage) -> OwnMarks | None:
    """What the reader keeps of the documents, and what changed since they looked; of the meeting too."""
    ids = [each.document.id for papers in told.under.values() for each in papers]
    meeting = place.meeting.id or 0
    around = [("meeting", meeting), *(("agenda_item", row.item.id or 0) for row in told.agenda.rows)]
    return own_marks(act, "document", ids, f"agenda:{meeting}:{place.chosen.id}", around=around)


@pages.get("/meeting/{code}/agenda.json")
def show_as_json(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    return with_etag(request, JSONResponse(agenda_out(agenda_page(act, place), place)))


@pages.get("/meeting/{code}/agenda.docx")
def show_as_docx(act: Reading, code: str, path: GroupPath = "") -> Response:
    """The agenda to be printed, with the documents that the reader may read."""
    place = place_of(act, code, path)
    told = agenda_page(act, place)
    rows = [_printed(row, told) for row in told.agenda.rows]
    meeting = place.meeting
    title = f"Agenda of {place.chosen.label}"
    lines = [
        meeting.title,
        f"{meeting.place}, {meeting.starts_on.isoformat()} to {meeting.ends_on.isoformat()}".strip(", "),
    ]
    data = docx.list_file(title, lines, ("Item", "Title", "Documents"), rows)
    name = f"{meeting.code}-{place.chosen.code}-agenda.docx"
    return file_answer(data, name)


def file_answer(data: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return Response(data, media_type=docx.MEDIA, headers=headers)


def _printed(row: Row, told: AgendaPage) -> tuple[str, str, str]:
    title = f"{row.item.title}\n{row.item.note}" if row.item.note else row.item.title
    texts = [f"{line.name}, {line.title}" for line in told.lines(row)]
    return row.number, title, "\n".join([*(each.document.label_now for each in told.papers(row)), *texts])


@pages.get("/meeting/{code}/agenda.ics")
def show_as_ics(act: Reading, services: Svc, code: str, path: GroupPath = "") -> Response:
    """The sittings of the group, each with the items that are taken in it."""
    place = place_of(act, code, path)
    told = agendas.agenda_of(act.session, place.meeting, place.chosen)
    data = feed_of(act, place, told, services.settings.public_url)
    return Response(data, media_type="text/calendar; charset=utf-8")


@pages.get("/meeting/{code}/agenda/items/{item_id:int}")
def item(request: Request, act: Reading, code: str, item_id: int) -> Response:
    row, place = item_place(act, code, item_id)
    there = place.moved(request, code, f"/agenda/items/{item_id}")
    return there or item_shown(request, act, place, row)


def item_place(act: Act, code: str, item_id: int, *, deleted: bool = False) -> tuple[AgendaItem, Place]:
    """An item with the group in whose agenda it stands."""
    meeting = meetings.by_code(act, code)
    row = agendas.item_of(act.session, meeting, item_id, deleted=deleted)
    group = act.session.get_one(Group, row.group_id)
    return row, place_of(act, code, group.path)


def item_shown(
    request: Request, act: Act, place: Place, row: AgendaItem, *, status: int = 200, filled: Filled[Any] | None = None
) -> Response:
    told = agenda_page(act, place)
    this = next((each for each in told.agenda.rows if each.item.id == row.id), None)
    sittings = [s for s in meetings.sittings_of(act.session, place.meeting) if s.cancelled_at is None]
    start = {
        "title": row.title,
        "kind": row.kind,
        "note": row.note,
        "question": this.question.path if this and this.question else "",
        "sitting": row.sitting_id,
        "sequence": told.agenda.sequence,
    }
    return shown(
        request,
        "agenda/item.html",
        place,
        status=status,
        told=told,
        row=this,
        item=row,
        filled=filled or blank(start),
        kinds=ITEM_KINDS,
        sittings=sittings,
        texts=texts_under(act, place.meeting, [each.document for each in told.papers(this)] if this else []),
        title_of=lambda document: shown_title(document.status, document.title),
    )


@pages.get("/meeting/{code}/agenda/documents/{name}")
def allotted(request: Request, act: Reading, code: str, name: str) -> Response:
    """Where a document stands and why, and the form to put it elsewhere."""
    document = documents.by_name(act, name)
    place = place_of(act, code)
    return allotment_shown(request, act, place, document)


@dataclass(frozen=True)
class Spot:
    """One place of a document. group: whose agenda; number: of the item there."""

    placed: Placed
    group: Group
    row: Row
    may_allot: bool


def allotment_shown(
    request: Request,
    act: Act,
    place: Place,
    document: Document,
    *,
    status: int = 200,
    filled: Filled[Any] | None = None,
) -> Response:
    every = agendas.agendas(act.session, place.meeting, place.groups)
    under = allocations.placed(act, place.meeting)
    allowed = {g.id for g in place.groups if may(act.actor, Permission.ALLOT, Scope(g.path))}
    spots = [
        Spot(each, agenda.group, row, agenda.group.id in allowed)
        for agenda in every
        for row in agenda.rows
        for each in under.get(row.item.id or 0, [])
        if each.document.id == document.id
    ]
    return shown(
        request,
        "agenda/document.html",
        place,
        status=status,
        document=document,
        spots=spots,
        choices=[agenda for agenda in every if agenda.group.id in allowed and agenda.rows],
        features=allocations.features_of(document),
        filled=filled or blank({"is_primary": "true"}),
        title_of=lambda document: shown_title(document.status, document.title),
    )


@dataclass(frozen=True)
class KeptRule:
    rule: AllotmentRule
    group: Group


@pages.get("/meeting/{code}/agenda/rules")
def rules(request: Request, act: Reading, code: str) -> Response:
    """The corrections that the groups of the meeting keep; for those who allot."""
    place = place_of(act, code)
    allowed = [g for g in place.groups if may(act.actor, Permission.ALLOT, Scope(g.path))]
    if not allowed:
        require(act.actor, Permission.ALLOT, Scope(place.own.path))
    found = allocations.kept_rules(act.session, [g.id or 0 for g in allowed])
    rows = [KeptRule(rule, group) for rule in found if (group := place.group(rule.group_id)) is not None]
    return shown(request, "agenda/rules.html", place, rows=rows, address=urls.meeting(place.meeting.code))
