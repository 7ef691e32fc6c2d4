"""Remind those who have a task before its last day, and when it is late. Each occasion once, for the owner alone."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.journal.models import Entry
from sgdocs.journal.record import record
from sgdocs.policy import Permission, require
from sgdocs.proceedings.models import ActionItem
from sgdocs.tasks.models import Task
from sgdocs.tasks.rules import AFTER_EVERY, AFTER_MOST, BEFORE, OPEN, occasion_of

NEAR: Final = "tasks.due-near"
LATE: Final = "tasks.overdue"
Owned = Task | ActionItem
Key = tuple[int, object, object]
"""Id of the row, its day, the occasion: a day that was moved is told of anew."""


def remind(act: Act) -> int:
    """Note what comes near or is late and was not noted; how many were noted. Four queries when there is nothing."""
    require(act.actor, Permission.TELL)
    today = geneva_day(act.now)
    return _remind(act, _tasks(act.session, today), today) + _remind(act, _actions(act.session, today), today)


def _tasks(session: Session, today: date) -> Sequence[Task]:
    is_open = col(Task.state).in_([each.value for each in OPEN])
    found = select(Task).where(col(Task.owner_id).is_not(None), is_open, *_near(Task, today))
    return session.exec(found.order_by(col(Task.id))).all()


def _actions(session: Session, today: date) -> Sequence[ActionItem]:
    is_open = (col(ActionItem.done_at).is_(None), col(ActionItem.withdrawn_at).is_(None))
    found = select(ActionItem).where(col(ActionItem.owner_id).is_not(None), *is_open, *_near(ActionItem, today))
    return session.exec(found.order_by(col(ActionItem.id))).all()


def _near(table: type[Task] | type[ActionItem], today: date) -> tuple[ColumnElement[bool], ...]:
    oldest = today - timedelta(days=AFTER_MOST + AFTER_EVERY + 1)
    return (col(table.due_on) <= today + timedelta(days=max(BEFORE)), col(table.due_on) >= oldest)


def _remind(act: Act, rows: Sequence[Owned], today: date) -> int:
    if not rows:
        return 0
    told = _told(act.session, rows)
    return sum(_note(act, row, told, today) for row in rows)


def _told(session: Session, rows: Sequence[Owned]) -> set[Key]:
    held = select(Entry).where(
        col(Entry.verb).in_([NEAR, LATE]),
        Entry.subject_kind == str(rows[0].__tablename__),
        col(Entry.subject_id).in_([row.id for row in rows]),
    )
    return {(each.subject_id, each.facts.get("due_on"), each.facts.get("occasion")) for each in session.exec(held)}


def _note(act: Act, row: Owned, told: set[Key], today: date) -> bool:
    assert row.due_on is not None, "asked by its day"
    occasion = occasion_of(row.due_on, geneva_day(row.entered_at), today)
    if occasion is None or (row.id or 0, row.due_on.isoformat(), occasion) in told:
        return False
    verb = LATE if row.due_on < today else NEAR
    record(
        act, verb, row, group_id=row.group_id, audience=f"person:{row.owner_id}", number=row.number, text=row.text,
        due_on=row.due_on.isoformat(), occasion=occasion,
    )  # fmt: skip
    return True
