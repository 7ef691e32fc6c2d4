"""Requests for an account that wait for me, as focal point or secretariat."""

from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid
from sgdocs.i18n import N_
from sgdocs.people import actions as people
from sgdocs.people.accounts import AccountRequest
from sgdocs.people.models import Organisation
from sgdocs.people.queries import organisations, request_to_decide, waiting_for
from sgdocs.people.schemas import DecisionForm
from sgdocs.policy import Permission, may
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.my_account import me
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/my/requests")


@pages.get("")
def waiting(request: Request, act: Reading) -> Response:
    me(request, act)
    return page(request, "account/requests.html", rows=waiting_for(act))


@pages.get("/{id}")
def show(request: Request, id: int, act: Reading) -> Response:
    me(request, act)
    return _page(request, act, request_to_decide(act, id), blank())


@pages.post("/{id}/confirmation")
def confirm(request: Request, id: int, services: Svc, filled: Filled[DecisionForm], act: Writing) -> Response:
    me(request, act)
    row = request_to_decide(act, id)
    if not filled.ok:
        return _page(request, act, row, filled, status=422)
    try:
        people.confirm_request(act, row, filled.value, services.settings)
    except (Invalid, Conflict) as refused:
        return _page(request, act, row, filled.refused(refused), status=status_of(refused))
    return see("/my/requests", notice=language_of(request).say(N_("Confirmed; the invitation is on its way.")))


@pages.post("/{id}/refusal")
def refuse(request: Request, id: int, services: Svc, filled: Filled[DecisionForm], act: Writing) -> Response:
    me(request, act)
    row = request_to_decide(act, id)
    if not filled.ok:
        return _page(request, act, row, filled, status=422)
    try:
        people.refuse_request(act, row, filled.value, services.settings)
    except (Invalid, Conflict) as refused:
        return _page(request, act, row, filled.refused(refused), status=status_of(refused))
    return see("/my/requests", notice=language_of(request).say(N_("Refused; the person is told.")))


def _page(request: Request, act: Act, row: AccountRequest, filled: Filled[Any], *, status: int = 200) -> Response:
    organisation = act.session.get(Organisation, row.organisation_id) if row.organisation_id else None
    is_office = may(act.actor, Permission.MANAGE_PEOPLE)
    return page(
        request,
        "account/request_show.html",
        row=row,
        organisation=organisation,
        entities=[each.name for each in organisations(act)] if is_office else [],
        office=is_office,
        filled=filled,
        status=status,
    )
