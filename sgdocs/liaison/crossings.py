"""Statements that pass each other on the way: each side wrote before it had answered the other. Source: feature N19."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.liaison import queries
from sgdocs.liaison.actions.relating import answered_by
from sgdocs.liaison.filtering import sent_by
from sgdocs.liaison.models import Addressee, Relation, Sender, Statement, StatementLink
from sgdocs.liaison.queries import visible
from sgdocs.liaison.rules import CLOSED, OUT, Kind

MOST: Final = 10
CROSSED_WITHIN: Final = timedelta(days=60)
"""Of two letters that cross: the later one is written so soon after the earlier one. (uncertain)"""


def crossing(act: Act, statement: Statement) -> list[Statement]:
    """Open statements from an addressee to a sender of this one, on the same matter, neither answering the other, with
    dates not further apart than two months; at most ten.

    The same matter: the same title, a work item or Recommendation that both are about, or an answer of the other side to
    something that this one answers too, directly or not. Six queries.
    """
    senders = queries.senders_of(act.session, statement)
    addressees = queries.addressees_of(act.session, statement)
    on = statement.dated_on if statement.status in OUT and statement.dated_on else geneva_day(act.now)
    answered = answered_by(act.session, statement)
    found = (
        select(Statement)
        .where(
            sent_by(_ids(a.group_id for a in addressees), _ids(a.body_id for a in addressees)),
            _waits_for(senders),
            visible(act),
            Statement.id != statement.id,
            col(Statement.id).not_in(answered),
            col(Statement.status).in_(OUT),
            col(Statement.dated_on).between(on - CROSSED_WITHIN, on + CROSSED_WITHIN),
            or_(
                func.lower(col(Statement.title)) == statement.title.lower(),
                _is_about_the_same(statement),
                _answers_one_of(answered),
            ),
        )
        .order_by(col(Statement.dated_on).desc(), col(Statement.id).desc())
        .limit(MOST)
    )
    own = statement.id
    return [each for each in act.session.exec(found).all() if own not in answered_by(act.session, each)]


def keep_crossings(act: Act, statement: Statement) -> list[Relation]:
    """Write down which open statements the one just sent or received crosses, once. A part of sending and of receiving."""
    held = {r.other_id for r in queries.relations_of(act.session, statement)}
    rows = [
        Relation(statement_id=statement.id or 0, kind=Kind.CROSSES, words=each.label, other_id=each.id, at=act.now)
        for each in crossing(act, statement)
        if each.id not in held
    ]
    act.session.add_all({row.words: row for row in rows}.values())
    act.session.flush()
    return rows


def _waits_for(senders: Sequence[Sender]) -> ColumnElement[bool]:
    """It went to one of these, who has not closed it."""
    ways = (
        (col(Addressee.group_id), _ids(s.group_id for s in senders)),
        (col(Addressee.body_id), _ids(s.body_id for s in senders)),
    )
    to_them = or_(*(column.in_(ids) for column, ids in ways))
    return exists().where(
        col(Addressee.statement_id) == col(Statement.id), to_them, col(Addressee.state).not_in(CLOSED)
    )


def _is_about_the_same(statement: Statement) -> ColumnElement[bool]:
    """A work item or a Recommendation is linked from both."""
    own, theirs = aliased(StatementLink), aliased(StatementLink)
    same = or_(col(own.work_item_id) == col(theirs.work_item_id), col(own.family_id) == col(theirs.family_id))
    return exists().where(col(own.statement_id) == statement.id, col(theirs.statement_id) == col(Statement.id), same)


def _answers_one_of(ids: Iterable[int]) -> ColumnElement[bool]:
    return exists().where(
        col(Relation.statement_id) == col(Statement.id),
        col(Relation.kind) == Kind.REPLIES_TO,
        col(Relation.other_id).in_(ids),
    )


def _ids(ids: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(id for id in ids if id is not None)
