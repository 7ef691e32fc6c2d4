"""Words and rules of events: what may be announced, who gets a place, who is suggested to whom. Pure. Source: domain 5.5."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class EventState(StrEnum):
    """A draft is for those who manage it."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


class Place(StrEnum):
    """Whether somebody takes part."""

    REGISTERED = "registered"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class AskState(StrEnum):
    """What became of the wish to meet somebody."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


MOVES: Final[Mapping[EventState, tuple[EventState, ...]]] = {
    EventState.DRAFT: (EventState.ANNOUNCED,),
    EventState.ANNOUNCED: (EventState.CANCELLED,),
    EventState.CANCELLED: (),
}
