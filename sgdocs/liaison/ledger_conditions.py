"""`queues` said to the database: which addressees wait in which queue, seen by these groups (all of ours when None)."""

from datetime import date

from sqlalchemy import ColumnElement, and_, case, exists, literal, or_
from sqlmodel import col

from sgdocs.liaison.filtering import Ids, is_open_here, is_overdue_here
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.queues import NOT_TAKEN_UP, Age, Queue, Side, days_of
from sgdocs.liaison.rules import DRAFTS, State, Status

OTHER = "other"
"""The addressee is a group that does not look now."""


def is_sent_by_us(group_ids: Ids = None) -> ColumnElement[bool]:
    """One of the groups that look is among the senders."""
    ours = col(Sender.group_id).is_not(None) if group_ids is None else col(Sender.group_id).in_(group_ids)
    return exists().where(col(Sender.statement_id) == col(Statement.id), ours)


def side_here(group_ids: Ids = None) -> ColumnElement[str]:
    """`queues.Side` of the addressee, or OTHER. Somebody unknown is everybody's matter, but no single group's."""
    body, unknown = col(Addressee.body_id).is_not(None), literal(Side.UNKNOWN.value)
    if group_ids is None:
        return case((col(Addressee.group_id).is_not(None), Side.GROUP.value), (body, Side.BODY.value), else_=unknown)
    return case(
        (col(Addressee.group_id).in_(group_ids), Side.GROUP.value),
        (col(Addressee.group_id).is_not(None), OTHER),
        (body, Side.BODY.value),
        (is_sent_by_us(group_ids), unknown),
        else_=OTHER,
    )


def is_for_us(group_ids: Ids = None) -> ColumnElement[bool]:
    if group_ids is None:
        return col(Addressee.group_id).is_not(None)
    return col(Addressee.group_id).in_(group_ids)


def is_unknown() -> ColumnElement[bool]:
    return and_(col(Addressee.id).is_not(None), col(Addressee.group_id).is_(None), col(Addressee.body_id).is_(None))


def is_draft_here(group_ids: Ids = None) -> ColumnElement[bool]:
    """A draft of one of us."""
    return and_(col(Statement.status).in_(DRAFTS), is_sent_by_us(group_ids))


def is_open_matter_here(group_ids: Ids = None) -> ColumnElement[bool]:
    """What was sent or received and is open where one of us has to act or waits: `queues.is_matter` without drafts."""
    expected = col(Addressee.is_answer_expected).is_(True)
    by_us = and_(or_(col(Addressee.group_id).is_(None), expected), is_sent_by_us(group_ids))
    unknown = [is_unknown()] if group_ids is None else []
    return and_(is_open_here(), is_out_here(), or_(is_for_us(group_ids), *unknown, by_us))


def is_out_here() -> ColumnElement[bool]:
    """Sent or received. Said so that a database without statistics does not begin with this: nearly all are."""
    return col(Statement.status).not_in((*DRAFTS, Status.WITHDRAWN))


def in_queue(queue: Queue, group_ids: Ids, today: date) -> ColumnElement[bool]:
    """Of what `is_matter_here` finds, what waits in the queue."""
    status, state = col(Statement.status), col(Addressee.state)
    is_out, expected = is_out_here(), col(Addressee.is_answer_expected).is_(True)
    for_us, ours = is_for_us(group_ids), is_sent_by_us(group_ids)
    ways: dict[Queue, ColumnElement[bool]] = {
        Queue.DRAFT: status == Status.DRAFT,
        Queue.APPROVE: status == Status.AGREED,
        Queue.SEND: status.in_((Status.APPROVED, Status.NUMBERED)),
        Queue.TAKE_UP: and_(is_out, for_us, or_(state.in_(NOT_TAKEN_UP), ~expected)),
        Queue.OWE: and_(is_out, for_us, expected),
        Queue.WAIT: and_(is_out, ours, expected),
        Queue.OVERDUE: and_(is_out, is_overdue_here(today)),
        Queue.UNACKNOWLEDGED: and_(is_out, col(Addressee.body_id).is_not(None), ours, state != State.ACKNOWLEDGED),
        Queue.UNKNOWN: and_(is_out, is_unknown()),
    }
    return ways[queue]


def is_of_age(age: Age, today: date) -> ColumnElement[bool]:
    """The date of the letter falls into the class."""
    if age is Age.UNDATED:
        return col(Statement.dated_on).is_(None)
    first, last = days_of(age, today)
    held = [col(Statement.dated_on) >= first] if first else []
    return and_(col(Statement.dated_on).is_not(None), *held, *([col(Statement.dated_on) <= last] if last else []))


def age_here(today: date) -> ColumnElement[str]:
    """The class of age as a value."""
    return case(*((is_of_age(age, today), age.value) for age in Age if age is not Age.UNDATED), else_=Age.UNDATED.value)
