"""One thing that waits for somebody: what, by when, and the one place where it is done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sgdocs.base.actor import Actor


@dataclass(frozen=True)
class Waits:
    """kind: of `waiting.KINDS`; key: stands for it as long as it waits; id: identifier, may be ""; title: as it is called;
    says: what is to be done, a message with {facts}; does: the word of the button; address: where it is done.

    due: the last day, None where no rule gives one; since: the day from which it waits; sort_key orders the list: what is
    late or due first, then what has no day, the longest waiting first.
    """

    kind: str
    key: str
    id: str
    title: str
    says: str
    does: str
    address: str
    due: date | None = None
    since: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def sort_key(self) -> tuple[date, date, str]:
        return self.due or date.max, self.since or date.max, self.key

    def days_left(self, today: date) -> int | None:
        return (self.due - today).days if self.due else None


def ids_in(actor: Actor, roles: Iterable[str]) -> list[int]:
    """The groups in which one of the roles is held."""
    wanted = set(roles)
    return sorted({a.group_id for a in actor.appointments if a.role in wanted and a.group_id is not None})
