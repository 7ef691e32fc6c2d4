"""Pages of groups: the list by Sector and period, a group, its people, its history. Everybody may read them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.base.paging import Page
from sgdocs.base.text import clean
from sgdocs.groups import queries
from sgdocs.groups.listing import EVERY_PERIOD, GroupFilter, GroupRow, listing
from sgdocs.groups.models import StudyPeriod
from sgdocs.groups.outgoing import GroupOut, RecordOut, SeatOut
from sgdocs.groups.queries import Seat
from sgdocs.groups.records import Record, record_of
from sgdocs.groups.roles import is_in_force
from sgdocs.groups.rules import SECTORS, GroupKind
from sgdocs.i18n import N_
from sgdocs.journal.record import history_of
from sgdocs.liaison.bodies import Envoy, envoys
from sgdocs.policy import Permission, Scope, may, reads
from sgdocs.recommendations.listing import Row, for_group
from sgdocs.web import history as histories
from sgdocs.web import urls
from sgdocs.web.caching import with_etag
from sgdocs.web.deps import Reading, visitor_of
from sgdocs.web.exports import Export, export
from sgdocs.web.pages.group_places import Seen, moved, seen, today_of
from sgdocs.web.render import page
from sgdocs.web.roles import word_of

pages = APIRouter()

MOST = 1000
KINDS = {
    GroupKind.STUDY_GROUP: N_("Study groups"),
    GroupKind.ADVISORY_GROUP: N_("Advisory groups"),
    GroupKind.WORKING_PARTY: N_("Working parties"),
    GroupKind.QUESTION: N_("Questions"),
    GroupKind.RAPPORTEUR_GROUP: N_("Rapporteur groups"),
    GroupKind.JOINT_GROUP: N_("Joint rapporteur groups"),
    GroupKind.TASK_GROUP: N_("Task groups"),
    GroupKind.FOCUS_GROUP: N_("Focus groups"),
    GroupKind.JCA: N_("Joint coordination activities"),
    GroupKind.REGIONAL_GROUP: N_("Regional groups"),
    GroupKind.IRG: N_("Intersector rapporteur groups"),
    GroupKind.CORRESPONDENCE: N_("Correspondence groups"),
    GroupKind.AD_HOC: N_("Ad hoc groups"),
    GroupKind.COLLABORATIVE_TEAM: N_("Collaborative teams"),
    GroupKind.COMMITTEE: N_("Committees"),
}
KIND = {
    GroupKind.STUDY_GROUP: N_("Study group"),
    GroupKind.ADVISORY_GROUP: N_("Advisory group"),
    GroupKind.WORKING_PARTY: N_("Working party"),
    GroupKind.QUESTION: N_("Question"),
    GroupKind.RAPPORTEUR_GROUP: N_("Rapporteur group"),
    GroupKind.JOINT_GROUP: N_("Joint rapporteur group"),
    GroupKind.TASK_GROUP: N_("Task group"),
    GroupKind.FOCUS_GROUP: N_("Focus group"),
    GroupKind.JCA: N_("Joint coordination activity"),
    GroupKind.REGIONAL_GROUP: N_("Regional group"),
    GroupKind.IRG: N_("Intersector rapporteur group"),
    GroupKind.CORRESPONDENCE: N_("Correspondence group"),
    GroupKind.AD_HOC: N_("Ad hoc group"),
    GroupKind.COLLABORATIVE_TEAM: N_("Collaborative team"),
    GroupKind.COMMITTEE: N_("Committee"),
}
COLUMNS = {
    "path": "Path",
    "label": "Group",
    "sector": "Sector",
    "kind": "Kind",
    "title": "Title",
    "title_confirmed": "Title confirmed",
    "period": "Period",
    "parent": "Parent",
    "starts_on": "From",
    "ends_on": "Until",
}
SEAT_COLUMNS = {
    "role": "Role",
    "group": "Group",
    "name": "Name",
    "organisation": "Organisation",
    "starts_on": "From",
    "ends_on": "Until",
    "note": "Note",
}
Words = Annotated[str, Query(max_length=200)]
Several = Annotated[list[str], Query(max_length=40)]


def asked_for(sector: list[str], kind: list[str], period: str, parent: str, q: str) -> GroupFilter:
    """The filter of a list, page or API; Invalid names the field that cannot be read."""
    sectors = tuple(each for each in sector if each)
    kinds = tuple(each for each in kind if each)
    for each in sectors:
        if each not in SECTORS:
            invalid("sector", each, "T, R or D.")
    for each in kinds:
        if each not in set(GroupKind):
            invalid("kind", each, ", ".join(GroupKind) + ".")
    return GroupFilter(sectors, kinds, period, clean(parent), clean(q))


@dataclass(frozen=True)
class Part:
    """One heading of the list with its rows."""

    sector: str
    kind: str
    rows: list[GroupRow]


@pages.get("/group")
def index(
    request: Request,
    act: Reading,
    *,
    sector: Several = [],  # noqa: B006 FastAPI copies it
    kind: Several = [],  # noqa: B006
    period: Words = "",
    parent: Words = "",
    q: Words = "",
) -> Response:
    wanted = asked_for(sector, kind, period, parent, q)
    found = listing(act.session, wanted, today_of(request), size=MOST)
    asked = {"sector": wanted.sectors, "kind": wanted.kinds, "period": period, "parent": parent, "q": q}
    parts = groupby(found.rows, key=lambda row: (row.group.sector, row.group.kind))
    return page(
        request,
        "groups/index.html",
        fragment="rows",
        found=found,
        parts=[Part(of_sector, of_kind, list(rows)) for (of_sector, of_kind), rows in parts],
        asked=asked,
        files=urls.with_query("", **asked).removeprefix("?"),
        periods=queries.periods(act.session),
        every_period=EVERY_PERIOD,
        kinds=KINDS,
        sector_names=SECTORS,
    )


@pages.get("/group.{form}")
def index_as(
    request: Request,
    act: Reading,
    form: Export,
    *,
    sector: Several = [],  # noqa: B006
    kind: Several = [],  # noqa: B006
    period: Words = "",
    parent: Words = "",
    q: Words = "",
) -> Response:
    """The same list as a file."""
    wanted = asked_for(sector, kind, period, parent, q)
    found = listing(act.session, wanted, today_of(request), size=MOST)
    return export(form, "groups", [GroupOut.of(row) for row in found.rows], COLUMNS, total=found.total)


@pages.get("/group/{path:path}/people")
def people(request: Request, act: Reading, path: str) -> Response:
    asked = seen(act.session, path, today_of(request))
    there = moved(request, asked, path, "/people")
    if there is not None:
        return there
    record = record_of(act.session, asked.group, today_of(request), period=asked.period)
    now, before = _by_time(queries.seats(act, asked.group), record.seen_on)
    own = asked.group.id
    context = GroupPage(
        asked,
        record,
        now=now,
        before=before,
        below=[s for s in record.officers if s.group and s.group.id != own],
        envoys=envoys(act.session, group_id=own),
    )
    return framed(request, "groups/people.html", context)


@pages.get("/group/{path:path}/recommendations")
def recommendations(
    request: Request, act: Reading, path: str, *, number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1
) -> Response:
    """The Recommendations that the group maintains today; those of a part are its study group's."""
    asked = seen(act.session, path, today_of(request))
    there = moved(request, asked, path, "/recommendations")
    if there is not None:
        return there
    record = record_of(act.session, asked.group, today_of(request), period=asked.period)
    keeper = queries.audience_of(act.session, asked.group)
    found = for_group(act, keeper, number=number)
    return framed(request, "groups/recommendations.html", GroupPage(asked, record, texts=found, keeper=keeper))


@pages.get("/group/{path:path}/people.{form}")
def people_as(request: Request, act: Reading, path: str, form: Export) -> Response:
    """Everybody who has, or had, a role in the group, as far as the reader may see them."""
    asked = seen(act.session, path, today_of(request))
    rows = [SeatOut.of(seat) for seat in queries.seats(act, asked.group)]
    return export(form, f"{asked.group.label} people", rows, SEAT_COLUMNS)


@pages.get("/group/{path:path}/history")
def history(request: Request, act: Reading, path: str) -> Response:
    asked = seen(act.session, path, today_of(request))
    there = moved(request, asked, path, "/history")
    if there is not None:
        return there
    record = record_of(act.session, asked.group, today_of(request), period=asked.period)
    entries = [e for e in history_of(act.session, "group", [asked.group.id or 0]) if reads(act.actor, e.audience)]
    return framed(
        request, "groups/history.html", GroupPage(asked, record, lines=histories.lines(request, act, entries))
    )


@pages.get("/group/{path:path}.json")
def show_as_json(request: Request, act: Reading, path: str) -> Response:
    """One group, with the schema of the API."""
    asked = seen(act.session, path, today_of(request))
    there = moved(request, asked, path, ".json")
    return there or with_etag(request, JSONResponse(record_json(act, asked, today_of(request))))


@pages.get("/group/{path:path}")
def show(request: Request, act: Reading, path: str) -> Response:
    asked = seen(act.session, path, today_of(request))
    there = moved(request, asked, path)
    if there is not None:
        return there
    record = record_of(act.session, asked.group, today_of(request), period=asked.period)
    return framed(request, "groups/show.html", GroupPage(asked, record))


def record_json(act: Act, asked: Seen, on: date) -> dict[str, object]:
    record = record_of(act.session, asked.group, on, period=asked.period)
    return RecordOut.of(record).model_dump(mode="json")


@dataclass(frozen=True)
class GroupPage:
    """What the pages of one group show. now, before: its roles; below: offices in its parts; envoys: liaison officers on either side; keeper: path of the
    study group whose Recommendations `texts` are."""

    asked: Seen
    record: Record
    now: list[Seat] | None = None
    before: list[Seat] | None = None
    below: list[Seat] | None = None
    envoys: list[Envoy] | None = None
    lines: list[histories.Line] | None = None
    texts: Page[Row] | None = None
    keeper: str = ""

    @property
    def parts(self) -> list[tuple[str, list[GroupRow]]]:
        """The groups under this one, by kind."""
        by_kind = groupby(self.record.children, key=lambda row: row.group.kind)
        return [(kind, list(rows)) for kind, rows in by_kind]

    @property
    def own_officers(self) -> list[Seat]:
        return [seat for seat in self.record.officers if seat.group and seat.group.id == self.asked.group.id]

    def page_address(self, number: int) -> str:
        """Of one page of the Recommendations."""
        return urls.with_query(f"{self.asked.address}/recommendations", page=number if number > 1 else None)

    def address_in(self, period: StudyPeriod) -> str:
        return Seen(self.asked.group, period).address


def framed(request: Request, template: str, context: GroupPage, **more: Any) -> Response:
    """A page with the head of one group; it extends `groups/_frame.html`."""
    group = context.asked.group
    actor, scope = visitor_of(request).actor, Scope(group.path)
    return page(
        request,
        template,
        it=context,
        group=group,
        kind=KIND,
        kinds=KINDS,
        role=word_of,
        may_manage=may(actor, Permission.MANAGE_GROUPS, scope),
        may_appoint=may(actor, Permission.APPOINT, scope),
        **more,
    )


def _by_time(seats: list[Seat], on: date) -> tuple[list[Seat], list[Seat]]:
    """Those in force (or yet to begin), and those that are past."""
    past = [s for s in seats if s.appointment.ends_on is not None and s.appointment.ends_on < on]
    held = [s for s in seats if s not in past]
    now = sorted(held, key=lambda s: not is_in_force(s.appointment.starts_on, s.appointment.ends_on, on))
    return now, past
