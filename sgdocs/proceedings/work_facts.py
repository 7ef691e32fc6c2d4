"""What a meeting did to the work programme and to texts, from the same rows that moved them. Source: domain 3.3, WI-7."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from sgdocs.approval.models import Process, Transition
from sgdocs.approval.procedures import ALL
from sgdocs.approval.seeing import visible as visible_processes
from sgdocs.base.act import Act
from sgdocs.documents.labels import version_label
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.meetings.models import Meeting
from sgdocs.meetings.queries import papers_audience
from sgdocs.meetings.rules import MeetingStatus
from sgdocs.people.models import Person
from sgdocs.policy import PUBLIC
from sgdocs.proceedings.work_rows import ItemRow, TextRow, WorkFacts
from sgdocs.work_programme.models import ItemEditor, ItemPaper, ItemStep, WorkItem
from sgdocs.work_programme.rules import ItemStatus, PaperRole

AT_WORK: Final = (ItemStatus.UNDER_STUDY.value,)
KINDS: Final = {"new": "New", "revision": "Rev.", "amendment": "Amd.", "corrigendum": "Cor."}
NEXT: Final = ("study-group", "working-party", "extra-meeting")


def work_of(act: Act, meeting: Meeting, group: Group) -> WorkFacts:
    """What the report of a group tells of its work. Documents that not every reader of the report reads go unnamed.

    Costs about a dozen queries.
    """
    readers = _Readers(act, papers_audience(act.session, meeting))
    following = _following(act, meeting, group)
    return WorkFacts(
        texts=tuple(_texts(act, meeting, group, readers)),
        new=_items(act, group, readers, _new(meeting)),
        deleted=_items(act, group, readers, _moved(meeting, ItemStatus.DELETED), reasons=True),
        candidates=_items(act, group, readers, _due(following.ends_on)) if following is not None else (),
        next=f"{following.code}, {following.starts_on.isoformat()}" if following is not None else "",
    )


class _Readers:
    """Which documents may be named in a report that all who read the papers of the meeting read."""

    def __init__(self, act: Act, label: str) -> None:
        self.act, self.label = act, label

    def labels(self, ids: Iterable[int | None]) -> dict[int, str]:
        wanted = {id for id in ids if id is not None}
        if not wanted:
            return {}
        found = self.act.session.exec(select(Document).where(col(Document.id).in_(wanted)))
        return {row.id or 0: row.label_now for row in found if self.reads(row)}

    def reads(self, document: Document) -> bool:
        label = document.audience
        is_for_all = label in (PUBLIC, self.label) or self.label.startswith(f"{label}/")
        return is_for_all and document.deleted_at is None


# Texts


def _texts(act: Act, meeting: Meeting, group: Group, readers: _Readers) -> Iterable[TextRow]:
    """Every decision of the meeting on a text of the group, in the order in which they were taken."""
    rows = act.session.exec(
        select(Transition, Process)
        .join(Process, col(Process.id) == Transition.process_id)
        .where(Transition.meeting_id == meeting.id, visible_processes(act), *_of_processes(act, group))
        .order_by(col(Transition.id))
    ).all()
    items = {item.id: item for item in _by_id(act, [process.work_item_id for _, process in rows])}
    documents = _documents(act, readers, [move.document_id for move, _ in rows])
    questions, justified = _questions(act, [p.question_id for _, p in rows]), _justified(act, readers, items)
    for move, process in rows:
        table = ALL.get(process.procedure)
        step = table.step(move.step) if table is not None and table.has(move.step) else None
        state = table.states.get(move.to_state) if table is not None else None
        item, document = items.get(process.work_item_id), documents.get(move.document_id)
        yield TextRow(
            step.title if step else move.step,
            questions.get(process.question_id, ""),
            process.identifier or process.name,
            state.title if state else move.to_state,
            process.title,
            version_label(document.label, move.document_part) if document else "",
            justified.get(process.work_item_id, ""),
            _equivalent(item) if item else "",
        )


def _documents(act: Act, readers: _Readers, ids: Iterable[int | None]) -> dict[int | None, Document]:
    wanted = {id for id in ids if id is not None}
    found = act.session.exec(select(Document).where(col(Document.id).in_(wanted))) if wanted else ()
    return {row.id: row for row in found if readers.reads(row)}


def _by_id(act: Act, ids: Iterable[int | None]) -> Sequence[WorkItem]:
    wanted = {id for id in ids if id is not None}
    return act.session.exec(select(WorkItem).where(col(WorkItem.id).in_(wanted))).all() if wanted else ()


def _of_processes(act: Act, group: Group) -> tuple[ColumnElement[bool], ...]:
    return (within(group, col(Process.group_id), col(Process.question_id)),)


def within(group: Group, group_id: Any, question_id: Any) -> ColumnElement[bool]:
    """Of the Question itself, of the Questions of a working party, of the whole study group."""
    if group.kind == "question":
        is_its: ColumnElement[bool] = question_id == group.id
        return is_its
    if group.kind == "working-party":
        own = select(Group.id).where(Group.working_party_id == group.id)
        return or_(group_id == group.id, question_id.in_(own))
    return or_(group_id == group.id, question_id == group.id)


# Items


def _new(meeting: Meeting) -> ColumnElement[bool]:
    """Registered at this meeting."""
    return col(WorkItem.registered_meeting_id) == meeting.id


def _moved(meeting: Meeting, status: ItemStatus) -> ColumnElement[bool]:
    moved = select(ItemStep.work_item_id).where(ItemStep.meeting_id == meeting.id, ItemStep.status == status.value)
    return col(WorkItem.id).in_(moved)


def _due(until: date) -> ColumnElement[bool]:
    """At work, and due at the next meeting at the latest."""
    return col(WorkItem.status).in_(AT_WORK) & (col(WorkItem.timing_on) <= until)


def _following(act: Act, meeting: Meeting, group: Group) -> Meeting | None:
    """The next meeting at which the study group of the group may decide."""
    top = group.id if group.kind not in ("question", "working-party") else group.parent_id
    wanted = select(Meeting).where(
        Meeting.group_id == top,
        col(Meeting.kind).in_(NEXT),
        col(Meeting.starts_on) > meeting.ends_on,
        Meeting.status != MeetingStatus.CANCELLED,
        col(Meeting.audience).in_(audiences(act)),
    )
    return act.session.exec(wanted.order_by(col(Meeting.starts_on))).first()


def _items(
    act: Act, group: Group, readers: _Readers, condition: ColumnElement[bool], *, reasons: bool = False
) -> tuple[ItemRow, ...]:
    place = within(group, col(WorkItem.group_id), col(WorkItem.question_id))
    found = select(WorkItem).where(place, condition, col(WorkItem.audience).in_(audiences(act)))
    rows = act.session.exec(found.order_by(WorkItem.sort_key)).all()
    items = {row.id: row for row in rows}
    questions, editors = _questions(act, [row.question_id for row in rows]), _editors(act, items)
    bases, justified = readers.labels([row.base_document_id for row in rows]), _justified(act, readers, items)
    return tuple(
        ItemRow(
            questions.get(row.question_id, ""),
            row.identifier or row.acronym,
            f"{KINDS.get(row.version, row.version)} {row.version_part}".strip(),
            row.status.replace("-", " "),
            row.title,
            editors.get(row.id, ""),
            bases.get(row.base_document_id or 0, ""),
            justified.get(row.id, ""),
            _equivalent(row),
            row.status_reason if reasons else row.timing,
        )
        for row in rows
    )


def _questions(act: Act, ids: Iterable[int | None]) -> dict[int | None, str]:
    wanted = {id for id in ids if id is not None}
    found = act.session.exec(select(Group).where(col(Group.id).in_(wanted))) if wanted else ()
    return {row.id: row.label for row in found}


def _editors(act: Act, items: dict[int | None, WorkItem]) -> dict[int | None, str]:
    """Names alone: a report is read by more than those who know addresses."""
    found = (
        select(ItemEditor, Person.name)
        .outerjoin(Person, col(Person.id) == ItemEditor.person_id)
        .where(col(ItemEditor.work_item_id).in_([id for id in items if id is not None]), ItemEditor.role != "contact")
        .order_by(col(ItemEditor.position), col(ItemEditor.id))
    )
    told: dict[int | None, list[str]] = {}
    for editor, name in act.session.exec(found):
        told.setdefault(editor.work_item_id, []).append(name or editor.name)
    return {id: ", ".join(names) for id, names in told.items()}


def _justified(act: Act, readers: _Readers, items: dict[int | None, WorkItem]) -> dict[int | None, str]:
    """The A.5 justifications of each item by their numbers."""
    held = act.session.exec(
        select(ItemPaper)
        .where(
            col(ItemPaper.work_item_id).in_([id for id in items if id is not None]),
            ItemPaper.role == PaperRole.JUSTIFICATION.value,
        )
        .order_by(col(ItemPaper.id))
    ).all()
    labels = readers.labels([row.document_id for row in held])
    told: dict[int | None, list[str]] = {}
    for row in held:
        if row.document_id in labels:
            told.setdefault(row.work_item_id, []).append(labels[row.document_id])
    return {id: ", ".join(dict.fromkeys(names)) for id, names in told.items()}


def _equivalent(item: WorkItem) -> str:
    return ", ".join(each.get("number", "") for each in item.equivalents if each.get("number"))
