"""Answers: what a reply that is sent or received closes, and what opens again when it is withdrawn. Source: domain 7.1."""

from typing import Any

from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import Conflict, Invalid, refuse
from sgdocs.liaison import answering_rules as table
from sgdocs.liaison import answers, queries, rights, rules
from sgdocs.liaison.actions import _addressee
from sgdocs.liaison.actions.considering import assign, no_reply_needed, note
from sgdocs.liaison.actions.forwarding import forward
from sgdocs.liaison.actions.relating import why_not
from sgdocs.liaison.actions.waiting import close_waiting, expect_answer
from sgdocs.liaison.answering_rules import Deed
from sgdocs.liaison.models import Addressee, Relation, Statement
from sgdocs.liaison.rules import OUT, Kind, State, Status
from sgdocs.policy import Permission, require

__all__ = [
    "answer",
    "answer_all",
    "answer_begun",
    "answer_given_up",
    "answer_withdrawn",
    "assign",
    "close_waiting",
    "expect_answer",
    "forward",
    "no_reply_needed",
    "note",
]


def answer(act: Act, reply: Statement, statement: Statement, addressee: Addressee) -> bool:
    """The reply, sent or received, answers the statement for that addressee; whether that closed it.

    It does not when somebody answered for it already: the first answer stands, and the later one is shown as a relation.
    Conflict: the reply is a draft, the statement withdrawn. Invalid: the reply comes from others, is the statement
    itself, or the statement answers it. May: whoever takes up statements where the reply was sent or received.
    """
    require(act.actor, Permission.CONSIDER_STATEMENT, queries.scope_of(act.session, reply))
    if reply.status not in OUT:
        raise Conflict(table.NOT_SENT_YET, label=reply.label, status=reply.status)
    refusal = why_not(act.session, reply, statement, Kind.REPLIES_TO)
    refuse(refusal, Conflict if refusal and refusal.rule is rules.REPLY_WITHDRAWN else Invalid)
    if not any(answers.is_same(act.session, each, addressee) for each in queries.senders_of(act.session, reply)):
        raise Invalid(table.NOT_BY_SENDER, field="reply", label=reply.label, name=addressee.name)
    _relate(act, reply, statement)
    return _close(act, reply, statement, addressee)


def answer_all(act: Act, reply: Statement) -> list[Addressee]:
    """Close everything that a statement just sent or received answers, by its relations; returns whom it answered for.

    A part of sending and of receiving, which were permitted by who calls this. What came in closes for a group of ours
    only what the actor may close there: whoever receives for one group does not answer for another.
    """
    found = answers.answered_by(act.session, reply) if reply.status in OUT else []
    return [
        each
        for statement, each in found
        if (reply.status != Status.RECEIVED or each.group_id is None or rights.may_take_up(act, statement, each))
        and _close(act, reply, statement, each)
    ]


def _close(act: Act, reply: Statement, statement: Statement, addressee: Addressee) -> bool:
    on = reply.dated_on or geneva_day(act.now)
    facts: dict[str, Any] = {"answered_by_id": reply.id, "answered_on": on, "closed_reason": ""}
    if not _addressee.try_move(act, statement, addressee, Deed.ANSWER, State.REPLIED, **facts):
        return False
    _addressee.note(act, "liaison.answered", statement, addressee, reply=reply.name, reply_label=reply.label)
    return True


def answer_begun(act: Act, draft: Statement) -> list[Addressee]:
    """A reply is being written: whom it will answer for shows it. A part of drafting, when the relations are written."""
    found = answers.answered_by(act.session, draft)
    return [
        each
        for statement, each in found
        if each.group_id is not None and _addressee.try_move(act, statement, each, Deed.DRAFT, State.REPLY_DRAFTED)
    ]


def answer_given_up(act: Act, draft: Statement) -> list[Addressee]:
    """The draft of a reply is withdrawn, or will answer something else (call it before the relations change): what it was
    written for stands as before. A part of drafting."""
    found = answers.answered_by(act.session, draft)
    return [
        each
        for statement, each in found
        if each.state == State.REPLY_DRAFTED and _addressee.open_again(act, statement, each)
    ]


def answer_withdrawn(act: Act, reply: Statement) -> list[Addressee]:
    """A reply that was sent is withdrawn: what it answered is open again, for each addressee. A part of withdrawing."""
    rows = select(Addressee, Statement).join(Statement, col(Statement.id) == col(Addressee.statement_id))
    opened = []
    for addressee, statement in act.session.exec(rows.where(Addressee.answered_by_id == reply.id)).all():
        _addressee.open_again(act, statement, addressee)
        _addressee.note(act, "liaison.reopened", statement, addressee, reply=reply.name, reply_label=reply.label)
        opened.append(addressee)
    return opened


def _relate(act: Act, reply: Statement, statement: Statement) -> None:
    held = select(Relation.id).where(
        Relation.statement_id == reply.id, Relation.kind == Kind.REPLIES_TO, Relation.other_id == statement.id
    )
    if act.session.exec(held).first() is None:
        words = statement.label or statement.name
        row = Relation(statement_id=reply.id or 0, kind=Kind.REPLIES_TO, words=words, other_id=statement.id, at=act.now)
        act.session.add(row)
        act.session.flush()
