"""The matrix of liaison as the API and the exports give it: one row for a pair."""

from collections.abc import Mapping
from typing import Final

from pydantic import BaseModel

from sgdocs.liaison.matrix import Cell


class CellOut(BaseModel):
    """One pair. from_path, to_path: of groups; from_body, to_body: of outside bodies; median_days: None without answers."""

    sender: str
    from_path: str
    from_body: str
    to: str
    to_path: str
    to_body: str
    statements: int
    awaited: int
    overdue: int
    answered: int
    median_days: float | None

    @classmethod
    def of(cls, cell: Cell) -> "CellOut":
        return cls(
            sender=cell.sender.name,
            from_path=cell.sender.path,
            from_body=cell.sender.slug,
            to=cell.to.name,
            to_path=cell.to.path,
            to_body=cell.to.slug,
            statements=cell.total,
            awaited=cell.awaited,
            overdue=cell.overdue,
            answered=cell.answered,
            median_days=cell.median_days,
        )


COLUMNS: Final[Mapping[str, str]] = {
    "sender": "From",
    "to": "To",
    "statements": "Statements",
    "awaited": "Answers awaited",
    "overdue": "Overdue",
    "answered": "Answered",
    "median_days": "Median days to answer",
}
