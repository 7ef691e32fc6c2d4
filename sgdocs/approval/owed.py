"""What is owed and by whom, as far as the actor may know of the processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlmodel import col, select

from sgdocs.approval.models import Obligation, Process, Reply
from sgdocs.approval.seeing import visible
from sgdocs.base.act import Act
from sgdocs.groups.models import Group


@dataclass(frozen=True)
class Owed:
    """Something owed, with its process."""

    obligation: Obligation
    process: Process
    group: Group


def obligations_of(
    act: Act,
    process: Process | None = None,
    *,
    mine: bool = False,
    group_ids: Sequence[int] | None = None,
    roles: Sequence[str] = (),
    until: date | None = None,
) -> list[Owed]:
    """What is open, the earliest due first. mine: owed by the actor, in person, for the entity or in a role there."""
    found = (
        select(Obligation, Process, Group)
        .join(Process, col(Process.id) == Obligation.process_id)
        .join(Group, col(Group.id) == Process.group_id)
        .where(col(Obligation.done_at).is_(None), visible(act))
    )
    if process is not None:
        found = found.where(Obligation.process_id == process.id)
    if group_ids is not None:
        found = found.where(col(Obligation.group_id).in_(group_ids))
    if roles:
        found = found.where(col(Obligation.role).in_(roles))
    if until is not None:
        found = found.where(col(Obligation.due_on) <= until)
    if mine:
        found = found.where(_is_mine(act))
    rows = act.session.exec(found.order_by(col(Obligation.due_on), col(Obligation.id)))
    return [Owed(*row) for row in rows]


def _is_mine(act: Act) -> ColumnElement[bool]:
    """In person; as the entity, while it has not answered; in a role that the actor holds in the group."""
    actor = act.actor
    answered = exists().where(
        col(Reply.process_id) == Obligation.process_id,
        col(Reply.organisation_id) == Obligation.organisation_id,
        col(Reply.sent_at) >= Obligation.created_at,
    )
    held = [
        and_(col(Obligation.role) == role, col(Obligation.group_id) == a.group_id)
        for a in actor.appointments
        for role in OWED_BY.get(a.role, ())
        if a.group_id is not None
    ]
    if any(a.role in ("secretariat", "admin") for a in actor.appointments):
        held.append(col(Obligation.role) == "secretariat")
    own = [col(Obligation.person_id) == actor.person_id] if actor.person_id else []
    if actor.organisation_id and actor.category == "member-state":
        own.append(and_(col(Obligation.organisation_id) == actor.organisation_id, ~answered))
    return or_(*own, *held) if own or held else col(Obligation.id).is_(None)


OWED_BY: dict[str, tuple[str, ...]] = {
    "sg-chair": ("chair",),
    "chair": ("chair",),
    "wp-chair": ("chair",),
    "counsellor": ("counsellor",),
    "rapporteur": ("editor",),
    "co-rapporteur": ("editor",),
    "editor": ("editor",),
}
"""Appointment -> roles of obligations of that group."""
