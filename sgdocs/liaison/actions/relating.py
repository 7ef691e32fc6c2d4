"""What a statement answers, forwards or repeats: by number, resolved now or when the other one comes."""

from collections.abc import Iterable
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Invalid, Refusal, refuse, word
from sgdocs.liaison import queries, rules
from sgdocs.liaison.models import Relation, Statement, StatementName
from sgdocs.liaison.naming import key_of, read_reference, split_references
from sgdocs.liaison.rules import Kind, Status

DEEPEST: Final = 300


def relate(act: Act, statement: Statement, kind: Kind, words: Iterable[str]) -> list[Relation]:
    """Write what a statement of ours answers or forwards, in place of what was said before.

    Invalid, each with its rule: a number that nobody knows here, a withdrawn statement, itself, a circle of answers.
    """
    found = {}
    for each in _named(words):
        other = queries.find(act, each)
        facts = {"words": each}
        refuse(None if other else Refusal(rules.REPLY_UNKNOWN, facts, field=_FIELDS[kind]), Invalid)
        assert other is not None
        refuse(why_not(act.session, statement, other, kind), Invalid)
        found[each] = other.id
    _drop_others(act.session, statement, kind, set(found))
    return [_put(act, statement, kind, each, other_id) for each, other_id in found.items()]


def relate_received(act: Act, statement: Statement, kind: Kind, words: Iterable[str]) -> list[Relation]:
    """Write what a statement that came in says it answers: as given, found or not. What stands against a relation is kept
    as a note of the statement, for it came that way."""
    found = []
    for each in _named(words):
        other = called(act.session, each)
        refusal = None if other is None else why_not(act.session, statement, other, kind)
        if refusal is not None:
            add_note(act, statement, refusal, each)
        if refusal is None or refusal.rule is rules.REPLY_WITHDRAWN:
            found.append(_put(act, statement, kind, each, other.id if other else None))
    return found


def resolve_waiting(act: Act, statement: Statement) -> list[Relation]:
    """The relations that waited for this statement to be known, now resolved to it. Costs one query."""
    keys = select(StatementName.key).where(StatementName.statement_id == statement.id)
    waiting = select(Relation).where(col(Relation.other_id).is_(None), col(Relation.key).in_(keys))
    done = []
    for row in act.session.exec(waiting).all():
        source = act.session.get_one(Statement, row.statement_id)
        if why_not(act.session, source, statement, Kind(row.kind)) is None:
            row.other_id, row.is_outside = statement.id, False
            act.session.add(row)
            done.append(row)
    act.session.flush()
    return done


def why_not(session: Session, statement: Statement, other: Statement, kind: Kind) -> Refusal | None:
    """None when the one may be `kind` of the other."""
    field = _FIELDS[kind]
    if other.id == statement.id:
        return Refusal(rules.REPLY_TO_ITSELF, {}, field=field)
    facts = {"label": other.label}
    if kind is Kind.REPLIES_TO and statement.id in answered_by(session, other):
        return Refusal(rules.REPLY_CIRCLE, facts, field=field)
    if kind is Kind.REPLIES_TO and other.status == Status.WITHDRAWN:
        return Refusal(rules.REPLY_WITHDRAWN, facts, field=field)
    return None


def answered_by(session: Session, statement: Statement) -> frozenset[int]:
    """Ids of everything that the statement answers, directly or not. Costs one query."""
    replies = col(Relation.kind) == Kind.REPLIES_TO
    first = (
        select(Relation.other_id)
        .where(Relation.statement_id == statement.id, replies, col(Relation.other_id).is_not(None))
        .cte("answered", recursive=True)
    )
    further = (
        select(Relation.other_id)
        .join(first, col(Relation.statement_id) == first.c.other_id)
        .where(replies, col(Relation.other_id).is_not(None))
    )
    reach = first.union(further)
    return frozenset(session.execute(select(reach.c.other_id).limit(DEEPEST)).scalars())


def called(session: Session, words: str) -> Statement | None:
    """The newest statement that goes by a number, whoever may read it; of several numbers, by the first that is known."""
    for part in (words, *split_references(words)):
        keys = read_reference(part).keys
        rows = (
            select(Statement)
            .join(StatementName, col(StatementName.statement_id) == col(Statement.id))
            .where(col(StatementName.key).in_(keys))
            .order_by(col(Statement.id).desc())
        )
        found = session.exec(rows).first() if keys else None
        if found is not None:
            return found
    return None


def add_note(act: Act, statement: Statement, refusal: Refusal, words: str) -> None:
    """Keep with the statement what was found to stand against it."""
    says = word(refusal.rule.says, refusal.facts)
    new = {"rule": refusal.rule.id, "words": words, "says": says}
    if new not in statement.notes:
        statement.notes = [*statement.notes, new]
        act.session.add(statement)


_FIELDS: Final = {
    Kind.REPLIES_TO: "reply_to", Kind.FORWARDS: "forwards", Kind.DUPLICATES: "", Kind.CROSSES: "",
}  # fmt: skip


def _named(words: Iterable[str]) -> list[str]:
    """One of each, by its key."""
    return list({key_of(each): each.strip()[:300] for each in words if key_of(each)}.values())


def _drop_others(session: Session, statement: Statement, kind: Kind, keep: set[str]) -> None:
    for row in queries.relations_of(session, statement):
        if row.kind == kind and row.words not in keep:
            session.delete(row)
    session.flush()


def _put(act: Act, statement: Statement, kind: Kind, words: str, other_id: int | None) -> Relation:
    held = select(Relation).where(Relation.statement_id == statement.id, Relation.kind == kind, Relation.words == words)
    row = act.session.exec(held).first() or Relation(statement_id=statement.id or 0, kind=kind, words=words, at=act.now)
    row.other_id, row.key = other_id, read_reference(words).keys[-1]
    act.session.add(row)
    act.session.flush()
    return row
