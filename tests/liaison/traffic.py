"""A small register between SG13, SG15 and outside bodies, with its days: what pages of liaison are tested with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sgdocs.groups.models import Group
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import AddresseeQuestion, Statement, StatementLink, StatementName
from sgdocs.liaison.naming import key_of
from sgdocs.liaison.queries import addressees_of
from sgdocs.liaison.rules import Purpose, State, Status
from tests.cast import Cast
from tests.liaison.desk import body
from tests.liaison.register import Side, To, asks, relation, statement
from tests.make import Make

TODAY = datetime(2026, 5, 11, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Traffic:
    """On 11 May 2026. asked: SG13 owes SG15 an answer since April; from_outside: it owes 3GPP one in time; ours: it waits for
    SG15; answered and reply: closed; draft: of SG13."""

    sg13: Group
    sg15: Group
    sa2: Body
    ietf: Body
    asked: Statement
    from_outside: Statement
    ours: Statement
    answered: Statement
    reply: Statement
    draft: Statement


def named(make: Make, label: str, sender: Side, *to: To | Side, names: Sequence[str] = (), **facts: Any) -> Statement:
    """A statement under a number of its own, `T25-SG13-LS1`."""
    row = statement(make, sender, *to, label=label, name=f"T25-{label}", **facts)
    for name in (row.name, *names):
        make.add(StatementName(statement_id=row.id or 0, name=name, key=key_of(name), kind="number"))
    return row


def allotted(make: Make, row: Statement, question: Group, n: int = 0) -> None:
    addressee = addressees_of(make.session, row)[n]
    make.add(AddresseeQuestion(addressee_id=addressee.id or 0, group_id=question.id or 0))


def link(make: Make, row: Statement, kind: str, **ids: Any) -> None:
    make.add(StatementLink(statement_id=row.id or 0, kind=kind, **ids))


def traffic(make: Make, cast: Cast) -> Traffic:
    sg13, sg15 = cast.sg13, cast.sg15
    sa2, ietf = body(make, "3GPP SA2"), body(make, "IETF")
    asked = named(
        make, "SG15-LS7", sg15, asks(sg13, date(2026, 4, 30)), To(ietf, is_copy=True), title="Clocks of slices",
        on=date(2026, 1, 15),
    )  # fmt: skip
    allotted(make, asked, cast.q2)
    from_outside = named(
        make, "S2-260311", sa2, asks(sg13, date(2026, 9, 30)), title="Slices in release 20", on=date(2026, 3, 11),
        external_number="S2-260311", status=Status.RECEIVED,
    )  # fmt: skip
    addressees_of(make.session, from_outside)[0].owner_id = cast.rapporteur.person.id
    ours = named(
        make, "SG13-LS21", sg13, replace(asks(sg15, date(2026, 6, 30)), purpose=Purpose.COMMENT),
        To(sa2, is_copy=True), title="Names of slices", on=date(2026, 4, 2),
    )  # fmt: skip
    answered = named(
        make, "SG13-LS9", sg13, asks(sg15, state=State.REPLIED), on=date(2025, 10, 1), title="Asked before"
    )
    reply = named(make, "SG15-LS5", sg15, sg13, title="Asked before", on=date(2025, 12, 1), is_reply=True)
    relation(make, reply, answered)
    draft = named(make, "draft 31", sg13, sg15, title="Drafted words", status=Status.DRAFT, dated_on=None)
    return Traffic(sg13, sg15, sa2, ietf, asked, from_outside, ours, answered, reply, draft)


def correspondence(
    make: Make, sides: tuple[Group, Group], length: int, *, start: date = date(2025, 2, 3)
) -> list[Statement]:
    """Statements that go to and fro, each answering the one before."""
    told: list[Statement] = []
    for n in range(length):
        sender, to = sides if n % 2 == 0 else sides[::-1]
        state = State.REPLIED if n + 1 < length else State.POSTED
        row = named(
            make, f"{sender.code}-LS{100 + n}", sender, asks(to, state=state), on=start + timedelta(days=20 * n),
            title="To and fro", is_reply=n > 0,
        )  # fmt: skip
        if told:
            relation(make, row, told[-1])
        told.append(row)
    return told
