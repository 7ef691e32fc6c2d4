"""Who hears of liaison statements by what they are: those who can approve, who send, who stand between a group and others."""

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, or_, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.groups.models import Appointment
from sgdocs.groups.queries import holders, in_force
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries
from sgdocs.liaison.approvers import approvers_of
from sgdocs.liaison.bodies_models import Officer
from sgdocs.liaison.models import Statement
from sgdocs.liaison.rules import Status
from sgdocs.notices.places import Place
from sgdocs.policy import Role

Ids = set[int]


def statement_of(session: Session, entry: Entry) -> Statement | None:
    is_one = entry.subject_kind == str(Statement.__tablename__)
    return session.get(Statement, entry.subject_id) if is_one else None


def approvers(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    """Whoever can still approve it for a sending group; where nobody holds a role, it is the secretariat's task."""
    statement = statement_of(session, entry)
    if statement is None or statement.status != Status.AGREED:
        return set()
    act = Act(session, Actor.clock(), entry.at)
    waiting = [each for each in approvers_of(act, statement) if each.is_open and each.sender.level]
    found = {person.id for each in waiting for person in each.people if person.id is not None}
    return found | (_secretariat(session, on) if any(each.is_secretariats_task for each in waiting) else set())


def sending_office(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    """Once every group approved it: the counsellors of the groups, else the secretariat."""
    statement = statement_of(session, entry)
    if statement is None or statement.status != Status.APPROVED:
        return set()
    return _appointed(session, Role.COUNSELLOR, place.groups, on) or _secretariat(session, on)


def liaison_officers(session: Session, entry: Entry, place: Place, on: date) -> Ids:
    """Officers of the groups for liaison, and those who stand between one of them and another side of the statement."""
    statement = statement_of(session, entry)
    found = _appointed(session, Role.LIAISON_OFFICER, place.groups, on)
    if statement is None:
        return found
    senders, addressees = queries.senders_of(session, statement), queries.addressees_of(session, statement)
    bodies = {row.body_id for row in senders} | {row.body_id for row in addressees}
    groups = {row.group_id for row in senders} | {row.group_id for row in addressees}
    between = select(Officer.person_id).where(
        col(Officer.group_id).in_(place.groups),
        or_(col(Officer.body_id).in_(bodies - {None}), col(Officer.other_group_id).in_(groups - {None})),
        col(Officer.starts_on) <= on,
        or_(col(Officer.ends_on).is_(None), col(Officer.ends_on) >= on),
    )
    return found | {id for id in session.exec(between) if id is not None}


def _appointed(session: Session, role: str, groups: Iterable[int], on: date) -> Ids:
    held = select(Appointment.person_id).where(
        Appointment.role == role, col(Appointment.group_id).in_(list(groups)), *in_force(on)
    )
    return set(session.exec(held))


def _secretariat(session: Session, on: date) -> Ids:
    return {person.id for person in holders(session, Role.SECRETARIAT, on) if person.id is not None}
