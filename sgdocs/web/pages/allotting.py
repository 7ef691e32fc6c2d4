"""The forms by which documents are allotted by hand."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.documents import allocations
from sgdocs.documents import queries as documents
from sgdocs.documents.actions.corrections import correct, end_rule, take_back
from sgdocs.documents.models import AllotmentRule, Document
from sgdocs.i18n import N_
from sgdocs.meetings.agenda import item_of
from sgdocs.meetings.agenda_schemas import Id
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.meetings.queries import groups_of
from sgdocs.policy import Permission, Scope, may
from sgdocs.web.agenda_places import done, place_of
from sgdocs.web.deps import Writing
from sgdocs.web.forms import Filled
from sgdocs.web.pages.agenda import allotment_shown
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import see

pages = APIRouter()


class AllotForm(BaseModel):
    """item: id of the agenda item; keep: `feature value` as the form offers it, "" for this document alone."""

    item: Id
    is_primary: bool = False
    keep: Annotated[str, Field(max_length=300)] = ""


@pages.post("/meeting/{code}/agenda/documents/{name}")
def allot_by_hand(request: Request, act: Writing, code: str, name: str, filled: Filled[AllotForm]) -> Response:
    place, document = place_of(act, code), documents.by_name(act, name)
    item = item_of(act.session, place.meeting, filled.value.item) if filled.ok else None
    if item is None or not tried(filled, act, lambda: _correct(act, place.meeting, document, item, filled.value)):
        return allotment_shown(request, act, place, document, status=422, filled=filled)
    back = f"{place.address}/agenda/documents/{document.name}"
    return see(back, notice=told(request, N_("The document stands there by hand.")))


def _correct(act: Act, meeting: Meeting, document: Document, item: AgendaItem, form: AllotForm) -> None:
    feature, _, value = form.keep.partition(" ")
    correct(
        act,
        meeting,
        document,
        item,
        is_primary=form.is_primary,
        keep=feature,
        value=value,
    )


@pages.post("/meeting/{code}/agenda/allocations/{number}/removal")
def remove(request: Request, act: Writing, code: str, number: int) -> Response:
    place = place_of(act, code)
    row, document = allocations.allocation_of(act, place.meeting, number)
    return done(
        request,
        act,
        lambda: take_back(act, place.meeting, row, document),
        f"{place.address}/agenda/documents/{document.name}",
        N_("The rules will put the document where they lead."),
    )


@pages.post("/meeting/{code}/agenda/rules/{number}/end")
def end(request: Request, act: Writing, code: str, number: int) -> Response:
    place = place_of(act, code)
    row = rule_of(act, place.meeting, number)
    return done(
        request,
        act,
        lambda: end_rule(act, place.meeting, row),
        f"{place.address}/agenda/rules",
        N_("The correction is kept no longer."),
    )


def rule_of(act: Act, meeting: Meeting, number: int) -> AllotmentRule:
    """A kept correction of a group of the meeting that the actor allots for, or NotFound."""
    row = act.session.get(AllotmentRule, number)
    groups = {g.id: g for g in groups_of(act.session, meeting)}
    group = groups.get(row.group_id) if row is not None else None
    if row is None or group is None or not may(act.actor, Permission.ALLOT, Scope(group.path)):
        missing("correction", number)
    return row
