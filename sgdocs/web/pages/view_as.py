"""The secretariat looks at the pages as a named person or role: begun and ended here, read only all the while."""

from typing import Any

from fastapi import APIRouter, Request, Response

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import NOT_SIGNED_IN, Conflict, Invalid, NotAllowed, invalid
from sgdocs.groups import actions, queries
from sgdocs.groups.models import Group
from sgdocs.groups.queries import actor_for
from sgdocs.groups.roles import OFFICERS
from sgdocs.groups.viewing import PLAIN, VISITOR
from sgdocs.i18n import N_
from sgdocs.people.queries import by_slug, presence
from sgdocs.people.rules import Category
from sgdocs.people.schemas import Form, Line
from sgdocs.policy import Permission
from sgdocs.web import roles
from sgdocs.web.deps import Reading, Svc, Writing, now_of, services_of, visitor_of
from sgdocs.web.forms import Filled, blank
from sgdocs.web.pages.group_places import today_of
from sgdocs.web.pages.people import category_words
from sgdocs.web.render import language_of, page, see
from sgdocs.web.security import safe_next, session_cookie

pages = APIRouter(prefix="/office/view-as")
VISITOR_WORD = N_("Anybody, not signed in")
ROLES = (*PLAIN, *OFFICERS, "focal-point")


class ViewForm(Form):
    """person: the word of their page; or role with group and category. back: where to look first."""

    person: Line = ""
    role: Line = ""
    group: Line = ""
    category: Category = Category.SECTOR_MEMBER
    back: Line = ""


@pages.get("")
def choose(request: Request, act: Reading, person: str = "") -> Response:
    policy.require(act.actor, Permission.VIEW_AS)
    return _form(request, blank({"person": person[:200], "category": Category.SECTOR_MEMBER.value}))


@pages.post("")
def begin(request: Request, act: Writing, services: Svc, filled: Filled[ViewForm]) -> Response:
    """From the next page on; for as long as the settings say."""
    policy.require(act.actor, Permission.VIEW_AS)
    if filled.ok:
        try:
            _begin(request, act, services.settings, filled.value)
        except (Invalid, Conflict) as refused:
            filled.refused(refused)
    if not filled.ok:
        return _form(request, filled, status=422)
    return see(safe_next(filled.value.back))


def _begin(request: Request, act: Act, settings: Any, form: ViewForm) -> None:
    session_id = _session_id(request, act)
    if form.person:
        actions.view_as_person(act, session_id, by_slug(act, form.person), settings)
        return
    group = _group(request, act, form.group) if form.group else None
    actions.view_as_role(act, session_id, settings, role=form.role, group=group, category=form.category)


def _group(request: Request, act: Act, name: str) -> Group:
    found = queries.find(act.session, name)
    found = found or next(iter(queries.resolve(act.session, name, today_of(request))), None)
    return found or invalid("group", name, "The address of a group, such as SG15 or Q2/13.")


def _session_id(request: Request, act: Act) -> int:
    """Of this very browser; a token has none."""
    found = presence(act.session, session_cookie(request) or "", now_of(request))
    if found is None or found.session.id is None:
        raise NotAllowed(NOT_SIGNED_IN)
    return found.session.id


@pages.post("/end")
def end(request: Request) -> Response:
    """Back to one's own eyes: the one thing that is written through others, as the viewer."""
    view = visitor_of(request).view
    if view is None:
        return see("/office")
    with services_of(request).database.writing() as session:
        act = Act(session, actor_for(session, view.viewer, now_of(request)), now_of(request))
        actions.end_view(act, _session_id(request, act))
    return see("/office", notice=language_of(request).say(N_("You look through your own eyes again.")))


def _form(request: Request, filled: Filled[Any], *, status: int = 200) -> Response:
    spoken = language_of(request)
    return page(
        request,
        "office/view_as.html",
        filled=filled,
        roles=[(role, spoken.say(VISITOR_WORD if role == VISITOR else roles.word_of(role))) for role in ROLES],
        categories=[(value, spoken.say(word)) for value, word in category_words()],
        minutes=services_of(request).settings.view_as_minutes,
        status=status,
    )
