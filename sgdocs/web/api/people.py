"""The directory as data: `/api/v1/people`. Officers for everybody; contact details and all others for members."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sgdocs.base.errors import invalid
from sgdocs.people.models import Organisation
from sgdocs.people.queries import Listed, PeopleFilter, directory_after, organisation_by_slug, sees_contacts
from sgdocs.people.rules import Category
from sgdocs.people.schemas import PersonOut
from sgdocs.web.api._conventions import Paging, listing, one
from sgdocs.web.deps import Reading
from sgdocs.web.pages.people import shown_to, visible

api = APIRouter(prefix="/api/v1/people", tags=["people"])
Words = Annotated[str, Query(max_length=200)]


@api.get("", summary="People, by family name")
def people(
    request: Request,
    act: Reading,
    asked: Paging,
    *,
    q: Words = "",
    category: Category | None = None,
    country: Annotated[str, Query(pattern="^[A-Za-z]{0,2}$")] = "",
    organisation: Words = "",
) -> Response:
    """Who is here, by family name; the same filters as `/person`."""
    asked.require_sort({"name"}, "name")
    entity = organisation_by_slug(act, organisation) if organisation else None
    wanted = PeopleFilter(q, category.value if category else "", country.upper(), entity.id if entity else None)
    rows, total = directory_after(act, wanted, after=_after(asked.after), limit=asked.limit + 1, among=shown_to(act))
    contacts = sees_contacts(act)

    def out(row: Listed) -> PersonOut:
        return PersonOut.of(row.person, row.organisation, contacts=contacts)

    return listing(
        request, asked, rows, total=total, item=out, cursor=lambda row: (row.person.sort_name, row.person.id)
    )


@api.get("/{slug}", response_model=PersonOut, summary="One person")
def person(request: Request, slug: str, act: Reading, fields: Words = "") -> Response:
    """A person by the word of their page's address."""
    row = visible(act, slug)
    entity = act.session.get(Organisation, row.organisation_id) if row.organisation_id else None
    return one(request, PersonOut.of(row, entity, contacts=sees_contacts(act)), fields)


def _after(keys: tuple[str | int | float | None, ...]) -> tuple[str, int] | None:
    if not keys:
        return None
    if len(keys) != 2 or not isinstance(keys[0], str) or not isinstance(keys[1], int):
        invalid("cursor", str(keys)[:80], "Take it from “next” of the page before.")
    return keys[0], keys[1]
