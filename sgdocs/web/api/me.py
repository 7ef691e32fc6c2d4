"""Who I am for the API: `/api/v1/me`."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from sgdocs.base.errors import NOT_PERMITTED, NOT_SIGNED_IN, NotAllowed
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import tokens_of
from sgdocs.people.schemas import PersonOut, TokenOut
from sgdocs.policy import audiences, reads
from sgdocs.web.api._conventions import one
from sgdocs.web.deps import Reading, Visitor, Who

api = APIRouter(prefix="/api/v1/me", tags=["me"])


class RoleOut(BaseModel):
    role: str
    group: str


class MeOut(BaseModel):
    """scopes: of the token, null for a session; audiences: labels of what I may read."""

    person: PersonOut
    category: str
    roles: list[RoleOut]
    audiences: list[str]
    scopes: list[str] | None


@api.get("", response_model=MeOut, summary="Who I am")
def me(request: Request, act: Reading, visitor: Who) -> Response:
    """The person behind the session or token, with roles and what they may read."""
    row = _known(visitor)
    entity = act.session.get(Organisation, row.organisation_id) if row.organisation_id else None
    roles = sorted({(held.role, held.group) for held in act.actor.appointments})
    return one(
        request,
        MeOut(
            person=PersonOut.of(row, entity, contacts=True),
            category=act.actor.category,
            roles=[RoleOut(role=role, group=group) for role, group in roles],
            audiences=sorted(audiences(act.actor)),
            scopes=None if act.actor.scopes is None else sorted(act.actor.scopes),
        ),
    )


@api.get("/tokens", response_model=list[TokenOut], summary="My tokens")
def tokens(request: Request, act: Reading, visitor: Who) -> Response:
    """My personal tokens, by their last four characters; never the tokens themselves."""
    rows = [TokenOut.of(each) for each in tokens_of(act.session, _known(visitor).id or 0)]
    return one(request, {"items": [row.model_dump(mode="json") for row in rows], "total": len(rows)})


def _known(visitor: Visitor) -> Person:
    """The person; NotAllowed for nobody, and for a token that may not read what is the person's."""
    if visitor.person is None:
        raise NotAllowed(NOT_SIGNED_IN)
    if not reads(visitor.actor, f"person:{visitor.person.id}"):
        raise NotAllowed(NOT_PERMITTED, permission="read")
    return visitor.person
