"""Liaison statements and outside bodies that were hit, loaded again for who may read them."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlmodel import Session, col, or_, select

from sgdocs.groups.models import Group
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.search.engine import Hit
from sgdocs.search.liaison_records import ADDRESSEE, BODY, BODY_KIND, KIND, STATEMENT
from sgdocs.search.shown import Shown, plain, split


@dataclass
class Liaison:
    """statements: by key of the record; each with the code of its group. bodies: by id."""

    statements: dict[str, tuple[Statement, str]] = field(default_factory=dict)
    bodies: dict[int, Body] = field(default_factory=dict)


def liaison_of(session: Session, ids: dict[str, set[int]], audiences: Collection[str]) -> Liaison:
    """What was hit, as far as these audiences may read it. ids: by table. Up to three queries."""
    found = Liaison()
    own = ids.get(STATEMENT, set())
    if own:
        sent = select(Addressee.statement_id).where(col(Addressee.audience).in_(audiences))
        wanted = (
            select(Statement, Group.code)
            .outerjoin(Group, col(Group.id) == Statement.group_id)
            .where(col(Statement.id).in_(own), or_(col(Statement.audience).in_(audiences), col(Statement.id).in_(sent)))
        )
        found.statements |= {f"{STATEMENT}:{row.id}": (row, code or "") for row, code in session.exec(wanted)}
    to = ids.get(ADDRESSEE, set())
    if to:
        got = (
            select(Addressee.id, Statement, Group.code)
            .join(Statement, col(Statement.id) == Addressee.statement_id)
            .outerjoin(Group, col(Group.id) == Statement.group_id)
            .where(col(Addressee.id).in_(to), col(Addressee.audience).in_(audiences))
        )
        found.statements |= {f"{ADDRESSEE}:{id}": (row, code or "") for id, row, code in session.exec(got)}
    if ids.get(BODY):
        found.bodies = {b.id or 0: b for b in session.exec(select(Body).where(col(Body.id).in_(ids[BODY])))}
    return found


def shown_liaison(hit: Hit, liaison: Liaison) -> Shown | None:
    """The statement or body as it is now; None when it may not be read any more."""
    what, id = split(hit.key)
    if what == BODY:
        body = liaison.bodies.get(id)
        return _shown_body(hit, body) if body else None
    row, code = liaison.statements.get(hit.key, (None, ""))
    if row is None:
        return None
    return Shown(
        key=f"{STATEMENT}:{row.id}",
        what=STATEMENT,
        kind=KIND,
        identifier=row.label,
        address=f"/liaison/{row.name}",
        title=hit.title or plain(row.title),
        extracts=hit.extracts,
        number=row.external_number or row.label,
        sector=row.sector,
        group=code,
        status=row.status,
        approved=str(row.dated_on) if row.dated_on else "",
        score=hit.score,
    )


def _shown_body(hit: Hit, body: Body) -> Shown:
    return Shown(hit.key, BODY, BODY_KIND, body.name, f"/body/{body.slug}", None, hit.extracts, score=hit.score)
