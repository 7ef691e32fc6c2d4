"""One statement with all that belongs to it, as far as the reader may know: who sends, to whom, papers, relations, delivery."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import or_
from sqlmodel import Session, SQLModel, col, select

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.journal.models import Entry
from sgdocs.liaison import queries
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Dispatch, Relation, Sender, Statement, StatementLink
from sgdocs.liaison.record_rows import AddresseeRow, LinkRow, PaperRow, Record, RelationRow, SenderRow
from sgdocs.liaison.rules import FOUND
from sgdocs.meetings.models import Meeting
from sgdocs.people.models import Person
from sgdocs.recommendations.audience import readable
from sgdocs.recommendations.models import Family
from sgdocs.work_programme.models import WorkItem
from sgdocs.work_programme.queries import meetings_by_id, papers_by_id
from sgdocs.work_programme.queries import visible as item_visible

MOST_ENTRIES = 300
Row = TypeVar("Row", bound=SQLModel)


def record_of(act: Act, statement: Statement) -> Record:
    """Everything about it that the reader may know. Up to eighteen queries, however many addressees there are."""
    session = act.session
    labels, today = audiences(act), geneva_day(act.now)
    senders, addressees = queries.senders_of(session, statement), queries.addressees_of(session, statement)
    links, papers = queries.links_of(session, statement), queries.papers_of(session, statement)
    inside = {row.id: row.audience in labels for row in addressees}
    is_sender = statement.audience in labels
    groups = _rows(session, Group, [statement.group_id, *_group_ids(senders, addressees, links)])
    bodies = _rows(session, Body, [*(r.body_id for r in senders), *(r.body_id for r in addressees)])
    people = _rows(
        session, Person, [statement.owner_id, *(r.approved_by for r in senders), *(r.owner_id for r in addressees)]
    )
    documents = papers_by_id(
        act, [statement.document_id, *(r.document_id for r in addressees), *(r.document_id for r in papers)]
    )
    meetings = meetings_by_id(
        act, [statement.meeting_id, *(r.meeting_id for r in addressees), *(r.meeting_id for r in links)]
    )
    questions = queries.questions_of(session, addressees)
    answers = _statements(act, [row.answered_by_id for row in addressees])
    sent = _dispatches(session, statement) if is_sender else {}

    def to(row: Addressee) -> AddresseeRow:
        is_inside = inside[row.id] or (is_sender and row.group_id is None)
        return AddresseeRow(
            row,
            today,
            groups.get(row.group_id or 0),
            bodies.get(row.body_id or 0),
            tuple(questions.get(row.id or 0, ())) if is_inside else (),
            documents.get(row.document_id or 0),
            meetings.get(row.meeting_id or 0) if is_inside else None,
            people.get(row.owner_id or 0) if is_inside else None,
            answers.get(row.answered_by_id or 0),
            is_inside,
            sent.get(row.id or 0, ()),
        )

    return Record(
        statement,
        groups.get(statement.group_id or 0),
        meetings.get(statement.meeting_id or 0),
        documents.get(statement.document_id or 0),
        people.get(statement.owner_id or 0),
        [
            SenderRow(
                row,
                groups.get(row.group_id or 0),
                groups.get(row.working_party_id or 0),
                tuple(groups[each] for each in row.question_ids if each in groups),
                bodies.get(row.body_id or 0),
                people.get(row.approved_by or 0),
            )
            for row in senders
        ],
        [to(row) for row in addressees],
        [PaperRow(row, documents.get(row.document_id or 0)) for row in papers],
        relations_of(act, statement),
        _links(act, links, groups, meetings),
        is_sender,
        today,
    )


def relations_of(act: Act, statement: Statement) -> list[RelationRow]:
    """What it is to others, then what others are to it; hidden ones of others are left out. Two queries.

    What the statement itself says of another is told as it says it; what was found here (`FOUND`) is told to who may read
    the other.
    """
    own = queries.relations_of(act.session, statement)
    others = _statements(act, [row.other_id for row in own])
    own = [row for row in own if row.kind not in FOUND or row.other_id in others]
    told = [RelationRow(row.kind, row.words, others.get(row.other_id or 0), is_outside=row.is_outside) for row in own]
    back = (
        select(Relation, Statement)
        .join(Statement, col(Statement.id) == col(Relation.statement_id))
        .where(Relation.other_id == statement.id, queries.visible(act))
        .order_by(col(Statement.dated_on), col(Statement.id))
    )
    return told + [RelationRow(row.kind, row.words, other, is_back=True) for row, other in act.session.exec(back)]


def history_of(act: Act, statement: Statement) -> list[Entry]:
    """The journal of the statement and of its addressees, the newest first, as far as the reader may read it."""
    ids = [row.id for row in queries.addressees_of(act.session, statement)]
    own = (col(Entry.subject_kind) == "statement") & (col(Entry.subject_id) == statement.id)
    theirs = (col(Entry.subject_kind) == "statement_addressee") & col(Entry.subject_id).in_(ids)
    found = select(Entry).where(or_(own, theirs), col(Entry.audience).in_(audiences(act)))
    return list(act.session.exec(found.order_by(col(Entry.id).desc()).limit(MOST_ENTRIES)))


def _group_ids(
    senders: Sequence[Sender], addressees: Sequence[Addressee], links: Sequence[StatementLink]
) -> list[int | None]:
    told: list[int | None] = [*(r.group_id for r in addressees), *(r.group_id for r in links)]
    for row in senders:
        told += [row.group_id, row.working_party_id, *row.question_ids]
    return told


def _rows(session: Session, model: type[Row], ids: Sequence[int | None]) -> dict[int, Row]:
    """By id. One query, or none."""
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    key = col(model.id)  # type: ignore[attr-defined]
    return {row.id: row for row in session.exec(select(model).where(key.in_(wanted)))}  # type: ignore[attr-defined]


def _statements(act: Act, ids: Sequence[int | None]) -> dict[int, Statement]:
    wanted = {each for each in ids if each}
    if not wanted:
        return {}
    found = select(Statement).where(col(Statement.id).in_(wanted), queries.visible(act))
    return {row.id or 0: row for row in act.session.exec(found)}


def _dispatches(session: Session, statement: Statement) -> dict[int, list[Dispatch]]:
    told: dict[int, list[Dispatch]] = {}
    rows = select(Dispatch).where(Dispatch.statement_id == statement.id).order_by(col(Dispatch.at), col(Dispatch.id))
    for row in session.exec(rows):
        told.setdefault(row.addressee_id, []).append(row)
    return told


def _links(
    act: Act, links: Sequence[StatementLink], groups: dict[int, Group], meetings: dict[int, Meeting]
) -> list[LinkRow]:
    """Those that the reader may read. Two queries, or none."""
    items = {row.work_item_id for row in links if row.work_item_id}
    families = {row.family_id for row in links if row.family_id}
    by_item: dict[int, WorkItem] = {}
    by_family: dict[int, Family] = {}
    if items:
        found = select(WorkItem).where(col(WorkItem.id).in_(items), item_visible(act))
        by_item = {row.id or 0: row for row in act.session.exec(found)}
    if families:
        told = select(Family).where(col(Family.id).in_(families), readable(act, Family.audience))
        by_family = {row.id or 0: row for row in act.session.exec(told)}
    rows = [
        LinkRow(
            row,
            by_item.get(row.work_item_id or 0),
            by_family.get(row.family_id or 0),
            groups.get(row.group_id or 0),
            meetings.get(row.meeting_id or 0),
        )
        for row in links
    ]
    return [row for row in rows if row.is_shown]
