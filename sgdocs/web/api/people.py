"""The directory as data: `/api/v1/people`. Officers for everybody; contact details and all others for members."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel

from sgdocs.base.errors import invalid
from sgdocs.groups.directory import Held, roles_now
from sgdocs.people.directory import Listed, directory_after, interests_of
from sgdocs.people.models import Organisation
from sgdocs.people.queries import sees_contacts
from sgdocs.people.schemas import PersonOut
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.deps import Reading
from sgdocs.web.pages.people import visible
from sgdocs.web.people_filters import Asking

api = APIRouter(prefix="/api/v1/people", tags=["people"])
Words = Annotated[str, Query(max_length=200)]


class HeldOut(BaseModel):
    """A role that runs now. group: canonical path, "" for everywhere."""

    role: str
    group: str
    starts_on: date
    ends_on: date | None


class DirectoryOut(PersonOut):
    """roles: those held now, offices alone for a reader who is no member; interests: in the person's words."""

    roles: list[HeldOut] = []
    interests: list[str] = []

    @classmethod
    def told(cls, row: Listed, held: Sequence[Held], interests: Sequence[str], *, contacts: bool) -> "DirectoryOut":
        person = PersonOut.of(row.person, row.organisation, contacts=contacts)
        roles = [_held(each) for each in held]
        return cls(**person.model_dump(), roles=roles, interests=list(interests))


def _held(held: Held) -> HeldOut:
    row = held.appointment
    group = held.group.path if held.group else ""
    return HeldOut(role=row.role, group=group, starts_on=row.starts_on, ends_on=row.ends_on)


@api.get("", summary="People, by family name")
def people(request: Request, act: Reading, asked: Paging, filters: Asking) -> Response:
    """Who is here, by family name; the same filters as `/person`."""
    asked.require_sort({"name"}, "name")
    filters.require_known()
    wanted, among = filters.people(act), filters.among(act)
    rows, total = directory_after(act, wanted, after=_after(asked.after), limit=asked.limit + 1, among=among)
    ids = [each.person.id or 0 for each in rows]
    contacts, held, interests = sees_contacts(act), roles_now(act, ids), interests_of(act.session, ids)

    def out(row: Listed) -> DirectoryOut:
        id = row.person.id or 0
        return DirectoryOut.told(row, held.get(id, ()), interests.get(id, ()), contacts=contacts)

    return listing(
        request, asked, rows, total=total, item=out, cursor=lambda row: (row.person.sort_name, row.person.id)
    )


@api.get("/{slug}", response_model=DirectoryOut, summary="One person")
def person(request: Request, slug: str, act: Reading, fields: Words = "") -> Response:
    """A person by the word of their page's address."""
    row = visible(act, slug)
    entity = act.session.get(Organisation, row.organisation_id) if row.organisation_id else None
    id = row.id or 0
    held, interests = roles_now(act, [id]).get(id, ()), interests_of(act.session, [id]).get(id, ())
    return one(request, DirectoryOut.told(Listed(row, entity), held, interests, contacts=sees_contacts(act)), fields)


def _after(keys: tuple[str | int | float | None, ...]) -> tuple[str, int] | None:
    if not keys:
        return None
    if len(keys) != 2 or not isinstance(keys[0], str) or not isinstance(keys[1], int):
        invalid("cursor", str(keys)[:80], "Take it from “next” of the page before.")
    return keys[0], keys[1]
