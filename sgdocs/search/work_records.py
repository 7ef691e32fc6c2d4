"""Work items as records of the index. Plain columns, few queries, any number of rows."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from sqlmodel import Session, col, func, select

from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.people.models import Person
from sgdocs.search.engine import Record, Standing
from sgdocs.work_programme.models import ItemEditor, WorkItem
from sgdocs.work_programme.naming import handle
from sgdocs.work_programme.rules import ACTIVE, ItemStatus

WORK_ITEM: Final = "work_item"
KIND: Final = "work-item"
CHUNK: Final = 500
Ids = Collection[int] | None


def of_items(session: Session, ids: Ids = None) -> Iterator[Record]:
    """These items, or all: found by name, former names, the number given, title, summary, scope, Question and editors."""
    found = select(WorkItem.id).order_by(col(WorkItem.id))
    if ids is not None:
        found = found.where(col(WorkItem.id).in_(sorted(ids)))
    wanted = [id for id in session.exec(found).all() if id is not None]
    for start in range(0, len(wanted), CHUNK):
        yield from _records(session, wanted[start : start + CHUNK])


def _records(session: Session, ids: list[int]) -> Iterator[Record]:
    items = session.exec(select(WorkItem).where(col(WorkItem.id).in_(ids)).order_by(col(WorkItem.id))).all()
    places = {item.group_id for item in items} | {item.question_id for item in items if item.question_id}
    groups = {group.id: group for group in session.exec(select(Group).where(col(Group.id).in_(places)))}
    editors = _editors(session, ids)
    for item in items:
        yield _record(item, groups[item.group_id], groups.get(item.question_id), editors[item.id or 0])
    for item in items:
        session.expunge(item)


def _editors(session: Session, ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.exec(
        select(ItemEditor.work_item_id, func.coalesce(Person.name, ItemEditor.name))
        .select_from(ItemEditor)
        .outerjoin(Person, col(Person.id) == ItemEditor.person_id)
        .where(col(ItemEditor.work_item_id).in_(ids))
        .order_by(col(ItemEditor.position))
    )
    for id, name in rows:
        found[id].append(name)
    return found


def _record(item: WorkItem, group: Group, question: Group | None, editors: list[str]) -> Record:
    body = " · ".join(part for part in (question.label if question else "", item.summary, item.scope, *editors) if part)
    day = geneva_day(item.registered_at)
    return Record(
        key=f"{WORK_ITEM}:{item.id}",
        family=f"{WORK_ITEM}:{item.id}",
        kind=KIND,
        identifier=item.acronym,
        audience=item.audience,
        numbers=tuple(name for name in (item.acronym, item.identifier, handle(item)) if name),
        names=tuple(item.former_names),
        titles={"en": item.title} | item.titles if item.title else dict(item.titles),
        bodies={"en": body} if body else {},
        facets={
            "sector": (item.sector,),
            "kind": (KIND,),
            "status": (item.status,),
            "group": (group.code,),
            "question": (question.label,) if question else (),
            "year": (str(day.year),),
        },
        standing=_standing(item.status),
        day=day,
    )


def _standing(status: str) -> Standing:
    """What was approved lives on as its text; what was given up comes last."""
    if status in ACTIVE:
        return Standing.CURRENT
    return Standing.WITHDRAWN if status in (ItemStatus.DELETED, ItemStatus.MERGED) else Standing.SUPERSEDED
