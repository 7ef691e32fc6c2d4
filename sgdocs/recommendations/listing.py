"""Lists of families: by series, group, year, with filters. Each list costs two queries, its counts one more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, tuple_

from sgdocs.base.act import Act
from sgdocs.base.paging import Page
from sgdocs.recommendations.audience import readable
from sgdocs.recommendations.rules import IN_FORCE, Status
from sgdocs.recommendations.series import title_of
from sgdocs.recommendations.tables import FAMILY, TEXT

BIGGEST_PAGE = 500
SORTS = ("number", "approved", "title")


@dataclass(frozen=True)
class Asked:
    """What a list shows; "" or empty means all. group: code such as SG15; kind: families that have such a text.

    status: a standing; `in-force` takes pre-published with it. year: of the newest edition.
    spaces: kinds of address (`rec`, `report` …). words: all must stand in title or number.
    """

    sector: str = ""
    spaces: tuple[str, ...] = ()
    series: str = ""
    status: str = ""
    kind: str = ""
    group: str = ""
    year: int | None = None
    language: str = ""
    words: str = ""
    sort: str = "number"
    descending: bool = False


@dataclass(frozen=True)
class Row:
    """One family in a list."""

    id: int
    sector: str
    space: str
    kind: str
    series: str
    number: str
    address: str
    title: str
    titles: dict[str, str]
    standing: str
    study_group: str
    languages: str
    approved: str
    year: int | None
    texts: int
    sort_key: str


@dataclass(frozen=True)
class Count:
    """A value, how many families have it, how many of them are in force."""

    value: str
    families: int
    in_force: int
    title: str = ""


_COLUMNS = tuple(FAMILY.c[name] for name in Row.__dataclass_fields__)


def page_of(act: Act, asked: Asked, *, number: int = 1, size: int = 50) -> Page[Row]:
    """One page of the list, with the true total. Two queries."""
    size = min(size, BIGGEST_PAGE)
    wanted = _conditions(act, asked)
    total = act.session.execute(select(func.count()).select_from(FAMILY).where(*wanted)).scalar_one()
    rows = act.session.execute(
        _ordered(select(*_COLUMNS).where(*wanted), asked).offset((number - 1) * size).limit(size)
    )
    return Page([Row(*row) for row in rows], total, number, size)


def after(act: Act, asked: Asked, last: Sequence[object], limit: int) -> tuple[list[Row], int]:
    """The rows after the one with these sort values (from `place_of`), and the total; for cursors. Two queries."""
    wanted = _conditions(act, asked)
    total = act.session.execute(select(func.count()).select_from(FAMILY).where(*wanted)).scalar_one()
    query = _ordered(select(*_COLUMNS).where(*wanted), asked)
    if last:
        keys = tuple_(_sort_column(asked), FAMILY.c.id)
        query = query.where(keys < tuple(last) if asked.descending else keys > tuple(last))
    return [Row(*row) for row in act.session.execute(query.limit(limit))], total


def place_of(row: Row, asked: Asked) -> tuple[str, int]:
    """Where a row stands in the order of the list: what a cursor keeps."""
    return {"number": row.sort_key, "approved": row.approved, "title": row.title}[asked.sort], row.id


def all_rows(act: Act, asked: Asked, *, most: int) -> list[Row]:
    """The whole list, at most so many rows, for exports. One query."""
    query = _ordered(select(*_COLUMNS).where(*_conditions(act, asked)), asked).limit(most)
    return [Row(*row) for row in act.session.execute(query)]


def ids_of(act: Act, asked: Asked, *, most: int) -> list[int]:
    query = _ordered(select(FAMILY.c.id).where(*_conditions(act, asked)), asked).limit(most)
    return [int(id) for id in act.session.execute(query).scalars() if id is not None]


def series(act: Act, sector: str) -> list[Count]:
    """The series of a Sector's Recommendations with counts and titles, also those that are empty here."""
    found = {c.value: c for c in _counts(act, Asked(sector=sector, spaces=("rec",)), FAMILY.c.series)}
    return [
        Count(c.value, c.families, c.in_force, title_of(sector, c.value)) for _, c in sorted(found.items()) if c.value
    ]


def spaces(act: Act, sector: str) -> list[Count]:
    """How many Reports, Questions, Resolutions … a Sector has."""
    return _counts(act, Asked(sector=sector), FAMILY.c.space)


def choices(act: Act, asked: Asked) -> dict[str, list[Count]]:
    """Values for the filters within a Sector and series: standing, group, year; each with its count. Three queries."""
    within = Asked(sector=asked.sector, spaces=asked.spaces, series=asked.series)
    return {
        "status": _counts(act, within, FAMILY.c.standing),
        "group": [c for c in _counts(act, within, FAMILY.c.study_group) if c.value],
        "year": [c for c in reversed(_counts(act, within, FAMILY.c.year)) if c.value],
    }


def for_group(act: Act, path: str, *, number: int = 1, size: int = 50, status: str = "") -> Page[Row]:
    """The Recommendations that a study group maintains today. path: `T/SG15`; a part of it counts for its group."""
    sector, _, rest = path.partition("/")
    asked = Asked(sector=sector, group=rest.split("/")[0], spaces=("rec",), status=status)
    return page_of(act, asked, number=number, size=size)


def _counts(act: Act, asked: Asked, column: ColumnElement[Any]) -> list[Count]:
    in_force = func.sum(case((FAMILY.c.standing.in_(IN_FORCE), 1), else_=0))
    query = select(column, func.count(), in_force).where(*_conditions(act, asked)).group_by(column).order_by(column)
    return [Count(str(value) if value is not None else "", n, f) for value, n, f in act.session.execute(query)]


def _conditions(act: Act, asked: Asked) -> list[ColumnElement[bool]]:
    """The filters as SQL, beginning with what the actor may read."""
    wanted: list[ColumnElement[bool]] = [readable(act, FAMILY.c.audience)]
    plain = {"sector": asked.sector, "series": asked.series, "study_group": asked.group, "year": asked.year}
    wanted += [FAMILY.c[name] == value for name, value in plain.items() if value]
    if asked.spaces:
        wanted.append(FAMILY.c.space.in_(asked.spaces))
    if asked.status == Status.IN_FORCE:
        wanted.append(FAMILY.c.standing.in_(IN_FORCE))
    elif asked.status:
        wanted.append(FAMILY.c.standing == asked.status)
    if asked.language:
        wanted.append(FAMILY.c.languages.contains(f" {asked.language} ", autoescape=True))
    if asked.kind:
        of_kind = select(TEXT.c.family_id).where(TEXT.c.kind == asked.kind)
        wanted.append(or_(FAMILY.c.kind == asked.kind, FAMILY.c.id.in_(of_kind)))
    for word in asked.words.split()[:8]:
        named = FAMILY.c.number.icontains(word, autoescape=True)
        wanted.append(or_(named, FAMILY.c.title.icontains(word, autoescape=True)))
    return [and_(*wanted)]


def _sort_column(asked: Asked) -> ColumnElement[str]:
    columns = {"number": FAMILY.c.sort_key, "approved": FAMILY.c.approved, "title": FAMILY.c.title}
    return columns[asked.sort]


def _ordered(query: Select[Any], asked: Asked) -> Select[Any]:
    column = _sort_column(asked)
    if asked.descending:
        return query.order_by(column.desc(), FAMILY.c.id.desc())
    return query.order_by(column, FAMILY.c.id)
