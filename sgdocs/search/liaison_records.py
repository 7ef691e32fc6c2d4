"""Liaison statements and outside bodies as records of the index. Plain columns, few queries, any number of rows.

A statement is read by the side that sent it and by each group that it was sent to: it has a record for each of these
audiences, all of one family, so that everybody finds it once. Drafts are not indexed.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from sqlmodel import Session, col, select

from sgdocs.groups.models import Group
from sgdocs.liaison.bodies_models import Body, BodyName
from sgdocs.liaison.models import Addressee, AddresseeQuestion, Sender, Statement, StatementName
from sgdocs.liaison.rules import Status
from sgdocs.search.engine import Record, Standing
from sgdocs.search.statement_papers import was_out

STATEMENT: Final = "statement"
ADDRESSEE: Final = "statement_addressee"
BODY: Final = "liaison_body"
KIND: Final = "liaison-statement"
BODY_KIND: Final = "outside-body"
CHUNK: Final = 300
LONGEST_BODY: Final = 100_000
Ids = Collection[int] | None


def of_statements(session: Session, ids: Ids = None) -> Iterator[Record]:
    """These statements, or all that went out or came in: found by number, the sender's number, title, sides, text."""
    found = select(Statement.id).where(was_out()).order_by(col(Statement.id))
    if ids is not None:
        found = found.where(col(Statement.id).in_(sorted(ids)))
    wanted = [id for id in session.exec(found).all() if id is not None]
    for start in range(0, len(wanted), CHUNK):
        yield from _records(session, wanted[start : start + CHUNK])


def _records(session: Session, ids: list[int]) -> Iterator[Record]:
    statements = session.exec(select(Statement).where(col(Statement.id).in_(ids)).order_by(col(Statement.id))).all()
    names: dict[int, list[str]] = defaultdict(list)
    for id, name in session.exec(
        select(StatementName.statement_id, StatementName.name).where(
            col(StatementName.statement_id).in_(ids), StatementName.kind != "draft"
        )
    ):
        names[id].append(name)
    sides = _sides(session, ids)
    questions = _questions(session, ids)
    for row in statements:
        yield from _of_one(row, names[row.id or 0], sides[row.id or 0], questions)
    for row in statements:
        session.expunge(row)


class _Sides:
    """Who sends and who gets one statement, by name; codes: of our groups; to: addressees of our groups."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.codes: list[str] = []
        self.to: list[Addressee] = []


def _sides(session: Session, ids: list[int]) -> dict[int, _Sides]:
    found: dict[int, _Sides] = defaultdict(_Sides)
    senders = select(Sender.statement_id, Sender.name, Group).outerjoin(Group, col(Group.id) == col(Sender.group_id))
    for id, name, group in session.exec(senders.where(col(Sender.statement_id).in_(ids))):
        _note(found[id], name, group)
    addressees = select(Addressee, Group).outerjoin(Group, col(Group.id) == col(Addressee.group_id))
    for row, group in session.exec(addressees.where(col(Addressee.statement_id).in_(ids))):
        _note(found[row.statement_id], row.name, group)
        if row.audience:
            found[row.statement_id].to.append(row)
    return found


def _note(side: _Sides, name: str, group: Group | None) -> None:
    side.names += [name, group.label] if group and group.label != name else [name]
    if group is not None and group.code not in side.codes:
        side.codes.append(group.code)


def _questions(session: Session, ids: list[int]) -> dict[int, list[str]]:
    """By id of the addressee."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = (
        select(AddresseeQuestion.addressee_id, Group.label)
        .join(Group, col(Group.id) == AddresseeQuestion.group_id)
        .join(Addressee, col(Addressee.id) == AddresseeQuestion.addressee_id)
        .where(col(Addressee.statement_id).in_(ids))
        .order_by(col(Group.sort_key))
    )
    for id, label in session.exec(rows):
        found[id].append(label)
    return found


def _of_one(row: Statement, names: list[str], sides: _Sides, questions: dict[int, list[str]]) -> Iterator[Record]:
    """One record for each audience, the sender's first; Questions only in that of the group that they are of."""
    seen = {row.audience}
    yield _record(row, f"{STATEMENT}:{row.id}", row.audience, names, sides)
    for each in sides.to:
        if each.audience not in seen:
            seen.add(each.audience)
            asked = tuple(questions.get(each.id or 0, ()))
            yield _record(row, f"{ADDRESSEE}:{each.id}", each.audience, names, sides, questions=asked)


def _record(
    row: Statement, key: str, audience: str, names: list[str], sides: _Sides, *, questions: tuple[str, ...] = ()
) -> Record:
    is_withdrawn = row.status == Status.WITHDRAWN
    body = " · ".join(
        part for part in (", ".join(dict.fromkeys(sides.names)), "" if is_withdrawn else row.body) if part
    )
    day = row.dated_on
    return Record(
        key=key,
        family=f"{STATEMENT}:{row.id}",
        kind=KIND,
        identifier=row.label,
        audience=audience,
        numbers=tuple(dict.fromkeys(n for n in (row.name, row.label, row.external_number, *names) if n)),
        titles={row.language: row.title} if row.title else {},
        bodies={row.language: body[:LONGEST_BODY]} if body else {},
        facets={
            "sector": (row.sector,) if row.sector else (),
            "kind": (KIND,),
            "status": (row.status,),
            "group": tuple(sides.codes),
            "question": questions,
            "year": (str(day.year),) if day else (),
            "language": (row.language,),
        },
        standing=Standing.WITHDRAWN if is_withdrawn else Standing.CURRENT,
        day=day,
    )


def of_bodies(session: Session, ids: Ids = None) -> Iterator[Record]:
    """These outside bodies, or all: found by each of their names. Few enough for one reading."""
    found = select(Body).order_by(col(Body.id))
    spelled = select(BodyName.body_id, BodyName.name)
    if ids is not None:
        found = found.where(col(Body.id).in_(sorted(ids)))
        spelled = spelled.where(col(BodyName.body_id).in_(sorted(ids)))
    names: dict[int, list[str]] = defaultdict(list)
    for id, name in session.exec(spelled):
        names[id].append(name)
    for body in session.exec(found).all():
        yield Record(
            key=f"{BODY}:{body.id}",
            family=f"{BODY}:{body.id}",
            kind=BODY_KIND,
            identifier=body.name,
            names=tuple(names[body.id or 0]),
            titles={"en": body.name},
            bodies={"en": body.notes} if body.notes else {},
            facets={"kind": (BODY_KIND,)},
            standing=Standing.SUPERSEDED if body.ended_on else Standing.CURRENT,
        )
