"""Lists of statements: one row for one statement, with all to whom it went. Five queries, whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, SQLColumnExpression, func
from sqlalchemy import select as columns
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.errors import invalid
from sgdocs.base.paging import Page
from sgdocs.liaison.filtering import NOTHING, StatementFilter, conditions_of
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.liaison.parties import Party, ToRow, parties_of
from sgdocs.liaison.queries import visible
from sgdocs.liaison.rules import DRAFTS

__all__ = ["Party", "StatementFilter", "ToRow"]

_DEADLINE: Final = (
    columns(func.min(col(Addressee.deadline))).where(col(Addressee.statement_id) == col(Statement.id)).scalar_subquery()
)
SORTS: Final[dict[str, SQLColumnExpression[Any]]] = {
    "dated": col(Statement.dated_on),
    "number": col(Statement.label),
    "title": func.lower(col(Statement.title)),
    "status": col(Statement.status),
    "deadline": _DEADLINE,
    "changed": col(Statement.changed_at),
}


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One line of the register. title: the subject without marks (`naming` writes `LS/r on …`); senders, to: in order."""

    id: int
    name: str
    label: str
    external_number: str
    title: str
    is_reply: bool
    in_reply_words: str
    origin: str
    status: str
    level: str
    sector: str
    dated_on: date | None
    audience: str
    version: int
    senders: tuple[Party, ...] = ()
    to: tuple[ToRow, ...] = ()

    @property
    def is_draft(self) -> bool:
        return self.status in DRAFTS

    @property
    def is_open(self) -> bool:
        """Whether anybody still has something to do with it."""
        return any(each.is_open for each in self.to)

    @property
    def is_overdue(self) -> bool:
        return any(each.is_overdue for each in self.to)

    @property
    def deadline(self) -> date | None:
        """The nearest one that an answer is still awaited by, else the first."""
        awaited = [each.deadline for each in self.to if each.deadline and each.is_awaited]
        return min(awaited or [each.deadline for each in self.to if each.deadline], default=None)


_FIELDS: Final = StatementRow.__slots__[:14]
_COLUMNS: Final = tuple(col(getattr(Statement, name)) for name in _FIELDS)


def listing(
    act: Act,
    asked: StatementFilter = NOTHING,
    *,
    sort: str = "-dated",
    number: int = 1,
    size: int = 50,
    offset: int | None = None,
) -> Page[StatementRow]:
    """One page. sort: one of SORTS, `-` before it turns the order; what has no such value comes last. Four queries."""
    wanted = [*conditions_of(act, asked), visible(act)]
    total = act.session.execute(columns(func.count(col(Statement.id))).where(*wanted)).scalar_one()
    start = (number - 1) * size if offset is None else offset
    found = columns(*_COLUMNS).where(*wanted).order_by(*_order(sort)).limit(size).offset(start)
    return Page(_rows(act, act.session.execute(found).all()), total, number, size)


def rows_of(act: Act, statement_ids: Sequence[int], *, sort: str = "-dated") -> list[StatementRow]:
    """The statements with these ids that the actor may read. Three queries, or none."""
    if not statement_ids:
        return []
    found = columns(*_COLUMNS).where(col(Statement.id).in_(statement_ids), visible(act))
    return _rows(act, act.session.execute(found.order_by(*_order(sort))).all())


def counts(act: Act, asked: StatementFilter = NOTHING) -> dict[str, int]:
    """How many of the statements asked for have each status. One query."""
    told = columns(col(Statement.status), func.count()).where(*conditions_of(act, asked), visible(act))
    return dict(act.session.execute(told.group_by(col(Statement.status))).all())


def count(act: Act, asked: StatementFilter, *more: ColumnElement[bool]) -> int:
    """How many statements are asked for. One query."""
    told = columns(func.count(col(Statement.id))).where(*conditions_of(act, asked), visible(act), *more)
    return int(act.session.execute(told).scalar_one())


def _rows(act: Act, found: Sequence[Sequence[Any]]) -> list[StatementRow]:
    senders, to = parties_of(act, [row[0] for row in found])
    return [_row(row, senders.get(row[0], ()), to.get(row[0], ())) for row in found]


def _row(values: Sequence[Any], senders: Sequence[Party], to: Sequence[ToRow]) -> StatementRow:
    given: dict[str, Any] = dict(zip(_FIELDS, values, strict=True))
    return StatementRow(**given, senders=tuple(senders), to=tuple(to))


def _order(sort: str) -> list[Any]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        invalid("sort", sort, f"{', '.join(SORTS)}; a minus before it turns the order")
    key, last = SORTS[name], col(Statement.id)
    turned = [key.desc(), last.desc()] if sort.startswith("-") else [key.asc(), last.asc()]
    return [key.is_(None), *turned]
