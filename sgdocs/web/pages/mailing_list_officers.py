"""What officers do with a mailing list: open it, see and change its members, decide on what is held."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlmodel import func, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import Refused, missing
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.i18n import N_
from sgdocs.mailing_lists import actions, queries
from sgdocs.mailing_lists.models import MailingList
from sgdocs.mailing_lists.rules import ListKind
from sgdocs.mailing_lists.schemas import ListForm, MemberForm, ReasonForm
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope
from sgdocs.web import urls
from sgdocs.web.deps import Reading, Writing, services_of
from sgdocs.web.errors import status_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.mailing_lists import KINDS, frame_of, show_list
from sgdocs.web.render import language_of, page, see

pages = APIRouter(prefix="/mailing-list")
Words = Annotated[str, Query(max_length=200)]


@pages.get("/new")
def ask_for(request: Request, act: Reading, group: Words = "") -> Response:
    """A list for a group; members of the list of the period before come along when this is said."""
    return _new(request, act, groups.by_path(act.session, group), blank({"kind": ListKind.GROUP}))


@pages.post("/new")
def open_list(request: Request, act: Writing, filled: Filled[ListForm], group: Words = "") -> Response:
    found = groups.by_path(act.session, group)
    if not filled.ok:
        return _new(request, act, found, filled, status=422)
    try:
        moves = services_of(request).settings.list_members_move
        row = actions.open_list(act, found, filled.value.kind, carries=moves)
    except Refused as refused:
        return _new(request, act, found, filled.refused(refused), status=status_of(refused))
    return see(urls.mailing_list(row.local), notice=language_of(request).say(N_("The list is open.")))


def _new(request: Request, act: Act, group: Group, filled: Filled[Any], *, status: int = 200) -> Response:
    policy.require(act.actor, Permission.OPEN_LIST, Scope(group.path))
    moves = services_of(request).settings.list_members_move
    return page(request, "mailing_lists/new.html", status=status, group=group, filled=filled, kinds=KINDS, moves=moves)


@pages.get("/{local}/members")
def members(request: Request, act: Reading, local: str) -> Response:
    """For officers of the group and the secretariat."""
    return _members(request, act, queries.by_local(act, local), blank())


def _members(request: Request, act: Act, row: MailingList, filled: Filled[Any], *, status: int = 200) -> Response:
    if not queries.may_see_members(act, row):
        missing("members", row.local)
    rows = queries.members_of(act.session, row)
    frame = frame_of(request, act, row)
    return page(request, "mailing_lists/members.html", status=status, **frame, rows=rows, filled=filled)


@pages.post("/{local}/members")
def admit(request: Request, act: Writing, local: str, filled: Filled[MemberForm]) -> Response:
    row = queries.by_local(act, local)
    if not filled.ok:
        return _members(request, act, row, filled, status=422)
    try:
        actions.admit(act, row, _person(act, filled.value.person))
    except Refused as refused:
        return _members(request, act, row, filled.refused(refused), status=status_of(refused))
    return see(urls.mailing_list(row.local, "members"))


@pages.post("/{local}/members/{slug}/remove")
def remove(request: Request, act: Writing, local: str, slug: str) -> Response:
    row = queries.by_local(act, local)
    actions.remove(act, row, _person(act, slug))
    return see(urls.mailing_list(row.local, "members"))


def _person(act: Act, words: str) -> Person:
    column = Person.email if "@" in words else Person.slug
    found = act.session.exec(select(Person).where(func.lower(column) == words.lower())).first()
    return found or missing("person", words)


@pages.post("/{local}/{number:int}/release")
def release(request: Request, act: Writing, local: str, number: int) -> Response:
    row = queries.by_local(act, local)
    actions.release(act, row, queries.message(act, row, number))
    return see(urls.mailing_list(row.local), notice=language_of(request).say(N_("The message goes out.")))


@pages.post("/{local}/{number:int}/refuse")
def refuse(request: Request, act: Writing, local: str, number: int, filled: Filled[ReasonForm]) -> Response:
    row = queries.by_local(act, local)
    try:
        actions.refuse_message(act, row, queries.message(act, row, number), filled.first("reason"))
    except Refused as refused:
        return show_list(request, act, row, filled.refused(refused), status=status_of(refused))
    return see(urls.mailing_list(row.local), notice=language_of(request).say(N_("The message was refused.")))
