"""Tell the allotment of documents which of them answer a statement: they go with the Questions that it is about.

A paper that proposes an answer goes with the Questions to which the statement is allotted; an answer that came in goes with
the Questions that had asked. Source: domain 5.2 M-1, 7.1.
"""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.documents.actions.pointing import point
from sgdocs.documents.models import Document
from sgdocs.documents.rules import SHOWN
from sgdocs.groups.models import Group
from sgdocs.liaison import queries
from sgdocs.liaison.models import Relation, Statement, StatementPaper
from sgdocs.liaison.naming import read_title
from sgdocs.liaison.rules import Kind

KIND = "answers"
MOST = 12


def point_out_answer(act: Act, document: Document) -> bool:
    """Say with which Questions a document goes, by what it answers; whether that changed. A handful of queries."""
    is_there = document.status in SHOWN and document.deleted_at is None
    found: dict[str, int] = {}
    for statement in _answered(act, document) if is_there else ():
        for question in _questions(act.session, statement, _lineage(act.session, document)):
            found.setdefault(f"{statement.label} ({question.label})", question.id or 0)
    return point(act, document, KIND, found.items())


def _answered(act: Act, document: Document) -> list[Statement]:
    """What its title says it answers, and what the drafts answer that it goes with."""
    words = read_title(document.title).reply_to[:MOST]
    named = [row for each in words if (row := queries.find(act, each)) is not None]
    of_drafts = (
        select(Statement)
        .join(Relation, col(Relation.other_id) == col(Statement.id))
        .join(StatementPaper, col(StatementPaper.statement_id) == col(Relation.statement_id))
        .where(StatementPaper.document_id == document.id, Relation.kind == Kind.REPLIES_TO)
        .order_by(col(Statement.id))
    )
    rows = {row.id: row for row in (*named, *act.session.exec(of_drafts))}
    return list(rows.values())


def _lineage(session: Session, document: Document) -> set[int | None]:
    """Ids of the group of the document and of those above it."""
    found: set[int | None] = set()
    waiting: list[int | None] = [document.group_id]
    while waiting:
        id = waiting.pop()
        group = session.get(Group, id) if id is not None and id not in found else None
        if group is not None:
            found.add(group.id)
            waiting += [group.parent_id, group.working_party_id]
    return found


def _questions(session: Session, statement: Statement, groups: set[int | None]) -> Iterable[Group]:
    """Of these groups: the Questions that sent the statement, else those to which it is allotted."""
    sent = [
        id for each in queries.senders_of(session, statement) if each.group_id in groups for id in each.question_ids
    ]
    if sent:
        return session.exec(select(Group).where(col(Group.id).in_(sent)).order_by(col(Group.sort_key))).all()
    to = [each for each in queries.addressees_of(session, statement) if each.group_id in groups]
    return [question for some in queries.questions_of(session, to).values() for question in some]
