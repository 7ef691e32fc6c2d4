"""What is one's own: kept things, what changed since one looked, saved searches, lists, the delegation: `/api/v1/me/…`."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.errors import missing
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.api.notices import mine
from sgdocs.web.deps import Reading, Svc, Who, Writing
from sgdocs.web.limits import limited
from sgdocs.web.workspace_filters import Filtered
from sgdocs.web.workspace_rows import cover_out, hit_out, kept_out, on_list_out, search_out
from sgdocs.workspace import actions, delegation, queries, tracking
from sgdocs.workspace.kinds import KINDS, thing_of
from sgdocs.workspace.queries import KeptRow
from sgdocs.workspace.rules import Alert
from sgdocs.workspace.schemas import (
    CoverOut,
    HitOut,
    KeepForm,
    KeptOut,
    ListForm,
    LookForm,
    SearchForm,
    SearchOut,
)
from sgdocs.workspace.since import since

api = APIRouter(prefix="/api/v1/me", tags=["workspace"])
Place = Annotated[str, Query(min_length=1, max_length=120)]


class ListOut(BaseModel):
    id: int
    name: str
    rules: list[SearchOut]


class ThingForm(BaseModel):
    """is_out: taken off, though a rule finds it."""

    is_out: bool = False


class AlertForm(BaseModel):
    often: Alert


def _items(request: Request, rows: list[BaseModel]) -> Response:
    return one(request, {"items": [row.model_dump(mode="json") for row in rows], "total": len(rows)})


# Kept things


@api.get("/kept", response_model=list[KeptOut], summary="What I keep")
def kept(request: Request, act: Reading, visitor: Who, asked: Paging, which: Filtered) -> Response:
    """Favourites, stances and notes, the newest change first."""
    mine(visitor)
    start = asked.after[0] if asked.after and isinstance(asked.after[0], int) and asked.after[0] > 0 else 0
    found = queries.listing(act, which, size=queries.MOST)
    rows = list(enumerate(found.rows))[start : start + asked.limit + 1]

    def item(row: tuple[int, KeptRow]) -> KeptOut:
        return kept_out(act, row[1])

    return listing(request, asked, rows, total=found.total, item=item, cursor=lambda row: (row[0] + 1,))


@api.get("/kept/{kind}/{id}", response_model=KeptOut, summary="What I keep of a thing")
def kept_of(request: Request, act: Reading, visitor: Who, kind: str, id: int) -> Response:
    mine(visitor)
    thing = thing_of(act, kind, id)
    row = queries.kept(act, kind, id) or missing("kept thing", f"{kind} {id}")
    return one(request, kept_out(act, queries.row_of(row, thing)))


@api.put("/kept/{kind}/{id}", response_model=KeptOut, summary="Keep a thing")
def keep(request: Request, act: Writing, visitor: Who, *, kind: str, id: int, form: KeepForm) -> Response:
    """kind: document, family, item, statement, agenda. A form that says nothing lets it go, and answers 204."""
    mine(visitor)
    row = actions.keep(act, kind, id, form)
    if row is None:
        return Response(status_code=204)
    return one(request, kept_out(act, queries.row_of(row, thing_of(act, kind, id))))


@api.delete("/kept/{kind}/{id}", status_code=204, summary="Keep nothing of a thing")
def let_go(act: Writing, visitor: Who, kind: str, id: int) -> None:
    mine(visitor)
    actions.let_go(act, kind, id)


# Since I last looked


@api.get("/looked", summary="What changed at a place since I looked")
def looked(
    request: Request,
    act: Reading,
    visitor: Who,
    *,
    place: Place,
    kind: Annotated[str, Query(max_length=20)],
    id: Annotated[list[int], Query(max_length=1000)],
) -> Response:
    """place: `documents`, `meeting:4`, `document:12` …; kind and id: of the rows that it shows."""
    mine(visitor)
    of = KINDS.get(kind) or missing("kind", kind)
    told = since(act, place, of.subject, id)
    changes: dict[str, Any] = {str(row): list(some) for row, some in told.changes.items()} if told else {}
    at = told.at.isoformat() if told and told.at else None
    return one(request, {"place": place, "at": at, "position": told.position if told else 0, "changes": changes})


@api.put("/looked", summary="Mark a place as read")
def look(request: Request, act: Writing, visitor: Who, form: LookForm) -> Response:
    """Never goes back: of two devices the one that saw more counts."""
    mine(visitor)
    row = actions.look(act, form.place, form.position)
    return one(request, {"place": row.place, "at": row.at.isoformat(), "position": row.position})


# Saved searches


@api.get("/searches", response_model=list[SearchOut], summary="My saved searches")
def searches(request: Request, act: Reading, visitor: Who) -> Response:
    """With the rules of my lists; `unknown` names fields that no longer exist."""
    mine(visitor)
    return _items(request, [search_out(act, row) for row in tracking.searches(act, of_lists=True)])


@api.post("/searches", response_model=SearchOut, status_code=201, summary="Save a search")
def save_search(act: Writing, visitor: Who, form: SearchForm) -> SearchOut:
    mine(visitor)
    return search_out(act, actions.save_search(act, form))


@api.get("/searches/{id}/hits", response_model=list[HitOut], summary="What a saved search finds now")
def hits(request: Request, act: Reading, visitor: Who, services: Svc, id: int) -> Response:
    mine(visitor)
    found = tracking.found_by(act, services, tracking.search(act, id))
    rows = [hit_out(act, each, is_new=each.key in found.new) for each in found.hits.rows]
    told = [row.model_dump(mode="json") for row in rows]
    return one(request, {"items": told, "total": found.hits.total, "unavailable": found.hits.unavailable})


@api.put("/searches/{id}/alert", response_model=SearchOut, summary="How often I am told of new hits")
def alert(act: Writing, visitor: Who, id: int, form: AlertForm) -> SearchOut:
    mine(visitor)
    return search_out(act, actions.set_alert(act, id, form.often))


@api.delete("/searches/{id}/new", status_code=204, summary="Mark the new hits as read")
def seen(act: Writing, visitor: Who, id: int) -> None:
    mine(visitor)
    actions.forget_new(act, id)


@api.delete("/searches/{id}", status_code=204, summary="Delete a saved search")
def delete_search(act: Writing, visitor: Who, id: int) -> None:
    mine(visitor)
    actions.delete_search(act, id)


# Lists


@api.get("/lists", response_model=list[ListOut], summary="My lists")
def lists(request: Request, act: Reading, visitor: Who) -> Response:
    mine(visitor)
    rows = [
        ListOut(id=row.id or 0, name=row.name, rules=[search_out(act, rule) for rule in tracking.rules_of(act, row)])
        for row in tracking.lists(act)
    ]
    return _items(request, [*rows])


@api.post("/lists", response_model=ListOut, status_code=201, summary="Make a list")
def make_list(act: Writing, visitor: Who, form: ListForm) -> ListOut:
    """Its rules are saved searches with its id as `list_id`."""
    mine(visitor)
    row = actions.make_list(act, form)
    return ListOut(id=row.id or 0, name=row.name, rules=[])


@api.get("/lists/{id}", response_model=list[HitOut], summary="What stands on a list", dependencies=[limited("search")])
def contents(request: Request, act: Reading, visitor: Who, services: Svc, id: int) -> Response:
    mine(visitor)
    rows = tracking.contents(act, services, tracking.tracked_list(act, id))
    return _items(request, [on_list_out(act, row) for row in rows])


@api.put("/lists/{id}/things/{kind}/{thing_id}", status_code=204, summary="Put a thing on a list, or take it off")
def put_on(  # noqa: PLR0917 parts of an address
    act: Writing, visitor: Who, id: int, kind: str, thing_id: int, form: ThingForm
) -> None:
    mine(visitor)
    if form.is_out:
        actions.take_off(act, id, kind, thing_id)
    else:
        actions.put_on(act, id, kind, thing_id)


@api.delete("/lists/{id}", status_code=204, summary="Delete a list")
def delete_list(act: Writing, visitor: Who, id: int) -> None:
    mine(visitor)
    actions.delete_list(act, id)


# Delegation


@api.get("/delegation", response_model=list[CoverOut], summary="Who of us covers which document of a meeting")
def covered(
    request: Request,
    act: Reading,
    visitor: Who,
    meeting: Annotated[str, Query(max_length=80, description="its code")],
    only: Annotated[str, Query(max_length=20, description="covered, uncovered, mine")] = "",
) -> Response:
    """What members of my organisation share with each other, of the documents that I may read."""
    mine(visitor)
    return _items(request, [cover_out(act, line) for line in delegation.coverage(act, meeting, only=only).lines])
