"""Who owes an answer is reminded before the last meeting at which it can be made in time; both sides are told once that it
is late.

Entries of the journal alone: `notices` hears them and says to whom. Source: domain 7.1, feature N17.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, update
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.actor import Actor
from sgdocs.base.clock import geneva_day
from sgdocs.base.db import Database
from sgdocs.liaison.actions import _addressee
from sgdocs.liaison.chances import Asked, chances_of
from sgdocs.liaison.filtering import is_awaited_here, is_overdue_here
from sgdocs.liaison.intime import InTime, Way, reminder_on
from sgdocs.liaison.ledger_conditions import is_open_matter_here
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.practice import USUAL, Practice
from sgdocs.liaison.queries import senders_of
from sgdocs.liaison.rules import OUT
from sgdocs.policy import Permission, require

BATCH = 200


@dataclass(frozen=True)
class Due:
    """One addressee that somebody must hear of. chance: how its answer can be in time; None when it is late."""

    statement: Statement
    addressee: Addressee
    chance: InTime | None = None


def tick(database: Database, now: datetime, practice: Practice = USUAL) -> int:
    """Tell what is due; returns how many. A look on a reading session comes first, so that a quiet hour takes no lock."""
    with database.reading() as session:
        act = Act(session, Actor.clock(), now)
        if not late(act) and not to_remind(act, practice):
            return 0
    with database.writing() as session:
        return remind(Act(session, Actor.clock(), now), practice)


def remind(act: Act, practice: Practice = USUAL) -> int:
    """Write the entries, each once for its occasion, whoever else does the same now; returns how many."""
    require(act.actor, Permission.REMIND_OF_STATEMENT)
    told = [_tell_chance(act, due) for due in to_remind(act, practice)]
    told += [_tell_late(act, due) for due in late(act)]
    return sum(told)


def to_remind(act: Act, practice: Practice = USUAL) -> list[Due]:
    """Answers owed by groups of ours whose last meeting in time, or deadline, comes near and of which nobody was told.

    A meeting that was moved is told again. Five queries.
    """
    today = geneva_day(act.now)
    owed = (
        columns(*map(col, (Addressee.id, Addressee.group_id, Addressee.deadline, Addressee.reminded_on)))
        .join(Statement, col(Statement.id) == col(Addressee.statement_id))
        .where(
            col(Statement.status).in_(OUT),
            col(Addressee.group_id).is_not(None),
            is_awaited_here(),
            col(Addressee.deadline) >= today,
        )
    )
    told = {id: (Asked(id, group_id, deadline), on) for id, group_id, deadline, on in act.session.execute(owed)}
    chances = chances_of(act, [asked for asked, _ in told.values()], practice)
    due = [id for id, (asked, on) in told.items() if _is_due(asked, on, chances[id], today, practice)]
    rows = _found(act.session, col(Addressee.id).in_(due)) if due else []
    return [Due(statement, addressee, chances[addressee.id or 0]) for statement, addressee in rows]


def _is_due(asked: Asked, reminded_on: date | None, chance: InTime, today: date, practice: Practice) -> bool:
    """From the day on that its last meeting or deadline asks for, unless it was told since that day."""
    assert asked.deadline is not None, "asked for"
    first = reminder_on(chance, asked.deadline, days=practice.reminder_days)
    return first <= today and (reminded_on is None or reminded_on < first)


def late(act: Act) -> list[Due]:
    """Answers that are late and of which nobody was told: owed by groups of ours, or waited for from bodies. One query."""
    today = geneva_day(act.now)
    untold = or_(col(Addressee.overdue_told_on).is_(None), col(Addressee.overdue_told_on) <= col(Addressee.deadline))
    return [Due(*row) for row in _found(act.session, is_open_matter_here(), is_overdue_here(today), untold)]


def _found(session: Session, *conditions: ColumnElement[bool]) -> Sequence[tuple[Statement, Addressee]]:
    rows = (
        select(Statement, Addressee)
        .join(Addressee, col(Addressee.statement_id) == col(Statement.id))
        .where(col(Statement.status).in_(OUT), *conditions)
        .order_by(col(Addressee.deadline), col(Addressee.id))
        .limit(BATCH)
    )
    return session.exec(rows).all()


def _tell_chance(act: Act, due: Due) -> bool:
    addressee, chance = due.addressee, due.chance
    if chance is None or not _mark(act, addressee, "reminded_on"):
        return False
    meeting = chance.last if chance.way is Way.MEETING else None
    _addressee.note(
        act, "liaison.reminded", due.statement, addressee, deadline=str(addressee.deadline), way=chance.way.value,
        meeting=meeting.code if meeting else "", meeting_title=meeting.title if meeting else "",
        begins=meeting.starts_on.isoformat() if meeting else "",
    )  # fmt: skip
    return True


def _tell_late(act: Act, due: Due) -> bool:
    if not _mark(act, due.addressee, "overdue_told_on"):
        return False
    statement, addressee, deadline = due.statement, due.addressee, str(due.addressee.deadline)
    _addressee.note(act, "liaison.overdue", statement, addressee, deadline=deadline)
    waits = any(sender.group_id is not None for sender in senders_of(act.session, statement))
    if waits and addressee.group_id is not None:
        _addressee.note(act, "liaison.answer-overdue", statement, addressee, is_for_senders=True, deadline=deadline)
    return True


def _mark(act: Act, addressee: Addressee, name: str) -> bool:
    """Set the day unless another worker was faster; whether it was set here."""
    column = getattr(Addressee, name)
    marked = (
        update(Addressee)
        .where(col(Addressee.id) == addressee.id, col(column).is_not_distinct_from(getattr(addressee, name)))
        .values({name: geneva_day(act.now)})
        .execution_options(synchronize_session=False)
        .returning(col(Addressee.id))
    )
    is_marked = act.session.execute(marked).scalar_one_or_none() is not None
    act.session.refresh(addressee)
    return is_marked
