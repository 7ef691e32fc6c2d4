"""Who sends and who is addressed, as lists show them: two queries for any number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_
from sqlalchemy import select as columns
from sqlmodel import col

from sgdocs.base.act import Act
from sgdocs.base.clock import geneva_day
from sgdocs.groups.models import Group
from sgdocs.groups.queries import audiences
from sgdocs.liaison import rules
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Sender, Statement
from sgdocs.people.models import Person


@dataclass(frozen=True, slots=True)
class Party:
    """One side. name: label of the group (`ITU-T SG13`), acronym or name of the body, else as it was given;

    path: of the group, slug: of the body; both "" for a name that nobody resolved.
    """

    name: str
    path: str = ""
    slug: str = ""
    group_id: int | None = None
    body_id: int | None = None


@dataclass(frozen=True, slots=True)
class ToRow:
    """One addressee in a list. owner: name of who sees to the answer, "" for nobody or when it is not for the reader;

    is_open: still something to do; is_awaited: an answer is expected and has not come; days_left: until the last day,
    negative when it is over, None without a deadline.
    """

    id: int
    position: int
    party: Party
    purpose: str
    deadline: date | None
    state: str
    is_copy: bool
    is_answer_expected: bool
    owner: str
    owner_slug: str
    answered_on: date | None
    is_open: bool
    is_awaited: bool
    is_overdue: bool
    days_left: int | None


Parties = tuple[dict[int, list[Party]], dict[int, list[ToRow]]]


def parties_of(act: Act, statement_ids: Sequence[int]) -> Parties:
    """By id of the statement: its senders, its addressees, each in their order. Two queries, or none."""
    if not statement_ids:
        return {}, {}
    return senders_of(act, statement_ids), addressees_of(act, statement_ids)


def senders_of(act: Act, statement_ids: Sequence[int]) -> dict[int, list[Party]]:
    """By id of the statement. One query."""
    rows = act.session.execute(
        columns(
            col(Sender.statement_id), col(Sender.name), col(Sender.group_id), col(Sender.body_id),
            col(Group.label), col(Group.path), func.coalesce(func.nullif(Body.acronym, ""), Body.name), col(Body.slug),
        )
        .select_from(Sender)
        .outerjoin(Group, col(Group.id) == col(Sender.group_id))
        .outerjoin(Body, col(Body.id) == col(Sender.body_id))
        .where(col(Sender.statement_id).in_(statement_ids))
        .order_by(col(Sender.statement_id), col(Sender.position))
    )  # fmt: skip
    found: dict[int, list[Party]] = {}
    for id, name, group_id, body_id, label, path, body, slug in rows:
        found.setdefault(id, []).append(Party(label or body or name, path or "", slug or "", group_id, body_id))
    return found


def addressees_of(act: Act, statement_ids: Sequence[int]) -> dict[int, list[ToRow]]:
    """By id of the statement. Owners are shown to their own side: of the group, or of who sends to a body. One query."""
    labels, today = audiences(act), geneva_day(act.now)
    a = Addressee
    rows = act.session.execute(
        columns(
            *map(col, (a.statement_id, a.id, a.position, a.name, a.group_id, a.body_id, a.purpose, a.deadline, a.state)),
            *map(col, (a.is_copy, a.is_answer_expected, a.answered_on, a.audience, Statement.audience, Statement.status)),
            *map(col, (Group.label, Group.path)),
            func.coalesce(func.nullif(Body.acronym, ""), Body.name), col(Body.slug), col(Person.name), col(Person.slug),
        )
        .select_from(Addressee)
        .join(Statement, col(Statement.id) == col(Addressee.statement_id))
        .outerjoin(Group, col(Group.id) == col(Addressee.group_id))
        .outerjoin(Body, col(Body.id) == col(Addressee.body_id))
        .outerjoin(Person, col(Person.id) == col(Addressee.owner_id))
        .where(col(Addressee.statement_id).in_(statement_ids))
        .order_by(col(Addressee.statement_id), col(Addressee.position))
    )  # fmt: skip
    found: dict[int, list[ToRow]] = {}
    for (
        statement_id, id, position, name, group_id, body_id, purpose, deadline, state,
        is_copy, expected, answered_on, audience, sender_audience, status, label, path, body, slug, owner, owner_slug,
    ) in rows:  # fmt: skip
        is_inside = audience in labels or (group_id is None and sender_audience in labels)
        is_out = status in rules.OUT
        row = ToRow(
            id, position, Party(label or body or name, path or "", slug or "", group_id, body_id), purpose, deadline, state,
            is_copy, expected, (owner or "") if is_inside else "", (owner_slug or "") if is_inside else "", answered_on,
            is_out and rules.is_open(state, is_answer_expected=expected),
            is_out and expected and rules.is_open(state, is_answer_expected=True),
            is_out and rules.is_overdue(state, deadline, today, is_answer_expected=expected),
            (deadline - today).days if deadline else None,
        )  # fmt: skip
        found.setdefault(statement_id, []).append(row)
    return found


def groups_and_parts(act: Act, group_ids: Sequence[int]) -> tuple[int, ...]:
    """The groups with the working parties and Questions of these: for `SG5` also what went to `WP 5D`. One query."""
    parts = columns(col(Group.id)).where(or_(col(Group.id).in_(group_ids), col(Group.parent_id).in_(group_ids)))
    return tuple(act.session.execute(parts).scalars())
