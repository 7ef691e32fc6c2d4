"""The directory: people and organisations. Officers are public, everybody else and all contact details for members."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.groups.directory import Held, roles_now, shown_to
from sgdocs.groups.models import Group, Membership
from sgdocs.groups.queries import Seat, roles_of
from sgdocs.groups.roles import OFFICERS
from sgdocs.i18n import N_
from sgdocs.people.directory import (
    Listed,
    PeopleFilter,
    directory,
    interests_known,
    interests_of,
)
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import by_slug, organisation_by_slug, organisations, sees_contacts
from sgdocs.people.rules import Category
from sgdocs.people.schemas import PersonOut
from sgdocs.policy import Permission, Scope
from sgdocs.web import liaison_panels
from sgdocs.web.deps import Reading
from sgdocs.web.exports import Export, export
from sgdocs.web.pages.account import working_languages
from sgdocs.web.people_filters import ROLES, Asking
from sgdocs.web.render import language_of, page, wants_fragment
from sgdocs.web.roles import word_of
from sgdocs.work_programme.coverage import coverage_of, doings_of_organisation, doings_of_person

pages = APIRouter()
NO_ROBOTS = {"X-Robots-Tag": "noindex, nofollow"}
MOST_EXPORTED, MOST_WITH_ROLES = 10_000, 10_000
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
    "roles": "Roles",
    "languages": "Languages",
    "interests": "Fields of interest",
}
Words = Annotated[str, Query(max_length=200)]
Number = Annotated[int, Query(ge=1, le=100_000)]


@pages.get("/person")
def people(
    request: Request, act: Reading, asked: Asking, number: Annotated[Number, Query(alias="page")] = 1
) -> Response:
    found = directory(act, asked.people(act), among=asked.among(act), number=number)
    ids = [each.person.id or 0 for each in found.rows]
    return _quiet(
        page(
            request,
            "people/index.html",
            fragment="rows",
            found=found,
            held=roles_now(act, ids),
            asked=asked,
            chosen=[(name, value, _chosen_word(request, name, value)) for name, value in asked.chosen],
            categories=category_words(),
            roles=_role_words(members=sees_contacts(act)),
            role_word=word_of,
            tongues=working_languages(request),
            interests=[] if wants_fragment(request) else interests_known(act.session),
            query=asked.q,
            address_of=lambda n: asked.address(page=n if n > 1 else None),
            members=sees_contacts(act),
        )
    )


def _role_words(*, members: bool) -> list[tuple[str, str]]:
    """Roles to choose from; those that have one name stand in one line, their values with a comma between."""
    found: dict[str, list[str]] = {}
    for role in ROLES if members else OFFICERS:
        found.setdefault(word_of(role), []).append(role)
    return [(",".join(roles), word) for word, roles in found.items()]


def _chosen_word(request: Request, name: str, value: str) -> str:
    """A chosen filter in the reader's words."""
    if name == "language":
        return _language_name(request, value)
    told = {"role": word_of(value), "category": dict(category_words()).get(value, value)}.get(name)
    return language_of(request).say(told) if told else value


@pages.get("/person.{form}")
def people_as(act: Reading, form: Export, asked: Asking) -> Response:
    """The same list as a file; addresses and telephones for members only."""
    contacts = sees_contacts(act)
    found = directory(act, asked.people(act), among=asked.among(act), size=MOST_EXPORTED)
    ids = [each.person.id or 0 for each in found.rows] if found.total <= MOST_WITH_ROLES else []
    held, interests = roles_now(act, ids), interests_of(act.session, ids)
    columns = COLUMNS | ({"email": "E-mail", "phone": "Telephone"} if contacts else {})
    rows = [_row(each, held, interests, contacts=contacts) for each in found.rows]
    return _quiet(export(form, "people", rows, columns, total=found.total))


def _row(
    each: Listed, held: Mapping[int, list[Held]], interests: Mapping[int, list[str]], *, contacts: bool
) -> dict[str, object]:
    told = PersonOut.of(each.person, each.organisation, contacts=contacts).model_dump(mode="json")
    entity, id = each.organisation, each.person.id or 0
    return told | {
        "organisation": entity.name if entity else "",
        "category": entity.category if entity else "",
        "roles": [f"{h.appointment.role} {h.group.label if h.group else ''}".strip() for h in held.get(id, ())],
        "interests": interests.get(id, []),
    }


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
            interests=interests_of(act.session, [row.id or 0]).get(row.id or 0, []),
            does=doings_of_person(act, row),
            liaisons=liaison_panels.of_person(act, row),
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
    held = roles_now(act, [row.id or 0])
    return row if held and row.left_at is None else missing("Person", slug)


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
    found = directory(act, PeopleFilter(organisation_ids=(row.id or 0,)), among=shown_to(act), size=200)
    return _quiet(
        page(
            request,
            "people/organisation.html",
            row=row,
            category=CATEGORIES[Category(row.category)],
            memberships=memberships,
            coverage=coverage_of(act, row),
            does=doings_of_organisation(act, row),
            found=found,
            held=roles_now(act, [each.person.id or 0 for each in found.rows]),
            role_word=word_of,
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
