"""What is asked of proceedings: dispositions, decisions, action items of a meeting, as far as the actor may read."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import missing
from sgdocs.documents.allocations import readable
from sgdocs.documents.models import Document
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.meetings.models import AgendaItem, Meeting
from sgdocs.meetings.queries import papers_audience
from sgdocs.people.models import Person
from sgdocs.proceedings.models import ActionItem, Decision, Disposition


def may_read(act: Act, meeting: Meeting) -> bool:
    """Whether the actor reads the papers of the meeting, and so what it did with them. Source: domain 8.3."""
    labels = audiences(act)
    return papers_audience(act.session, meeting) in labels or f"meeting:{meeting.code}" in labels


def require_readable(act: Act, meeting: Meeting) -> None:
    """NotFound when the actor reads none of the papers of the meeting."""
    if not may_read(act, meeting):
        missing("record", meeting.code)


@dataclass(frozen=True)
class DispositionRow:
    """other: what it was revised to or merged into; None also when the actor may not read that one."""

    disposition: Disposition
    document: Document
    group: Group
    other: Document | None


def dispositions(act: Act, meeting: Meeting, group: Group | None = None) -> list[DispositionRow]:
    """By number of the document. One query, and one for the others."""
    wanted = (
        select(Disposition, Document, Group)
        .join(Document, col(Document.id) == Disposition.document_id)
        .join(Group, col(Group.id) == Disposition.group_id)
        .where(Disposition.meeting_id == meeting.id, *readable(act))
    )
    if group is not None:
        wanted = wanted.where(Disposition.group_id == group.id)
    rows = act.session.exec(wanted.order_by(Document.kind, Document.sort_key, Group.sort_key)).all()
    others = documents_of(act, (row.other_id for row, _, _ in rows))
    return [DispositionRow(row, doc, place, others.get(row.other_id or 0)) for row, doc, place in rows]


def documents_of(act: Act, ids: Iterable[int | None]) -> dict[int, Document]:
    """Those of the documents that the actor may read, by id."""
    wanted = {id for id in ids if id is not None}
    if not wanted:
        return {}
    found = select(Document).where(col(Document.id).in_(wanted), *readable(act))
    return {row.id or 0: row for row in act.session.exec(found)}


@dataclass(frozen=True)
class DecisionRow:
    """One decision. item: its title, ""; document: None also when the actor may not read it."""

    decision: Decision
    group: Group
    item: str
    document: Document | None


def decisions(act: Act, meeting: Meeting, group: Group | None = None) -> list[DecisionRow]:
    """By group and number, withdrawn ones among them; NotFound for who reads no papers of the meeting."""
    require_readable(act, meeting)
    wanted = (
        select(Decision, Group, AgendaItem.title)
        .join(Group, col(Group.id) == Decision.group_id)
        .outerjoin(AgendaItem, col(AgendaItem.id) == Decision.agenda_item_id)
        .where(Decision.meeting_id == meeting.id)
    )
    if group is not None:
        wanted = wanted.where(Decision.group_id == group.id)
    rows = act.session.exec(wanted.order_by(Group.sort_key, col(Decision.number))).all()
    documents = documents_of(act, (row.document_id for row, _, _ in rows))
    return [DecisionRow(row, place, item or "", documents.get(row.document_id or 0)) for row, place, item in rows]


@dataclass(frozen=True)
class ActionRow:
    """One action item. owner: name of the person, or the words."""

    action: ActionItem
    group: Group
    owner: str
    item: str
    document: Document | None


def action_items(act: Act, meeting: Meeting, group: Group | None = None) -> list[ActionRow]:
    """By group and number; NotFound for who reads no papers of the meeting."""
    require_readable(act, meeting)
    person = aliased(Person)
    wanted = (
        select(ActionItem, Group, person.name, AgendaItem.title)
        .join(Group, col(Group.id) == ActionItem.group_id)
        .outerjoin(person, col(person.id) == ActionItem.owner_id)
        .outerjoin(AgendaItem, col(AgendaItem.id) == ActionItem.agenda_item_id)
        .where(ActionItem.meeting_id == meeting.id)
    )
    if group is not None:
        wanted = wanted.where(ActionItem.group_id == group.id)
    rows = act.session.exec(wanted.order_by(Group.sort_key, col(ActionItem.number))).all()
    documents = documents_of(act, (row.document_id for row, *_ in rows))
    return [
        ActionRow(row, place, name or row.owner, item or "", documents.get(row.document_id or 0))
        for row, place, name, item in rows
    ]


def decision_by_number(act: Act, meeting: Meeting, group: Group, number: int) -> Decision:
    require_readable(act, meeting)
    wanted = select(Decision).where(
        Decision.meeting_id == meeting.id, Decision.group_id == group.id, Decision.number == number
    )
    return act.session.exec(wanted).first() or missing("decision", number)


def action_by_number(act: Act, meeting: Meeting, group: Group, number: int) -> ActionItem:
    require_readable(act, meeting)
    wanted = select(ActionItem).where(
        ActionItem.meeting_id == meeting.id, ActionItem.group_id == group.id, ActionItem.number == number
    )
    return act.session.exec(wanted).first() or missing("action item", number)
