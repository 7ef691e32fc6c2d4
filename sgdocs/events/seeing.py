"""Which events the actor may know of and which they manage."""

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Kind
from sgdocs.base.errors import missing
from sgdocs.events.models import Event
from sgdocs.events.rules import EventState
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.policy import LEADERS, Permission, Role, Scope, may_read, reads


def visible(act: Act) -> ColumnElement[bool]:
    """Events that the actor may know of: drafts are for those who manage them. Needs `Group` of the event joined."""
    told = and_(col(Event.audience).in_(audiences(act)), col(Event.state) != EventState.DRAFT.value)
    return or_(told, managed(act))


def managed(act: Act) -> ColumnElement[bool]:
    """Events of groups where the actor may manage one, as `policy` says it."""
    actor = act.actor
    if actor.kind is Kind.OPERATOR or actor.has_role(Role.SECRETARIAT, Role.ADMIN):
        return col(Event.id).is_not(None)
    paths = {held.group for held in actor.appointments if held.role in (*LEADERS, Role.COUNSELLOR) and held.group}
    below = [col(Group.path).startswith(f"{path}/", autoescape=True) for path in paths]
    return or_(col(Group.path).in_(paths), *below)


def may_manage(act: Act, event: Event, group: Group | None = None) -> bool:
    """For showing: also to the secretariat that looks through other eyes."""
    found = group or act.session.get_one(Group, event.group_id)
    return may_read(act.actor, Permission.MANAGE_EVENT, Scope(found.path))


def by_slug(act: Act, slug: str) -> Event:
    """The event of that address, or NotFound."""
    wanted = select(Event).join(Group, col(Group.id) == col(Event.group_id))
    found = act.session.exec(wanted.where(Event.slug == slug.lower()[:120], visible(act))).first()
    return found or missing("event", slug)


def own_id(act: Act) -> int | None:
    """The person who acts, when they may read what is for them alone."""
    id = act.actor.person_id
    return id if id is not None and reads(act.actor, f"person:{id}") else None
