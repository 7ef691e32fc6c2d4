"""The forms by which agendas are written: items, moves, skeletons, deletion."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from sgdocs.documents.actions.allocation import allot
from sgdocs.i18n import N_
from sgdocs.meetings.actions import agenda as actions
from sgdocs.meetings.agenda_rules import Place as Spot
from sgdocs.meetings.agenda_schemas import ItemForm, PlaceForm, StepForm, TemplateForm
from sgdocs.policy import Permission, Scope, require
from sgdocs.web.agenda_places import done, place_of
from sgdocs.web.deps import Writing
from sgdocs.web.forms import Filled
from sgdocs.web.pages.agenda import agenda_shown, item_place, item_shown
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import see

pages = APIRouter()


@pages.post("/meeting/{code}/agenda/items")
def add(request: Request, act: Writing, code: str, filled: Filled[ItemForm]) -> Response:
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.EDIT_AGENDA, Scope(place.chosen.path))
    if not filled.ok or not tried(filled, act, lambda: actions.add(act, place.meeting, place.chosen, filled.value)):
        return agenda_shown(request, act, place, status=422, filled=filled)
    return see(place.at("/agenda"), notice=told(request, N_("The item is on the agenda.")))


@pages.post("/meeting/{code}/agenda/template")
def fill(request: Request, act: Writing, code: str, given: Annotated[TemplateForm, Form()]) -> Response:
    place = place_of(act, code, given.group)
    return done(
        request,
        act,
        lambda: actions.fill(act, place.meeting, place.chosen, given.template),
        place.at("/agenda"),
        N_("The agenda is filled from the skeleton."),
    )


@pages.post("/meeting/{code}/agenda/items/{item_id:int}")
def edit(request: Request, act: Writing, code: str, item_id: int, filled: Filled[ItemForm]) -> Response:
    row, place = item_place(act, code, item_id)
    require(act.actor, Permission.EDIT_AGENDA, Scope(place.chosen.path))
    if not filled.ok or not tried(filled, act, lambda: actions.edit(act, place.meeting, row, filled.value)):
        return item_shown(request, act, place, row, status=422, filled=filled)
    return see(f"{place.address}/agenda/items/{item_id}", notice=told(request, N_("The item is changed.")))


@pages.post("/meeting/{code}/agenda/items/{item_id:int}/steps")
def step(request: Request, act: Writing, code: str, item_id: int, given: Annotated[StepForm, Form()]) -> Response:
    row, place = item_place(act, code, item_id)
    return done(
        request,
        act,
        lambda: actions.step(act, place.meeting, row, given.step, sequence=given.sequence),
        f"{place.at('/agenda')}#item-{item_id}",
        N_("The item is moved."),
    )


@pages.post("/meeting/{code}/agenda/items/{item_id:int}/place")
def drop(request: Request, act: Writing, code: str, item_id: int, given: Annotated[PlaceForm, Form()]) -> Response:
    """Where an item was dropped."""
    row, place = item_place(act, code, item_id)
    there = Spot(given.parent, given.position)
    return done(
        request,
        act,
        lambda: actions.place(act, place.meeting, row, there, sequence=given.sequence),
        f"{place.at('/agenda')}#item-{item_id}",
        N_("The item is moved."),
    )


@pages.post("/meeting/{code}/agenda/items/{item_id:int}/deletion")
def delete(request: Request, act: Writing, code: str, item_id: int) -> Response:
    row, place = item_place(act, code, item_id)
    return done(
        request,
        act,
        lambda: actions.delete(act, place.meeting, row),
        place.at("/agenda"),
        N_("The item is deleted; it can be restored for 30 days."),
    )


@pages.post("/meeting/{code}/agenda/items/{item_id:int}/restoration")
def restore(request: Request, act: Writing, code: str, item_id: int) -> Response:
    row, place = item_place(act, code, item_id, deleted=True)
    require(act.actor, Permission.EDIT_AGENDA, Scope(place.chosen.path))
    return done(
        request,
        act,
        lambda: actions.restore(act, place.meeting, row),
        f"{place.at('/agenda')}#item-{item_id}",
        N_("The item is restored."),
    )


@pages.post("/meeting/{code}/agenda/allotment")
def allot_now(request: Request, act: Writing, code: str, group: Annotated[str, Form(max_length=120)] = "") -> Response:
    """Put all documents where the reasons lead, at once."""
    place = place_of(act, code, group)
    return done(request, act, lambda: allot(act, place.meeting), place.at("/agenda"), N_("The documents are allotted."))
