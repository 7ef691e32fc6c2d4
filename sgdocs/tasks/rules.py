"""What a task may become, and what stands against it. Pure. Source: domain 5.5 (projects of the collaboration sites)."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from sgdocs.base.errors import Refusal
from sgdocs.base.rulebook import rule

NOT_A_MOVE = rule("tasks.not-a-move", "Task {number} is {state}; from there it cannot become {to}.", "domain 5.5")
REASON = rule("tasks.reason", "Say why it is withdrawn; the number stays.", "domain 5.5")
KEEPERS = rule(
    "tasks.for-keepers",
    "Whose task it is may move it, and change its words and its day. To give it to somebody else or to withdraw it is for those who keep the tasks of the group.",
    "domain 5.5",
)
WITHDRAWN = rule("tasks.withdrawn", "Task {number} is withdrawn; take it up again before it is changed.", "domain 5.5")
NOT_A_READER = rule(
    "tasks.not-a-reader", "{name} does not read the papers of {group}, so the task cannot be theirs.", "domain 8.3"
)
NOT_OF_MEETINGS = rule(
    "tasks.of-a-meeting", "An action item of a meeting is withdrawn on the page of the meeting.", "domain 5.2"
)
NO_SUCH_OWNER = rule("tasks.owner-unknown", "Nobody has the address “{owner}”.", "domain 5.5")
NOT_HERE = rule(
    "tasks.from-elsewhere", "A task comes from a message here: an address that begins with /discussion/.", "domain 5.5"
)


class State(StrEnum):
    """Where a task stands; the first three are the columns of the board."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    WITHDRAWN = "withdrawn"


COLUMNS: Final = (State.TODO, State.DOING, State.DONE)
OPEN: Final = (State.TODO, State.DOING)
MOVES: Final[Mapping[State, tuple[State, ...]]] = {
    State.TODO: (State.DOING, State.DONE, State.WITHDRAWN),
    State.DOING: (State.TODO, State.DONE, State.WITHDRAWN),
    State.DONE: (State.TODO, State.DOING),
    State.WITHDRAWN: (State.TODO,),
}


def why_not_move(number: int, state: State, to: State, *, reason: str = "") -> Refusal | None:
    """Why a task in `state` cannot become `to`."""
    if to not in MOVES[state]:
        return Refusal(NOT_A_MOVE, {"number": number, "state": state.value, "to": to.value})
    if to is State.WITHDRAWN and not reason.strip():
        return Refusal(REASON, field="reason")
    return None


class Due(StrEnum):
    """What is asked of the day by which a task is due."""

    OVERDUE = "overdue"
    WEEK = "week"
    MONTH = "month"
    NONE = "none"


BEFORE: Final = (1, 7)
"""Days before the last day on which the owner is reminded. Source: domain 8.1 (deadline T−7)."""
AFTER_EVERY: Final = 7
"""Days between reminders of what is late, from the first day after."""
AFTER_MOST: Final = 28
"""Days after which nobody is reminded any more."""


def occasion_of(due_on: date, known_since: date, today: date) -> int | None:
    """Which reminder it is time for: 7 or 1 days before; 0, -7, … when it is late (0: from the first day after). None for none.

    A reminder whose day had passed when the task was entered is left out; after a downtime the newest alone is sent.
    """
    left = (due_on - today).days
    if left < 0:
        weeks = (-left - 1) // AFTER_EVERY
        return -weeks * AFTER_EVERY if weeks * AFTER_EVERY <= AFTER_MOST else None
    found = next((each for each in BEFORE if left <= each), None)
    return found if found is not None and (due_on - known_since).days >= found else None
