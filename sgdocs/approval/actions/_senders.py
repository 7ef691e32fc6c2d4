"""For whom something comes, into which window, at which instant."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_
from sqlmodel import Session, col, select

from sgdocs.approval import comment_rules as rules
from sgdocs.approval.comment_rules import Entity, Span
from sgdocs.approval.models import Process, Window
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, NotAllowed, Refusal, refuse
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group, Membership
from sgdocs.people.models import Organisation
from sgdocs.people.queries import organisation_named
from sgdocs.policy import Permission, may


@dataclass(frozen=True)
class Sender:
    """organisation: for which it comes; at: when it came."""

    organisation: Organisation
    entity: Entity
    at: datetime


def sender_of(act: Act, named: str, received_at: datetime | None) -> Sender:
    """The entity of the actor; for the secretariat the one it names, and when that was received."""
    is_office = may(act.actor, Permission.HOLD_CLOSING)
    if (named or received_at) and not is_office:
        organisation = organisation_named(act.session, named) if named else None
        is_own = organisation is not None and organisation.id == act.actor.organisation_id
        refuse(None if is_own and not received_at else Refusal(rules.ONLY_OFFICE), NotAllowed)
    if received_at is not None and received_at > act.now:
        refuse(Refusal(rules.WRONG_HOUR, {"now": act.now}, field="received_at"), Invalid)
    organisation = _organisation(act, named)
    return Sender(organisation, entity_of(act.session, organisation, geneva_day(act.now)), received_at or act.now)


def _organisation(act: Act, named: str) -> Organisation:
    own = act.actor.organisation_id
    found = organisation_named(act.session, named) if named else act.session.get(Organisation, own) if own else None
    if found is None:
        kind = Invalid if named else NotAllowed
        raise kind(rules.NO_ENTITY, field="entity" if named else None, name=named)
    return found


def entity_of(session: Session, organisation: Organisation, on: date) -> Entity:
    """An organisation with its memberships of that day. Costs one query."""
    rows = session.exec(
        select(Membership.sector, Group.path)
        .outerjoin(Group, col(Group.id) == Membership.group_id)
        .where(
            Membership.organisation_id == organisation.id,
            col(Membership.starts_on) <= on,
            or_(col(Membership.ends_on).is_(None), col(Membership.ends_on) >= on),
        )
    ).all()
    is_associate = organisation.category == "associate"
    return Entity(
        name=organisation.name,
        category=organisation.category,
        sectors=frozenset(() if is_associate else (sector for sector, _ in rows)),
        groups=frozenset(path for _, path in rows if path) if is_associate else frozenset(),
        country=organisation.country,
    )


def locked(act: Act, process: Process) -> Process:
    """The process as it stands, its writers queued: nothing comes in while it closes."""
    held = select(Process).where(Process.id == process.id).with_for_update()
    return act.session.exec(held.execution_options(populate_existing=True)).one()


def require_open(process: Process) -> None:
    if not process.is_open:
        raise Conflict(rules.OVER, process=process.number, on=process.ended_on)


def window_of(act: Act, process: Process) -> tuple[Window | None, Span | None]:
    """The window that opened last, read anew: another transaction may just have closed it."""
    found = select(Window).where(Window.process_id == process.id).order_by(col(Window.id).desc())
    row = act.session.exec(found.execution_options(populate_existing=True)).first()
    if row is None:
        return None, None
    return row, Span(row.kind, row.opens_on, row.closes_on, row.closes_at, is_closed=row.closed_at is not None)


def group_of(act: Act, process: Process) -> Group:
    return groups.by_id(act.session, process.group_id)


def audience_of(act: Act, process: Process) -> str:
    """Who reads comments and replies: members of the Sector, Associates of the study group. Source: domain 8.3."""
    return groups.audience_of(act.session, group_of(act, process))
