"""Who may read a family or a text: plain rules of `policy`, as Python and as SQL. No query."""

from typing import Any

from sqlalchemy import ColumnElement, or_

from sgdocs.base.act import Act
from sgdocs.policy import audiences, reads


def is_readable(act: Act, label: str) -> bool:
    """Whether a row with this audience may be shown to the actor."""
    return reads(act.actor, label)


def readable(act: Act, column: Any) -> ColumnElement[bool]:
    """The same as a condition: the label itself, or any label of a Sector whose groups the actor reads."""
    labels = audiences(act.actor)
    sectors = [column.startswith(f"{sector}/", autoescape=True) for sector in ("T", "R", "D") if sector in labels]
    return or_(column.in_(sorted(labels)), *sectors)
