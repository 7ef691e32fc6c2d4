"""Documents found for work items by their titles, and what the allotment of documents is told of it."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, or_, select

from sgdocs.base.act import Act
from sgdocs.documents.actions.pointing import point
from sgdocs.documents.models import Document
from sgdocs.documents.queries import group_of as document_group
from sgdocs.documents.rules import SHOWN
from sgdocs.groups.models import Group
from sgdocs.work_programme.actions import _writing
from sgdocs.work_programme.models import ItemPaper, WorkItem
from sgdocs.work_programme.queries import ActiveName
from sgdocs.work_programme.signs import Sign, signs

KIND = "work-item"


def find_papers(act: Act, document: Document, names: Iterable[ActiveName]) -> int:
    """Attach the document to the items that its title names, of the groups it is a paper of; how many rows changed.

    What a person attached or took off stays so; a sign that is gone (the title changed) takes its row with it.
    names: `queries.names_of_active`. Costs some four queries.
    """
    places = _places(act.session, document)
    near = [name for name in names if name.study_group_id in places or name.group_id in places]
    is_there = document.status in SHOWN and document.deleted_at is None
    found = {sign.item_id: sign for sign in signs(document.kind, document.title, near)} if is_there else {}
    held = select(ItemPaper).where(ItemPaper.document_id == document.id)
    changed = 0
    for row in act.session.exec(held):
        sign = found.pop(row.work_item_id, None)
        if not row.by_hand and row.removed_at is None and not _is_so(row, sign):
            act.session.delete(row)
            changed += 1
            if sign is not None:
                found[row.work_item_id] = sign
    act.session.flush()
    for sign in found.values():
        _attach(act, document, sign)
    point_out(act, [document])
    return changed + len(found)


def _is_so(row: ItemPaper, sign: Sign | None) -> bool:
    return sign is not None and (row.role, row.about) == (sign.role, sign.about)


def _attach(act: Act, document: Document, sign: Sign) -> None:
    item = act.session.get_one(WorkItem, sign.item_id)
    _writing.permit(act, item)
    row = ItemPaper(
        work_item_id=sign.item_id,
        document_id=document.id or 0,
        role=sign.role,
        about=sign.about,
        because=sign.because,
        added_at=act.now,
    )
    act.session.add(row)
    act.session.flush()
    told = {"document": document.name, "role": sign.role.value, "about": sign.about, "because": sign.because}
    _writing.note(act, "work.paper-added", item, document=document, paper=told)


def _places(session: Session, document: Document) -> set[int]:
    """Ids of the group of the document and of those above it."""
    found: set[int] = set()
    waiting: list[int | None] = [document_group(session, document).id]
    while waiting:
        id = waiting.pop()
        group = session.get(Group, id) if id is not None and id not in found else None
        if group is not None:
            found.add(group.id or 0)
            waiting += [group.parent_id, group.working_party_id]
    return found


def point_out(act: Act, documents: Sequence[Document]) -> int:
    """Tell the allotment with which Questions these documents go, by their items; how many it did not know. Two queries, and
    two for each document."""
    held = (
        select(ItemPaper.document_id, WorkItem)
        .join(WorkItem, col(WorkItem.id) == ItemPaper.work_item_id)
        .where(col(ItemPaper.document_id).in_([row.id for row in documents]), col(ItemPaper.removed_at).is_(None))
        .order_by(col(ItemPaper.id))
    )
    named: dict[int, dict[str, int]] = {}
    for document_id, item in act.session.exec(held):
        named.setdefault(document_id, {})[item.acronym] = item.question_id or item.group_id
    return sum(point(act, row, KIND, named.get(row.id or 0, {}).items()) for row in documents)


def papers_named_like(session: Session, item: WorkItem, names: Iterable[str]) -> list[Document]:
    """Documents of the item's group and its parts whose titles may name the item, to be looked at closely. One query."""
    longest = [max(name.replace("[", " ").replace("]", " ").split(), key=len, default="") for name in names]
    words = [word for word in longest if len(word) > 2]
    if not words:
        return []
    likely = [col(Document.title).icontains(word, autoescape=True) for word in words]
    parts = select(Group.id).where(or_(col(Group.id) == item.group_id, col(Group.parent_id) == item.group_id))
    found = select(Document).where(
        col(Document.group_id).in_(parts), col(Document.deleted_at).is_(None), col(Document.status).in_(SHOWN)
    )
    return list(session.exec(found.where(or_(*likely)).order_by(col(Document.id))))
