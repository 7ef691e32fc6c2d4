"""Comments that an organisation sent, and consultations that it has still to answer, over all processes."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy import select as columns
from sqlmodel import col, or_, select

from sgdocs.approval.models import Comment, Obligation, Process, Reply, Window
from sgdocs.approval.seeing import visible
from sgdocs.base.act import Act
from sgdocs.groups.models import Group
from sgdocs.policy import MEMBER_STATE, audiences


@dataclass(frozen=True)
class OwnComment:
    """needs: the disposition is there and the organisation has not said whether it is satisfied."""

    comment: Comment
    process: Process

    @property
    def needs_answer(self) -> bool:
        row = self.comment
        return bool(row.disposition) and row.satisfied_at is None and row.withdrawn_at is None


def own_comments(act: Act, *, limit: int = 500) -> list[OwnComment]:
    """Comments of the actor's organisation, those of open processes first, then the newest. One query."""
    found = select(Comment, Process).join(Process, col(Process.id) == Comment.process_id).where(*_theirs(act))
    order = (col(Process.is_open).desc(), col(Comment.sent_at).desc(), col(Comment.id).desc())
    return [OwnComment(*row) for row in act.session.exec(found.order_by(*order).limit(limit))]


def count_own_comments(act: Act) -> int:
    """Of all processes, withdrawn ones too, as `own_comments` lists them."""
    counted = columns(func.count()).select_from(Comment).join(Process, col(Process.id) == Comment.process_id)
    return int(act.session.execute(counted.where(*_theirs(act))).scalar_one())


def _theirs(act: Act) -> list[ColumnElement[bool]]:
    """While the actor reads the papers of the group: comments and dispositions are for its members. Source: domain 8.3."""
    labels = audiences(act.actor)
    groups = select(Group.id).where(or_(col(Group.sector).in_(labels), col(Group.path).in_(labels)))
    own = col(Comment.organisation_id) == (act.actor.organisation_id or 0)
    return [own, col(Process.group_id).in_(groups), visible(act)]


def to_answer(act: Act) -> list[Process]:
    """Consultations that are open and that the actor's administration has not answered in this window; the first to close
    first. None for those who are no Member State. One query. Source: domain 6.3 TAP-4, 6.6 R-8."""
    actor = act.actor
    if actor.category != MEMBER_STATE or actor.organisation_id is None:
        return []
    answered = exists().where(col(Reply.window_id) == Window.id, col(Reply.organisation_id) == actor.organisation_id)
    found = (
        select(Process)
        .join(Window, col(Window.process_id) == Process.id)
        .where(
            col(Process.is_open).is_(True),
            col(Process.sector).in_(audiences(actor)),
            Window.kind == "consultation",
            col(Window.closed_at).is_(None),
            col(Window.closes_at) >= act.now,
            ~answered,
            visible(act),
        )
    )
    return list(act.session.exec(found.order_by(col(Window.closes_at), col(Process.id))))


def missing_replies(act: Act) -> int:
    """How many answers of Member States are owed in consultations that are open. One query."""
    answered = exists().where(
        col(Reply.process_id) == Obligation.process_id,
        col(Reply.organisation_id) == Obligation.organisation_id,
        col(Reply.sent_at) >= Obligation.created_at,
    )
    counted = (
        columns(func.count())
        .select_from(Obligation)
        .join(Process, col(Process.id) == Obligation.process_id)
        .where(
            col(Obligation.kind) == "reply",
            col(Obligation.done_at).is_(None),
            col(Obligation.organisation_id).is_not(None),
            col(Process.is_open).is_(True),
            ~answered,
            visible(act),
        )
    )
    return int(act.session.execute(counted).scalar_one())
