"""Statements of tests as rows, without the way they came: who, to whom, for what, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from sgdocs.groups.models import Group
from sgdocs.groups.queries import audience_of
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Relation, Sender, Statement, StatementName
from sgdocs.liaison.naming import key_of
from sgdocs.liaison.rules import OUT, Kind, Origin, Purpose, State, Status, expects_answer
from tests.make import Make

_numbers = count(1)
Side = Group | Body | str


@dataclass(frozen=True)
class To:
    """To whom, as the test wants it. expected: None for what the purpose says."""

    who: Side
    purpose: Purpose = Purpose.INFORMATION
    deadline: date | None = None
    state: State | None = None
    expected: bool | None = None
    is_copy: bool = False


def asks(who: Side, deadline: date | None = None, state: State | None = None) -> To:
    """For action, by that day."""
    return To(who, Purpose.ACTION, deadline, state)


def statement(
    make: Make,
    sender: Side | Sequence[Side],
    *to: To | Side,
    on: date = date(2026, 2, 2),
    status: Status = Status.SENT,
    **facts: Any,
) -> Statement:
    """One statement with its rows. Addressees that are groups have it posted, bodies got it, unless the test says else."""
    senders = list(sender) if isinstance(sender, list | tuple) else [sender]
    ours = next((each for each in senders if isinstance(each, Group)), None)
    number = next(_numbers)
    label = facts.pop("label", f"LS{number}")
    home = ours or next((t.who for t in map(_to, to) if isinstance(t.who, Group)), None)
    audience = audience_of(make.session, home) if home else "secretariat"
    told: dict[str, Any] = {
        "name": f"ls-{number}", "label": label, "origin": Origin.OURS if ours else Origin.OUTSIDE, "status": status,
        "group_id": home.id if home else None, "title": f"Matter {number}", "dated_on": on, "audience": audience,
        "created_at": make.act.now, "changed_at": make.act.now, "sector": home.sector if home else "T",
    }  # fmt: skip
    row: Statement = make.add(Statement(**(told | facts)))
    make.add(StatementName(statement_id=row.id or 0, name=label, key=key_of(label), kind="number"))
    for position, each in enumerate(senders):
        make.add(Sender(statement_id=row.id or 0, position=position, **_ids(each)))
    for position, one in enumerate(map(_to, to)):
        _addressee(make, row, position, one)
    return row


def _to(who: To | Side) -> To:
    return who if isinstance(who, To) else To(who)


def _addressee(make: Make, row: Statement, position: int, to: To) -> Addressee:
    is_out = row.status in OUT
    usual = State.POSTED if isinstance(to.who, Group) else State.SENT
    expected = expects_answer(to.purpose, to.deadline, is_copy=to.is_copy) if to.expected is None else to.expected
    found: Addressee = make.add(
        Addressee(
            statement_id=row.id or 0,
            position=position,
            purpose=to.purpose,
            deadline=to.deadline,
            is_copy=to.is_copy,
            is_answer_expected=expected,
            state=to.state or (usual if is_out else State.PENDING),
            state_on=row.dated_on,
            audience=audience_of(make.session, to.who) if is_out and isinstance(to.who, Group) else "",
            **_ids(to.who),
        )
    )
    return found


def _ids(who: Side) -> dict[str, Any]:
    if isinstance(who, Group):
        return {"name": who.label, "group_id": who.id}
    return {"name": who.name, "body_id": who.id} if isinstance(who, Body) else {"name": who}


def relation(
    make: Make, row: Statement, other: Statement | None, kind: Kind = Kind.REPLIES_TO, words: str = ""
) -> None:
    words = words or (other.label if other else "LS-unknown")
    make.add(
        Relation(
            statement_id=row.id or 0, kind=kind, words=words, other_id=other.id if other else None, at=make.act.now
        )
    )
