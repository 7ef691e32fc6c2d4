"""Lists about outside bodies: which there are, what goes between one and us, what is open. Only what the actor may read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.paging import Page
from sgdocs.base.text import folded
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.liaison.bodies_models import Body, BodyName, Qualification
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.liaison.naming import key_of
from sgdocs.liaison.queries import visible
from sgdocs.liaison.rules import CLOSED, OUT, is_overdue

_Parent = aliased(Body)


@dataclass(frozen=True)
class BodyFilter:
    """words: in a name; kind: `rules.BodyKind`; qualification: valid on the day; with_ended: also those that ended."""

    words: str = ""
    kind: str = ""
    qualification: str = ""
    with_ended: bool = False


@dataclass(frozen=True)
class BodyRow:
    """A body as a list shows it. qualifications: kinds valid on the day; statements: that the actor may read, in and out."""

    body: Body
    parent: Body | None = None
    qualifications: Sequence[str] = ()
    statements: int = 0


def listing(
    act: Act,
    asked: BodyFilter,
    on: date,
    *,
    after: tuple[str, int] | None = None,
    number: int = 1,
    size: int = 100,
) -> Page[BodyRow]:
    """One page of bodies by name. after: sort key and id of the last row seen. Costs four queries."""
    wanted = _wanted(asked, on)
    total = act.session.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    if after is not None:
        key, id = after
        wanted = wanted.where(or_(col(Body.sort_key) > key, and_(col(Body.sort_key) == key, col(Body.id) > id)))
    ordered = wanted.order_by(col(Body.sort_key), col(Body.id)).limit(size).offset((number - 1) * size)
    found = [(body, parent) for body, parent in act.session.execute(ordered)]
    ids = [body.id or 0 for body, _ in found]
    qualified, counted = _qualified(act, ids, on), _counted(act, ids)
    rows = [BodyRow(b, p, qualified.get(b.id or 0, ()), counted.get(b.id or 0, 0)) for b, p in found]
    return Page(rows, total, number, size)


def _wanted(asked: BodyFilter, on: date) -> Select[Body, Body]:
    found = select(Body, _Parent).outerjoin(_Parent, col(_Parent.id) == col(Body.parent_id))
    for word in asked.words.split()[:8]:
        named = select(col(BodyName.body_id)).where(col(BodyName.key).contains(key_of(word), autoescape=True))
        in_notes = func.lower(Body.notes).contains(folded(word), autoescape=True)
        found = found.where(or_(col(Body.id).in_(named), in_notes))
    if asked.kind:
        found = found.where(col(Body.kind) == asked.kind)
    if asked.qualification:
        holds = select(col(Qualification.body_id)).where(col(Qualification.kind) == asked.qualification, *_valid(on))
        found = found.where(col(Body.id).in_(holds))
    if not asked.with_ended:
        found = found.where(or_(col(Body.ended_on).is_(None), col(Body.ended_on) >= on))
    return found


def _valid(on: date) -> tuple[ColumnElement[bool], ...]:
    return col(Qualification.since) <= on, or_(col(Qualification.until).is_(None), col(Qualification.until) >= on)


def _qualified(act: Act, ids: Sequence[int], on: date) -> dict[int, list[str]]:
    rows = select(col(Qualification.body_id), col(Qualification.kind)).where(
        col(Qualification.body_id).in_(ids), *_valid(on)
    )
    found: dict[int, list[str]] = {}
    for body_id, kind in act.session.execute(rows.order_by(col(Qualification.kind))):
        found.setdefault(body_id, []).append(kind)
    return found


def _counted(act: Act, ids: Sequence[int]) -> dict[int, int]:
    """How many statements each sent or got, each counted once."""
    sent = select(col(Sender.body_id), col(Sender.statement_id)).where(col(Sender.body_id).in_(ids))
    got = select(col(Addressee.body_id), col(Addressee.statement_id)).where(col(Addressee.body_id).in_(ids))
    both = sent.union(got).subquery()
    count = (
        select(both.c.body_id, func.count())
        .join(Statement, col(Statement.id) == both.c.statement_id)
        .where(col(Statement.status).in_(OUT), visible(act))
        .group_by(both.c.body_id)
    )
    return dict(list(act.session.execute(count)))


# What goes between a body and us


@dataclass(frozen=True)
class Exchange:
    """A statement that a body, or a part of it, sent or got. is_from: it sent it; others: the other side, by name."""

    statement: Statement
    is_from: bool
    others: Sequence[str] = ()


def traffic(act: Act, family: Sequence[int], *, number: int = 1, size: int = 50) -> Page[Exchange]:
    """Everything that went out and that the actor may read, the newest first. family: ids of the body and its parts."""
    sent = select(col(Sender.statement_id)).where(col(Sender.body_id).in_(family))
    got = select(col(Addressee.statement_id)).where(col(Addressee.body_id).in_(family))
    wanted = select(Statement).where(
        or_(col(Statement.id).in_(sent), col(Statement.id).in_(got)), col(Statement.status).in_(OUT), visible(act)
    )
    total = act.session.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    order = (col(Statement.dated_on).desc(), col(Statement.id).desc())
    rows = act.session.execute(wanted.order_by(*order).limit(size).offset((number - 1) * size)).scalars().all()
    froms = set(act.session.execute(sent.where(col(Sender.statement_id).in_([r.id for r in rows]))).scalars())
    names = _others(act, rows, froms)
    found = [Exchange(row, row.id in froms, names.get(row.id or 0, ())) for row in rows]
    return Page(found, total, number, size)


def _others(act: Act, rows: Sequence[Statement], froms: Iterable[int]) -> dict[int, list[str]]:
    """By statement: to whom it went when the body sent it, else who sent it to the body."""
    ids, of_body = [row.id for row in rows], set(froms)
    to = select(col(Addressee.statement_id), col(Addressee.name), col(Group.label)).outerjoin(
        Group, col(Group.id) == col(Addressee.group_id)
    )
    sent = select(col(Sender.statement_id), col(Sender.name), col(Group.label)).outerjoin(
        Group, col(Group.id) == col(Sender.group_id)
    )
    found: dict[int, list[str]] = {}
    for id, name, label in act.session.execute(to.where(col(Addressee.statement_id).in_(ids))):
        if id in of_body:
            found.setdefault(id, []).append(label or name)
    for id, name, label in act.session.execute(sent.where(col(Sender.statement_id).in_(ids))):
        if id not in of_body:
            found.setdefault(id, []).append(label or name)
    return found


# What is open


@dataclass(frozen=True)
class OpenMatter:
    """An answer that is expected. we_owe: our group owes it to the body; else we wait for it from the body."""

    statement: Statement
    addressee: Addressee
    we_owe: bool
    today: date

    @property
    def is_overdue(self) -> bool:
        row = self.addressee
        return is_overdue(row.state, row.deadline, self.today, is_answer_expected=row.is_answer_expected)


def open_matters(act: Act, family: Sequence[int], on: date, *, most: int = 200) -> list[OpenMatter]:
    """Answers that we owe, as far as the actor reads the group's side, and that we wait for: the most pressing first."""
    expected = (
        col(Addressee.is_answer_expected).is_(True),
        col(Addressee.state).not_in(CLOSED),
        col(Statement.status).in_(OUT),
    )
    from_body = select(col(Sender.statement_id)).where(col(Sender.body_id).in_(family))
    owed = and_(
        col(Statement.id).in_(from_body),
        col(Addressee.group_id).is_not(None),
        col(Addressee.audience).in_(audiences(act)),
    )
    awaited = and_(col(Addressee.body_id).in_(family), visible(act))
    rows = act.session.execute(
        select(Statement, Addressee)
        .join(Addressee, col(Addressee.statement_id) == col(Statement.id))
        .where(*expected, or_(owed, awaited))
        .order_by(col(Addressee.deadline).is_(None), col(Addressee.deadline), col(Addressee.id))
        .limit(most)
    )
    return [OpenMatter(statement, row, row.body_id not in family, on) for statement, row in rows]
