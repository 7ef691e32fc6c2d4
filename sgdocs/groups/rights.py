"""What a person may do and read, gathered from entity, membership, appointments and guest passes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Integer, cast, literal, null, or_, union_all
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from sgdocs.base import actor as actors
from sgdocs.base.act import Act
from sgdocs.base.actor import Actor, Kind
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Appointment, Group, Membership
from sgdocs.groups.rules import PARTS, SECTORS
from sgdocs.people.accounts import GuestPass
from sgdocs.people.models import Organisation, Person
from sgdocs.people.rules import Category
from sgdocs.policy import Permission, Role, require
from sgdocs.policy import audiences as labels_of

_VISIT = "guest-pass"
READ_SECTOR = (Category.MEMBER_STATE, Category.SECTOR_MEMBER, Category.ACADEMIA)


def actor_for(session: Session, person: Person, now: datetime, *, scopes: Iterable[str] | None = None) -> Actor:
    """The actor a person is at that moment. scopes: of the token, None for a full session.

    Rights follow domain 1.7: of Member States, Sector Members and Academia in their Sectors; of an Associate in its
    own study group; of a guest where the pass or appointment says; the secretariat reads all. Who has left has none.
    Costs up to three queries.
    """
    limits = None if scopes is None else frozenset(scopes)
    if person.left_at is not None or person.id is None:
        return Actor(Kind.PERSON, person_id=person.id, name=person.name, scopes=limits)
    on = geneva_day(now)
    entity = _entity(session, person, on)
    held, passes = _held_and_passes(session, person.id, on)
    places = {*entity.groups, *(a.group for a in held if a.role == Role.GUEST), *passes}
    own, appointments = spread(session, places, held)
    return Actor(
        Kind.PERSON,
        person_id=person.id,
        name=person.name,
        organisation_id=person.organisation_id,
        category=entity.category,
        sectors=entity.sectors,
        groups=own,
        appointments=appointments,
        scopes=limits,
    )


@dataclass(frozen=True)
class _Entity:
    category: str = ""
    sectors: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


def _entity(session: Session, person: Person, on: date) -> _Entity:
    if person.organisation_id is None:
        return _Entity()
    rows = session.execute(
        select(Organisation.category, Membership.sector, Group.path)
        .outerjoin(
            Membership,
            (col(Membership.organisation_id) == Organisation.id)
            & (col(Membership.starts_on) <= on)
            & or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= on),
        )
        .outerjoin(Group, col(Group.id) == Membership.group_id)
        .where(Organisation.id == person.organisation_id)
    ).all()
    category = rows[0][0] if rows else ""
    sectors = {sector for _, sector, _ in rows if sector} if category in READ_SECTOR else set()
    if category == Category.SECRETARIAT:
        sectors = set(SECTORS)
    groups = {path for _, _, path in rows if path} if category == Category.ASSOCIATE else set()
    return _Entity(category, frozenset(sectors), frozenset(groups))


def _held(session: Session, person_id: int, on: date) -> list[actors.Appointment]:
    rows = session.execute(
        select(Appointment.role, Appointment.group_id, Group.path)
        .outerjoin(Group, col(Group.id) == Appointment.group_id)
        .where(Appointment.person_id == person_id, *in_force(on))
    )
    return [actors.Appointment(role, path or "", group_id) for role, group_id, path in rows]


def _held_and_passes(session: Session, person_id: int, on: date) -> tuple[list[actors.Appointment], list[str]]:
    """The roles of a person, and where a pass makes it a guest. One query."""
    roles = (
        select(Appointment.role, col(Appointment.group_id), col(Group.path))
        .outerjoin(Group, col(Group.id) == Appointment.group_id)
        .where(Appointment.person_id == person_id, *in_force(on))
    )
    passes = columns(literal(_VISIT), cast(null(), Integer), col(GuestPass.place)).where(
        col(GuestPass.person_id) == person_id, col(GuestPass.starts_on) <= on, col(GuestPass.ends_on) >= on
    )
    rows = session.execute(union_all(roles, passes)).all()
    held = [actors.Appointment(role, path or "", group_id) for role, group_id, path in rows if role != _VISIT]
    return held, [place for role, _, place in rows if role == _VISIT]


def require_power_over(act: Act, person: Person) -> None:
    """NotAllowed when the person is an administrator and the actor is none.

    Whoever changes the address, the second factor or the standing of an administrator could become one.
    """
    held = _held(act.session, person.id or 0, geneva_day(act.now))
    if any(appointment.role == Role.ADMIN for appointment in held):
        require(act.actor, Permission.ADMINISTER)


def in_force(on: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions: the appointment runs on that day, first and last day included."""
    return (col(Appointment.starts_on) <= on, or_(col(Appointment.ends_on).is_(None), col(Appointment.ends_on) >= on))


def spread(
    session: Session, places: set[str], held: Sequence[actors.Appointment]
) -> tuple[frozenset[str], tuple[actors.Appointment, ...]]:
    """Places and roles with the parts that have addresses of their own: SG5 of ITU-R covers WP 5D, a WP its Questions."""
    roots = {a.group for a in held if a.group} | places
    if not roots:
        return frozenset(), tuple(held)
    parts = parts_of(session, roots)
    more = [actors.Appointment(a.role, path, a.group_id) for a in held for path in parts.get(a.group, ()) if a.group]
    own = places.union(*(parts.get(place, ()) for place in places))
    return frozenset(own), (*held, *more)


def parts_of(session: Session, paths: Iterable[str]) -> dict[str, list[str]]:
    """For each group the paths of its parts that do not begin with its own path. Costs one query."""
    roots = (
        select(col(Group.path).label("root"), col(Group.id).label("id"), col(Group.path).label("path"))
        .where(col(Group.path).in_(list(paths)))
        .cte("reach", recursive=True)
    )
    part = aliased(Group)
    step = select(roots.c.root, part.id, part.path).join(
        roots, or_(col(part.parent_id) == roots.c.id, col(part.working_party_id) == roots.c.id)
    )
    reach = roots.union(step.where(col(part.kind).in_(PARTS)))
    found: dict[str, list[str]] = {}
    for root, path in session.execute(select(reach.c.root, reach.c.path).order_by(reach.c.path)):
        if path != root and not path.startswith(root + "/"):
            found.setdefault(root, []).append(path)
    return found


def audience_of(session: Session, group: Group) -> str:
    """The label for papers of a group: its own path, or for a part (WP 5D, Q2/15) that of the group it is part of."""
    while group.kind in PARTS and group.parent_id is not None:
        above = session.get(Group, group.parent_id)
        assert above is not None, "foreign key"
        group = above
    return group.path


def audiences(act: Act) -> frozenset[str]:
    """Every label the actor reads, for `in_` and for search: `policy.audiences` and the groups of covered Sectors.

    Papers are labelled by `audience_of`, so that numbers of one period are not among them. Costs one query or none,
    once in an act: a group that the act itself establishes is read by the next one.
    """
    if act.labels is None:
        act.labels = _labels(act)
    return act.labels


def _labels(act: Act) -> frozenset[str]:
    labels = labels_of(act.actor)
    covered = [sector for sector in SECTORS if sector in labels]
    if not covered:
        return labels
    standing = select(Group.path).where(col(Group.sector).in_(covered), col(Group.period_id).is_(None))
    return labels.union(act.session.exec(standing))
