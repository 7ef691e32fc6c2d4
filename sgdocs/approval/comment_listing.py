"""Comments of a process as people read them: filtered, each with the revision it is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, or_
from sqlalchemy import select as columns
from sqlmodel import col, select

from sgdocs.approval.models import Comment, CommentVersion, Process
from sgdocs.approval.revisions import About, about, revisions_of
from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.groups import queries as groups
from sgdocs.groups.models import Group
from sgdocs.policy import reads

STANDINGS = ("open", "unconfirmed", "settled", "withdrawn")


@dataclass(frozen=True)
class CommentFilter:
    """kind: typographical, substantive; standing: of STANDINGS; clause: and what stands under it; "" and 0 for all."""

    kind: str = ""
    standing: str = ""
    clause: str = ""
    window: int = 0


@dataclass(frozen=True)
class CommentRow:
    comment: Comment
    about: About

    @property
    def place(self) -> str:
        return ", ".join(part for part in (self.comment.clause, self.comment.element) if part)

    @property
    def standing(self) -> str:
        """The disposition, `withdrawn`, or `""` while it is open."""
        return "withdrawn" if self.comment.withdrawn_at else self.comment.disposition


@dataclass(frozen=True)
class Counts:
    """Of all comments of the process. open: substantive or not, that stand without a disposition; unconfirmed: whose
    member has not said that the disposition satisfies."""

    total: int = 0
    substantive: int = 0
    open: int = 0
    unconfirmed: int = 0


def may_read(act: Act, process: Process) -> bool:
    """Comments, replies and positions are for the members of the Sector, Associates of the group. Source: domain 8.3."""
    return reads(act.actor, groups.audience_of(act.session, groups.by_id(act.session, process.group_id)))


def counts_of(act: Act, process: Process) -> Counts:
    """None counted for those who may not read them."""
    if not may_read(act, process):
        return Counts()
    stands = col(Comment.withdrawn_at).is_(None)
    found = select(
        func.count(),
        _number(and_(stands, col(Comment.kind) == "substantive")),
        _number(_of_standing("open")),
        _number(_of_standing("unconfirmed")),
    ).where(Comment.process_id == process.id)
    total, substantive, unsettled, unconfirmed = act.session.exec(found).one()
    return Counts(total, substantive or 0, unsettled or 0, unconfirmed or 0)


def counts_for(act: Act, processes: Sequence[Process]) -> dict[int, Counts]:
    """By id of the process, of those whose comments the actor may read. Costs two SQL queries, whatever their number."""
    groups_of = select(Group).where(col(Group.id).in_({process.group_id for process in processes}))
    own = {row.id for row in act.session.exec(groups_of) if reads(act.actor, groups.audience_of(act.session, row))}
    ids = [process.id or 0 for process in processes if process.group_id in own]
    stands = col(Comment.withdrawn_at).is_(None)
    found = (
        columns(
            col(Comment.process_id),
            func.count(),
            _number(and_(stands, col(Comment.kind) == "substantive")),
            _number(_of_standing("open")),
            _number(_of_standing("unconfirmed")),
        )
        .where(col(Comment.process_id).in_(ids))
        .group_by(col(Comment.process_id))
    )
    told = {id: Counts(*(number or 0 for number in rest)) for id, *rest in act.session.execute(found)} if ids else {}
    return {id: told.get(id, Counts()) for id in ids}


def commented(act: Act, process: Process, wanted: CommentFilter = CommentFilter()) -> list[CommentRow]:
    """The comments in their order, or NotFound for those who may not read them. Costs six SQL queries."""
    if not may_read(act, process):
        missing("comments", process.number)
    found = select(Comment).where(Comment.process_id == process.id, *_conditions(wanted)).order_by(col(Comment.number))
    rows = act.session.exec(found).all()
    revisions = revisions_of(act, process) if rows else []
    return [CommentRow(row, about(revisions, row.document_part, row.sha256)) for row in rows]


def comment_numbered(act: Act, process: Process, number: int) -> CommentRow:
    """One of them by its number, or NotFound."""
    found = select(Comment).where(Comment.process_id == process.id, Comment.number == number)
    row = act.session.exec(found).first() if may_read(act, process) else None
    if row is None:
        missing("comment", number)
    return CommentRow(row, about(revisions_of(act, process), row.document_part, row.sha256))


def versions_of(act: Act, comment: Comment) -> Sequence[CommentVersion]:
    """What it said before, the oldest first."""
    kept = select(CommentVersion).where(CommentVersion.comment_id == comment.id)
    return act.session.exec(kept.order_by(col(CommentVersion.version))).all()


def _conditions(wanted: CommentFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(col(Comment.kind) == wanted.kind)
    if wanted.standing:
        found.append(_of_standing(wanted.standing))
    if wanted.window:
        found.append(col(Comment.window_id) == wanted.window)
    if wanted.clause:
        clause = col(Comment.clause)
        found.append(or_(clause == wanted.clause, clause.startswith(f"{wanted.clause}.", autoescape=True)))
    return found


def _of_standing(standing: str) -> ColumnElement[bool]:
    stands = col(Comment.withdrawn_at).is_(None)
    disposed, satisfied = col(Comment.disposition) != "", col(Comment.satisfied_at).is_not(None)
    conditions = {
        "open": and_(stands, ~disposed),
        "unconfirmed": and_(stands, disposed, ~satisfied),
        "settled": and_(stands, disposed, satisfied),
        "withdrawn": ~stands,
    }
    return conditions[standing]


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
