"""Who takes part in an event: registrations, who is listed, who sees the rooms."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.events.models import Event, EventRegistration
from sgdocs.events.rules import Place
from sgdocs.events.seeing import may_manage, own_id
from sgdocs.groups.models import Group
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import Permission, Scope, may, reads


def own_registration(act: Act, event: Event) -> EventRegistration | None:
    """Of the actor, cancelled ones too; None for who may not read what is one's own: other eyes, a token for files."""
    own = own_id(act)
    return registration_of(act.session, event, own) if own is not None else None


def registration_of(session: Session, event: Event, person_id: int | None) -> EventRegistration | None:
    wanted = select(EventRegistration).where(
        EventRegistration.event_id == event.id, EventRegistration.person_id == person_id
    )
    return session.exec(wanted).first()


def taken(session: Session, event: Event) -> int:
    """How many have a place."""
    found = select(func.count()).select_from(EventRegistration)
    return session.exec(
        found.where(EventRegistration.event_id == event.id, EventRegistration.status == Place.REGISTERED.value)
    ).one()


@dataclass(frozen=True)
class Participant:
    registration: EventRegistration
    person: Person
    organisation: Organisation | None


def participants(act: Act, event: Event) -> list[Participant]:
    """Who has a place and agreed to be listed, and the actor's own line: for members and for who takes part. Those who
    manage the event see all, those who wait too. Nothing for others."""
    own = own_id(act) or 0
    if may_manage(act, event):
        return _people(act.session, event, col(EventRegistration.status) != Place.CANCELLED.value)
    if not (reads(act.actor, "members") or takes_part(act, event)):
        return []
    shown = or_(col(EventRegistration.is_listed).is_(True), col(EventRegistration.person_id) == own)
    return _people(act.session, event, EventRegistration.status == Place.REGISTERED.value, shown)


def takes_part(act: Act, event: Event) -> bool:
    """Whether the actor has a place."""
    row = own_registration(act, event)
    return row is not None and row.status == Place.REGISTERED


def sees_links(act: Act, event: Event) -> bool:
    """Rooms on the net are for participants and for those who manage the event."""
    return takes_part(act, event) or may(act.actor, Permission.MANAGE_EVENT, _scope(act, event))


def _scope(act: Act, event: Event) -> Scope:
    return Scope(act.session.get_one(Group, event.group_id).path)


def _people(session: Session, event: Event, *conditions: ColumnElement[bool] | bool) -> list[Participant]:
    found = (
        select(EventRegistration, Person, Organisation)
        .join(Person, col(Person.id) == col(EventRegistration.person_id))
        .outerjoin(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .where(EventRegistration.event_id == event.id, *conditions)
        .order_by(col(EventRegistration.status), col(Person.sort_name), col(Person.id))
    )
    return [Participant(*row) for row in session.exec(found)]
