"""Decisions and action items of a meeting: each a list with its form, and as a file."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.act import Act
from sgdocs.i18n import N_
from sgdocs.policy import Permission, Scope, require
from sgdocs.proceedings import queries
from sgdocs.proceedings.actions import decisions
from sgdocs.proceedings.outgoing import ActionOut, DecisionOut
from sgdocs.proceedings.rules import DecisionKind
from sgdocs.proceedings.schemas import ActionForm, DecisionForm, ReasonForm
from sgdocs.web.agenda_places import Place, done, place_of, shown
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.exports import Export, export
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import see

pages = APIRouter()
GroupPath = Annotated[str, Query(alias="group", max_length=120)]
DECISIONS = {
    "group": "Group",
    "number": "Number",
    "kind": "Kind",
    "text": "Decision",
    "document": "Document",
    "sha256": "SHA-256 of the original",
    "item": "Agenda item",
    "entered_at": "Entered",
    "withdrawn_at": "Withdrawn",
}
ACTIONS = {
    "group": "Group",
    "number": "Number",
    "text": "Action",
    "owner": "Who",
    "due_on": "By",
    "done_at": "Done",
    "document": "Document",
    "item": "Agenda item",
    "withdrawn_at": "Withdrawn",
}


# Decisions


@pages.get("/meeting/{code}/decisions")
def decision_list(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    there = place.moved(request, code, "/decisions")
    return there or _decision_page(request, act, place, blank())


def _decision_page(request: Request, act: Act, place: Place, filled: Filled[Any], status: int = 200) -> Response:
    rows = queries.decisions(act, place.meeting, place.chosen if place.path else None)
    return shown(
        request,
        "proceedings/decisions.html",
        place,
        tail="/decisions",
        status=status,
        rows=rows,
        filled=filled,
        kinds=list(DecisionKind),
    )


@pages.get("/meeting/{code}/decisions.{form}")
def decisions_as(act: Reading, code: str, form: Export) -> Response:
    place = place_of(act, code)
    rows = [DecisionOut.of(row) for row in queries.decisions(act, place.meeting)]
    return export(form, f"{place.meeting.code} decisions", rows, DECISIONS)


@pages.post("/meeting/{code}/decisions")
def decide(request: Request, act: Writing, code: str, filled: Filled[DecisionForm]) -> Response:
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    if not filled.ok or not tried(
        filled, act, lambda: decisions.decide(act, place.meeting, place.chosen, filled.value)
    ):
        return _decision_page(request, act, place, filled, status=422)
    return see(place.at("/decisions"), notice=told(request, N_("The decision is entered.")))


@pages.get("/meeting/{code}/decisions/{number}/edit")
def editing_decision(request: Request, act: Reading, code: str, number: int, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    return _decision_form(request, act, place, number)


def _decision_form(
    request: Request, act: Act, place: Place, number: int, *, filled: Filled[Any] | None = None, status: int = 200
) -> Response:
    row = queries.decision_by_number(act, place.meeting, place.chosen, number)
    named = queries.documents_of(act, [row.document_id]).get(row.document_id or 0)
    start = {"text": row.text, "kind": row.kind, "document": named.name if named else ""}
    return shown(
        request,
        "proceedings/decision.html",
        place,
        tail="/decisions",
        status=status,
        row=row,
        filled=filled or blank(start),
        kinds=list(DecisionKind),
    )


@pages.post("/meeting/{code}/decisions/{number}/edit")
def edit_decision(request: Request, act: Writing, code: str, number: int, filled: Filled[DecisionForm]) -> Response:
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    row = queries.decision_by_number(act, place.meeting, place.chosen, number)
    if not filled.ok or not tried(
        filled, act, lambda: decisions.correct_decision(act, place.meeting, place.chosen, row, filled.value)
    ):
        return _decision_form(request, act, place, number, filled=filled, status=422)
    return see(place.at("/decisions"), notice=told(request, N_("The decision is corrected.")))


class WithdrawForm(ReasonForm):
    group: Annotated[str, Query(max_length=120)] = ""


@pages.post("/meeting/{code}/decisions/{number}/withdrawal")
def withdraw_decision(
    request: Request, act: Writing, code: str, number: int, given: Annotated[WithdrawForm, Form()]
) -> Response:
    place = place_of(act, code, given.group)
    row = queries.decision_by_number(act, place.meeting, place.chosen, number)
    return done(
        request,
        act,
        lambda: decisions.withdraw_decision(act, place.meeting, place.chosen, row, given.reason),
        place.at("/decisions"),
        N_("The decision is withdrawn; its number stays."),
    )


# Action items


@pages.get("/meeting/{code}/actions")
def action_list(request: Request, act: Reading, code: str, path: GroupPath = "") -> Response:
    place = place_of(act, code, path)
    there = place.moved(request, code, "/actions")
    return there or _action_page(request, act, place, blank())


def _action_page(request: Request, act: Act, place: Place, filled: Filled[Any], status: int = 200) -> Response:
    rows = queries.action_items(act, place.meeting, place.chosen if place.path else None)
    today: date = act.now.date()
    return shown(
        request,
        "proceedings/actions.html",
        place,
        tail="/actions",
        status=status,
        rows=rows,
        filled=filled,
        today=today,
    )


@pages.get("/meeting/{code}/actions.{form}")
def actions_as(act: Reading, code: str, form: Export) -> Response:
    place = place_of(act, code)
    rows = [ActionOut.of(row) for row in queries.action_items(act, place.meeting)]
    return export(form, f"{place.meeting.code} actions", rows, ACTIONS)


@pages.post("/meeting/{code}/actions")
def assign(request: Request, act: Writing, code: str, filled: Filled[ActionForm]) -> Response:
    place = place_of(act, code, filled.first("group"))
    require(act.actor, Permission.KEEP_PROCEEDINGS, Scope(place.chosen.path))
    if not filled.ok or not tried(
        filled, act, lambda: decisions.assign(act, place.meeting, place.chosen, filled.value)
    ):
        return _action_page(request, act, place, filled, status=422)
    return see(place.at("/actions"), notice=told(request, N_("The action item is entered.")))


class StepOfAction(BaseModel):
    """is_done: the action is done, or open again."""

    group: Annotated[str, Query(max_length=120)] = ""
    is_done: bool


@pages.post("/meeting/{code}/actions/{number}/completion")
def complete(
    request: Request, act: Writing, code: str, number: int, given: Annotated[StepOfAction, Form()]
) -> Response:
    place = place_of(act, code, given.group)
    row = queries.action_by_number(act, place.meeting, place.chosen, number)
    verb = decisions.complete if given.is_done else decisions.reopen
    words = N_("The action item is done.") if given.is_done else N_("The action item is open again.")
    return done(request, act, lambda: verb(act, place.meeting, place.chosen, row), place.at("/actions"), words)


@pages.post("/meeting/{code}/actions/{number}/withdrawal")
def withdraw_action(
    request: Request, act: Writing, code: str, number: int, given: Annotated[WithdrawForm, Form()]
) -> Response:
    place = place_of(act, code, given.group)
    row = queries.action_by_number(act, place.meeting, place.chosen, number)
    return done(
        request,
        act,
        lambda: decisions.withdraw_action(act, place.meeting, place.chosen, row, given.reason),
        place.at("/actions"),
        N_("The action item is withdrawn; its number stays."),
    )
