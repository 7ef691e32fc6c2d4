"""The pages by which roles are given and ended: for the secretariat and the counsellor of the group."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.groups import actions
from sgdocs.groups.models import Appointment, Group
from sgdocs.groups.roles import roles_for
from sgdocs.groups.schemas import AppointmentForm, Line
from sgdocs.i18n import N_
from sgdocs.people.models import Person
from sgdocs.people.queries import by_email
from sgdocs.people.queries import by_slug as person_by_slug
from sgdocs.policy import Permission, Scope, require
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import group_of, told, tried
from sgdocs.web.render import page, see
from sgdocs.web.roles import word_of

pages = APIRouter()


class EndRoleForm(BaseModel):
    last_on: date
    reason: Line = ""


@pages.get("/group/{path:path}/appointments/new")
def appointing(
    request: Request, act: Reading, path: str, person: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    group = group_of(act, path)
    require(act.actor, Permission.APPOINT, Scope(group.path))
    return _appoint_page(request, group, blank({"starts_on": geneva_day(act.now), "person": person}))


@pages.post("/group/{path:path}/appointments")
def appoint(request: Request, act: Writing, services: Svc, path: str, filled: Filled[AppointmentForm]) -> Response:
    group = group_of(act, path)
    require(act.actor, Permission.APPOINT, Scope(group.path))
    most = services.settings.officer_terms
    if not filled.ok or not tried(filled, act, lambda: _appoint(act, group, filled.value, most)):
        return _appoint_page(request, group, filled, status=422)
    return see(f"{urls.group(group.path)}/people", notice=told(request, N_("The appointment is recorded.")))


def _appoint(act: Act, group: Group, form: AppointmentForm, most_terms: int) -> None:
    person = _person(act, form.person)
    days = form.model_dump(include={"starts_on", "ends_on", "note", "accept"})
    actions.appoint(act, person, form.role, group, **days, most_terms=most_terms)


def _person(act: Act, named: str) -> Person:
    """By the end of the address of their page, or by e-mail."""
    found = by_email(act.session, named) if "@" in named else None
    return found or person_by_slug(act, named.removeprefix("/person/"))


def _appoint_page(request: Request, group: Group, filled: Filled[AppointmentForm], status: int = 200) -> Response:
    roles = [(role, told(request, word_of(role))) for role in roles_for(group.kind)]
    return page(request, "groups/appoint.html", status=status, filled=filled, group=group, roles=roles)


@pages.get("/group/{path:path}/appointments/{number}/end")
def ending_role(request: Request, act: Reading, path: str, number: int) -> Response:
    _, row = _appointment(act, path, number)
    return _end_role_page(request, act, row, blank({"last_on": geneva_day(act.now)}))


@pages.post("/group/{path:path}/appointments/{number}/end")
def end_role(request: Request, act: Writing, path: str, number: int, filled: Filled[EndRoleForm]) -> Response:
    group, row = _appointment(act, path, number)

    def verb() -> None:
        actions.end_appointment(act, row, last_on=filled.value.last_on, reason=filled.value.reason)

    if not filled.ok or not tried(filled, act, verb):
        return _end_role_page(request, act, row, filled, status=422)
    return see(f"{urls.group(group.path)}/people", notice=told(request, N_("The appointment has its last day.")))


def _end_role_page(
    request: Request, act: Act, row: Appointment, filled: Filled[EndRoleForm], *, status: int = 200
) -> Response:
    group = act.session.get_one(Group, row.group_id)
    person = act.session.get_one(Person, row.person_id)
    says = word_of(row.role)
    return page(
        request, "groups/end_role.html", status=status, filled=filled, group=group, row=row, holder=person, says=says
    )


def _appointment(act: Act, path: str, number: int) -> tuple[Group, Appointment]:
    """The appointment of that number in the group, for whoever may end it."""
    group = group_of(act, path)
    require(act.actor, Permission.APPOINT, Scope(group.path))
    row = act.session.get(Appointment, number) if number < 2**31 else None
    if row is None or row.group_id != group.id:
        missing("appointment", number)
    return group, row
