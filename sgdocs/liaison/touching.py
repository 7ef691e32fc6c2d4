"""Statements that touch something else: a document, a work item, a Recommendation, a meeting, a person. For its page.

One query where there are none, which is the rule; four else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, or_
from sqlmodel import col, select

from sgdocs.base.act import Act
from sgdocs.liaison.filtering import StatementFilter, conditions_of, of_it
from sgdocs.liaison.listing import StatementRow, rows_of
from sgdocs.liaison.models import Addressee, Statement, StatementPaper
from sgdocs.liaison.queries import visible

MOST: Final = 8


@dataclass(frozen=True)
class Touching:
    """rows: the newest; query: by which the register lists them all, {} where it has no such filter; is_cut: there are
    more than these."""

    rows: tuple[StatementRow, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.rows)


def of_document(act: Act, document_id: int) -> Touching:
    """Statements that are this document, were filed as it, or go with it."""
    ways = (
        col(Statement.document_id) == document_id,
        of_it(Addressee).where(col(Addressee.document_id) == document_id),
        of_it(StatementPaper).where(col(StatementPaper.document_id) == document_id),
    )
    return _found(act, or_(*ways))


def of_item(act: Act, item_id: int, number: int) -> Touching:
    return _asked(act, {"item": str(number)}, work_item_id=item_id)


def of_family(act: Act, family_id: int, name: str) -> Touching:
    return _asked(act, {"rec": name}, family_id=family_id)


def of_meeting(act: Act, meeting_id: int, code: str) -> Touching:
    """Prepared there, on its agenda, or about it."""
    return _asked(act, {"meeting": code}, meeting_id=meeting_id)


def of_person(act: Act, person_id: int, slug: str) -> Touching:
    """Open ones to whose answers the person sees, as far as the reader is of the same side."""
    return _asked(act, {"owner": slug, "standing": "open"}, owner_id=person_id, is_open=True)


def _asked(act: Act, query: Mapping[str, str], **asked: Any) -> Touching:
    return _found(act, *conditions_of(act, StatementFilter(**asked)), query=query)


def _found(act: Act, *conditions: ColumnElement[bool], query: Mapping[str, str] | None = None) -> Touching:
    wanted = select(Statement.id).where(*conditions, visible(act))
    newest = (col(Statement.dated_on).is_(None), col(Statement.dated_on).desc(), col(Statement.id).desc())
    ids = [id or 0 for id in act.session.exec(wanted.order_by(*newest).limit(MOST + 1))]
    return Touching(tuple(rows_of(act, ids[:MOST])), query or {}, len(ids) > MOST)
