"""Verbs on registrations: ask, approve or refuse, give up. Names stand in the personal facts of the journal alone."""

from typing import Any

from sqlmodel import select

from sgdocs import policy
from sgdocs.base.act import Act
from sgdocs.base.errors import missing, refuse
from sgdocs.base.text import one_line
from sgdocs.groups import queries as groups
from sgdocs.journal.record import record
from sgdocs.meetings import joining, queries
from sgdocs.meetings.joining import Asker, Door, RegistrationStatus
from sgdocs.meetings.models import Meeting, Registration
from sgdocs.meetings.rules import MeetingKind
from sgdocs.meetings.schemas import RegistrationForm
from sgdocs.people.models import Person
from sgdocs.policy import Permission, Scope

OPEN_KINDS = (MeetingKind.WORKSHOP,)
"""Meetings that everybody with an account may come to."""


def register(act: Act, meeting: Meeting, person: Person, form: RegistrationForm) -> Registration:
    """The person asks to take part; the focal point of their entity or the secretariat decides.

    Whoever may decide anyway is in at once. The secretariat may enter others, and late. Source: domain 5.1.
    """
    policy.require(act.actor, Permission.REGISTER, Scope(owner_id=person.id))
    act.session.exec(select(Person.id).where(Person.id == person.id).with_for_update())  # two at once: one waits
    row = queries.registration_of(act.session, meeting, person.id)
    asker = Asker(person.name, is_entitled(act, meeting, person), row.status if row else "")
    is_office = policy.may(act.actor, Permission.REGISTER)
    refuse(joining.why_not_register(door_of(meeting), asker, form.mode, act.now, is_office=is_office))
    row = row or Registration(meeting_id=meeting.id or 0, person_id=person.id or 0, asked_at=act.now)
    row.organisation_id, row.role, row.mode = person.organisation_id, form.role, form.mode
    row.is_listed, row.reason = form.is_listed, ""
    row.status, row.asked_at, row.decided_at, row.decided_by = RegistrationStatus.ASKED, act.now, None, None
    act.session.add(row)
    act.session.flush()
    _note(act, "meetings.registration-asked", meeting, row, person)
    if policy.may(act.actor, Permission.DECIDE_REGISTRATION, _scope(act, meeting, row)):
        decide_registration(act, meeting, row, approve=True)
    return row


def is_entitled(act: Act, meeting: Meeting, person: Person) -> bool:
    """Whether the person reads the papers of the group, or was let in to this meeting."""
    if meeting.kind in OPEN_KINDS:
        return True
    actor = groups.actor_for(act.session, person, act.now)
    return f"meeting:{meeting.code}" in actor.groups or policy.reads(
        actor, queries.papers_audience(act.session, meeting)
    )


def door_of(meeting: Meeting) -> Door:
    return Door(
        meeting.status,
        meeting.format,
        meeting.ends_on,
        meeting.registration_opens_on,
        meeting.registration_closes_on,
    )


def decide_registration(
    act: Act, meeting: Meeting, row: Registration, *, approve: bool, reason: str = ""
) -> Registration:
    """Approve or refuse. The focal point of the entity, the group's counsellor or the secretariat may."""
    policy.require(act.actor, Permission.DECIDE_REGISTRATION, _scope(act, meeting, row))
    said = one_line(reason)
    refuse(joining.why_not_decide(row.status, approve=approve, reason=said))
    row.status = RegistrationStatus.APPROVED if approve else RegistrationStatus.REFUSED
    row.reason, row.decided_at, row.decided_by = said, act.now, act.actor.person_id
    act.session.add(row)
    verb = "meetings.registration-approved" if approve else "meetings.registration-refused"
    _note(act, verb, meeting, row, act.session.get_one(Person, row.person_id), reason=said)
    return row


def cancel_registration(act: Act, meeting: Meeting, row: Registration) -> Registration:
    """The person does not come after all. They may say so themselves, or the secretariat."""
    policy.require(act.actor, Permission.REGISTER, Scope(owner_id=row.person_id))
    refuse(joining.why_not_withdraw(row.status, meeting.status))
    row.status = RegistrationStatus.CANCELLED
    act.session.add(row)
    _note(act, "meetings.registration-cancelled", meeting, row, act.session.get_one(Person, row.person_id))
    return row


def registration_to_decide(act: Act, meeting: Meeting, registration_id: int) -> Registration:
    """A registration, for those who may decide it; not found for everybody else."""
    row = act.session.get(Registration, registration_id)
    if row is None or row.meeting_id != meeting.id:
        missing("registration", registration_id)
    if not policy.may(act.actor, Permission.DECIDE_REGISTRATION, _scope(act, meeting, row)):
        missing("registration", registration_id)
    return row


def _scope(act: Act, meeting: Meeting, row: Registration) -> Scope:
    group = queries.group_of(act.session, meeting)
    return Scope(group.path, organisation_id=row.organisation_id)


def _note(act: Act, verb: str, meeting: Meeting, row: Registration, person: Person, **facts: Any) -> None:
    """For the secretariat: that somebody takes part is not public, and a reason is the person's."""
    told = {name: value for name, value in facts.items() if value}
    record(
        act,
        verb,
        meeting,
        group_id=meeting.group_id,
        audience="secretariat",
        personal={"name": person.name, "person_id": person.id, **told},
        registration_id=row.id,
    )
