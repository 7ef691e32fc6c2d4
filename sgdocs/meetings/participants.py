"""Who takes part: the list that people agreed to stand on, what waits for a decision, what one has registered for."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.meetings.joining import RegistrationStatus
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.meetings.queries import presence, scope_of, visible
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import Permission, Scope


@dataclass(frozen=True)
class Participant:
    """Somebody who takes part, or asks to. organisation: of the day of registration."""

    registration: Registration
    person: Person
    organisation: Organisation | None


def may_list(act: Act, meeting: Meeting) -> bool:
    """Whether the actor may read who takes part: members, and whoever sees the remote links. Source: domain 8.3."""
    return policy.reads(act.actor, "members") or presence(act, meeting).sees_links


def participants(act: Act, meeting: Meeting) -> list[Participant]:
    """Those who are approved and agreed to be listed, by entity and name; officers see all who are approved.

    Nothing for a reader who is no member.
    """
    if not may_list(act, meeting):
        return []
    approved = _of(meeting, RegistrationStatus.APPROVED)
    if not _is_officer(act, meeting):
        listed = col(Registration.is_listed).is_(True)
        mine = col(Registration.person_id) == act.actor.person_id
        approved.append(listed | mine if act.actor.person_id else listed)
    return _people(act.session, *approved)


def count(session: Session, meeting: Meeting) -> int:
    """How many take part, listed or not."""
    wanted = select(func.count()).select_from(Registration)
    return session.exec(
        wanted.where(Registration.meeting_id == meeting.id, Registration.status == RegistrationStatus.APPROVED)
    ).one()


def waiting(act: Act, meeting: Meeting) -> list[Participant]:
    """The registrations that the actor may decide and that wait, the oldest first."""
    asked = _of(meeting, RegistrationStatus.ASKED)
    scope = scope_of(act.session, meeting)
    if not policy.may(act.actor, Permission.DECIDE_REGISTRATION, scope):
        own = act.actor.organisation_id
        if not policy.may(act.actor, Permission.DECIDE_REGISTRATION, Scope(scope.group, organisation_id=own)):
            return []
        asked.append(col(Registration.organisation_id) == own)
    found = _people(act.session, *asked)
    return sorted(found, key=lambda each: (each.registration.asked_at, each.registration.id or 0))


def registered_for(act: Act, person: Person) -> list[tuple[Meeting, Registration]]:
    """The meetings that a person asked to take part in and did not give up, the latest first."""
    alive = (RegistrationStatus.ASKED, RegistrationStatus.APPROVED)
    found = (
        select(Meeting, Registration)
        .join(Registration, col(Registration.meeting_id) == Meeting.id)
        .where(Registration.person_id == person.id, col(Registration.status).in_(alive), visible(act))
        .order_by(col(Meeting.starts_on).desc(), Meeting.code)
    )
    return [(meeting, row) for meeting, row in act.session.exec(found)]


def _is_officer(act: Act, meeting: Meeting) -> bool:
    return policy.may_read(act.actor, Permission.SEE_REMOTE_LINK, scope_of(act.session, meeting))


def _of(meeting: Meeting, status: RegistrationStatus) -> list[ColumnElement[bool]]:
    return [col(Registration.meeting_id) == meeting.id, col(Registration.status) == status]


def _people(session: Session, *conditions: ColumnElement[bool]) -> list[Participant]:
    rows = session.exec(
        select(Registration, Person, Organisation)
        .join(Person, col(Person.id) == Registration.person_id)
        .join(Organisation, col(Organisation.id) == Registration.organisation_id, isouter=True)
        .where(*conditions)
        .order_by(func.lower(func.coalesce(Organisation.name, "")), Person.sort_name, col(Person.id))
    )
    return [Participant(row, person, organisation) for row, person, organisation in rows]
