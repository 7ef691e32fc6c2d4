"""Which answers are due in which days: for calendars. Lists and queues stand in `ledger`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, or_, select

from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.queries import visible
from sgdocs.liaison.rules import Status

MOST = 2000
OUT = (Status.SENT.value, Status.RECEIVED.value)


@dataclass(frozen=True)
class Due:
    """An answer that is asked for by a day and not given yet. group: ours to whom it went, None for a body."""

    statement: Statement
    addressee: Addressee
    group: Group | None


def due_between(
    act: Act, since: date, until: date, *, sectors: Sequence[str] = (), group_ids: Sequence[int] | None = None
) -> list[Due]:
    """The open deadlines of these days, both included, that the actor may read. One query, or two.

    group_ids: sent by or to one of these groups.
    """
    reads = or_(col(Addressee.audience).in_(audiences(act)), col(Statement.audience).in_(audiences(act)))
    found = (
        select(Statement, Addressee, Group)
        .join(Addressee, col(Addressee.statement_id) == Statement.id)
        .outerjoin(Group, col(Group.id) == Addressee.group_id)
        .where(
            col(Addressee.deadline).between(since, until),
            col(Addressee.answered_by_id).is_(None),
            Addressee.closed_reason == "",
            col(Addressee.is_answer_expected).is_(True),
            col(Statement.status).in_(OUT),
            visible(act),
            reads,
        )
    )
    if sectors:
        found = found.where(or_(col(Group.sector).in_(sectors), col(Statement.sector).in_(sectors)))
    if group_ids is not None:
        sent = select(Sender.statement_id).where(col(Sender.group_id).in_(group_ids))
        found = found.where(or_(col(Addressee.group_id).in_(group_ids), col(Statement.id).in_(sent)))
    rows = act.session.exec(found.order_by(col(Addressee.deadline), col(Addressee.id)).limit(MOST))
    return [Due(statement, addressee, group) for statement, addressee, group in rows]
