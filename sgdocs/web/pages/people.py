"""The directory: people and organisations. Officers are public, everybody else and all contact details for members."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import missing
from sgdocs.groups.models import Appointment, Group, Membership
from sgdocs.groups.queries import Seat, roles_of
from sgdocs.groups.roles import OFFICERS
from sgdocs.i18n import N_
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import (
    Listed,
    PeopleFilter,
    by_slug,
    directory,
    organisation_by_slug,
    organisations,
    sees_contacts,
)
from sgdocs.people.rules import Category
from sgdocs.people.schemas import PersonOut
from sgdocs.policy import Permission, Scope
from sgdocs.search.records import offices
from sgdocs.web import urls
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export
from sgdocs.web.render import language_of, page
from sgdocs.web.roles import word_of

pages = APIRouter()
NO_ROBOTS = {"X-Robots-Tag": "noindex, nofollow"}
MOST_EXPORTED = 10_000
CATEGORIES = {
    Category.MEMBER_STATE: N_("Member State"),
    Category.SECTOR_MEMBER: N_("Sector Member"),
    Category.ASSOCIATE: N_("Associate"),
    Category.ACADEMIA: N_("Academia"),
    Category.INVITED: N_("Invited expert or other body"),
    Category.SECRETARIAT: N_("Secretariat"),
}
COLUMNS = {
    "slug": "Address",
    "name": "Name",
    "organisation": "Organisation",
    "category": "Category",
    "country": "Country",
    "position": "Position",
}
Words = Annotated[str, Query(max_length=200)]
Number = Annotated[int, Query(ge=1, le=100_000)]


def shown_to(act: Act) -> SelectOfScalar[int] | None:
    """Ids of the people whom everybody may see; None for members, who see all. Source: domain 8.3."""
    return None if sees_contacts(act) else offices(geneva_day(act.now))


def _filter(act: Act, q: str, category: str, country: str, organisation: str) -> PeopleFilter:
    entity = organisation_by_slug(act, organisation) if organisation else None
    known = Category(category).value if category in set(Category) else ""
    return PeopleFilter(q, known, country.upper()[:2], entity.id if entity else None)


@pages.get("/person")
def people(
    request: Request,
    act: Reading,
    *,
    q: Words = "",
    category: Words = "",
    country: Words = "",
    organisation: Words = "",
    number: Annotated[Number, Query(alias="page")] = 1,
) -> Response:
    wanted = _filter(act, q, category, country, organisation)
    found = directory(act, wanted, among=shown_to(act), number=number)
    asked = {"q": q, "category": wanted.category, "country": wanted.country, "organisation": organisation}
    return _quiet(
        page(
            request,
            "people/index.html",
            fragment="rows",
            found=found,
            asked=asked,
            categories=category_words(),
            query=q,
            files=urls.with_query("", **asked).removeprefix("?"),
            address_of=lambda n: urls.with_query("/person", **asked, page=n if n > 1 else None),
            members=sees_contacts(act),
        )
    )


@pages.get("/person.{form}")
def people_as(
    act: Reading,
    form: Export,
    *,
    q: Words = "",
    category: Words = "",
    country: Words = "",
    organisation: Words = "",
) -> Response:
    """The same list as a file; addresses and telephones for members only."""
    wanted = _filter(act, q, category, country, organisation)
    contacts = sees_contacts(act)
    found = directory(act, wanted, among=shown_to(act), size=MOST_EXPORTED)
    columns = COLUMNS | ({"email": "E-mail", "phone": "Telephone"} if contacts else {})
    rows = [_row(each, contacts=contacts) for each in found.rows]
    return _quiet(export(form, "people", rows, columns, total=found.total))


def _row(each: Listed, *, contacts: bool) -> dict[str, object]:
    told = PersonOut.of(each.person, each.organisation, contacts=contacts).model_dump(mode="json")
    entity = each.organisation
    return told | {"organisation": entity.name if entity else "", "category": entity.category if entity else ""}


@pages.get("/person/{slug}")
def person(request: Request, slug: str, act: Reading) -> Response:
    """Who it is, for which entity, in which roles. Not found for those who may not see it."""
    row = visible(act, slug)
    organisation = act.session.get(Organisation, row.organisation_id) if row.organisation_id else None
    return _quiet(
        page(
            request,
            "people/show.html",
            row=row,
            organisation=organisation,
            seats=[(word_of(seat.appointment.role), seat) for seat in _seats(act, row)],
            contacts=sees_contacts(act),
            languages_worked=[_language_name(request, code) for code in row.languages],
            manages=policy.may(act.actor, Permission.MANAGE_PEOPLE),
            ends=policy.may(act.actor, Permission.CONFIRM_ACCOUNT, Scope(organisation_id=row.organisation_id)),
        )
    )


def _seats(act: Act, row: Person) -> list[Seat]:
    """The roles of a person: offices for everybody, the others for members and the person. Source: domain 8.3."""
    sees_all = sees_contacts(act) or act.actor.person_id == row.id
    return [s for s in roles_of(act.session, row) if sees_all or (s.group and s.appointment.role in OFFICERS)]


def visible(act: Act, slug: str) -> Person:
    """The person, if the actor may see them: an officer, oneself, anybody for members. NotFound otherwise."""
    row = by_slug(act, slug)
    if sees_contacts(act) or act.actor.person_id == row.id:
        return row
    is_officer = act.session.exec(
        offices(geneva_day(act.now)).where(col(Appointment.person_id) == row.id).limit(1)
    ).first()
    return row if is_officer and row.left_at is None else missing("Person", slug)


@pages.get("/organisation")
def entities(request: Request, act: Reading, category: Words = "", q: Words = "") -> Response:
    wanted = q.strip().lower()
    rows = [
        each
        for each in organisations(act)
        if (not category or each.category == category)
        and (not wanted or wanted in each.name.lower() or wanted in each.acronym.lower())
    ]
    return _quiet(
        page(
            request,
            "people/organisations.html",
            rows=rows,
            asked={"q": q, "category": category},
            categories=category_words(),
            manages=policy.may(act.actor, Permission.MANAGE_PEOPLE),
        )
    )


@pages.get("/organisation/{slug}")
def organisation(request: Request, slug: str, act: Reading) -> Response:
    """What it is, where it takes part, its people."""
    row = organisation_by_slug(act, slug)
    memberships = act.session.exec(
        select(Membership, Group)
        .join(Group, col(Group.id) == Membership.group_id, isouter=True)
        .where(Membership.organisation_id == row.id)
        .order_by(Membership.sector, col(Membership.starts_on))
    ).all()
    found = directory(act, PeopleFilter(organisation_id=row.id), among=shown_to(act), size=200)
    return _quiet(
        page(
            request,
            "people/organisation.html",
            row=row,
            category=CATEGORIES[Category(row.category)],
            memberships=memberships,
            found=found,
            members=sees_contacts(act),
            manages=policy.may(act.actor, Permission.MANAGE_PEOPLE),
        )
    )


def category_words() -> list[tuple[str, str]]:
    return [(category.value, word) for category, word in CATEGORIES.items()]


def _language_name(request: Request, code: str) -> str:
    return str(language_of(request).locale.languages.get(code, code))


def _quiet(response: Response) -> Response:
    """Search engines stay away from people."""
    response.headers.update(NO_ROBOTS)
    return response
