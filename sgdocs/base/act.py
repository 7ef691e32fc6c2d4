"""One actor doing one thing at one moment in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from sgdocs.base.actor import Actor


@dataclass
class Act:
    """now: UTC, the only clock an action may read. labels: of what the actor reads, once they were asked for.

    site: address of the pages, for links in letters (`https://docs.example`); "" where nobody told it. has_rooms: sittings have
    rooms on the network by themselves.
    """

    session: Session
    actor: Actor
    now: datetime
    site: str = field(default="", kw_only=True, compare=False)
    has_rooms: bool = field(default=False, kw_only=True, compare=False)
    labels: frozenset[str] | None = field(default=None, init=False, repr=False, compare=False)
