"""The directory by role and group: ids of people, and what the people of a page hold now. Source: domain 1.6, 8.3."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Appointment, Group
from sgdocs.groups.rights import in_force
from sgdocs.groups.roles import OFFICERS
from sgdocs.people.directory import Among
from sgdocs.people.queries import sees_contacts


@dataclass(frozen=True)
class RoleFilter:
    """roles: as in policy.Role; group_ids: a group with its parts, None for any; on: the day asked about."""

    roles: tuple[str, ...] = ()
    group_ids: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Held:
    """A role that runs now. group: None for one that is held everywhere."""

    appointment: Appointment
    group: Group | None


def shown_to(act: Act) -> Among:
    """The people whom the actor may see: members see all, others those who hold an office. Source: domain 8.3."""
    if sees_contacts(act):
        return ()
    held = select(Appointment.person_id).where(*in_force(geneva_day(act.now)), *_offices())
    return (held,)


def holding(act: Act, asked: RoleFilter) -> Among:
    """The people who hold such a role now; offices alone count for a reader who is no member."""
    if not asked.roles and asked.group_ids is None:
        return ()
    held: SelectOfScalar[int] = select(Appointment.person_id).where(*in_force(geneva_day(act.now)))
    if not sees_contacts(act):
        held = held.where(*_offices())
    if asked.roles:
        held = held.where(col(Appointment.role).in_(asked.roles))
    if asked.group_ids is not None:
        held = held.where(col(Appointment.group_id).in_(asked.group_ids))
    return (held,)


def roles_now(act: Act, person_ids: Iterable[int]) -> dict[int, list[Held]]:
    """What these people hold today, by weight of the role; offices alone for a reader who is no member. One query."""
    wanted = (
        select(Appointment, Group)
        .outerjoin(Group, col(Group.id) == Appointment.group_id)
        .where(col(Appointment.person_id).in_(list(person_ids)), *in_force(geneva_day(act.now)))
    )
    if not sees_contacts(act):
        wanted = wanted.where(*_offices())
    found: dict[int, list[Held]] = {}
    for appointment, group in act.session.execute(wanted):
        found.setdefault(appointment.person_id, []).append(Held(appointment, group))
    for rows in found.values():
        rows.sort(key=_order)
    return found


def _order(held: Held) -> tuple[int, str, date]:
    role = held.appointment.role
    weight = OFFICERS.index(role) if role in OFFICERS else len(OFFICERS)
    return (weight, held.group.sort_key if held.group else "", held.appointment.starts_on)


def _offices() -> tuple[ColumnElement[bool], ...]:
    return (col(Appointment.group_id).is_not(None), col(Appointment.role).in_(OFFICERS))
