"""My saved searches and my lists."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.errors import Refused
from sgdocs.i18n import N_
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled, blank
from sgdocs.web.limits import limited
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page, see
from sgdocs.web.workspace_rows import HIT_COLUMNS, address_of, hit_out, on_list_out
from sgdocs.workspace import actions, tracking
from sgdocs.workspace.lists import LISTS
from sgdocs.workspace.rules import LONGEST_QUERY, Alert
from sgdocs.workspace.schemas import ListForm, SearchForm

pages = APIRouter(prefix="/my")
SHOWN = 200
Path = Annotated[str, Query(max_length=200)]
Text = Annotated[str, Query(max_length=LONGEST_QUERY)]


class AlertForm(BaseModel):
    often: Alert


class ThingOnListForm(BaseModel):
    list: int
    kind: str
    id: int
    is_out: bool = False


@pages.get("/searches")
def searches(request: Request, act: Reading) -> Response:
    """The searches that I saved, with how many hits are new and what can no longer be read of them."""
    me(request, act)
    rows = [(row, tracking.asked_by(row)) for row in tracking.searches(act)]
    return page(request, "workspace/searches.html", rows=rows, lists=LISTS, address_of=address_of)


@pages.get("/searches/new")
def new_search(request: Request, act: Reading, path: Path = "/search", query: Text = "") -> Response:
    me(request, act)
    return _form(request, act, blank({"path": path, "query": query, "often": Alert.DAILY}))


@pages.post("/searches")
def save_search(request: Request, act: Writing, filled: Filled[SearchForm]) -> Response:
    me(request, act)
    if not filled.ok:
        return _form(request, act, filled, status=422)
    try:
        row = actions.save_search(act, filled.value)
    except Refused as refused:
        return _form(request, act, filled.refused(refused), status=422)
    said = language_of(request).say(N_("The search is saved."))
    return see(f"/my/lists/{row.list_id}" if row.list_id else f"/my/searches/{row.id}", notice=said)


def _form(request: Request, act: Act, filled: Filled[Any], *, status: int = 200) -> Response:
    return page(
        request, "workspace/search_new.html", filled=filled, lists=LISTS, own_lists=tracking.lists(act), status=status
    )


@pages.get("/searches/{id}.{form}", dependencies=[limited("search")])
def search_as(request: Request, act: Reading, services: Svc, id: int, form: Export) -> Response:
    me(request, act)
    found = tracking.found_by(act, services, tracking.search(act, id))
    rows = [hit_out(act, hit, is_new=hit.key in found.new, because=found.search.name) for hit in found.hits.rows]
    return export(form, found.search.name, rows, HIT_COLUMNS, total=found.hits.total)


@pages.get("/searches/{id}", dependencies=[limited("search")])
def search(request: Request, act: Reading, services: Svc, id: int) -> Response:
    """What it finds now, the new hits first."""
    me(request, act)
    row = tracking.search(act, id)
    found = tracking.found_by(act, services, row)
    hits = sorted(found.hits.rows, key=lambda hit: hit.key not in found.new)
    return page(
        request,
        "workspace/search.html",
        row=row,
        found=found,
        hits=hits[:SHOWN],
        lists=LISTS,
        address=address_of(row),
    )


@pages.post("/searches/{id}/alert")
def alert(request: Request, act: Writing, id: int, filled: Filled[AlertForm]) -> Response:
    me(request, act)
    if filled.ok:
        actions.set_alert(act, id, filled.value.often)
    return see(f"/my/searches/{id}", notice=language_of(request).say(N_("Your choice is saved.")))


@pages.post("/searches/{id}/seen")
def seen(request: Request, act: Writing, id: int) -> Response:
    me(request, act)
    actions.forget_new(act, id)
    return see(f"/my/searches/{id}")


@pages.post("/searches/{id}/end")
def delete_search(request: Request, act: Writing, id: int) -> Response:
    me(request, act)
    list_id = tracking.search(act, id).list_id
    actions.delete_search(act, id)
    said = language_of(request).say(N_("The search is deleted."))
    return see(f"/my/lists/{list_id}" if list_id else "/my/searches", notice=said)


# Lists


@pages.get("/lists")
def lists(request: Request, act: Reading) -> Response:
    me(request, act)
    return _lists(request, act, blank())


@pages.post("/lists")
def make_list(request: Request, act: Writing, filled: Filled[ListForm]) -> Response:
    me(request, act)
    if not filled.ok:
        return _lists(request, act, filled, status=422)
    try:
        row = actions.make_list(act, filled.value)
    except Refused as refused:
        return _lists(request, act, filled.refused(refused), status=422)
    return see(f"/my/lists/{row.id}")


@pages.post("/lists/things")
def put_on(request: Request, act: Writing, filled: Filled[ThingOnListForm]) -> Response:
    """Put a thing on a list, or take it off."""
    me(request, act)
    if not filled.ok:
        return _lists(request, act, blank(), status=422)
    form = filled.value
    if form.is_out:
        actions.take_off(act, form.list, form.kind, form.id)
    else:
        actions.put_on(act, form.list, form.kind, form.id)
    said = N_("It is taken off the list.") if form.is_out else N_("It is on the list.")
    return see(f"/my/lists/{form.list}", notice=language_of(request).say(said))


@pages.get("/lists/{id}.{form}", dependencies=[limited("search")])
def tracked_as(request: Request, act: Reading, services: Svc, id: int, form: Export) -> Response:
    me(request, act)
    row = tracking.tracked_list(act, id)
    rows = [on_list_out(act, each) for each in tracking.contents(act, services, row)]
    return export(form, row.name, rows, HIT_COLUMNS)


@pages.get("/lists/{id}", dependencies=[limited("search")])
def tracked(request: Request, act: Reading, services: Svc, id: int) -> Response:
    """What its rules find and what was put on by hand."""
    me(request, act)
    return _tracked(request, act, services, id, blank({"name": tracking.tracked_list(act, id).name}))


@pages.post("/lists/{id}/name")
def rename(request: Request, act: Writing, services: Svc, id: int, filled: Filled[ListForm]) -> Response:
    me(request, act)
    if not filled.ok:
        return _tracked(request, act, services, id, filled, status=422)
    actions.rename_list(act, id, filled.value)
    return see(f"/my/lists/{id}")


@pages.post("/lists/{id}/end")
def delete_list(request: Request, act: Writing, id: int) -> Response:
    me(request, act)
    actions.delete_list(act, id)
    return see("/my/lists", notice=language_of(request).say(N_("The list is deleted.")))


def _lists(request: Request, act: Act, filled: Filled[Any], *, status: int = 200) -> Response:
    rows = [(row, tracking.rules_of(act, row)) for row in tracking.lists(act)]
    return page(request, "workspace/lists.html", rows=rows, filled=filled, status=status)


def _tracked(request: Request, act: Act, services: Svc, id: int, filled: Filled[Any], *, status: int = 200) -> Response:
    row = tracking.tracked_list(act, id)
    rules = [(each, tracking.asked_by(each)) for each in tracking.rules_of(act, row)]
    return page(
        request,
        "workspace/list.html",
        row=row,
        rules=rules,
        rows=tracking.contents(act, services, row),
        lists=LISTS,
        address_of=address_of,
        filled=filled,
        status=status,
    )
