"""Who writes to whom: for each pair of groups or bodies how many, how many open, how late, how long. Two queries. N17."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any, Final

from sqlalchemy import Select, case, func
from sqlalchemy import select as columns
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.filtering import NOTHING, StatementFilter, conditions_of, is_awaited_here, is_overdue_here
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.parties import Party
from sgdocs.liaison.queries import visible
from sgdocs.liaison.rules import OUT, State

Key = tuple[int | None, int | None]
"""Ids of the group and of the body; one of them is set."""


@dataclass(frozen=True)
class Cell:
    """What one sent to another. total: statements; awaited: an answer is expected and has not come; overdue among these;

    median_days: from letter to answer, None without answers; answered: how many were.
    """

    sender: Party
    to: Party
    total: int
    awaited: int
    overdue: int
    answered: int = 0
    median_days: float | None = None
    base: StatementFilter = NOTHING

    @property
    def asked(self) -> StatementFilter:
        """The list that shows these `total` statements."""
        return replace(self.base, which="register", **_side("from", self.sender), **_side("to", self.to))

    @property
    def asked_awaited(self) -> StatementFilter:
        return replace(self.asked, is_awaited=True)

    @property
    def asked_overdue(self) -> StatementFilter:
        return replace(self.asked, is_overdue=True)


@dataclass(frozen=True)
class Matrix:
    """parties: groups by Sector and number, then bodies by name; cells: by keys of sender and addressee."""

    parties: tuple[Party, ...] = ()
    cells: dict[tuple[Key, Key], Cell] = field(default_factory=dict)

    def cell(self, sender: Party, to: Party) -> Cell | None:
        return self.cells.get((key_of(sender), key_of(to)))

    @property
    def most(self) -> int:
        """The greatest total, for shades."""
        return max((cell.total for cell in self.cells.values()), default=0)


def matrix(act: Act, asked: StatementFilter = NOTHING) -> Matrix:
    """Of the statements asked for that were sent or received and may be read. Four queries, whatever their number.

    Names that nobody resolved are in no cell.
    """
    base = replace(asked, statuses=OUT)
    rows = act.session.execute(_counted(act, base)).all()
    parties = _parties(act, rows)
    taken = _taken(act, base)
    cells: dict[tuple[Key, Key], Cell] = {}
    for from_group, from_body, to_group, to_body, total, awaited, overdue in rows:
        pair = ((from_group, from_body), (to_group, to_body))
        days = taken.get(pair, [])
        cells[pair] = Cell(
            parties[pair[0]], parties[pair[1]], total, awaited, overdue, len(days), median(days) if days else None, base
        )
    return Matrix(tuple(parties.values()), cells)


def key_of(party: Party) -> Key:
    return party.group_id, party.body_id


_PAIR: Final = (Sender.group_id, Sender.body_id, Addressee.group_id, Addressee.body_id)


def _pairs(act: Act, asked: StatementFilter, *told: Any) -> Select[Any]:
    pair: list[Any] = [col(each) for each in _PAIR]
    return (
        columns(*pair, *told)
        .select_from(Statement)
        .join(Sender, col(Sender.statement_id) == col(Statement.id))
        .join(Addressee, col(Addressee.statement_id) == col(Statement.id))
        .where(
            *conditions_of(act, asked),
            visible(act),
            func.coalesce(col(Sender.group_id), col(Sender.body_id)).is_not(None),
            func.coalesce(col(Addressee.group_id), col(Addressee.body_id)).is_not(None),
        )
    )


def _counted(act: Act, asked: StatementFilter) -> Select[Any]:
    today = geneva_day(act.now)
    told = (
        func.count(),
        func.coalesce(func.sum(case((is_awaited_here(), 1), else_=0)), 0),
        func.coalesce(func.sum(case((is_overdue_here(today), 1), else_=0)), 0),
    )
    return _pairs(act, asked, *told).group_by(*map(col, _PAIR))


def _taken(act: Act, asked: StatementFilter) -> dict[tuple[Key, Key], list[int]]:
    """Days from letter to answer of each pair."""
    told = _pairs(act, asked, col(Statement.dated_on), col(Addressee.answered_on)).where(
        col(Addressee.state) == State.REPLIED,
        col(Addressee.answered_on).is_not(None),
        col(Statement.dated_on).is_not(None),
    )
    found: dict[tuple[Key, Key], list[int]] = {}
    for from_group, from_body, to_group, to_body, dated_on, answered_on in act.session.execute(told):
        found.setdefault(((from_group, from_body), (to_group, to_body)), []).append((answered_on - dated_on).days)
    return found


def _parties(act: Act, rows: Iterable[Any]) -> dict[Key, Party]:
    """Whoever is in a cell, groups first. Two queries."""
    keys = {key for row in rows for key in ((row[0], row[1]), (row[2], row[3]))}
    if not keys:
        return {}
    groups = columns(col(Group.id), col(Group.label), col(Group.path)).where(
        col(Group.id).in_([group for group, _ in keys if group])
    )
    bodies = columns(col(Body.id), func.coalesce(func.nullif(Body.acronym, ""), Body.name), col(Body.slug)).where(
        col(Body.id).in_([body for _, body in keys if body])
    )
    in_order = groups.order_by(col(Group.sector).desc(), col(Group.sort_key))
    found: dict[Key, Party] = {}
    for id, label, path in act.session.execute(in_order):
        found[(id, None)] = Party(label, path, "", id)
    for id, name, slug in act.session.execute(bodies.order_by(col(Body.sort_key), col(Body.id))):
        found[(None, id)] = Party(name, "", slug, None, id)
    return found


def _side(name: str, party: Party) -> dict[str, Any]:
    ids = {f"{name}_group_ids": (party.group_id,)} if party.group_id else {f"{name}_body_ids": (party.body_id,)}
    return dict(ids)
