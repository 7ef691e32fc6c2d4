"""What is asked of statements: one by its name, who sends, to whom, what belongs to it. Lists: `listing`."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, or_, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Conflict, missing
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.liaison import rules
from sgdocs.liaison.models import (
    Addressee,
    AddresseeQuestion,
    Relation,
    Sender,
    Statement,
    StatementLink,
    StatementName,
    StatementPaper,
)
from sgdocs.liaison.naming import key_of
from sgdocs.policy import Scope

MOST_NAMESAKES: Final = 20


def visible(act: Act) -> ColumnElement[bool]:
    """The condition on statements that the actor may read: on the side of the sender, or of a group it was sent to."""
    labels = audiences(act)
    sent = (col(Addressee.statement_id) == col(Statement.id), col(Addressee.audience).in_(labels))
    reaches = exists().where(*sent).correlate(Statement)  # also where addressees are joined
    return or_(col(Statement.audience).in_(labels), reaches)


def by_id(act: Act, statement_id: int) -> Statement:
    found = act.session.exec(select(Statement).where(Statement.id == statement_id, visible(act))).first()
    return found or missing("liaison statement", statement_id)


class Several(Conflict):
    """A number that several statements bear: found, the newest first. A page lets its reader choose."""

    def __init__(self, words: str, found: Sequence[Statement]) -> None:
        super().__init__(rules.AMBIGUOUS, words=words[:200], names=", ".join(each.name for each in found))
        self.found = found


def by_name(act: Act, name: str) -> Statement:
    """The statement of that name in any spelling that is its own (compare `.name` to redirect), or NotFound; Several when
    more than one goes by it."""
    found = named(act, name)
    if len(found) > 1:
        raise Several(name, found)
    return found[0] if found else missing("liaison statement", name)


def find(act: Act, words: str) -> Statement | None:
    """The newest statement that goes by these words: `SG17-LS55`, `COM 16 – LS 124 – E`, `T25-SG17-TD3-GEN`."""
    return next(iter(named(act, words)), None)


def named(act: Act, words: str) -> list[Statement]:
    """All that go by these words, the newest first; one alone when they are its permanent name. A group counts anew in
    each period, so that `SG17-LS55` is several."""
    found = _going_by(act, words)
    exact = [row for row in found if row.name.casefold() == words.strip().casefold()]
    return exact or found


def numbered(act: Act, words: str) -> list[Statement]:
    """Those that bear this number, ours or their sender's, the newest first: not that of a document as which it was
    filed."""
    return _going_by(act, words, col(StatementName.kind).in_(("number", "external")))


def _going_by(act: Act, words: str, *conditions: ColumnElement[bool]) -> list[Statement]:
    key = key_of(words[:200])
    if not key:
        return []
    going_by = (
        select(Statement)
        .join(StatementName, col(StatementName.statement_id) == col(Statement.id))
        .where(StatementName.key == key, visible(act), *conditions)
        .order_by(col(Statement.dated_on).is_(None), col(Statement.dated_on).desc(), col(Statement.id).desc())
    )
    return list(act.session.exec(going_by.limit(MOST_NAMESAKES)))


def group_of(session: Session, statement: Statement) -> Group | None:
    return session.get(Group, statement.group_id) if statement.group_id else None


def scope_of(session: Session, statement: Statement) -> Scope:
    """Where acts on the statement happen: at the group that sends it, or that it was sent to from outside."""
    group = group_of(session, statement)
    return Scope(group.path if group else "", statement.owner_id)


def scope_of_addressee(session: Session, addressee: Addressee) -> Scope:
    """Where the addressed group acts: takes it up, answers, closes."""
    group = session.get(Group, addressee.group_id) if addressee.group_id else None
    return Scope(group.path if group else "", addressee.owner_id)


def senders_of(session: Session, statement: Statement) -> list[Sender]:
    rows = select(Sender).where(Sender.statement_id == statement.id)
    return list(session.exec(rows.order_by(col(Sender.position))))


def addressees_of(session: Session, statement: Statement) -> list[Addressee]:
    rows = select(Addressee).where(Addressee.statement_id == statement.id)
    return list(session.exec(rows.order_by(col(Addressee.position))))


def addressee(session: Session, statement: Statement, position: int) -> Addressee:
    rows = select(Addressee).where(Addressee.statement_id == statement.id, Addressee.position == position)
    return session.exec(rows).first() or missing("addressee", f"{statement.name} {position}")


def questions_of(session: Session, addressees: Sequence[Addressee]) -> dict[int, list[Group]]:
    """By id of the addressee: the Questions it is allotted to; none means all."""
    ids = [each.id for each in addressees]
    rows = (
        select(AddresseeQuestion.addressee_id, Group)
        .join(Group, col(Group.id) == col(AddresseeQuestion.group_id))
        .where(col(AddresseeQuestion.addressee_id).in_(ids))
        .order_by(col(Group.sort_key))
    )
    found: dict[int, list[Group]] = {}
    for addressee_id, group in session.exec(rows):
        found.setdefault(addressee_id, []).append(group)
    return found


def relations_of(session: Session, statement: Statement) -> list[Relation]:
    rows = select(Relation).where(Relation.statement_id == statement.id)
    return list(session.exec(rows.order_by(col(Relation.id))))


def links_of(session: Session, statement: Statement) -> list[StatementLink]:
    rows = select(StatementLink).where(StatementLink.statement_id == statement.id)
    return list(session.exec(rows.order_by(col(StatementLink.id))))


def papers_of(session: Session, statement: Statement) -> list[StatementPaper]:
    rows = select(StatementPaper).where(StatementPaper.statement_id == statement.id)
    return list(session.exec(rows.order_by(col(StatementPaper.position))))
