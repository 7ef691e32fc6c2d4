"""The board: processes with the clock of their window and who holds the ball. Three queries, whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, false, func, or_, select
from sqlmodel import col

from sgdocs.approval.models import Process, Window
from sgdocs.approval.procedures import ALL
from sgdocs.approval.seeing import visible
from sgdocs.approval.workflow import State
from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.base.errors import invalid
from sgdocs.base.paging import Page
from sgdocs.groups.models import Group
from sgdocs.work_programme.models import WorkItem

OPEN, ENDED, ALL_OF_THEM = "open", "ended", "all"
SORTS: Final[dict[str, SQLColumnExpression[Any]]] = {
    "closes": col(Process.closes_at),
    "opened": col(Process.opened_on),
    "name": col(Process.name),
    "number": col(Process.number),
    "state": col(Process.state),
    "group": col(Group.sort_key),
    "ended": col(Process.ended_on),
}


@dataclass(frozen=True)
class BoardFilter:
    """which: open, ended or all; holders: roles that hold the ball; closes_until: windows that close by that day;
    families: series of the Recommendation (`G`); words: in name, number or title."""

    which: str = OPEN
    sectors: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    group_ids: tuple[int, ...] | None = None
    question_ids: tuple[int, ...] | None = None
    closes_until: date | None = None
    opened_since: date | None = None
    opened_until: date | None = None
    words: str = ""


@dataclass(frozen=True)
class BoardRow:
    """days_left: until the last day of the window, 0 on it, negative after; None without a window."""

    process: Process
    group: Group
    question: Group | None
    item: WorkItem | None
    window: Window | None
    state: State
    days_left: int | None

    @property
    def holder(self) -> str:
        return self.state.holder


def board(
    act: Act,
    asked: BoardFilter | None = None,
    *,
    sort: str = "closes",
    number: int = 1,
    size: int = 100,
    offset: int | None = None,
) -> Page[BoardRow]:
    """One page. sort: one of SORTS, `-` before it turns the order; what has no window comes last. Three queries."""
    wanted = _wanted(act, asked or BoardFilter())
    counted = select(func.count()).select_from(wanted.subquery())
    total = act.session.execute(counted).scalar_one()
    start = (number - 1) * size if offset is None else offset
    rows = act.session.execute(wanted.order_by(*_order(sort)).limit(size).offset(start)).scalars().all()
    return Page(board_rows(act, rows), total, number, size)


def board_rows(act: Act, processes: Sequence[Process]) -> list[BoardRow]:
    """The rows of these processes, in their order. Two queries."""
    today = geneva_day(act.now)
    ids = [process.id for process in processes]
    newest = select(func.max(Window.id)).where(col(Window.process_id).in_(ids)).group_by(col(Window.process_id))
    windows = {w.process_id: w for w in act.session.execute(select(Window).where(col(Window.id).in_(newest))).scalars()}
    group_ids = {id for process in processes for id in (process.group_id, process.question_id) if id is not None}
    item_ids = {process.work_item_id for process in processes if process.work_item_id is not None}
    groups = {g.id: g for g in act.session.execute(select(Group).where(col(Group.id).in_(group_ids))).scalars()}
    items = {i.id: i for i in act.session.execute(select(WorkItem).where(col(WorkItem.id).in_(item_ids))).scalars()}
    return [
        BoardRow(
            process,
            groups[process.group_id],
            groups.get(process.question_id),
            items.get(process.work_item_id),
            windows.get(process.id or 0),
            _state(process),
            (process.closes_on - today).days if process.closes_on else None,
        )
        for process in processes
    ]


def _state(process: Process) -> State:
    table = ALL.get(process.procedure)
    return (table.states.get(process.state) if table else None) or State(process.state, process.state)


def _wanted(act: Act, asked: BoardFilter) -> Select[Process]:
    found = select(Process).join(Group, col(Group.id) == Process.group_id).where(visible(act))
    return found.where(*_conditions(asked))


def _conditions(asked: BoardFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.which != ALL_OF_THEM:
        found.append(col(Process.is_open).is_(asked.which == OPEN))
    listed: tuple[tuple[Any, Sequence[object] | None], ...] = (
        (col(Process.sector), asked.sectors or None),
        (col(Process.procedure), asked.procedures or None),
        (col(Process.state), asked.states or None),
        (col(Process.group_id), asked.group_ids),
        (col(Process.question_id), asked.question_ids),
    )
    found += [column.in_(values) for column, values in listed if values is not None]
    if asked.holders or asked.windows:
        found.append(or_(false(), *_in_states(asked)))
    if asked.closes_until is not None:
        found.append(col(Process.closes_on) <= asked.closes_until)
    if asked.opened_since is not None:
        found.append(col(Process.opened_on) >= asked.opened_since)
    if asked.opened_until is not None:
        found.append(col(Process.opened_on) <= asked.opened_until)
    return [*found, *(_has(word) for word in asked.words.split()[:8])]


def _in_states(asked: BoardFilter) -> list[ColumnElement[bool]]:
    """The states in which one of the roles holds the ball, or a window of the kind is open, procedure by procedure."""
    found: list[ColumnElement[bool]] = []
    for table in ALL.values():
        states = [
            state.id
            for state in table.states.values()
            if (not asked.holders or state.holder in asked.holders)
            and (not asked.windows or state.window in asked.windows)
        ]
        if states:
            found.append((col(Process.procedure) == table.id) & col(Process.state).in_(states))
    return found


def _has(word: str) -> ColumnElement[bool]:
    columns = (Process.name, Process.identifier, Process.title, Process.number, Group.label)
    return or_(*(col(column).icontains(word, autoescape=True) for column in columns))


def _order(sort: str) -> list[SQLColumnExpression[Any]]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        invalid("sort", sort, f"{', '.join(SORTS)}; a minus before it turns the order")
    column = SORTS[name]
    is_missing = column.is_(None)
    last = col(Process.id).desc() if sort.startswith("-") else col(Process.id)
    return [is_missing, column.desc() if sort.startswith("-") else column.asc(), last]
