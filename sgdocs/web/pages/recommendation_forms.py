"""The one form that adds and corrects a text; taking one out of force; the secretariat's list of flags."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from sgdocs.base.act import Act
from sgdocs.base.errors import CHANGED, Conflict, Refused
from sgdocs.base.paging import Page
from sgdocs.policy import Permission, require
from sgdocs.recommendations import actions, queries, reading
from sgdocs.recommendations.editing_values import values_of
from sgdocs.recommendations.queries import Found
from sgdocs.recommendations.rules import Kind, Process, Status
from sgdocs.recommendations.schemas import TextForm
from sgdocs.web import catalogue_words as terms
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.recommending import SPACES
from sgdocs.web.render import language_of, page, see

pages = APIRouter()
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
FLAGS_A_PAGE = 100


class SeenForm(TextForm):
    """The form with the state that the editor saw."""

    model_config = ConfigDict(extra="ignore")

    seen: str = Field("", max_length=40)

    def bare(self) -> TextForm:
        return TextForm(**self.model_dump(exclude={"seen"}))


class WithdrawalForm(BaseModel):
    """On which day and why."""

    on: str = Field("", max_length=10)
    reason: str = Field("", max_length=1_000)


@pages.get("/office/flags")
def flags(
    request: Request, act: Reading, rule: Annotated[str, Query(max_length=60)] = "", number: PageNumber = 1
) -> Response:
    """Imported texts that break an invariant."""
    require(act.actor, Permission.EDIT_RECOMMENDATION)
    rows, total = reading.flagged(act, rule=rule, number=number, size=FLAGS_A_PAGE)
    return page(
        request,
        "recommendations/flags.html",
        terms=terms,
        found=Page(rows, total, number, FLAGS_A_PAGE),
        rule=rule,
        address=lambda n: urls.with_query("/office/flags", rule=rule, number=n if n > 1 else ""),
    )


@pages.get("/rec/new")
def new(request: Request, act: Reading, identifier: Annotated[str, Query(max_length=300)] = "") -> Response:
    """An empty form; the identifier may be given."""
    require(act.actor, Permission.EDIT_RECOMMENDATION)
    return _form(request, blank({"identifier": identifier, "status": Status.IN_FORCE}), None)


@pages.post("/rec/new")
def add(request: Request, act: Writing, filled: Filled[SeenForm]) -> Response:
    """Add a text, then show it."""
    require(act.actor, Permission.EDIT_RECOMMENDATION)
    if not filled.ok:
        return _form(request, filled, None, status=422)
    try:
        text = actions.add(act, filled.value.bare())
    except Refused as refused:
        return _form(request, filled.refused(refused), None, status=409 if isinstance(refused, Conflict) else 422)
    _ = language_of(request).say
    return see(text.address, notice=_("The text is added."))


def _edit(request: Request, act: Reading, sector: str, name: str) -> Response:
    """The form with what is known of a text."""
    found = _found(request, act, sector, name, "edit")
    require(act.actor, Permission.EDIT_RECOMMENDATION)
    return _form(request, blank(_values(act, found)), found)


def _correct(request: Request, act: Writing, sector: str, name: str, filled: Filled[SeenForm]) -> Response:
    """Correct a text, then show it."""
    found = _found(request, act, sector, name, "edit")
    if not filled.ok:
        return _form(request, filled, found, status=422)
    assert found.text is not None
    try:
        if filled.value.seen and filled.value.seen != found.text.changed_at.isoformat():
            raise Conflict(CHANGED)
        text = actions.correct(act, found, filled.value.bare())
    except Refused as refused:
        return _form(request, filled.refused(refused), found, status=409 if isinstance(refused, Conflict) else 422)
    _ = language_of(request).say
    return see(text.address, notice=_("The correction is kept, and stands in the history."))


def _withdrawal(request: Request, act: Reading, sector: str, name: str) -> Response:
    """What a withdrawal would do, before it is done."""
    found = _found(request, act, sector, name, "withdrawal")
    require(act.actor, Permission.EDIT_RECOMMENDATION)
    return _withdrawal_form(request, act, blank({"on": reading.today_of(act).isoformat()}), found)


def _withdraw(request: Request, act: Writing, sector: str, name: str, filled: Filled[WithdrawalForm]) -> Response:
    """Take the text out of force."""
    found = _found(request, act, sector, name, "withdrawal")
    if not filled.ok:
        return _withdrawal_form(request, act, filled, found, status=422)
    try:
        text = actions.withdraw(act, found, on=filled.value.on, reason=filled.value.reason)
    except Refused as refused:
        return _withdrawal_form(request, act, filled.refused(refused), found, status=409)
    _ = language_of(request).say
    return see(text.address, notice=_("The text is withdrawn."))


for _space in SPACES:
    _path = f"/{_space}/{{sector}}/{{name:path}}"
    pages.add_api_route(f"{_path}/edit", _edit, methods=["GET"])
    pages.add_api_route(f"{_path}/edit", _correct, methods=["POST"])
    pages.add_api_route(f"{_path}/withdrawal", _withdrawal, methods=["GET"])
    pages.add_api_route(f"{_path}/withdrawal", _withdraw, methods=["POST"])


def _found(request: Request, act: Act, sector: str, name: str, last: str) -> Found:
    """The text whose address stands before the last segment."""
    return queries.text_at(act, f"/{request.url.path.split('/')[1]}/{sector}/{name}")


def _form(request: Request, filled: Filled[SeenForm], found: Found | None, *, status: int = 200) -> Response:
    return page(
        request,
        "recommendations/edit.html",
        terms=terms,
        status=status,
        filled=filled,
        found=found,
        statuses=list(Status),
        processes=list(Process),
        kinds=list(Kind),
    )


def _withdrawal_form(
    request: Request, act: Act, filled: Filled[WithdrawalForm], found: Found, *, status: int = 200
) -> Response:
    known = reading.record_of(act, found.family, text=found.text)
    hanging = [t for t in known.texts if found.text is not None and t.modifies_id == found.text.id]
    return page(
        request,
        "recommendations/withdrawal.html",
        terms=terms,
        status=status,
        filled=filled,
        found=found,
        hanging=hanging,
    )


def _values(act: Act, found: Found) -> dict[str, object]:
    """What the form starts from, and the state that the editor sees."""
    assert found.text is not None
    return values_of(act, found) | {"seen": found.text.changed_at.isoformat()}
