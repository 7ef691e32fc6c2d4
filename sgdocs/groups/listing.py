"""Lists of groups, with the titles they had in the periods asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from sqlalchemy import ColumnElement, Select, Subquery, case, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from sgdocs.base.errors import invalid
from sgdocs.base.paging import Page
from sgdocs.groups.models import Group, GroupTerm, StudyPeriod
from sgdocs.groups.queries import periods
from sgdocs.groups.rules import GroupKind

EVERY_PERIOD = "all"
SORTS = ("kind", "code", "title")
_KIND_ORDER = {kind.value: n for n, kind in enumerate(GroupKind)}
_Parent = aliased(Group)


@dataclass(frozen=True)
class GroupFilter:
    """What a list asks for. period: a code, "" for today's of each Sector, or `all`; words: in label or title."""

    sectors: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    period: str = ""
    parent: str = ""
    words: str = ""


@dataclass(frozen=True)
class GroupRow:
    """A group as a list shows it: with its title in the latest of the periods asked for; "" when not recorded."""

    group: Group
    title: str
    is_confirmed: bool
    period: str
    parent_path: str
    parent_label: str


def listing(
    session: Session, asked: GroupFilter, on: date, *, sort: str = "kind", number: int = 1, size: int = 500
) -> Page[GroupRow]:
    """One page of the groups asked for. sort: one of SORTS, `-` before it for the other way. Costs three queries."""
    latest = _latest_terms(_period_ids(session, asked, on))
    wanted = _wanted(asked, latest)
    total = session.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
    rows = session.execute(wanted.order_by(*_order(sort, latest)).limit(size).offset((number - 1) * size))
    found = [GroupRow(g, t or "", bool(sure), p or "", path or "", label or "") for g, t, sure, p, path, label in rows]
    return Page(found, total, number, size)


def children(session: Session, group: Group, period: StudyPeriod | None) -> list[GroupRow]:
    """The groups under a group in a period (or ever), joint ones among them. Costs one query."""
    latest = _latest_terms([period.id or 0] if period else None)
    wanted = _wanted(GroupFilter(period="" if period else EVERY_PERIOD), latest)
    under = or_(col(Group.parent_id) == group.id, col(Group.working_party_id) == group.id)
    rows = session.execute(wanted.where(under).order_by(*_order("kind", latest)))
    return [GroupRow(g, t or "", bool(sure), p or "", path or "", label or "") for g, t, sure, p, path, label in rows]


def _period_ids(session: Session, asked: GroupFilter, on: date) -> list[int] | None:
    if asked.period == EVERY_PERIOD:
        return None
    known = periods(session)
    if asked.period:
        named = [p.id or 0 for p in known if p.code == asked.period.upper()]
        return named or invalid("period", asked.period, f"{', '.join(p.code for p in known)} or all.")
    current = {p.sector: p.id or 0 for p in reversed(known) if p.starts_on <= on}
    return list(current.values())


def _latest_terms(period_ids: Sequence[int] | None) -> Subquery:
    """Terms of the periods (None: of all), numbered for each group from the latest."""
    n = func.row_number().over(partition_by=col(GroupTerm.group_id), order_by=col(StudyPeriod.starts_on).desc())
    terms = select(
        col(GroupTerm.group_id),
        col(GroupTerm.title),
        col(GroupTerm.is_confirmed),
        col(StudyPeriod.code).label("period"),
        n.label("n"),
    ).join(StudyPeriod, col(GroupTerm.period_id) == col(StudyPeriod.id))
    if period_ids is not None:
        terms = terms.where(col(StudyPeriod.id).in_(period_ids))
    return terms.subquery()


def _wanted(asked: GroupFilter, latest: Subquery) -> Select[tuple[Group, str, bool, str, str, str]]:
    """Groups joined with their term; without one only where every period is asked for."""
    term = latest.c
    found: Select[tuple[Group, str, bool, str, str, str]] = (
        select(Group, term.title, term.is_confirmed, term.period, col(_Parent.path), col(_Parent.label))
        .join(latest, (term.group_id == Group.id) & (term.n == 1), isouter=asked.period == EVERY_PERIOD)
        .outerjoin(_Parent, col(Group.parent_id) == _Parent.id)
    )
    return found.where(*_conditions(asked, term.title))


def _conditions(asked: GroupFilter, title: ColumnElement[str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.sectors:
        found.append(col(Group.sector).in_(asked.sectors))
    if asked.kinds:
        found.append(col(Group.kind).in_(asked.kinds))
    if asked.parent:
        found.append(func.lower(_Parent.path) == asked.parent.lower())
    for word in asked.words.split():
        found.append(or_(title.icontains(word, autoescape=True), col(Group.label).icontains(word, autoescape=True)))
    return found


def _order(sort: str, latest: Subquery) -> list[ColumnElement[object]]:
    by_sector = case({"T": 0, "R": 1}, value=col(Group.sector), else_=2)
    by_kind = case(_KIND_ORDER, value=col(Group.kind), else_=99)
    by_title = func.lower(func.coalesce(latest.c.title, ""))
    by_code = cast("ColumnElement[object]", Group.sort_key)
    keys = {"kind": [by_sector, by_kind, by_code], "code": [by_sector, by_code], "title": [by_title, by_code]}
    wanted = keys[sort.removeprefix("-")]
    return [key.desc() for key in wanted] if sort.startswith("-") else wanted
