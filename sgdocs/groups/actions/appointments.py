"""Verbs on roles and memberships: appoint, end, leave."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, Refusal, invalid, refuse
from sgdocs.base.settings import OFFICER_TERMS
from sgdocs.base.text import one_line
from sgdocs.groups import queries, roles, rules
from sgdocs.groups.models import Appointment, Group, Membership, StudyPeriod
from sgdocs.groups.rights import require_power_over
from sgdocs.groups.roles import Candidate, Seat
from sgdocs.journal.record import record
from sgdocs.people import actions as people
from sgdocs.people.models import Organisation, Person
from sgdocs.people.rules import Category
from sgdocs.policy import PUBLIC, Permission, Role, Scope, require

ONE_DAY = timedelta(days=1)


def appoint(
    act: Act,
    person: Person,
    role: str,
    group: Group | None = None,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    note: str = "",
    accept: bool = False,
    most_terms: int = OFFICER_TERMS,
) -> Appointment:
    """Give a person a role in a group, or without one; from today unless told. Only an administrator makes another.

    A chair's or vice-chair's term beyond `most_terms` (the setting `officer_terms`) is refused as a Conflict on the
    field `accept`, which then lets it pass.
    """
    require(act.actor, _permission(role), Scope(group.path if group else ""))
    first = starts_on or geneva_day(act.now)
    act.session.exec(select(Person.id).where(Person.id == person.id).with_for_update())  # two at once: one waits
    who, seat = _facts(act, person, role, group, first)
    refuse(roles.why_not_appoint(who, seat, first, ends_on), Invalid)
    warning = roles.warning_of_terms(who, seat, most_terms)
    if not accept:
        refuse(warning)
    row = Appointment(
        person_id=person.id or 0,
        group_id=group.id if group else None,
        role=role,
        note=one_line(note),
        starts_on=first,
        ends_on=ends_on,
        created_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    people.roles_changed(act, row.person_id)
    _note(act, "groups.appointed", row, person, group, warned=warning.rule.id if warning else None)
    return row


def _permission(role: str) -> Permission:
    return Permission.ADMINISTER if role == Role.ADMIN else Permission.APPOINT


def _facts(act: Act, person: Person, role: str, group: Group | None, on: date) -> tuple[Candidate, Seat]:
    entity = act.session.get(Organisation, person.organisation_id) if person.organisation_id else None
    earlier = act.session.exec(
        select(Appointment).where(
            Appointment.person_id == person.id,
            Appointment.role == role,
            Appointment.group_id == group.id if group else col(Appointment.group_id).is_(None),
        )
    ).all()
    held = [a for a in earlier if a.ends_on is None or a.ends_on >= on]
    who = Candidate(
        name=person.name,
        category=entity.category if entity else "",
        has_left=person.left_at is not None,
        is_own_group=group is not None and _is_of_associate(act, entity, group, on),
        held_since=held[0].starts_on if held else None,
        terms=_terms(act, earlier, group, on) if group else 0,
    )
    return who, Seat(
        role, group.kind if group else None, group.label if group else "", group.ends_on if group else None
    )


def _is_of_associate(act: Act, entity: Organisation | None, group: Group, on: date) -> bool:
    """Whether the group is, or is part of, a study group of which the entity is an Associate."""
    if entity is None or entity.category != Category.ASSOCIATE:
        return False
    memberships = act.session.exec(select(Membership).where(Membership.organisation_id == entity.id)).all()
    own = {m.group_id for m in memberships if roles.is_in_force(m.starts_on, m.ends_on, on)}
    top = queries.find(act.session, queries.audience_of(act.session, group))
    return top is not None and top.id in own


def _terms(act: Act, earlier: Sequence[Appointment], group: Group, on: date) -> int:
    """Study periods before the one of that day in which the role was held."""
    periods = act.session.exec(select(StudyPeriod).where(StudyPeriod.sector == group.sector)).all()
    now = queries.period_on(act.session, group.sector, on)
    return sum(
        any(a.starts_on <= (p.ends_on or date.max) and (a.ends_on or date.max) >= p.starts_on for a in earlier)
        for p in periods
        if now is not None and p.starts_on < now.starts_on
    )


def end_appointment(act: Act, row: Appointment, *, last_on: date | None = None, reason: str = "") -> Appointment:
    """The appointment ends with that day; with yesterday, so at once, unless told."""
    group = queries.by_id(act.session, row.group_id) if row.group_id else None
    require(act.actor, _permission(row.role), Scope(group.path if group else ""))
    today = geneva_day(act.now)
    day = last_on or max(today - ONE_DAY, row.starts_on - ONE_DAY)
    if last_on is not None:
        refuse(roles.why_not_end(row.starts_on, row.ends_on, last_on))
    elif row.ends_on is not None and row.ends_on < today:
        raise Conflict(roles.APPOINTMENT_ENDED, ends_on=row.ends_on)
    _end(act, row, group, day, reason)
    return row


def _end(act: Act, row: Appointment, group: Group | None, day: date, reason: str) -> None:
    row.ends_on, row.ended_reason = day, one_line(reason)
    act.session.add(row)
    person = act.session.get(Person, row.person_id)
    assert person is not None, "foreign key"
    people.roles_changed(act, row.person_id)
    _note(act, "groups.appointment-ended", row, person, group, reason=row.ended_reason)


def end_roles_of(act: Act, group: Group, last_on: date) -> None:
    """Every open role in a group ends with that day; whoever calls has asked for the permission."""
    found = select(Appointment).where(Appointment.group_id == group.id, *queries.in_force(last_on))
    for row in act.session.exec(found):
        if row.ends_on is None or row.ends_on > last_on:
            _end(act, row, group, last_on, "the group ended")


def leave_organisation(act: Act, person: Person, *, reason: str = "") -> Person:
    """The person leaves the entity: account, sessions, tokens, guest passes and every role end at once.

    The focal point of the entity may do this, or the secretariat. The reason is not told in histories of groups,
    which everybody reads. Source: domain 1.7.
    """
    require_power_over(act, person)
    people.leave(act, person, reason=one_line(reason))
    _end_roles(act, person)
    return person


def let_go(act: Act, person: Person) -> None:
    """The same, without a reason; whoever calls has asked for the permission."""
    people.enter_leaving(act, person)
    _end_roles(act, person)


def _end_roles(act: Act, person: Person) -> None:
    today = geneva_day(act.now)
    open_ones = select(Appointment).where(Appointment.person_id == person.id)
    for row in act.session.exec(open_ones).all():
        if row.ends_on is None or row.ends_on >= today:
            group = queries.by_id(act.session, row.group_id) if row.group_id else None
            _end(act, row, group, max(today - ONE_DAY, row.starts_on - ONE_DAY), "left the entity")


def join_sector(
    act: Act, organisation: Organisation, sector: str, group: Group | None = None, *, starts_on: date | None = None
) -> Membership:
    """The organisation is a member of a Sector from that day; an Associate of one study group of it."""
    require(act.actor, Permission.MANAGE_PEOPLE)
    refuse(_why_not_join(organisation, sector, group), Invalid)
    row = Membership(
        organisation_id=organisation.id or 0,
        sector=sector,
        group_id=group.id if group else None,
        starts_on=starts_on or geneva_day(act.now),
    )
    refuse(_why_not_twice(act, organisation, row), Invalid)
    act.session.add(row)
    act.session.flush()
    _note_membership(act, "organisations.joined", row, starts_on=row.starts_on.isoformat())
    return row


def _why_not_twice(act: Act, organisation: Organisation, new: Membership) -> Refusal | None:
    """None when the organisation is no member there from that day on. Two who enter it at once wait for each other."""
    act.session.exec(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())
    known = select(Membership).where(
        Membership.organisation_id == new.organisation_id,
        Membership.sector == new.sector,
        col(Membership.group_id).is_(None) if new.group_id is None else Membership.group_id == new.group_id,
        or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= new.starts_on),
    )
    held = act.session.exec(known).first()
    facts = {"name": organisation.name, "starts_on": held.starts_on if held else None}
    return Refusal(roles.MEMBER, facts, field="starts_on") if held else None


def _why_not_join(organisation: Organisation, sector: str, group: Group | None) -> Refusal | None:
    if sector not in rules.SECTORS:
        invalid("sector", sector, "T, R or D.")
    return roles.why_not_join(
        organisation.name, organisation.category, sector, (group.sector, group.kind) if group else None
    )


def end_membership(act: Act, row: Membership, last_on: date) -> Membership:
    """The organisation is a member until that day; its delegates' rights follow by themselves."""
    require(act.actor, Permission.MANAGE_PEOPLE)
    refuse(roles.why_not_end(row.starts_on, row.ends_on, last_on))
    row.ends_on = last_on
    act.session.add(row)
    _note_membership(act, "organisations.membership-ended", row, ends_on=last_on.isoformat())
    return row


def _note_membership(act: Act, verb: str, row: Membership, **days: Any) -> None:
    group = queries.by_id(act.session, row.group_id).path if row.group_id else ""
    name = act.session.get_one(Organisation, row.organisation_id).name
    record(act, verb, row, organisation=name, sector=row.sector, group=group, **days)


def _note(act: Act, verb: str, row: Appointment, person: Person, group: Group | None, **facts: object) -> None:
    """The entry stands in the history of the group, or of the person where there is no group.

    Officers of groups are public; delegates, guests and roles without a group are for members. Source: domain 8.3.
    """
    told: dict[str, Any] = {name: value for name, value in facts.items() if value}
    told |= {"starts_on": row.starts_on.isoformat(), "ends_on": row.ends_on.isoformat() if row.ends_on else None}
    group_id = group.id if group else None
    who = {"name": person.name}
    audience = PUBLIC if group is not None and row.role in roles.OFFICERS else "members"
    told |= {"role": row.role, "person_id": person.id}
    record(act, verb, group or person, group_id=group_id, audience=audience, personal=who, **told)
