"""Through whose eyes the secretariat looks: the actor of a person, or of whoever holds a role. Source: features 108."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from sgdocs.base import actor as actors
from sgdocs.base.actor import Actor, Kind
from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.groups.queries import by_path
from sgdocs.groups.rights import READ_SECTOR, actor_for, spread
from sgdocs.people.accounts import UserSession
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Role, may

VISITOR = "public"
PLAIN = (VISITOR, Role.GUEST.value, Role.DELEGATE.value)
"""What one may look as without an office."""
VIEW_LEFT = rule("people.view-left", "{name} has left: there is nothing that they would see.")
VIEW_SELF = rule("people.view-self", "You are {name}; open the pages as they are.")
VIEW_ROLE = rule("people.view-role", "Give a person, or a role with the group in which it is held.")


@dataclass(frozen=True)
class View:
    """Who is looked as, who looks, and until when."""

    actor: Actor
    person: Person | None
    viewer: Person
    until: datetime


def view_of(session: Session, row: UserSession, viewer: Person, now: datetime) -> View | None:
    """The view of a browser's session; None when there is none, its time is over or one of the two has lost the right.

    Costs nothing without a view, up to seven queries with one.
    """
    until = row.view_until
    if until is None or until <= now or not may(actor_for(session, viewer, now), Permission.VIEW_AS):
        return None
    if row.view_person_id is None:
        return View(_of_role(session, row), None, viewer, until)
    person = session.get(Person, row.view_person_id)
    if person is None or person.left_at is not None:
        return None
    return View(replace(actor_for(session, person, now), is_viewed=True), person, viewer, until)


def why_not_view(viewer_id: int | None, person: Person) -> Refusal | None:
    """Why nobody looks as this person."""
    if person.left_at is not None:
        return Refusal(VIEW_LEFT, {"name": person.name}, field="person")
    if person.id == viewer_id:
        return Refusal(VIEW_SELF, {"name": person.name}, field="person")
    return None


def _of_role(session: Session, row: UserSession) -> Actor:
    """Somebody who does not exist, with the rights of the role: of an entity of that category, in that group's Sector."""
    if row.view_role == VISITOR:
        return Actor(Kind.ANONYMOUS, is_viewed=True)
    group = by_path(session, row.view_group) if row.view_group else None
    path = group.path if group else ""
    is_narrow = row.view_role == Role.GUEST or row.view_category == "associate"
    held = [] if row.view_role == Role.GUEST else [actors.Appointment(row.view_role, path, group.id if group else None)]
    own, appointments = spread(session, {path} if is_narrow and path else set(), held)
    sectors = {path[0] if path else "T"} if row.view_category in READ_SECTOR and not is_narrow else set()
    return Actor(
        Kind.PERSON,
        name=f"{row.view_role} {group.label if group else ''}".strip(),
        category=row.view_category,
        sectors=frozenset(sectors),
        groups=own,
        appointments=appointments,
        is_viewed=True,
    )
