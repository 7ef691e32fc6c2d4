"""The desk of whoever asks, and the lists of what is one's own, over the API."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from sgdocs.base.errors import NOT_SIGNED_IN, NotAllowed
from sgdocs.web import desks
from sgdocs.web.api._conventions import one
from sgdocs.web.deps import Reading, Svc
from sgdocs.web.desk_cards import Card
from sgdocs.web.own_lists import rows_of
from sgdocs.work_programme.practice import Practice

api = APIRouter(prefix="/api/v1/me", tags=["me"])


class OwnList(StrEnum):
    ACTIONS = "actions"
    COMMENTS = "comments"
    CONSULTATIONS = "consultations"
    OBLIGATIONS = "obligations"


@api.get("/desk")
def desk(request: Request, act: Reading, services: Svc) -> Response:
    """Each role with its cards: how many, and the address of the list; `facts` fill the places of the title."""
    if act.actor.person_id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    told = [
        {"id": plan.id, "role": str(plan.role), "of": plan.of, "cards": [_card(card) for card in plan.make()]}
        for plan in desks.plans(act, Practice.of(services.settings))
    ]
    return one(request, {"items": told, "total": len(told)})


def _card(card: Card) -> dict[str, Any]:
    facts = {name: str(value) for name, value in card.facts.items()}
    return {"id": card.id, "title": card.title, "facts": facts, "count": card.count, "address": card.address}


@api.get("/own/{name}")
def own(
    request: Request,
    act: Reading,
    name: OwnList,
    kind: Annotated[list[str], Query(max_length=40, description="of obligations")] = [],  # noqa: B006
) -> Response:
    """Action items that are open, comments of one's organisation, consultations to answer, what is owed."""
    if act.actor.person_id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    rows = [row.told for row in rows_of(act, name, kind)]
    return one(request, {"items": rows, "total": len(rows)})
