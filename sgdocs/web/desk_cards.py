"""What a card of a desk is: a saved query with its count, its address and its first rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Line:
    """One row of a card. id: identifier shown; note: in words, translated where it is shown; on: a Geneva day."""

    id: str
    address: str
    title: str = ""
    note: str = ""
    on: date | None = None
    is_late: bool = False


@dataclass(frozen=True)
class Card:
    """title: a message with {facts}; count: rows of the query; address: the whole list; says: one sentence more."""

    id: str
    title: str
    count: int
    address: str
    lines: Sequence[Line] = ()
    facts: dict[str, object] = field(default_factory=dict)
    says: str = ""
    is_pressing: bool = False
