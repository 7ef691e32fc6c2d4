"""Groups and study periods over the API: the filters of the page, the schemas of its exports."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.groups import actions, queries
from sgdocs.groups.listing import SORTS, GroupRow, listing
from sgdocs.groups.outgoing import GroupOut, PeriodOut, RecordOut, SeatOut
from sgdocs.groups.queries import by_path
from sgdocs.groups.records import record_of
from sgdocs.groups.schemas import AppointmentForm, GroupForm, TermForm
from sgdocs.people.queries import by_slug
from sgdocs.policy import Permission, Scope, require
from sgdocs.web import urls
from sgdocs.web.api._conventions import Paging, one
from sgdocs.web.api._conventions import listing as answer
from sgdocs.web.caching import require_match
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.pages.group_places import Seen, seen
from sgdocs.web.pages.groups import asked_for

api = APIRouter(prefix="/api/v1", tags=["groups"])

MOST = 10_000
Words = Annotated[str, Query(max_length=200)]
Several = Annotated[list[str], Query(max_length=40)]


@api.get("/periods")
def periods(request: Request, act: Reading, sector: Annotated[str, Query(max_length=1)] = "") -> Response:
    """The study periods, ITU-T's first, the latest first."""
    rows = [PeriodOut.of(row).model_dump(mode="json") for row in queries.periods(act.session, sector)]
    return one(request, {"items": rows, "total": len(rows)})


@api.get("/groups")
def groups(
    request: Request,
    act: Reading,
    asked: Paging,
    *,
    sector: Several = [],  # noqa: B006 FastAPI copies it
    kind: Several = [],  # noqa: B006
    period: Words = "",
    parent: Words = "",
    q: Words = "",
) -> Response:
    """Groups with the titles of today's periods, or of `period=T22`, or `period=all`. sort: kind, code or title."""
    sort = ("-" if asked.descending else "") + asked.require_sort(SORTS, "kind")
    wanted = asked_for(sector, kind, period, parent, q)
    page = listing(act.session, wanted, geneva_day(act.now), sort=sort, size=MOST)
    start = _after(page.rows, str(asked.after[0])) if asked.after else 0
    rows = page.rows[start : start + asked.limit + 1]
    return answer(request, asked, rows, total=page.total, item=GroupOut.of, cursor=lambda row: (row.group.path,))


def _after(rows: Sequence[GroupRow], path: str) -> int:
    """How many rows come up to and with the group of a cursor."""
    place = next((n for n, row in enumerate(rows) if row.group.path == path), None)
    return place + 1 if place is not None else invalid("cursor", path, "Take it from “next” of the page before.")


@api.get("/groups/{path:path}/people")
def people(request: Request, act: Reading, path: str) -> Response:
    """Who has, or had, a role in the group: officers for everybody, delegates and guests for members."""
    group = by_path(act.session, path)
    rows = [SeatOut.of(seat).model_dump(mode="json") for seat in queries.seats(act, group)]
    return one(request, {"items": rows, "total": len(rows)})


@api.get("/groups/{path:path}")
def group(request: Request, act: Reading, path: str, fields: Words = "") -> Response:
    """One group by path or as people write it: `T/SG15`, `R/WP5D`, `T/SG15/T25/Q2`, `SG15/Q2`, `5D`; `SG15/T22` as it was."""
    return one(request, _record(act, seen(act.session, path, geneva_day(act.now))), fields)


def _record(act: Act, asked: Seen) -> RecordOut:
    return RecordOut.of(record_of(act.session, asked.group, geneva_day(act.now), period=asked.period))


@api.post("/groups", status_code=201)
def establish(act: Writing, form: GroupForm, response: Response) -> dict[str, str]:
    """Set up a group; answers with its path."""
    row = actions.establish(act, form)
    response.headers["Location"] = f"/api/v1/groups/{row.path}"
    return {"path": row.path, "address": urls.group(row.path)}


@api.put("/groups/{path:path}/terms")
def rename(request: Request, act: Writing, path: str, form: TermForm) -> dict[str, str]:
    """Write title and mandate for one period. `If-Match` takes the ETag of the group."""
    row = by_path(act.session, path)
    require_match(request, one(request, _record(act, Seen(row))).headers["ETag"])
    term = actions.rename(act, row, form)
    return {"path": row.path, "period": form.period, "title": term.title}


@api.post("/groups/{path:path}/people", status_code=201)
def appoint(act: Writing, services: Svc, path: str, form: AppointmentForm) -> dict[str, object]:
    """Give a person a role in the group. `accept` lets a term beyond the practice pass."""
    group = by_path(act.session, path)
    require(act.actor, Permission.APPOINT, Scope(group.path))  # before it shows who is there
    days = form.model_dump(include={"starts_on", "ends_on", "note", "accept"})
    most = services.settings.officer_terms
    row = actions.appoint(act, by_slug(act, form.person), form.role, group, **days, most_terms=most)
    return {"id": row.id, "role": row.role, "person": form.person, "starts_on": row.starts_on.isoformat()}
