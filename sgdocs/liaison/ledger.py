"""The ledger: what we owe, what we wait for, what is overdue, how old it is. One row for one addressee. Feature N17.

"We" are the groups of the filter, all of ours when it names none. `queues` says where a matter waits; the conditions here
say the same to the database (a test compares them).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select, SQLColumnExpression, case, func
from sqlalchemy import select as columns
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.base.paging import Page
from sgdocs.groups.models import Group
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.filtering import is_inside
from sgdocs.liaison.ledger_conditions import (
    OTHER,
    is_sent_by_us,
    side_here,
)
from sgdocs.liaison.ledger_parts import EVERYTHING, LedgerFilter, parts_of
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.parties import Party, senders_of
from sgdocs.liaison.queues import Age, Matter, Queue, Side, age_of, queues_of
from sgdocs.people.models import Person

__all__ = ["EVERYTHING", "SORTS", "LedgerFilter", "LedgerRow", "first_rows", "matter_of", "rows"]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One statement for one addressee. addressee_id, position: None of a draft without addressees.

    senders, to: the sides; owner, owner_slug: who sees to the answer, "" when nobody or not for the reader; days_left: to
    the last day, negative when it is over; days_old: since the date of the letter; queues: where it waits.
    """

    statement_id: int
    addressee_id: int | None
    position: int | None
    name: str
    label: str
    external_number: str
    title: str
    is_reply: bool
    in_reply_words: str
    status: str
    level: str
    dated_on: date | None
    purpose: str
    deadline: date | None
    state: str
    is_copy: bool
    is_answer_expected: bool
    flagged: str
    senders: tuple[Party, ...]
    to: Party
    owner: str
    owner_slug: str
    days_left: int | None
    days_old: int | None
    age: Age
    queues: frozenset[Queue]

    @property
    def is_overdue(self) -> bool:
        return Queue.OVERDUE in self.queues


SORTS: Final[dict[str, SQLColumnExpression[Any]]] = {
    "deadline": col(Addressee.deadline),
    "dated": col(Statement.dated_on),
    "number": col(Statement.label),
    "to": func.coalesce(col(Group.sort_key), col(Body.sort_key), col(Addressee.name)),
    "state": col(Addressee.state),
    "owner": col(Person.sort_name),
}


def rows(
    act: Act,
    asked: LedgerFilter = EVERYTHING,
    *,
    sort: str = "deadline",
    number: int = 1,
    size: int = 50,
    offset: int | None = None,
) -> Page[LedgerRow]:
    """One page of open matters, the nearest deadline first; without one, the oldest first, at the end.

    Drafts come last. Up to five queries."""
    found: list[Sequence[Any]] = []
    order = _order(sort)
    total, start = 0, (number - 1) * size if offset is None else offset
    for part in parts_of(act, asked):
        count = int(act.session.execute(part.of(columns(func.count()))).scalar_one())
        if total + count > start and len(found) < size:
            skip, most = max(0, start - total), size - len(found)
            wanted = part.of(_selected(act, asked)).order_by(*order).limit(most).offset(skip)
            found += act.session.execute(wanted).all()
        total += count
    return Page(_rows(act, found), total, number, size)


def first_rows(act: Act, asked: LedgerFilter, total: int, *, size: int) -> Page[LedgerRow]:
    """The first page, when the heads have counted already how many there are. Up to three queries."""
    found: list[Sequence[Any]] = []
    for part in parts_of(act, asked):
        if len(found) < min(size, total):
            wanted = part.of(_selected(act, asked)).order_by(*_order("deadline")).limit(size - len(found))
            found += act.session.execute(wanted).all()
    return Page(_rows(act, found), total, 1, size)


_OWN: Final = (
    Statement.id, Addressee.id, Addressee.position, Statement.name, Statement.label, Statement.external_number,
    Statement.title, Statement.is_reply, Statement.in_reply_words, Statement.status, Statement.level, Statement.dated_on,
    Addressee.purpose, Addressee.deadline, Addressee.state, Addressee.is_copy, Addressee.is_answer_expected,
    Addressee.flagged,
)  # fmt: skip
"""The first fields of a row, in order."""
_WORDS: Final = ("purpose", "state", "flagged")


def _selected(act: Act, asked: LedgerFilter) -> Select[Any]:
    inside = is_inside(act)
    party = (Addressee.name, Group.label, Group.path, Addressee.group_id, Addressee.body_id)
    own: list[Any] = [col(each) for each in (*_OWN, *party)]
    return columns(
        *own,
        func.coalesce(func.nullif(Body.acronym, ""), Body.name),
        col(Body.slug),
        case((inside, col(Person.name))),
        case((inside, col(Person.slug))),
        is_sent_by_us(asked.group_ids),
        side_here(asked.group_ids),
    )


def _rows(act: Act, found: Sequence[Sequence[Any]]) -> list[LedgerRow]:
    senders = senders_of(act, list({row[0] for row in found})) if found else {}
    today = geneva_day(act.now)
    return [_row(row, tuple(senders.get(row[0], ())), today) for row in found]


def _row(values: Sequence[Any], senders: tuple[Party, ...], today: date) -> LedgerRow:
    own: dict[str, Any] = dict(zip(LedgerRow.__slots__, values[: len(_OWN)], strict=False))
    own |= {name: own[name] or "" for name in _WORDS}
    own |= {name: bool(own[name]) for name in ("is_copy", "is_answer_expected")}
    name, label, path, group_id, body_id, body, slug, owner, owner_slug, is_ours, side = values[len(_OWN) :]
    dated_on, deadline = own["dated_on"], own["deadline"]
    matter = matter_of(
        own["status"],
        own["state"],
        side,
        is_ours=is_ours,
        is_answer_expected=own["is_answer_expected"],
        deadline=deadline,
    )
    return LedgerRow(
        **own,
        senders=senders,
        to=Party(label or body or name or "", path or "", slug or "", group_id, body_id),
        owner=owner or "",
        owner_slug=owner_slug or "",
        days_left=(deadline - today).days if deadline else None,
        days_old=(today - dated_on).days if dated_on else None,
        age=age_of(dated_on, today),
        queues=queues_of(matter, today),
    )


def matter_of(
    status: str,
    state: str,
    side: str,
    *,
    is_ours: bool,
    is_answer_expected: bool,
    deadline: date | None = None,
) -> Matter:
    """side: as `ledger_conditions.side_here` tells it: of `queues.Side`, or OTHER."""
    is_other = side == OTHER
    to = Side.GROUP if is_other else Side(side)
    return Matter(status, state, to, bool(is_ours), is_answer_expected, deadline, is_other)


def _order(sort: str) -> list[Any]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        invalid("sort", sort, f"{', '.join(SORTS)}; a minus before it turns the order")
    key = SORTS[name]
    return [
        key.is_(None),
        key.desc() if sort.startswith("-") else key.asc(),
        col(Statement.dated_on),
        col(Statement.id),
        col(Addressee.position),
    ]
