"""Lists of work items: every filter and column of the public work programme. Plain rows; few queries. Source: domain 3.1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, case, func, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.paging import Page
from sgdocs.documents import listing as documents
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group, StudyPeriod
from sgdocs.people.models import Person
from sgdocs.work_programme.filtering import ItemFilter, conditions_of, visible
from sgdocs.work_programme.models import ItemEditor, Supporter, WorkItem
from sgdocs.work_programme.rules import ACTIVE, ItemStatus

__all__ = ["ItemFilter", "visible"]

SORTS: Final = (
    "name",
    "number",
    "question",
    "status",
    "timing",
    "title",
    "process",
    "version",
    "priority",
    "registered",
    "changed",
)
_PRIORITIES: Final = {"high": 0, "medium": 1, "low": 2}
_Question, _Issued = aliased(Group), aliased(StudyPeriod)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of a list. question, working_party: labels, ""; period, issued_from: codes; base: label of the document that
    is the pointer, "" when there is none or the actor may not read it; supporters: how many commit themselves to work.
    """

    id: int
    number: int
    acronym: str
    sort_key: str
    former_names: list[str]
    title: str
    titles: dict[str, str]
    kind: str
    version: str
    version_part: str
    identifier: str
    process: str
    status: str
    status_on: date | None
    status_reason: str
    stage: str
    timing: str
    timing_on: date | None
    priority: str
    liaison_to: list[str]
    equivalents: list[dict[str, str]]
    sector: str
    audience: str
    group_id: int
    question_id: int | None
    base_document_id: int | None
    base_part: str
    registered_at: datetime
    changed_at: datetime
    group: str = ""
    group_path: str = ""
    question: str = ""
    question_path: str = ""
    working_party_id: int | None = None
    period: str = ""
    period_title: str = ""
    issued_from: str = ""
    base: str = ""
    base_name: str = ""
    editors: tuple[str, ...] = ()
    supporters: int = 0

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE


_FIELDS: Final = tuple(ItemRow.__slots__[:29])
_JOINED: Final = (
    "group",
    "group_path",
    "question",
    "question_path",
    "working_party_id",
    "period",
    "period_title",
    "issued_from",
)
Selected = Select[Any]


def listing(act: Act, asked: ItemFilter, *, sort: str = "name", number: int = 1, size: int = 50) -> Page[ItemRow]:
    """One page. sort: one of SORTS, `-` before it for the other way. Costs five queries."""
    conditions = [*conditions_of(act, asked), visible(act)]
    total = _total(act, conditions)
    rows = act.session.execute(_selected(conditions).order_by(*_order(sort)).offset((number - 1) * size).limit(size))
    return Page(_rows(act, rows.all()), total, number, size)


def found_after(act: Act, asked: ItemFilter, *, after: tuple[str, int] | None, limit: int) -> tuple[list[ItemRow], int]:
    """The rows after the one with that (sort_key, number), and how many there are in all."""
    conditions = [*conditions_of(act, asked), visible(act)]
    total = _total(act, conditions)
    if after is not None:
        key, number = after
        same = and_(col(WorkItem.sort_key) == key, col(WorkItem.number) > number)
        conditions.append(or_(col(WorkItem.sort_key) > key, same))
    rows = act.session.execute(_selected(conditions).order_by(*_order("name")).limit(limit))
    return _rows(act, rows.all()), total


def rows_of(act: Act, ids: Sequence[int]) -> list[ItemRow]:
    """The items with these ids that the actor may read, by name."""
    conditions = [col(WorkItem.id).in_(list(ids)), visible(act)]
    return _rows(act, act.session.execute(_selected(conditions).order_by(*_order("name"))).all()) if ids else []


def counts(act: Act, asked: ItemFilter) -> dict[str, int]:
    """How many of the items asked for have each status."""
    told = columns(col(WorkItem.status), func.count()).where(*conditions_of(act, asked), visible(act))
    return dict(act.session.execute(told.group_by(col(WorkItem.status))).all())


def _total(act: Act, conditions: Sequence[ColumnElement[bool]]) -> int:
    told = columns(func.count(col(WorkItem.id))).where(*conditions)
    return int(act.session.execute(told).scalar_one())


def _selected(conditions: Sequence[ColumnElement[bool]]) -> Selected:
    own = [getattr(WorkItem, name) for name in _FIELDS]
    joined = (Group.label, Group.path, _Question.label, _Question.path, _Question.working_party_id)
    periods = (StudyPeriod.code, StudyPeriod.title, _Issued.code)
    return (
        columns(*own, *map(col, joined), *map(col, periods))
        .select_from(WorkItem)
        .join(Group, col(Group.id) == col(WorkItem.group_id))
        .outerjoin(_Question, col(_Question.id) == col(WorkItem.question_id))
        .outerjoin(StudyPeriod, col(StudyPeriod.id) == col(WorkItem.period_id))
        .outerjoin(_Issued, col(_Issued.id) == col(WorkItem.issued_from_id))
        .where(*conditions)
    )


def _rows(act: Act, rows: Sequence[Sequence[Any]]) -> list[ItemRow]:
    """With what stands in other tables; nothing is asked when there are none."""
    if not rows:
        return []
    ids = [row[0] for row in rows]
    editors, supporters = _editors(act, ids), _supporters(act, ids)
    bases = _bases(act, {row[_FIELDS.index("base_document_id")] for row in rows} - {None})
    return [_row(row, editors, supporters, bases) for row in rows]


def _row(
    values: Sequence[Any],
    editors: Mapping[int, list[str]],
    supporters: Mapping[int, int],
    bases: Mapping[int, tuple[str, str]],
) -> ItemRow:
    given: dict[str, Any] = dict(zip((*_FIELDS, *_JOINED), values, strict=True))
    words = {name: given[name] or "" for name in _JOINED if name != "working_party_id"}
    base, base_name = bases.get(given["base_document_id"] or 0, ("", ""))
    more = {"editors": tuple(editors.get(given["id"], ())), "supporters": supporters.get(given["id"], 0)}
    return ItemRow(**{**given, **words, **more, "base": base, "base_name": base_name})


def _editors(act: Act, ids: Sequence[int]) -> dict[int, list[str]]:
    told = (
        columns(col(ItemEditor.work_item_id), func.coalesce(col(Person.name), col(ItemEditor.name)))
        .select_from(ItemEditor)
        .outerjoin(Person, col(Person.id) == col(ItemEditor.person_id))
        .where(col(ItemEditor.work_item_id).in_(ids), col(ItemEditor.role) != "contact")
        .order_by(col(ItemEditor.position), col(ItemEditor.id))
    )
    found: dict[int, list[str]] = {}
    for id, name in act.session.execute(told):
        found.setdefault(id, []).append(name)
    return found


def _supporters(act: Act, ids: Sequence[int]) -> dict[int, int]:
    told = columns(col(Supporter.work_item_id), func.count()).where(
        col(Supporter.work_item_id).in_(ids), col(Supporter.support) == "work"
    )
    return dict(act.session.execute(told.group_by(col(Supporter.work_item_id))).all())


def _bases(act: Act, ids: set[int]) -> dict[int, tuple[str, str]]:
    """Labels and names of the base texts that the actor may read."""
    if not ids:
        return {}
    told = columns(col(Document.id), col(Document.label), col(Document.revision), col(Document.name))
    rows = act.session.execute(told.where(col(Document.id).in_(ids), documents.visible(act)))
    return {id: (label, name) for id, label, _, name in rows}


def _order(sort: str) -> list[Any]:
    name: list[Any] = [col(WorkItem.sort_key), col(WorkItem.number)]
    keys: dict[str, Any] = {
        "name": col(WorkItem.sort_key),
        "number": col(WorkItem.number),
        "question": func.coalesce(col(_Question.sort_key), col(Group.sort_key)),
        "status": case({status.value: n for n, status in enumerate(ItemStatus)}, value=col(WorkItem.status), else_=99),
        "timing": func.coalesce(col(WorkItem.timing_on), date(9999, 12, 31)),
        "title": func.lower(col(WorkItem.title)),
        "process": col(WorkItem.process),
        "version": col(WorkItem.version),
        "priority": case(_PRIORITIES, value=col(WorkItem.priority), else_=9),
        "registered": col(WorkItem.registered_at),
        "changed": col(WorkItem.changed_at),
    }
    key = keys[sort.removeprefix("-")]
    return [key.desc() if sort.startswith("-") else key, *name]
