"""What is asked of work items: one by its number or any of its names, what belongs to it, those of a group or document."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.documents import listing as documents
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import visible as meeting_visible
from sgdocs.people.models import Organisation, Person
from sgdocs.policy import Scope
from sgdocs.work_programme.filtering import ItemFilter, visible
from sgdocs.work_programme.listing import ItemRow, counts, found_after, listing, rows_of
from sgdocs.work_programme.models import (
    AcceptedChange,
    Dependency,
    ItemBase,
    ItemEditor,
    ItemName,
    ItemPaper,
    ItemStep,
    Supporter,
    WorkItem,
)
from sgdocs.work_programme.naming import at_work_first, handle, is_named, number_in
from sgdocs.work_programme.radar import StaleRow, stale
from sgdocs.work_programme.rules import ACTIVE, ItemStatus

__all__ = [
    "ItemFilter",
    "ItemRow",
    "StaleRow",
    "counts",
    "found_after",
    "handle",
    "listing",
    "rows_of",
    "stale",
    "visible",
]


def by_number(act: Act, number: int) -> WorkItem:
    """The item with that number (the first part of its address), or NotFound."""
    return _numbered(act, number) or missing("work item", number)


def by_id(act: Act, item_id: int) -> WorkItem:
    found = act.session.exec(select(WorkItem).where(WorkItem.id == item_id, visible(act))).first()
    return found or missing("work item", item_id)


def by_handle(act: Act, text: str) -> WorkItem:
    """The item of `4711-Y.slice`, `4711` or any of its names, or NotFound. Compare `handle(item)` to redirect."""
    return find(act, text) or missing("work item", text)


def find(act: Act, text: str) -> WorkItem | None:
    """The item of `4711-Y.slice`, `4711`, `Y.slice`, a former name or the number it got: those at work first."""
    number = number_in(text)
    found = _numbered(act, number) if number is not None and number < 2_000_000_000 else None
    return found or next(iter(named(act, text)), None)


def _numbered(act: Act, number: int) -> WorkItem | None:
    return act.session.exec(select(WorkItem).where(WorkItem.number == number, visible(act))).first()


def named(act: Act, text: str) -> list[WorkItem]:
    """Every item that has or had the name, whatever its spelling: those at work first, then the latest."""
    return list(act.session.exec(select(WorkItem).where(is_named(text), visible(act)).order_by(*at_work_first())))


# Where it is, whose it is


def group_of(session: Session, item: WorkItem) -> Group:
    """The study group (or working party of ITU-R) whose work it is."""
    return session.get(Group, item.group_id) or missing("group", item.group_id)


def question_of(session: Session, item: WorkItem) -> Group | None:
    return session.get(Group, item.question_id) if item.question_id else None


def place_of(session: Session, item: WorkItem) -> Group:
    """Its Question, else its group."""
    return question_of(session, item) or group_of(session, item)


def scope_of(session: Session, item: WorkItem) -> Scope:
    """Where acts on the item happen; its owner is the first editor whom we know, while it is pending its proposer."""
    found = select(ItemEditor.person_id).where(
        ItemEditor.work_item_id == item.id, col(ItemEditor.person_id).is_not(None), ItemEditor.role != "contact"
    )
    editor = session.exec(found.order_by(col(ItemEditor.position), col(ItemEditor.id))).first()
    proposer = item.proposed_by if item.status == ItemStatus.PENDING else None
    return Scope(place_of(session, item).path, owner_id=editor or proposer)


def scope_for(act: Act, item: WorkItem) -> Scope:
    """As `scope_of`, with the actor as owner when it is one of the editors, or the proposer while it is pending."""
    own = act.actor.person_id
    scope = scope_of(act.session, item)
    if own is None or scope.owner_id == own:
        return scope
    edits = select(ItemEditor.id).where(
        ItemEditor.work_item_id == item.id, ItemEditor.person_id == own, ItemEditor.role != "contact"
    )
    is_proposer = item.status == ItemStatus.PENDING and item.proposed_by == own
    return Scope(scope.group, owner_id=own) if is_proposer or act.session.exec(edits).first() else scope


# What belongs to it


@dataclass(frozen=True)
class EditorRow:
    """person: when it is one we know; name, entity: as shown."""

    editor: ItemEditor
    person: Person | None
    organisation: Organisation | None

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.editor.name

    @property
    def entity(self) -> str:
        return self.organisation.name if self.organisation else self.editor.entity


def editors_of(session: Session, item: WorkItem) -> list[EditorRow]:
    """Editors, co-editors and contacts in their order. One query."""
    rows = session.exec(
        select(ItemEditor, Person, Organisation)
        .select_from(ItemEditor)
        .outerjoin(Person, col(Person.id) == ItemEditor.person_id)
        .outerjoin(Organisation, col(Organisation.id) == Person.organisation_id)
        .where(ItemEditor.work_item_id == item.id)
        .order_by(col(ItemEditor.position), col(ItemEditor.id))
    )
    return [EditorRow(editor, person, entity) for editor, person, entity in rows]


@dataclass(frozen=True)
class SupporterRow:
    """confirmed_by: who said so; None for a name that an officer entered."""

    supporter: Supporter
    organisation: Organisation | None
    confirmed_by: Person | None

    @property
    def name(self) -> str:
        return self.organisation.name if self.organisation else self.supporter.name


def supporters_of(session: Session, item: WorkItem) -> list[SupporterRow]:
    """By kind of support and name. One query."""
    rows = session.exec(
        select(Supporter, Organisation, Person)
        .select_from(Supporter)
        .outerjoin(Organisation, col(Organisation.id) == Supporter.organisation_id)
        .outerjoin(Person, col(Person.id) == Supporter.confirmed_by)
        .where(Supporter.work_item_id == item.id)
        .order_by(col(Supporter.support).desc(), col(Supporter.name))
    )
    return [SupporterRow(*row) for row in rows]


@dataclass(frozen=True)
class BaseRow:
    """document: None also when the actor may not read it, meeting likewise."""

    base: ItemBase
    document: Document | None
    meeting: Meeting | None


def bases_of(act: Act, item: WorkItem) -> list[BaseRow]:
    """Base texts, the newest first: that is the pointer. Three queries."""
    rows = act.session.exec(
        select(ItemBase).where(ItemBase.work_item_id == item.id).order_by(col(ItemBase.id).desc())
    ).all()
    papers = papers_by_id(act, [row.document_id for row in rows])
    held = meetings_by_id(act, [row.meeting_id for row in rows])
    return [BaseRow(row, papers.get(row.document_id or 0), held.get(row.meeting_id or 0)) for row in rows]


def base_of(act: Act, item: WorkItem) -> Document | None:
    """The document that is worked on now, if the actor may read it."""
    return papers_by_id(act, [item.base_document_id]).get(item.base_document_id or 0)


@dataclass(frozen=True)
class PaperRow:
    paper: ItemPaper
    document: Document
    meeting: str


def papers_of(act: Act, item: WorkItem, role: str = "") -> list[PaperRow]:
    """Documents of the item that the actor may read (of one role, or all), the latest first. One query."""
    found = (
        select(ItemPaper, Document, Meeting.code)
        .join(Document, col(Document.id) == ItemPaper.document_id)
        .outerjoin(Meeting, col(Meeting.id) == Document.meeting_id)
        .where(ItemPaper.work_item_id == item.id, col(ItemPaper.removed_at).is_(None), documents.visible(act))
    )
    if role:
        found = found.where(ItemPaper.role == role)
    rows = act.session.exec(found.order_by(col(Document.posted_at).desc(), col(Document.sort_key), col(ItemPaper.id)))
    return [PaperRow(paper, document, code or "") for paper, document, code in rows]


@dataclass(frozen=True)
class ChangeRow:
    change: AcceptedChange
    document: Document | None
    meeting: Meeting | None


def changes_of(act: Act, item: WorkItem) -> list[ChangeRow]:
    """Accepted changes by number, undone ones among them; whoever may not read the document is not shown the change."""
    rows = act.session.exec(
        select(AcceptedChange).where(AcceptedChange.work_item_id == item.id).order_by(col(AcceptedChange.number))
    ).all()
    papers = papers_by_id(act, [row.document_id for row in rows])
    held = meetings_by_id(act, [row.meeting_id for row in rows])
    return [
        ChangeRow(row, papers[row.document_id], held.get(row.meeting_id or 0))
        for row in rows
        if row.document_id in papers
    ]


@dataclass(frozen=True)
class DependencyRow:
    """item: the other one, None for words; is_open: it is not there yet."""

    dependency: Dependency
    item: WorkItem | None

    @property
    def is_open(self) -> bool:
        is_there = self.dependency.released_at is not None
        return not is_there and (self.item is None or self.item.status in ACTIVE)


def dependencies_of(act: Act, item: WorkItem) -> list[DependencyRow]:
    """For what the item waits, in the order of entry; an item it waits for is gone from there when it ended."""
    return _dependencies(act, item, waiting=False)


def waiting_for(act: Act, item: WorkItem) -> list[DependencyRow]:
    """Items that wait for this one."""
    return _dependencies(act, item, waiting=True)


def _dependencies(act: Act, item: WorkItem, *, waiting: bool) -> list[DependencyRow]:
    this, that = (Dependency.on_id, Dependency.work_item_id) if waiting else (Dependency.work_item_id, Dependency.on_id)
    rows = act.session.exec(
        select(Dependency, WorkItem)
        .select_from(Dependency)
        .outerjoin(WorkItem, (col(WorkItem.id) == col(that)) & visible(act))
        .where(col(this) == item.id, or_(col(that).is_(None), col(WorkItem.id).is_not(None)))
        .order_by(col(Dependency.id))
    )
    return [DependencyRow(row, other) for row, other in rows]


@dataclass(frozen=True)
class StepRow:
    step: ItemStep
    meeting: Meeting | None


def steps_of(act: Act, item: WorkItem) -> list[StepRow]:
    """Every change of status, the first first."""
    rows = act.session.exec(select(ItemStep).where(ItemStep.work_item_id == item.id).order_by(col(ItemStep.id))).all()
    held = meetings_by_id(act, [row.meeting_id for row in rows])
    return [StepRow(row, held.get(row.meeting_id or 0)) for row in rows]


def history_of(act: Act, item: WorkItem, *, limit: int = 200) -> list[Entry]:
    """The journal of an item, the newest first, as far as the actor may read it."""
    held = select(Entry).where(Entry.subject_kind == "work_item", Entry.subject_id == item.id)
    held = held.where(col(Entry.audience).in_(audiences(act)))
    return list(act.session.exec(held.order_by(col(Entry.id).desc()).limit(limit)))


# Items of other things


def of_group(act: Act, group: Group, *, ended: bool = False) -> list[WorkItem]:
    """Items at work in a group, by name; ended: all that ever were."""
    return _of(act, col(WorkItem.group_id) == group.id, ended=ended)


def of_family(act: Act, family_id: int) -> list[WorkItem]:
    """Items at work that change a Recommendation, or will become it."""
    return _of(act, col(WorkItem.family_id) == family_id, ended=False)


def _of(act: Act, where: object, *, ended: bool) -> list[WorkItem]:
    found = select(WorkItem).where(where, visible(act))  # type: ignore[arg-type]
    if not ended:
        found = found.where(col(WorkItem.status).in_(ACTIVE))
    return list(act.session.exec(found.order_by(col(WorkItem.sort_key), col(WorkItem.number))))


def for_document(act: Act, document: Document) -> list[WorkItem]:
    """The items to which a document belongs, or whose base text it is or was."""
    return for_documents(act, [document.id or 0]).get(document.id or 0, [])


def for_documents(act: Act, ids: Collection[int]) -> dict[int, list[WorkItem]]:
    """The same for many documents: two queries."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    papers = select(ItemPaper.document_id, WorkItem).join(WorkItem, col(WorkItem.id) == ItemPaper.work_item_id)
    papers = papers.where(col(ItemPaper.document_id).in_(wanted), col(ItemPaper.removed_at).is_(None), visible(act))
    bases = select(ItemBase.document_id, WorkItem).join(WorkItem, col(WorkItem.id) == ItemBase.work_item_id)
    bases = bases.where(col(ItemBase.document_id).in_(wanted), visible(act))
    found: dict[int, dict[int, WorkItem]] = {}
    for document_id, item in [*act.session.exec(papers), *act.session.exec(bases)]:
        found.setdefault(document_id or 0, {})[item.id or 0] = item
    return {id: sorted(items.values(), key=lambda each: each.sort_key) for id, items in found.items()}


@dataclass(frozen=True)
class ActiveName:
    """A name of an item at work. key: `rules.name_key`; group_id: of its Question, else of its group."""

    name: str
    key: str
    kind: str
    item_id: int
    number: int
    group_id: int
    study_group_id: int


def names_of_active(session: Session) -> list[ActiveName]:
    """Every name, former ones too, of the items at work: what titles are searched for. One query, whatever their audience."""
    rows = session.execute(
        select(  # type: ignore[call-overload]
            ItemName.name,
            ItemName.key,
            ItemName.kind,
            WorkItem.id,
            WorkItem.number,
            WorkItem.question_id,
            WorkItem.group_id,
        )
        .join(WorkItem, col(WorkItem.id) == ItemName.work_item_id)
        .where(col(WorkItem.status).in_(ACTIVE))
        .order_by(col(ItemName.id))
    )
    return [
        ActiveName(name, key, kind, id, number, place or group, group)
        for name, key, kind, id, number, place, group in rows
    ]


# What may be read of what it names


def papers_by_id(act: Act, ids: Sequence[int | None]) -> dict[int, Document]:
    """Those of the documents that the actor may read, by id. One query, or none."""
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    found = select(Document).where(col(Document.id).in_(wanted), documents.visible(act))
    return {row.id or 0: row for row in act.session.exec(found)}


def meetings_by_id(act: Act, ids: Sequence[int | None]) -> dict[int, Meeting]:
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    found = select(Meeting).where(col(Meeting.id).in_(wanted), meeting_visible(act))
    return {row.id or 0: row for row in act.session.exec(found)}
