"""What goes round in a circle or passes each other on the way: said before sending and on receipt, never in the way. N19."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from sgdocs.base.act import Act
from sgdocs.base.errors import Facts, word
from sgdocs.base.rulebook import Rule, rule
from sgdocs.liaison import answers, queries
from sgdocs.liaison.actions.relating import answered_by
from sgdocs.liaison.crossings import crossing
from sgdocs.liaison.models import Relation, Statement
from sgdocs.liaison.queries import visible
from sgdocs.liaison.rules import Kind, State, Status
from sgdocs.liaison.twinning import Twin, twins_of

TWIN = rule("liaison.twin", "{label} of {sender} says the same ({share} % of the text).", "feature N19")
ALIKE = rule("liaison.alike", "{label} of {sender} says much the same ({share} % of the text).", "feature N19")
ANSWERED = rule("liaison.answered-already", "{label} was answered for {name} already, by {answer}.", "feature N19")
WITHDRAWN = rule("liaison.answers-withdrawn", "{label}, which this answers, was withdrawn.", "feature N19")
CROSSES = rule(
    "liaison.crosses", "{label} of {on} is on its way in the other direction, on the same matter.", "feature N19"
)
CIRCLE = rule("liaison.circle", "The answers go round in a circle: {labels}.", "feature N19")


@dataclass(frozen=True)
class Caution:
    """What speaks against sending it so, or against taking it as new. other: the statement to compare with, in both texts;

    jaccard: how much of the text is the same, for twins.
    """

    rule: Rule
    facts: Facts
    other: Statement | None = None
    jaccard: float | None = None

    @property
    def message(self) -> str:
        """In English; a door words it in the reader's language."""
        return word(self.rule.says, self.facts)


def warnings_of(act: Act, statement: Statement) -> list[Caution]:
    """Twins, answers that were given already, statements that cross, circles: what the actor may read of them.

    Up to a dozen queries. A warning is read and accepted; it never bars.
    """
    return [*_twins(act, statement), *_answered(act, statement), *_crossing(act, statement), *_circles(act, statement)]


def _twins(act: Act, statement: Statement) -> Iterator[Caution]:
    """The same text from others, or sent before; what it forwards or repeats by its own words is no news."""
    known = {row.other_id for row in queries.relations_of(act.session, statement)}
    found = [twin for twin in twins_of(act, statement) if twin.statement.id not in known]
    others = _by_id(act.session, [twin.statement.id for twin in found])
    for twin in found:
        yield Caution(TWIN if twin.is_twin else ALIKE, _facts_of(twin), others.get(twin.statement.id), twin.jaccard)


def _facts_of(twin: Twin) -> Facts:
    row = twin.statement
    sender = ", ".join(party.name for party in row.senders)
    return {"label": row.label, "name": row.name, "sender": sender, "share": round(twin.jaccard * 100)}


def _answered(act: Act, statement: Statement) -> Iterator[Caution]:
    """It answers what was answered for the same addressee by another, or what was withdrawn."""
    for other, addressee in answers.answered_by(act.session, statement):
        facts = {"label": other.label, "name": addressee.name}
        if other.status == Status.WITHDRAWN:
            yield Caution(WITHDRAWN, facts, other)
        elif addressee.state == State.REPLIED and addressee.answered_by_id not in (None, statement.id):
            first = _readable(act, addressee.answered_by_id)
            yield Caution(ANSWERED, facts | {"answer": first.label if first else "…"}, first)


def _readable(act: Act, statement_id: int | None) -> Statement | None:
    return act.session.exec(select(Statement).where(Statement.id == statement_id, visible(act))).first()


def _crossing(act: Act, statement: Statement) -> Iterator[Caution]:
    for other in crossing(act, statement):
        yield Caution(CROSSES, {"label": other.label, "name": other.name, "on": str(other.dated_on)}, other)


def _circles(act: Act, statement: Statement) -> Iterator[Caution]:
    """The statement answers itself by a chain of answers; the chain is named as far as it may be read."""
    chain = _chain(act.session, statement)
    if chain:
        seen = _by_id(act.session, chain)
        readable = set(act.session.exec(select(Statement.id).where(col(Statement.id).in_(chain), visible(act))))
        labels = ", ".join(seen[id].label for id in chain if id in readable)
        yield Caution(CIRCLE, {"labels": labels, "label": statement.label})


def _chain(session: Session, statement: Statement) -> list[int]:
    """Ids from what it answers back to itself; empty when there is no circle. Two queries."""
    reached = answered_by(session, statement)
    own = statement.id or 0
    if own not in reached:
        return []
    rows = select(Relation.statement_id, Relation.other_id).where(
        col(Relation.statement_id).in_(reached), Relation.kind == Kind.REPLIES_TO, col(Relation.other_id).in_(reached)
    )
    after: dict[int, list[int]] = {}
    for id, other in session.exec(rows):
        after.setdefault(id, []).append(other or 0)
    paths = [[other] for other in sorted(after.get(own, ()))]
    seen: set[int] = set()
    for path in paths:
        if path[-1] == own:
            return path
        if path[-1] not in seen:
            seen.add(path[-1])
            paths += [[*path, other] for other in sorted(after.get(path[-1], ()))]
    return []


def _by_id(session: Session, ids: Sequence[int]) -> dict[int, Statement]:
    if not ids:
        return {}
    return {row.id or 0: row for row in session.exec(select(Statement).where(col(Statement.id).in_(ids)))}
