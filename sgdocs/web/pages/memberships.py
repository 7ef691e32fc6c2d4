"""The pages by which the secretariat notes that an organisation joins a Sector or a study group, and leaves."""

from fastapi import APIRouter, Request, Response

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid, missing
from sgdocs.groups import actions, queries
from sgdocs.groups.models import Group, Membership
from sgdocs.groups.rules import SECTORS, GroupKind
from sgdocs.groups.schemas import MembershipEndForm, MembershipForm
from sgdocs.i18n import N_
from sgdocs.people.models import Organisation
from sgdocs.people.queries import organisation_by_slug
from sgdocs.people.rules import Category
from sgdocs.policy import Permission, require
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_forms import told, tried
from sgdocs.web.render import page, see

pages = APIRouter(prefix="/organisation/{slug}/memberships")


@pages.get("/new")
def joining(request: Request, slug: str, act: Reading) -> Response:
    row = _organisation(act, slug)
    return _join_page(request, row, blank({"starts_on": geneva_day(act.now)}))


@pages.post("")
def join(request: Request, slug: str, act: Writing, filled: Filled[MembershipForm]) -> Response:
    row = _organisation(act, slug)
    if not filled.ok or not tried(filled, act, lambda: _join(act, row, filled.value)):
        return _join_page(request, row, filled, status=422)
    return see(urls.organisation(row.slug), notice=told(request, N_("The membership is recorded.")))


def _join(act: Act, row: Organisation, form: MembershipForm) -> None:
    group = _study_group(act, form) if form.group.strip() else None
    actions.join_sector(act, row, form.sector, group, starts_on=form.starts_on)


def _study_group(act: Act, form: MembershipForm) -> Group:
    """By path or label; of groups with the same number in several Sectors, that of the Sector given."""
    found = queries.resolve(act.session, form.group, geneva_day(act.now))
    of_path = queries.find(act.session, form.group.strip())
    known = [of_path] if of_path else [g for g in found if g.sector == form.sector and g.kind == GroupKind.STUDY_GROUP]
    return known[0] if known else invalid("group", form.group, "Give a study group of the Sector, such as SG15.")


def _join_page(request: Request, row: Organisation, filled: Filled[MembershipForm], *, status: int = 200) -> Response:
    sectors = [(sector, f"ITU-{sector}") for sector in SECTORS]
    is_associate = row.category == Category.ASSOCIATE
    return page(
        request,
        "people/membership.html",
        status=status,
        filled=filled,
        row=row,
        sectors=sectors,
        is_associate=is_associate,
    )


@pages.get("/{number}/end")
def leaving(request: Request, slug: str, number: int, act: Reading) -> Response:
    row, membership = _membership(act, slug, number)
    return _end_page(request, act, row, membership, blank({"ends_on": geneva_day(act.now)}))


@pages.post("/{number}/end")
def leave(request: Request, slug: str, number: int, act: Writing, filled: Filled[MembershipEndForm]) -> Response:
    row, membership = _membership(act, slug, number)
    if not filled.ok or not tried(filled, act, lambda: actions.end_membership(act, membership, filled.value.ends_on)):
        return _end_page(request, act, row, membership, filled, status=422)
    return see(urls.organisation(row.slug), notice=told(request, N_("The membership has its last day.")))


def _end_page(
    request: Request,
    act: Act,
    row: Organisation,
    membership: Membership,
    filled: Filled[MembershipEndForm],
    *,
    status: int = 200,
) -> Response:
    group = act.session.get(Group, membership.group_id) if membership.group_id else None
    place = group.label if group else f"ITU-{membership.sector}"
    return page(
        request,
        "people/membership_end.html",
        status=status,
        filled=filled,
        row=row,
        membership=membership,
        place=place,
    )


def _organisation(act: Act, slug: str) -> Organisation:
    require(act.actor, Permission.MANAGE_PEOPLE)
    return organisation_by_slug(act, slug)


def _membership(act: Act, slug: str, number: int) -> tuple[Organisation, Membership]:
    """The membership of that number, if it is the organisation's."""
    row = _organisation(act, slug)
    found = act.session.get(Membership, number) if 0 < number < 2**31 else None
    if found is None or found.organisation_id != row.id:
        missing("membership", number)
    return row, found
