"""What an addressee may do with a statement, from which state, and why not. Pure. Source: domain 7.1."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule
from sgdocs.liaison.rules import ADDRESSEE_STATE, CLOSED, MOVE, OUT, State

FOR_GROUP = rule("liaison.for-a-group", "{name} is no group here; what it does with a statement is not ours to say.")
NOT_WAITING = rule("liaison.not-waiting", "No group here sent {label}: nobody waits for the answer of {name}.")
NOT_SENT_YET = rule("liaison.reply-not-sent", "{label} is {status}; it answers when it is sent or received.")
NOT_BY_SENDER = rule("liaison.reply-by-others", "{label} does not come from {name}, so that it answers for others.")
OWNER = rule("liaison.owner-cannot-read", "{person} may not read {label} as {name} got it.", "domain 8.3")
FORWARD_TO = rule("liaison.forward-to", "{name} has it already.", "domain 7.1")


class Deed(StrEnum):
    """What may be done for one addressee."""

    NOTE = "note"
    DRAFT = "draft"
    NO_REPLY = "no-reply-needed"
    FORWARD = "forward"
    CLOSE = "close-waiting"
    ANSWER = "answer"
    EXPECT = "expect"
    ASSIGN = "assign"


NOT_OPEN: Final = frozenset((*CLOSED, State.PENDING))
OPEN: Final = frozenset(State) - NOT_OPEN
FROM: Final[Mapping[Deed, frozenset[State]]] = {
    Deed.NOTE: OPEN - {State.NOTED},
    Deed.DRAFT: OPEN - {State.REPLY_DRAFTED},
    Deed.NO_REPLY: OPEN,
    Deed.FORWARD: OPEN - {State.FORWARDED},
    Deed.CLOSE: OPEN,
    Deed.ANSWER: frozenset(State) - {State.PENDING, State.REPLIED, State.WITHDRAWN},
    Deed.EXPECT: frozenset(State) - {State.PENDING, State.REPLIED, State.WITHDRAWN},
    Deed.ASSIGN: OPEN,
}
"""From which states: an answer may still come when nobody waits for it any more."""


def why_not(deed: Deed, *, label: str, status: str, name: str, state: str) -> Refusal | None:
    """None when it may be done for the addressee of that name and state."""
    if status not in OUT:
        right = ", ".join(OUT)
        return Refusal(MOVE, {"label": label, "status": status, "right": right})
    if State(state) not in FROM[deed]:
        return Refusal(ADDRESSEE_STATE, {"name": name, "state": state})
    return None


def state_again(*, is_group: bool, has_document: bool, is_allotted: bool, is_acknowledged: bool) -> State:
    """Where a matter stands that is opened again."""
    if not is_group:
        return State.ACKNOWLEDGED if is_acknowledged else State.SENT
    if not has_document:
        return State.RECEIVED
    return State.ALLOTTED if is_allotted else State.POSTED
