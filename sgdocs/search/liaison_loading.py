"""Liaison statements and outside bodies that were hit, loaded again for who may read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, or_, select

from sgdocs.documents.rules import Status
from sgdocs.groups.models import Group
from sgdocs.liaison.bodies_models import Body
from sgdocs.liaison.models import Addressee, Statement
from sgdocs.search.document_loading import Papers
from sgdocs.search.document_records import CLAUSE
from sgdocs.search.engine import Hit
from sgdocs.search.liaison_records import ADDRESSEE, BODY, BODY_KIND, KIND, STATEMENT
from sgdocs.search.shown import Other, Shown, plain, split
from sgdocs.search.statement_papers import named_of


@dataclass
class Liaison:
    """statements: by key of the record; each with the code of its group. bodies, named (the documents of a statement): by id."""

    statements: dict[str, tuple[Statement, str]] = field(default_factory=dict)
    bodies: dict[int, Body] = field(default_factory=dict)
    named: dict[int, list[Other]] = field(default_factory=dict)


def with_statements(hits: Sequence[Hit], ids: dict[str, set[int]]) -> dict[str, set[int]]:
    """The ids by table, with the statements in whose family a document was hit."""
    of_documents = {split(hit.family)[1] for hit in hits if hit.family.startswith(f"{STATEMENT}:")}
    return ids | {STATEMENT: ids.get(STATEMENT, set()) | of_documents}


def liaison_of(session: Session, ids: dict[str, set[int]], audiences: Collection[str]) -> Liaison:
    """What was hit, as far as these audiences may read it. ids: by table. Up to five queries."""
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
    found.named = named_of(session, {row.id or 0 for row, _ in found.statements.values()}, audiences)
    if ids.get(BODY):
        found.bodies = {b.id or 0: b for b in session.exec(select(Body).where(col(Body.id).in_(ids[BODY])))}
    return found


def shown_liaison(hit: Hit, liaison: Liaison, papers: Papers) -> Shown | None:
    """The statement or body as it is now, the statement with its documents; None when it may not be read any more."""
    what, id = split(hit.key)
    if what == BODY:
        body = liaison.bodies.get(id)
        return _shown_body(hit, body) if body else None
    row, code = liaison.statements.get(hit.key, (None, ""))
    return _shown_statement(hit, row, code, liaison, papers) if row is not None else None


def shown_statement_of(hit: Hit, liaison: Liaison, papers: Papers) -> Shown | None:
    """The statement that the document is which was hit; None when it is none, or one that may not be read."""
    row, code = liaison.statements.get(hit.family, (None, ""))
    _, document, _ = papers.document_of(hit)
    if row is None or document is None or document.status == Status.WITHDRAWN:
        return None
    return _shown_statement(hit, row, code, liaison, papers)


def _shown_statement(hit: Hit, row: Statement, code: str, liaison: Liaison, papers: Papers) -> Shown:
    in_clause = hit.key.startswith(f"{CLAUSE}:")
    return Shown(
        key=f"{STATEMENT}:{row.id}",
        what=STATEMENT,
        kind=KIND,
        identifier=row.label,
        address=f"/liaison/{row.name}",
        title=hit.title if hit.title and not in_clause else plain(row.title),
        extracts=hit.extracts,
        number=row.external_number or row.label,
        others=tuple(liaison.named.get(row.id or 0, ())),
        places=tuple(papers.places_of(hit)),
        place_first=in_clause,
        sector=row.sector,
        group=code,
        status=row.status,
        approved=str(row.dated_on) if row.dated_on else "",
        score=hit.score,
    )


def _shown_body(hit: Hit, body: Body) -> Shown:
    return Shown(hit.key, BODY, BODY_KIND, body.name, f"/body/{body.slug}", None, hit.extracts, score=hit.score)
