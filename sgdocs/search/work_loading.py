"""Work items that were hit, loaded again for who may read them."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from sgdocs.groups.models import Group
from sgdocs.search.engine import Hit
from sgdocs.search.shown import Shown, plain, split
from sgdocs.search.work_records import KIND, WORK_ITEM
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.naming import handle
from sgdocs.work_programme.rules import ItemStatus

Items = dict[int, tuple[WorkItem, str]]


def items_of(session: Session, ids: Collection[int], audiences: Collection[str]) -> Items:
    """The items that these audiences may read, each with the code of its group. One query, or none."""
    if not ids:
        return {}
    found = select(WorkItem, Group.code).join(Group, col(Group.id) == WorkItem.group_id)
    rows = session.exec(found.where(col(WorkItem.id).in_(ids), col(WorkItem.audience).in_(audiences)))
    return {item.id or 0: (item, code) for item, code in rows}


def shown_item(hit: Hit, items: Items) -> Shown | None:
    """The item as it is now; None when it may not be read any more. The index lags behind: the title is the present one."""
    item, code = items.get(split(hit.key)[1], (None, ""))
    if item is None:
        return None
    is_approved = item.status == ItemStatus.APPROVED and item.status_on is not None
    return Shown(
        key=hit.key,
        what=WORK_ITEM,
        kind=KIND,
        identifier=item.acronym,
        address=f"/wi/{handle(item)}",
        title=hit.title or plain(item.title),
        extracts=hit.extracts,
        number=str(item.number),
        sector=item.sector,
        group=code,
        status=item.status,
        approved=str(item.status_on) if is_approved else "",
        score=hit.score,
    )
