"""What a ledger is asked for, and from which rows it is told: what is open for an addressee, and drafts. Feature N17."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, or_
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.filtering import NOTHING, Ids, StatementFilter, allotted_to, conditions_of, is_inside
from sgdocs.liaison.ledger_conditions import in_queue, is_draft_here, is_of_age, is_open_matter_here
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.queues import OF_DRAFTS, Age, Queue
from sgdocs.people.models import Person


@dataclass(frozen=True)
class LedgerFilter:
    """queue: one of queues.Queue, "" for every open matter; group_ids: who "we" are; from_…, to_…: the other side alone.

    owner_id: who sees to the answer; is_unowned: nobody does; age: class of queues.Age; more: what else is asked of the
    statement (words, work item, period, days; of its addressees anything but these).
    """

    queue: str = ""
    group_ids: Ids = None
    from_group_ids: Ids = None
    from_body_ids: Ids = None
    to_group_ids: Ids = None
    to_body_ids: Ids = None
    owner_id: int | None = None
    is_unowned: bool = False
    purposes: tuple[str, ...] = ()
    age: str = ""
    due_until: date | None = None
    question_ids: Ids = None
    more: StatementFilter = NOTHING


EVERYTHING: Final = LedgerFilter()


def readable(act: Act) -> ColumnElement[bool]:
    """Rows of a statement that are the reader's to see: all of those on the sender's side, its own of the others."""
    labels = audiences(act)
    return or_(col(Statement.audience).in_(labels), col(Addressee.audience).in_(labels))


@dataclass(frozen=True)
class Part:
    """Drafts, with or without addressees, or what is open for an addressee: each is found by another way."""

    is_draft: bool
    conditions: tuple[ColumnElement[bool], ...]

    def of(self, selected: Select[Any]) -> Select[Any]:
        """The columns from the rows of this part."""
        joined = col(Addressee.statement_id) == col(Statement.id)
        if self.is_draft:
            found = selected.select_from(Statement).outerjoin(Addressee, joined)
        else:
            found = selected.select_from(Addressee).join(Statement, joined)
        return (
            found.outerjoin(Group, col(Group.id) == col(Addressee.group_id))
            .outerjoin(Body, col(Body.id) == col(Addressee.body_id))
            .outerjoin(Person, col(Person.id) == col(Addressee.owner_id))
            .where(*self.conditions)
        )


def parts_of(act: Act, asked: LedgerFilter) -> list[Part]:
    """Open matters that are asked for and may be read: what is open first, then drafts."""
    today = geneva_day(act.now)
    if asked.queue and asked.queue not in set(Queue):
        invalid("queue", asked.queue, ", ".join(Queue))
    if asked.age and asked.age not in set(Age):
        invalid("age", asked.age, ", ".join(Age))
    held = [readable(act), *conditions_of(act, _of_statement(asked)), *_of_addressee(act, asked)]
    if asked.queue:
        held.append(in_queue(Queue(asked.queue), asked.group_ids, today))
    if asked.age:
        held.append(is_of_age(Age(asked.age), today))
    drafts = Part(True, (is_draft_here(asked.group_ids), *held))
    opened = Part(False, (is_open_matter_here(asked.group_ids), *held))
    return [drafts] if asked.queue in OF_DRAFTS else [opened] if asked.queue else [opened, drafts]


def _of_statement(asked: LedgerFilter) -> StatementFilter:
    return replace(
        asked.more, which="all", from_group_ids=asked.from_group_ids, from_body_ids=asked.from_body_ids, direction=""
    )


def _of_addressee(act: Act, asked: LedgerFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    ways = ((col(Addressee.group_id), asked.to_group_ids), (col(Addressee.body_id), asked.to_body_ids))
    sides = [column.in_(ids) for column, ids in ways if ids is not None]
    if sides:
        found.append(or_(*sides))
    if asked.owner_id is not None:
        found.append(and_(col(Addressee.owner_id) == asked.owner_id, is_inside(act)))
    if asked.is_unowned:
        found.append(and_(col(Addressee.owner_id).is_(None), is_inside(act)))
    if asked.purposes:
        found.append(col(Addressee.purpose).in_(asked.purposes))
    if asked.due_until is not None:
        found.append(col(Addressee.deadline) <= asked.due_until)
    if asked.question_ids is not None:
        found.append(and_(allotted_to(asked.question_ids), is_inside(act)))
    return found
