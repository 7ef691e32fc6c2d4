"""What I keep: the list, the panel and form of one thing; marking a place as read."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Refused
from sgdocs.i18n import N_
from sgdocs.people.models import Organisation
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page, see, wants_fragment
from sgdocs.web.security import safe_next
from sgdocs.web.workspace_filters import Filtered
from sgdocs.web.workspace_rows import COLUMNS, kept_out
from sgdocs.workspace import actions, delegation, queries, tracking
from sgdocs.workspace.kinds import KINDS, thing_of
from sgdocs.workspace.models import Kept
from sgdocs.workspace.schemas import KeepForm, LookForm

pages = APIRouter(prefix="/my")
SIZE = 50
Word = Annotated[str, Query(max_length=200)]
Id = Annotated[int, Query(ge=1, lt=1 << 31)]
Number = Annotated[int, Query(alias="page", ge=1, le=10_000)]


class ThingForm(BaseModel):
    kind: str = ""
    id: int = 0
    is_favourite: bool = False


class KeepPageForm(KeepForm, ThingForm):
    is_favourite: bool = False


class LookPageForm(LookForm):
    back: str = ""


@pages.get("/kept")
def kept(request: Request, act: Reading, asked: Filtered, number: Number = 1) -> Response:
    """Everything that I keep, the newest change first."""
    me(request, act)

    def address_of(n: int) -> str:
        return urls.with_query("/my/kept", **vars(asked), page=n if n > 1 else "")

    return page(
        request,
        "workspace/kept.html",
        fragment="rows",
        found=queries.listing(act, asked, number=number, size=SIZE),
        asked=asked,
        kinds=KINDS,
        address_of=address_of,
        files=urls.with_query("", **vars(asked)).removeprefix("?"),
    )


@pages.get("/kept.{form}")
def kept_as(request: Request, act: Reading, form: Export, asked: Filtered) -> Response:
    me(request, act)
    found = queries.listing(act, asked, size=queries.MOST)
    return export(form, "kept", [kept_out(act, row) for row in found.rows], COLUMNS, total=found.total)


@pages.get("/keep")
def thing(request: Request, act: Reading, kind: Word, id: Id) -> Response:
    """One thing: what I keep of it, and the form. The panel alone for a record page."""
    me(request, act)
    return _shown(request, act, kind, id)


@pages.post("/keep")
def keep(request: Request, act: Writing, filled: Filled[KeepPageForm]) -> Response:
    me(request, act)
    kind, id = filled.first("kind"), _number(filled.first("id"))
    if not filled.ok:
        return _shown(request, act, kind, id, filled, status=422)
    try:
        actions.keep(act, kind, id, KeepForm.model_validate(filled.value.model_dump()))
    except Conflict as refused:
        return _shown(request, act, kind, id, filled.refused(refused), status=409)
    return see(thing_of(act, kind, id).path, notice=language_of(request).say(N_("It is kept.")))


@pages.post("/keep/star")
def star(request: Request, act: Writing, filled: Filled[ThingForm]) -> Response:
    me(request, act)
    kind, id = filled.first("kind"), _number(filled.first("id"))
    actions.star(act, kind, id, is_favourite=filled.ok and filled.value.is_favourite)
    return _shown(request, act, kind, id) if wants_fragment(request) else see(thing_of(act, kind, id).path)


@pages.post("/keep/confirmation")
def confirm(request: Request, act: Writing, filled: Filled[ThingForm]) -> Response:
    """Stance and note hold for the text as it stands now."""
    me(request, act)
    kind, id = filled.first("kind"), _number(filled.first("id"))
    actions.confirm(act, kind, id)
    return see(thing_of(act, kind, id).path, notice=language_of(request).say(N_("Your stance stands on this version.")))


@pages.post("/keep/end")
def let_go(request: Request, act: Writing, filled: Filled[ThingForm]) -> Response:
    """Also of what I may not read any more."""
    me(request, act)
    actions.let_go(act, filled.first("kind"), _number(filled.first("id")))
    return see("/my/kept", notice=language_of(request).say(N_("Nothing is kept of it any more.")))


@pages.post("/looked")
def looked(request: Request, act: Writing, filled: Filled[LookPageForm]) -> Response:
    """Mark a list, agenda or document as read, up to what the page knew of."""
    me(request, act)
    back = safe_next(filled.first("back"), "/my")
    if filled.ok:
        try:
            actions.look(act, filled.value.place, filled.value.position)
        except Refused as refused:
            return see(back, notice=language_of(request).refusal(refused))
    return see(back, notice=language_of(request).say(N_("Marked as read.")))


def _shown(
    request: Request, act: Act, kind: str, id: int, filled: Filled[Any] | None = None, *, status: int = 200
) -> Response:
    found = thing_of(act, kind, id)
    held = queries.kept(act, kind, id)
    row = queries.row_of(held, found) if held is not None else None
    entity = act.session.get(Organisation, act.actor.organisation_id) if act.actor.organisation_id else None
    return page(
        request,
        "workspace/keep.html",
        fragment="keep",
        status=status,
        thing=found,
        kind=KINDS[kind],
        row=row,
        compare=_comparison(found.path, held) if row is not None and row.moved is not None else "",
        colleagues=delegation.colleagues_of(act, kind, [id]).get(id, []),
        delegation=entity.name if entity is not None else "",
        lists=tracking.lists(act),
        filled=filled or blank(_start(held, found.mark)),
    )


def _start(held: Kept | None, mark: str) -> dict[str, object]:
    told = held.model_dump(include={"is_favourite", "stance", "note", "is_shared", "covers"}) if held else {}
    return {**told, "mark": mark, "was": held.changed_at.isoformat() if held is not None else ""}


def _comparison(path: str, held: Kept | None) -> str:
    """Of the version on which the stance was written with what stands now; of documents alone."""
    if held is None or held.kind != "document" or not held.mark:
        return ""
    return urls.with_query(f"{path}/compare", **{"with": held.mark.lower() if "/" not in held.mark else held.mark})


def _number(word: str) -> int:
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 10 else 0
