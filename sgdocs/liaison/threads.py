"""The thread of a statement: what it answers, what answers it, drawn as a tree. Only what the reader may read. N17."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import case, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.liaison.listing import StatementRow, rows_of
from sgdocs.liaison.models import Relation, Statement
from sgdocs.liaison.queries import visible
from sgdocs.liaison.rules import FOUND, Kind

MOST: Final = 500
"""Statements of one thread that are drawn; real ones have a dozen."""
ORDER: Final[Mapping[str, int]] = {Kind.REPLIES_TO: 0, Kind.FORWARDS: 1, Kind.DUPLICATES: 2, Kind.CROSSES: 3}
"""Under what a statement hangs when it is several things to others: its answer comes first."""


@dataclass(frozen=True)
class Edge:
    """statement_id is `kind` of other_id: replies-to, forwards, duplicates, crosses."""

    statement_id: int
    kind: str
    other_id: int


@dataclass(frozen=True)
class Loose:
    """What it says it is to something that is not known here, or not for the reader. is_outside: a number of others."""

    kind: str
    words: str
    is_outside: bool


@dataclass
class Node:
    """One statement in the tree. kind: what it is to its parent, "" of a root; depth: 0 of a root; others: further edges
    from here to nodes that are not its parent; loose: what stands elsewhere."""

    row: StatementRow
    depth: int = 0
    parent_id: int | None = None
    kind: str = ""
    children: list["Node"] = field(default_factory=list)
    others: list[Edge] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)


@dataclass(frozen=True)
class Thread:
    """roots: in the order of their letters; edges: all; is_cut: there are more than are shown; statement_id: of the one
    that was asked for."""

    statement_id: int
    roots: tuple[Node, ...]
    edges: tuple[Edge, ...] = ()
    is_cut: bool = False

    def __iter__(self) -> Iterator[Node]:
        """Every node once, each under its parent: the lines of a drawn tree."""
        waiting = list(reversed(self.roots))
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @property
    def depth(self) -> int:
        return max((node.depth for node in self), default=0)


def thread_of(act: Act, statement: Statement, *, most: int = MOST) -> Thread:
    """All that hangs together with it by answers, forwards, duplicates and crossings. Five queries, whatever their number.

    A statement that the reader may not read ties nothing together: what hangs behind it is another thread for him.
    """
    own = statement.id or 0
    ids = _reach(act, own, most + 1)
    is_cut, ids = len(ids) > most, [own, *(id for id in ids if id != own)][:most]
    rows = rows_of(act, ids, sort="dated")
    relations = _relations(act, [row.id for row in rows])
    nodes = {row.id: Node(row) for row in rows}
    edges = _edges(relations, nodes)
    roots = hang(nodes, edges)
    for each in relations:
        if each.other_id not in nodes and each.kind not in FOUND:
            nodes[each.statement_id].loose.append(Loose(each.kind, each.words, each.is_outside))
    return Thread(own, tuple(roots), tuple(edges), is_cut)


def hang(nodes: Mapping[int, Node], edges: Sequence[Edge]) -> list[Node]:
    """Put every node under what it answers, and say who stands alone: the roots. A circle is opened at its oldest.

    nodes: in the order of their letters. Each node gets one parent; further edges become its `others`.
    """
    place = {id: n for n, id in enumerate(nodes)}
    for id, node in nodes.items():
        ways = [edge for edge in edges if edge.statement_id == id]
        ways.sort(key=lambda edge: (ORDER.get(edge.kind, 9), place[edge.other_id]))
        for edge in ways:
            if node.parent_id is None and edge.kind != Kind.CROSSES and not _is_above(nodes, id, edge.other_id):
                node.parent_id, node.kind = edge.other_id, edge.kind
            else:
                node.others.append(edge)
    for node in nodes.values():
        if node.parent_id is not None:
            nodes[node.parent_id].children.append(node)
    roots = [node for node in nodes.values() if node.parent_id is None]
    waiting = list(roots)
    while waiting:
        above = waiting.pop()
        for below in above.children:
            below.depth = above.depth + 1
            waiting.append(below)
    return roots


def _is_above(nodes: Mapping[int, Node], id: int, other: int | None) -> bool:
    """Whether `other` hangs under `id` already, at whatever depth."""
    while other is not None:
        if other == id:
            return True
        other = nodes[other].parent_id
    return False


def _reach(act: Act, statement_id: int, limit: int) -> list[int]:
    """Ids of what the actor can read and get to from one to the next, in both directions. One query."""
    reach = columns(col(Statement.id).label("id")).where(col(Statement.id) == statement_id).cte("reach", recursive=True)
    near = aliased(Relation)
    beyond = case((col(near.statement_id) == reach.c.id, col(near.other_id)), else_=col(near.statement_id))
    step = (
        columns(col(Statement.id))
        .select_from(reach)
        .join(near, or_(col(near.statement_id) == reach.c.id, col(near.other_id) == reach.c.id))
        .join(Statement, col(Statement.id) == beyond)
        .where(visible(act))
    )
    found = reach.union(step)
    return list(act.session.execute(columns(found.c.id).limit(limit)).scalars())


def _relations(act: Act, ids: Sequence[int]) -> list[Relation]:
    rows = select(Relation).where(col(Relation.statement_id).in_(ids))
    return list(act.session.exec(rows.order_by(col(Relation.id))))


def _edges(relations: Sequence[Relation], nodes: Mapping[int, Node]) -> list[Edge]:
    found: dict[tuple[int, str, int], Edge] = {}
    for each in relations:
        if each.other_id is not None and each.other_id in nodes and each.other_id != each.statement_id:
            key = (each.statement_id, each.kind, each.other_id)
            found[key] = Edge(*key)
    return list(found.values())
