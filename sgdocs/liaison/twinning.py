"""Statements with the same text, found by the bands that are kept of each. Source: feature N19."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, func, insert
from sqlalchemy import select as columns
from sqlmodel import Session, col

from sgdocs.base.act import Act
from sgdocs.liaison import twins
from sgdocs.liaison.listing import StatementRow, rows_of
from sgdocs.liaison.models import Statement, TextBand
from sgdocs.liaison.queries import visible
from sgdocs.liaison.rules import OUT
from sgdocs.liaison.twins import Shingles

CANDIDATES: Final = 40
"""So many that share the most bands are compared word by word."""
SHOWN: Final = 10


@dataclass(frozen=True)
class Twin:
    """Another statement with the same text, or nearly. jaccard: 0.5 to 1."""

    statement: StatementRow
    jaccard: float

    @property
    def is_twin(self) -> bool:
        return twins.is_twin(self.jaccard)


def text_of(statement: Statement) -> str:
    """What is compared: title and text."""
    return f"{statement.title}\n{statement.body}"


def keep_bands(session: Session, statement: Statement) -> None:
    """Let the statement be found by its text. Called on receipt and on sending; again, it replaces what was kept."""
    session.execute(delete(TextBand).where(col(TextBand.statement_id) == statement.id))
    rows = bands_to_keep(statement.id or 0, text_of(statement))
    if rows:
        session.execute(insert(TextBand), rows)


def bands_to_keep(statement_id: int, text: str) -> list[dict[str, Any]]:
    """The rows of `TextBand` for a text."""
    bands = twins.bands_of(twins.signature_of(twins.shingles_of(text)))
    return [{"statement_id": statement_id, "band": band, "value": value} for band, value in enumerate(bands)]


def twins_of(act: Act, of: Statement | str) -> list[Twin]:
    """Statements sent or received whose text is at least half the same, the likest first; at most ten. Six queries.

    of: a statement, which is not its own twin, or a text (title and body, a line each) that is no statement yet.
    Drafts of others, and what the actor may not read, are not told.
    """
    own, text = (of.id, text_of(of)) if isinstance(of, Statement) else (None, of)
    shingles = twins.shingles_of(text)
    if not shingles:
        return []
    ids = _readable(act, _candidates(act, twins.bands_of(twins.signature_of(shingles)), own))
    shares = {id: share for id, share in _shares(act, ids, shingles).items() if twins.is_shown(share)}
    likest = sorted(shares, key=lambda id: (-shares[id], id))[:SHOWN]
    rows = {row.id: row for row in rows_of(act, likest)}
    return [Twin(rows[id], round(shares[id], 3)) for id in likest if id in rows]


def _candidates(act: Act, bands: Sequence[int], own: int | None) -> list[int]:
    """Those that share the most bands, drafts and hidden ones among them. One query."""
    found = columns(col(TextBand.statement_id)).where(col(TextBand.value).in_(bands))
    found = found.where(col(TextBand.statement_id) != own) if own is not None else found
    found = found.group_by(col(TextBand.statement_id))
    found = found.order_by(func.count().desc(), col(TextBand.statement_id).desc())
    return list(act.session.execute(found.limit(CANDIDATES * 5)).scalars())


def _readable(act: Act, ids: Sequence[int]) -> list[int]:
    """The first of these that were sent or received and that the actor may read. One query, or none."""
    if not ids:
        return []
    found = columns(col(Statement.id)).where(col(Statement.id).in_(ids), col(Statement.status).in_(OUT), visible(act))
    kept = set(act.session.execute(found).scalars())
    return [id for id in ids if id in kept][:CANDIDATES]


def _shares(act: Act, ids: Sequence[int], shingles: Shingles) -> dict[int, float]:
    """By id: the Jaccard with these shingles. One query, or none."""
    if not ids:
        return {}
    texts = columns(col(Statement.id), col(Statement.title), col(Statement.body)).where(col(Statement.id).in_(ids))
    return {
        id: twins.jaccard(shingles, twins.shingles_of(f"{title}\n{body}"))
        for id, title, body in act.session.execute(texts)
    }
