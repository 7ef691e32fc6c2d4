"""What the secretariat and focal points do with people: enter, correct, invite, admit guests, let go."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, Invalid, invalid
from sgdocs.groups.actions import leave_organisation
from sgdocs.groups.queries import find
from sgdocs.groups.rights import require_power_over
from sgdocs.i18n import N_
from sgdocs.people import actions as people
from sgdocs.people.models import Organisation, Person
from sgdocs.people.queries import organisation_by_slug, organisations
from sgdocs.people.schemas import DecisionForm, GuestForm, OrganisationForm, PersonForm
from sgdocs.policy import Permission, Scope
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Svc, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.account import languages_of, working_languages
from sgdocs.web.pages.people import category_words, visible
from sgdocs.web.render import language_of, page, see

pages = APIRouter()


@pages.get("/people/new")
def new_person(request: Request, act: Reading) -> Response:
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    return _person_form(request, act, blank({"language": "en"}), address="/people/new")


@pages.post("/people/new")
def add_person(request: Request, filled: Filled[PersonForm], act: Writing) -> Response:
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    row = _tried(filled, lambda form: people.add_person(act, form))
    if row is None:
        return _person_form(request, act, filled, address="/people/new")
    return see(urls.person(row.slug), notice=language_of(request).say(N_("The person is entered.")))


@pages.get("/person/{slug}/edit")
def edit_person(request: Request, slug: str, act: Reading) -> Response:
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    row = visible(act, slug)
    entity = act.session.get(Organisation, row.organisation_id) if row.organisation_id else None
    start = PersonForm.model_validate(
        {**row.model_dump(), "organisation": entity.name if entity else ""}, from_attributes=True
    )
    return _person_form(request, act, blank(start), address=f"/person/{row.slug}/edit", row=row)


@pages.post("/person/{slug}/edit")
def save_person(request: Request, slug: str, filled: Filled[PersonForm], act: Writing) -> Response:
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    row = visible(act, slug)
    require_power_over(act, row)
    if _tried(filled, lambda form: people.edit_person(act, row, form)) is None:
        return _person_form(request, act, filled, address=f"/person/{row.slug}/edit", row=row)
    return see(urls.person(row.slug), notice=language_of(request).say(N_("The person is saved.")))


def _person_form(
    request: Request, act: Act, filled: Filled[Any], *, address: str, row: Person | None = None
) -> Response:
    return page(
        request,
        "people/edit.html",
        filled=filled,
        address=address,
        row=row,
        entities=[each.name for each in organisations(act)],
        languages_offered=languages_of(request),
        languages_worked=working_languages(request),
        status=422 if filled.errors else 200,
    )


@pages.post("/person/{slug}/invitation")
def invite(request: Request, slug: str, services: Svc, act: Writing) -> Response:
    """The link goes out by mail and is shown to nobody."""
    row = visible(act, slug)
    people.invite(act, row, services.settings)
    return see(urls.person(row.slug), notice=language_of(request).say(N_("The invitation is on its way.")))


@pages.post("/person/{slug}/second-factor/reset")
def reset_second_factor(request: Request, slug: str, services: Svc, act: Writing) -> Response:
    row = visible(act, slug)
    require_power_over(act, row)
    people.reset_second_factor(act, row, services.settings)
    return see(urls.person(row.slug), notice=language_of(request).say(N_("The second factor is removed.")))


@pages.post("/person/{slug}/departure")
def leave(request: Request, slug: str, filled: Filled[DecisionForm], act: Writing) -> Response:
    """The person leaves the entity: sessions, tokens and roles end at once."""
    row = visible(act, slug)
    leave_organisation(act, row, reason=filled.value.reason if filled.ok else "")
    notice = language_of(request).say(N_("Account, sessions, tokens and roles of this person have ended."))
    return see(urls.person(row.slug), notice=notice)


@pages.get("/people/guest")
def new_guest(request: Request, act: Reading) -> Response:
    policy.require(act.actor, Permission.APPOINT)
    return _guest_form(request, blank({"language": "en"}))


@pages.post("/people/guest")
def admit_guest(request: Request, services: Svc, filled: Filled[GuestForm], act: Writing) -> Response:
    if _tried(filled, lambda form: people.admit_guest(act, _placed(act, form), services.settings)) is None:
        return _guest_form(request, filled)
    return see("/person", notice=language_of(request).say(N_("The guest is admitted.")))


def _placed(act: Act, form: GuestForm) -> GuestForm:
    """The form with the group's path in its own spelling; Invalid when there is no such group."""
    policy.require(act.actor, Permission.APPOINT, Scope(group=form.place))
    if form.place.startswith("meeting:"):
        return form
    group = find(act.session, form.place)
    if group is None:
        invalid("place", form.place, "Give the path of a group, such as T/SG13, or meeting: and its code.")
    return form.model_copy(update={"place": group.path})


def _guest_form(request: Request, filled: Filled[Any]) -> Response:
    return page(
        request,
        "people/guest.html",
        filled=filled,
        languages_offered=languages_of(request),
        status=422 if filled.errors else 200,
    )


@pages.get("/organisations/new")
def new_organisation(request: Request, act: Reading) -> Response:
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    return _organisation_form(request, blank(), address="/organisations/new")


@pages.post("/organisations/new")
def add_organisation(request: Request, filled: Filled[OrganisationForm], act: Writing) -> Response:
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    row = _tried(filled, lambda form: people.add_organisation(act, form))
    if row is None:
        return _organisation_form(request, filled, address="/organisations/new")
    return see(urls.organisation(row.slug), notice=language_of(request).say(N_("The organisation is entered.")))


@pages.get("/organisation/{slug}/edit")
def edit_organisation(request: Request, slug: str, act: Reading) -> Response:
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    row = organisation_by_slug(act, slug)
    start = OrganisationForm.model_validate(row, from_attributes=True)
    return _organisation_form(request, blank(start), address=f"/organisation/{row.slug}/edit", row=row)


@pages.post("/organisation/{slug}/edit")
def save_organisation(request: Request, slug: str, filled: Filled[OrganisationForm], act: Writing) -> Response:
    policy.require(act.actor, Permission.MANAGE_PEOPLE)
    row = organisation_by_slug(act, slug)
    if _tried(filled, lambda form: people.edit_organisation(act, row, form)) is None:
        return _organisation_form(request, filled, address=f"/organisation/{row.slug}/edit", row=row)
    return see(urls.organisation(row.slug), notice=language_of(request).say(N_("The organisation is saved.")))


def _organisation_form(
    request: Request, filled: Filled[Any], *, address: str, row: Organisation | None = None
) -> Response:
    return page(
        request,
        "people/organisation_edit.html",
        filled=filled,
        address=address,
        row=row,
        categories=category_words(),
        status=422 if filled.errors else 200,
    )


def _tried(filled: Filled[Any], act_on: Callable[[Any], Any]) -> Any:
    """What the action gave, or None with the refusal at its field."""
    if not filled.ok:
        return None
    try:
        return act_on(filled.value)
    except (Invalid, Conflict) as refused:
        filled.refused(refused)
        return None
