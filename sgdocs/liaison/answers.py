"""For which addressees a statement is the answer: those from whom it comes. Source: domain 7.1."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.liaison import bodies, queries
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Relation, Sender, Statement
from sgdocs.liaison.rules import Kind


def answered_by(session: Session, reply: Statement) -> list[tuple[Statement, Addressee]]:
    """Everything that it says it answers and that is known, for each addressee from whom it comes."""
    replied = (
        select(Statement)
        .join(Relation, col(Relation.other_id) == col(Statement.id))
        .where(Relation.statement_id == reply.id, Relation.kind == Kind.REPLIES_TO, Statement.id != reply.id)
        .order_by(col(Statement.id))
    )
    senders = queries.senders_of(session, reply)
    found = list(session.exec(replied).unique()) if senders else []
    return [(other, each) for other in found for each in from_whom(session, senders, other)]


def from_whom(session: Session, senders: Iterable[Sender], statement: Statement) -> list[Addressee]:
    """The addressees of the statement that are among the senders, or are parts or predecessors of one."""
    who = list(senders)
    return [each for each in queries.addressees_of(session, statement) if any(is_same(session, s, each) for s in who)]


def is_same(session: Session, sender: Sender, addressee: Addressee) -> bool:
    """Whether what the sender says is said for the addressee: the same group, one it is a part of or that took over
    from it; the same body or one it is a part of; else the same name."""
    if addressee.group_id is not None:
        return sender.group_id is not None and _is_group(session, sender, addressee.group_id)
    if addressee.body_id is not None:
        return sender.body_id is not None and _is_body(session, sender.body_id, addressee.body_id)
    unknown = sender.group_id is None and sender.body_id is None
    return unknown and sender.name.casefold() == addressee.name.casefold()


def _is_group(session: Session, sender: Sender, group_id: int) -> bool:
    """ITU-T answers by the study group what went to one of its working parties or Questions; a successor for who ended."""
    if group_id in (sender.group_id, sender.working_party_id):
        return True
    group = session.get_one(Group, group_id)
    if group.sector == "T" and group.parent_id == sender.group_id:
        return True
    return group.ends_on is not None and sender.group_id in groups.successors_of(session, group_id)


def _is_body(session: Session, sender_id: int, body_id: int) -> bool:
    """A body answers for its parts, a part for the whole; parts not for each other."""
    own = bodies.above(session, session.get(Body, sender_id))
    asked = bodies.above(session, session.get(Body, body_id))
    return sender_id in [each.id for each in asked] or body_id in [each.id for each in own]
