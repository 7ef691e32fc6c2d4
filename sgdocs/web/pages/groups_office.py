"""The secretariat's pages: establish, rename and end groups. Roles: `group_roles`."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, StringConstraints

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.groups import actions, queries
from sgdocs.groups.listing import children
from sgdocs.groups.models import Group
from sgdocs.groups.rules import SECTORS
from sgdocs.groups.schemas import GroupForm, Line, Path, TermForm
from sgdocs.i18n import N_
from sgdocs.policy import Permission, Scope, require
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import group_of, told, tried
from sgdocs.web.pages.groups import KIND
from sgdocs.web.render import page, see
from sgdocs.web.roles import word_of

pages = APIRouter()


class EndForm(BaseModel):
    """last_on: the last day; successor: path or label, if its work passes to another group."""

    last_on: date
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
    successor: Path = ""


class EditForm(BaseModel):
    """A title in English and, if known, French; `is_confirmed` is ticked when it was read in an official text."""

    period: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10)]
    title: Line = ""
    title_fr: Line = ""
    mandate: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)] = ""
    source: Line = ""
    is_confirmed: bool = False
    working_party: Path = ""


@pages.get("/group/new")
def new(
    request: Request,
    act: Reading,
    parent: Annotated[str, Query(max_length=120)] = "",
    sector: Annotated[str, Query(max_length=1)] = "T",
) -> Response:
    require(act.actor, Permission.MANAGE_GROUPS, Scope(parent))
    period = queries.period_on(act.session, sector, geneva_day(act.now))
    start = {
        "sector": sector,
        "parent": parent,
        "period": period.code if period else "",
        "starts_on": geneva_day(act.now),
    }
    return _new_page(request, act, blank(start))


@pages.post("/group/new")
def establish(request: Request, act: Writing, filled: Filled[GroupForm]) -> Response:
    require(act.actor, Permission.MANAGE_GROUPS)
    made: list[Group] = []
    if not filled.ok or not tried(filled, act, lambda: made.append(actions.establish(act, filled.value))):
        return _new_page(request, act, filled, status=422)
    return see(urls.group(made[0].path), notice=told(request, N_("The group is established.")))


def _new_page(request: Request, act: Act, filled: Filled[GroupForm], status: int = 200) -> Response:
    return page(
        request,
        "groups/new.html",
        status=status,
        filled=filled,
        kind_choices=[(kind.value, told(request, word)) for kind, word in KIND.items()],
        sector_names=SECTORS,
        period_choices=[(p.code, f"{p.code}, {p.title}") for p in queries.periods(act.session)],
    )


@pages.get("/group/{path:path}/edit")
def edit(request: Request, act: Reading, path: str, period: Annotated[str, Query(max_length=10)] = "") -> Response:
    group = group_of(act, path)
    require(act.actor, Permission.MANAGE_GROUPS, Scope(group.path))
    terms = queries.terms_of(act.session, group)
    shown = next((each for each in terms if each.period.code == period), terms[0] if terms else None)
    current = queries.period_on(act.session, group.sector, geneva_day(act.now))
    start: dict[str, object] = {"period": period or (current.code if current else ""), "is_confirmed": True}
    if shown is not None:
        start = shown.term.model_dump(include={"title", "mandate", "source", "is_confirmed"})
        start |= {"period": shown.period.code, "title_fr": shown.term.titles.get("fr", "")}
    party = queries.by_id(act.session, group.working_party_id) if group.working_party_id else None
    return _edit_page(request, act, group, blank({**start, "working_party": party.path if party else ""}))


@pages.post("/group/{path:path}/edit")
def rename(request: Request, act: Writing, path: str, filled: Filled[EditForm]) -> Response:
    group = group_of(act, path)
    require(act.actor, Permission.MANAGE_GROUPS, Scope(group.path))
    if not filled.ok or not tried(filled, act, lambda: _rename(act, group, filled.value)):
        return _edit_page(request, act, group, filled, status=422)
    return see(urls.group(group.path), notice=told(request, N_("Title and mandate are recorded.")))


def _rename(act: Act, group: Group, form: EditForm) -> None:
    term = TermForm.model_validate(form.model_dump(exclude={"title_fr", "working_party"}))
    kept = {each.period.code: each.term.titles for each in queries.terms_of(act.session, group)}
    term.titles = {**kept.get(form.period, {}), "fr": form.title_fr}
    actions.rename(act, group, term)
    party = queries.find(act.session, form.working_party) if form.working_party else None
    if form.working_party and party is None:
        invalid("working_party", form.working_party, "The address of a working party, such as T/SG15/T25/WP1.")
    if group.kind == "question" and group.working_party_id != (party.id if party else None):
        actions.allocate(act, group, party)


def _edit_page(request: Request, act: Act, group: Group, filled: Filled[EditForm], status: int = 200) -> Response:
    periods = [p for p in queries.periods(act.session, group.sector) if group.period_id in (None, p.id)]
    parties = _parties(act, group) if group.kind == "question" else []
    choices = [(p.code, f"{p.code}, {p.title}") for p in periods]
    return page(
        request, "groups/edit.html", status=status, filled=filled, group=group, period_choices=choices, parties=parties
    )


def _parties(act: Act, question: Group) -> list[Group]:
    assert question.parent_id is not None, "a Question stands under a study group"
    above = queries.by_id(act.session, question.parent_id)
    period = next((p for p in queries.periods(act.session, question.sector) if p.id == question.period_id), None)
    return [row.group for row in children(act.session, above, period) if row.group.kind == "working-party"]


@pages.get("/group/{path:path}/end")
def ending(request: Request, act: Reading, path: str) -> Response:
    group = group_of(act, path)
    require(act.actor, Permission.MANAGE_GROUPS, Scope(group.path))
    return _end_page(request, act, group, blank({"last_on": geneva_day(act.now)}))


@pages.post("/group/{path:path}/end")
def end(request: Request, act: Writing, path: str, filled: Filled[EndForm]) -> Response:
    group = group_of(act, path)
    require(act.actor, Permission.MANAGE_GROUPS, Scope(group.path))
    if not filled.ok or not tried(filled, act, lambda: _end(act, group, filled.value)):
        return _end_page(request, act, group, filled, status=422)
    return see(urls.group(group.path), notice=told(request, N_("The group has ended.")))


def _end(act: Act, group: Group, form: EndForm) -> None:
    if form.successor:
        successor = queries.find(act.session, form.successor)
        if successor is None:
            invalid("successor", form.successor, "The address of a group, such as T/SG21.")
        actions.succeed(act, group, successor, form.last_on + timedelta(days=1))
    actions.discontinue(act, group, form.last_on, reason=form.reason)


def _end_page(request: Request, act: Act, group: Group, filled: Filled[EndForm], status: int = 200) -> Response:
    """The form, with what will happen: parts and roles that end too."""
    today = geneva_day(act.now)
    period = queries.period_on(act.session, group.sector, today)
    parts = [row.group for row in children(act.session, group, period)]
    seats = queries.officers(act.session, [group.id or 0], today)
    return page(
        request, "groups/end.html", status=status, filled=filled, group=group, parts=parts, seats=seats, role=word_of
    )
